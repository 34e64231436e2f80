"""Which rules of time match where: the matches of all rules of which the longest wins. Internal to deadlines."""

import re

from speeches.extraction import time_feasts, time_hours, time_points, time_school, time_spans
from speeches.extraction.heads import hurried
from speeches.extraction.pieces import holds_one_of
from speeches.extraction.prefilter import Sieve, bits
from speeches.extraction.time_model import TimeRule

RULES: tuple[TimeRule, ...] = (
    *time_hours.RULES,
    *time_spans.RULES,
    *time_school.RULES,
    *time_points.RULES,
    *time_feasts.RULES,
)
_NEEDS = Sieve(rule.needs for rule in RULES)
# The marks of a rule are asked for only where its patterns leave them open.
_MARKS = {
    number: frozenset(rule.marks)
    for number, rule in enumerate(RULES)
    if not any(holds_one_of(said, frozenset(rule.marks)) for said in (rule.pattern.pattern, rule.needs))
}


_FINDERS = tuple((hurried(rule.pattern).finditer, rule) for rule in RULES)
_LAST = frozenset({"event-before", "vague"})  # only where no phrase with a date stands
_TITLE = re.compile(r"《[^》]{0,80}》")
_Match = tuple[re.Match[str], TimeRule]


def longest_matches(text: str) -> list[_Match]:
    """The matches of all rules, the longest where they overlap, in text order; document titles are left out."""
    # where a match stands among the others, as what sorts them: length counts downwards
    found: list[tuple[bool, int, int, int, re.Match[str], TimeRule]] = []
    for number in bits(_NEEDS.matching(text)):
        if number in _MARKS and _MARKS[number].isdisjoint(text):
            continue
        finditer, rule = _FINDERS[number]
        for match in finditer(text):
            start, end = match.span()
            found.append((rule.id in _LAST, start - end, start, len(found), match, rule))
    if len(found) == 1 and "《" not in text:
        return [found[0][4:]]
    return _without_overlaps(text, sorted(found)) if found else []


def _without_overlaps(
    text: str, found: list[tuple[bool, int, int, int, re.Match[str], TimeRule]]
) -> list[_Match]:
    """The matches that overlap none before them in the list, in text order."""
    taken = bytearray(len(text))
    for title in _TITLE.finditer(text):
        taken[title.start() : title.end()] = b"\x01" * len(title[0])
    chosen: list[tuple[int, re.Match[str], TimeRule]] = []
    for _, shortness, start, _, match, rule in found:
        end = start - shortness
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\x01" * (end - start)
            chosen.append((start, match, rule))
    return [(match, rule) for _, match, rule in sorted(chosen, key=lambda entry: entry[0])]
