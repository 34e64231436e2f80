"""The agenda of a meeting since the last closed one, from the same querysets that the ledger's lists use.

The arithmetic line holds by construction. P is what was open when the previous meeting was closed (its snapshot says),
O what is open now, D what has ended since. Every item of P is in O or in D, so with the arrivals A = (O | D) - P:
len(P) + len(A) - len(D) = len(O). A is told apart into new and reopened, D into closed and withdrawn.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from tracker.items.models import ActionItem, Event, Feedback
from tracker.items.querysets import ActionItemQuerySet
from tracker.items.reckoning import Reckoning
from tracker.items.states import ENDED, RUNNING, EventKind, Status
from tracker.items.units import NOBODY, Unit, handed_to_groups, unit_of
from tracker.meetings.models import AgendaEntry, Meeting, MeetingLedger, Ruling
from tracker.meetings.report import Agenda, DepartmentRow, Row, Totals, agenda_from, row_from, totals_from
from tracker.meetings.streak import Streaks
from tracker.org.models import Department

_UNPLACED = 10**6
DEFAULT_INTERVAL = timedelta(days=14)
_ENDINGS = (EventKind.CLOSED, EventKind.WITHDRAWN)


def agenda_of(meeting: Meeting, *, now: Reckoning | None = None, whole: bool = False) -> Agenda:
    """What `meeting` shows: its frozen snapshot once closed, the state of the ledger before.

    `whole` has the 台账 as well; a meeting closed before it was frozen has none.
    """
    if meeting.closed_at is None:
        return build_agenda(meeting, now=now, whole=whole)
    if "taken_at" in meeting.snapshot:
        agenda = agenda_from(meeting.snapshot)
        frozen = MeetingLedger.objects.filter(meeting=meeting).first() if whole else None
        return replace(agenda, ledger=tuple(map(row_from, frozen.rows))) if frozen else agenda
    return Agenda(taken_at=meeting.closed_at, until=timezone.localdate(meeting.held_at))


def build_agenda(
    meeting: Meeting, *, now: Reckoning | None = None, at: datetime | None = None, whole: bool = False
) -> Agenda:
    """The agenda as of now, `whole` with the 台账. A fixed number of queries, however many items there are."""
    now, at = now or Reckoning.now(), at or timezone.now()
    previous = meeting.previous()
    since = previous.closed_at if previous else None
    until = _next_day(meeting, previous)
    books = _open_books(previous, since, now, until)
    rulings = {ruling.item_id: ruling for ruling in meeting.rulings.select_related("lead")}
    ledger = books.open.keys() | books.closed | books.withdrawn if whole else frozenset()
    rows = _rows(books, meeting, previous, now, ruled=rulings.keys(), more=ledger)
    overdue = _listed(books.overdue, rows, rulings, section="overdue")
    coordinate = _listed(books.coordinate, rows, rulings, section="coordinate")
    listed = {row.item_id for row in (*overdue, *coordinate)}
    others = (rulings.keys() | {pk for pk, row in rows.items() if row.added}) - listed
    before = previous.snapshot if previous else {}
    return Agenda(
        taken_at=at,
        until=until,
        since=since,
        previous_title=previous.title if previous else "",
        previous_number=previous.number if previous else 0,
        previous=totals_from(before["totals"]) if before.get("totals") else None,
        previous_listed=len(before.get("overdue", ())),
        previous_rulings=previous.rulings.count() if previous else 0,
        totals=_totals(books),
        overdue=overdue,
        coordinate=coordinate,
        others=_listed(frozenset(others), rows, rulings, section="others"),
        due=_in_order(books.due, rows, by_due=True),
        departments=_departments(books, since),
        open_ids=tuple(sorted(books.open)),
        ledger=_in_order(ledger, rows),
        no_lead=sum(unit is None for unit in books.open.values()),
        no_due=books.no_due,
        **{
            name: _in_order(getattr(books, name), rows) for name in ("closed", "withdrawn", "new", "reopened")
        },
    )


@dataclass(frozen=True, slots=True)
class _Books:
    """The ids behind every figure. `open` and `unit_of` map an item to whose it is (see `items.units`)."""

    before: frozenset[int]
    open: Mapping[int, Unit]
    unit_of: Mapping[int, Unit]
    closed: frozenset[int]
    withdrawn: frozenset[int]
    new: frozenset[int]
    reopened: frozenset[int]
    overdue: frozenset[int]
    due: frozenset[int]
    coordinate: frozenset[int]
    silent: frozenset[int]
    extended: int
    drafts: int
    no_due: int
    expected: frozenset[int]  # handed out before today: of these a report could have come


def _open_books(previous: Meeting | None, since: datetime | None, now: Reckoning, until: date) -> _Books:
    # One query a list: an item that moves between two of them must not break the page, hence `& opened`.
    items = ActionItem.objects
    still = list(items.open().values_list("pk", "lead_id", "status", "due", "sent_on"))
    shared = handed_to_groups()
    opened = {pk: unit_of(lead, shared.get(pk, "")) for pk, lead, *_ in still}
    before = _open_at_mark(previous)
    happened = Event.objects.filter(at__gt=since) if since else Event.objects.all()
    # What lies in the recycle bin has ended too: it was open before, and is no longer.
    ever = ActionItem.everything
    ended_since = (
        items.ended() if since is None else ever.ended().filter(events__in=happened.filter(kind__in=_ENDINGS))
    )
    ended_ids = set(ended_since.values_list("pk", flat=True)) | (before - opened.keys())
    ended = {
        pk: (unit_of(lead, shared.get(pk, "")), status)
        for pk, lead, status in ever.filter(pk__in=ended_ids).values_list("pk", "lead_id", "status")
    }
    arrived = (opened.keys() | ended.keys()) - before
    back = happened.filter(kind__in=(EventKind.REOPENED, EventKind.RESTORED))
    again = set(back.values_list("item_id", flat=True)) if since else set()
    drafts = {pk for pk, _, status, *_ in still if status in (Status.DRAFT, Status.APPROVAL)}
    running = items.filter(status__in=RUNNING, due__gt=now.overdue_until, due__lte=until)
    return _Books(
        before=before,
        open=opened,
        unit_of=opened | {pk: unit for pk, (unit, _) in ended.items()},
        closed=frozenset(pk for pk, (_, status) in ended.items() if status == Status.CLOSED),
        withdrawn=frozenset(pk for pk, (_, status) in ended.items() if status != Status.CLOSED),
        new=frozenset(arrived - again),
        reopened=frozenset(arrived & again),
        overdue=_ids(items.overdue(now)) & opened.keys(),
        due=_ids(running) & opened.keys(),
        coordinate=_ids(items.needing_coordination()) & opened.keys(),
        silent=_ids(items.without_feedback(now)) & opened.keys(),
        extended=_extended(happened),
        drafts=len(drafts),
        no_due=sum(due is None for _, _, _, due, _ in still),
        expected=frozenset(opened.keys() - drafts - {pk for pk, *_, sent in still if sent == now.today}),
    )  # fmt: skip


def _open_at_mark(previous: Meeting | None) -> frozenset[int]:
    """What the previous meeting left open: from its snapshot, or from the history where it froze none."""
    if previous is None:
        return frozenset()
    if "open_ids" in previous.snapshot:
        return frozenset(previous.snapshot["open_ids"])
    later = Event.objects.filter(at__gt=previous.closed_at)
    known = ActionItem.objects.filter(created_at__lte=previous.closed_at)
    left = known.filter(~Q(status__in=ENDED) | Q(events__in=later.filter(kind__in=_ENDINGS)))
    return _ids(left.exclude(events__in=later.filter(kind=EventKind.REOPENED)))


def _ids(items: ActionItemQuerySet) -> frozenset[int]:
    return frozenset(items.values_list("pk", flat=True))


def _extended(happened: "QuerySet[Event]") -> int:
    """How many items had their due date moved back. Dates are stored as ISO text, which sorts like dates."""
    moved = happened.filter(changes__has_key="due").values_list("item_id", "changes")
    return len({item for item, changes in moved if "" < changes["due"][0] < changes["due"][1]})


def _next_day(meeting: Meeting, previous: Meeting | None) -> date:
    """The day of the next meeting: as planned, else after the same interval as last time."""
    planned = (
        Meeting.objects.filter(series=meeting.series_id, held_at__gt=meeting.held_at)
        .order_by("held_at")
        .first()
    )
    interval = meeting.held_at - previous.held_at if previous else DEFAULT_INTERVAL
    return timezone.localdate(planned.held_at if planned else meeting.held_at + interval)


def _rows(
    books: _Books,
    meeting: Meeting,
    previous: Meeting | None,
    now: Reckoning,
    *,
    ruled: Iterable[int],
    more: Iterable[int],
) -> dict[int, Row]:
    shown = (
        books.closed,
        books.withdrawn,
        books.new,
        books.reopened,
        books.overdue,
        books.due,
        books.coordinate,
    )
    entries = {entry.item_id: entry for entry in AgendaEntry.objects.filter(meeting=meeting)}
    added = {pk for pk, entry in entries.items() if entry.added}
    wanted = frozenset(ruled).union(added, more, *shown)
    items = ActionItem.everything.filter(pk__in=wanted).for_rows().with_latest_feedback()
    streaks = Streaks.before(meeting.held_at, calendar=now.calendar)
    said = dict(previous.rulings.values_list("item_id", "text")) if previous else {}
    rows = {}
    for item in items:
        row = _row(item, now, streak=streaks.of(item) if item.pk in books.overdue else 0)
        entry = entries.get(item.pk)
        rows[item.pk] = replace(
            row,
            asks_meeting=item.pk in books.coordinate,
            silent=item.pk in books.silent,
            previous_ruling=said.get(item.pk, ""),
            proposal=entry.proposal if entry else "",
            proposal_kind=entry.kind if entry else "",
            **_placed(entry),
        )
    return rows


def _placed(entry: AgendaEntry | None) -> dict[str, Any]:
    """What the officer decided about an item's place on the list."""
    if entry is None:
        return {}
    return {
        "place": entry.position or 0,
        "added": entry.added,
        "dropped": entry.dropped,
        "asked": entry.asked_at is not None,
    }


