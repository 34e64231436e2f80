"""What the officer does before a meeting: put items on its list, take them off, order them, ask for missing facts."""

from collections.abc import Sequence

from django.db import transaction

from tracker.items.models import ActionItem
from tracker.items.states import EventKind, Status
from tracker.items.units import names_nobody
from tracker.meetings.models import AgendaEntry, Meeting
from tracker.meetings.report import Agenda, Row
from tracker.meetings.rulings import must_be_open
from tracker.org import clock
from tracker.org.models import Person


@transaction.atomic
def put_on(*, meeting: Meeting, item: ActionItem) -> None:
    """上会: go through this item, whether it is overdue or not. Raises `MeetingClosed`."""
    _entry(meeting, item, added=True, dropped=False)


@transaction.atomic
def take_off(*, meeting: Meeting, item: ActionItem) -> None:
    """不上会: not gone through, though it stays in the figures and in the list. Raises `MeetingClosed`."""
    _entry(meeting, item, added=False, dropped=True)


@transaction.atomic
def order(*, meeting: Meeting, item_ids: Sequence[int]) -> None:
    """Go through the items in this order. Raises `MeetingClosed`."""
    must_be_open(meeting)
    for position, pk in enumerate(item_ids, start=1):
        AgendaEntry.objects.update_or_create(meeting=meeting, item_id=pk, defaults={"position": position})


@transaction.atomic
def move_one(*, meeting: Meeting, agenda: Agenda, item_id: int, step: int) -> None:
    """One place up (-1) or down (+1) among the items gone through. Raises `MeetingClosed`."""
    ids = [row.item_id for row in agenda.screens]
    if item_id not in ids:
        return
    at = ids.index(item_id)
    to = min(max(at + step, 0), len(ids) - 1)
    ids.insert(to, ids.pop(at))
    order(meeting=meeting, item_ids=ids)


@transaction.atomic
def ask_for_facts(*, meeting: Meeting, agenda: Agenda, by: Person) -> int:
    """提请补报: ask whose the items are that lack facts, leads and members of groups. Once an item and meeting.

    Returns how many items were asked for. The event on each item is what reminds its departments. Raises
    `MeetingClosed`.
    """
    must_be_open(meeting)
    asked = 0
    for item in ActionItem.objects.filter(pk__in=[row.item_id for row in lacking(agenda)]):
        AgendaEntry.objects.get_or_create(meeting=meeting, item=item)
        fresh = AgendaEntry.objects.filter(meeting=meeting, item=item, asked_at__isnull=True)
        if fresh.update(asked_at=clock.now()):
            item.record(EventKind.FACTS_ASKED, by=by, text=f"{meeting.title}：请补报最新进展、原因和下一步。")
            asked += 1
    return asked


def lacking(agenda: Agenda) -> list[Row]:
    """What is to be gone through and lacks progress, reason or next step, and is with somebody."""
    with_nobody = {Status.DRAFT.label, Status.APPROVAL.label}
    return [
        row
        for row in agenda.screens
        if not names_nobody(row.department)
        and row.status not in with_nobody
        and not row.settled
        and not (row.progress and row.problem and row.next_step)
    ]


def _entry(meeting: Meeting, item: ActionItem, **fields: object) -> None:
    must_be_open(meeting)
    AgendaEntry.objects.update_or_create(meeting=meeting, item=item, defaults=fields)
