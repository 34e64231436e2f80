"""What the charts draw, as plain values; each is also shown as a table."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.items.models import Quote
from tracker.items.querysets import ActionItemQuerySet
from tracker.items.reckoning import Reckoning
from tracker.items.states import RUNNING, Status
from tracker.items.units import NOBODY, Unit, handed_to_groups, unit_of
from tracker.org.models import Department
from tracker.stats.facts import Fact

WEEKS = 16
MONTHS = 3
# More sources than these are one band: 其他.
SOURCES = 10


@dataclass(frozen=True, slots=True)
class Point:
    """How much was open and overdue at the end of a day."""

    day: date
    open: int
    overdue: int


def trend(facts: Sequence[Fact], now: Reckoning, *, weeks: int = WEEKS) -> list[Point]:
    """The last workday of each of the past weeks, and today; weeks without a workday are left out."""
    days = []
    for back in range(weeks, 0, -1):
        sunday = now.week_end - timedelta(days=7 * back)
        last = now.calendar.last_workday(sunday)
        if last > sunday - timedelta(days=7):
            days.append(last)
    return [_point(facts, now, day) for day in [*days, now.today]]


def _point(facts: Sequence[Fact], now: Reckoning, day: date) -> Point:
    until = now.calendar.overdue_until(day)
    overdue = sum(fact.overdue_on(day, until) for fact in facts)
    return Point(day, sum(fact.open_on(day) for fact in facts), overdue)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar. `level` 0 to 3 is its shade."""

    day: date
    due: int
    off: bool
    moved: bool  # a weekend day that is worked (调休)
    today: bool
    level: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks of days; None outside it."""

    label: str
    weeks: tuple[tuple[Day | None, ...], ...]
    due: int


@dataclass(frozen=True, slots=True)
class DueCalendar:
    """到期日历: the open items by their day, and where the others are."""

    months: tuple[Month, ...]
    open: int
    shown: int
    overdue: int
    held: int  # on hold with a day that is past, as are those not yet issued
    unissued: int
    no_due: int
    later: int


def due_calendar(items: ActionItemQuerySet, now: Reckoning, *, months: int = MONTHS) -> DueCalendar:
    """All open items by due date over this month and the next ones; the rest is accounted for in words.

    A day counts what the ledger lists for it, those not yet issued or on hold among them.
    """
    rows = list(items.open().values_list("due", "status"))
    dated = [(due, status) for due, status in rows if due is not None]
    past = [status for due, status in dated if due <= now.overdue_until]
    per_day = Counter(due for due, _ in dated if due > now.overdue_until)
    built = tuple(_month(_first(now.today, ahead), per_day, now) for ahead in range(months))
    shown = sum(month.due for month in built)
    overdue, held = sum(status in RUNNING for status in past), past.count(Status.ON_HOLD)
    return DueCalendar(
        months=built,
        open=len(rows),
        shown=shown,
        overdue=overdue,
        held=held,
        unissued=len(past) - overdue - held,
        no_due=len(rows) - len(dated),
        later=per_day.total() - shown,
    )


def _first(day: date, ahead: int) -> date:
    months = day.year * 12 + day.month - 1 + ahead
    return date(months // 12, months % 12 + 1, 1)


def _month(first: date, per_day: Counter[date], now: Reckoning) -> Month:
    last = _first(first, 1) - timedelta(days=1)
    days = [first + timedelta(days=n) for n in range(last.day)]
    cells: list[Day | None] = [None] * first.weekday()
    cells += [_day(day, per_day[day], now) for day in days]
    cells += [None] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[n : n + 7]) for n in range(0, len(cells), 7))
    return Month(f"{first.year}年{first.month}月", weeks, sum(per_day[day] for day in days))


def _day(day: date, due: int, now: Reckoning) -> Day:
    worked = now.calendar.is_workday(day)
    level = 0 if not due else 1 if due < 3 else 2 if due < 5 else 3
    return Day(day, due, not worked, worked and day.weekday() >= 5, day == now.today, level)


@dataclass(frozen=True, slots=True)
class Flow:
    """去向: from where it was said over who has it to where it stands, with the number of items."""

    source: str
    department: str
    state: str
    count: int


def flow(items: ActionItemQuerySet, *, speech: int | None = None) -> list[Flow]:
    """Of one speech by its sections, else of all by their source. Each item counts once."""
    issued = items.exclude(status__in=(Status.DRAFT, Status.APPROVAL))
    chosen = issued.filter(quotes__speech_ref=speech).distinct() if speech else issued
    rows = list(chosen.values_list("pk", "source", "lead_id", "status"))
    start = _sections(speech, [pk for pk, *_ in rows]) if speech else {pk: source for pk, source, *_ in rows}
    big = {name for name, _ in Counter(start.values()).most_common(SOURCES)}
    names: dict[Unit, str] = {department.pk: str(department) for department in Department.objects.all()}
    shared = handed_to_groups()
    names |= {name: name for name in sorted(set(shared.values()))}
    counted: Counter[tuple[str, str, str]] = Counter()
    for pk, _, lead, status in rows:
        said = start.get(pk, "")
        source = said if said in big else "其他"
        counted[
            source or "未注明来源", names.get(unit_of(lead, shared.get(pk, "")), NOBODY), Status(status).label
        ] += 1
    order = {name: place for place, name in enumerate(names.values())}
    ordered = sorted(
        counted.items(), key=lambda entry: (entry[0][0], order.get(entry[0][1], -1), entry[0][2])
    )
    return [Flow(*path, count) for path, count in ordered]


def speeches_of(items: ActionItemQuerySet) -> list[tuple[int, str]]:
    """(id, title) of the speeches `items` stand on, the latest first: whose flow can be drawn by its sections."""
    said = Quote.objects.filter(item__in=items.values("pk"), speech_ref__isnull=False)
    rows = said.order_by("-said_on", "-speech_ref").values_list("speech_ref", "speech_title")
    return list(dict.fromkeys((ref, title) for ref, title in rows if ref is not None))


def _sections(speech: int, items: Sequence[int]) -> dict[int, str]:
    """The first part of the speech each item stands in."""
    said = Quote.objects.filter(speech_ref=speech, item__in=items).order_by("-start")
    return {item: section.split(" › ")[0] for item, section in said.values_list("item_id", "section")}
