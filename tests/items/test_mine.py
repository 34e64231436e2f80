"""我的事项 of a department's 联络员."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import ActionItemFactory, PersonFactory
from tracker.items.parts import give_part
from tracker.items.states import Status
from tracker.items.workflow import make_move

pytestmark = pytest.mark.usefixtures("wednesday")
MINE = reverse("items:mine")


@pytest.fixture
def items(department):
    return {
        "sign": ActionItemFactory(title="待签的", lead=department, status=Status.ISSUED),
        "late": ActionItemFactory(title="超期的", lead=department, due=date(2026, 4, 1)),
        "rest": ActionItemFactory(title="不急的", lead=department, due=date(2026, 9, 1)),
        "helped": ActionItemFactory(title="配合的", supporting=[department]),
        "foreign": ActionItemFactory(title="别人的"),
    }


@pytest.mark.parametrize(
    ("tab", "shown"),
    [
        ("todo", ["待签的", "超期的", "不急的"]),  # the rest stands below
        ("sign", ["待签的"]),
        ("report", ["超期的"]),
        ("open", ["待签的", "超期的", "不急的"]),
        ("co", ["配合的"]),
    ],
)
def test_each_tab_shows_its_items_to_sign_first(as_liaison, items, tab, shown):
    response = as_liaison.get(MINE, {"tab": tab})
    cards = [*response.context["cards"], *response.context["others"]]
    assert [item.title for item in cards] == shown
    assert "别人的" not in response.content.decode()


def test_the_number_of_a_tab_is_the_length_of_its_list(as_liaison, items):
    tabs = as_liaison.get(MINE).context["tabs"]
    counts = {key: count for key, _, count in tabs}
    assert counts == {"todo": 2, "sign": 1, "report": 1, "open": 3}
    for key, count in counts.items():
        assert len(as_liaison.get(MINE, {"tab": key}).context["cards"]) == count


def test_signing_leads_back_here_and_twice_is_harmless(as_liaison, items):
    url = reverse("items:move", args=[items["sign"].pk, "sign"])
    response = as_liaison.post(url, {"from": "mine", "tab": "sign"})
    assert response.url == f"{MINE}?tab=sign#i{items['sign'].pk}"
    as_liaison.post(url, {"from": "mine"})
    items["sign"].refresh_from_db()
    assert items["sign"].status == Status.IN_PROGRESS
    assert items["sign"].events.count() == 1


def test_refusing_with_a_reason_gives_the_item_back_to_the_officer(as_liaison, items):
    url = reverse("items:move", args=[items["sign"].pk, "refuse"])
    response = as_liaison.post(url, {"from": "mine", "reason": "属计划财务科"}, follow=True)
    assert "已退回督查员" in " ".join(map(str, response.context["messages"]))
    assert "待签的" not in [item.title for item in response.context["cards"]]
    items["sign"].refresh_from_db()
    assert items["sign"].status == Status.DRAFT


def test_an_overdue_item_says_why_it_cannot_be_extended(as_liaison, items):
    assert "已过时限，不能申请延期" in as_liaison.get(MINE).content.decode()


def test_nothing_to_do_is_said(as_liaison):
    assert "没有要处理的事项" in as_liaison.get(MINE).content.decode()


def test_somebody_without_a_department_has_an_empty_page(as_officer, items):
    assert not as_officer.get(MINE).context["cards"]


@pytest.mark.parametrize("rows", [5, 25])
def test_the_number_of_queries_does_not_grow_with_the_items(
    as_liaison, department, other_department, rows, django_assert_num_queries
):
    for number in range(rows):
        fields = {"due": date(2026, 4, 1)} if number % 2 else {"status": Status.ISSUED}
        item = ActionItemFactory(lead=department, supporting=[other_department], **fields)
        item.quotes.create(text="月底前加固完毕。")
        item.feedbacks.create(day=date(2026, 3, 20), progress="已开工", department=department)
    ActionItemFactory(lead=department, due=date(2026, 9, 1)).quotes.create(text="不急。")
    with django_assert_num_queries(20):
        as_liaison.get(MINE)


def test_a_returned_item_shows_the_officers_reason(as_liaison, liaison, officer, department):
    item = ActionItemFactory(lead=department)
    make_move(item=item, name="submit", by=liaison, reason="已加固", department=department)
    make_move(item=item, name="return", by=officer, reason="缺验收单")
    assert "<b>退回意见</b>　缺验收单" in as_liaison.get(MINE).content.decode()


def test_an_extension_is_asked_for_and_taken_back_in_place(as_liaison, department):
    item = ActionItemFactory(lead=department, due=date(2026, 4, 30))
    form = {"wanted": "5月29日", "reason": "降雨", "done": "主体", "from": "mine", "tab": "open"}
    response = as_liaison.post(reverse("items:ask", args=[item.pk]), form)
    assert response.url == f"{MINE}?tab=open#i{item.pk}"
    page = as_liaison.get(MINE, {"tab": "open"}).content.decode()
    assert "4月15日申请延至 5月29日" in page
    assert 'name="wanted"' not in page
    asked = item.extension_requests.get()
    as_liaison.post(reverse("items:extension-recall", args=[asked.pk]), {"from": "mine"})
    assert 'name="wanted"' in as_liaison.get(MINE, {"tab": "open"}).content.decode()


def test_a_closing_request_is_taken_back_in_place(as_liaison, liaison, department):
    item = ActionItemFactory(lead=department)
    make_move(item=item, name="submit", by=liaison, reason="已加固", department=department)
    assert "撤回办结申请" in as_liaison.get(MINE, {"tab": "open"}).content.decode()


def test_what_stands_still_and_what_is_silent_is_said(as_liaison, department):
    ActionItemFactory(lead=department, due=date(2026, 9, 1), feedback_cycle="weekly")
    page = as_liaison.get(MINE).content.decode()
    assert "本期未反馈" in page
    assert "停滞31个工作日" in page


def test_parts_stand_beside_the_items_and_count(as_liaison, officer, department):
    foreign = ActionItemFactory(title="别人牵头的", due=date(2026, 9, 1))
    give_part(item=foreign, department=department, by=officer, title="核拨经费")
    soon = give_part(item=foreign, department=department, by=officer, title="盘点", due=date(2026, 4, 16))
    soon.sign(by=officer)
    response = as_liaison.get(MINE)
    assert {key: count for key, _, count in response.context["tabs"]} == {
        "todo": 2,
        "sign": 1,
        "report": 0,
        "open": 2,
    }
    assert [part.title for part in response.context["own_parts"]] == ["盘点", "核拨经费"]


def test_who_reports_for_several_departments_sees_which_is_meant(client, department, other_department):
    both = PersonFactory(roles=[("liaison", department), ("liaison", other_department)])
    ActionItemFactory(lead=department, title="甲科的")
    ActionItemFactory(lead=other_department, title="乙科的", status=Status.ISSUED)
    client.force_login(both)
    response = client.get(MINE, {"tab": "open"})
    assert {item.title for item in response.context["cards"]} == {"甲科的", "乙科的"}
    assert f"号　{other_department}" in response.content.decode()


@pytest.mark.parametrize("rows", [5, 25])
def test_the_number_of_queries_does_not_grow_with_the_parts(
    as_liaison, department, officer, rows, django_assert_num_queries
):
    for number in range(rows):
        give_part(item=ActionItemFactory(), department=department, by=officer, title=f"第{number}步")
    with django_assert_num_queries(16):
        as_liaison.get(MINE)
