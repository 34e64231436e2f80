"""Bulk changes: what was to be done, what became of each item, and what it was before."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models

from tracker.org import clock
from tracker.org.models import Person

# Long enough to notice a slip, too short for a history of other people's work to grow on top.
UNDO_WITHIN = timedelta(hours=2)
# For so long the ledger marks the rows and offers the undo by itself.
MARKED_FOR = timedelta(minutes=15)
# The items' own history is kept for ever; this account of it is not.
KEPT_FOR = timedelta(days=30)


class BulkChangeQuerySet(models.QuerySet["BulkChange"]):
    """Lists of bulk changes."""

    def latest_of(self, person: Person) -> "BulkChange | None":
        """The last one of this person, while it is fresh."""
        fresh = self.filter(by=person, at__gt=clock.now() - UNDO_WITHIN)
        return fresh.order_by("-at", "-pk").first()

    def forgotten_of(self, person: Person) -> "BulkChangeQuerySet":
        """Those of this person that nobody needs any more."""
        return self.filter(by=person, at__lt=clock.now() - KEPT_FOR)


class BulkChange(models.Model):
    """One bulk change of one person. `form` is the posted form, `waiting` has [item, version seen] still to be done."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bulk_changes")
    at = models.DateTimeField("时间", default=clock.now)
    label = models.CharField("操作", max_length=60)
    form = models.TextField()
    undoable = models.BooleanField(default=False)
    waiting = models.JSONField(default=list)
    total = models.PositiveIntegerField("件数", default=0)
    back = models.TextField(blank=True)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)

    objects = BulkChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "批量修改"
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["by", "-at"], name="bulk_change_latest")
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.total} 件"

    @property
    def left(self) -> int:
        """Items still to be done."""
        return len(self.waiting)

    @property
    def done(self) -> int:
        """Items dealt with."""
        return self.total - self.left

    @property
    def is_marked(self) -> bool:
        """Whether the ledger still points at it."""
        return self.undone_at is None and self.at > clock.now() - MARKED_FOR

    @property
    def can_be_undone(self) -> bool:
        """Whether an undo may be tried now."""
        fresh = self.at > clock.now() - UNDO_WITHIN
        return self.undoable and self.undone_at is None and not self.waiting and fresh


class BulkLine(models.Model):
    """What became of one item. `before` has the columns that changed, as they were; `version` is the item's since."""

    class Outcome(models.TextChoices):
        CHANGED = "changed", "已修改"
        UNCHANGED = "unchanged", "本来如此"
        SKIPPED = "skipped", "未处理"
        UNDONE = "undone", "已撤销"
        KEPT = "kept", "未能撤销"

    change = models.ForeignKey(BulkChange, on_delete=models.CASCADE, related_name="lines")
    item = models.ForeignKey("items.ActionItem", on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=0)
    before = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "批量修改结果"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["change", "item"], name="one_line_an_item")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.outcome}"
