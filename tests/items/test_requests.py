"""延期 on the pages: asked for, reviewed, decided, seen by both sides."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import ActionItemFactory
from tracker.items.extensions import ask_extension, decide_extension
from tracker.items.models import ExtensionRequest
from tracker.org.models import Office

pytestmark = pytest.mark.usefixtures("wednesday")
FORM = {
    "wanted": "5月29日",
    "reason": "连续降雨停工",
    "done": "主体完成",
    "next_step": "抢工期",
    "head": "同意。周某",
}


@pytest.fixture
def item(department):
    return ActionItemFactory(lead=department, due=date(2026, 4, 30))


@pytest.fixture
def asked(item, liaison):
    return ask_extension(
        item=item,
        by=liaison,
        department=item.lead,
        wanted=date(2026, 5, 29),
        reason="连续降雨停工",
        done="主体完成",
    )


def url(name, row):
    return reverse(f"items:{name}", args=[row.pk])


def test_the_form_is_asked_for_and_stored_whole(as_liaison, item, department):
    page = as_liaison.get(item.get_absolute_url()).content.decode()
    assert "原定时限 <b>4月30日</b>" in page
    as_liaison.post(url("ask", item), FORM)
    row = ExtensionRequest.objects.get()
    assert (row.wanted, row.department, row.next_step, row.head) == (
        date(2026, 5, 29), department, "抢工期", "同意。周某",
    )  # fmt: skip


def test_a_second_press_asks_once_and_says_so(as_liaison, item):
    as_liaison.post(url("ask", item), FORM)
    second = as_liaison.post(url("ask", item), FORM, follow=True)
    assert "已有一份延期申请待批复" in second.content.decode()
    assert ExtensionRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("wanted", "4月20日", "应晚于现时限"),
        ("wanted", "不日", "不是有效日期"),
        ("reason", "", "请写明延期原因"),
    ],
)
def test_a_mistake_keeps_what_was_typed(as_liaison, item, field, value, said):
    response = as_liaison.post(url("ask", item), FORM | {field: value})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert "抢工期" in response.content.decode()


def test_after_the_date_the_reason_stands_instead_of_the_form(as_liaison, department):
    late = ActionItemFactory(lead=department, due=date(2026, 4, 1))
    page = as_liaison.get(late.get_absolute_url()).content.decode()
    assert "已过时限，不能申请延期；确需调整的，由会议或领导重定时限。" in page
    assert 'name="wanted"' not in page


def test_the_date_is_prefilled_and_may_be_changed(as_officer, item, asked):
    assert 'value="2026-05-29"' in as_officer.get(item.get_absolute_url()).content.decode()
    form = {"verdict": "grant", "until": "5月15日", "answer": "从紧"}
    as_officer.post(url("extension-decide", asked), form)
    item.refresh_from_db()
    assert (item.due, item.original_due) == (date(2026, 5, 15), date(2026, 4, 30))


def test_a_refusal_without_a_reason_comes_back(as_officer, item, asked):
    response = as_officer.post(
        url("extension-decide", asked), {"verdict": "refuse", "until": "", "answer": ""}
    )
    assert response.status_code == 422
    assert "不同意延期需要写明理由" in response.content.decode()


def test_both_sides_read_the_answer(as_officer, client, liaison, item, asked):
    as_officer.post(url("extension-decide", asked), {"verdict": "refuse", "answer": "不影响室内施工"})
    client.force_login(liaison)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "不同意。不影响室内施工" in page
    assert "未同意" in page


def test_where_leaders_decide_the_officer_reports_and_the_leader_answers(
    client, officer, leader, item, asked
):
    Office.objects.create(pk=1, leader_decides=True)
    client.force_login(officer)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "本单位延期由领导批复" in page
    assert "同意延期</button>" not in page
    client.post(url("extension-review", asked), {"review": "情况属实，拟同意"})
    client.force_login(leader)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "情况属实，拟同意" in page
    client.post(url("extension-decide", asked), {"verdict": "grant", "until": "", "answer": "同意"})
    item.refresh_from_db()
    assert item.due == date(2026, 5, 29)


def test_the_department_takes_its_request_back(as_liaison, item, asked):
    as_liaison.post(url("extension-recall", asked), {"from": "mine", "tab": "todo"})
    asked.refresh_from_db()
    assert asked.state == "recalled"


def test_others_neither_decide_nor_ask(client, liaison, outsider, item, asked):
    client.force_login(liaison)
    assert client.post(url("extension-decide", asked), {"verdict": "grant"}).status_code == 403
    client.force_login(outsider)
    for name, row in (("ask", item), ("extension-recall", asked), ("extension-review", asked)):
        assert client.post(url(name, row), FORM).status_code == 404


def test_a_pending_request_stands_beside_the_state_until_it_is_answered(as_officer, asked, officer, item):
    def shown(address):
        return "延期审批中" in as_officer.get(address).content.decode()

    assert shown(item.get_absolute_url())
    assert shown(reverse("items:ledger"))
    decide_extension(request=asked, by=officer, granted=True)
    assert not shown(item.get_absolute_url())
    assert not shown(reverse("items:ledger"))
