"""The 工作台: the first screen, built from items and meetings."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The first screen."""

    name = "tracker.desk"
    label = "desk"
    verbose_name = "工作台"
