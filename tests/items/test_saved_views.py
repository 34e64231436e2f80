"""Saved views and the choice of columns."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories import ActionItemFactory
from tracker.items.columns import COLUMNS, STANDARD, read_columns, write_columns
from tracker.items.export import HEADER_ROW
from tracker.items.models import LedgerChoice, SavedView
from tracker.items.tables import LedgerTable

pytestmark = pytest.mark.usefixtures("wednesday")
LEDGER, SAVE, CHOOSE = reverse("items:ledger"), reverse("items:view-save"), reverse("items:columns")


@pytest.fixture
def saved(as_officer):
    """The officer's view of one source, kept through the page."""
    as_officer.post(SAVE, {"name": "防汛", "state": "view=all&source=防汛会&sort=-due&page=3"})
    return SavedView.objects.get()


def heads(response):
    """The shown columns."""
    return [column.name for column in response.context["table"].columns]


def test_a_view_keeps_filter_and_order_but_no_page(as_officer, saved):
    ActionItemFactory(source="防汛会")
    ActionItemFactory()
    assert (saved.name, "page" in saved.state, "sort=-due" in saved.state) == ("防汛", False, True)
    listing = as_officer.get(saved.url).context["listing"]
    assert ([item.source for item in listing.rows], listing.saved) == (["防汛会"], saved)


def test_saving_under_the_same_name_replaces(as_officer, saved):
    as_officer.post(SAVE, {"name": "防汛", "state": "view=overdue"})
    assert SavedView.objects.get().state == "view=overdue"


@pytest.mark.parametrize("name", ["", " ", "长" * 31, "\x00"])
def test_a_name_that_is_none_is_refused(as_officer, name):
    as_officer.post(SAVE, {"name": name, "state": "view=all"})
    assert not SavedView.objects.exists()


def test_only_officers_share(client, as_officer, liaison):
    as_officer.post(SAVE, {"name": "大家的", "state": "view=overdue", "shared": "on"})
    client.force_login(liaison)
    client.post(SAVE, {"name": "我的", "state": "view=all", "shared": "on"})
    assert dict(SavedView.objects.values_list("name", "shared")) == {"大家的": True, "我的": False}
    assert [view.name for view in client.get(LEDGER).context["views"]] == ["我的", "大家的"]


def test_a_shared_view_shows_only_what_its_reader_may_see(client, as_officer, liaison, department):
    ActionItemFactory(lead=department, title="自己牵头")
    ActionItemFactory(title="别人牵头")
    as_officer.post(SAVE, {"name": "大家的", "state": "view=all", "shared": "on"})
    client.force_login(liaison)
    listing = client.get(SavedView.objects.get().url).context["listing"]
    assert [item.title for item in listing.rows] == ["自己牵头"]


def test_a_private_view_is_nobody_elses(client, saved, second_officer):
    client.force_login(second_officer)
    change = reverse("items:view-change", args=[saved.pk])
    assert client.post(change, {"action": "delete"}).status_code == 404
    assert client.get(saved.url).context["listing"].saved is None


def test_a_shared_view_is_looked_after_by_its_owner(client, as_officer, saved, second_officer, administrator):
    SavedView.objects.update(shared=True)
    change = reverse("items:view-change", args=[saved.pk])
    client.force_login(second_officer)
    assert client.post(change, {"action": "delete"}).status_code == 403
    client.force_login(administrator)
    client.post(change, {"action": "delete"})
    assert not SavedView.objects.exists()


def test_a_view_is_renamed_but_not_onto_another(as_officer, saved):
    as_officer.post(SAVE, {"name": "另一个", "state": ""})
    change = reverse("items:view-change", args=[saved.pk])
    for name in ("另一个", "汛期"):
        as_officer.post(change, {"action": "rename", "name": name})
    saved.refresh_from_db()
    assert (saved.name, SavedView.objects.count()) == ("汛期", 2)


def test_the_ledger_opens_with_the_chosen_view(as_officer, saved):
    change = reverse("items:view-change", args=[saved.pk])
    as_officer.post(change, {"action": "open"})
    assert as_officer.get(LEDGER).url == saved.url
    assert as_officer.get(LEDGER, {"view": "open"}).status_code == 200
    as_officer.post(change, {"action": "stop-opening"})
    assert as_officer.get(LEDGER).status_code == 200


