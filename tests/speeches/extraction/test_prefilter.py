"""The sieve in front of the patterns."""

import re

import pytest

from speeches.extraction.prefilter import Sieve, grams, needed


@pytest.mark.parametrize(
    ("pattern", "pieces"),
    [
        ("月底", {"月底"}),
        ("年内|限期", {"年内", "限期"}),
        ("把[^，]{2,9}(?:修好|装上)", {"修好", "装上"}),
        ("[把将].*走", {"走"}),
        ("之?内部", {"之内", "内部"}),
        ("(?<!不)要(?=办)", {"要"}),
        (r"\d+月", {"月"}),
        ("^(?:也|还)?", None),
        ("[^，]+", None),
    ],
)
def test_every_match_has_one_of_the_pieces(pattern, pieces):
    assert needed(pattern) == (frozenset(pieces) if pieces else None)


def test_only_patterns_with_a_piece_in_the_text_pass():
    sieve = Sieve(["月底|年内", "查清", "[^，]+"])

    assert sieve.passing(grams("年内办完")) == {0, 2}


def test_nothing_that_matches_is_sieved_out(demo_sentences, engine_patterns):
    sieve = Sieve(engine_patterns)

    for sentence in demo_sentences:
        passing = sieve.passing(grams(sentence))
        assert {n for n, pattern in enumerate(engine_patterns) if re.search(pattern, sentence)} <= passing


@pytest.fixture
def engine_patterns():
    from speeches.extraction.deadlines import _RULES
    from speeches.extraction.rules import RULES
    from speeches.extraction.signals import Like

    rules = [rule.holds.search.__self__.pattern for rule in RULES if isinstance(rule.holds, Like)]
    return [*rules, *(rule.pattern.pattern for rule in _RULES)]


@pytest.fixture
def demo_sentences():
    from pathlib import Path

    folder = Path(__file__).parents[3]
    texts = [*folder.glob("speeches/demo/*.txt"), *folder.glob("tests/gold/*.txt")]
    return [piece for text in texts for piece in re.split(r"[。；\n]", text.read_text()) if piece]
