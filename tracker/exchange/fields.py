"""The columns a 台账 may have, the headings they go by, and how a cell is read. Pure but for the labels of choices."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tracker.items.dayfield import parse_day
from tracker.items.models import ActionItem
from tracker.items.states import Status
from tracker.org.clock import today

_NOISE = re.compile(r"[\s*\uff0a:：]|[（(][^（）()]*[）)]")
_LIST = re.compile(r"[、,，;；/\n]+")
# What the ledger's own export writes before the words of the latest report.
_MONTH = re.compile(r"(?:(?P<y>20\d\d)年)?(?P<m>\d{1,2})月份?[底末]?(?:以?前|之前)?")
_REPORT_DAY = re.compile(r"^\d{1,2}月\d{1,2}日 ")


class Unreadable(Exception):
    """A cell that says nothing usable. `str()` is the reason for the row."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a column may hold."""

    key: str
    label: str
    words: tuple[str, ...]
    read: Callable[[Any], Any]
    kind: str = "item"  # item: edited; report: feedback; state: only for new items; key: finds the item


def text_of(value: Any) -> str:
    """A cell as words: 3.0 is 3, a quoted formula is its text."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value).strip().removeprefix("'").strip()


def day_of(value: Any) -> date | None:
    """A date cell, or a date as people type it."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or value is None:
        return value
    words = text_of(value)
    if not words:
        return None
    try:
        return parse_day(words.split(" ")[0])
    except ValueError:
        raise Unreadable(f"“{words[:20]}”不是日期，请写成 2026-04-20") from None


def due_of(value: Any) -> date | None:
    """A date, or the end of a month as a 台账 writes it: 12月底前, 2026年6月."""
    try:
        return day_of(value)
    except Unreadable:
        month = _MONTH.fullmatch(text_of(value))
        if month is None or not 1 <= int(month["m"]) <= 12:
            raise
        year = int(month["y"] or today().year)
        return date(year, int(month["m"]), monthrange(year, int(month["m"]))[1])


def percent_of(value: Any) -> int | None:
    """0.6, 60, "60%" are all 60."""
    words = text_of(value).replace("％", "%")
    if not words:
        return None
    try:
        number = float(words.rstrip("%"))
    except ValueError:
        raise Unreadable(f"完成率“{words[:20]}”不是数") from None
    if isinstance(value, int | float) and 0 <= number <= 1 and not words.endswith("%"):
        number *= 100
    if not 0 <= number <= 100:
        raise Unreadable(f"完成率“{words[:20]}”应在 0 到 100 之间")
    return round(number)


def list_of(value: Any) -> tuple[str, ...]:
    """Names in one cell, however they are separated."""
    return tuple(part.strip() for part in _LIST.split(text_of(value)) if part.strip())


def progress_of(value: Any) -> str:
    """The words of a report, without the day our own export puts before them."""
    return _REPORT_DAY.sub("", text_of(value))


def name_of(value: Any) -> str:
    """A person: the first line of a cell that has the telephone number under it."""
    return re.split(r"[\n/／]", text_of(value), maxsplit=1)[0].strip()


def _choice(labels: dict[str, str], what: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        words = text_of(value)
        if words and words not in labels:
            raise Unreadable(f"{what}“{words[:20]}”不在“{'、'.join(labels)}”之中")
        return labels.get(words, "")

    return read


_CYCLES = {label: value for value, label in ActionItem.Cycle.choices}
_STATES = {label: value for value, label in Status.choices} | {
    "销号": "closed",
    "已销号": "closed",
    "在办": "in_progress",
    "撤销": "withdrawn",
}

FIELDS: dict[str, Field] = {
    field.key: field
    for field in (
        Field("number", "编号", ("编号", "督办编号", "文号", "事项编号", "立项编号"), text_of, kind="key"),
        Field("title", "督办事项", ("督办事项", "事项", "督办内容", "任务", "重点任务", "工作任务", "任务名称", "事项名称", "督查内容", "任务内容", "工作内容", "工作事项"), text_of),
        Field("requirement", "办理要求", ("办理要求", "完成标准", "成果形式", "工作要求", "具体举措", "目标要求"), text_of),
        Field("source", "来源", ("来源", "事项来源", "会议名称", "督办依据", "立项依据"), text_of),
        Field("source_date", "来源日期", ("来源日期", "会议时间", "会议日期", "讲话日期"), day_of),
        Field("level", "任务级别", ("任务级别", "级别", "等级", "重要程度"), text_of),
        Field("leader", "责任领导", ("责任领导", "分管领导", "牵头领导", "包保领导"), name_of),
        Field("lead", "牵头单位", ("牵头单位", "主办单位", "责任单位", "责任科室", "承办单位", "牵头科室", "主办科室", "落实单位", "责任部门", "责任处室"), text_of),
        Field("supporting", "配合单位", ("配合单位", "协办单位", "配合科室", "参与单位", "协办科室", "协助单位", "协助科室", "配合部门"), list_of),
        Field("owner", "责任人", ("责任人", "责任人/电话", "责任人／电话", "承办人", "联系人", "经办人"), name_of),
        Field("issued_on", "交办日期", ("交办日期", "交办时间", "下发日期", "立项日期", "立项时间"), day_of, kind="state"),
        Field("original_due", "原定时限", ("原定时限", "原定完成时限"), day_of, kind="state"),
        Field("due", "完成时限", ("现时限", "完成时限", "办结时限", "时限", "截止日期", "完成时间", "要求完成时间", "要求完成日期", "办理时限", "完成期限", "办结期限"), due_of),
        Field("feedback_cycle", "反馈周期", ("反馈周期", "汇报周期"), _choice(_CYCLES, "反馈周期")),
        Field("status", "状态", ("状态", "办理状态", "办理情况状态"), _choice(_STATES, "状态"), kind="state"),
        Field("closed_on", "办结日期", ("办结日期", "销号日期", "完成日期", "办结时间"), day_of, kind="state"),
        Field("progress", "最新进展", ("最新进展", "进展情况", "办理情况", "落实情况", "工作进展", "完成情况", "进展", "本期进展", "目前进展", "目前情况", "当前进展"), progress_of, kind="report"),
        Field("problem", "存在问题", ("存在问题", "存在问题、需协调事项", "需协调事项", "困难问题"), text_of, kind="report"),
        Field("next_step", "下一步", ("下一步", "下一步打算", "下步计划", "下一步计划", "下一步措施"), text_of, kind="report"),
        Field("percent", "完成率", ("完成率", "完成进度", "进度", "完成比例"), percent_of, kind="report"),
    )
}  # fmt: skip
_BY_WORD = {
    re.sub(_NOISE, "", word): field.key for field in FIELDS.values() for word in (*field.words, field.label)
}


def folded(heading: Any) -> str:
    """A heading without spaces, stars and remarks in brackets."""
    return _NOISE.sub("", text_of(heading))


def guess(heading: Any) -> str:
    """The field a heading names; empty when it names none."""
    return _BY_WORD.get(folded(heading), "")
