"""Before the meeting: what is gone through, in which order, and who is asked for facts."""

from datetime import date, datetime

import pytest

from tests.factories import ActionItemFactory, DepartmentFactory, MeetingFactory
from tracker.items.feedback import report_progress
from tracker.items.states import EventKind
from tracker.meetings.agenda import agenda_of
from tracker.meetings.models import MeetingClosed
from tracker.meetings.preparing import ask_for_facts, lacking, move_one, put_on, take_off
from tracker.meetings.rulings import close_meeting
from tracker.org.models import DepartmentGroup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]


@pytest.fixture
def meeting(db):
    return MeetingFactory(number=8, held_at=datetime.fromisoformat("2026-04-17T09:00+08:00"))


@pytest.fixture
def late(db):
    return [ActionItemFactory(lead=DepartmentFactory(position=n), due=date(2026, 4, 1)) for n in (1, 2, 3)]


def shown(meeting):
    return [row.item_id for row in agenda_of(meeting).screens]


def test_the_officer_orders_adds_and_drops(meeting, late):
    far = ActionItemFactory(due=date(2026, 9, 1))
    one, two, three = (item.pk for item in late)
    put_on(meeting=meeting, item=far)
    assert shown(meeting) == [one, two, three, far.pk]
    move_one(meeting=meeting, agenda=agenda_of(meeting), item_id=three, step=-1)
    take_off(meeting=meeting, item=late[0])
    assert shown(meeting) == [three, two, far.pk]
    assert [row.item_id for row in agenda_of(meeting).overdue] == [one, three, two]
    put_on(meeting=meeting, item=late[0])
    assert one in shown(meeting)


def test_what_is_dropped_stays_in_the_figures(meeting, late):
    take_off(meeting=meeting, item=late[0])
    agenda = agenda_of(meeting)
    assert (len(agenda.overdue), agenda.totals.overdue, len(agenda.screens)) == (3, 3, 2)
    assert [row.item_id for row in agenda.dropped] == [late[0].pk]


def test_facts_are_asked_for_once(meeting, late, officer):
    told = {"progress": "过半", "problem": "缺人", "next_step": "调人"}
    report_progress(item=late[0], by=officer, department=late[0].lead, **told)
    agenda = agenda_of(meeting)
    assert [row.item_id for row in lacking(agenda)] == [late[1].pk, late[2].pk]
    assert ask_for_facts(meeting=meeting, agenda=agenda, by=officer) == 2
    assert ask_for_facts(meeting=meeting, agenda=agenda, by=officer) == 0
    assert [item.events.filter(kind=EventKind.FACTS_ASKED).count() for item in late] == [0, 1, 1]


def test_what_groups_share_is_asked_for_and_what_nobody_has_is_not(meeting, officer):
    shared, nobodys = (ActionItemFactory(lead=None, lead_text="", due=date(2026, 4, 1)) for _ in range(2))
    named = ActionItemFactory(lead=None, lead_text="方晓岚同志", due=date(2026, 4, 1))
    shared.groups.set([DepartmentGroup.objects.create(name="各学校")])
    assert ask_for_facts(meeting=meeting, agenda=agenda_of(meeting), by=officer) == 1
    found = [item.events.filter(kind=EventKind.FACTS_ASKED).count() for item in (shared, nobodys, named)]
    assert found == [1, 0, 0]


def test_a_closed_meeting_is_not_rearranged(meeting, late, officer):
    close_meeting(meeting=meeting, by=officer)
    for act in (put_on, take_off):
        with pytest.raises(MeetingClosed):
            act(meeting=meeting, item=late[0])
