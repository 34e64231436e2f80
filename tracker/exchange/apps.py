"""The app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Excel in and out."""

    name = "tracker.exchange"
    label = "exchange"
    verbose_name = "导入导出"
