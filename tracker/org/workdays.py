"""The working calendar: legal holidays and 调休 from the library, the administrator's table on top.

Every 超期, 临期 and 剩余 figure of the product is counted here, in working days.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

_DAY = timedelta(days=1)
# The years whose legal holidays the library has; the State Council fixes the next one late in the year before.
LIBRARY_FIRST = min(day.year for day in chinese_calendar.constants.holidays)
LIBRARY_LAST = max(day.year for day in chinese_calendar.constants.holidays)
# 全国年节及纪念日放假办法 (2024): what is off every year on the same day, whatever the year's notice will add.
FIXED_HOLIDAYS = {
    (1, 1): "元旦", (5, 1): "劳动节", (5, 2): "劳动节", (10, 1): "国庆节", (10, 2): "国庆节", (10, 3): "国庆节",
}  # fmt: skip


@lru_cache(maxsize=8192)
def is_legal_workday(day: date) -> bool:
    """Whether the law has `day` worked; Monday to Friday where the library ends.

    The answer never changes and costs some 30 µs; a page asks thousands of times for the same days.
    """
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5 and (day.month, day.day) not in FIXED_HOLIDAYS


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked. `overrides` maps a day to whether it is worked and wins over the library."""

    overrides: Mapping[date, bool] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool:
        """Whether `day` is worked. Beyond the library's last year: Monday to Friday, but for fixed holidays."""
        return self.overrides[day] if day in self.overrides else is_legal_workday(day)

    def last_workday(self, day: date) -> date:
        """The latest workday on or before `day`."""
        while not self.is_workday(day):
            day -= _DAY
        return day

    def next_workday(self, day: date) -> date:
        """The earliest workday on or after `day`: the day on which something due at a holiday really falls due."""
        while not self.is_workday(day):
            day += _DAY
        return day

    def add(self, day: date, workdays: int) -> date:
        """The day that lies `workdays` working days after (or before, if negative) `day`."""
        step = _DAY if workdays >= 0 else -_DAY
        for _ in range(abs(workdays)):
            day += step
            while not self.is_workday(day):
                day += step
        return day

    def count(self, after: date, until: date) -> int:
        """Working days in (after, until]; 0 when `until` is not later."""
        return sum(self.is_workday(after + i * _DAY) for i in range(1, (until - after).days + 1))

    def days_late(self, due: date, today: date) -> int:
        """Working days past `due`; 0 while it is not overdue. A due date on a holiday moves to the next workday."""
        return self.count(self.next_workday(due), today)

    def days_left(self, due: date, today: date) -> int:
        """Working days from tomorrow to `due`, moved off a holiday; 0 means today (or past)."""
        return self.count(today, self.next_workday(due))

    def overdue_until(self, today: date) -> date:
        """The latest due date that is overdue on `today`: `due <= overdue_until` is the same as `days_late > 0`."""
        return self.last_workday(self.last_workday(today) - _DAY)

    def soon_until(self, today: date, workdays: int) -> date:
        """The latest due date that has at most `workdays` working days left."""
        return self.add(today, workdays)
