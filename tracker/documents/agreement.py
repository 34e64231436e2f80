"""Do the figures agree? Asked of every snapshot, and of what is going to be printed, before anything is written.

One office's bulletin said 27 in progress and, a line later, "28 … 25 + 3". Here that is an error of the job, with the
difference in words, and no document.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tracker.documents.figures import CLOSED, OPEN, WITHDRAWN, Figures, Snapshot, count
from tracker.documents.refusals import Refused
from tracker.meetings.report import Agenda

_NAMES = {
    "total": "事项总数",
    "closed": "已办结",
    "open": "办理中",
    "withdrawn": "中止",
    "on_time": "按期办结",
    "late": "超期办结",
    "staged": "阶段性办结",
    "unsaid": "未注明办结方式",
    "overdue": "超期",
    "due_soon": "临期",
    "silent": "未反馈",
    "extended": "延期",
}


class FiguresDisagree(Refused):
    """The sums do not agree; `differences` says where, in words."""

    code = "disagree"

    def __init__(self, differences: Sequence[str]) -> None:
        self.differences = tuple(differences)
        super().__init__(
            "数字不一致，未生成文件：" + "；".join(differences) + "。",
            "请点“重新生成”按最新数据再取一次；若仍不一致，请把本页内容告知系统管理员。",
        )


def check(snapshot: Snapshot) -> list[str]:
    """What was found to agree, in words. Raises `FiguresDisagree` otherwise."""
    figures, lines = snapshot.figures, snapshot.lines
    pairs = [
        ("逐件清点与总数", len(lines), figures.total),
        ("各状态合计与总数", sum(number for _, number in figures.statuses), figures.total),
        ("已办结、办理中、中止合计与总数", figures.closed + figures.open + figures.withdrawn, figures.total),
        (
            "各办结方式合计与已办结",
            figures.on_time + figures.late + figures.staged + figures.unsaid,
            figures.closed,
        ),
        ("事项编号不重复", len({line.item_id for line in lines}), figures.total),
    ]
    wrong = [_differs(label, found, told) for label, found, told in pairs if found != told]
    wrong += _recount(figures, count(lines))
    wrong += _sums("各单位", snapshot.departments, figures) + _sums("各来源", snapshot.sources, figures)
    wrong += [
        f"{name}{number}件多于办理中{figures.open}件"
        for name, number in (("超期", figures.overdue), ("未反馈", figures.silent))
        if number > figures.open
    ]
    wrong += [f"{line.number}已办结却计为超期" for line in lines if line.overdue and line.state != OPEN]
    if wrong:
        raise FiguresDisagree(wrong)
    return [
        f"各状态合计与总数一致（{figures.total}件）",
        f"已办结{figures.closed}件、办理中{figures.open}件、中止{figures.withdrawn}件，合计与总数一致",
        f"各单位合计与总数一致（{len(snapshot.departments)}个单位，含零项）",
        "逐件清点与各项数字一致",
    ]


def _recount(told: Figures, found: Figures) -> list[str]:
    return [
        _differs(f"{label}逐件清点与所记", getattr(found, name), getattr(told, name))
        for name, label in _NAMES.items()
        if getattr(found, name) != getattr(told, name)
    ]


def _sums(of: str, groups: Iterable[Any], whole: Figures) -> list[str]:
    found = {name: sum(getattr(group.figures, name) for group in groups) for name in _NAMES}
    return [
        _differs(f"{of}{label}合计与总数", found[name], getattr(whole, name))
        for name, label in _NAMES.items()
        if found[name] != getattr(whole, name)
    ]


def _differs(label: str, found: int, told: int) -> str:
    return f"{label}不符（{found}≠{told}）"


# -- what is about to be printed ---------------------------------------------------------------------------------
_STATES = {"已办结": CLOSED, "办理中": OPEN, "中止": WITHDRAWN}


def check_text(text: str, annex: Sequence[Mapping[str, Any]]) -> list[str]:
    """Read the figures out of a written sentence and count the annex rows again; they must be the same.

    A row says 类别 (已办结, 办理中, 中止), 超期, 延期, 未反馈, 办结方式. A figure the sentence does not name is not
    checked; one it names is, so an edited sentence cannot slip through. Raises `FiguresDisagree`.
    """
    counted = {
        "共督办事项": len(annex),
        **Counter(dict.fromkeys(_STATES, 0)),
        **Counter(str(row["类别"]) for row in annex),
        **{
            f"{name}": sum(row["办结方式"] == name for row in annex)
            for name in ("按期办结", "超期办结", "阶段性办结")
        },
        **{name: sum(bool(row[name]) for row in annex) for name in ("超期", "延期", "未反馈")},
    }
    wrong = [
        _differs(f"正文“{name}{told}件”与附表", counted[name], told)
        for name, told in _figures_in(text)
        if counted[name] != told
    ]
    if wrong:
        raise FiguresDisagree(wrong)
    return [f"正文数字与附表一致（附表{len(annex)}行）"]


_SAID = re.compile(r"(共督办事项|按期办结|超期办结|阶段性办结|已办结|办理中|中止|未反馈|超期|延期)(\d+)件")


def _figures_in(text: str) -> Iterator[tuple[str, int]]:
    for name, number in _SAID.findall(text):
        yield name, int(number)


_TOLD = re.compile(r"(现在办|超期|未反馈|新增|重新办理|办结|中止)(\d+)件")


def check_report(text: str, annex: Sequence[Mapping[str, Any]]) -> list[str]:
    """The same for the report of a meeting and the 台账 it annexes. Raises `FiguresDisagree`.

    A row says 类别 (在办, 办结, 中止) and whether it is 超期, 未反馈, 新增, 重新办理.
    """
    kinds = Counter(str(row["类别"]) for row in annex)
    counted = {"现在办": kinds["在办"], "办结": kinds["办结"], "中止": kinds["中止"]}
    counted |= {
        name: sum(bool(row[name]) for row in annex) for name in ("超期", "未反馈", "新增", "重新办理")
    }
    told = [(name, int(number)) for name, number in _TOLD.findall(text)]
    wrong = [
        _differs(f"正文“{name}{number}件”与台账", counted[name], number)
        for name, number in told
        if counted[name] != number
    ]
    if wrong:
        raise FiguresDisagree(wrong)
    return [f"正文数字与附件台账一致（{len(annex)}件）"]


# -- meetings ----------------------------------------------------------------------------------------------------
def check_agenda(agenda: Agenda) -> list[str]:
    """The same for what a meeting saw. Raises `FiguresDisagree`."""
    totals, sums = agenda.totals, agenda.department_total
    pairs = [
        (
            "上次在办加新增、重新办理减办结、中止与现在办",
            totals.open_before + totals.new + totals.reopened - totals.closed - totals.withdrawn,
            totals.open,
        ),
        ("已办结清单与总数", len(agenda.closed), totals.closed),
        ("中止清单与总数", len(agenda.withdrawn), totals.withdrawn),
        ("新增清单与总数", len(agenda.new), totals.new),
        ("重新办理清单与总数", len(agenda.reopened), totals.reopened),
        ("超期清单与总数", len(agenda.overdue) - agenda.settled, totals.overdue),
    ]  # fmt: skip
    pairs += [
        (f"各单位{label}合计与总数", getattr(sums, name), getattr(totals, name))
        for name, label in (
            ("open", "在办"), ("overdue", "超期"), ("closed", "办结"), ("new", "新增"), ("silent", "未反馈"),
        )
    ]  # fmt: skip
    wrong = [_differs(label, found, told) for label, found, told in pairs if found != told]
    ended = totals.closed + totals.withdrawn
    if agenda.ledger:
        pairs = [("台账件数与在办、办结、中止合计", len(agenda.ledger), totals.open + ended)]
        pairs += [("台账事项不重复", len({row.item_id for row in agenda.ledger}), len(agenda.ledger))]
        wrong += [_differs(label, found, told) for label, found, told in pairs if found != told]
    if wrong:
        raise FiguresDisagree(wrong)
    return [
        f"上次例会以来的增减与现在办{totals.open}件相符",
        "各节清单件数与总数一致",
        f"各单位合计与总数一致（{len(agenda.departments)}个单位，含零项）",
    ]
