"""任务分解表: the items of a speech in its order, grouped by its parts."""

from typing import Any

from tracker.documents.contexts.common import Context, heading
from tracker.documents.figures import Line, Snapshot
from tracker.documents.wording import day, names

_LEVELS = " › "
# A speaker named by office is not called 同志 as well.
_OFFICES = ("长", "书记", "主任", "同志")


def breakdown(snapshot: Snapshot) -> Context:
    """The context of the table. Groups follow the speech; what came from no speech stands at the end."""
    groups: dict[tuple[str, ...], list[Line]] = {}
    for line in sorted(snapshot.lines, key=_place):
        groups.setdefault(_section(line), []).append(line)
    facts, position = snapshot.facts, 0
    tables = []
    for section, lines in groups.items():
        rows = []
        for line in lines:
            position += 1
            rows.append(_row(position, line))
        tables.append({"类别": section[-1], "各项": rows})
    return heading(snapshot) | {
        "标题": _title(facts, snapshot),
        "会议时间": _said_on(snapshot) or "—",
        "讲话人": facts.get("speaker")
        or names(w.speaker for line in snapshot.lines for w in line.words)
        or "—",
        "件数": len(snapshot.lines),
        "各部分": tables,
    }


def _title(facts: dict[str, Any], snapshot: Snapshot) -> str:
    if not facts.get("speech_title"):
        return "重点任务分解表"
    return breakdown_title(facts.get("speaker") or "", facts["speech_title"])


def breakdown_title(speaker: str, title: str) -> str:
    """秦望舒同志《…》任务分解表; 秦局长 as he is called; without a name that the speech's title begins with."""
    whose = speaker if not speaker or speaker.endswith(_OFFICES) else f"{speaker}同志"
    return f"{'' if title.startswith(speaker) else whose}《{title}》任务分解表"


def _said_on(snapshot: Snapshot) -> str:
    days = {words.said_on for line in snapshot.lines for words in line.words if words.said_on}
    return day(next(iter(days))) if len(days) == 1 else names(day(one) for one in sorted(days))


def _place(line: Line) -> tuple[bool, int, int, int]:
    first = next((words for words in line.words if words.section or words.start), None)
    if first is None:
        return True, 0, 0, line.item_id
    return False, first.speech_ref or 0, first.start, line.item_id


def _section(line: Line) -> tuple[str, ...]:
    """The first two levels of the part it was said in; deeper ones would leave one row a group."""
    for words in line.words:
        if words.section:
            return (words.speech_title, *words.section.split(_LEVELS)[:2])
    return ("", "其他")


def _row(position: int, line: Line) -> Context:
    return {
        "序号": position,
        "编号": line.number,
        "工作任务": line.title,
        "原文依据": "\n".join(words.text.strip() for words in line.words),
        "责任领导": line.leader,
        "牵头单位": line.department or "未明确",
        "配合单位": line.supporting,
        "完成时限": day(line.due).replace("年", "年\n") or "未明确",
        "成果形式": "\n".join(part for part in (line.measures, line.requirement) if part),
        "反馈周期": line.cycle,
        "备注": line.number,
    }
