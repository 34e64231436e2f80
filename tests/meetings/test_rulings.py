"""Rulings: what each kind writes back, what a correction takes back, what a closed meeting refuses."""

from datetime import date, datetime

import pytest

from tests.factories import ActionItemFactory, DepartmentFactory, MeetingFactory, PersonFactory
from tracker.items.models import ActionItem
from tracker.items.states import EventKind, IllegalMove, Status
from tracker.items.workflow import make_move
from tracker.meetings.agenda import agenda_of
from tracker.meetings.models import MeetingClosed, Ruling
from tracker.meetings.rulings import (
    RulingClash,
    RulingIncomplete,
    add_note,
    close_meeting,
    new_item,
    propose,
    record_ruling,
    take_back_ruling,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]
at = datetime.fromisoformat


@pytest.fixture
def meeting(db):
    return MeetingFactory(number=8, held_at=at("2026-04-17T09:00+08:00"))


@pytest.fixture
def item(department):
    return ActionItemFactory(lead=department, due=date(2026, 4, 1))


def kinds(item):
    return [event.kind for event in item.events.order_by("pk")]


def test_a_new_date_keeps_the_original_one(meeting, item, officer):
    record_ruling(meeting=meeting, item=item, kind="reset", due=date(2026, 4, 24), text="抓紧", by=officer)
    item.refresh_from_db()
    assert (item.due, item.original_due, item.extensions) == (date(2026, 4, 24), date(2026, 4, 1), 1)
    assert kinds(item) == [EventKind.DUE_CHANGED, EventKind.RULING]


def test_another_department_takes_over_with_its_people(meeting, item, officer):
    leader = PersonFactory(roles=["leader"])
    new = DepartmentFactory(leader=leader)
    handler = PersonFactory(roles=[("liaison", new)])
    record_ruling(meeting=meeting, item=item, kind="reassign", lead=new, by=officer)
    item.refresh_from_db()
    assert (item.lead, item.leader, item.owner) == (new, leader, handler)
    assert kinds(item)[0] == EventKind.REASSIGNED
    assert kinds(item)[-1] == EventKind.RULING


def test_the_agenda_remembers_who_led_when_the_meeting_came_to_an_item(
    meeting, item, department, other_department, officer
):
    record_ruling(meeting=meeting, item=item, kind="reassign", lead=other_department, by=officer)
    row = next(row for row in agenda_of(meeting).screens if row.item_id == item.pk)
    assert (row.lead_before, row.ruling_lead) == (str(department), str(other_department))


def test_closing_closes_the_item(meeting, item, officer):
    record_ruling(meeting=meeting, item=item, kind="close", text="同意办结", by=officer)
    item.refresh_from_db()
    assert (item.status, item.closed_on) == (Status.CLOSED, date(2026, 4, 15))


@pytest.mark.parametrize("kind", ["continue", "summon"])
def test_words_alone_leave_the_item_as_it_is(meeting, item, officer, kind):
    record_ruling(meeting=meeting, item=item, kind=kind, text="下次例会报结果", by=officer)
    item.refresh_from_db()
    assert (item.due, item.status) == (date(2026, 4, 1), Status.IN_PROGRESS)
    assert "下次例会报结果" in item.events.get(kind=EventKind.RULING).text


def test_the_same_ruling_twice_changes_nothing(meeting, item, officer):
    for _ in range(2):
        record_ruling(meeting=meeting, item=item, kind="reset", due=date(2026, 4, 24), by=officer)
    item.refresh_from_db()
    assert item.extensions == 1
    assert item.events.count() == 2


def test_a_corrected_date_replaces_the_first_and_is_no_second_extension(meeting, item, officer):
    for due in (date(2026, 4, 24), date(2026, 4, 30)):
        record_ruling(meeting=meeting, item=item, kind="reset", due=due, by=officer)
    item.refresh_from_db()
    assert (item.due, item.extensions, Ruling.objects.count()) == (date(2026, 4, 30), 1, 1)


def test_a_date_taken_back_leaves_the_item_as_it_was(meeting, officer):
    item = ActionItemFactory(due=None, original_due=None)
    record_ruling(meeting=meeting, item=item, kind="reset", due=date(2026, 4, 24), by=officer)
    record_ruling(meeting=meeting, item=item, kind="continue", by=officer)
    item.refresh_from_db()
    assert (item.due, item.original_due, item.extensions) == (None, None, 0)


def test_a_closing_taken_back_returns_to_the_state_before(meeting, department, officer):
    item = ActionItemFactory(lead=department, status=Status.SUBMITTED)
    record_ruling(meeting=meeting, item=item, kind="close", by=officer)
    record_ruling(meeting=meeting, item=item, kind="continue", text="材料不齐", by=officer)
    item.refresh_from_db()
    assert (item.status, item.closed_on, item.closing_kind) == (Status.SUBMITTED, None, "")


def test_a_reassignment_taken_back_restores_the_department(
    meeting, item, department, other_department, officer
):
    record_ruling(meeting=meeting, item=item, kind="reassign", lead=other_department, by=officer)
    record_ruling(meeting=meeting, item=item, kind="summon", by=officer)
    item.refresh_from_db()
    assert item.lead == department


