"""The 例会: one row a meeting, what it ruled on each item, and the snapshot it saw."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from tracker.items.models import ActionItem
from tracker.org.models import Department, Person


class MeetingClosed(Exception):
    """The meeting has been closed; what it saw cannot change."""

    def __init__(self) -> None:
        super().__init__("本次例会已定稿，不能再修改。")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings, the latest first."""

    def visible_to(self, user: Person) -> "MeetingQuerySet":
        """Officers and leaders sit in the meeting and see its report; departments see the rulings on their items."""
        return self if user.sees_everything or user.is_leader else self.none()

    def closed(self) -> "MeetingQuerySet":
        """Those whose snapshot is frozen."""
        return self.filter(closed_at__isnull=False)

    def upcoming(self) -> "Meeting | None":
        """The next meeting to prepare: the earliest that is not closed."""
        return self.filter(closed_at__isnull=True).order_by("held_at").first()


class Meeting(models.Model):
    """One regular meeting. Closing it sets the mark from which the next one counts."""

    number = models.PositiveIntegerField("次数", unique=True)
    title = models.CharField("名称", max_length=100)
    held_at = models.DateTimeField("时间")
    place = models.CharField("地点", max_length=60, blank=True)
    closed_at = models.DateTimeField("定稿时间", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    snapshot = models.JSONField(default=dict, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "例会"
        ordering = ["-held_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True) | Q(closed_at__isnull=False),
                name="meeting_closed_by_needs_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The meeting's page."""
        return reverse("meetings:detail", args=[self.pk])

    @property
    def is_closed(self) -> bool:
        """Whether the snapshot is frozen."""
        return self.closed_at is not None

    def previous(self) -> "Meeting | None":
        """The closed meeting before this one: the mark from which this one counts."""
        return Meeting.objects.closed().filter(held_at__lt=self.held_at).order_by("-held_at").first()

    def close(self, *, by: Person, snapshot: dict[str, Any], at: datetime | None = None) -> None:
        """Freeze what the meeting saw. Raises `MeetingClosed` when somebody closed it first."""
        won = Meeting.objects.filter(pk=self.pk, closed_at__isnull=True).update(
            closed_at=at or timezone.now(), closed_by=by, snapshot=snapshot
        )
        if not won:
            raise MeetingClosed
        self.refresh_from_db()


class RulingKind(models.TextChoices):
    """What a meeting can do with an item."""

    CONTINUE = "continue", "继续办理"
    RESET = "reset", "重定时限"
    REASSIGN = "reassign", "改派"
    CLOSE = "close", "办结"
    SUMMON = "summon", "约谈"


class AgendaEntry(models.Model):
    """What the officer prepares for one item of one meeting: the decision the meeting is asked for (拟请明确)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="entries")
    item = models.ForeignKey(ActionItem, on_delete=models.PROTECT, related_name="agenda_entries")
    kind = models.CharField("拟作处理", max_length=10, choices=RulingKind.choices, blank=True)
    proposal = models.CharField("拟请明确", max_length=200, blank=True)

    class Meta:
        verbose_name = "议题准备"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "item"], name="one_entry_an_item")]

    def __str__(self) -> str:
        return self.proposal


class Ruling(models.Model):
    """What a meeting said of one item (会议意见), and what that changed.

    `facts` is the item's row as the meeting saw it, `before` what the ruling changed and from which value: with the
    first the item stays on the meeting's list after it was dealt with, with the second a correction can take it back.
    """

    Kind = RulingKind

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="rulings")
    item = models.ForeignKey(ActionItem, on_delete=models.PROTECT, related_name="rulings")
    kind = models.CharField("处理", max_length=10, choices=RulingKind.choices, default=RulingKind.CONTINUE)
    text = models.TextField("会议意见", blank=True)
    due = models.DateField("重定时限至", null=True, blank=True)
    lead = models.ForeignKey(
        Department, verbose_name="改派至", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    facts = models.JSONField(default=dict, blank=True)
    before = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "会议意见"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "item"], name="one_ruling_an_item"),
            models.CheckConstraint(
                condition=~Q(kind="reset") | Q(due__isnull=False), name="reset_ruling_names_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(kind="reassign") | Q(lead__isnull=False),
                name="reassign_ruling_names_a_department",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.text[:30]}"
