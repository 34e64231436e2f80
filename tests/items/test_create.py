"""Registering an item by hand."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import DepartmentFactory
from tracker.items.models import ActionItem
from tracker.items.states import EventKind, Status
from tracker.org.models import DepartmentGroup

pytestmark = pytest.mark.usefixtures("wednesday")
CREATE = reverse("items:create")
LEAST = {"title": "加固二号桥", "feedback_cycle": "monthly"}


def test_a_date_that_is_past_is_asked_for_once_more_before_it_is_issued(as_officer, department):
    late = LEAST | {"lead": department.pk, "due": "4月10日", "issue_now": "on"}
    asked = as_officer.post(CREATE, late)
    assert (asked.status_code, ActionItem.objects.count()) == (422, 0)
    assert "完成时限已过" in asked.content.decode()
    as_officer.post(CREATE, late | {"despite_date": "1"})
    assert ActionItem.objects.get().status == Status.ISSUED


def test_the_least_is_a_title(as_officer, officer):
    as_officer.post(CREATE, LEAST)
    item = ActionItem.objects.get()
    assert (item.number, item.status, item.lead, item.due) == ("〔2026〕01号", Status.DRAFT, None, None)
    assert item.events.get().by == officer


def test_everything_at_once_and_issued(as_officer, department, other_department, leader, liaison):
    extra = {"lead": department.pk, "supporting": [other_department.pk], "due": "4月30日", "issue_now": "on"}
    source = {"source": "防汛会", "source_date": "4.10", "quote": "二号桥月底前加固完毕。"}
    as_officer.post(CREATE, LEAST | extra | source)
    item = ActionItem.objects.get()
    assert (item.status, item.due, item.leader, item.owner) == (
        Status.ISSUED,
        date(2026, 4, 30),
        leader,
        liaison,
    )
    assert (item.quotes.get().text, item.quotes.get().said_on) == (
        "二号桥月底前加固完毕。",
        date(2026, 4, 10),
    )
    assert {event.kind for event in item.events.all()} == {EventKind.REGISTERED, EventKind.ISSUED}


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ({"title": ""}, "请写明督办事项"),
        ({"due": "年底"}, "“年底”不是有效日期"),
        ({"issue_now": "on"}, "立即交办需要先明确牵头单位"),
    ],
)
def test_a_mistake_is_said_and_nothing_registered(as_officer, extra, message):
    response = as_officer.post(CREATE, LEAST | {"requirement": "打完的字"} | extra)
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert "打完的字" in page
    assert not ActionItem.objects.exists()


def test_a_department_cannot_support_what_it_leads(as_officer, department):
    response = as_officer.post(CREATE, LEAST | {"lead": department.pk, "supporting": [department.pk]})
    assert "不能同时配合" in response.content.decode()


def test_registering_is_the_officers(as_liaison):
    assert as_liaison.get(CREATE).status_code == 403
    assert as_liaison.post(CREATE, LEAST).status_code == 403


def test_an_item_for_a_group_names_the_group_where_others_name_their_lead(as_officer):
    group = DepartmentGroup.objects.create(name="各学校")
    group.members.set([DepartmentFactory(), DepartmentFactory()])
    page = as_officer.post(
        CREATE, LEAST | {"groups": [group.pk], "issue_now": "on"}, follow=True
    ).content.decode()
    assert ActionItem.objects.get().lead_text == "各学校"
    assert "分别办理，不设牵头单位" in page
    assert "分别办理" in as_officer.get("/items/").content.decode()
