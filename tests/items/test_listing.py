"""A list under a query string: views, filters, order, neighbours; numbers that equal their lists."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict

from tests.factories import ActionItemFactory, DepartmentFactory
from tracker.items.listing import Listing
from tracker.items.reckoning import Light
from tracker.items.states import Status
from tracker.items.tables import LedgerTable
from tracker.items.tabs import TABS

pytestmark = pytest.mark.usefixtures("wednesday")


@pytest.fixture
def ledger(officer):
    """Items in every state and with every date round today; returns how to list them."""
    for number, status in enumerate([*Status, *Status, *Status]):
        day = date(2026, 4, 5) + timedelta(days=number)
        closed = date(2026, 4, 9) if status == Status.CLOSED else None
        ActionItemFactory(status=status, due=None if number % 5 == 0 else day, closed_on=closed)
    ActionItemFactory(lead=None, status=Status.DRAFT, due=date(2026, 4, 2))
    return lambda query="": Listing(officer, QueryDict(query))


@pytest.mark.parametrize("key", list(TABS))
def test_the_number_of_a_view_is_the_length_of_its_list(ledger, key):
    listing = ledger(f"view={key}")
    shown = len(listing.rows)
    assert shown == listing.total == sum(listing.legend.values())
    assert key not in listing.tab_counts or listing.tab_counts[key] == shown


def test_the_legend_of_the_open_items_names_four_lights_even_when_zero(officer):
    assert Listing(officer, QueryDict()).legend == dict.fromkeys(list(Light)[:4], 0)


@pytest.mark.parametrize(
    "sort", [None, *(f"{sign}{name}" for name in LedgerTable.base_columns for sign in ("", "-"))]
)
def test_every_order_ends_with_the_primary_key(ledger, sort):
    query = QueryDict(mutable=True)
    if sort:
        query["sort"] = sort
    ordering = Listing(ledger().user, query).rows.query.order_by
    assert ordering[-1] == "pk"


def test_by_default_the_light_decides_then_the_department_then_the_number(officer):
    second, first = DepartmentFactory(position=2), DepartmentFactory(position=1)
    late, soon = date(2026, 4, 1), date(2026, 4, 16)
    wanted = [
        ActionItemFactory(lead=None, due=late, number_seq=9, status=Status.DRAFT),
        ActionItemFactory(lead=first, due=late, number_seq=8),
        ActionItemFactory(lead=second, due=late, number_seq=3),
        ActionItemFactory(lead=second, due=late, number_seq=7),
        ActionItemFactory(lead=first, due=soon, number_seq=1),
    ]
    assert list(Listing(officer, QueryDict()).rows) == wanted


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("light=1", {1}), ("when=week", {2}), ("when=none&view=all", {4}), ("when=past", {1}),
        ("when=month", {1, 2}), ("when=quarter", {1, 2, 3}), ("due_from=4月10日&due_to=4月30日", {2}),
        ("status=on_hold", {3}), ("source=防汛会", {2}), ("q=二号桥", {2}), ("speech=77", {3}), ("view=closed", {5}),
    ],
)  # fmt: skip
def test_filters_choose(officer, query, expected):
    ActionItemFactory(number_seq=1, due=date(2026, 4, 1))
    ActionItemFactory(number_seq=2, due=date(2026, 4, 17), source="防汛会", title="加固二号桥")
    held = ActionItemFactory(number_seq=3, due=date(2026, 5, 30), status=Status.ON_HOLD)
    held.quotes.create(text="停工待料", speech_ref=77)
    ActionItemFactory(number_seq=4, due=None)
    ActionItemFactory(number_seq=5, due=date(2026, 1, 4), status=Status.CLOSED, closed_on=date(2026, 1, 4))
    assert {item.number_seq for item in Listing(officer, QueryDict(query)).rows} == expected


def test_a_department_is_filtered_with_or_without_what_it_supports(officer, department, other_department):
    led = ActionItemFactory(lead=department)
    helped = ActionItemFactory(lead=other_department, supporting=[department])
    assert list(Listing(officer, QueryDict(f"lead={department.pk}")).rows) == [led]
    assert set(Listing(officer, QueryDict(f"lead={department.pk}&co=on")).rows) == {led, helped}


def test_a_search_looks_through_closed_items_as_well(officer):
    item = ActionItemFactory(number_seq=31, status=Status.CLOSED, closed_on=date(2026, 4, 1))
    assert list(Listing(officer, QueryDict("q=31号")).rows) == [item]


def test_a_filter_that_does_not_hold_chooses_nothing(ledger):
    listing = ledger("due_from=明天吧")
    assert not listing.rows
    assert listing.total == 0


def test_neighbours_follow_the_order_of_the_list(officer):
    a, b, c = (ActionItemFactory(due=date(2026, 4, day)) for day in (1, 2, 3))
    listing = Listing(officer, QueryDict("sort=-due"))
    around = listing.around(b.pk)
    assert (around.previous, around.next, around.position, around.total) == (c.pk, a.pk, 2, 3)
    assert listing.around(c.pk).previous is None
    assert listing.around(0) is None


def test_the_state_keeps_what_describes_the_place_and_nothing_else(officer):
    listing = Listing(officer, QueryDict("view=overdue&q=桥&page=2&evil=1&light="))
    assert QueryDict(listing.state).dict() == {"view": "overdue", "q": "桥", "page": "2"}


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("light=9", "灯“9”"), ("status=done", "状态“done”"), ("lead=99999", "牵头单位“99999”"), ("view=xyz", "视图“xyz”"),
        ("sort=-colour", "排序“-colour”"), ("when=xyz", "时限“xyz”"),
    ],
)  # fmt: skip
def test_what_the_address_says_wrongly_is_told_and_not_filtered_by(officer, query, told):
    item = ActionItemFactory()
    listing = Listing(officer, QueryDict(query))
    assert (list(listing.rows), listing.ignored, listing.state) == ([item], [told], "")


def test_a_source_nobody_has_any_more_finds_nothing_and_stays_chosen(officer):
    ActionItemFactory()
    listing = Listing(officer, QueryDict("source=没有的会"))
    assert (list(listing.rows), listing.ignored) == ([], [])
    assert 'value="没有的会" selected' in str(listing.filter.form["source"])


def test_a_closed_department_can_still_be_filtered_by(officer):
    item = ActionItemFactory(lead=DepartmentFactory(is_active=False))
    listing = Listing(officer, QueryDict(f"lead={item.lead_id}"))
    assert (list(listing.rows), listing.ignored) == ([item], [])


def test_what_is_in_the_bin_is_in_no_view(ledger, officer):
    draft = ActionItemFactory(status=Status.DRAFT, lead=None, due=None)
    draft.discard(by=officer)
    for key in TABS:
        assert draft not in list(ledger(f"view={key}").rows)


def test_the_views_of_open_questions_have_their_items(officer, department):
    late = ActionItemFactory(status=Status.ISSUED, issued_on=date(2026, 4, 1), number_seq=1)
    still = ActionItemFactory(issued_on=date(2026, 3, 2), number_seq=2)
    asks = ActionItemFactory(status=Status.RETURNED, issued_on=date(2026, 4, 14), number_seq=3)
    asks.extension_requests.create(
        by=officer, due_then=asks.due, wanted=date(2026, 6, 1), reason="雨", done="半"
    )
    found = {
        key: list(Listing(officer, QueryDict(f"view={key}")).rows)
        for key in ("unsigned", "stagnant", "extension", "returned")
    }
    assert found == {"unsigned": [late], "stagnant": [still], "extension": [asks], "returned": [asks]}
