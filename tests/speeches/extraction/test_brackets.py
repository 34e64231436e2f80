"""Bracketed responsibilities: who leads, who supports, by when."""

from datetime import date

import pytest

from speeches.extraction.brackets import find_brackets
from speeches.extraction.deadlines import best_deadline
from speeches.extraction.model import Directory
from speeches.extraction.units import find_responsible
from tests.speeches.extraction.bracket_cases import CASES, NOT_RESPONSIBILITY

EMPTY = Directory()
SPOKEN_ON = date(2026, 4, 10)


@pytest.mark.parametrize(
    ("text", "lead", "co", "due"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_bracket_names_the_lead_the_others_and_the_day(text, lead, co, due):
    found = find_responsible(text, directory=EMPTY)
    deadline = best_deadline(text, spoken_on=SPOKEN_ON, directory=EMPTY)
    assert found.lead == tuple(lead.split())
    assert found.co == tuple(co.split())
    assert (deadline.due.isoformat() if deadline and deadline.due else None) == due


@pytest.mark.parametrize(
    "text", [row[1] for row in NOT_RESPONSIBILITY], ids=[row[0] for row in NOT_RESPONSIBILITY]
)
def test_other_brackets_are_left_alone(text):
    assert find_brackets(text) == []
