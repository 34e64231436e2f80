"""Changing an item, alone and at the same time as somebody else."""

from datetime import date

import pytest
from django.urls import reverse
from lxml import html

from tests.factories import ActionItemFactory, DepartmentFactory
from tracker.items.models import ActionItem
from tracker.items.states import EventKind

pytestmark = pytest.mark.usefixtures("wednesday")


@pytest.fixture
def item(department):
    return ActionItemFactory(
        title="加固二号桥", lead=department, due=date(2026, 4, 30), feedback_cycle="once"
    )


@pytest.fixture
def form(as_officer, item):
    """What a browser would send back of the edit page, hidden values included."""
    shown = as_officer.get(reverse("items:edit", args=[item.pk])).context["form"]
    data = {"version": item.version}
    for name in shown.fields:
        value = shown[name].value()
        for key in (name, f"initial-{name}"):
            if name != "version":
                data[key] = (
                    ""
                    if value is None
                    else [getattr(v, "pk", v) for v in value]
                    if name == "supporting"
                    else value
                )
    return data


@pytest.fixture
def save(as_officer, item):
    return lambda data: as_officer.post(reverse("items:edit", args=[item.pk]), data)


def test_only_what_was_changed_is_written_in_one_event(save, form, item):
    save(form | {"title": "加固二号桥和三号桥", "due": "5月6日"})
    item.refresh_from_db()
    assert (item.title, item.due, item.original_due) == (
        "加固二号桥和三号桥",
        date(2026, 5, 6),
        date(2026, 4, 30),
    )
    assert set(item.events.get().changes) == {"title", "due"}


def test_saving_without_a_change_writes_nothing(save, form, item):
    save(form)
    assert not item.events.exists()


def test_a_new_lead_brings_its_handler(save, form, item, outsider, other_department):
    save(form | {"lead": other_department.pk})
    item.refresh_from_db()
    assert (item.lead, item.owner) == (other_department, outsider)
    assert item.events.get().kind == EventKind.REASSIGNED


def test_a_date_that_is_no_date_is_said_and_the_text_kept(save, form, item):
    response = save(form | {"title": "改过的名称", "due": "月底吧"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "“月底吧”不是有效日期" in page
    assert "改过的名称" in page
    assert not item.events.exists()


def test_different_fields_changed_at_once_are_both_kept(save, form, item, second_officer):
    ActionItem.objects.get(pk=item.pk).edit({"title": "别人改的"}, by=second_officer)
    save(form | {"due": "5月6日"})
    item.refresh_from_db()
    assert (item.title, item.due) == ("别人改的", date(2026, 5, 6))


@pytest.fixture
def conflict(save, form, item, second_officer):
    """The page that comes when both changed the due date; I changed the title as well."""
    ActionItem.objects.get(pk=item.pk).edit({"due": date(2026, 5, 20)}, by=second_officer)
    return save(form | {"due": "5月6日", "title": "我改的"})


def test_the_same_field_changed_at_once_shows_both_values(conflict, item):
    page = conflict.content.decode()
    assert conflict.status_code == 409
    assert "周督查" in page
    assert "2026年5月6日" in page
    assert "2026年5月20日" in page
    item.refresh_from_db()
    assert item.due == date(2026, 5, 20)


@pytest.mark.parametrize(("choice", "due"), [("mine", date(2026, 5, 6)), ("theirs", date(2026, 5, 20))])
def test_the_chosen_value_is_written(conflict, save, item, choice, due):
    fields = html.fromstring(conflict.content).xpath(
        "//form[contains(@class,'formpage')]//input[@type='hidden']"
    )
    data = {field.name: field.value or "" for field in fields if field.name != "csrfmiddlewaretoken"}
    save(data | {"take_due": choice})
    item.refresh_from_db()
    assert (item.due, item.title) == (due, "我改的")


def test_editing_is_the_officers(as_liaison, item):
    assert as_liaison.get(reverse("items:edit", args=[item.pk])).status_code == 403


def test_what_the_speech_calls_the_supporting_units_stands_until_somebody_names_them(item, officer):
    known, chosen = DepartmentFactory(), DepartmentFactory()
    item.supporting.set([known])
    ActionItem.objects.filter(pk=item.pk).update(supporting_text="各学校")
    item.refresh_from_db()
    assert item.supporting_words == f"{known}、各学校"
    item.edit({"supporting": [known, chosen]}, by=officer)
    assert item.supporting_words == f"{known}、{chosen}"
