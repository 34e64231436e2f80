"""What a look at one character tells of the words around a date: no pattern is passed over that would match."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speeches.extraction import deadlines, time_reading
from speeches.extraction.heads import last_chars
from speeches.extraction.time_around import by_first_char, by_last_char, in_clause

CLAUSE_BOUND = [
    getattr(module, name)
    for module, names in (
        (time_reading, ("_PROMISED_THEN", "_FORECAST", "_NOT_UNTIL", "_REQUIRED_BY", "_ONCE_SAID")),
        (deadlines, ("_OTHERS_SAID",)),
    )
    for name in names
]
ENDING = [getattr(time_reading, name) for name in ("_SETTLED", "_TOWARDS", "_PREPARED", "_VERB_BEFORE")]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        pytest.param("甲乙丙", "丙", id="a word"),
        pytest.param("甲(?:乙|丙丁?)$", "乙丙丁", id="one that may be missing, at the end"),
        pytest.param("(?<!戊)[甲乙]{1,3}(?!丙)", "甲乙", id="what stands around is no part of it"),
        pytest.param("甲(?:乙)?(?:丙|(?:丁|戊)+)?", "甲乙丙丁戊", id="all of it may be missing"),
    ],
)
def test_the_characters_a_match_may_end_with(pattern, expected):
    assert last_chars(re.compile(pattern)) == set(expected)


@pytest.mark.parametrize("pattern", ["甲.", "甲[^乙]{0,3}$", "(?:甲)?"])
def test_a_pattern_that_may_end_with_anything_is_refused(pattern):
    with pytest.raises(ValueError, match="a match may"):
        last_chars(re.compile(pattern))


def test_patterns_are_named_by_their_characters():
    patterns = {"one": re.compile("甲乙|丙丁"), "other": re.compile("甲丁")}
    assert by_first_char(**patterns) == {"甲": {"one", "other"}, "丙": {"one"}}
    assert by_last_char(**patterns) == {"乙": {"one"}, "丁": {"one", "other"}}


@pytest.mark.parametrize("pattern", ENDING, ids=lambda pattern: pattern.pattern[:12])
def test_what_ends_before_a_date_ends_with_one_of_its_characters(pattern):
    @settings(max_examples=30, deadline=None)
    @given(st.from_regex(pattern))
    def ends(text):
        assert text.rstrip("\n")[-1] in last_chars(pattern)

    ends()


@pytest.mark.parametrize("pattern", CLAUSE_BOUND, ids=lambda pattern: pattern.pattern[:12])
def test_what_reaches_back_to_a_date_reaches_over_no_mark(pattern):
    @settings(max_examples=30, deadline=None)
    @given(st.from_regex(pattern))
    def reaches(text):
        assert in_clause(text, len(text))

    reaches()


def test_every_space_is_squeezed_out():
    spaces = [char for char in map(chr, range(0x20000)) if char.isspace()]
    assert all(deadlines._squeezed(f"6{space}月")[0] == "6月" for space in spaces)
