"""Splitting an item among departments (分解、分办)."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from tracker.items.models import ActionItem, Part, PartMoved
from tracker.items.reckoning import Light, Reckoning
from tracker.items.states import RUNNING, EventKind, MoveRefused, Status
from tracker.org import clock
from tracker.org.models import Department, DepartmentGroup, Person

_IN_HAND = (Status.ISSUED, Status.IN_PROGRESS, Status.RETURNED)


class PartRefused(MoveRefused):
    """The item cannot be split like this. `str()` is a sentence for the person who tried."""


@transaction.atomic
def give_part(
    *, item: ActionItem, department: Department, by: Person, title: str, due: date | None = None
) -> Part:
    """Give a step of an open item to a department, which signs for it and reports it done.

    Raises `PartRefused` for an item that is not with a department, or a date after the item's own.
    """
    if item.status not in _IN_HAND:
        raise PartRefused(f"事项现为“{item.get_status_display()}”，不能分办。")
    _must_end_with(item, due)
    twin = (
        item.parts_given.filter(department=department, title=title).exclude(state=Part.State.DROPPED).first()
    )
    return twin or _give(item, department, by=by, title=title, due=due)


def _must_end_with(item: ActionItem, due: date | None) -> None:
    if due and item.due and due > item.due:
        raise PartRefused(f"分办时限不能晚于事项时限（{clock.day_words(item.due)}）。")


@transaction.atomic
def move_part(*, part: Part, due: date, by: Person, reason: str) -> bool:
    """Another date for a part, set by who gave it; the item's own date is the limit. False when it is that date already.

    Raises `PartRefused` for a date after the item's, or an item that is not with a department; `PartMoved` for a part
    that is done, dropped or was just changed.
    """
    # The item is locked: its date must not move while the part's is held against it.
    item = ActionItem.objects.select_for_update().get(pk=part.item_id)
    if item.status not in _IN_HAND:
        raise PartRefused(f"事项现为“{item.get_status_display()}”，不能调整分办时限。")
    _must_end_with(item, due)
    if part.due == due:
        return False
    part.set_due(due, by=by, reason=reason)
    return True


def hand_to_groups(*, item: ActionItem, by: Person) -> list[Part]:
    """A share of the whole for each active member of the item's groups, but for its lead. Once a member."""
    members = Department.objects.active().filter(groups__items=item).exclude(led_items=item).distinct()
    have = set(
        item.parts_given.filter(title="")
        .exclude(state=Part.State.DROPPED)
        .values_list("department", flat=True)
    )
    return [_give(item, member, by=by) for member in members if member.pk not in have]


@transaction.atomic
def sign_part(*, part: Part, by: Person) -> None:
    """签收 a part. An item that a group has without a lead is in hand as soon as one member has signed.

    Raises `PartMoved` unless the part waits to be signed for.
    """
    part.sign(by=by)
    item = ActionItem.objects.select_for_update().get(pk=part.item_id)
    if item.lead_id is None and item.status == Status.ISSUED:
        item.move("sign", by=by)


def _give(
    item: ActionItem, department: Department, *, by: Person, title: str = "", due: date | None = None
) -> Part:
    try:
        with transaction.atomic():
            part = Part.objects.create(
                item=item, department=department, title=title, due=due, given_by=by, given_on=clock.today()
            )
    except IntegrityError:  # somebody else gave it in the same moment
        return Part.objects.exclude(state=Part.State.DROPPED).get(
            item=item, department=department, title=title
        )
    until = f"，{clock.day_words(due)}前" if due else ""
    item.record(EventKind.ASSIGNED, by=by, text=f"{department}：{title or '本单位部分'}{until}")
    return part


def hand_to_new_members(*, item: ActionItem, by: Person) -> list[Part]:
    """After the 分办范围 of an item changed: whoever joined gets a share, where departments have the item already."""
    return hand_to_groups(item=item, by=by) if item.status in _IN_HAND else []


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What became of the shares of those who no longer belong: numbers of shares."""

    dropped: int = 0
    kept: int = 0

    def __str__(self) -> str:
        told = (("收回未签收的分办", self.dropped), ("已签收或已完成的保留", self.kept))
        return "，".join(f"{what} {number} 项" for what, number in told if number)


@transaction.atomic
def take_back_shares(*, item: ActionItem, gone: Iterable[DepartmentGroup], by: Person) -> TakenBack:
    """After `gone` left the 分办范围: the shares that nobody signed for end with the reason, the others stay and show.

    Who still belongs by another group, and a step with a title of its own, is not touched.
    """
    left = list(gone)
    out = Department.objects.filter(groups__in=left).exclude(groups__items=item)
    shares = item.parts_given.filter(title="", department__in=out).exclude(state=Part.State.DROPPED)
    unsigned = list(
        shares.filter(state__in=(Part.State.TO_SIGN, Part.State.REFUSED)).select_related("department")
    )
    dropped = 0
    for part in unsigned:
        with suppress(PartMoved):  # signed in the same moment: then it stays
            part.drop_unsigned(by=by, reason=f"分办范围去掉“{'、'.join(map(str, left))}”")
            dropped += 1
    return TakenBack(dropped, shares.count())


def light_of(part: Part, now: Reckoning) -> Light:
    """The light of a part: its own date, or the item's."""
    if part.state == Part.State.DONE:
        return Light.ENDED
    if part.item.status == Status.ON_HOLD:
        return Light.HELD
    due = part.deadline
    if due is None or due > now.soon_until:
        return Light.NORMAL
    return Light.OVERDUE if due <= now.overdue_until else Light.SOON


def in_hand_of(departments: Iterable[Department]) -> QuerySet[Part]:
    """The open parts of `departments` on items that run, the earliest date first."""
    mine = Part.objects.filter(
        department__in=[department.pk for department in departments],
        state__in=(Part.State.TO_SIGN, Part.State.IN_PROGRESS),
        item__status__in=RUNNING,
        item__discarded_at__isnull=True,
    ).exclude(item__status__in=(Status.DRAFT, Status.APPROVAL))
    return mine.annotate(until=Coalesce("due", "item__due")).order_by(F("until").asc(nulls_last=True), "pk")


def in_force(item: ActionItem) -> list[Part]:
    """The parts that were not taken back. Reads `parts_given` (prefetch it with its departments)."""
    return [part for part in item.parts_given.all() if part.state != Part.State.DROPPED]
