"""Four months of office life, replayed in order through the product's own functions.

Events get the time at which they would have happened, and the two past meetings freeze what the ledger held then.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import groupby
from typing import Any

from django.utils import timezone

from tracker.items.extensions import ask_extension, decide_extension
from tracker.items.feedback import report_progress
from tracker.items.models import ActionItem, ExtensionRequest
from tracker.items.reckoning import Reckoning
from tracker.items.register import QuoteData, register_item
from tracker.items.states import EventKind
from tracker.items.workflow import make_move
from tracker.notices.chasing import ChaseRefused, chase, order_for, steps
from tracker.notices.models import Step as Rung
from tracker.org import clock
from tracker.org.models import Department, Person
from tracker.org.workdays import WorkCalendar


@dataclass(slots=True)
class Stage:
    """What the replay works with. `items` fills up as they are registered, in the order of items.json."""

    base: date
    calendar: WorkCalendar
    officer: Person
    departments: dict[str, Department]
    quote_of: Callable[[dict[str, Any]], QuoteData | None]
    items: dict[int, ActionItem] = field(default_factory=dict)
    closed_by_meeting: set[int] = field(default_factory=set)

    def day(self, offset: int) -> date:
        """A workday `offset` days from the base."""
        return self.calendar.last_workday(self.base + timedelta(days=offset))


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened on a day; `hour` orders the day, `late` puts it at the end of its hour."""

    day: date
    hour: int
    act: Callable[[], object]
    late: bool = False


def play(stage: Stage, steps: list[Step]) -> None:
    """Do all steps in time order, each at its time; those of one hour are spread over it in their order."""
    ordered = sorted(steps, key=lambda step: (step.day, step.hour, step.late))
    for (day, hour), same in groupby(ordered, key=lambda step: (step.day, step.hour)):
        hourful = list(same)
        first = (day.toordinal() * 7 + hour * 11) % 20
        for number, step in enumerate(hourful):
            minute = first + number * (59 - first) // len(hourful)
            moment = datetime.combine(day, time(hour, minute), tzinfo=timezone.get_current_timezone())
            with clock.at(moment):
                step.act()


def steps_of(stage: Stage, index: int, row: dict[str, Any]) -> Iterator[Step]:
    """The life of one item of items.json."""
    issued = stage.day(row["issued_offset"] if row["issued_offset"] is not None else -3)
    yield Step(issued, 9, lambda: _register(stage, index, row, issued))
    if row["state"] == "draft":
        return
    yield Step(
        issued, 10, lambda: make_move(item=stage.items[index], name="issue", by=stage.officer, on=issued)
    )
    if row["state"] == "issued":
        return
    handler = stage.departments[row["lead"]].memberships.filter(role="liaison").order_by("pk").first()
    by = handler.person if handler else stage.officer
    signed = stage.calendar.add(issued, 1)
    yield Step(signed, 9, lambda: make_move(item=stage.items[index], name="sign", by=by, on=signed))
    yield from _reports(stage, index, row, by, signed)
    yield from _happenings(stage, index, row)
    yield from _ending(stage, index, row, by)


def _register(stage: Stage, index: int, row: dict[str, Any], issued: date) -> None:
    quote = stage.quote_of(row)
    first_due = (
        row.get("original_due_offset") if row.get("original_due_offset") is not None else row["due_offset"]
    )
    lead = stage.departments.get(row["lead"] or "")
    stage.items[index] = register_item(
        by=stage.officer,
        title=row["title"],
        quotes=[quote] if quote else [],
        lead=lead,
        supporting=[stage.departments[name] for name in row["supporting"]],
        due=None if first_due is None else stage.base + timedelta(days=first_due),
        source=quote.speech_title if quote else row["source"] or "",
        source_date=quote.said_on if quote else issued,
        feedback_cycle=row["feedback_cycle"],
        level=row.get("level") or "",
    )


def _reports(stage: Stage, index: int, row: dict[str, Any], by: Person, signed: date) -> Iterator[Step]:
    for report in row["feedback"]:
        day = max(stage.day(report["offset"]), signed)
        yield Step(day, 15, partial(_report, stage, index, report, by, day))


def _report(stage: Stage, index: int, report: dict[str, Any], by: Person, day: date) -> None:
    report_progress(
        item=stage.items[index],
        by=by,
        department=stage.departments[report["by_department"]],
        progress=report["progress"],
        problem=report["problem"],
        next_step=report["next_step"],
        percent=report["percent"],
        needs_meeting=report["needs_meeting"],
        on=day,
    )