def test_a_correction_leaves_alone_what_somebody_changed_since(meeting, item, officer):
    record_ruling(meeting=meeting, item=item, kind="reset", due=date(2026, 4, 24), by=officer)
    item.refresh_from_db()
    item.edit({"due": date(2026, 5, 8)}, by=officer)
    record_ruling(meeting=meeting, item=item, kind="continue", by=officer)
    item.refresh_from_db()
    assert item.due == date(2026, 5, 8)


@pytest.mark.parametrize("kind", ["reset", "reassign"])
def test_a_ruling_that_lacks_its_object_is_refused(meeting, item, officer, kind):
    with pytest.raises(RulingIncomplete):
        record_ruling(meeting=meeting, item=item, kind=kind, by=officer)
    assert not item.events.exists()


def test_an_item_that_cannot_be_closed_leaves_no_half_ruling(meeting, department, officer):
    item = ActionItemFactory(lead=department, status=Status.ON_HOLD)
    with pytest.raises(IllegalMove):
        record_ruling(meeting=meeting, item=item, kind="close", by=officer)
    assert not Ruling.objects.exists()
    assert not item.events.exists()


def test_a_closed_meeting_refuses_rulings_proposals_and_a_second_closing(meeting, item, officer):
    close_meeting(meeting=meeting, by=officer)
    with pytest.raises(MeetingClosed):
        record_ruling(meeting=meeting, item=item, kind="continue", by=officer)
    with pytest.raises(MeetingClosed):
        propose(meeting=meeting, item=item, kind="", proposal="约谈")
    with pytest.raises(MeetingClosed):
        close_meeting(meeting=meeting, by=officer)


def test_a_proposal_is_kept_once_an_item(meeting, item):
    for text in ("约谈", "重定时限至4月24日"):
        propose(meeting=meeting, item=item, kind="", proposal=text)
    assert [entry.proposal for entry in meeting.entries.all()] == ["重定时限至4月24日"]


def test_a_ruling_taken_back_leaves_the_item_as_it_was(meeting, item, officer):
    record_ruling(meeting=meeting, item=item, kind="reset", due=date(2026, 4, 24), by=officer)
    assert take_back_ruling(meeting=meeting, item=item, by=officer)
    assert not take_back_ruling(meeting=meeting, item=item, by=officer)
    item.refresh_from_db()
    assert (item.due, item.extensions, Ruling.objects.count()) == (date(2026, 4, 1), 0, 0)
    assert item.events.first().text.endswith("撤销会议意见：重定时限")


def test_another_department_signs_for_what_it_is_given(meeting, item, other_department, officer):
    record_ruling(meeting=meeting, item=item, kind="reassign", lead=other_department, by=officer)
    item.refresh_from_db()
    assert (item.status, item.sent_on) == (Status.ISSUED, date(2026, 4, 15))
    take_back_ruling(meeting=meeting, item=item, by=officer)
    item.refresh_from_db()
    assert item.status == Status.IN_PROGRESS


def test_a_closing_taken_back_opens_the_request_again(meeting, item, officer, liaison):
    make_move(item=item, name="submit", by=liaison, reason="已完成", department=item.lead)
    record_ruling(meeting=meeting, item=item, kind="close", by=officer)
    take_back_ruling(meeting=meeting, item=item, by=officer)
    item.refresh_from_db()
    assert (item.status, item.closing_requests.get().state) == (Status.SUBMITTED, "pending")


def test_of_two_who_type_at_once_the_second_sees_the_first(meeting, item, officer, second_officer):
    record_ruling(meeting=meeting, item=item, kind="continue", text="下周报结果", by=officer, seen="")
    with pytest.raises(RulingClash, match="林督查刚刚记录：继续办理 下周报结果"):
        record_ruling(meeting=meeting, item=item, kind="summon", text="约谈", by=second_officer, seen="")
    mark = Ruling.objects.get().mark
    record_ruling(meeting=meeting, item=item, kind="summon", text="约谈", by=second_officer, seen=mark)
    assert Ruling.objects.get().kind == "summon"


def test_a_new_item_is_handed_out_once_and_taken_back_into_the_bin(meeting, department, officer):
    for _ in range(2):
        ruling = new_item(
            meeting=meeting,
            title="清查校车台账",
            by=officer,
            lead=department,
            due=date(2026, 4, 24),
            text="一车一档",
        )
    item = ruling.item
    assert (item.status, item.source, item.due) == (Status.DRAFT, meeting.title, date(2026, 4, 24))
    assert item.quotes.get().text == "一车一档"
    take_back_ruling(meeting=meeting, item=item, by=officer)
    assert not ActionItem.objects.exists()
    assert ActionItem.everything.get().discarded_at


def test_a_correction_stands_beside_a_closed_meeting(meeting, item, officer):
    close_meeting(meeting=meeting, by=officer)
    frozen = dict(meeting.snapshot)
    for _ in range(2):
        add_note(meeting=meeting, text="第3项应为5月8日", by=officer)
    meeting.refresh_from_db()
    assert (meeting.notes.count(), meeting.snapshot) == (1, frozen)
