"""One item's page and what can be done on it."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import ActionItemFactory, DepartmentFactory, PersonFactory
from tracker.items.feedback import report_progress
from tracker.items.models import ActionItem
from tracker.items.states import EventKind, Status

pytestmark = pytest.mark.usefixtures("wednesday")


@pytest.fixture
def item(department, other_department, officer, liaison):
    """An overdue item of `department` with a quote, once extended."""
    item = ActionItemFactory(
        title="加固二号桥",
        lead=department,
        supporting=[other_department],
        owner=liaison,
        due=date(2026, 3, 13),
    )
    item.edit({"due": date(2026, 3, 31)}, by=officer, text="汛情")
    item.quotes.create(
        text="二号桥月底前加固完毕。", speech_ref=7, start=120, end=132, speech_title="防汛会讲话"
    )
    return item


def said(response):
    """The message after the redirect."""
    return " ".join(str(message) for message in response.context["messages"])


def test_both_dates_and_both_overdue_counts_are_shown(as_officer, item):
    page = as_officer.get(item.get_absolute_url()).content.decode()
    assert "超期10个工作日" in page
    assert "延期1次；按现时限超10、按原定超22个工作日" in page
    assert "现时限3月31日已过。按原定时限3月13日考核。" in page


@pytest.mark.parametrize(
    ("status", "due", "warns"),
    [
        (Status.DRAFT, date(2026, 4, 10), True),
        (Status.APPROVAL, date(2026, 4, 10), True),
        (Status.DRAFT, date(2026, 4, 15), False),
        (Status.IN_PROGRESS, date(2026, 4, 10), False),
    ],
    ids=["draft", "to approve", "due today", "issued"],
)
def test_a_date_that_is_past_is_named_before_the_item_is_issued(as_officer, status, due, warns):
    page = as_officer.get(ActionItemFactory(status=status, due=due).get_absolute_url()).content.decode()
    assert ("已过，交办后即为超期（3个工作日）" in page) == warns


def test_the_sentence_of_the_speech_is_one_click_away(as_officer, item):
    assert (
        f"{reverse('speeches:detail', args=[7])}?at=120"
        in as_officer.get(item.get_absolute_url()).content.decode()
    )


def test_a_department_reads_the_quote_but_has_no_way_to_the_speech(as_liaison, item):
    page = as_liaison.get(item.get_absolute_url()).content.decode()
    assert "二号桥月底前加固完毕。" in page
    assert "?at=120" not in page


def test_neighbours_of_the_list_it_was_opened_from(as_officer, item):
    other = ActionItemFactory(due=date(2026, 4, 1))
    ActionItemFactory(due=date(2026, 9, 1))
    page = as_officer.get(item.get_absolute_url(), {"back": "view=overdue&sort=due"}).content.decode()
    assert "第1件，共2件" in page
    assert f'href="{other.get_absolute_url()}?back=view%3Doverdue%26sort%3Ddue" rel="next"' in page


def test_another_departments_item_does_not_exist(client, item):
    client.force_login(PersonFactory(roles=[("liaison", DepartmentFactory())]))
    for name in ("detail", "report", "no-change"):
        assert client.post(reverse(f"items:{name}", args=[item.pk])).status_code in (404, 405)
    assert client.get(item.get_absolute_url()).status_code == 404
    assert client.post(reverse("items:move", args=[item.pk, "submit"]), {"reason": "x"}).status_code == 404


def test_a_draft_is_not_shown_to_its_department(as_liaison, department):
    assert (
        as_liaison.get(ActionItemFactory(lead=department, status=Status.DRAFT).get_absolute_url()).status_code
        == 404
    )


def test_a_supporting_department_reads_but_does_not_act(client, outsider, item):
    client.force_login(outsider)
    assert "由牵头单位统一反馈" in client.get(item.get_absolute_url()).content.decode()
    assert client.post(reverse("items:report", args=[item.pk]), {"progress": "x"}).status_code == 403
    assert client.post(reverse("items:move", args=[item.pk, "submit"]), {"reason": "x"}).status_code == 403


def test_a_leader_reads_without_an_action_panel(client, leader, item):
    client.force_login(leader)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "督办操作" not in page
    assert "登记反馈" not in page


def test_moves_are_posted(as_officer, item):
    assert as_officer.get(reverse("items:move", args=[item.pk, "close"])).status_code == 405


def test_a_move_that_does_not_exist_is_refused(as_officer, item):
    assert as_officer.post(reverse("items:move", args=[item.pk, "explode"])).status_code == 403


def test_closing_twice_closes_once_and_says_so(as_officer, item):
    url = reverse("items:move", args=[item.pk, "close"])
    as_officer.post(url)
    assert "事项现为“已办结”，不能办结销号" in said(as_officer.post(url, follow=True))
    assert item.events.filter(kind=EventKind.CLOSED).count() == 1


def test_a_department_cannot_close_what_it_leads(as_liaison, item):
    assert as_liaison.post(reverse("items:move", args=[item.pk, "close"])).status_code == 403


def test_a_move_keeps_the_way_back_to_the_list(as_officer, item):
    form = {"reason": "等批复", "back": "view=overdue&page=2"}
    response = as_officer.post(reverse("items:move", args=[item.pk, "hold"]), form)
    assert response.url == f"{item.get_absolute_url()}?back=view%3Doverdue%26page%3D2"


def test_a_missing_reason_is_asked_for(as_officer, item):
    response = as_officer.post(reverse("items:move", args=[item.pk, "hold"]), follow=True)
    assert "挂起需要写明原因" in said(response)


def test_progress_is_reported_once_however_often_the_button_is_pressed(as_liaison, item, department, liaison):
    form = {"progress": "桩基完成", "percent": "60", "problem": "缺水泥", "needs_meeting": "on"}
    for _ in range(2):
        as_liaison.post(reverse("items:report", args=[item.pk]), form)
    report = item.feedbacks.get()
    assert (report.department, report.author, report.percent, report.needs_meeting) == (
        department,
        liaison,
        60,
        True,
    )
    assert "需会议协调" in as_liaison.get(item.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"progress": ""}, "请写明本期进展"),
        ({"progress": "桩基完成", "percent": "101"}, "完成率不能大于 100"),
        ({"progress": "桩基完成", "percent": "一半"}, "完成率请填 0 到 100 的整数"),
    ],
)
def test_a_report_with_a_mistake_keeps_what_was_typed(as_liaison, item, form, message):
    response = as_liaison.post(reverse("items:report", args=[item.pk]), {**form, "problem": "缺水泥"})
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert "缺水泥" in page
    assert not item.feedbacks.exists()


def test_no_change_is_one_click_and_twice_is_once(as_liaison, item):
    for _ in range(2):
        as_liaison.post(reverse("items:no-change", args=[item.pk]))
    assert [report.progress for report in item.feedbacks.all()] == ["无新进展"]


@pytest.mark.parametrize(
    ("status", "reason"),
    [(Status.SUBMITTED, "已报办结，等待审核"), (Status.ON_HOLD, "已挂起"), (Status.ISSUED, "请先签收")],
)
def test_where_no_report_is_possible_the_page_says_why(as_liaison, item, status, reason):
    ActionItem.objects.filter(pk=item.pk).update(status=status)
    page = as_liaison.get(item.get_absolute_url()).content.decode()
    assert reason in page
    assert 'name="progress"' not in page
    as_liaison.post(reverse("items:report", args=[item.pk]), {"progress": "x"})
    assert not item.feedbacks.exists()


def test_a_wrong_date_from_the_items_own_panel_comes_back_to_the_item(as_officer, item):
    form = {"ids": f"{item.pk}-{item.version}", "item": item.pk, "state": "", "action": "due", "due": "不日"}
    response = as_officer.post(reverse("items:bulk"), form)
    assert response.status_code == 422
    assert "“不日”不是有效日期" in response.content.decode()
    assert 'value="不日"' in response.content.decode()


@pytest.mark.parametrize("rows", [5, 25])
def test_the_number_of_queries_does_not_grow_with_the_history(
    as_officer, item, officer, rows, django_assert_num_queries
):
    for number in range(rows):
        report_progress(item=item, by=officer, department=item.lead, progress=f"第{number}段完成")
        item.record(EventKind.CHASED, by=officer)
        ActionItemFactory(due=date(2026, 4, 1))
    with django_assert_num_queries(28):
        as_officer.get(item.get_absolute_url(), {"back": "view=overdue"})
