"""Bulk actions: what changes, what is left out and why."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import ActionItemFactory, DepartmentFactory
from tracker.items.models import ActionItem, Event
from tracker.items.states import EventKind, Status

pytestmark = pytest.mark.usefixtures("wednesday")
BULK = reverse("items:bulk")


def pick(*items, **fields):
    """The posted form for some ticked items."""
    return {"ids": [f"{item.pk}-{item.version}" for item in items], "state": "", **fields}


def said(response):
    """The message after the redirect."""
    return " ".join(str(message) for message in response.context["messages"])


def test_a_due_date_is_set_on_all_ticked_with_one_event_each(as_officer):
    items = ActionItemFactory.create_batch(3)
    response = as_officer.post(
        BULK, pick(*items, action="due", due="5月20日", text="局务会意见"), follow=True
    )
    assert set(ActionItem.objects.values_list("due", flat=True)) == {date(2026, 5, 20)}
    assert set(ActionItem.objects.values_list("original_due", flat=True)) == {date(2026, 4, 30)}
    assert Event.objects.filter(kind=EventKind.DUE_CHANGED, text="局务会意见").count() == 3
    assert "已调整时限 3 件。" in said(response)


def test_the_same_again_changes_nothing(as_officer):
    item = ActionItemFactory(due=date(2026, 5, 20))
    response = as_officer.post(BULK, pick(item, action="due", due="5月20日"), follow=True)
    assert "1 件本来如此" in said(response)
    assert not Event.objects.exists()


def test_a_new_lead_brings_its_leader_and_handler_and_supports_no_longer(
    as_officer, liaison, leader, department
):
    item = ActionItemFactory(supporting=[department])
    as_officer.post(BULK, pick(item, action="lead", lead=department.pk))
    item.refresh_from_db()
    assert (item.lead, item.leader, item.owner) == (department, leader, liaison)
    assert not item.supporting.exists()
    assert [event.kind for event in item.events.all()] == [EventKind.REASSIGNED]


def test_a_supporting_department_is_added_to_the_others(as_officer, department):
    other = DepartmentFactory()
    item, led = ActionItemFactory(supporting=[other]), ActionItemFactory(lead=department)
    response = as_officer.post(
        BULK, pick(item, led, action="supporting", supporting=department.pk), follow=True
    )
    assert set(item.supporting.all()) == {department, other}
    assert f"{led.number}（该单位已是牵头单位）" in said(response)


def test_only_drafts_with_a_lead_are_issued(as_officer):
    ready = ActionItemFactory(status=Status.DRAFT)
    orphan, running = ActionItemFactory(status=Status.DRAFT, lead=None), ActionItemFactory()
    response = as_officer.post(BULK, pick(ready, orphan, running, action="issue"), follow=True)
    ready.refresh_from_db()
    assert (ready.status, ready.issued_on) == (Status.ISSUED, date(2026, 4, 15))
    assert f"{orphan.number}（尚未明确牵头单位，不能交办）" in said(response)
    assert f"{running.number}（事项现为“办理中”" in said(response)


def test_an_item_somebody_else_just_changed_is_left_alone(as_officer, second_officer):
    item = ActionItemFactory()
    stale = pick(item, action="due", due="2026-06-01")
    item.edit({"due": date(2026, 5, 5)}, by=second_officer)
    response = as_officer.post(BULK, stale, follow=True)
    item.refresh_from_db()
    assert item.due == date(2026, 5, 5)
    assert f"{item.number}（刚刚被他人修改，请刷新后再试）" in said(response)


def test_the_whole_filtered_list_is_meant_by_all(as_officer):
    ActionItemFactory.create_batch(25, due=date(2026, 4, 1))
    ActionItemFactory(due=date(2026, 9, 1))
    form = {"action": "due", "due": "2026-04-02", "all": "1", "state": "view=overdue&page=2"}
    response = as_officer.post(BULK, form, follow=True)
    assert "已调整时限 25 件。" in said(response)
    assert response.redirect_chain[0][0].endswith("?view=overdue&page=2")


def test_all_of_a_filter_that_does_not_hold_is_nothing(as_officer):
    ActionItemFactory()
    form = {"action": "due", "due": "2026-06-01", "all": "1", "state": "due_from=x"}
    assert "没有选中事项" in said(as_officer.post(BULK, form, follow=True))
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param({"action": "due", "due": "下下周"}, "“下下周”不是有效日期", id="no-date"),
        pytest.param({"action": "due"}, "请填写新的时限", id="nothing-typed"),
        pytest.param({"action": "lead"}, "请选择牵头单位", id="no-lead"),
        pytest.param({"action": "supporting", "supporting": "9999"}, "有效", id="unknown-department"),
        pytest.param({"action": ""}, "请选择要做的操作", id="no-action"),
    ],
)
def test_a_form_that_cannot_be_used_keeps_text_and_selection(as_officer, fields, message):
    item = ActionItemFactory()
    response = as_officer.post(BULK, pick(item, **fields))
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert f'value="{item.pk}-1" aria-label="选择 {item.number}" checked' in page
    assert f'value="{fields.get("due", "")}"' in page


def test_the_ticked_rows_are_exported(as_officer):
    item, _ = ActionItemFactory.create_batch(2)
    response = as_officer.post(BULK, pick(item, action="export"))
    assert response.headers["Content-Type"].endswith("spreadsheetml.sheet")


def test_bulk_actions_are_posted_by_officers_only(as_liaison, department):
    item = ActionItemFactory(lead=department)
    assert as_liaison.get(BULK).status_code == 405
    assert as_liaison.post(BULK, pick(item, action="due", due="2026-06-01")).status_code == 403


@pytest.mark.parametrize("ids", [["x"], ["1"], ["-"], ["99999999999999999999-1"], []])
def test_nonsense_selects_nothing(as_officer, ids):
    response = as_officer.post(BULK, {"action": "issue", "ids": ids, "state": ""}, follow=True)
    assert "没有选中事项" in said(response)
