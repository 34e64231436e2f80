"""What a calendar word means as dates: month ends, working days, festivals, school terms, office seasons.

Nothing here reads text. School phrases use the office's own terms where it has set them and the usual ones otherwise.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from speeches.extraction.model import Directory, Term

# 春节, 端午, 中秋, 重阳 of the Gregorian year as month*100+day, then how many days 腊月 before that 春节 has.
# Lunar months cannot be reckoned in a line; the years an office can meet fit in a table.
_LUNAR = {
    2015: (219, 620, 927, 1021, 30),
    2016: (208, 609, 915, 1009, 29),
    2017: (128, 530, 1004, 1028, 30),
    2018: (216, 618, 924, 1017, 30),
    2019: (205, 607, 913, 1007, 30),
    2020: (125, 625, 1001, 1025, 30),
    2021: (212, 614, 921, 1014, 30),
    2022: (201, 603, 910, 1004, 29),
    2023: (122, 622, 929, 1023, 30),
    2024: (210, 610, 917, 1011, 30),
    2025: (129, 531, 1006, 1029, 29),
    2026: (217, 619, 925, 1018, 29),
    2027: (206, 609, 915, 1008, 29),
    2028: (126, 528, 1003, 1026, 29),
    2029: (213, 616, 922, 1016, 29),
    2030: (203, 605, 912, 1005, 30),
    2031: (123, 624, 1001, 1024, 29),
    2032: (211, 612, 919, 1012, 29),
    2033: (131, 601, 908, 1001, 30),
    2034: (219, 620, 927, 1020, 30),
    2035: (208, 610, 916, 1009, 30),
    2036: (128, 530, 1004, 1027, 30),
}

_FIXED = {
    "元旦": (1, 1), "妇女节": (3, 8), "植树节": (3, 12), "劳动节": (5, 1), "青年节": (5, 4), "儿童节": (6, 1),
    "建党节": (7, 1), "建军节": (8, 1), "教师节": (9, 10), "国庆节": (10, 1), "记者节": (11, 8), "宪法日": (12, 4),
    "高考": (6, 7), "中考": (6, 16),
}  # fmt: skip
_MOVING = {"春节": 0, "端午节": 1, "中秋节": 2, "重阳节": 3}
_LENGTH = {
    "元旦": 3,
    "春节": 7,
    "清明节": 3,
    "劳动节": 5,
    "端午节": 3,
    "中秋节": 3,
    "国庆节": 7,
    "高考": 3,
    "中考": 3,
}
_STATUTORY = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")


def month_end(year: int, month: int) -> date:
    """The last day of that month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def day_of(year: int, month: int, day: int) -> date | None:
    """That day, or None when the calendar has no such day (2月30日)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_months(start: date, months: int) -> date:
    """The same day `months` later, or the last day of a shorter month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def is_workday(day: date, directory: Directory) -> bool:
    """Whether the office works that day: its own holidays and make-up days, else Monday to Friday."""
    if day in directory.extra_workdays:
        return True
    return day.weekday() < 5 and day not in directory.holidays


def add_workdays(start: date, days: int, directory: Directory) -> date:
    """The `days`-th working day after `start`; the day itself does not count. At most two years ahead."""
    day = start
    for _ in range(730):
        if days <= 0:
            break
        day += timedelta(1)
        days -= is_workday(day, directory)
    return day


def festival(name: str, year: int) -> date | None:
    """The day of the festival in that year, or None outside the lunar table."""
    if name in _FIXED:
        return date(year, *_FIXED[name])
    if name == "清明节":
        short = year % 100
        return date(year, 4, int(short * 0.2422 + 4.81) - short // 4)
    if year not in _LUNAR:
        return None
    if name in _MOVING:
        return date(year, *divmod(_LUNAR[year][_MOVING[name]], 100))
    return _around_spring_festival(name, year)


def _around_spring_festival(name: str, year: int) -> date | None:
    new_year = date(year, *divmod(_LUNAR[year][0], 100))
    twelfth_month = new_year - timedelta(_LUNAR[year][4])
    days = {"除夕": new_year - timedelta(1), "元宵节": new_year + timedelta(14)}
    days |= {"腊八": twelfth_month + timedelta(7), "小年": twelfth_month + timedelta(22)}
    return days.get(name)


def festival_days(name: str) -> int:
    """How many days the holiday of that festival usually takes."""
    return _LENGTH.get(name, 1)


def next_statutory(after: date) -> tuple[str, date] | None:
    """The nearest statutory festival on or after that day: what 节前 means."""
    days = [
        (day, name)
        for year in (after.year, after.year + 1)
        for name in _STATUTORY
        if (day := festival(name, year)) and day >= after
    ]
    return (min(days)[1], min(days)[0]) if days else None


def lunar_day(month: str, day: int, year: int) -> date | None:
    """A day of 正月 or 腊月 around the 春节 of `year`, or None when that month is not so long."""
    if year not in _LUNAR or not 1 <= day <= 30:
        return None
    new_year = date(year, *divmod(_LUNAR[year][0], 100))
    if month == "正月":
        return new_year + timedelta(day - 1)
    found = new_year - timedelta(_LUNAR[year][4]) + timedelta(day - 1)
    return found if found < new_year else None


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """School terms by the office's table, else by custom: 3月1日-7月10日 and 9月1日-次年1月20日."""

    terms: tuple[Term, ...] = ()

    def spring(self, year: int) -> tuple[date, date, bool]:
        """First and last day of the spring term of `year`, and whether the office's table says so."""
        for term in self.terms:
            if term.starts.year == year and term.starts.month in (1, 2, 3, 4):
                return term.starts, term.ends, True
        return date(year, 3, 1), date(year, 7, 10), False

    def autumn(self, year: int) -> tuple[date, date, bool]:
        """First and last day of the autumn term that begins in `year`, and whether the office's table says so."""
        for term in self.terms:
            if term.starts.year == year and term.starts.month in (8, 9, 10):
                return term.starts, term.ends, True
        return date(year, 9, 1), date(year + 1, 1, 20), False

    def _around(self, day: date) -> list[tuple[date, date, bool]]:
        years = range(day.year - 1, day.year + 3)
        return sorted(term for year in years for term in (self.spring(year), self.autumn(year)))

    def current(self, day: date) -> tuple[date, date, bool]:
        """The term that runs on `day`; in the holidays the one that comes next.

        Without the office's own table a February day counts as term time: many schools begin then.
        """
        return next(term for term in self._around(day) if term[1] >= day)

    def following(self, day: date) -> tuple[date, date, bool]:
        """The next term to begin: what 开学 means."""
        return next(term for term in self._around(day) if term[0] >= day)

    def next_term(self, day: date) -> tuple[date, date, bool]:
        """下学期: the term after the current one."""
        running = self.current(day)
        return next(term for term in self._around(day) if term[0] > running[1])

    def summer(self, year: int) -> tuple[date, date, bool]:
        """The summer holidays of `year`."""
        spring, autumn = self.spring(year), self.autumn(year)
        return spring[1] + timedelta(1), autumn[0] - timedelta(1), spring[2] and autumn[2]

    def winter(self, year: int) -> tuple[date, date, bool]:
        """The winter holidays that end in `year`."""
        autumn, spring = self.autumn(year - 1), self.spring(year)
        return autumn[1] + timedelta(1), spring[0] - timedelta(1), spring[2] and autumn[2]
