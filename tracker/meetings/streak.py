"""连续N次: at how many meetings running an item was overdue."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from django.utils import timezone

from tracker.items.models import ActionItem
from tracker.meetings.models import Meeting
from tracker.org.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Streaks:
    """The closed meetings, each with the latest due date that was overdue on its day.

    Counted by the *original* due date: an extension does not make an item young again.
    """

    meetings: tuple[tuple[date, date], ...]

    @classmethod
    def before(cls, moment: datetime | None, *, calendar: WorkCalendar) -> Self:
        """For the closed meetings held before `moment`, or all of them. One query."""
        closed = Meeting.objects.closed()
        if moment is not None:
            closed = closed.filter(held_at__lt=moment)
        days = [timezone.localdate(held) for held in closed.values_list("held_at", flat=True)]
        return cls(tuple((day, calendar.overdue_until(day)) for day in days))

    def of(self, item: ActionItem) -> int:
        """The coming meeting counts as one, so an item it will see for the first time has 1."""
        if item.original_due is None:
            return 1
        started = item.issued_on or timezone.localdate(item.created_at)
        return 1 + sum(started <= day and item.original_due <= late for day, late in self.meetings)
