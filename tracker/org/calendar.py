"""The office's working calendar and its today, read from the database and the clock in this one place."""

from datetime import date

from django.core.exceptions import ValidationError

from tracker.org.clock import today
from tracker.org.models import CalendarDay
from tracker.org.workdays import WorkCalendar

__all__ = ["office_calendar", "today", "validate_near"]

# Years an office plans for or looks back on. Others are slips, and reckoning from them overflows or never ends.
FIRST_YEAR, LAST_YEAR = 2000, 2099


def validate_near(value: date) -> None:
    """A form's validator: refuse a day (or moment) of a year that can only be a slip."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValidationError(f"年份应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间，请检查。", code="far")


def office_calendar() -> WorkCalendar:
    """The working calendar with the administrator's changes. One query."""
    return WorkCalendar(overrides=dict(CalendarDay.objects.values_list("day", "is_workday")))
