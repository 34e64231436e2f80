"""What a match of a pattern can begin with, worked out from the pattern itself: a look at one or two characters spares
most calls of a pattern that begins in many ways.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

# Stand for any character, any digit, any white space, until the heads are known.
_ANY, _DIGIT, _SPACE = "\0", "\1", "\2"
_LONG_RANGE = 32
take_apart = lru_cache(maxsize=8)(parser.parse)  # for several questions in a row


def _all(is_one: Callable[[str], bool]) -> list[str]:
    return list(filter(is_one, map(chr, range(0x20000))))  # no later plane has digits or spaces


_KINDS = {_DIGIT: _all(str.isdecimal), _SPACE: _all(str.isspace)}
_CATEGORIES = {op.CATEGORY_DIGIT: _DIGIT, op.CATEGORY_SPACE: _SPACE}


def heads(pattern: str, *, may_be_empty: bool = False, among: Iterable[str] = ()) -> frozenset[str]:
    """Strings of one or two characters: every match begins with one of them. Only those that begin with a character of
    `among`, when it is given.

    Empty matches are left out. Raises ValueError when nobody said there are some, or a match may begin with anything.
    """
    found = _beginnings(pattern, 2, may_be_empty=may_be_empty)
    wanted = frozenset(among)
    spelt = (one + two for head in found for one in _KINDS.get(head[:1], head[:1]) for two in _second(head))
    return frozenset(head for head in spelt if head and (not wanted or head[0] in wanted))


def first_chars(pattern: re.Pattern[str], *, may_be_empty: bool = False) -> frozenset[str]:
    """The characters a match can begin with, for patterns where these are few.

    Raises ValueError where a match may begin with anything, or be empty and nobody said so.
    """
    found = _beginnings(pattern.pattern, 1, may_be_empty=may_be_empty)
    return _spelt(found)


def last_chars(pattern: re.Pattern[str]) -> frozenset[str]:
    """The characters a match can end with, for patterns where these are few; raises ValueError as `first_chars` does."""
    return _spelt(_beginnings(pattern.pattern, 1, may_be_empty=False, mirrored=True))


def hurried(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """A pattern with the same matches that asks for the first character before all else.

    Where it begins in many ways, some with a look behind, all of them are tried at every place of a text. Where it
    begins with literals the search leaps to them by itself.
    """
    if _begins_literally(take_apart(pattern.pattern).data[0]):
        return pattern
    try:
        first = first_chars(pattern)
    except ValueError:
        return pattern
    return re.compile(f"(?=[{''.join(map(re.escape, sorted(first)))}])(?:{pattern.pattern})")


def _begins_literally(item: tuple[Any, Any]) -> bool:
    kind, value = item
    if kind is op.SUBPATTERN:
        return bool(value[3]) and _begins_literally(value[3][0])
    if kind is op.BRANCH:
        return all(branch and branch[0][0] is op.LITERAL for branch in value[1])
    return kind in (op.LITERAL, op.IN)


def tails(pattern: str) -> frozenset[str]:
    """Strings of one or two characters: every match that is not empty ends with one of them.

    Raises ValueError when a match may end with anything.
    """
    found = _beginnings(pattern, 2, may_be_empty=True, mirrored=True)
    spelt = (one + two for tail in found for one in _KINDS.get(tail[:1], tail[:1]) for two in _second(tail))
    return frozenset(tail[::-1] for tail in spelt if tail)


def _spelt(found: set[str]) -> frozenset[str]:
    return frozenset(one for head in found if head for one in _KINDS.get(head, head))


def _beginnings(pattern: str, most: int, *, may_be_empty: bool, mirrored: bool = False) -> set[str]:
    items = take_apart(pattern)
    found = _sequence(_mirrored(items) if mirrored else items, most)
    if "" in found and not may_be_empty:
        raise ValueError(f"a match may be empty: {pattern}")
    if any(head[:1] == _ANY for head in found):
        raise ValueError(f"a match may begin with anything: {pattern}")
    return found


def _mirrored(items: Iterable[Any]) -> list[tuple[Any, Any]]:
    """A pattern that matches the same read from right to left; what it asks of its surroundings stays as it is."""
    return [(kind, _turned(kind, value)) for kind, value in reversed(list(items))]


def _turned(kind: Any, value: Any) -> Any:
    if kind is op.BRANCH:
        return (value[0], [_mirrored(branch) for branch in value[1]])
    if kind is op.ATOMIC_GROUP:
        return _mirrored(value)
    repeats = kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
    return (*value[:-1], _mirrored(value[-1])) if repeats or kind is op.SUBPATTERN else value


def _second(head: str) -> Iterable[str]:
    """What may stand behind the first character; nothing for anything. What follows a digit is not told apart."""
    if head[:1] in _KINDS or head[1:] == _ANY:
        return ("",)
    return _KINDS.get(head[1:], (head[1:],))


def _sequence(items: Iterable[Any], most: int) -> set[str]:
    """The first `most` characters of all matches; what is shorter is a whole match."""
    found = {""}
    for kind, value in items:
        if all(len(head) == most for head in found):
            break
        found = _longer(found, most, partial(_item, kind, value))
    return found


def _longer(found: set[str], most: int, following: Callable[[int], set[str]]) -> set[str]:
    """Heads that are not full yet, each with all that may follow."""
    longer = {head for head in found if len(head) == most}
    for length in range(1, most + 1):
        if before := [head for head in found if len(head) == most - length]:
            longer |= {head + tail for head in before for tail in following(length)}
    return longer


def _item(kind: Any, value: Any, most: int) -> set[str]:
    if kind is op.LITERAL:
        return {chr(value)}
    if kind is op.IN:
        return _class(value)
    if kind is op.BRANCH:
        return {head for branch in value[1] for head in _sequence(branch, most)}
    if kind in (op.SUBPATTERN, op.ATOMIC_GROUP):
        return _sequence(value[3] if kind is op.SUBPATTERN else value, most)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _repeat(value, most)
    return {""} if kind in (op.AT, op.ASSERT, op.ASSERT_NOT) else {_ANY}


def _class(members: list[tuple[Any, Any]]) -> set[str]:
    found: set[str] = set()
    for kind, value in members:
        if kind is op.LITERAL:
            found.add(chr(value))
        elif kind is op.RANGE and value[1] - value[0] < _LONG_RANGE:
            found.update(map(chr, range(value[0], value[1] + 1)))
        elif kind is op.CATEGORY and value in _CATEGORIES:
            found.add(_CATEGORIES[value])
        else:
            return {_ANY}
    return found


def _repeat(repeat: tuple[int, int, Any], most: int) -> set[str]:
    least, times, inner = repeat
    found = {""}
    for _ in range(min(least, most)):
        found = _longer(found, most, partial(_sequence, inner))
    longer = found
    for _ in range(min(times, most) - min(least, most)):
        longer = _longer(longer, most, partial(_sequence, inner))
        found = found | longer
    return found
