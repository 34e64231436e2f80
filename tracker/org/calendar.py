"""The office's working calendar and its today, read from the database and the clock in this one place."""

from datetime import date

from django.utils import timezone

from tracker.org.models import CalendarDay
from tracker.org.workdays import WorkCalendar


def office_calendar() -> WorkCalendar:
    """The working calendar with the administrator's changes. One query."""
    return WorkCalendar(overrides=dict(CalendarDay.objects.values_list("day", "is_workday")))


def today() -> date:
    """The office's current date."""
    return timezone.localdate()
