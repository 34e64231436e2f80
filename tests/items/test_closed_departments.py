"""A department that was closed stays on its old items and is offered nowhere else."""

import pytest
from django.urls import reverse

from speeches.card_form import CardForm
from tests.factories import ActionItemFactory, DepartmentFactory
from tracker.items.forms import CreateForm, EditForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed():
    return DepartmentFactory(name="撤并科", is_active=False)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (CreateForm, "lead"), (CreateForm, "supporting"), (EditForm, "lead"),
        (CardForm, "lead"), (CardForm, "supporting"),
    ],
)  # fmt: skip
def test_it_is_not_offered(closed, form, field):
    made = form(instance=ActionItemFactory()) if form is EditForm else form()
    assert closed not in made.fields[field].queryset


def test_the_ledger_offers_it_neither_to_filter_nor_to_assign(as_officer, closed):
    ActionItemFactory()
    assert "撤并科" not in as_officer.get(reverse("items:ledger"), {"view": "all"}).content.decode()


@pytest.mark.parametrize("role", ["lead", "supporting"])
def test_it_is_kept_on_the_items_it_has(closed, role):
    item = ActionItemFactory(**{role: closed if role == "lead" else [closed]})
    assert closed in EditForm(instance=item).fields[role].queryset


def test_saving_an_old_item_leaves_its_closed_department(as_officer, closed):
    item = ActionItemFactory(lead=closed, title="修缮校舍")
    url = reverse("items:edit", args=[item.pk])
    lead = as_officer.get(url).context["form"]["lead"].value()
    sent = {"version": item.version, "feedback_cycle": "once", "lead": lead, "initial-lead": lead}
    as_officer.post(url, sent | {"initial-title": item.title, "title": "修缮全部校舍"})
    item.refresh_from_db()
    assert (item.title, item.lead) == ("修缮全部校舍", closed)
