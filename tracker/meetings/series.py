"""When a series meets next. Pure: dates and the working calendar only."""

from datetime import date, timedelta

from tracker.meetings.models import MeetingSeries
from tracker.org.workdays import WorkCalendar

_WEEK = timedelta(days=7)


def next_day(series: MeetingSeries, *, after: date, calendar: WorkCalendar) -> date:
    """The first day after `after` on which `series` meets; a day off moves it to the next workday.

    `after` is the day of the last meeting (or today, for the first): 每两周 counts from it.
    """
    if series.rhythm == MeetingSeries.Rhythm.MONTHLY:
        return _monthly(series, after, calendar)
    weeks = 2 if series.rhythm == MeetingSeries.Rhythm.BIWEEKLY else 1
    # From the Monday of the last meeting's week: a meeting moved off a holiday keeps its weekday next time.
    monday = after - timedelta(days=after.weekday())
    planned = monday + timedelta(days=series.weekday) + weeks * _WEEK
    return calendar.next_workday(planned)


def _monthly(series: MeetingSeries, after: date, calendar: WorkCalendar) -> date:
    """This month's day if it is still to come, else next month's."""
    year, month = after.year, after.month
    while True:
        day = calendar.next_workday(_nth(year, month, series.weekday, series.week))
        if day > after:
            return day
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _nth(year: int, month: int, weekday: int, week: int) -> date:
    """The `week`-th such weekday of the month; 5 is the last one."""
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7) + (week - 1) * _WEEK
    return day if day.month == month else day - _WEEK
