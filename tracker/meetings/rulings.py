"""What a meeting decides on an item, written back to it in one transaction; and closing the meeting."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from tracker.items.models import ActionItem
from tracker.items.register import handler_of
from tracker.items.states import EventKind, Status
from tracker.items.workflow import make_move
from tracker.meetings.agenda import build_agenda
from tracker.meetings.models import AgendaEntry, Meeting, MeetingClosed, Ruling, RulingKind
from tracker.meetings.report import Agenda, facts, snapshot
from tracker.org.models import Department, Person


class RulingIncomplete(Exception):
    """重定时限 needs a date, 改派 a department. `str()` says which."""


@transaction.atomic
def record_ruling(
    *,
    meeting: Meeting,
    item: ActionItem,
    kind: str,
    by: Person,
    text: str = "",
    due: date | None = None,
    lead: Department | None = None,
    agenda: Agenda | None = None,
) -> Ruling:
    """Store what the meeting said of `item` and write it back to the item.

    Said again, the new ruling replaces the old one and what the old one changed is taken back first; the very same
    ruling said twice changes nothing. Raises `MeetingClosed`, `RulingIncomplete`, or `IllegalMove` (办结 of an item
    that cannot be closed).
    """
    _still_open(meeting)
    due, lead = _complete(kind, due=due, lead=lead)
    old = Ruling.objects.select_related("lead").filter(meeting=meeting, item=item).first()
    if old and (old.kind, old.text, old.due, old.lead) == (kind, text, due, lead):
        return old
    item = ActionItem.objects.select_for_update().get(pk=item.pk)
    seen = old.facts if old else _facts(agenda or build_agenda(meeting), item)
    if old:
        _take_back(old, item, by=by)
    before = _write_back(item, kind, by=by, text=text, due=due, lead=lead)
    ruling, _ = Ruling.objects.update_or_create(
        meeting=meeting,
        item=item,
        defaults={
            "kind": kind,
            "text": text,
            "due": due,
            "lead": lead,
            "facts": seen,
            "before": before,
            "by": by,
        },
    )
    item.record(
        EventKind.RULING, by=by, text=f"{meeting.title}　{RulingKind(kind).label}：{text}".rstrip("：")
    )
    return ruling


@transaction.atomic
def propose(*, meeting: Meeting, item: ActionItem, kind: str, proposal: str) -> AgendaEntry:
    """Save what the meeting is asked to decide on `item` (拟请明确). Raises `MeetingClosed`."""
    _still_open(meeting)
    entry, _ = AgendaEntry.objects.update_or_create(
        meeting=meeting, item=item, defaults={"kind": kind, "proposal": proposal}
    )
    return entry


def close_meeting(*, meeting: Meeting, by: Person) -> None:
    """定稿: freeze what the meeting saw and set the mark for the next one. Raises `MeetingClosed` the second time."""
    with transaction.atomic():
        _still_open(meeting)
        meeting.close(by=by, snapshot=snapshot(build_agenda(meeting)))


def _still_open(meeting: Meeting) -> None:
    """Checked under a lock on the meeting's row: nobody rules on a meeting that is being closed."""
    if not Meeting.objects.select_for_update().filter(pk=meeting.pk, closed_at__isnull=True).exists():
        raise MeetingClosed


def _complete(
    kind: str, *, due: date | None, lead: Department | None
) -> tuple[date | None, Department | None]:
    """Only what belongs to the kind is kept."""
    if kind == RulingKind.RESET and due is None:
        raise RulingIncomplete("重定时限需要填写新的日期。")
    if kind == RulingKind.REASSIGN and lead is None:
        raise RulingIncomplete("改派需要选择单位。")
    return due if kind == RulingKind.RESET else None, lead if kind == RulingKind.REASSIGN else None


def _facts(agenda: Agenda, item: ActionItem) -> dict[str, Any]:
    """The item's row as the meeting sees it now, with the sections it stands in."""
    sections = {"overdue": agenda.overdue, "coordinate": agenda.coordinate}
    found = {name: row for name, rows in sections.items() for row in rows if row.item_id == item.pk}
    row = next(iter(found.values()), None)
    return facts(row) | {"sections": list(found)} if row else {"sections": []}


def _write_back(
    item: ActionItem, kind: str, *, by: Person, text: str, due: date | None, lead: Department | None
) -> dict[str, Any]:
    """Change the item as ruled. Returns the values it had, for a correction."""
    before: dict[str, Any] = {}
    if kind == RulingKind.RESET:
        before = {
            "due": _iso(item.due),
            "original_due": _iso(item.original_due),
            "extensions": item.extensions,
        }
        item.edit({"due": due}, by=by, text=text)
    elif kind == RulingKind.REASSIGN and lead is not None:
        before = {"lead": item.lead_id, "owner": item.owner_id, "leader": item.leader_id}
        item.edit({"lead": lead}, by=by, text=text)
        item.edit({"owner": handler_of(lead), "leader": lead.leader}, by=by)
    elif kind == RulingKind.CLOSE:
        before = {"status": item.status}
        make_move(item=item, name="close", by=by, reason=text, despite_parts=True)
    return before


def _take_back(old: Ruling, item: ActionItem, *, by: Person) -> None:
    """Undo what a corrected ruling changed, unless somebody has changed it since."""
    why = "更正会议意见"
    if "due" in old.before and item.due == old.due:
        item.edit({"due": _day(old.before["due"])}, by=by, text=why)
        # Neither the slip nor its correction is an extension.
        ActionItem.objects.filter(pk=item.pk).update(
            original_due=_day(old.before["original_due"]), extensions=old.before["extensions"]
        )
    if "lead" in old.before and item.lead_id == old.lead_id:
        people = Person.objects.in_bulk([pk for pk in (old.before["owner"], old.before["leader"]) if pk])
        item.edit(
            {
                "lead": Department.objects.filter(pk=old.before["lead"]).first(),
                "owner": people.get(old.before["owner"]),
                "leader": people.get(old.before["leader"]),
            },
            by=by,
            text=why,
        )
    if "status" in old.before and item.status == Status.CLOSED:
        ActionItem.objects.filter(pk=item.pk).update(
            status=old.before["status"], closed_on=None, closing_kind="", version=F("version") + 1
        )
        item.record(EventKind.REOPENED, by=by, text=why, before=item.status, after=old.before["status"])
    item.refresh_from_db()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
