"""What a meeting decides on an item, written back to it in one transaction; and closing the meeting."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from tracker.items.models import ActionItem, ClosingRequest, RequestState
from tracker.items.register import QuoteData, handler_of, register_item
from tracker.items.states import EventKind, Status
from tracker.items.workflow import make_move
from tracker.meetings.agenda import build_agenda
from tracker.meetings.models import (
    AgendaEntry,
    Meeting,
    MeetingClosed,
    MeetingLedger,
    MeetingNote,
    Ruling,
    RulingKind,
)
from tracker.meetings.report import Agenda, facts, snapshot
from tracker.org import clock
from tracker.org.models import Department, Person


class RulingClash(Exception):
    """Somebody else recorded, changed or took back a ruling since the page was shown. `str()` says what stands now."""

    def __init__(self, standing: Ruling | None) -> None:
        self.standing = standing
        told = "刚刚撤销了会议意见" if standing is None else f"刚刚记录：{standing}"
        who = f"{standing.by}" if standing and standing.by else "其他人"
        super().__init__(f"{who}{told}。如仍以您所写为准，请再按一次“记录”。")


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
    seen: str | None = None,
) -> Ruling:
    """Store what the meeting said of `item` and write it back to the item.

    Said again, the new ruling replaces the old one and what the old one changed is taken back first; the very same
    ruling said twice changes nothing. `seen` is the `Ruling.mark` that stood on the page ("" for none): two people
    may type at once, and the second is shown what the first wrote. Raises `MeetingClosed`, `RulingIncomplete`,
    `RulingClash`, or `IllegalMove` (办结 of an item that cannot be closed).
    """
    must_be_open(meeting)
    due, lead = _complete(kind, due=due, lead=lead)
    old = Ruling.objects.select_related("lead").filter(meeting=meeting, item=item).first()
    if old and (old.kind, old.text, old.due, old.lead) == (kind, text, due, lead):
        return old
    if seen is not None and seen != (old.mark if old else ""):
        raise RulingClash(old)
    item = ActionItem.objects.select_for_update().get(pk=item.pk)
    facts_then = old.facts if old else _facts(agenda or build_agenda(meeting), item)
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
            "facts": facts_then,
            "before": before,
            "by": by,
            "at": clock.now(),
        },
    )
    item.record(
        EventKind.RULING, by=by, text=f"{meeting.title}　{RulingKind(kind).label}：{text}".rstrip("：")
    )
    return ruling


@transaction.atomic
def take_back_ruling(*, meeting: Meeting, item: ActionItem, by: Person) -> bool:
    """撤销意见: what it changed is taken back, its events stay. False when there is none. Raises `MeetingClosed`."""
    must_be_open(meeting)
    old = Ruling.objects.select_related("lead").filter(meeting=meeting, item=item).first()
    if old is None:
        return False
    item = ActionItem.objects.select_for_update().get(pk=item.pk)
    _take_back(old, item, by=by)
    old.delete()
    item.record(EventKind.RULING, by=by, text=f"{meeting.title}　撤销会议意见：{old.get_kind_display()}")
    return True


@transaction.atomic
def new_item(
    *, meeting: Meeting, title: str, by: Person, lead: Department | None, due: date | None, text: str = ""
) -> Ruling:
    """新增事项: what the meeting hands out on the spot, a draft with the meeting as its source.

    Raises `MeetingClosed`. The same title twice is one item.
    """
    must_be_open(meeting)
    twin = Ruling.objects.filter(meeting=meeting, kind=RulingKind.NEW, item__title=title).first()
    if twin:
        return twin
    day = timezone.localdate(meeting.held_at)
    said = QuoteData(text=text or title, speech_title=meeting.title, said_on=day)
    item = register_item(
        by=by, title=title, quotes=[said], lead=lead, due=due, source=meeting.title, source_date=day
    )
    ruling = Ruling.objects.create(
        meeting=meeting, item=item, kind=RulingKind.NEW, text=text, due=due, lead=lead, by=by,
        facts={"sections": []}, before={"new": True},
    )  # fmt: skip
    item.record(EventKind.RULING, by=by, text=f"{meeting.title}　新增事项：{text}".rstrip("："))
    return ruling


def add_note(*, meeting: Meeting, text: str, by: Person) -> MeetingNote:
    """A correction beside a closed meeting. The same words twice are one note."""
    twin = meeting.notes.filter(text=text).first()
    return twin or MeetingNote.objects.create(meeting=meeting, text=text, by=by)


@transaction.atomic
def propose(*, meeting: Meeting, item: ActionItem, kind: str, proposal: str) -> AgendaEntry:
    """Save what the meeting is asked to decide on `item` (拟请明确). Raises `MeetingClosed`."""
    must_be_open(meeting)
    entry, _ = AgendaEntry.objects.update_or_create(
        meeting=meeting, item=item, defaults={"kind": kind, "proposal": proposal}
    )
    return entry


def close_meeting(*, meeting: Meeting, by: Person) -> None:
    """定稿: freeze what the meeting saw and set the mark for the next one. Raises `MeetingClosed` the second time."""
    with transaction.atomic():
        must_be_open(meeting)
        agenda = build_agenda(meeting, whole=True)
        meeting.close(by=by, snapshot=snapshot(replace(agenda, ledger=())))
        MeetingLedger.objects.create(meeting=meeting, rows=[facts(row) for row in agenda.ledger])


def must_be_open(meeting: Meeting) -> None:
    """Raises `MeetingClosed`. Checked under a lock on the meeting's row: nobody rules on a meeting that is being closed."""
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
        before = {
            "lead": item.lead_id,
            "owner": item.owner_id,
            "leader": item.leader_id,
            "was": item.status,
        }
        item.edit({"lead": lead}, by=by, text=text)
        item.edit({"owner": handler_of(lead), "leader": lead.leader}, by=by)
    elif kind == RulingKind.CLOSE:
        open_request = item.closing_requests.filter(state=RequestState.PENDING).first()
        before = {"status": item.status, "request": open_request.pk if open_request else None}
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
        # Taken back, the department that had signed need not sign again.
        if old.before.get("was") and item.status == Status.ISSUED:
            ActionItem.objects.filter(pk=item.pk).update(status=old.before["was"])
    if "status" in old.before and item.status == Status.CLOSED:
        ActionItem.objects.filter(pk=item.pk).update(
            status=old.before["status"], closed_on=None, closing_kind="", version=F("version") + 1
        )
        ClosingRequest.objects.filter(pk=old.before.get("request")).update(
            state=RequestState.PENDING, decided_by=None, decided_at=None, answer="", closing_kind=""
        )
        item.record(EventKind.REOPENED, by=by, text=why, before=item.status, after=old.before["status"])
    item.refresh_from_db()
    if old.before.get("new") and item.status == Status.DRAFT:
        item.discard(by=by, reason="撤销会议新增事项")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
