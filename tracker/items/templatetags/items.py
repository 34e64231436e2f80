"""How items look in templates: lights, days, Chinese dates."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.items.models import ActionItem, Part
from tracker.items.parts import light_of
from tracker.items.reckoning import LIGHT_CLASSES, LIGHT_MARKS, LIGHT_WORDS, Light, Reckoning
from tracker.items.states import Status

register = template.Library()
_WEEKDAYS = "一二三四五六日"
_STATUS_TAGS = {
    Status.DRAFT: "miss",
    Status.APPROVAL: "acc",
    Status.ISSUED: "acc",
    Status.IN_PROGRESS: "acc",
    Status.SUBMITTED: "ok",
    Status.CLOSED: "ok",
    Status.RETURNED: "soon",
}


@register.simple_tag
def light(item: ActionItem, now: Reckoning) -> SafeString:
    """The light of an item with its working days: shape, colour and word together."""
    kind = now.light(item)
    if item.status == Status.WITHDRAWN:
        return format_html('<span class="light muted">{}</span>', "中止")
    return _light(kind, now.light_text(item))


@register.simple_tag
def light_cell(item: ActionItem, now: Reckoning) -> SafeString:
    """The light for a table's narrow column, its long form as a tooltip."""
    kind = now.light(item)
    if item.status == Status.WITHDRAWN:
        return format_html('<span class="light muted">{}</span>', "中止")
    return _light(kind, now.light_short(item))


@register.simple_tag
def light_count(kind: int, count: int) -> SafeString:
    """A light with a number: ■ 超期 6."""
    return _light(Light(kind), f"{LIGHT_WORDS[Light(kind)]} {count}")


@register.simple_tag
def part_light(part: Part, now: Reckoning) -> SafeString:
    """The light of a part (分办): ■ 超期3, ✓ 已完成."""
    kind = light_of(part, now)
    if kind == Light.ENDED:
        return _light(kind, "已完成")
    late = f"{now.days_late(part.deadline)}" if kind == Light.OVERDUE else ""
    return _light(kind, LIGHT_WORDS[kind] + late)


@register.filter
def size(octets: int) -> str:
    """2.1 MB, 86 KB."""
    return f"{octets / 1024 / 1024:.1f} MB" if octets >= 1024 * 1024 else f"{max(1, round(octets / 1024))} KB"


def _light(kind: Light, text: str) -> SafeString:
    return format_html(
        '<span class="light {}"><i aria-hidden="true">{}</i>{}</span>',
        LIGHT_CLASSES[kind],
        LIGHT_MARKS[kind],
        text,
    )


@register.simple_tag
def status_tag(item: ActionItem) -> SafeString:
    """The status as a small label."""
    css = _STATUS_TAGS.get(Status(item.status), "")
    return format_html('<span class="tag {}">{}</span>', css, item.get_status_display())


@register.filter
def day(value: date | datetime | None) -> str:
    """4月10日; with the year when it is not this one."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    year = "" if value.year == timezone.localdate().year else f"{value.year}年"
    return f"{year}{value.month}月{value.day}日"


@register.filter
def weekday(value: date | None) -> str:
    """周三."""
    return f"周{_WEEKDAYS[value.weekday()]}" if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """4月14日 15:08."""
    return f"{day(value)} {timezone.localtime(value):%H:%M}" if value else ""


@register.filter
def get(mapping: Mapping[Any, Any], key: Any) -> Any:
    """mapping[key], or nothing."""
    return mapping.get(key, "")
