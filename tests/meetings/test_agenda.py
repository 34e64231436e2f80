"""The agenda: what is in it, that its arithmetic holds, that its numbers equal their lists, and its frozen copy."""

import json
import random
from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
import time_machine

from tests.factories import ActionItemFactory, DepartmentFactory, MeetingFactory
from tracker.documents.agreement import check_agenda
from tracker.items.feedback import report_progress
from tracker.items.models import ActionItem
from tracker.items.permissions import moves_for
from tracker.items.reckoning import Reckoning
from tracker.items.register import register_item
from tracker.items.states import MOVES, LeadRequired, Status
from tracker.items.workflow import make_move
from tracker.meetings.agenda import agenda_of, build_agenda
from tracker.meetings.models import Meeting
from tracker.meetings.report import Agenda, agenda_from, snapshot
from tracker.meetings.rulings import close_meeting, propose, record_ruling
from tracker.org.models import DepartmentGroup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]
TODAY = date(2026, 4, 15)
at = datetime.fromisoformat
NEXT = "2026-04-17T09:00+08:00"


@pytest.fixture
def meeting(db):
    return MeetingFactory(number=8, held_at=at(NEXT))


def held(officer, day: str, number: int) -> Meeting:
    """A meeting held and closed on `day` at nine."""
    with time_machine.travel(f"{day}T09:00:00+08:00", tick=False):
        meeting = MeetingFactory(number=number, held_at=at(f"{day}T09:00+08:00"))
        close_meeting(meeting=meeting, by=officer)
    return meeting


