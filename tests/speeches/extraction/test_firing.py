"""Rules that are asked only of certain segments."""

from pathlib import Path

import pytest

from speeches.extraction.analysis import analyse
from speeches.extraction.firing import IDS, ONLY_OF, fired
from speeches.extraction.rules import RULES

FOLDER = Path(__file__).parents[3]
HOLDS = {rule.id: rule.holds for rule in RULES}


@pytest.fixture(scope="module")
def views():
    texts = [*FOLDER.glob("speeches/demo/*.txt"), *FOLDER.glob("tests/gold/*.txt")]
    return [view for text in texts for view in analyse(text.read_text())]


@pytest.mark.parametrize("gate", ONLY_OF)
def test_a_gated_rule_never_holds_outside_its_gate(gate, views):
    is_asked, names = ONLY_OF[gate]
    outside = [view for view in views if not is_asked(view)]

    assert outside
    assert [(name, view.text) for view in outside for name in names if HOLDS[name](view)] == []


def test_every_rule_is_noted_just_when_it_holds(views):
    for view in views:
        assert fired(view) == {name for name, holds in HOLDS.items() if holds(view)}
        assert fired(view) == {IDS[number] for number in view.rules}
