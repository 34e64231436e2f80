"""The 例会: series, meetings with the snapshot each saw, and what was added to a closed one."""

from datetime import datetime, time
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from tracker.org import clock
from tracker.org.models import Person


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


class MeetingSeries(models.Model):
    """Meetings that follow one another: 局务例会, every other Friday at nine."""

    class Rhythm(models.TextChoices):
        WEEKLY = "weekly", "每周"
        BIWEEKLY = "biweekly", "每两周"
        MONTHLY = "monthly", "每月"

    class Weekday(models.IntegerChoices):
        MONDAY = 0, "周一"
        TUESDAY = 1, "周二"
        WEDNESDAY = 2, "周三"
        THURSDAY = 3, "周四"
        FRIDAY = 4, "周五"

    class Week(models.IntegerChoices):
        FIRST = 1, "第一个"
        SECOND = 2, "第二个"
        THIRD = 3, "第三个"
        FOURTH = 4, "第四个"
        LAST = 5, "最后一个"

    name = models.CharField("名称", max_length=60, unique=True, help_text="如 局务例会（督办）")
    rhythm = models.CharField("周期", max_length=10, choices=Rhythm.choices, default=Rhythm.BIWEEKLY)
    weekday = models.PositiveSmallIntegerField("星期", choices=Weekday.choices, default=Weekday.FRIDAY)
    week = models.PositiveSmallIntegerField(
        "每月第几个", choices=Week.choices, default=Week.FIRST, help_text="只用于每月"
    )
    starts_at = models.TimeField("时间", default=time(9))
    place = models.CharField("地点", max_length=60, blank=True)
    is_active = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = "例会系列"
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.name


class Meeting(models.Model):
    """One regular meeting. Closing it sets the mark from which the next one of its series counts."""

    series = models.ForeignKey(
        MeetingSeries,
        verbose_name="系列",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="meetings",
    )
    number = models.PositiveIntegerField("次数")
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
            models.UniqueConstraint(fields=["series", "number"], name="meeting_number_once_a_series"),
            models.UniqueConstraint(
                fields=["number"], condition=Q(series__isnull=True), name="meeting_number_once_outside_series"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True) | Q(closed_at__isnull=False),
                name="meeting_closed_by_needs_a_time",
            ),
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
        before = Meeting.objects.closed().filter(series=self.series_id, held_at__lt=self.held_at)
        return before.order_by("-held_at").first()

    def close(self, *, by: Person, snapshot: dict[str, Any], at: datetime | None = None) -> None:
        """Freeze what the meeting saw. Raises `MeetingClosed` when somebody closed it first."""
        won = Meeting.objects.filter(pk=self.pk, closed_at__isnull=True).update(
            closed_at=at or clock.now(), closed_by=by, snapshot=snapshot
        )
        if not won:
            raise MeetingClosed
        self.refresh_from_db()


class MeetingLedger(models.Model):
    """The whole 台账 as a meeting froze it, one row an item. A table of its own: pages read the snapshot, not this."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="frozen_ledger")
    rows = models.JSONField(default=list)

    class Meta:
        verbose_name = "定稿台账"

    def __str__(self) -> str:
        return f"{self.meeting}：{len(self.rows)}件"


class MeetingNote(models.Model):
    """A correction or addition to a closed meeting: it stands beside the snapshot, which never changes."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField("更正或补充")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "更正与补充"
        ordering: ClassVar[list[str]] = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:30]
