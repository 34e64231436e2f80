"""What messages say. Short: who must do what by when, and where to find it."""

from collections.abc import Sequence
from datetime import date

from tracker.items.models import ActionItem, Event
from tracker.items.reckoning import Light, Reckoning
from tracker.notices.models import Chase, Message, NoticeSettings, Step
from tracker.org import clock


def day(value: date | None) -> str:
    """4月20日, with the year when it is not this one; or 未明确."""
    return clock.day_words(value) if value else "未明确"


def subject_of(messages: Sequence[Message]) -> str:
    """The heading of what goes out together."""
    return messages[0].subject if len(messages) == 1 else f"{len(messages)}条消息"


def body_of(messages: Sequence[Message]) -> str:
    """The text of what goes out together, each with the address of its item where the site's is set."""
    site = NoticeSettings.current().site_url.rstrip("/")
    parts = []
    for message in messages:
        lines = [message.subject] if len(messages) > 1 else []
        lines += [message.text] if message.text else []
        if site:
            lines.append(site + (message.item.get_absolute_url() if message.item else "/"))
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def issued(item: ActionItem) -> tuple[str, str]:
    """To the departments: a new item to sign for."""
    return f"交办：{item}", (
        f"牵头单位：{item.unit_words or '未明确'}；完成时限：{day(item.due)}；反馈周期：{item.get_feedback_cycle_display()}。"
        "请牵头单位签收。"
    )


def assigned(item: ActionItem) -> tuple[str, str]:
    """To a department with a part of an item."""
    return (
        f"分办：{item}",
        f"牵头单位：{item.lead or '无（分别办理）'}；事项完成时限：{day(item.due)}。请签收并按期完成本单位部分。",
    )


def part_due(item: ActionItem, event: Event) -> tuple[str, str]:
    """To the department: its part has another date."""
    return f"调整分办时限：{item}", event.text


def instructed(item: ActionItem, event: Event) -> tuple[str, str]:
    """To all concerned: what a leader wrote on the item."""
    return f"批示：{item}", f"{event.by or ''}：{event.text}"


def asked(item: ActionItem, event: Event) -> tuple[str, str]:
    """To the officer: more time is asked for."""
    return f"延期申请：{item}", f"{event.by or ''}：{event.text}"


def returned(item: ActionItem, event: Event) -> tuple[str, str]:
    """To the lead: the completion was not accepted."""
    return f"退回重办：{item}", f"原因：{event.text}" if event.text else ""


def refused(item: ActionItem, event: Event) -> tuple[str, str]:
    """To the officer: a department says that the item is not theirs."""
    return f"退回交办：{item}", f"{event.by or ''}：{event.text}"


def submitted(item: ActionItem, event: Event) -> tuple[str, str]:
    """To the officer: reported as done."""
    return f"报办结：{item}", f"{item.lead or ''}申请办结。{event.text}"


def due_changed(item: ActionItem, event: Event) -> tuple[str, str]:
    """To the lead: the due date moved, or the extension was refused."""
    label = event.get_kind_display()
    return f"{label}：{item}", f"现时限：{day(item.due)}。{event.text}"


def chased(item: ActionItem, event: Event, chase: Chase | None) -> tuple[str, str]:
    """To the departments: 提醒单, 催办单 or 督查单."""
    if chase is None:
        return f"催办：{item}", event.text
    nth = f"第{chase.nth}次催办。" if chase.nth else ""
    return (
        f"{chase.name}{chase.number}：{item}",
        f"{nth}请于{day(chase.deadline)}前反馈办理结果。{chase.text}",
    )


def facts_asked(item: ActionItem, event: Event) -> tuple[str, str]:
    """To the lead, or the members of the groups: the 例会 lacks facts."""
    return f"请补报材料：{item}", event.text


def escalated(item: ActionItem, chase: Chase, now: Reckoning) -> tuple[str, str]:
    """To the leader in charge: what was sent, and why."""
    late = now.days_late(item.due)
    why = f"该事项已超期{late}个工作日" if late else f"该事项完成时限{day(item.due)}"
    previous = f"，此前{chase.previous}到期未见结果" if _answers(chase) else ""
    return (
        f"送阅：{chase.name}{chase.number}：{item}",
        f"牵头单位：{item.unit_words or '未明确'}。{why}{previous}，责令{day(chase.deadline)}前办结或报告。",
    )


def _answers(chase: Chase) -> bool:
    return bool(chase.previous and chase.step in (Step.Key.BLUE, Step.Key.AMBER, Step.Key.RED))


def line(item: ActionItem, now: Reckoning) -> str:
    """One item in a digest: 〔2026〕12号 修缮校舍（超期3个工作日）."""
    light = now.light(item)
    more = f"（{now.light_text(item)}）" if light in (Light.OVERDUE, Light.SOON) else ""
    return f"　{item}{more}"
