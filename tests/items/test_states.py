"""Moves of the state table."""

import pytest

from tests.factories import ActionItemFactory
from tracker.items.models import ActionItem
from tracker.items.states import EventKind, IllegalMove, LeadRequired, ReasonRequired, Status


def test_issuing_to_nobody_is_refused(officer):
    item = ActionItemFactory(status=Status.DRAFT, lead=None)
    with pytest.raises(LeadRequired):
        item.move("issue", by=officer)
    assert not item.events.exists()


def test_of_two_who_move_at_once_one_wins(officer, second_officer):
    item = ActionItemFactory(status=Status.SUBMITTED)
    mine, theirs = ActionItem.objects.get(pk=item.pk), ActionItem.objects.get(pk=item.pk)
    mine.move("close", by=officer)
    with pytest.raises(IllegalMove, match="现为“已办结”"):
        theirs.move("return", by=second_officer, reason="不全")
    assert [event.kind for event in item.events.all()] == [EventKind.CLOSED]


def test_a_move_that_needs_a_reason_asks_for_it(officer):
    with pytest.raises(ReasonRequired):
        ActionItemFactory(status=Status.SUBMITTED).move("return", by=officer, reason="  ")


def test_a_first_lead_is_an_edit_and_a_second_one_a_reassignment(officer, department, other_department):
    item = ActionItemFactory(lead=None)
    item.edit({"lead": department}, by=officer)
    item.edit({"lead": other_department, "owner": officer}, by=officer)
    assert [event.kind for event in item.events.all()] == [EventKind.REASSIGNED, EventKind.EDITED]
