"""Moves with what they bring along: approval, holding, closing, returning, the recycle bin."""

from datetime import date

import pytest
import time_machine

from tests.factories import ActionItemFactory, DepartmentFactory
from tracker.items.extensions import ask_extension
from tracker.items.models import ActionItem
from tracker.items.parts import give_part
from tracker.items.states import (
    ApprovalRequired,
    ClosingKind,
    IllegalMove,
    MoveRefused,
    PartsOpen,
    SecondPersonRequired,
    Status,
)
from tracker.items.workflow import make_move, send_out
from tracker.org.models import DepartmentGroup, Office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]


def on(day: str):
    return time_machine.travel(f"{day}T10:00:00+08:00", tick=False)


@pytest.fixture
def approving(db):
    Office.objects.create(pk=1, needs_approval=True)


def test_an_office_with_approval_issues_nothing_unseen(approving, officer):
    item = ActionItemFactory(status=Status.DRAFT)
    with pytest.raises(ApprovalRequired):
        make_move(item=item, name="issue", by=officer)
    send_out(item=item, by=officer)
    assert item.status == Status.APPROVAL


def test_who_proposed_does_not_approve(approving, officer, second_officer):
    item = ActionItemFactory(status=Status.DRAFT, issued_on=None)
    send_out(item=item, by=officer)
    with pytest.raises(SecondPersonRequired):
        make_move(item=item, name="approve", by=officer)
    make_move(item=item, name="approve", by=second_officer)
    assert (item.status, item.issued_on) == (Status.ISSUED, date(2026, 4, 15))


def test_an_item_sent_back_and_proposed_by_another_is_approved_by_the_first(
    approving, officer, second_officer
):
    item = ActionItemFactory(status=Status.DRAFT)
    send_out(item=item, by=officer)
    make_move(item=item, name="send_back", by=second_officer, reason="时限不妥")
    send_out(item=item, by=second_officer)
    make_move(item=item, name="approve", by=officer)
    assert item.status == Status.ISSUED


@pytest.mark.parametrize("status", [Status.ISSUED, Status.IN_PROGRESS, Status.RETURNED])
def test_holding_and_resuming_restores_the_state_before(officer, status):
    item = ActionItemFactory(status=status)
    make_move(item=item, name="hold", by=officer, reason="等上级文件")
    make_move(item=item, name="resume", by=officer)
    assert item.status == status


def test_the_clock_stands_still_on_hold(officer):
    item = ActionItemFactory(due=date(2026, 4, 17))
    make_move(item=item, name="hold", by=officer, reason="等上级文件")  # two working days were left
    with on("2026-04-22"):
        make_move(item=item, name="resume", by=officer)
    assert (item.due, item.original_due, item.extensions) == (date(2026, 4, 24), date(2026, 4, 17), 0)
    assert item.assessed_due == date(2026, 4, 24)
    assert item.events.first().changes == {"due": ["2026-04-17", "2026-04-24"]}


@pytest.mark.parametrize("before", [Status.IN_PROGRESS, Status.RETURNED])
def test_recalling_a_closing_request_restores_the_state_before(officer, liaison, before):
    item = ActionItemFactory(status=before)
    make_move(item=item, name="submit", by=liaison, reason="已完成", department=item.lead)
    make_move(item=item, name="recall", by=liaison)
    assert item.status == before
    assert item.closing_requests.get().state == "recalled"


@pytest.mark.parametrize(
    ("asked_on", "kind"),
    [
        pytest.param("2026-04-17", ClosingKind.ON_TIME, id="the-day-itself"),
        pytest.param("2026-04-20", ClosingKind.LATE, id="the-working-day-after"),
    ],
)
def test_a_close_counts_by_the_day_it_was_asked_for(officer, liaison, asked_on, kind):
    item = ActionItemFactory(due=date(2026, 4, 17))
    with on(asked_on):
        make_move(item=item, name="submit", by=liaison, reason="已完成", department=item.lead)
    with on("2026-04-27"):
        make_move(item=item, name="close", by=officer, reason="同意")
    assert (item.closing_kind, item.closed_on) == (kind, date(2026, 4, 27))
    assert item.closing_requests.get().closing_kind == kind


