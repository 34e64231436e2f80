"""A department's own page."""

import pytest
from django.urls import reverse

from tests.factories import ActionItemFactory
from tests.items.test_export import rows_of

pytestmark = pytest.mark.usefixtures("wednesday")


@pytest.fixture
def url(department, other_department):
    ActionItemFactory(title="自己牵头", lead=department)
    ActionItemFactory(title="帮助别人", lead=other_department, supporting=[department])
    ActionItemFactory(title="无关事项", lead=other_department)
    return reverse("items:department", args=[department.pk])


@pytest.mark.parametrize(
    ("part", "shown"), [("", {"自己牵头", "帮助别人"}), ("lead", {"自己牵头"}), ("co", {"帮助别人"})]
)
def test_it_shows_what_the_department_leads_and_supports(as_officer, url, part, shown):
    listing = as_officer.get(url, {"part": part}).context["listing"]
    assert {item.title for item in listing.rows} == shown


@pytest.mark.parametrize("role", ["officer", "principal", "leader", "liaison"])
def test_those_it_concerns_may_open_it(client, url, role, request):
    client.force_login(request.getfixturevalue(role))
    assert client.get(url).status_code == 200


def test_others_do_not_learn_that_it_exists(client, url, outsider):
    client.force_login(outsider)
    assert client.get(url).status_code == 404


def test_items_opened_from_it_lead_back_to_it(as_officer, url, department):
    item = ActionItemFactory(lead=department)
    back = as_officer.get(url, {"view": "all"}).context["listing"].state
    assert (
        f'href="{url}?view=all#i{item.pk}"'
        in as_officer.get(item.get_absolute_url(), {"back": back}).content.decode()
    )


def test_its_export_has_only_its_items(as_officer, url):
    state = as_officer.get(url).context["listing"].state
    rows = rows_of(as_officer.get(f"{reverse('items:export')}?{state}"))
    assert {row["督办事项"] for row in rows} == {"自己牵头", "帮助别人"}
