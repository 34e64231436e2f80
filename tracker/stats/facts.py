"""The items as statistics need them: one row an item, read once, so that all figures of a page come from one reading."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from tracker.items.models import Event
from tracker.items.querysets import ActionItemQuerySet
from tracker.items.states import ClosingKind, EventKind, Status
from tracker.items.units import Unit, handed_to_groups, unit_of
from tracker.org.workdays import WorkCalendar

_EXTENDING = (EventKind.EXT_GRANTED, EventKind.DUE_CHANGED)


@dataclass(frozen=True, slots=True)
class Fact:
    """One issued item. `dues` are (day of change, the date until then): what was due when, not only what is now."""

    pk: int
    unit: Unit
    leader_id: int | None
    source: str
    issued_on: date
    closed_on: date | None
    closing_kind: str
    due: date | None
    held: bool
    silent: bool
    dues: tuple[tuple[date, date | None], ...] = ()
    extended_on: tuple[date, ...] = ()

    def in_hand(self, start: date, end: date) -> bool:
        """在办过: issued by the end and not closed before the start."""
        return self.issued_on <= end and (self.closed_on is None or self.closed_on >= start)

    def open_on(self, day: date) -> bool:
        """Issued by that day and not closed by then."""
        return self.issued_on <= day and (self.closed_on is None or self.closed_on > day)

    def due_on(self, day: date) -> date | None:
        """The date that stood on `day`: the one the first later change replaced, else today's."""
        return next((old for changed, old in self.dues if changed > day), self.due)

    def overdue_on(self, day: date, overdue_until: date) -> bool:
        """Open and past its date on `day`. What is on hold now is left out, as in the ledger."""
        due = self.due_on(day)
        return self.open_on(day) and not self.held and due is not None and due <= overdue_until

    @property
    def on_time(self) -> bool:
        """按期办结."""
        return self.closing_kind == ClosingKind.ON_TIME

    @property
    def staged(self) -> bool:
        """阶段性办结, which is neither on time nor late."""
        return self.closing_kind == ClosingKind.STAGED


def read_facts(items: ActionItemQuerySet, *, silent: set[int]) -> list[Fact]:
    """The facts of `items` that were issued; 中止 ones and drafts are no work done or left. Three queries."""
    issued = items.filter(issued_on__isnull=False).exclude(
        status__in=(Status.WITHDRAWN, Status.DRAFT, Status.APPROVAL)
    )
    dues, extended = _date_changes(issued)
    shared = handed_to_groups()
    rows = issued.values_list(
        "pk", "lead_id", "leader_id", "source", "issued_on", "closed_on", "closing_kind", "due", "status"
    )
    return [
        Fact(
            pk, unit_of(lead, shared.get(pk, "")), leader, source, issued_on, closed_on, kind, due,
            status == Status.ON_HOLD, pk in silent, dues.get(pk, ()), extended.get(pk, ()),
        )
        for pk, lead, leader, source, issued_on, closed_on, kind, due, status in rows
        if issued_on is not None
    ]  # fmt: skip


def _date_changes(
    items: ActionItemQuerySet,
) -> tuple[Mapping[int, tuple[tuple[date, date | None], ...]], Mapping[int, tuple[date, ...]]]:
    """Per item: what its date was before each change, and the days on which it was extended."""
    changed = Event.objects.filter(item__in=items.values("pk"), changes__has_key="due").order_by("at", "pk")
    dues: dict[int, tuple[tuple[date, date | None], ...]] = {}
    extended: dict[int, tuple[date, ...]] = {}
    for pk, kind, at, changes in changed.values_list("item_id", "kind", "at", "changes"):
        day, (old, new) = timezone.localdate(at), changes["due"]
        dues[pk] = (*dues.get(pk, ()), (day, date.fromisoformat(old) if old else None))
        if kind in _EXTENDING and "" < old < new:
            extended[pk] = (*extended.get(pk, ()), day)
    return dues, extended


class Workdays:
    """Working days between any two days of a stretch, from a running sum: a page asks for thousands of pairs."""

    def __init__(self, calendar: WorkCalendar, first: date, last: date) -> None:
        days = (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))
        self._worked = [day for day in days if calendar.is_workday(day)]

    def between(self, after: date, until: date) -> int:
        """Working days in (after, until]; the same count as `WorkCalendar.count`."""
        return max(0, bisect_right(self._worked, until) - bisect_right(self._worked, after))


def visible_facts(items: ActionItemQuerySet, *, silent: ActionItemQuerySet) -> list[Fact]:
    """`read_facts` with the silent ones asked of the ledger's own list."""
    return read_facts(items, silent=set(silent.values_list("pk", flat=True)))
