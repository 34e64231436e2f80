"""An invented example of every form: what an upload is tried with, and the list of placeholders is read from."""

from datetime import UTC, date, datetime
from typing import Any

from tracker.documents.contexts import meeting as meetings
from tracker.documents.contexts.breakdown import breakdown
from tracker.documents.contexts.bulletin import bulletin
from tracker.documents.contexts.slips import slips
from tracker.documents.figures import CLOSED, Application, Line, OfficeFacts, Snapshot, Words
from tracker.documents.kinds import Form, Kind
from tracker.meetings.report import Agenda, DepartmentRow, Row, Totals

_TODAY = date(2026, 4, 15)
_NOW = datetime(2026, 4, 15, 1, 40, tzinfo=UTC)
_OFFICE = OfficeFacts(name="示例区教育局", short_name="示例区教育局", prefix="示教督")
_OPTIONS: dict[str, Any] = {
    "order_by": "2026-04-22", "colour": "黄", "until": "2026-05-15", "reason": "招标流标，需重新组织。", "copy_to": "局领导",
    "addressee": "各科室、各学校", "host": "示例局长", "attendees": "各科室负责人", "recorder": "示例科员", "attachment": "任务清单",
}  # fmt: skip


def _line(number: int, **facts: Any) -> Line:
    words = Words(
        text="四月底前，计划财务科要完成校舍维修招标。", section="二、重点工作 › （一）校舍安全", speech_ref=1,
        speech_title="在示例会议上的讲话", speaker="示例局长", said_on=date(2026, 3, 2), start=number * 50,
    )  # fmt: skip
    base: dict[str, Any] = {
        "item_id": number, "number": f"〔2026〕{number:02d}号", "title": f"完成第{number}批校舍维修招标", "status": "办理中",
        "department_id": 1, "department": "计划财务科", "department_name": "计划财务科", "supporting": "基础教育科", "leader": "示例副局长",
        "supporting_leaders": "示例副局长", "owner": "示例科员", "owner_phone": "0000", "officer": "示例督查员", "officer_phone": "0001",
        "level": "重点", "requirement": "按月报进度。", "measures": "数量目标12个", "source": "示例会议", "source_date": date(2026, 3, 2),
        "issued_on": date(2026, 3, 3), "original_due": date(2026, 4, 8), "due": date(2026, 4, 10), "extensions": 1, "cycle": "每月",
        "overdue": True, "days_late": 3, "days_late_original": 5, "chased": 1, "progress": "已完成设计。",
        "progress_on": date(2026, 4, 1), "problem": "设计变更。", "next_step": "四月底前招标。", "words": (words,),
        "application": Application(asked_on=_TODAY, due_then=date(2026, 4, 10), wanted=date(2026, 5, 15), reason="招标流标。", done="已完成设计。"),
    }  # fmt: skip
    return Line(**(base | facts))


def _snapshot() -> Snapshot:
    closed = {
        "state": CLOSED,
        "status": "已办结",
        "overdue": False,
        "days_late": 0,
        "closing": "按期办结",
        "closed_on": _TODAY,
    }
    soon = {
        "overdue": False,
        "days_late": 0,
        "due_soon": True,
        "days_left": 2,
        "silent": True,
        "source": "另一会议",
    }
    return Snapshot.of(
        [_line(1), _line(2, **soon), _line(3, **closed)],
        departments=[(1, "计划财务科"), (2, "基础教育科")],
        taken_at=_NOW,
        today=_TODAY,
        office=_OFFICE,
        scope="《在示例会议上的讲话》",
        facts={"speech_title": "在示例会议上的讲话", "speaker": "示例局长", "said_on": "2026-03-02"},
    )  # fmt: skip


def _agenda() -> Agenda:
    row = Row(
        item_id=1, number="〔2026〕01号", title="完成校舍维修招标", department="计划财务科", department_id=1, supporting="基础教育科",
        leader="示例副局长", status="办理中", original_due=date(2026, 4, 8), due=date(2026, 4, 10), extensions=1, days_late=3, streak=2,
        progress="已完成设计。", progress_on=date(2026, 4, 1), problem="设计变更。", next_step="四月底前招标。", proposal="抓紧招标",
        proposal_kind="continue", ruling="五月十五日前完成。", ruling_kind="reset", ruling_due=date(2026, 5, 15),
    )  # fmt: skip
    done = Row(
        item_id=2,
        number="〔2026〕02号",
        title="印发实施方案",
        department="基础教育科",
        closing="按期办结",
        status="已办结",
    )
    return Agenda(
        taken_at=_NOW, until=date(2026, 4, 29), since=_NOW, previous=Totals(open=1), totals=Totals(open_before=1, new=1, closed=1, open=1, overdue=1),
        closed=(done,), overdue=(row,), due=(row,), coordinate=(row,), new=(done,), ledger=(row, done),
        departments=(DepartmentRow(1, "计划财务科", open=1, overdue=1), DepartmentRow(2, "基础教育科", closed=1, new=1)),
    )  # fmt: skip


def sample_context(form: Form) -> dict[str, Any]:
    """All that a template of this form may use, with invented values; every list has at least one row."""
    meeting = meetings.MeetingFacts(
        title="第1次督办例会",
        number=1,
        held_at=_NOW,
        today=_TODAY,
        office=_OFFICE,
        place="第一会议室",
        closed=True,
        notes=("更正一处笔误。",),
    )
    match form.kind:
        case Kind.BREAKDOWN:
            return breakdown(_snapshot())
        case Kind.BULLETIN:
            return bulletin(_snapshot(), number="第1期", options=_OPTIONS)
        case Kind.REPORT:
            return meetings.report(meeting, _agenda())
        case Kind.MINUTES:
            return meetings.minutes(meeting, _agenda(), number="示教督纪〔2026〕1号", options=_OPTIONS)
        case _:
            snapshot = _snapshot()
            numbers = [f"示教督〔2026〕{at}号" for at, _ in enumerate(snapshot.lines, start=1)]
            return slips(snapshot, snapshot.lines, kind=form.kind, numbers=numbers, options=_OPTIONS)


def placeholders(form: Form) -> list[tuple[str, list[tuple[str, str]]]]:
    """[(list name or blank, [(placeholder, example)])]: what the page of templates shows."""
    context = sample_context(form)
    plain = [(name, str(value)) for name, value in context.items() if not isinstance(value, list)]
    found: list[tuple[str, list[tuple[str, str]]]] = [("", plain)]
    for name, value in context.items():
        if isinstance(value, list):
            found += _of_list(name, value)
    return found


def _of_list(name: str, rows: list[Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    first = rows[0] if rows else None
    if not isinstance(first, dict):
        return [(name, [("（文字）", str(first or ""))])]
    inner = [(key, str(value)) for key, value in first.items() if not isinstance(value, list)]
    deeper = [
        part for key, value in first.items() if isinstance(value, list) for part in _of_list(key, value)
    ]
    return [(name, inner), *deeper]
