"""What a card is prefilled with."""

from dataclasses import replace
from datetime import date

import pytest

from speeches.models import Candidate
from speeches.proposal import cycle_for, propose, rhythm_of, stands_in_text
from speeches.units import UnitBook
from tracker.org.models import Department, DepartmentGroup

OFFICE, FINANCE, SCHOOLS = (
    Department(pk=pk, name=name, position=pk) for pk, name in enumerate(("办公室", "计划财务科", "学校科"), 1)
)
BOOK = UnitBook({department.name: department for department in (OFFICE, FINANCE, SCHOOLS)})


def proposal(**fields):
    return propose(Candidate(title="事项", **fields), book=BOOK, spoken_on=date(2026, 4, 10))


def test_the_first_named_leads_and_the_others_support_in_office_order():
    choice = proposal(lead=["计划财务科", "学校科"], supporting=["办公室", "计划财务科"]).choice
    assert choice.lead == FINANCE
    assert choice.supporting == (OFFICE, SCHOOLS)


def test_a_known_second_unit_is_not_promoted_over_an_unknown_first():
    made = proposal(lead=["各学校", "办公室"], supporting=["供电公司"])
    assert made.choice.lead is None
    assert made.choice.supporting == (OFFICE,)
    assert (made.lead_text, made.supporting_text) == ("各学校", "供电公司")


def test_a_group_that_is_told_to_act_gets_the_item_unless_somebody_else_leads():
    schools = DepartmentGroup(pk=1, name="各学校", other_names="全区学校")
    book = UnitBook(BOOK.spellings, groups=dict.fromkeys(schools.names, schools))
    made = propose(Candidate(title="事项", lead=["全区学校"]), book=book, spoken_on=None)
    assert made.groups_for(made.choice) == (schools,)
    assert made.groups_for(replace(made.choice, lead=OFFICE)) == ()
    led = propose(Candidate(title="事项", lead=["办公室", "各学校"]), book=book, spoken_on=None)
    assert (led.choice.lead, led.groups) == (OFFICE, ())


@pytest.mark.parametrize(
    ("recur", "phrase", "rhythm"),
    [
        ("monthly", "每两周通报一次", "biweekly"),
        ("monthly", "半月调度一次", "biweekly"),
        ("monthly", "每月", "monthly"),
        ("", "两周内", ""),
    ],
)
def test_a_rhythm_of_two_weeks_is_read_from_its_words(recur, phrase, rhythm):
    assert rhythm_of(Candidate(recur=recur, due_phrase=phrase)) == rhythm


def test_suggested_units_are_never_filled_in():
    assert proposal(suggested=["办公室"]).choice.lead is None


@pytest.mark.parametrize(
    ("recur", "due", "cycle"),
    [
        ("weekly", None, "weekly"),
        ("daily", None, "weekly"),
        ("monthly", date(2026, 4, 12), "monthly"),
        ("yearly", None, "quarterly"),
        ("", date(2026, 5, 11), "once"),
        ("", date(2026, 5, 12), "monthly"),
        ("", None, "monthly"),
    ],
)
def test_the_feedback_cycle_follows_the_rhythm_or_the_time_left(recur, due, cycle):
    assert cycle_for(recur, due=due, spoken_on=date(2026, 4, 10)) == cycle


@pytest.mark.parametrize(
    ("fields", "certain"),
    [
        pytest.param({}, True, id="both-written"),
        pytest.param({"lead": ["各学校"]}, False, id="unknown-unit"),
        pytest.param({"due": None}, False, id="no-date"),
        pytest.param({"due_reckoned": True}, False, id="reckoned"),
        pytest.param({"due_phrase": ""}, False, id="no-phrase"),
    ],
)
def test_bulk_acceptance_asks_for_a_written_unit_and_date(fields, certain):
    facts = {"lead": ["办公室"], "due": date(2026, 4, 30), "due_phrase": "4月底前", **fields}
    candidate = Candidate(title="事项", **facts)
    made = propose(candidate, book=BOOK, spoken_on=None)
    assert stands_in_text(candidate, made) is certain
