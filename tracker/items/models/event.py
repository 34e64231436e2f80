"""The line of events of an item."""

from django.conf import settings
from django.db import models

from tracker.items.states import EventKind
from tracker.org import clock


class Event(models.Model):
    """Something that happened to an item: who, when, from, to, why.

    Only ever added: triggers refuse UPDATE and DELETE (`append_only`), so nobody it names can be deleted either.
    """

    item = models.ForeignKey("items.ActionItem", on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=EventKind.choices)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12, blank=True)
    changes = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "办理过程"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["item", "-at"], name="event_line"),
            models.Index(fields=["kind", "at"], name="event_kind_at"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