def _row(item: ActionItem, now: Reckoning, *, streak: int) -> Row:
    return Row(
        item_id=item.pk,
        number=item.number,
        title=item.title,
        position=item.lead.position if item.lead else -1,
        department_id=item.lead_id,
        department=item.unit_words,
        supporting=item.supporting_words,
        leader=str(item.leader or ""),
        status=item.get_status_display(),
        source=item.source,
        source_date=item.source_date,
        issued_on=item.issued_on,
        original_due=item.original_due,
        due=item.due,
        extensions=item.extensions,
        days_late=now.days_late(item.due),
        days_late_original=now.days_late(item.original_due),
        streak=streak,
        closed_on=item.closed_on,
        closing=item.get_closing_kind_display(),
        progress=item.feedback_text or "",  # type: ignore[attr-defined]
        progress_on=item.feedback_day,  # type: ignore[attr-defined]
        problem=item.feedback_problem or "",  # type: ignore[attr-defined]
        next_step=item.feedback_next or "",  # type: ignore[attr-defined]
    )


def _listed(
    live: frozenset[int], rows: Mapping[int, Row], rulings: Mapping[int, Ruling], *, section: str
) -> tuple[Row, ...]:
    """A section gone through one by one: what is due for it now, and what it dealt with already, as it was seen."""
    found = []
    for pk in live | {pk for pk, ruling in rulings.items() if section in ruling.facts.get("sections", ())}:
        ruling = rulings.get(pk)
        row = rows[pk] if pk in live else replace(row_from(rulings[pk].facts), settled=True)
        if ruling is not None:
            # A ruling that moves the item to another department must not move its place in the list.
            row = replace(row.ruled(ruling), position=ruling.facts.get("position", row.position))
        found.append(row)
    # What the officer placed stands where it was put, the rest after it in the order of the departments.
    return tuple(sorted(found, key=lambda row: (row.place or _UNPLACED, *_office_order(row))))


