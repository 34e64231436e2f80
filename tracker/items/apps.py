"""The ledger app."""

from django.apps import AppConfig


class ItemsConfig(AppConfig):
    """Action items, their states, feedback and events."""

    name = "tracker.items"
    label = "items"
    verbose_name = "督办事项"