def live_through(officer, departments, chance, items: list[ActionItem]) -> None:
    """A few weeks of an office: items registered, moved about in every way the table allows, reported on."""
    for _ in range(chance.randrange(12)):
        due = TODAY + timedelta(days=chance.randrange(-30, 30))
        lead, shared = chance.choice([*departments, None]), chance.random() < 0.4
        items.append(register_item(by=officer, title="完成一件事", lead=lead, due=due))
        items[-1].groups.set([DepartmentGroup.objects.get_or_create(name="各学校")[0]] if shared else [])
    for item in chance.sample(items, k=len(items) // 2):
        item.refresh_from_db()
        if item.discarded_at:
            continue
        with suppress(LeadRequired):
            make_move(item=item, name=chance.choice(moves_for(item, officer)), by=officer, reason="会议要求")
    for item in chance.sample(items, k=len(items) // 3):
        item.refresh_from_db()
        item.restore(by=officer)
        if item.status in (Status.DRAFT, Status.WITHDRAWN):
            item.discard(by=officer)


def check_figures(agenda: Agenda) -> None:
    totals, now = agenda.totals, Reckoning.now()
    items = ActionItem.objects
    assert totals.balances, totals
    assert totals.open == items.open().count() == agenda.department_total.open
    assert totals.overdue == items.overdue(now).count() == agenda.department_total.overdue
    assert totals.silent == items.without_feedback(now).count() == agenda.department_total.silent
    assert totals.new == len(agenda.new) == agenda.department_total.new
    assert totals.closed == len(agenda.closed) == agenda.department_total.closed
    assert totals.withdrawn == len(agenda.withdrawn)
    assert totals.reopened == len(agenda.reopened)
    assert len(agenda.due) == agenda.department_total.due


@pytest.mark.parametrize("seed", range(5))
def test_the_arithmetic_holds_over_any_run_of_meetings(officer, seed):
    chance, items = random.Random(seed), []
    departments = [DepartmentFactory() for _ in range(3)]
    for number, day in enumerate(("2026-02-27", "2026-03-13", "2026-03-27", "2026-04-10"), start=1):
        with time_machine.travel(f"{day}T08:00:00+08:00", tick=False):
            live_through(officer, departments, chance, items)
            meeting = MeetingFactory(number=number, held_at=at(f"{day}T09:00+08:00"))
            check_figures(build_agenda(meeting))
            check_ledger(build_agenda(meeting, whole=True))
        held_meeting = Meeting.objects.get(number=number)
        with time_machine.travel(f"{day}T10:00:00+08:00", tick=False):
            close_meeting(meeting=held_meeting, by=officer)


def check_ledger(agenda: Agenda) -> None:
    """The 台账 holds what the totals count, each item once."""
    totals = agenda.totals
    assert check_agenda(agenda)
    assert len(agenda.ledger) == totals.open + totals.closed + totals.withdrawn
    assert sum(row.silent for row in agenda.ledger) == totals.silent


def test_the_ledger_is_frozen_with_the_meeting_and_read_only_when_asked_for(officer, meeting, department):
    item = ActionItemFactory(lead=department)
    live = build_agenda(meeting, whole=True)
    close_meeting(meeting=meeting, by=officer)
    item.move("close", by=officer)
    meeting.refresh_from_db()
    assert agenda_of(meeting).ledger == ()
    assert agenda_of(meeting, whole=True).ledger == live.ledger
    assert [row.item_id for row in live.ledger] == [item.pk]


def test_an_item_registered_and_closed_between_two_meetings_counts_on_both_sides(
    officer, department, meeting
):
    held(officer, "2026-04-03", 7)
    item = register_item(by=officer, title="完成一件急事", lead=department, due=TODAY)
    item.move("issue", by=officer)
    item.move("close", by=officer)
    totals = build_agenda(meeting).totals
    assert (totals.open_before, totals.new, totals.closed, totals.open) == (0, 1, 1, 0)


def test_a_reopened_item_is_neither_new_nor_forgotten(officer, meeting):
    item = ActionItemFactory(status=Status.CLOSED, closed_on=TODAY)
    held(officer, "2026-04-03", 7)
    item.move("reopen", by=officer, reason="回头看发现未落实")
    totals = build_agenda(meeting).totals
    assert (totals.open_before, totals.new, totals.reopened, totals.open) == (0, 0, 1, 1)


def test_a_mark_without_a_snapshot_is_worked_out_from_the_history(officer, meeting):
    day = "2026-04-03T09:00+08:00"
    with time_machine.travel(day, tick=False):
        kept, ended = ActionItemFactory(), ActionItemFactory()
        ActionItemFactory(status=Status.CLOSED, closed_on=TODAY)
    MeetingFactory(number=7, held_at=at(day), closed_at=at(day))
    ended.move("close", by=officer)
    totals = build_agenda(meeting).totals
    assert (totals.open_before, totals.closed, totals.open) == (2, 1, 1)
    assert kept.is_open


def test_every_department_has_a_row_in_official_order(meeting):
    third, first = DepartmentFactory(position=3), DepartmentFactory(position=1)
    gone = DepartmentFactory(position=2, is_active=False)
    ActionItemFactory(lead=third)
    rows = build_agenda(meeting).departments
    assert [(row.department_id, row.open) for row in rows] == [(first.pk, 0), (third.pk, 1)]
    ActionItemFactory(lead=gone)
    assert gone.pk in [row.department_id for row in build_agenda(meeting).departments]


def test_items_without_a_department_have_a_row_of_their_own(meeting):
    ActionItemFactory(lead=None, status=Status.DRAFT)
    agenda = build_agenda(meeting)
    assert agenda.departments[0].name == "未明确单位"
    assert (agenda.no_lead, agenda.totals.drafts) == (1, 1)


def test_what_groups_share_has_a_row_by_their_names_behind_the_departments(meeting, department):
    names = ["各学校", "各幼儿园"]
    both = [DepartmentGroup.objects.create(name=name) for name in names]
    alone, shared, led = (
        ActionItemFactory(lead=lead, due=date(2026, 4, 1)) for lead in (None, None, department)
    )
    for item, groups in ((alone, both[:1]), (shared, both), (led, both)):
        item.groups.set(groups)
    agenda = build_agenda(meeting)
    assert [(row.name, row.open) for row in agenda.departments] == [
        (str(department), 1), ("各学校", 1), ("、".join(sorted(names)), 1),
    ]  # fmt: skip
    assert {row.department for row in agenda.overdue} == {"各学校", "、".join(sorted(names)), str(department)}
    assert agenda.no_lead == 0


def test_an_overdue_row_carries_the_facts(officer, department, meeting):
    held(officer, "2026-04-03", 7)
    item = ActionItemFactory(
        lead=department, original_due=date(2026, 3, 31), due=date(2026, 4, 10), extensions=1
    )
    report_progress(
        item=item,
        by=officer,
        department=department,
        progress="已收回意见",
        problem="有分歧",
        next_step="报审",
    )
    row = build_agenda(meeting).overdue[0]
    assert (row.days_late, row.days_late_original, row.streak, row.was_extended) == (3, 10, 2, True)
    assert (row.progress, row.problem, row.next_step) == ("已收回意见", "有分歧", "报审")


def test_what_is_due_before_the_next_meeting_is_listed_by_date(meeting):
    MeetingFactory(number=9, held_at=at("2026-04-30T09:00+08:00"))
    late, soon = ActionItemFactory(due=date(2026, 4, 30)), ActionItemFactory(due=date(2026, 4, 16))
    ActionItemFactory(due=date(2026, 5, 1))
    agenda = build_agenda(meeting)
    assert agenda.until == date(2026, 4, 30)
    assert [row.item_id for row in agenda.due] == [soon.pk, late.pk]


def test_departments_that_reported_nothing_since_the_last_meeting_are_named(officer, meeting):
    told, quiet, idle = (DepartmentFactory() for _ in range(3))
    item = ActionItemFactory(lead=told)
    ActionItemFactory(lead=quiet)
    held(officer, "2026-04-03", 7)
    report_progress(item=item, by=officer, department=told, progress="已办")
    agenda = build_agenda(meeting)
    assert [row.department_id for row in agenda.without_material] == [quiet.pk]
    assert {row.department_id: row.material for row in agenda.departments}[idle.pk] == ""


@pytest.mark.parametrize(("sent", "material"), [(date(2026, 4, 14), "未报"), (date(2026, 4, 15), "")])
def test_of_what_was_handed_out_today_no_material_is_expected_yet(department, meeting, sent, material):
    ActionItemFactory(lead=department, issued_on=date(2026, 4, 1), sent_on=sent)
    assert [row.material for row in build_agenda(meeting).departments] == [material]


def test_extensions_since_the_last_meeting_are_counted_once_an_item(officer, department, meeting):
    item = register_item(by=officer, title="完成一件事", lead=department, due=date(2026, 4, 20))
    item.move("issue", by=officer)
    held(officer, "2026-04-03", 7)
    for due in (date(2026, 4, 25), date(2026, 4, 28)):
        item.edit({"due": due}, by=officer)
    fresh = register_item(by=officer, title="另一件事", lead=department)
    fresh.edit({"due": date(2026, 4, 29)}, by=officer)
    assert build_agenda(meeting).totals.extended == 1


def test_the_previous_meetings_figures_stand_beside(officer, meeting):
    ActionItemFactory(due=date(2026, 3, 20))
    before = held(officer, "2026-04-03", 7)
    agenda = build_agenda(meeting)
    assert agenda.previous is not None
    assert (agenda.previous_number, agenda.previous.overdue, agenda.since) == (7, 1, before.closed_at)


def test_a_snapshot_comes_back_as_the_same_agenda(officer, meeting):
    held(officer, "2026-04-03", 7)
    item = ActionItemFactory(due=date(2026, 4, 1), supporting=[DepartmentFactory()])
    propose(meeting=meeting, item=item, kind="summon", proposal="约谈承办单位")
    agenda = build_agenda(meeting)
    assert agenda_from(json.loads(json.dumps(snapshot(agenda)))) == agenda


def test_an_older_snapshot_keeps_defaults_for_what_it_does_not_hold(meeting):
    data = snapshot(build_agenda(meeting))
    del data["no_due"], data["departments"]
    assert agenda_from(data).departments == ()


def test_a_closed_meeting_does_not_change_with_the_ledger(officer, meeting):
    item = ActionItemFactory(due=date(2026, 4, 1))
    close_meeting(meeting=meeting, by=officer)
    before = agenda_of(meeting)
    item.move("close", by=officer)
    ActionItemFactory(due=date(2026, 4, 1))
    assert agenda_of(Meeting.objects.get(pk=meeting.pk)) == before
    assert [row.item_id for row in before.overdue] == [item.pk]


def test_an_item_dealt_with_at_the_meeting_stays_on_its_list(officer, meeting):
    item = ActionItemFactory(due=date(2026, 4, 1))
    record_ruling(meeting=meeting, item=item, kind="reset", due=date(2026, 4, 24), by=officer)
    agenda = build_agenda(meeting)
    row = agenda.overdue[0]
    assert (row.settled, row.due, row.ruling_due) == (True, date(2026, 4, 1), date(2026, 4, 24))
    assert (agenda.totals.overdue, agenda.settled) == (0, 1)


def test_a_ruling_on_an_item_outside_the_lists_is_reported_as_well(officer, meeting):
    item = ActionItemFactory(due=date(2026, 6, 1))
    record_ruling(meeting=meeting, item=item, kind="reset", due=date(2026, 5, 20), by=officer)
    agenda = build_agenda(meeting)
    assert [(row.item_id, row.ruling_due) for row in agenda.others] == [(item.pk, date(2026, 5, 20))]
    assert agenda.screens == agenda.others


def test_an_overdue_item_that_asks_the_meeting_is_gone_through_once(officer, department, meeting):
    item = ActionItemFactory(lead=department, due=date(2026, 4, 1))
    report_progress(item=item, by=officer, department=department, progress="受阻", needs_meeting=True)
    agenda = build_agenda(meeting)
    assert agenda.coordinate[0].item_id == item.pk
    assert agenda.screens == agenda.overdue


@pytest.mark.parametrize("rows", [5, 25])
def test_building_it_takes_the_same_queries_for_any_number_of_items(
    officer, meeting, django_assert_num_queries, rows
):
    held(officer, "2026-04-03", 7)
    for _ in range(rows):
        item = ActionItemFactory(due=date(2026, 4, 1), supporting=[DepartmentFactory()])
        report_progress(item=item, by=officer, department=item.lead, progress="已办", needs_meeting=True)
        ActionItemFactory(due=date(2026, 4, 20)).move("close", by=officer)
    with django_assert_num_queries(24):
        build_agenda(meeting)
    with django_assert_num_queries(24):
        build_agenda(meeting, whole=True)


def test_every_move_of_the_table_is_walked_by_the_arithmetic_test():
    """The random office reaches closing, withdrawing and reopening: the moves that change what is open."""
    assert {"close", "withdraw", "reopen"} <= MOVES.keys()
