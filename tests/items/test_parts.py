"""分办: steps and shares of an item, each signed for and done by its own department."""

from datetime import date

import pytest

from tests.factories import ActionItemFactory, DepartmentFactory
from tracker.items.models import ActionItem, Part, PartMoved
from tracker.items.parts import PartRefused, give_part, hand_to_groups, move_part, sign_part, take_back_shares
from tracker.items.reckoning import Reckoning
from tracker.items.states import Status
from tracker.items.workflow import make_move
from tracker.org.models import DepartmentGroup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]


@pytest.fixture
def item(department):
    return ActionItemFactory(lead=department, due=date(2026, 4, 30))


def test_a_part_is_seen_signed_and_done_by_its_department(item, other_department, outsider, officer):
    assert not ActionItem.objects.visible_to(outsider).exists()
    part = give_part(item=item, department=other_department, by=officer, title="核拨经费")
    assert ActionItem.objects.visible_to(outsider).get() == item
    part.sign(by=outsider)
    part.finish(by=outsider, note="已核拨")
    counted = ActionItem.objects.with_part_counts().get(pk=item.pk)
    assert (counted.parts_total, counted.parts_signed, counted.parts_done) == (1, 1, 1)
    assert [event.text for event in item.events.all()] == [
        "计划财务科：核拨经费。已核拨", "计划财务科：核拨经费", "计划财务科：核拨经费",
    ]  # fmt: skip


def test_the_same_part_twice_is_one(item, other_department, officer):
    for _ in range(2):
        give_part(item=item, department=other_department, by=officer, title="核拨经费")
    assert Part.objects.count() == item.events.count() == 1


def test_a_part_cannot_end_after_its_item(item, other_department, officer):
    with pytest.raises(PartRefused, match="不能晚于事项时限"):
        give_part(item=item, department=other_department, by=officer, title="核拨经费", due=date(2026, 5, 1))


def test_a_draft_is_not_split(other_department, officer):
    with pytest.raises(PartRefused, match="拟办"):
        give_part(
            item=ActionItemFactory(status=Status.DRAFT),
            department=other_department,
            by=officer,
            title="核拨经费",
        )


def test_a_parts_date_moves_with_a_reason_up_to_the_items_own(item, other_department, officer, liaison):
    part = give_part(
        item=item, department=other_department, by=officer, title="核拨经费", due=date(2026, 4, 17)
    )
    assert move_part(part=part, due=date(2026, 4, 30), by=liaison, reason="等待批复")
    assert item.events.first().text == "计划财务科：核拨经费，时限 4月17日 → 4月30日。等待批复"
    assert not move_part(part=part, due=date(2026, 4, 30), by=liaison, reason="等待批复")
    with pytest.raises(PartRefused, match="不能晚于事项时限"):
        move_part(part=part, due=date(2026, 5, 6), by=liaison, reason="等待批复")
    assert (item.events.count(), part.deadline) == (2, date(2026, 4, 30))


def test_of_two_who_move_a_parts_date_one_wins(item, other_department, officer):
    part = give_part(item=item, department=other_department, by=officer, title="核拨经费")
    stale = Part.objects.get(pk=part.pk)
    move_part(part=part, due=date(2026, 4, 20), by=officer, reason="提前")
    with pytest.raises(PartMoved):
        move_part(part=stale, due=date(2026, 4, 21), by=officer, reason="提前")


def test_what_is_done_has_no_date_to_move(item, other_department, officer):
    part = give_part(item=item, department=other_department, by=officer, title="核拨经费")
    part.finish(by=officer, note="已核拨")
    with pytest.raises(PartMoved, match="已完成"):
        move_part(part=part, due=date(2026, 4, 20), by=officer, reason="提前")


@pytest.fixture
def schools(item, officer):
    """Four schools in two groups, all with a share: the first signed, the second is done, the fourth is in both."""
    item.groups.set(
        [DepartmentGroup.objects.create(name="各学校"), DepartmentGroup.objects.create(name="各中学")]
    )
    found = [DepartmentFactory(name=f"第{n}学校") for n in range(1, 5)]
    for group, members in zip(item.groups.order_by("name"), (found[3:], found), strict=True):
        group.members.set(members)
    parts = {part.department: part for part in hand_to_groups(item=item, by=officer)}
    parts[found[0]].sign(by=officer)
    parts[found[1]].finish(by=officer, note="已自查")
    return found


def test_a_group_that_leaves_takes_the_unsigned_shares_along(item, schools, officer):
    gone = item.groups.get(name="各学校")
    item.groups.remove(gone)
    told = take_back_shares(item=item, gone=[gone], by=officer)
    states = {part.department.name: part.state for part in item.parts_given.all()}
    assert states == {"第1学校": "in_progress", "第2学校": "done", "第3学校": "dropped", "第4学校": "to_sign"}
    assert str(told) == "收回未签收的分办 1 项，已签收或已完成的保留 2 项"
    event = item.events.first()
    assert (event.kind, event.text) == ("part_dropped", "第3学校：本单位部分。分办范围去掉“各学校”")
    assert take_back_shares(item=item, gone=[gone], by=officer).dropped == 0


def test_of_two_who_sign_one_wins(item, other_department, officer, outsider):
    part = give_part(item=item, department=other_department, by=officer, title="核拨经费")
    stale = Part.objects.get(pk=part.pk)
    part.sign(by=outsider)
    with pytest.raises(PartMoved, match="办理中"):
        stale.refuse(by=outsider, reason="非本科职责")


def test_a_dropped_part_is_out_of_sight_and_out_of_the_count(item, other_department, outsider, officer):
    give_part(item=item, department=other_department, by=officer, title="核拨经费").drop(by=officer)
    assert not ActionItem.objects.visible_to(outsider).exists()
    assert ActionItem.objects.with_part_counts().get(pk=item.pk).parts_total == 0


def test_what_nobody_signs_for_shows_up(item, other_department, officer):
    part = give_part(item=item, department=other_department, by=officer, title="核拨经费")
    items, now = ActionItem.objects, Reckoning.now()
    assert not items.unsigned(now).exists()
    Part.objects.filter(pk=part.pk).update(given_on=date(2026, 4, 10))
    assert items.unsigned(now).get() == item


def test_stagnation_counts_real_changes_only(item, officer):
    ActionItem.objects.filter(pk=item.pk).update(issued_on=date(2026, 4, 1))
    now = Reckoning.now()
    assert not ActionItem.objects.stagnant(now).exists()  # nine working days: 清明 is a holiday
    ActionItem.objects.filter(pk=item.pk).update(issued_on=date(2026, 3, 30))
    assert ActionItem.objects.stagnant(now).get() == item


def test_a_group_item_without_a_lead_is_in_hand_when_the_first_member_signs(
    other_department, outsider, officer
):
    item = ActionItemFactory(status=Status.DRAFT, lead=None)
    group = DepartmentGroup.objects.create(name="各学校")
    group.members.set([other_department, DepartmentFactory()])
    item.groups.set([group])
    make_move(item=item, name="issue", by=officer)
    sign_part(part=item.parts_given.get(department=other_department), by=outsider)
    item.refresh_from_db()
    assert item.status == Status.IN_PROGRESS
