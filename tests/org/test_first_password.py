"""Whoever got a password from the administrator chooses their own before anything else."""

import pytest
from django.urls import reverse

from tests.factories import PersonFactory
from tracker.org import directory

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(client):
    person = PersonFactory(name="方晓", roles=["officer"])
    secret = directory.give_password(person)
    client.force_login(person)
    return person, secret


@pytest.mark.parametrize("name", ["items:ledger", "desk:home"])
@pytest.mark.usefixtures("newcomer")
def test_every_page_leads_to_the_password(client, name):
    response = client.get(reverse(name))
    assert (response.status_code, response.url) == (302, reverse("password"))


@pytest.mark.usefixtures("newcomer")
def test_leaving_is_always_possible(client):
    assert client.post(reverse("logout")).url == "/login/"


def test_an_own_password_opens_everything(client, newcomer):
    person, secret = newcomer
    assert "现用密码由管理员设定" in client.get(reverse("password")).content.decode()
    new = {"new_password1": "lan-pu-9274", "new_password2": "lan-pu-9274"}
    client.post(reverse("password"), {"old_password": secret, **new})
    person.refresh_from_db()
    assert not person.must_change_password
    assert client.get(reverse("items:ledger")).status_code == 200


def test_a_password_given_anew_must_be_changed_again(newcomer):
    person, _ = newcomer
    person.must_change_password = False
    person.save()
    directory.give_password(person)
    person.refresh_from_db()
    assert person.must_change_password
