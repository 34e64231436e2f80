"""A year of the working calendar, day by day, for the eye: what each day is and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import chinese_calendar

from tracker.org.models import CalendarDay
from tracker.org.workdays import FIXED_HOLIDAYS, LIBRARY_FIRST, LIBRARY_LAST, is_legal_workday

_DAY = timedelta(days=1)


class DayKind(StrEnum):
    """What a day is; the value names its class on the page."""

    WORK = "work"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    SHIFTED = "shifted"


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """One day. `own` is the administrator's entry that decided it, if there is one."""

    day: date
    kind: DayKind
    reason: str
    own: CalendarDay | None = None

    @property
    def worked(self) -> bool:
        """Whether it counts as a workday."""
        return self.kind in (DayKind.WORK, DayKind.SHIFTED)

    @property
    def sign(self) -> str:
        """The sign beside the number: 休, 班 or nothing where the week says it already."""
        return {DayKind.HOLIDAY: "休", DayKind.SHIFTED: "班"}.get(self.kind, "")

    @property
    def sentence(self) -> str:
        """上班 or 休息, and why."""
        return f"{'上班' if self.worked else '休息'}（{self.reason}）"


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Monday; None stands for days of its neighbours."""

    first: date
    weeks: tuple[tuple[PlannedDay | None, ...], ...]

    @property
    def workdays(self) -> int:
        """How many days are worked."""
        return sum(day.worked for week in self.weeks for day in week if day)


def planned_day(day: date, own: CalendarDay | None = None) -> PlannedDay:
    """One day with its reason."""
    if own:
        kind = DayKind.HOLIDAY
        if own.is_workday:
            kind = DayKind.WORK if day.weekday() < 5 and is_legal_workday(day) else DayKind.SHIFTED
        return PlannedDay(day, kind, own.note or "本地登记", own)
    worked, name = is_legal_workday(day), _holiday(day)
    if worked and day.weekday() >= 5:
        return PlannedDay(day, DayKind.SHIFTED, f"{name}调休")
    if worked:
        return PlannedDay(day, DayKind.WORK, "工作日")
    if name:
        return PlannedDay(day, DayKind.HOLIDAY, f"{name}放假")
    return PlannedDay(day, DayKind.WEEKEND, "周末")


def year_plan(year: int, own: Mapping[date, CalendarDay]) -> tuple[Month, ...]:
    """The twelve months."""
    return tuple(_month(date(year, number, 1), own) for number in range(1, 13))


def _month(first: date, own: Mapping[date, CalendarDay]) -> Month:
    after = (first + 31 * _DAY).replace(day=1)
    days: list[PlannedDay | None] = [None] * first.weekday()
    days += [planned_day(day := first + n * _DAY, own.get(day)) for n in range((after - first).days)]
    days += [None] * (-len(days) % 7)
    return Month(first, tuple(tuple(days[at : at + 7]) for at in range(0, len(days), 7)))


def _holiday(day: date) -> str:
    """The legal holiday by whose reason a day is free, or worked in its stead; empty on ordinary days."""
    if not LIBRARY_FIRST <= day.year <= LIBRARY_LAST:
        return FIXED_HOLIDAYS.get((day.month, day.day), "")
    english = chinese_calendar.get_holiday_detail(day)[1]
    return _CHINESE.get(english or "", "")


_CHINESE: dict[str, str] = {
    holiday.value: {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}.get(
        holiday.chinese, holiday.chinese
    )
    for holiday in chinese_calendar.Holiday
}
