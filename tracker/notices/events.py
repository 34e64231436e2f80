"""From the items' events to messages. The items know nothing of this: their append-only table is the outbox."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from tracker.items.models import Event, Part
from tracker.items.reckoning import Reckoning
from tracker.items.states import EventKind, Status
from tracker.notices import wording
from tracker.notices.models import Channel, Chase, EventCursor, Message
from tracker.notices.outbox import Draft, post_all
from tracker.org.models import Department, Membership, Person

BATCH = 500
# No transaction takes longer than this to become visible.
SETTLED = timedelta(minutes=10)
# After a long standstill nobody wants last month's news one by one; the digest says what is open.
NEWS = timedelta(days=7)

_HANDED_OUT = (Status.ISSUED, Status.IN_PROGRESS, Status.RETURNED)
# Answers to a request for another date, whatever the ledger calls them.
_DATES = (EventKind.DUE_CHANGED, EventKind.EXT_GRANTED, EventKind.EXT_REFUSED)


def start_here() -> None:
    """Forget the past: only events from now on are told."""
    last = Event.objects.aggregate(last=Max("pk"))["last"] or 0
    EventCursor.objects.update_or_create(pk=1, defaults={"floor": last, "ahead": []})


@transaction.atomic
def read_events() -> int:
    """Tell of the events nobody has told of yet. Of two at once one does it; killed half-way, nothing was done."""
    cursor, _ = EventCursor.objects.get_or_create(pk=1)
    found = dict(Event.objects.filter(pk__gt=cursor.floor).order_by("pk").values_list("pk", "at"))
    handled = set(cursor.ahead)
    fresh = [pk for pk in found if pk not in handled][:BATCH]
    if not fresh and not cursor.ahead:
        return 0
    handled |= set(fresh)
    floor = _floor(cursor.floor, found, handled)
    won = EventCursor.objects.filter(pk=1, version=cursor.version).update(
        floor=floor, ahead=sorted(pk for pk in handled if pk > floor), version=F("version") + 1
    )
    if won and fresh:
        post_all(_drafts(fresh))
    return len(fresh) if won else 0


def _floor(old: int, found: dict[int, datetime], handled: set[int]) -> int:
    """The highest number below which nothing can appear any more."""
    settled = timezone.now() - SETTLED
    floor = old
    for pk, at in found.items():
        if pk not in handled or at > settled:
            break
        floor = pk
    return floor


def _drafts(pks: Sequence[int]) -> Iterator[Draft]:
    events = Event.objects.filter(pk__in=pks, at__gt=timezone.now() - NEWS).order_by("pk")
    full = events.select_related("by", "item__lead__leader", "item__leader", "item__officer")
    chases = Chase.objects.filter(event__in=pks).select_related("leader", "previous")
    teller = _Teller(
        now=Reckoning.now(),
        chases={chase.event_id: chase for chase in chases.prefetch_related("recipients__department")},
        liaisons=_liaisons(),
        robots=list(Channel.objects.usable().filter(sends_events=True).exclude(kind=Channel.Kind.EMAIL)),
    )
    for event in full.prefetch_related("item__supporting", "item__groups", "item__parts_given__department"):
        yield from teller.of(event)


def _liaisons() -> dict[int, list[Person]]:
    """{department: those who report for it}."""
    found: dict[int, list[Person]] = {}
    rows = Membership.objects.filter(role=Membership.Role.LIAISON, person__is_active=True)
    for row in rows.select_related("person").order_by("pk"):
        found.setdefault(row.department_id or 0, []).append(row.person)
    return found


def _given_that_day(event: Event) -> list[Department]:
    """Whose part was given with this event: its text names them in words only."""
    day = timezone.localdate(event.at)
    return [
        part.department
        for part in event.item.parts_given.all()
        if part.given_on == day and part.state in Part.OPEN
    ]


def _with_open_parts(event: Event) -> list[Department]:
    """Who still has a share of an item that groups share."""
    return [part.department for part in event.item.parts_given.all() if part.state in Part.OPEN]


@dataclass(slots=True)
class _Teller:
    """Who is told what of one event."""

    now: Reckoning
    chases: dict[int | None, Chase]
    liaisons: dict[int, list[Person]]
    robots: list[Channel] = field(default_factory=list)

    def of(self, event: Event) -> Iterator[Draft]:
        item, kind = event.item, EventKind(event.kind)
        both = [item.lead, *item.supporting.all()]
        match kind:
            case EventKind.ISSUED:
                yield from self._tell(event, Message.Kind.ISSUED, wording.issued(item), both)
            case EventKind.ASSIGNED:
                words, to = wording.assigned(item), _given_that_day(event)
                yield from self._tell(event, Message.Kind.ISSUED, words, to, variant="part")
            case EventKind.PART_DUE:
                to = [
                    part.department
                    for part in item.parts_given.all()
                    if event.text.startswith(f"{part.department}：")
                ]
                yield from self._tell(
                    event, Message.Kind.EXTENSION, wording.part_due(item, event), to, variant=kind
                )
            case EventKind.REASSIGNED if item.status in _HANDED_OUT:
                yield from self._tell(event, Message.Kind.ISSUED, wording.issued(item), [item.lead])
            case EventKind.RETURNED:
                yield from self._tell(
                    event, Message.Kind.RETURNED, wording.returned(item, event), [item.lead]
                )
            case EventKind.INSTRUCTED:
                words = wording.instructed(item, event)
                yield from self._tell(event, Message.Kind.INSTRUCTED, words, both)
                yield from self._to_officer(event, Message.Kind.INSTRUCTED, words)
            case EventKind.EXT_ASKED:
                yield from self._to_officer(event, Message.Kind.ASKED, wording.asked(item, event))
            case EventKind.REFUSED | EventKind.PART_REFUSED:
                yield from self._to_officer(event, Message.Kind.REFUSED, wording.refused(item, event))
            case EventKind.SUBMITTED:
                yield from self._to_officer(event, Message.Kind.SUBMITTED, wording.submitted(item, event))
            case EventKind.FACTS_ASKED:
                words = wording.facts_asked(item, event)
                to = [item.lead] if item.lead else _with_open_parts(event)
                yield from self._tell(event, Message.Kind.CHASED, words, to, variant="facts")
            case EventKind.CHASED:
                yield from self._chased(event, both)
            case _ if kind in _DATES and item.status not in (Status.DRAFT, Status.APPROVAL):
                words = wording.due_changed(item, event)
                yield from self._tell(event, Message.Kind.EXTENSION, words, [item.lead], variant=kind)

    def _chased(self, event: Event, both: list[Department | None]) -> Iterator[Draft]:
        chase = self.chases.get(event.pk)
        to = [recipient.department for recipient in chase.recipients.all()] if chase else both
        words = wording.chased(event.item, event, chase)
        yield from self._tell(event, Message.Kind.CHASED, words, to, variant=chase.step if chase else "")
        if chase and chase.leader and chase.leader_id != event.by_id:
            subject, text = wording.escalated(event.item, chase, self.now)
            yield Draft(
                person=chase.leader, kind=Message.Kind.ESCALATED, variant=chase.step, item=event.item,
                subject=subject, text=text,
            )  # fmt: skip

    def _tell(
        self,
        event: Event,
        kind: Message.Kind,
        words: tuple[str, str],
        departments: Iterable[Department | None],
        *,
        variant: str = "",
    ) -> Iterator[Draft]:
        """To the departments' 联络员, but nobody of their own act; and to the groups that asked for it."""
        pks = [department.pk for department in departments if department]
        people = dict.fromkeys(person for pk in pks for person in self.liaisons.get(pk, ()))
        subject, text = words
        for person in people:
            if person.pk != event.by_id:
                yield Draft(
                    person=person, kind=kind, variant=variant, item=event.item, subject=subject, text=text
                )
        for robot in self.robots:
            if robot.department_id is None or robot.department_id in pks:
                yield Draft(
                    channel=robot, kind=kind, variant=variant, item=event.item, subject=subject, text=text
                )

    def _to_officer(self, event: Event, kind: Message.Kind, words: tuple[str, str]) -> Iterator[Draft]:
        officer = event.item.officer
        if officer and officer.is_active and officer.pk != event.by_id:
            yield Draft(person=officer, kind=kind, item=event.item, subject=words[0], text=words[1])
