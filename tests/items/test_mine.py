"""我的事项 of a department's 联络员."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import ActionItemFactory
from tracker.items.states import Status

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
    assert "已不属本单位" in " ".join(map(str, response.context["messages"]))
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
    with django_assert_num_queries(19):
        as_liaison.get(MINE)
