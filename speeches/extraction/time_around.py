"""Which of many patterns can match right behind a phrase, or end right before it, told from one character. Internal to
deadlines.

A date is asked about two dozen things that may stand around it, and mostly none of them does.
"""

import re
from collections.abc import Callable

from speeches.extraction.heads import first_chars, last_chars

Names = frozenset[str]
NOTHING: Names = frozenset()
CLAUSE_MARKS = "，,。；;"


def by_first_char(**patterns: re.Pattern[str]) -> dict[str, Names]:
    """For each character the names of the patterns a match of which may begin with it."""
    return _names_by_char(patterns, first_chars)


def by_last_char(**patterns: re.Pattern[str]) -> dict[str, Names]:
    """For each character the names of the patterns a match of which may end with it."""
    return _names_by_char(patterns, last_chars)


def _names_by_char(
    patterns: dict[str, re.Pattern[str]], chars_of: Callable[[re.Pattern[str]], frozenset[str]]
) -> dict[str, Names]:
    names: dict[str, set[str]] = {}
    for name, pattern in patterns.items():
        for char in chars_of(pattern):
            names.setdefault(char, set()).add(name)
    return {char: frozenset(found) for char, found in names.items()}


def in_clause(text: str, start: int) -> bool:
    """Whether words of the same clause stand right before `start`: patterns that reach back to a date over anything but
    marks need not be asked elsewhere."""
    return start > 0 and text[start - 1] not in CLAUSE_MARKS
