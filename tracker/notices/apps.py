"""Chasing and telling people: 催办, messages, channels."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """催办督查, in-app messages, e-mail and group robots."""

    name = "tracker.notices"
    label = "notices"
    verbose_name = "催办与消息"
