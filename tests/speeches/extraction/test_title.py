"""The row text of the 任务分解表."""

from datetime import date

import pytest

from speeches.extraction import Directory
from speeches.extraction.analysis import analyse
from speeches.extraction.deadlines import best_deadline
from speeches.extraction.title import LIMIT, title_of
from speeches.extraction.units import find_responsible
from tests.speeches.extraction.title_cases import CASES, LONG


def title(text):
    who = find_responsible(text, directory=Directory())
    due = best_deadline(text, spoken_on=date(2026, 4, 15), directory=Directory())
    view = analyse(text)[-1] if not text.startswith("（") else analyse(text)[0]
    bodies = (*who.lead, *who.co, *who.suggested)
    quote = text[view.segment.start : view.segment.end]
    return title_of(view, quote=quote, bodies=bodies, due_phrase=due.phrase if due and due.due else "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(*case, id=f"{kind}-{at}")
        for kind, cases in CASES.items()
        for at, case in enumerate(cases)
    ],
)
def test_the_row_is_what_a_clerk_would_type(text, expected):
    assert title(text) == expected


@pytest.mark.parametrize("text", [case[0] for case in LONG])
def test_it_never_runs_over(text):
    assert 0 < len(title(text)) <= LIMIT


@pytest.mark.parametrize("text", [case[0] for cases in (*CASES.values(), LONG) for case in cases])
def test_quotes_and_brackets_are_closed_and_nothing_dangles(text):
    row = title(text)

    assert all(row.count(opener) == row.count(closer) for opener, closer in ("“”", "《》", "（）"))
    assert not row.endswith(("的", "和", "、", "，"))


@pytest.mark.parametrize("text", [case[0] for cases in (*CASES.values(), LONG) for case in cases])
def test_every_character_of_the_row_is_in_the_text(text):
    assert set(title(text)) <= set(text.replace(",", "，")) | {"…", "，"}


def test_a_body_alone_is_no_row():
    assert title("由县民政局牵头，县财政局配合。") != "县民政局"
