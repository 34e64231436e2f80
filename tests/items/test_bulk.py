"""Bulk changes: shown first, then done; what changes, what is left out and why."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import ActionItemFactory, DepartmentFactory, PersonFactory
from tracker.items import bulk_run
from tracker.items.models import ActionItem, BulkChange, Event
from tracker.items.states import EventKind, Status
from tracker.org.models import DepartmentGroup, Office

pytestmark = pytest.mark.usefixtures("wednesday")
BULK = reverse("items:bulk")


def pick(*items, **fields):
    """The posted form for some ticked items."""
    return {"ids": [f"{item.pk}-{item.version}" for item in items], "state": "", **fields}


def sure(*items, **fields):
    """The same after the preview."""
    return pick(*items, confirm="1", **fields)


def said(response):
    """The message after the redirect."""
    return " ".join(str(message) for message in response.context["messages"])


def test_a_preview_shows_old_and_new_and_writes_nothing(as_officer):
    item, closed = ActionItemFactory(), ActionItemFactory(status=Status.CLOSED, closed_on=date(2026, 4, 1))
    response = as_officer.post(BULK, pick(item, closed, action="due", due="5月20日"))
    preview = response.context["preview"]
    assert [(row.pk, one.old, one.new) for row, (one,) in preview.changes] == [
        (item.pk, "2026年4月30日", "2026年5月20日")
    ]
    assert preview.skipped == [(closed, "已办结")]
    item.refresh_from_db()
    assert (item.due, item.version, Event.objects.count()) == (date(2026, 4, 30), 1, 0)


def test_what_was_previewed_is_what_is_done(as_officer):
    item = ActionItemFactory(due=date(2026, 4, 1))
    page = as_officer.post(BULK, {"action": "due", "due": "5月20日", "all": "1", "state": "view=overdue"})
    late = ActionItemFactory(due=date(2026, 4, 2))  # joined the list after the preview
    sent = dict(page.context["hidden"])
    as_officer.post(BULK, {**sent, "picks": page.context["picks"], "confirm": "1", "state": "view=overdue"})
    assert ActionItem.objects.get(pk=item.pk).due == date(2026, 5, 20)
    assert ActionItem.objects.get(pk=late.pk).due == date(2026, 4, 2)


def test_a_due_date_is_set_on_all_ticked_with_one_event_each(as_officer):
    items = ActionItemFactory.create_batch(3)
    response = as_officer.post(
        BULK, sure(*items, action="due", due="5月20日", text="局务会意见"), follow=True
    )
    assert set(ActionItem.objects.values_list("due", "extensions")) == {(date(2026, 5, 20), 1)}
    assert set(ActionItem.objects.values_list("original_due", flat=True)) == {date(2026, 4, 30)}
    assert Event.objects.filter(kind=EventKind.DUE_CHANGED, text="局务会意见").count() == 3
    assert "已调整时限 3 件。" in said(response)


def test_the_same_again_changes_nothing(as_officer):
    item = ActionItemFactory(due=date(2026, 5, 20))
    response = as_officer.post(BULK, sure(item, action="due", due="5月20日"), follow=True)
    assert "1 件本来如此" in said(response)
    assert not Event.objects.exists()


def test_a_new_lead_brings_its_leader_and_handler_and_supports_no_longer(
    as_officer, liaison, leader, department
):
    item = ActionItemFactory(supporting=[department])
    as_officer.post(BULK, sure(item, action="lead", lead=department.pk))
    item.refresh_from_db()
    assert (item.lead, item.leader, item.owner) == (department, leader, liaison)
    assert not item.supporting.exists()
    assert [event.kind for event in item.events.all()] == [EventKind.REASSIGNED]


def test_supporting_departments_are_added_and_taken_away(as_officer, department, other_department):
    third = DepartmentFactory()
    item, led = ActionItemFactory(supporting=[third]), ActionItemFactory(lead=department)
    form = {"action": "edit", "add": [department.pk, other_department.pk], "remove": [third.pk]}
    response = as_officer.post(BULK, sure(item, led, **form), follow=True)
    assert set(item.supporting.all()) == {department, other_department}
    assert f"{led.number}（该单位已是牵头单位）" in said(response)


@pytest.mark.parametrize(
    ("field", "typed", "wanted"),
    [
        ("feedback_cycle", "weekly", "weekly"),
        ("level", "重点", "重点"),
        ("source", "防汛会", "防汛会"),
        ("source_date", "4月1日", date(2026, 4, 1)),
        ("due", "5月20日", date(2026, 5, 20)),
    ],
)
def test_every_plain_field_can_be_set(as_officer, field, typed, wanted):
    items = ActionItemFactory.create_batch(2)
    as_officer.post(BULK, sure(*items, action="edit", **{field: typed}))
    assert set(ActionItem.objects.values_list(field, flat=True)) == {wanted}
    assert Event.objects.count() == 2


@pytest.mark.parametrize("field", ["leader", "owner", "officer"])
def test_every_person_can_be_named_and_emptied(as_officer, field, department):
    role = {"leader": "leader", "owner": ("liaison", department), "officer": "officer"}[field]
    chosen, item = PersonFactory(name="秦某", roles=[role]), ActionItemFactory()
    as_officer.post(BULK, sure(item, action="edit", **{field: chosen.pk}))
    item.refresh_from_db()
    assert getattr(item, field) == chosen
    as_officer.post(BULK, sure(item, action="edit", clear=[field]))
    item.refresh_from_db()
    assert getattr(item, field) is None


def test_groups_are_set_on_drafts_only(as_officer):
    group = DepartmentGroup.objects.create(name="各学校")
    draft, running = ActionItemFactory(status=Status.DRAFT), ActionItemFactory()
    response = as_officer.post(BULK, sure(draft, running, action="edit", groups=[group.pk]), follow=True)
    assert (list(draft.groups.all()), list(running.groups.all())) == ([group], [])
    assert "已交办，分办范围不再批量改动" in said(response)


def test_several_fields_are_one_event(as_officer, department):
    item = ActionItemFactory()
    as_officer.post(BULK, sure(item, action="edit", level="重点", due="5月20日", add=[department.pk]))
    assert set(item.events.get().changes) == {"level", "due", "supporting"}


def test_without_a_field_the_form_with_all_of_them_is_shown(as_officer):
    response = as_officer.post(BULK, pick(ActionItemFactory(), action="edit"))
    assert response.templates[0].name == "items/bulk_edit.html"
    assert response.context["count"] == 1


def test_only_drafts_with_a_lead_are_issued(as_officer):
    ready = ActionItemFactory(status=Status.DRAFT)
    orphan, running = ActionItemFactory(status=Status.DRAFT, lead=None), ActionItemFactory()
    response = as_officer.post(BULK, sure(ready, orphan, running, action="issue"), follow=True)
    ready.refresh_from_db()
    assert (ready.status, ready.issued_on) == (Status.ISSUED, date(2026, 4, 15))
    assert f"{orphan.number}（尚未明确牵头单位，不能交办）" in said(response)
    assert f"{running.number}（事项现为“办理中”" in said(response)


def test_where_approval_is_needed_items_are_proposed_and_approved_by_somebody_else(
    client, as_officer, officer, second_officer
):
    Office.objects.update_or_create(pk=1, defaults={"needs_approval": True})
    item = ActionItemFactory(status=Status.DRAFT)
    as_officer.post(BULK, sure(item, action="issue"))
    item.refresh_from_db()
    assert item.status == Status.APPROVAL
    page = as_officer.post(BULK, pick(item, action="approve"))
    assert page.context["preview"].skipped == [(item, "须由报请人以外的人员审定")]
    client.force_login(second_officer)
    client.post(BULK, sure(item, action="approve"))
    item.refresh_from_db()
    assert item.status == Status.ISSUED


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("hold", Status.IN_PROGRESS, Status.ON_HOLD),
        ("resume", Status.ON_HOLD, Status.IN_PROGRESS),
        ("close", Status.SUBMITTED, Status.CLOSED),
        ("withdraw", Status.ISSUED, Status.WITHDRAWN),
    ],
)
def test_moves_are_made_with_many(as_officer, action, before, after):
    item = ActionItemFactory(status=before)
    as_officer.post(BULK, sure(item, action=action, text="会议决定"))
    item.refresh_from_db()
    assert (item.status, item.events.get().text) == (after, "会议决定")


@pytest.mark.parametrize(("action", "warns"), [("issue", True), ("withdraw", False)])
def test_the_preview_of_an_issue_counts_dates_that_are_past(as_officer, action, warns):
    items = [
        ActionItemFactory(status=Status.DRAFT, due=day)
        for day in (date(2026, 4, 10), date(2026, 4, 15), None)
    ]
    page = as_officer.post(BULK, pick(*items, action=action)).content.decode()
    assert ("其中 1 件时限已过" in page) == warns
    assert ("时限 4月10日 已过" in page) == warns


def test_a_preview_of_a_move_says_what_the_move_would_say(as_officer):
    held, running = ActionItemFactory(status=Status.ON_HOLD), ActionItemFactory()
    response = as_officer.post(BULK, pick(held, running, action="hold"))
    preview = response.context["preview"]
    assert preview.skipped == [(held, "现为“挂起”")]
    assert [(one.old, one.new) for _, (one,) in preview.changes] == [("办理中", "挂起")]


def test_a_move_without_its_reason_is_asked_again(as_officer):
    item = ActionItemFactory()
    response = as_officer.post(BULK, sure(item, action="hold"))
    assert response.status_code == 422
    assert "挂起需要写明原因" in response.content.decode()
    assert not Event.objects.exists()


def test_items_with_open_parts_are_closed_only_when_asked_to(as_officer, department, officer):
    item = ActionItemFactory(status=Status.SUBMITTED)
    item.parts_given.create(department=department, title="清单", given_on=date(2026, 4, 1))
    as_officer.post(BULK, sure(item, action="close"))
    item.refresh_from_db()
    assert item.status == Status.SUBMITTED
    as_officer.post(BULK, sure(item, action="close", despite_parts="on"))
    item.refresh_from_db()
    assert item.status == Status.CLOSED


def test_drafts_go_to_the_bin_and_out_of_every_list(as_officer):
    draft, running = ActionItemFactory(status=Status.DRAFT), ActionItemFactory()
    as_officer.post(BULK, sure(draft, running, action="discard"))
    assert list(ActionItem.objects.all()) == [running]
    listing = as_officer.get(reverse("items:ledger"), {"view": "all"}).context["listing"]
    assert (list(listing.rows), listing.tab_counts["all"]) == ([running], 1)


@pytest.mark.parametrize(
    ("action", "can"), [("hold", True), ("discard", True), ("close", False), ("issue", False)]
)
def test_the_preview_says_whether_it_can_be_undone(as_officer, action, can):
    item = ActionItemFactory(status=Status.SUBMITTED if action == "close" else Status.DRAFT)
    page = as_officer.post(BULK, pick(item, action=action)).content.decode()
    assert ("此操作不能撤销" not in page) == can


def test_an_item_somebody_else_just_changed_is_left_alone(as_officer, second_officer):
    item = ActionItemFactory()
    stale = sure(item, action="due", due="2026-06-01")
    item.edit({"due": date(2026, 5, 5)}, by=second_officer)
    response = as_officer.post(BULK, stale, follow=True)
    item.refresh_from_db()
    assert item.due == date(2026, 5, 5)
    assert f"{item.number}（刚刚被他人修改，请刷新后再试）" in said(response)


def test_it_leads_back_to_the_place_and_the_row(as_officer):
    items = ActionItemFactory.create_batch(25, due=date(2026, 4, 1))
    form = sure(items[3], action="edit", level="重点") | {"state": "view=overdue&page=2"}
    response = as_officer.post(BULK, form)
    assert response.url.endswith(f"?view=overdue&page=2#i{items[3].pk}")
    table = as_officer.get(reverse("items:ledger"), {"view": "overdue", "per_page": 50}).context["table"]
    marked = [row.record for row in table.page.object_list if "just" in row.attrs["class"]]
    assert marked == [items[3]]


def test_all_of_a_date_that_does_not_hold_is_nothing(as_officer):
    ActionItemFactory()
    form = {"action": "due", "due": "2026-06-01", "all": "1", "state": "due_from=x", "confirm": "1"}
    assert "没有选中事项" in said(as_officer.post(BULK, form, follow=True))
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param({"action": "due", "due": "下下周"}, "“下下周”不是有效日期", id="no-date"),
        pytest.param({"action": "due"}, "请填写新的时限", id="nothing-typed"),
        pytest.param({"action": "lead"}, "请选择牵头单位", id="no-lead"),
        pytest.param({"action": "lead", "lead": "9999"}, "有效", id="unknown-department"),
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


def test_a_field_is_not_set_and_emptied_at_once(as_officer):
    response = as_officer.post(BULK, pick(ActionItemFactory(), action="edit", level="重点", clear=["level"]))
    assert response.status_code == 422
    assert "不能同时清空" in response.content.decode()


def test_the_ticked_rows_are_exported(as_officer):
    item, _ = ActionItemFactory.create_batch(2)
    response = as_officer.post(BULK, pick(item, action="export"))
    assert response.headers["Content-Type"].endswith("spreadsheetml.sheet")


def test_bulk_actions_are_posted_by_officers_only(as_liaison, department):
    item = ActionItemFactory(lead=department)
    assert as_liaison.get(BULK).status_code == 405
    assert as_liaison.post(BULK, sure(item, action="due", due="2026-06-01")).status_code == 403


@pytest.mark.parametrize("ids", [["x"], ["1"], ["-"], ["99999999999999999999-1"], []])
def test_nonsense_selects_nothing(as_officer, ids):
    response = as_officer.post(BULK, {"action": "issue", "ids": ids, "state": ""}, follow=True)
    assert "没有选中事项" in said(response)


def test_a_big_change_is_done_in_parts_each_item_once(as_officer, monkeypatch):
    monkeypatch.setattr(bulk_run, "BATCH", 4)
    monkeypatch.setattr(bulk_run.proceed, "__kwdefaults__", {"seconds": 0.0})
    items = ActionItemFactory.create_batch(10)
    response = as_officer.post(BULK, sure(*items, action="edit", level="重点"), follow=True)
    change = BulkChange.objects.get()
    assert "已处理 4 件，还剩 6 件" in response.content.decode()
    for _ in range(4):
        response = as_officer.post(reverse("items:bulk-continue", args=[change.pk]), follow=True)
    assert "已批量修改 10 件" in said(response) or change.lines.count() == 10
    assert (Event.objects.count(), change.lines.count()) == (10, 10)


def test_the_number_of_queries_of_an_edit_does_not_grow_with_the_items(
    as_officer, officer, department, django_assert_max_num_queries
):
    items = ActionItemFactory.create_batch(40)
    with django_assert_max_num_queries(60):
        as_officer.post(BULK, sure(*items, action="edit", level="重点", due="5月20日", add=[department.pk]))
    assert Event.objects.count() == 40


def test_many_moves_are_made_in_several_transactions(as_officer, monkeypatch):
    monkeypatch.setattr(bulk_run, "MOVE_BATCH", 2)
    items = ActionItemFactory.create_batch(5, status=Status.DRAFT)
    response = as_officer.post(BULK, sure(*items, action="discard"), follow=True)
    assert "已移入回收站 5 件。" in said(response)
    assert not ActionItem.objects.exists()
