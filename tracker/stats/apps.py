"""The app."""

from django.apps import AppConfig


class StatsConfig(AppConfig):
    """统计."""

    name = "tracker.stats"
    label = "stats"
    verbose_name = "统计"
