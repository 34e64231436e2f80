"""The ledger page."""

from datetime import date
from urllib.parse import quote

import pytest
from django.urls import reverse

from tests.factories import ActionItemFactory
from tracker.items.states import Status

pytestmark = pytest.mark.usefixtures("wednesday")
LEDGER = reverse("items:ledger")


def test_the_ledger_shows_open_items_with_their_light(as_officer):
    item = ActionItemFactory(title="加固二号桥", due=date(2026, 4, 10))
    page = as_officer.get(LEDGER).content.decode()
    assert "加固二号桥" in page
    assert "超期 3" in page
    assert f"{item.get_absolute_url()}?back=" in page


def test_an_empty_ledger_tells_how_to_begin(as_officer):
    assert "台账还没有事项" in as_officer.get(LEDGER).content.decode()
    ActionItemFactory(status=Status.CLOSED, closed_on=date(2026, 4, 1))
    assert "没有符合条件的事项" in as_officer.get(LEDGER).content.decode()


def test_a_visitor_is_sent_to_sign_in(client, db):
    assert client.get(LEDGER).status_code == 302


def test_a_department_sees_its_own_items_and_no_bulk_bar(as_liaison, department):
    ActionItemFactory(title="自己牵头", lead=department)
    ActionItemFactory(title="别人牵头")
    page = as_liaison.get(LEDGER).content.decode()
    assert "自己牵头" in page
    assert "别人牵头" not in page
    assert 'class="sel' not in page


def test_a_date_that_is_no_date_is_said_and_kept(as_officer):
    page = as_officer.get(LEDGER, {"due_from": "四月吧"}).content.decode()
    assert "“四月吧”不是有效日期" in page
    assert 'value="四月吧"' in page


@pytest.mark.parametrize("page", ["0", "-1", "999", "x", "9" * 30])
def test_a_page_that_does_not_exist_is_the_first(as_officer, page):
    ActionItemFactory.create_batch(3)
    assert "第 1—3 件" in as_officer.get(LEDGER, {"page": page}).content.decode()


def test_pages_have_the_size_that_was_chosen(as_officer):
    ActionItemFactory.create_batch(25)
    assert "第 1—20 件，共 25 件" in as_officer.get(LEDGER).content.decode()
    assert "第 1—25 件，共 25 件" in as_officer.get(LEDGER, {"per_page": 50}).content.decode()
    assert "第 1—20 件，共 25 件" in as_officer.get(LEDGER, {"per_page": 100000}).content.decode()


def test_pages_of_any_order_show_every_item_once(as_officer):
    items = ActionItemFactory.create_batch(45, due=date(2026, 5, 1))
    seen = [
        row.record.pk
        for page in (1, 2, 3)
        for row in as_officer.get(LEDGER, {"sort": "-status", "page": page}).context["table"].page.object_list
    ]
    assert sorted(seen) == sorted(item.pk for item in items)


def test_links_keep_filter_and_page(as_officer):
    ActionItemFactory.create_batch(45, source="防汛会")
    response = as_officer.get(LEDGER, {"source": "防汛会", "page": 2, "sort": "number"})
    page = response.content.decode()
    assert f"?source={quote('防汛会')}&amp;sort=-number" in page  # sorting starts at page 1
    assert f"source={quote('防汛会')}&amp;sort=number&amp;page=3" in page
    assert "back=" + quote(response.context["listing"].state, safe="") in page


@pytest.mark.parametrize("rows", [5, 25])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    as_officer, rows, department, django_assert_num_queries
):
    for number in range(rows):
        item = ActionItemFactory(
            supporting=[department], status=Status.IN_PROGRESS if number % 2 else Status.ISSUED
        )
        item.feedbacks.create(day=date(2026, 4, 1), progress="已开工", department=department)
    with django_assert_num_queries(32):
        as_officer.get(LEDGER, {"per_page": 50})
