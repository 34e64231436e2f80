"""The one message a working day: what a person has to do, and nothing when there is nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from tracker.items.models import ActionItem, Part
from tracker.items.querysets import ActionItemQuerySet
from tracker.items.reckoning import Reckoning
from tracker.items.states import Status
from tracker.notices import wording
from tracker.notices.models import Channel, Chase, Message
from tracker.notices.outbox import Draft, post_all
from tracker.org.models import Department, Person

# Lines a heading; the rest is one click away.
MOST_LINES = 5


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of a digest with its items."""

    label: str
    items: ActionItemQuerySet


def make_digests(now: Reckoning) -> int:
    """Write today's digests. Interrupted, it is run again: who has theirs gets no second."""
    made = 0
    told = set(
        Message.objects.filter(kind=Message.Kind.DIGEST, day=now.today, person__isnull=False).values_list(
            "person", flat=True
        )
    )
    for person in _people().exclude(pk__in=told):
        made += post_all(_personal(person, now))
    for robot in Channel.objects.usable().filter(sends_digest=True).exclude(kind=Channel.Kind.EMAIL):
        made += post_all(_for_group(robot, now))
    return made


def _people() -> QuerySet[Person]:
    return Person.objects.filter(is_active=True, memberships__isnull=False).distinct().order_by("pk")


def _personal(person: Person, now: Reckoning) -> Iterator[Draft]:
    parts = _parts(person, now)
    lines, counts = _lines(parts, now)
    if person.is_officer and (waiting := Chase.objects.proposed().count()):
        lines.append(f"待签发的催办督查单 {waiting} 件")
        counts.append(f"待签发 {waiting}")
    if lines:
        subject = f"{now.today.month}月{now.today.day}日督办汇总：{'，'.join(counts)}"
        yield Draft(person=person, kind=Message.Kind.DIGEST, subject=subject, text="\n".join(lines))


def _parts(person: Person, now: Reckoning) -> list[Heading]:
    """What concerns a person by their weightiest role; a 联络员 who is also something else gets both."""
    parts: list[Heading] = []
    departments = person.liaison_departments
    if departments:
        led = ActionItem.objects.led_by(departments)
        parts += [
            Heading("待签收", led.to_sign()),
            Heading("退回重办", led.filter(status=Status.RETURNED)),
            Heading("超期", led.overdue(now)),
            Heading("临期", led.due_soon(now)),
            Heading("分办待办", _parts_in_hand(departments)),
            Heading("待反馈", led.to_report(now).exclude(status=Status.RETURNED)),
        ]
    if person.is_officer or person.is_leader:
        seen = ActionItem.objects.visible_to(person)
        if departments:
            seen = seen.exclude(lead__in=[department.pk for department in departments])
        parts += _on_the_desk(seen, now) if person.is_officer else []
        parts += [Heading("超期", seen.overdue(now)), Heading("临期", seen.due_soon(now))]
    return parts


def _on_the_desk(seen: ActionItemQuerySet, now: Reckoning) -> list[Heading]:
    """What waits for an officer's decision."""
    return [
        Heading("待审定", seen.awaiting_approval()),
        Heading("待审核", seen.awaiting_decision()),
        Heading("待批延期", seen.asking_extension()),
        Heading("逾期未签收", seen.unsigned(now)),
    ]


def _parts_in_hand(departments: list[Department]) -> ActionItemQuerySet:
    """Items of which one of `departments` has a part to sign for or to finish."""
    mine = Part.objects.filter(department__in=departments, state__in=("to_sign", "in_progress"))
    return ActionItem.objects.open().filter(pk__in=mine.values("item"))


def _for_group(robot: Channel, now: Reckoning) -> Iterator[Draft]:
    items = ActionItem.objects.all()
    if robot.department:
        items = items.led_by([robot.department])
    parts = [
        Heading("待签收", items.to_sign()), Heading("超期", items.overdue(now)), Heading("临期", items.due_soon(now)),
    ]  # fmt: skip
    lines, counts = _lines(parts, now)
    if lines:
        subject = f"{now.today.month}月{now.today.day}日督办汇总：{'，'.join(counts)}"
        yield Draft(channel=robot, kind=Message.Kind.DIGEST, subject=subject, text="\n".join(lines))


def _lines(parts: list[Heading], now: Reckoning) -> tuple[list[str], list[str]]:
    """(lines, counts) of the parts that have something, in office order."""
    lines, counts = [], []
    for heading in parts:
        total = heading.items.count()
        if not total:
            continue
        counts.append(f"{heading.label} {total}")
        lines.append(f"{heading.label} {total} 件")
        lines += [wording.line(item, now) for item in heading.items.in_office_order()[:MOST_LINES]]
        if total > MOST_LINES:
            lines.append(f"　其余 {total - MOST_LINES} 件请登录系统查看")
    return lines, counts
