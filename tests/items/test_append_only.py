"""Nobody changes history, not even past the program."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories import ActionItemFactory
from tracker.items.models import Event
from tracker.items.states import EventKind

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement",
    ["UPDATE items_event SET text = '改过'", "DELETE FROM items_event"],
    ids=["update", "delete"],
)
def test_the_database_refuses_to_touch_an_event(officer, statement):
    ActionItemFactory().record(EventKind.CHASED, by=officer, text="请抓紧")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Event.objects.get().text == "请抓紧"
