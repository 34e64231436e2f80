"""What many tests share: one person in every role, a fixed day, the gold folder."""

import os
from pathlib import Path

import pytest
import time_machine

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "0" * 40)
# Playwright keeps an event loop running in the process, in which Django would refuse the next test's queries.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from tests.factories import DepartmentFactory, PersonFactory

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(autouse=True)
def _plain_settings(settings, tmp_path):
    """No manifest of static files, no slow password hashes, uploads in a folder that goes away."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.AXES_ENABLED = False


@pytest.fixture
def wednesday():
    """The product's clock stands at 2026-04-15 (a Wednesday), 09:40 in the office."""
    with time_machine.travel("2026-04-15T09:40:00+08:00", tick=False):
        yield


@pytest.fixture
def shared() -> Path:
    """The folder with real speeches and gold labels; tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not on this machine")
    return SHARED


@pytest.fixture
def department(db):
    return DepartmentFactory(name="基础教育科")


@pytest.fixture
def other_department(db):
    return DepartmentFactory(name="计划财务科")


@pytest.fixture
def officer(db):
    return PersonFactory(name="林督查", roles=["officer"])


@pytest.fixture
def second_officer(db):
    return PersonFactory(name="周督查", roles=["officer"])


@pytest.fixture
def principal(db):
    return PersonFactory(name="陈局长", roles=["principal"])


@pytest.fixture
def administrator(db):
    return PersonFactory(name="管理员", roles=["admin"])


@pytest.fixture
def liaison(department):
    """Reports for `department`."""
    return PersonFactory(name="方联络", roles=[("liaison", department)])


@pytest.fixture
def outsider(other_department):
    """Reports for another department."""
    return PersonFactory(name="丁联络", roles=[("liaison", other_department)])


@pytest.fixture
def leader(department):
    """分管领导 of `department`."""
    person = PersonFactory(name="周副局长", roles=["leader"])
    department.leader = person
    department.save(update_fields=["leader"])
    return person


@pytest.fixture
def as_officer(client, officer):
    """A browser session of the officer."""
    client.force_login(officer)
    return client


@pytest.fixture
def as_liaison(client, liaison):
    """A browser session of the department's 联络员."""
    client.force_login(liaison)
    return client


@pytest.fixture(autouse=True, scope="session")
def _tables_can_be_emptied():
    """Tests with real transactions end by emptying every table; the append-only history lets only them do so."""
    from django.core.management.commands import flush
    from django.db import connections

    from tracker.items import append_only

    emptying = flush.Command.handle

    def handle(self, **options):
        connection = connections[options["database"]]
        append_only.remove(connection)
        try:
            emptying(self, **options)
        finally:
            append_only.install(connection)

    flush.Command.handle = handle
    yield
    flush.Command.handle = emptying
