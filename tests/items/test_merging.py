"""单位合并: what is open moves, what is closed stays, and no relation to a department is forgotten."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.urls import reverse

from tests.factories import ActionItemFactory, DepartmentFactory, PersonFactory
from tracker.items.merging import Moving, SameDepartment, merge
from tracker.items.models import Part
from tracker.items.states import EventKind, Status
from tracker.org.models import Department, DepartmentAlias, DepartmentGroup

pytestmark = pytest.mark.django_db

# Every relation to a department: what a merger does with it. A new one fails the test until somebody has decided.
DECIDED = {
    "DepartmentAlias.department": "moves", "DepartmentGroup.members": "moves", "Membership.department": "moves",
    "ActionItem.lead": "open ones move", "ActionItem.supporting": "open ones move", "Part.department": "open ones move",
    "Feedback.department": "history", "ExtensionRequest.department": "history", "ClosingRequest.department": "history",
    "Ruling.lead": "history", "Recipient.department": "history",
    "Channel.department": "stays: the administrator sees it under 消息通道",
}  # fmt: skip


@pytest.fixture
def old():
    return DepartmentFactory(name="成人教育科", short_name="成教科")


@pytest.fixture
def new():
    return DepartmentFactory(name="职业教育科", short_name="职教科")


def closed(**fields):
    return ActionItemFactory(status=Status.CLOSED, closed_on=date(2026, 4, 1), **fields)


def test_open_items_move_with_one_event_each_and_closed_ones_stay(old, new, administrator):
    led, done = ActionItemFactory(lead=old), closed(lead=old)
    assert merge(source=old, into=new, by=administrator) == 1
    for item in (led, done):
        item.refresh_from_db()
    assert (led.lead, done.lead) == (new, old)
    event = led.events.get()
    assert (event.kind, event.changes["lead"]) == (EventKind.REASSIGNED, ["成人教育科", "职业教育科"])
    assert "单位合并" in event.text
    assert not done.events.exists()


@pytest.mark.parametrize(
    ("lead", "supporting", "after"),
    [
        pytest.param("other", ["old"], ["new"], id="replaced"),
        pytest.param("other", ["old", "new"], ["new"], id="once only"),
        pytest.param("new", ["old"], [], id="a lead supports no longer"),
        pytest.param("old", ["new"], [], id="the supporter takes the lead"),
    ],
)
def test_supporting_departments_are_replaced(old, new, administrator, lead, supporting, after):
    units = {"old": old, "new": new, "other": DepartmentFactory()}
    item = ActionItemFactory(lead=units[lead], supporting=[units[name] for name in supporting])
    merge(source=old, into=new, by=administrator)
    assert list(item.supporting.all()) == [units[name] for name in after]
    assert [event.kind for event in item.events.all()] == [EventKind.REASSIGNED]


def test_departments_with_the_same_short_name_are_told_apart(new, administrator):
    twin = DepartmentFactory(name="职业教育股", short_name="职教科")
    item = ActionItemFactory(lead=twin)
    merge(source=twin, into=new, by=administrator)
    item.refresh_from_db()
    assert item.lead == new
    assert item.events.get().changes["lead"] == ["职业教育股", "职业教育科"]


def test_the_leader_in_charge_comes_with_the_department_unless_somebody_else_was_named(
    old, new, administrator
):
    old.leader, new.leader, third = (PersonFactory(roles=["leader"]) for _ in range(3))
    old.save()
    new.save()
    usual, named = ActionItemFactory(lead=old, leader=old.leader), ActionItemFactory(lead=old, leader=third)
    merge(source=old, into=new, by=administrator)
    for item in (usual, named):
        item.refresh_from_db()
    assert (usual.leader, named.leader) == (new.leader, third)


def test_names_people_and_groups_go_over(old, new, administrator):
    DepartmentAlias.objects.create(department=old, text="成教")
    group = DepartmentGroup.objects.create(name="各科室")
    group.members.set([old])
    person = PersonFactory(roles=[("liaison", old), ("liaison", new)])
    merge(source=old, into=new, by=administrator)
    old.refresh_from_db()
    assert sorted(new.aliases.values_list("text", flat=True)) == ["成人教育科", "成教", "成教科"]
    assert (list(group.members.all()), person.liaison_departments, old.is_active) == ([new], [new], False)


def test_a_name_that_another_department_uses_stays_with_it(old, new, administrator):
    third = DepartmentFactory()
    DepartmentAlias.objects.create(department=third, text=old.short_name)
    merge(source=old, into=new, by=administrator)
    assert third.aliases.get().text == old.short_name
    assert new.aliases.get().text == old.name


def test_open_parts_move_and_a_double_share_is_dropped(old, new, administrator):
    item = ActionItemFactory()
    give = {"item": item, "given_on": date(2026, 4, 1), "given_by": administrator}
    step = Part.objects.create(department=old, title="编制方案", **give)
    share = Part.objects.create(department=old, **give)
    Part.objects.create(department=new, **give)
    merge(source=old, into=new, by=administrator)
    for part in (step, share):
        part.refresh_from_db()
    assert (step.department, share.state) == (new, Part.State.DROPPED)
    assert "分办 2 项一并转入" in item.events.get().text


def test_doing_it_again_changes_nothing(old, new, administrator):
    item = ActionItemFactory(lead=old)
    merge(source=old, into=new, by=administrator)
    assert merge(source=old, into=new, by=administrator) == 0
    assert item.events.count() == 1


def test_a_department_is_not_merged_into_itself_or_a_closed_one(old, administrator):
    gone = DepartmentFactory(is_active=False)
    for into in (old, gone):
        with pytest.raises(SameDepartment):
            merge(source=old, into=into, by=administrator)


def test_a_failure_leaves_everything_as_it_was(old, new, administrator, monkeypatch):
    item = ActionItemFactory(lead=old)
    monkeypatch.setattr(DepartmentAlias.objects, "bulk_create", lambda rows: _fail())
    with pytest.raises(IntegrityError):
        merge(source=old, into=new, by=administrator)
    item.refresh_from_db()
    assert (item.lead, item.events.count()) == (old, 0)


def _fail():
    raise IntegrityError("lost")


def test_the_page_counts_what_would_move_and_the_post_moves_it(client, old, new, administrator):
    ActionItemFactory(lead=old)
    closed(supporting=[old])
    assert (Moving.of(old).led, Moving.of(old).supported_closed) == (1, 1)
    client.force_login(administrator)
    url = reverse("items:merge", args=[old.pk])
    page = client.get(url, {"into": new.pk}).content.decode()
    assert "确认合并" in page
    assert Department.objects.get(pk=old.pk).is_active
    assert client.post(url, {"into": new.pk}).status_code == 302
    assert not Department.objects.get(pk=old.pk).is_active


@pytest.mark.parametrize("into", ["", "abc", "self"])
def test_a_post_without_a_department_changes_nothing(client, old, administrator, into):
    client.force_login(administrator)
    response = client.post(
        reverse("items:merge", args=[old.pk]), {"into": old.pk if into == "self" else into}
    )
    assert response.status_code == 422
    assert Department.objects.get(pk=old.pk).is_active


def test_every_relation_to_a_department_is_decided():
    found = {
        f"{relation.related_model.__name__}.{relation.field.name}"
        for relation in Department._meta.related_objects
    }
    assert found <= set(DECIDED)