def _in_order(ids: Iterable[int], rows: Mapping[int, Row], *, by_due: bool = False) -> tuple[Row, ...]:
    key = _due_order if by_due else _office_order
    return tuple(sorted((rows[pk] for pk in ids), key=key))


def _office_order(row: Row) -> tuple[int, int]:
    return row.position, row.item_id


def _due_order(row: Row) -> tuple[date, int, int]:
    return row.due or date.max, row.position, row.item_id


def _totals(books: _Books) -> Totals:
    return Totals(
        open_before=len(books.before),
        new=len(books.new),
        reopened=len(books.reopened),
        closed=len(books.closed),
        withdrawn=len(books.withdrawn),
        open=len(books.open),
        drafts=books.drafts,
        overdue=len(books.overdue),
        extended=books.extended,
        silent=len(books.silent),
    )


def _departments(books: _Books, since: datetime | None) -> tuple[DepartmentRow, ...]:
    """Every department in its official order, zeros included; items of nobody come first, those of groups last."""
    names = ("open", "overdue", "due", "closed", "new", "silent")
    counts = {name: Counter(books.unit_of[pk] for pk in getattr(books, name)) for name in names}
    expected = {books.open[pk] for pk in books.expected}
    heard = Feedback.objects.filter(day__gte=timezone.localdate(since)) if since else Feedback.objects.all()
    reported = {books.unit_of.get(item) for item in heard.values_list("item_id", flat=True).distinct()}
    met = {unit for count in counts.values() for unit in count}
    listed = [
        department for department in Department.objects.all() if department.is_active or department.pk in met
    ]
    keys: list[tuple[Unit, str]] = [(None, NOBODY)] if None in met else []
    keys += [(department.pk, str(department)) for department in listed]
    keys += [(unit, unit) for unit in sorted(unit for unit in met if isinstance(unit, str))]
    return tuple(
        DepartmentRow(
            department_id=key if isinstance(key, int) else None,
            name=label,
            material="" if key is None or key not in expected else ("已报" if key in reported else "未报"),
            **{name: counts[name][key] for name in names},
        )
        for key, label in keys
    )