def _happenings(stage: Stage, index: int, row: dict[str, Any]) -> Iterator[Step]:
    """Everything the item's own list of events tells, besides reports and its end."""
    for event in row["events"]:
        day = stage.day(event["offset"])
        if event["kind"] == "extension":
            yield Step(day, 10, partial(_ask, stage, index, event))
            yield Step(day, 16, partial(_grant, stage, index, event))
        elif event["kind"] == "reset":
            due, text = stage.base + timedelta(days=event["to_offset"]), event["text"]
            yield Step(day, 16, partial(_edit_due, stage, index, due, text))
        elif event["kind"] == "chase":
            yield Step(day, 11, partial(_chase, stage, index, event["text"]))
        elif kind := _TOLD.get(event["kind"]):
            text = event["text"]
            yield Step(day, 11, partial(_tell, stage, index, kind, text))


def _move(stage: Stage, index: int, name: str, by: Person, reason: str, day: date) -> None:
    item = stage.items[index]
    make_move(item=item, name=name, by=by, reason=reason, on=day, department=item.lead)


def _ask(stage: Stage, index: int, event: dict[str, Any]) -> None:
    """The department asks for a week more than it will get."""
    item = stage.items[index]
    item.refresh_from_db()
    handler = item.lead.memberships.filter(role="liaison").order_by("pk").first() if item.lead else None
    ask_extension(
        item=item,
        by=handler.person if handler else stage.officer,
        department=item.lead,
        wanted=stage.base + timedelta(days=event["to_offset"] + 7),
        reason=event["text"].partition("，同意")[0] + "。",
        done="前期工作已完成，余下部分正在推进。",
        head="情况属实，同意申请。",
    )


def _grant(stage: Stage, index: int, event: dict[str, Any]) -> None:
    asked = ExtensionRequest.objects.get(item=stage.items[index], state="pending")
    until = stage.base + timedelta(days=event["to_offset"])
    decide_extension(request=asked, by=stage.officer, granted=True, until=until, answer="同意，请抓紧办理。")
    stage.items[index].refresh_from_db()


def _edit_due(stage: Stage, index: int, due: date, text: str) -> None:
    stage.items[index].edit({"due": due}, by=stage.officer, text=text)


def _chase(stage: Stage, index: int, text: str) -> None:
    """The paper that fits that day: 提醒单 before the date, 催办单 after it. What cannot be chased then is left out."""
    item, now = stage.items[index], Reckoning(today=clock.today(), calendar=stage.calendar)
    item.refresh_from_db()
    late = now.days_late(item.due) > 0
    step = next(step for step in steps() if step.key == (Rung.Key.URGE if late else Rung.Key.REMIND))
    with suppress(ChaseRefused):
        chase(item, order_for(step, text=text), by=stage.officer, now=now)


def _tell(stage: Stage, index: int, kind: EventKind, text: str) -> None:
    stage.items[index].record(kind, by=stage.officer, text=text)


def _ending(stage: Stage, index: int, row: dict[str, Any], by: Person) -> Iterator[Step]:
    """The move or moves that bring the item to the state it is in today."""
    told = {event["kind"]: event for event in row["events"]}
    last = max((report["offset"] for report in row["feedback"]), default=row["issued_offset"] + 5)
    event = told.get(_ENDING_EVENT.get(row["state"], ""), {"offset": last, "text": ""})
    day = stage.day(row["closed_offset"] if row["state"] == "closed" else event["offset"])
    for hour, name, who, reason in _ENDINGS.get(row["state"], ()):
        if name == "close" and index in stage.closed_by_meeting:
            continue
        actor = by if who == "department" else stage.officer
        text = event["text"] if name in ("return", "hold", "withdraw") and event["text"] else reason
        yield Step(day, hour, partial(_move, stage, index, name, actor, text, day))


_TOLD = {
    "note": EventKind.EDITED,
    "instruction": EventKind.RULING,
    "reassign": EventKind.REASSIGNED,
}
_ENDING_EVENT = {"returned": "return", "on_hold": "hold", "withdrawn": "withdraw"}
_SUBMIT = (16, "submit", "department", "已按要求完成，相关材料随附，申请办结。")
_ENDINGS: dict[str, tuple[tuple[int, str, str, str], ...]] = {
    "closed": (_SUBMIT, (17, "close", "officer", "材料齐全，同意办结。")),
    "submitted": (_SUBMIT,),
    "returned": (_SUBMIT, (17, "return", "officer", "佐证材料不全，请补充后重新报送。")),
    "on_hold": ((17, "hold", "officer", "等待上级批复，暂缓计时。"),),
    "withdrawn": ((17, "withdraw", "officer", "上级已统一部署，不再单独督办。"),),
}
