"""Rules that are asked only of certain segments."""

from pathlib import Path

import pytest

from speeches.extraction.analysis import analyse
from speeches.extraction.firing import IDS, ONLY_OF, ONLY_WITH, fired
from speeches.extraction.rules import RULES

FOLDER = Path(__file__).parents[3]
HOLDS = {rule.id: rule.holds for rule in RULES}


@pytest.fixture(scope="module")
def views():
    texts = [*FOLDER.glob("speeches/demo/*.txt"), *FOLDER.glob("tests/gold/*.txt")]
    views = [view for text in texts for view in analyse(text.read_text())]
    return [view for view in views if not view.place.heading]


@pytest.mark.parametrize("gate", ONLY_OF)
def test_a_gated_rule_never_holds_outside_its_gate(gate, views):
    is_asked, names = ONLY_OF[gate]
    outside = [view for view in views if not is_asked(view)]

    assert outside
    assert [(name, view.text) for view in outside for name in names if HOLDS[name](view)] == []


@pytest.mark.parametrize("name", ONLY_WITH)
def test_a_rule_that_is_only_asked_with_others_never_holds_without_them(name, views):
    without = [view for view in views if not (view.held | view.matched) & ONLY_WITH[name]]

    assert without
    assert [view.text for view in without if HOLDS[name](view)] == []


@pytest.mark.parametrize("count", [0, 1, 2, 3, 499, 500, 501, 700])
def test_words_of_a_class_are_counted_up_to_those_of_the_longest_segment(count):
    (view,) = analyse("方案" * count + "好。")

    assert view.count("mechanism") == count
    assert ("mechanism.many" in fired(view)) is (count > 1)


def test_every_rule_is_noted_just_when_it_holds(views):
    for view in views:
        assert fired(view) == {name for name, holds in HOLDS.items() if holds(view)}
        assert fired(view) == {IDS[number] for number in view.rules}


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("一、抓好春季植树\n各村3月底前要栽完。", set()),
        ("责任单位：县林业局\n各村3月底前要栽完。", {"form.box"}),
        ("主管部门：\n各村3月底前要栽完。", {"form.box"}),
    ],
    ids=["a-heading", "a-box", "a-box-that-looks-like-a-heading"],
)
def test_of_a_heading_only_a_box_is_asked(text, held):
    first = analyse(text)[0]

    assert fired(first) & {"form.box"} == held
    assert first.place.heading is False or fired(first) == held