def test_deleting_the_view_it_opens_with_is_harmless(as_officer, saved):
    change = reverse("items:view-change", args=[saved.pk])
    as_officer.post(change, {"action": "open"})
    as_officer.post(change, {"action": "delete"})
    assert as_officer.get(LEDGER).status_code == 200


def test_columns_are_chosen_in_an_order_and_remembered(as_officer):
    form = {"column": ["title", "light", "owner"], "at-owner": "1", "at-title": "3", "at-light": "2"}
    as_officer.post(CHOOSE, {**form, "state": ""})
    assert heads(as_officer.get(LEDGER)) == ["pick", "owner", "light", "title"]
    as_officer.post(CHOOSE, {"reset": "1", "state": ""})
    assert heads(as_officer.get(LEDGER)) == ["pick", *STANDARD]


def test_an_open_view_of_ones_own_keeps_its_own_columns(as_officer, saved):
    as_officer.post(CHOOSE, {"column": ["title", "level"], "state": f"saved={saved.pk}"})
    assert heads(as_officer.get(saved.url)) == ["pick", "title", "level"]
    assert heads(as_officer.get(LEDGER, {"view": "open"})) == ["pick", *STANDARD]


def test_nonsense_in_the_choice_is_the_standard(as_officer):
    as_officer.post(CHOOSE, {"column": ["x", "; drop"], "at-x": "9" * 50, "state": "saved=99999999999999"})
    assert heads(as_officer.get(LEDGER)) == ["pick", *STANDARD]
    assert LedgerChoice.objects.get().columns == ""


@pytest.mark.parametrize(
    ("text", "keys"),
    [("", STANDARD), ("light,title", ("light", "title")), ("light", ("title", "light")), ("x,y", STANDARD),
     ("due,due,title", ("due", "title"))],
)  # fmt: skip
def test_a_word_list_is_read(text, keys):
    assert read_columns(text) == keys


def test_the_standard_columns_are_kept_as_nothing():
    assert write_columns(STANDARD) == ""
    assert write_columns(("light", "title")) == "light,title"


def test_every_column_of_the_choice_is_in_the_table():
    assert set(COLUMNS) == set(LedgerTable.base_columns) - {"pick"}


def test_all_columns_at_once_show_what_they_say(as_officer, officer, leader, department):
    item = ActionItemFactory(
        leader=leader, owner=officer, level="重点", due=date(2026, 4, 10), lead=department, extensions=2
    )
    item.feedbacks.create(
        day=date(2026, 4, 1), progress="已开工", problem="缺料", next_step="备料", percent=40
    )
    item.parts_given.create(department=department, given_on=date(2026, 4, 1))
    as_officer.post(CHOOSE, {"column": list(COLUMNS), "state": ""})
    row = next(iter(as_officer.get(LEDGER).context["table"].page.object_list))
    shown = {name: str(row.get_cell(name)) for name in COLUMNS}
    facts = (
        "leader",
        "owner",
        "level",
        "extensions",
        "problem",
        "next",
        "percent",
        "parts",
        "on_original",
        "cycle",
    )
    assert [shown[name] for name in facts] == [
        "周副局长", "林督查", "重点", "2", "缺料", "备料", "40%", "0/1", "3", "一次性",
    ]  # fmt: skip
    assert shown["still"] == "9"  # working days since 1 April: 清明 is off


def test_the_number_of_queries_does_not_grow_with_all_columns(as_officer, django_assert_max_num_queries):
    as_officer.post(CHOOSE, {"column": list(COLUMNS), "state": ""})
    ActionItemFactory.create_batch(25)
    with django_assert_max_num_queries(33):
        as_officer.get(LEDGER, {"per_page": 50})


def test_an_export_follows_the_columns_when_asked_to(as_officer):
    ActionItemFactory()
    as_officer.post(
        CHOOSE, {"column": ["title", "due", "parts"], "at-due": "1", "at-title": "2", "at-parts": "3"}
    )
    response = as_officer.get(reverse("items:export"), {"columns": "chosen"})
    sheet = load_workbook(BytesIO(response.content)).active
    head = [cell.value for cell in sheet[HEADER_ROW]]
    assert head == ["序号", "现时限", "来源", "督办事项", "分办完成数"]
