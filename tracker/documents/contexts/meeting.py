"""例会督办事项进展情况汇报 and 会议纪要, both from what the meeting saw."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from tracker.documents.contexts.common import Context, secretariat
from tracker.documents.figures import OfficeFacts
from tracker.documents.wording import day, dotted, moment, numeral, short_day
from tracker.items.units import names_nobody
from tracker.meetings.models import RulingKind
from tracker.meetings.report import Agenda, DepartmentRow, Row, Totals

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """The meeting itself, and the office, as they were."""

    title: str
    number: int
    held_at: datetime
    today: date
    office: OfficeFacts
    place: str = ""
    closed: bool = False
    notes: tuple[str, ...] = ()


def _heading(meeting: MeetingFacts, agenda: Agenda) -> Context:
    held = timezone.localtime(meeting.held_at)
    return {
        "单位全称": meeting.office.name,
        "单位简称": meeting.office.signs,
        "办公室": secretariat(meeting.office.signs),
        "会议名称": meeting.title,
        "会议次数": f"第{meeting.number}次",
        "会议时间": f"{day(held.date())}（星期{WEEKDAYS[held.weekday()]}）{held.hour}时{held.minute:02d}分",
        "会议地点": meeting.place or "—",
        "数据截至": moment(agenda.taken_at),
        "制发日期": day(meeting.today),
    }


# -- the report --------------------------------------------------------------------------------------------------
def report(meeting: MeetingFacts, agenda: Agenda) -> Context:
    """The context of the report a meeting opens on."""
    return _heading(meeting, agenda) | {
        "总体情况": _overall(agenda),
        "增减": _arithmetic(agenda),
        "对比": _comparison(agenda),
        "办结概述": _closed(agenda),
        "已办结": [_row(position, row, meeting) for position, row in enumerate(agenda.closed, 1)],
        "超期概述": _overdue(agenda),
        "超期事项": [_late(position, row, meeting) for position, row in enumerate(agenda.overdue, 1)],
        "到期概述": f"至{day(agenda.until)}，将到期{len(agenda.due)}件。" if agenda.due else f"至{day(agenda.until)}，无到期事项。",
        "到期事项": [_row(position, row, meeting) for position, row in enumerate(agenda.due, 1)],
        "协调概述": f"需会议协调{len(agenda.coordinate)}件。" if agenda.coordinate else "无需会议协调的问题。",
        "需协调": [_row(position, row, meeting) for position, row in enumerate(agenda.coordinate, 1)],
        "新增概述": f"上次例会以来新增{len(agenda.new)}件。" if agenda.new else "上次例会以来无新增事项。",
        "新增事项": [_row(position, row, meeting) for position, row in enumerate(agenda.new, 1)],
        "拟请明确": _proposals(agenda),
        "各单位": _departments(agenda),
        "台账": ledger_rows(agenda, meeting),
        "台账说明": _ledger_note(agenda),
    }  # fmt: skip


def ledger_rows(agenda: Agenda, meeting: MeetingFacts) -> list[Context]:
    """The whole 台账 of the meeting in the order of the department table, one row an item.

    超期, 未反馈, 新增 and 类别 are what `agreement.check_report` counts the sentences against.
    """
    places = {
        department.department_id or department.name: at for at, department in enumerate(agenda.departments)
    }
    closed, withdrawn = _ids(agenda.closed), _ids(agenda.withdrawn)
    late, new, reopened = (
        {row.item_id for row in rows if not row.settled}
        for rows in (agenda.overdue, agenda.new, agenda.reopened)
    )
    # Nobody's items stand first, as in the table.
    ordered = sorted(
        agenda.ledger, key=lambda row: (places.get(row.department_id or row.department, -1), row.item_id)
    )
    return [
        _row(position, row, meeting)
        | {
            "类别": "办结" if row.item_id in closed else "中止" if row.item_id in withdrawn else "在办",
            "超期": row.item_id in late,
            "未反馈": row.silent,
            "新增": row.item_id in new,
            "重新办理": row.item_id in reopened,
            "进展": _progress(row, meeting),
            "备注": _remarks(row, late=row.item_id in late, new=row.item_id in new),
        }
        for position, row in enumerate(ordered, start=1)
    ]


def _ids(rows: tuple[Row, ...]) -> set[int]:
    return {row.item_id for row in rows}


def _progress(row: Row, meeting: MeetingFacts) -> str:
    on = f"{short_day(row.progress_on, today=meeting.today)}：" if row.progress_on else ""
    return f"{on}{row.progress}" if row.progress else ""


def _remarks(row: Row, *, late: bool, new: bool) -> str:
    """超期3个工作日；延期1次；本期未反馈；新增."""
    parts = (
        f"超期{row.days_late}个工作日" if late else "",
        f"延期{row.extensions}次" if row.extensions else "",
        "本期未反馈" if row.silent else "",
        "本期新增" if new else "",
        f"{dotted(row.closed_on)}{row.closing}" if row.closed_on else "",
    )
    return "；".join(part for part in parts if part)


def _ledger_note(agenda: Agenda) -> str:
    """What the table holds, and which departments have nothing in it."""
    totals = agenda.totals
    if not agenda.ledger and totals.open + totals.closed + totals.withdrawn:
        return "本次例会定稿时尚未冻结台账，不附。"
    have = {row.department_id for row in agenda.ledger}
    idle = [row.name for row in agenda.departments if row.department_id and row.department_id not in have]
    ended = f"、中止{totals.withdrawn}件" if totals.withdrawn else ""
    told = f"共{len(agenda.ledger)}件：在办{totals.open}件，上次例会以来办结{totals.closed}件{ended}。按单位顺序排列。"
    return told + (f"无事项的单位：{'、'.join(idle)}。" if idle else "")


def _overall(agenda: Agenda) -> str:
    totals = agenda.totals
    return (
        f"现在办{totals.open}件，其中超期{totals.overdue}件、本期未反馈{totals.silent}件。上次例会以来，"
        f"新增{totals.new}件、办结{totals.closed}件、延期{totals.extended}件。"
    )


def _arithmetic(agenda: Agenda) -> str:
    totals = agenda.totals
    steps = [
        ("新增", totals.new),
        ("重新办理", totals.reopened),
        ("办结", totals.closed),
        ("中止", totals.withdrawn),
    ]
    before = f"上次例会时在办{totals.open_before}件" if agenda.since else "此前未开例会"
    told = "，".join(f"{name}{number}件" for name, number in steps if number or name in ("新增", "办结"))
    return f"{before}，{told}，现在办{totals.open}件。"


def _comparison(agenda: Agenda) -> list[Context]:
    names = (
        ("在办", "open"),
        ("超期", "overdue"),
        ("本期未反馈", "silent"),
        ("新增", "new"),
        ("办结", "closed"),
        ("延期", "extended"),
    )
    before: Totals | None = agenda.previous
    return [
        {
            "指标": label,
            "本次": getattr(agenda.totals, name),
            "上次": "—" if before is None else getattr(before, name),
            "增减": "—" if before is None else _change(getattr(agenda.totals, name) - getattr(before, name)),
        }
        for label, name in names
    ]  # fmt: skip


def _change(difference: int) -> str:
    return f"＋{difference}" if difference > 0 else f"－{-difference}" if difference else "0"


def _closed(agenda: Agenda) -> str:
    if not agenda.closed:
        return "上次例会以来无办结事项。"
    ways = (
        ("按期办结", agenda.closed_on_time),
        ("超期办结", agenda.closed_late),
        ("阶段性办结", agenda.closed_staged),
    )
    how = "、".join(f"{name}{number}件" for name, number in ways if number)
    return f"上次例会以来办结{len(agenda.closed)}件" + (f"，其中{how}。" if how else "。")  # fmt: skip


def _overdue(agenda: Agenda) -> str:
    if not agenda.overdue:
        return "无超期事项。"
    settled = (
        f"；会上已重定时限或办结{agenda.settled}件，仍超期{agenda.totals.overdue}件" if agenda.settled else ""
    )
    return f"按单位顺序逐项列出，共{len(agenda.overdue)}件{settled}。"


def _row(position: int, row: Row, meeting: MeetingFacts) -> Context:
    return {
        "序号": position,
        "编号": row.number,
        "督办事项": row.title,
        "牵头单位": row.department or "未明确单位",
        "配合单位": row.supporting,
        "责任领导": row.leader,
        "状态": row.status,
        "交办日期": dotted(row.issued_on),
        "原定时限": dotted(row.original_due) or "未明确",
        "现时限": dotted(row.due) or "未明确",
        "办结日期": dotted(row.closed_on),
        "办结方式": row.closing,
        "最新进展": row.progress or "未反馈",
        "问题": row.problem or row.progress,
        "下一步": row.next_step,
        "会议意见": said_of(row),
    }


def _late(position: int, row: Row, meeting: MeetingFacts) -> Context:
    due = f"原定{short_day(row.original_due, today=meeting.today)}"
    if row.was_extended:
        due += f"，现{short_day(row.due, today=meeting.today)}"
    on = f"（{short_day(row.progress_on, today=meeting.today)}）" if row.progress_on else ""
    return _row(position, row, meeting) | {
        "牵头": _led(row.department),
        "时限": due,
        "超期": f"超期{row.days_late}个工作日" if not row.settled else "会上已处理",
        "连续": f"连续{row.streak}次例会未完成" if row.streak > 1 else "首次列入",
        "进展": (row.progress or "未反馈") + on,
        "原因": row.problem or "未说明",
        "下步": row.next_step or "未说明",
        "拟请": _proposal(row) or _by_hand(meeting),
        "会议意见": said_of(row) or _by_hand(meeting),
    }


def _led(department: str, *, by: str = "") -> str:
    """计划财务科牵头; 牵头单位未明确（原文：韩继川同志）."""
    return f"牵头单位{department or '未明确'}" if names_nobody(department) else f"{by}{department}牵头"


def _by_hand(meeting: MeetingFacts) -> str:
    """A line to be written on until the meeting is closed, none afterwards."""
    return "" if meeting.closed else "　"


def _proposal(row: Row) -> str:
    return "：".join(part for part in (row.proposal_label, row.proposal) if part)


def said_of(row: Row) -> str:
    """改派至某科。某某要求. Empty when the meeting said nothing of it."""
    if not row.ruling_kind:
        return ""
    what = {
        RulingKind.RESET: f"时限重定为{day(row.ruling_due)}",
        RulingKind.REASSIGN: f"改由{row.ruling_lead}牵头",
    }.get(RulingKind(row.ruling_kind), row.ruling_label)
    said = row.ruling.rstrip("。")
    return f"{what}。{said}。" if said not in ("", what) else f"{what}。"


def _proposals(agenda: Agenda) -> list[Context]:
    return [
        {
            "类别": label,
            "件数": len(rows),
            "事项": "；".join(
                f"{row.department or '未明确单位'}{row.number}"
                + (f"（{row.proposal}）" if row.proposal else "")
                for row in rows
            ),
        }
        for label, rows in agenda.proposals
    ]


def _departments(agenda: Agenda) -> list[Context]:
    rows: list[DepartmentRow] = [*agenda.departments, agenda.department_total]
    return [
        {
            "序号": "" if row.name == "合计" else position,
            "单位": row.name,
            "在办": row.open,
            "超期": row.overdue,
            "到期": row.due,
            "办结": row.closed,
            "新增": row.new,
            "未反馈": row.silent,
            "材料": row.material or "—",
        }
        for position, row in enumerate(rows, start=1)
    ]


# -- the minutes -------------------------------------------------------------------------------------------------
def minutes(meeting: MeetingFacts, agenda: Agenda, *, number: str, options: Mapping[str, Any]) -> Context:
    """The context of the minutes: what the meeting heard and what it decided on each item."""
    ruled = [row for row in agenda.screens if row.ruling_kind]
    return _heading(meeting, agenda) | {
        "文号": number,
        "主持人": str(options.get("host") or ""),
        "参加人员": str(options.get("attendees") or ""),
        "记录人": str(options.get("recorder") or ""),
        "导语": f"{day(timezone.localtime(meeting.held_at).date())}，{meeting.office.signs}召开{meeting.title}，"
        f"听取督办事项进展情况汇报，逐项研究超期和需协调事项。现将议定事项纪要如下。",
        "总体情况": f"{_overall(agenda)}{_arithmetic(agenda)}",
        "议定概述": f"会议共议定{len(ruled)}件事项。" if ruled else "会议未对具体事项作出议定意见。",
        "议定事项": [
            _late(position, row, meeting)
            | {"次序": f"（{numeral(position)}）", "情况": _standing(row, meeting)}
            for position, row in enumerate(ruled, 1)
        ],
        "议定分类": _by_kind(ruled),
        "下次例会": day(agenda.until),
        "更正": list(meeting.notes),
    }


def _by_kind(ruled: list[Row]) -> str:
    counts = [(kind.label, sum(row.ruling_kind == kind for row in ruled)) for kind in RulingKind]
    return "、".join(f"{label}{number}件" for label, number in counts if number)


def _standing(row: Row, meeting: MeetingFacts) -> str:
    """How the item stood when the meeting came to it."""
    due = f"原定时限{short_day(row.original_due, today=meeting.today)}" if row.original_due else "未明确时限"
    if row.was_extended and row.due:
        due += f"、现时限{short_day(row.due, today=meeting.today)}"
    late = f"，超期{row.days_late}个工作日" if row.days_late else ""
    streak = f"，连续{row.streak}次例会未完成" if row.streak > 1 else ""
    return f"{_led(row.lead_before or row.department, by='由')}，编号{row.number}，{due}{late}{streak}。"
