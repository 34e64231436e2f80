"""The 例会 app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Regular meetings: agenda, rulings, frozen snapshot."""

    name = "tracker.meetings"
    label = "meetings"
    verbose_name = "例会"
