"""The rules of time: what spares a rule the search never costs it a match."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speeches.extraction.heads import hurried
from speeches.extraction.time_matches import RULES, longest_matches

IDS = [rule.id for rule in RULES]
# Their needs ask for more than their pattern does: 三个月内 is a time, 二分之一工作日的里 is none.
NARROWED = ("within", "given-bare", "time-given", "times-each", "part-of-year", "end-of-today")
few = settings(
    max_examples=10,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    deadline=None,
)


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_what_a_rule_needs_is_in_all_it_matches(rule):
    if rule.id in NARROWED:
        return

    @few
    @given(st.from_regex(rule.pattern))
    def holds(text):
        assert re.search(rule.needs, text)

    holds()


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_a_hurried_pattern_has_the_same_matches(rule):
    quick = hurried(rule.pattern)

    @few
    @given(st.lists(st.from_regex(rule.pattern) | st.text("年月日今明一二十12每前内在“"), max_size=3))
    def same(pieces):
        text = "".join(pieces)
        assert [(match.span(), match.groupdict()) for match in quick.finditer(text)] == [
            (match.span(), match.groupdict()) for match in rule.pattern.finditer(text)
        ]

    same()


def test_the_dates_that_begin_in_many_ways_are_hurried():
    quick = {rule.id for rule in RULES if hurried(rule.pattern) is not rule.pattern}
    assert quick > {"day", "month", "part-of-month", "part-of-year", "within", "festival", "term"}
    assert "vague" not in quick  # its words are leapt to as they are


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("6月底前完成", ["6月底"]),
        ("一季度末和6月30日", ["一季度末", "6月30日"]),
        ("《2026年工作要点》6月底前印发", ["6月底"]),
        ("《2026年工作要点》", []),
        ("尽快、6月底前完成", ["尽快", "6月底"]),
        ("复工前到位", ["复工前"]),
        ("加强领导", []),
    ],
)
def test_the_longest_matches_are_taken_in_text_order(text, said):
    assert [match[0] for match, _ in longest_matches(text)] == said