def test_what_falls_due_on_a_saturday_is_on_time_on_monday(officer):
    item = ActionItemFactory(due=date(2026, 4, 18))
    with on("2026-04-20"):
        make_move(item=item, name="close", by=officer)
    assert item.closing_kind == ClosingKind.ON_TIME


def test_an_extended_item_is_late_against_its_original_date(officer):
    item = ActionItemFactory(due=date(2026, 5, 29), original_due=date(2026, 4, 10))
    make_move(item=item, name="close", by=officer)
    assert item.closing_kind == ClosingKind.LATE


def test_a_staged_close_asked_for_is_granted_as_one(officer, liaison):
    item = ActionItemFactory()
    make_move(item=item, name="submit", by=liaison, reason="长期坚持", staged=True)
    make_move(item=item, name="close", by=officer)
    assert item.closing_kind == ClosingKind.STAGED


def test_a_reopened_item_keeps_its_closing_history(officer):
    item = ActionItemFactory()
    make_move(item=item, name="close", by=officer, reason="材料齐全")
    make_move(item=item, name="reopen", by=officer, reason="回头看发现反弹")
    assert (item.closed_on, item.closing_kind) == (None, "")
    closing = item.events.get(kind="closed")
    assert closing.changes == {"closed_on": ["", "2026-04-15"], "closing_kind": ["", "on_time"]}


def test_closing_with_open_parts_asks_first(officer, other_department):
    item = ActionItemFactory()
    give_part(item=item, department=other_department, by=officer, title="印发通知")
    with pytest.raises(PartsOpen, match="尚有 1 项分办未完成"):
        make_move(item=item, name="close", by=officer)
    make_move(item=item, name="close", by=officer, despite_parts=True)
    assert item.status == Status.CLOSED


def test_an_item_that_ends_needs_no_more_time(officer, liaison):
    item = ActionItemFactory(due=date(2026, 4, 30))
    asked = ask_extension(
        item=item, by=liaison, department=item.lead, wanted=date(2026, 5, 30), reason="汛期", done="过半"
    )
    make_move(item=item, name="close", by=officer)
    asked.refresh_from_db()
    assert asked.state == "recalled"


def test_a_refused_move_leaves_no_trace(officer):
    item = ActionItemFactory(status=Status.DRAFT)
    with pytest.raises(IllegalMove):
        make_move(item=item, name="sign", by=officer)
    assert not item.events.exists()


def test_a_group_item_is_issued_to_every_member_once(officer):
    schools = DepartmentFactory.create_batch(9)
    closed = DepartmentFactory(is_active=False)
    group = DepartmentGroup.objects.create(name="各学校")
    group.members.set([*schools, closed])
    item = ActionItemFactory(status=Status.DRAFT, lead=None)
    item.groups.set([group])
    make_move(item=item, name="issue", by=officer)
    make_move(item=item, name="refuse", by=officer, reason="重新明确")
    make_move(item=item, name="issue", by=officer)
    counted = ActionItem.objects.with_part_counts().get(pk=item.pk)
    assert (counted.parts_total, counted.parts_signed, counted.parts_done) == (9, 0, 0)


def test_the_recycle_bin_hides_and_gives_back(officer):
    item = ActionItemFactory(status=Status.DRAFT)
    for _ in range(2):
        item.discard(by=officer, reason="重复登记")
    assert not ActionItem.objects.filter(pk=item.pk).exists()
    assert ActionItem.everything.discarded().get() == item
    for _ in range(2):
        item.restore(by=officer)
    assert ActionItem.objects.get() == item
    assert [event.kind for event in item.events.all()] == ["restored", "discarded"]


def test_what_a_department_has_in_hand_is_not_binned(officer):
    with pytest.raises(MoveRefused, match="已交办"):
        ActionItemFactory().discard(by=officer)
