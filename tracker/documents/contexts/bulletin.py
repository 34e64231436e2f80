"""督查通报: every figure of its sentences comes from the same lines as its annex."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tracker.documents.contexts.common import (
    Context,
    annex_rows,
    department_rows,
    heading,
    progress,
    secretariat,
)
from tracker.documents.figures import CLOSED, Figures, Line, Snapshot
from tracker.documents.wording import day, names, shares
from tracker.items.units import names_nobody

# Characters of 二号 that fit a line.
_TITLE_LINE = 20


def bulletin(snapshot: Snapshot, *, number: str, options: Mapping[str, Any]) -> Context:
    """The context of a bulletin."""
    office = snapshot.office.signs
    return heading(snapshot) | {
        "期号": number,
        "督查单位": secretariat(office),
        "标题": _title(snapshot),
        "主送": str(options.get("addressee") or "各科室、各学校、各直属单位"),
        "导语": _lead(snapshot),
        "总体情况": overall(snapshot.figures),
        "分来源": _per_source(snapshot),
        "办结情况": _closed(snapshot),
        "滞后事项": [_slow(position, line, snapshot.today) for position, line in enumerate(_overdue(snapshot), 1)],
        "滞后概述": _slow_summary(snapshot),
        "未反馈情况": _silent(snapshot),
        "工作要求": _demands(snapshot, options),
        "抄送": str(options.get("copy_to") or ""),
        "附表": annex_rows(snapshot),
        "各单位": department_rows(snapshot),
    }  # fmt: skip


def _title(snapshot: Snapshot) -> str:
    if snapshot.facts.get("speech_title"):
        about, rest = f"关于《{snapshot.facts['speech_title']}》", "确定事项落实情况的通报"
        # A title of two lines is broken where a speaker would pause.
        return about + ("\n" if len(about) <= _TITLE_LINE < len(about + rest) else "") + rest
    if snapshot.scope.startswith("所选"):
        return "关于部分督办事项落实情况的通报"
    return f"关于{snapshot.scope}落实情况的通报"


def _lead(snapshot: Snapshot) -> str:
    scope = snapshot.scope if not snapshot.facts else f"{snapshot.scope}确定的事项"
    return (
        f"按照督查工作安排，{secretariat(snapshot.office.signs)}对{scope}，采取台账跟踪、核对反馈材料等方式进行了督查。"
        f"现将落实情况通报如下。"
    )


def overall(figures: Figures) -> str:
    """共督办事项N件。其中，已办结a件，占x%…: the sentence that `agreement.check_text` reads back."""
    closed, running, withdrawn = shares([figures.closed, figures.open, figures.withdrawn])
    ways = [("按期办结", figures.on_time), ("超期办结", figures.late), ("阶段性办结", figures.staged)]
    how = "、".join(f"{name}{number}件" for name, number in ways if number)
    within = "、".join([f"超期{figures.overdue}件", f"本期未反馈{figures.silent}件"] if figures.open else [])
    text = f"共督办事项{figures.total}件。其中，已办结{figures.closed}件，占{closed}"
    text += f"（{how}）" if how else ""
    text += f"；办理中{figures.open}件，占{running}" + (f"（其中{within}）" if within else "")
    text += f"；中止{figures.withdrawn}件，占{withdrawn}" if figures.withdrawn else ""
    return text + f"。累计延期{figures.extended}件。"


def _per_source(snapshot: Snapshot) -> str:
    """One clause a source when there are several."""
    if len(snapshot.sources) < 2:
        return ""
    clauses = [
        f"{source.name}{source.figures.total}件（已办结{source.figures.closed}件、办理中{source.figures.open}件"
        + (f"、中止{source.figures.withdrawn}件" if source.figures.withdrawn else "")
        + "）"
        for source in snapshot.sources
    ]
    return "按来源分：" + "；".join(clauses) + "。"


def _closed(snapshot: Snapshot) -> str:
    """What was finished, by department in the office's order: facts, no ranking."""
    done = [line for line in snapshot.lines if line.state == CLOSED]
    if not done:
        return "尚无事项办结。"
    by_department: dict[str, list[str]] = {}
    for line in done:
        by_department.setdefault(line.department or "未明确单位", []).append(line.title)
    told = "；".join(f"{name}：{'、'.join(titles)}" for name, titles in by_department.items())
    return f"已办结的{len(done)}件事项为：{told}。"


def _overdue(snapshot: Snapshot) -> list[Line]:
    return [line for line in snapshot.lines if line.overdue]


def _slow(position: int, line: Line, today: date) -> Context:
    moved = line.due != line.original_due
    due = f"原定时限{day(line.original_due)}" + (f"，现时限{day(line.due)}" if moved else "")
    facts = [progress(line, otherwise="至今未反馈进展。"), line.problem and f"存在问题：{line.problem}"]
    return {
        "序号": position,
        "督办事项": line.title,
        "编号": line.number,
        "牵头单位": line.department or "未明确单位",
        "时限": f"{due}，超期{line.days_late}个工作日",
        "原文": line.words[0].text if line.words else "",
        "情况": "".join(_ended(fact) for fact in facts if fact),
        "下一步": _ended(line.next_step) if line.next_step else "",
    }


def _ended(text: str) -> str:
    return text if text.endswith(("。", "！", "？", "；")) else text + "。"


def _slow_summary(snapshot: Snapshot) -> str:
    slow = _overdue(snapshot)
    if not slow:
        return "无超期事项。"
    return f"以下{len(slow)}件事项已超过办结时限。"


def _silent(snapshot: Snapshot) -> str:
    found = [(group.name, group.figures.silent) for group in snapshot.departments if group.figures.silent]
    if not found:
        return "各承办单位均已按期反馈进展。"
    told = "、".join(f"{name}（{number}件）" for name, number in found)
    return f"{told}，共{sum(number for _, number in found)}件事项本期未反馈进展。"


def _demands(snapshot: Snapshot, options: Mapping[str, Any]) -> list[str]:
    order = options.get("order_by")
    until = f"{day(date.fromisoformat(order))}前" if order else "收到本通报后5个工作日内"
    late = names(line.department for line in _overdue(snapshot) if not names_nobody(line.department))
    office = secretariat(snapshot.office.signs)
    first = f"{late}要逐件说明超期原因，明确完成时间，于{until}书面报{office}。" if late else ""
    return [
        part
        for part in (
            f"（一）压实责任。各牵头单位对承办事项负总责，配合单位要主动配合。{first}",
            "（二）严守时限。在办事项要对照时限倒排进度；确需延期的，应在时限届满前提出申请，未经批准不得延期。",
            f"（三）跟踪问效。{office}将对办理情况持续跟踪，视情发三色督查单、开展回头看，直至销号。",
        )
        if part
    ]
