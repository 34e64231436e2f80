"""The first two characters of a pattern: every match begins with one of its heads, and nothing else passes for one."""

import re

import pytest

from speeches.extraction.heads import heads, tails
from speeches.extraction.title_words import _LENGTH, _NOTHING, _OPENING, _TIMED
from speeches.extraction.unit_grammar import DUTY, MANNER, TIME


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        pytest.param("甲乙丙", {"甲乙"}, id="a word"),
        pytest.param("甲|乙丙", {"甲", "乙丙"}, id="a word of one may be followed by anything"),
        pytest.param("甲?乙[丙丁]", {"甲乙", "乙丙", "乙丁"}, id="a character that may be missing"),
        pytest.param(
            "(?<!戊)(?:甲|乙)+丙", {"甲甲", "甲乙", "甲丙", "乙甲", "乙乙", "乙丙"}, id="one that repeats"
        ),
        pytest.param("甲[^乙]", {"甲"}, id="anything but a character"),
        pytest.param("甲.丙", {"甲"}, id="anything at all"),
        pytest.param("甲{3,}", {"甲甲"}, id="at least three"),
        pytest.param("甲(?=乙)", {"甲"}, id="what follows is not looked at"),
    ],
)
def test_the_heads_of_a_pattern_are_how_its_matches_begin(pattern: str, expected: set[str]) -> None:
    assert heads(pattern) == expected


def test_every_digit_begins_a_match_of_digits() -> None:
    assert {"7", "\uff17", "\u0663"} <= heads(r"\d{1,2}月")
    assert {"第7", "第\uff17"} <= heads(r"第\d")


def test_only_heads_among_the_characters_asked_for_are_kept() -> None:
    assert heads("甲乙|丙丁", among="丙") == {"丙丁"}


@pytest.mark.parametrize("pattern", [".甲", "[^甲]", "[一-龥]乙", "(甲)?"])
def test_a_pattern_that_may_begin_with_anything_or_be_empty_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="a match may"):
        heads(pattern)


@pytest.mark.parametrize(
    "pattern", [DUTY, MANNER, _OPENING, _TIMED, _NOTHING], ids=lambda found: found.pattern[:12]
)
def test_no_match_in_our_own_words_escapes_its_heads(pattern: re.Pattern[str]) -> None:
    known = heads(pattern.pattern, may_be_empty=True)
    words = re.findall(r"[一-龥\d]{1,6}", pattern.pattern)
    for text in [*words, *[word + other for word in words[:40] for other in words[:40]]]:
        match = pattern.match(text)
        if match and match[0]:
            assert text[:1] in known or text[:2] in known, text


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        pytest.param("甲乙丙", {"乙丙"}, id="a word"),
        pytest.param("甲|乙丙", {"甲", "乙丙"}, id="alternatives"),
        pytest.param(
            "甲[乙丙](?:丁戊?)?(?!己)",
            {"甲乙", "甲丙", "乙丁", "丙丁", "丁戊"},
            id="ends that may be missing",
        ),
        pytest.param("(?>甲+)(?<=甲)", {"甲", "甲甲"}, id="one that repeats"),
    ],
)
def test_the_tails_of_a_pattern_are_how_its_matches_end(pattern: str, expected: set[str]) -> None:
    assert tails(pattern) == expected


def test_a_pattern_that_may_end_with_anything_has_no_tails() -> None:
    with pytest.raises(ValueError, match="a match may"):
        tails("甲.")


@pytest.mark.parametrize(
    "pattern", [_NOTHING, _LENGTH, re.compile(TIME)], ids=lambda found: found.pattern[:12]
)
def test_no_match_in_our_own_words_escapes_its_tails(pattern: re.Pattern[str]) -> None:
    known = tails(pattern.pattern)
    words = re.findall(r"[一-龥\d]{1,6}", pattern.pattern)
    for text in [*words, *[word + other for word in words for other in words[:60]]]:
        match = pattern.match(text)
        if match and match[0]:
            assert match[0][-1:] in known or match[0][-2:] in known, text
