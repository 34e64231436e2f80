"""Each rule holds where its examples say, and nowhere they say it must not."""

import pytest

from speeches.extraction.analysis import analyse
from speeches.extraction.firing import fired
from speeches.extraction.rules import RULES
from speeches.extraction.weights import DEFINITE, DIRECTIVE
from tests.speeches.extraction.rule_examples import EXAMPLES


def fired_in(example: str) -> set[str]:
    text, _, index = example.partition("¶")
    views = analyse(text)
    return fired(views[int(index) if index else -1])


@pytest.mark.parametrize(
    ("rule", "example"), [(rule, text) for rule, (yes, _) in EXAMPLES.items() for text in yes]
)
def test_a_rule_holds_for_its_examples(rule, example):
    assert rule in fired_in(example)


@pytest.mark.parametrize(
    ("rule", "example"), [(rule, text) for rule, (_, no) in EXAMPLES.items() for text in no]
)
def test_a_rule_stays_silent_for_its_counterexamples(rule, example):
    assert rule not in fired_in(example)


@pytest.mark.parametrize("rule", [rule.id for rule in RULES])
def test_every_rule_has_two_examples_each_way(rule):
    yes, no = EXAMPLES[rule]

    assert len(set(yes)) >= 2
    assert len(set(no)) >= 2


def test_rule_ids_are_unique_and_phrases_are_chinese():
    ids = [rule.id for rule in RULES]

    assert len(ids) == len(set(ids))
    assert all(any("一" <= character <= "鿿" for character in rule.phrase) for rule in RULES)


def test_weights_belong_to_known_rules():
    known = {rule.id for rule in RULES} | {""}

    assert set(DIRECTIVE) | set(DEFINITE) <= known
