"""The one place that turns the office's rows into the plain data the engine may know."""

from collections import defaultdict
from datetime import date

from chinese_calendar import constants
from django.db.models import F

from speeches.extraction.model import Directory, Term, Unit
from tracker.org.models import CalendarDay, Department, DepartmentGroup, SchoolTerm

_MEMBER = F("members")


def current_directory() -> Directory:
    """Departments with their aliases and groups, school terms, days off. Four queries, whatever the size."""
    days = dict(CalendarDay.objects.values_list("day", "is_workday"))
    return Directory(
        units=_units(),
        terms=tuple(Term(name, starts, ends) for name, starts, ends in _terms()),
        holidays=_days_off(days),
        extra_workdays=_extra_workdays(days),
    )


def _units() -> tuple[Unit, ...]:
    aliases: dict[int, list[str]] = defaultdict(list)
    names: dict[int, tuple[str, str]] = {}
    rows = Department.objects.active().values_list("pk", "name", "short_name", "aliases__text")
    for pk, name, short_name, alias in rows.order_by("position", "pk", "aliases__pk"):
        names[pk] = (name, short_name)
        if alias:
            aliases[pk].append(alias)
    groups = _groups()
    return tuple(
        Unit(name=name, short_name=short, aliases=tuple(aliases[pk]), groups=tuple(groups[pk]))
        for pk, (name, short) in names.items()
    )


def _groups() -> dict[int, list[str]]:
    """The collective names, all spellings, that each department belongs to."""
    result: dict[int, list[str]] = defaultdict(list)
    for group in DepartmentGroup.objects.filter(members__isnull=False).annotate(member=_MEMBER):
        result[group.member].extend(group.names)
    return result


def _terms() -> list[tuple[str, date, date]]:
    return list(SchoolTerm.objects.values_list("name", "starts", "ends"))


def _days_off(declared: dict[date, bool]) -> frozenset[date]:
    """Legal holidays with the administrator's changes on top."""
    legal = {day for day in constants.holidays if not declared.get(day, False)}
    return frozenset(legal | {day for day, is_workday in declared.items() if not is_workday})


def _extra_workdays(declared: dict[date, bool]) -> frozenset[date]:
    """调休 weekends that are worked, with the administrator's changes on top."""
    legal = {day for day in constants.workdays if declared.get(day, True)}
    return frozenset(legal | {day for day, is_workday in declared.items() if is_workday})
