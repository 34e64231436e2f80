"""The line of events of an item (办理过程): what is recorded, and 超期, which is computed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Field
from django.utils import timezone

from tracker.items.models import ActionItem, Attachment, Event, Feedback
from tracker.items.reckoning import Reckoning
from tracker.items.states import EventKind

# A chase says in `after` what it was: a reminder before the due date is not counted as a 催办.
REMINDER = "remind"
_CSS = {
    EventKind.CHASED: "chase",
    EventKind.SIGNED: "good",
    EventKind.CLOSED: "good",
    EventKind.ISSUED: "rul",
    EventKind.RULING: "rul",
    EventKind.INSTRUCTED: "rul",
    EventKind.RETURNED: "chase",
    EventKind.REFUSED: "chase",
    EventKind.SENT_BACK: "chase",
    EventKind.EXT_GRANTED: "good",
    EventKind.EXT_REFUSED: "chase",
    EventKind.PART_SIGNED: "good",
    EventKind.PART_DONE: "good",
    EventKind.PART_REFUSED: "chase",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `changes` has (field, old, new) in words; `clock` is False where only the day is known."""

    at: datetime
    title: str
    text: str = ""
    css: str = ""
    clock: bool = True
    needs_meeting: bool = False
    changes: tuple[tuple[str, str, str], ...] = field(default=())
    files: tuple[Attachment, ...] = field(default=())


def lines_of(item: ActionItem, now: Reckoning) -> list[Line]:
    """All lines, the newest first. Reads `events`, `feedbacks` (prefetch them with their people) and `attachments`."""
    chased = 0
    files = defaultdict(list)
    for attachment in item.attachments.all():
        files[attachment.feedback_id].append(attachment)
    lines: list[Line] = []
    before: Event | None = None
    for event in sorted(item.events.all(), key=lambda event: (event.at, event.pk)):
        if event.kind == EventKind.FEEDBACK:
            continue  # shown from the report itself, which knows more
        if before and _is_one_handing(before, event):
            lines[-1] = replace(lines[-1], text=_joined(lines[-1].text, event.text))
            before = event
            continue
        before = event
        chased += event.kind == EventKind.CHASED and event.after != REMINDER
        lines.append(_line(event, chased))
    lines += [_reported(feedback, files[feedback.pk]) for feedback in item.feedbacks.all()]
    lines += _overdue(item, now)
    lines.reverse()  # of two in the same moment the later written stands first
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _is_one_handing(before: Event, event: Event) -> bool:
    """A group's members got or lost their shares in one moment: that is one line."""
    handed = before.kind == event.kind and event.kind in (EventKind.ASSIGNED, EventKind.PART_DROPPED)
    return handed and before.by_id == event.by_id and event.at - before.at < timedelta(seconds=30)


def _joined(said: str, more: str) -> str:
    """区一中：本单位部分 and 区二中：本单位部分 are 区一中、区二中：本单位部分; other steps stand below one another."""
    units, _, what = said.rpartition("：")
    unit, _, same = more.rpartition("：")
    return f"{units}、{unit}：{same}" if what == same and "\n" not in said else f"{said}\n{more}"


def _line(event: Event, chased: int) -> Line:
    title = str(event.get_kind_display())
    if event.kind == EventKind.CHASED:
        title = "提醒" if event.after == REMINDER else f"第{chased}次催办"
    who = f"（{event.by}）" if event.by else ""
    changes = tuple(change_in_words(name, *pair) for name, pair in event.changes.items() if len(pair) == 2)
    return Line(event.at, title + who, event.text, _CSS.get(EventKind(event.kind), ""), changes=changes)


def change_in_words(name: str, old: str, new: str) -> tuple[str, str, str]:
    """A recorded change in the words people use."""
    model_field = ActionItem._meta.get_field(name)
    if not isinstance(model_field, Field):
        return name, old, new
    choices = dict(model_field.flatchoices)
    label = str(model_field.verbose_name)
    return label, *(str(choices.get(word, _as_day(word))) or "（空）" for word in (old, new))  # type: ignore[return-value]


def in_words(name: str, value: Any) -> str:
    """The value of a field of an item as people write it: 每月, 2026年4月20日, 办公室、装备中心."""
    if value is None or value == "":
        return "（空）"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "、".join(map(str, value)) or "（空）"
    return change_in_words(name, "", str(value))[2]


def _as_day(word: str) -> str:
    try:
        day = date.fromisoformat(word)
    except ValueError:
        return word
    return f"{day.year}年{day.month}月{day.day}日"


def _reported(feedback: Feedback, files: Iterable[Attachment]) -> Line:
    who = f"（{feedback.author}）" if feedback.author else ""
    parts = [feedback.progress]
    if feedback.percent is not None:
        parts.append(f"完成率 {feedback.percent}%。")
    if feedback.problem:
        parts.append(f"问题：{feedback.problem}")
    if feedback.next_step:
        parts.append(f"下一步：{feedback.next_step}")
    same_day = timezone.localtime(feedback.at).date() == feedback.day
    return Line(
        feedback.at if same_day else _start_of(feedback.day),
        f"{feedback.department or ''}反馈{who}",
        "\n".join(parts),
        clock=same_day,
        needs_meeting=feedback.needs_meeting,
        files=tuple(files),
    )


def _overdue(item: ActionItem, now: Reckoning) -> Iterable[Line]:
    """The moment at which the item fell overdue, if it did."""
    until = item.closed_on or now.today
    if item.due is None or not now.calendar.days_late(item.due, until):
        return
    first = now.calendar.add(now.calendar.next_workday(item.due), 1)
    text = f"现时限{item.due.month}月{item.due.day}日已过。"
    if item.original_due and item.original_due != item.due:
        text += f"按原定时限{item.original_due.month}月{item.original_due.day}日考核。"
    yield Line(_start_of(first), "超期", text, "late", clock=False)


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
