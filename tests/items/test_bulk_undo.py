"""Taking a bulk change back."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests.factories import ActionItemFactory, DepartmentFactory
from tests.items.test_bulk import BULK, said, sure
from tracker.items.models import ActionItem, BulkChange
from tracker.items.states import EventKind, Status

pytestmark = pytest.mark.usefixtures("wednesday")


def take_back(client):
    """Press 撤销 for the last change."""
    change = BulkChange.objects.latest("pk")
    return client.post(reverse("items:bulk-undo", args=[change.pk]), follow=True)


def columns_of(item):
    """All columns of an item but its version, and its relations."""
    row = ActionItem.everything.filter(pk=item.pk).values().get()
    return {key: value for key, value in row.items() if key != "version"}, set(item.supporting.all())


@pytest.mark.parametrize(
    ("status", "form"),
    [
        pytest.param(Status.IN_PROGRESS, {"action": "due", "due": "5月20日"}, id="due"),
        pytest.param(Status.DRAFT, {"action": "due", "due": "5月20日"}, id="due-of-a-draft"),
        pytest.param(Status.IN_PROGRESS, {"action": "lead", "lead": "DEPARTMENT"}, id="lead"),
        pytest.param(
            Status.IN_PROGRESS, {"action": "edit", "add": "DEPARTMENT", "level": "重点"}, id="several"
        ),
        pytest.param(Status.IN_PROGRESS, {"action": "edit", "clear": ["officer", "source"]}, id="emptied"),
        pytest.param(Status.ISSUED, {"action": "hold", "text": "等会议"}, id="hold"),
        pytest.param(Status.DRAFT, {"action": "discard"}, id="discard"),
    ],
)
def test_everything_is_as_it_was(as_officer, officer, department, liaison, leader, status, form):
    form = {key: department.pk if value == "DEPARTMENT" else value for key, value in form.items()}
    item = ActionItemFactory(
        status=status, officer=officer, source="防汛会", supporting=[DepartmentFactory()]
    )
    before = columns_of(item)
    as_officer.post(BULK, sure(item, **form))
    assert columns_of(item) != before
    response = take_back(as_officer)
    assert columns_of(item) == before
    assert "1 件。" in said(response)
    assert item.events.order_by("-pk").first().kind == EventKind.UNDONE


def test_the_event_says_what_went_back(as_officer):
    item = ActionItemFactory()
    as_officer.post(BULK, sure(item, action="due", due="5月20日"))
    take_back(as_officer)
    event = item.events.get(kind=EventKind.UNDONE)
    assert event.changes == {"due": ["2026-05-20", "2026-04-30"]}
    page = as_officer.get(item.get_absolute_url()).content.decode()
    assert "撤销批量修改" in page


def test_an_item_touched_since_keeps_what_it_has(as_officer, second_officer):
    item, other = ActionItemFactory.create_batch(2)
    as_officer.post(BULK, sure(item, other, action="edit", level="重点"))
    ActionItem.objects.get(pk=item.pk).edit({"level": "一般"}, by=second_officer)
    response = take_back(as_officer)
    assert dict(ActionItem.objects.values_list("pk", "level")) == {item.pk: "一般", other.pk: ""}
    assert "1 件之后又有改动，保持现状" in said(response)


def test_a_second_undo_does_nothing(as_officer):
    item = ActionItemFactory()
    as_officer.post(BULK, sure(item, action="edit", level="重点"))
    take_back(as_officer)
    assert "不能撤销" in said(take_back(as_officer))
    assert item.events.count() == 2


def test_only_the_last_change_is_undone(as_officer):
    item = ActionItemFactory()
    as_officer.post(BULK, sure(item, action="edit", level="重点"))
    first = BulkChange.objects.get()
    as_officer.post(BULK, sure(ActionItemFactory(), action="edit", level="重点"))
    response = as_officer.post(reverse("items:bulk-undo", args=[first.pk]), follow=True)
    assert "不能撤销" in said(response)
    assert ActionItem.objects.get(pk=item.pk).level == "重点"


def test_what_is_old_is_not_undone(as_officer):
    as_officer.post(BULK, sure(ActionItemFactory(), action="edit", level="重点"))
    with time_machine.travel(timezone.now() + timedelta(hours=3), tick=False):
        assert "不能撤销" in said(take_back(as_officer))


def test_what_departments_were_told_is_not_undone(as_officer):
    item = ActionItemFactory(status=Status.DRAFT)
    as_officer.post(BULK, sure(item, action="issue"))
    assert "不能撤销" in said(take_back(as_officer))
    assert ActionItem.objects.get(pk=item.pk).status == Status.ISSUED


def test_nobody_undoes_what_somebody_else_did(client, as_officer, second_officer):
    as_officer.post(BULK, sure(ActionItemFactory(), action="edit", level="重点"))
    client.force_login(second_officer)
    assert take_back(client).status_code == 404


def test_the_ledger_offers_it_until_it_is_done(as_officer):
    as_officer.post(BULK, sure(ActionItemFactory(due=date(2026, 4, 1)), action="edit", level="重点"))
    undo = reverse("items:bulk-undo", args=[BulkChange.objects.get().pk])
    assert undo in as_officer.get(reverse("items:ledger")).content.decode()
    take_back(as_officer)
    assert undo not in as_officer.get(reverse("items:ledger")).content.decode()
