"""Which patterns can match a text at all, told from the pairs of characters the text holds.

Every match of a pattern contains one of a few literal pieces. They are worked out from the pattern itself, once, so a
text is only searched for what it has a piece of: nine searches of ten fall away, and no result ever changes.
"""

from collections.abc import Iterable
from itertools import pairwise
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_MOST = 400
Pieces = frozenset[str]
# What is known of a stretch of a pattern: all it can match (when that is a short list), and pieces one of which it must hold.
_Known = tuple[Pieces | None, Pieces | None]
_NOTHING: _Known = (frozenset({""}), None)
_UNKNOWN: _Known = (None, None)


def grams(text: str) -> set[str]:
    """The characters and the neighbouring pairs of a text."""
    return {*text, *[one + other for one, other in pairwise(text)]}


def needed(pattern: str) -> Pieces | None:
    """Characters and pairs of which every text the pattern matches has at least one; None when none are certain."""
    exact, need = _sequence(parser.parse(pattern))
    pieces = _better(exact, need)
    return frozenset(piece[:2] for piece in pieces) if pieces else None


class Sieve:
    """Patterns by their numbers: `passing` gives those a text may match."""

    __slots__ = ("_always", "_by_gram")

    def __init__(self, patterns: Iterable[str]) -> None:
        self._always: list[int] = []
        self._by_gram: dict[str, list[int]] = {}
        for number, pattern in enumerate(patterns):
            pieces = needed(pattern)
            if pieces is None:
                self._always.append(number)
            for piece in pieces or ():
                self._by_gram.setdefault(piece, []).append(number)

    def passing(self, text_grams: set[str]) -> set[int]:
        """The numbers of the patterns that may match a text with these grams; all others cannot."""
        found = set(self._always)
        for gram in self._by_gram.keys() & text_grams:
            found.update(self._by_gram[gram])
        return found


def _sequence(items: Iterable[Any]) -> _Known:
    run: Pieces = frozenset({""})
    best: Pieces | None = None
    whole = True
    for kind, value in items:
        exact, need = _item(kind, value)
        if exact is not None and len(run) * len(exact) <= _MOST:
            run = frozenset(head + tail for head in run for tail in exact)
            continue
        whole = False
        best = _better(_better(best, run), need)
        run = exact if exact is not None else frozenset({""})
    return (run, best) if whole else (None, _better(best, run))


def _item(kind: Any, value: Any) -> _Known:
    if kind is op.LITERAL:
        return frozenset({chr(value)}), None
    if kind is op.IN:
        return _class(value)
    if kind is op.BRANCH:
        return _branch([_sequence(branch) for branch in value[1]])
    if kind is op.SUBPATTERN:
        return _sequence(value[3]) if not value[1] and not value[2] else _UNKNOWN
    if kind is op.ATOMIC_GROUP:
        return _sequence(value)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _repeat(*value)
    return _NOTHING if kind in (op.AT, op.ASSERT, op.ASSERT_NOT) else _UNKNOWN


def _class(members: list[tuple[Any, Any]]) -> _Known:
    chars: set[str] = set()
    for kind, value in members:
        if kind is op.LITERAL:
            chars.add(chr(value))
        elif kind is op.RANGE and value[1] - value[0] < 16:
            chars.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return _UNKNOWN
    return frozenset(chars), None


def _branch(branches: list[_Known]) -> _Known:
    exacts = [exact for exact, _ in branches if exact is not None]
    if len(exacts) == len(branches) and sum(map(len, exacts)) <= _MOST:
        return frozenset().union(*exacts), None
    pieces = [_better(exact, need) for exact, need in branches]
    known = [piece for piece in pieces if piece]
    return (None, frozenset().union(*known)) if len(known) == len(pieces) else _UNKNOWN


def _repeat(least: int, most: int, inner: Any) -> _Known:
    exact, need = _sequence(inner)
    if (least, most) == (0, 1) and exact is not None:
        return exact | {""}, None
    if least == most == 1:
        return exact, need
    return (None, _better(exact, need)) if least else _UNKNOWN


def _better(one: Pieces | None, other: Pieces | None) -> Pieces | None:
    """The set that says more: of pairs rather than of single characters, then the shorter one."""
    sets = [pieces for pieces in (one, other) if pieces and "" not in pieces]
    return min(sets, key=lambda pieces: (any(len(piece) < 2 for piece in pieces), len(pieces)), default=None)
