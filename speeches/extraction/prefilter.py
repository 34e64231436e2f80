"""Which patterns can match a text at all, told from the literal pieces the text holds: one pass for all patterns.

Every match of a pattern contains certain literal pieces. They are worked out from the pattern itself, once; then a text
is searched once for all pieces of all patterns, and only those patterns are tried whose pieces it holds: nineteen of
twenty fall away, and no result ever changes. The pieces are found by ahocorasick_rs, or, where that package is missing,
in Python: slower, with the same answer.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import pairwise
from operator import or_
from re import _constants as op  # type: ignore[attr-defined]
from typing import Any

from speeches.extraction.heads import take_apart
from speeches.extraction.pieces import (
    EDGE,
    OTHER_DIGITS,
    PLAIN_DIGITS,
    Pieces,
    Reader,
    alternatives,
    chance,
    needed,
    shortest,
)

try:
    import ahocorasick_rs
except ImportError:
    library: Any = None
else:
    library = ahocorasick_rs

Search = Callable[[str], re.Match[str] | None]
_EVERYWHERE = 0.04
"""Pieces more frequent than this say nothing."""
_SELDOM = 0.006
"""A second set of pieces is only looked for when it is rarer than this: else looking costs more than it saves."""
# A text is searched for pieces between two edges and with plain digits only: there ^, $ and \d are pieces like others.
_READER = Reader(PLAIN_DIGITS, start=frozenset({EDGE}), end=frozenset({EDGE, f"\n{EDGE}"}))
_PLAIN = dict.fromkeys(map(ord, OTHER_DIGITS), "0")
_NO_EDGE = "\1"
"""Written for a character of the text that looks like an edge."""


class Sieve:
    """Patterns by their numbers, sorted out by what a text holds.

    Alternatives at the top of a pattern (A|B|C) are sifted each by itself; one that is a plain word needs no pattern
    at all. A None in place of a pattern never matches.
    """

    __slots__ = ("_always", "_closing", "_find", "_full", "_low", "_of", "_second", "_tried")

    def __init__(self, patterns: Iterable[str | None]) -> None:
        words: dict[str, int] = {}  # pieces of patterns that are words and nothing else: found means matched
        first: dict[str, int] = {}
        second: dict[str, int] = {}
        closing: dict[str, int] = {}  # patterns by last characters of a text that rule them out
        self._tried: dict[int, tuple[int, Search]] = {}
        always_first = always_second = 0
        count = 0
        for number, pattern in enumerate(patterns):
            count += 1
            for part in alternatives(pattern) if pattern is not None else ():
                plain, sets = _pieces(part)
                if plain:
                    _mark(words, plain, 1 << number)
                    continue
                bit = 1 << len(self._tried)
                self._tried[bit] = 1 << number, re.compile(part).search
                _mark(closing, _ruled_out_at_end(part), bit)
                if sets:
                    _mark(first, sets[0], bit)
                else:
                    always_first |= bit
                if len(sets) > 1:
                    _mark(second, sets[1], bit)
                else:
                    always_second |= bit
        # One number for each piece: which patterns it settles, then which first and which second conditions it meets.
        self._low, self._second = count, count + len(self._tried)
        self._full = (1 << count) - 1
        self._always = always_first << count | always_second << self._second
        self._closing = {char: ~mask for char, mask in closing.items()}
        pieces = sorted({*words, *first, *second})
        self._of = {
            piece: words.get(piece, 0)
            | first.get(piece, 0) << self._low
            | second.get(piece, 0) << self._second
            for piece in pieces
        }
        self._of |= dict.fromkeys(OTHER_DIGITS, -1 << self._second + len(self._tried))
        self._find = _finder([*self._of])

    def matching(self, text: str) -> int:
        """The patterns that match somewhere in the text, as a set of bits."""
        found, trying = self._sift(text)
        tried = self._tried
        while trying:
            lowest = trying & -trying
            trying ^= lowest
            pattern, search = tried[lowest]
            if not found & pattern and search(text):
                found |= pattern
        return found

    def passing(self, text: str) -> int:
        """The patterns that may match somewhere in the text, as a set of bits; all others cannot."""
        found, trying = self._sift(text)
        for at in bits(trying):
            found |= self._tried[1 << at][0]
        return found

    def _sift(self, text: str) -> tuple[int, int]:
        """The patterns whose words are found, and the parts of patterns that are still to be tried."""
        held = self._held(f"{EDGE}{text.replace(EDGE, _NO_EDGE)}{EDGE}")
        trying = (held >> self._low) & (held >> self._second) & self._closing.get(text[-1:], -1)
        return held & self._full, trying

    def _held(self, framed: str) -> int:
        held = reduce(or_, map(self._of.__getitem__, self._find(framed)), self._always)
        return held if held >= 0 else self._held(framed.translate(_PLAIN))


def bits(number: int) -> list[int]:
    """The places of the bits that are set, lowest first."""
    found = []
    while number:
        lowest = number & -number
        number ^= lowest
        found.append(lowest.bit_length() - 1)
    return found


def _pieces(pattern: str) -> tuple[Pieces | None, list[Pieces]]:
    """The words a pattern consists of when it is nothing else, and up to two sets of pieces it needs, the rarest first."""
    exact, sets = _READER.read(pattern)
    if any(EDGE in piece[1:-1] for pieces in sets for piece in pieces):
        raise ValueError(f"^ or $ in the midst: {pattern}")
    if exact is not None and "" not in exact and not _ASKS_MORE.search(pattern):
        return exact, []
    telling = [pieces for pieces in sets if chance(pieces) < _EVERYWHERE and all(map(_is_no_edge, pieces))]
    chosen = telling[:1] + [pieces for pieces in telling[1:2] if _pays(pieces, telling[0])]
    return None, [shortest(pieces) for pieces in chosen]


def _is_no_edge(piece: str) -> bool:
    return bool(piece.strip(_AT_EDGES))


def _pays(second: Pieces, first: Pieces) -> bool:
    """Whether fewer searches are worth looking for a second set of pieces: rare ones, and not too many."""
    return chance(second) < _SELDOM and chance(second) / 15 + 2e-6 * len(second) < chance(first)


# Looks around, does not go back, or spells out a digit, for which a text with digits of another script is not read.
_ASKS_MORE = re.compile(r"\(\?[=!<>]|[?*+}]\+|\\|\d")
_AT_EDGES = f"{EDGE}\n"


def _ruled_out_at_end(pattern: str) -> Pieces:
    """Characters a text does not end with in which the pattern holds: those of [^…]$."""
    parsed = take_apart(pattern)
    if len(parsed.data) < 2 or parsed.data[-1] != (op.AT, op.AT_END) or parsed.data[-2][0] is not op.IN:
        return frozenset()
    (kind, _), *members = parsed.data[-2][1]
    if kind is not op.NEGATE:
        return frozenset()
    return frozenset([chr(value) for kind, value in members if kind is op.LITERAL])


def _mark(table: dict[str, int], pieces: Pieces, bit: int) -> None:
    for piece in pieces:
        table[piece] = table.get(piece, 0) | bit


def _finder(pieces: Sequence[str]) -> Callable[[str], Iterable[str]]:
    """A function that gives the pieces a text holds, each at least once."""
    by_head: dict[str, list[str]] = {}
    for piece in pieces:
        by_head.setdefault(piece[:2], []).append(piece)

    def slowly(text: str) -> list[str]:
        heads = {*text, *[one + other for one, other in pairwise(text)]}
        return [piece for head in by_head.keys() & heads for piece in by_head[head] if piece in text]

    if library is None or not pieces:
        return slowly
    find = library.AhoCorasick(pieces, store_patterns=True).find_matches_as_strings  # spares new strings

    def held(text: str) -> list[str]:
        try:
            return find(text, overlapping=True)  # type: ignore[no-any-return]
        except UnicodeEncodeError:  # half of a surrogate pair: no text, but it must not stop us
            return slowly(text)

    return held


def longest_words(words: Sequence[str]) -> Callable[[str], list[tuple[int, int, int]]]:
    """A function that gives the words of a text, left to right, the longest wins: (number of the word, start, end)."""
    by_two: dict[str, list[tuple[int, str]]] = {}
    for number, word in sorted(enumerate(words), key=lambda entry: -len(entry[1])):
        by_two.setdefault(word[:2], []).append((number, word))

    def slowly(text: str) -> list[tuple[int, int, int]]:
        found, at = [], 0
        while at < len(text):
            for number, word in (*by_two.get(text[at : at + 2], ()), *by_two.get(text[at], ())):
                if text.startswith(word, at):
                    found.append((number, at, at + len(word)))
                    at += len(word)
                    break
            else:
                at += 1
        return found

    if library is None:
        return slowly
    find = library.AhoCorasick(words, matchkind=library.MatchKind.LeftmostLongest)

    def found(text: str) -> list[tuple[int, int, int]]:
        try:
            return find.find_matches_as_indexes(text)  # type: ignore[no-any-return]
        except UnicodeEncodeError:
            return slowly(text)

    return found


def spots(pattern: re.Pattern[str]) -> Callable[[str], list[int]]:
    """A function that gives the places of a text where a piece of the pattern begins, in order: a stretch of the text
    without such a place holds no match. Raises ValueError when no pieces are certain."""
    pieces = sorted(needed(pattern.pattern) or ())
    if not pieces:
        raise ValueError(f"no pieces: {pattern.pattern}")
    anywhere = re.compile(f"(?={'|'.join(map(re.escape, pieces))})")

    def slowly(text: str) -> list[int]:
        return [match.start() for match in anywhere.finditer(text)]

    if library is None:
        return slowly
    # the largest and quickest kind: it looks at whole texts
    find = library.AhoCorasick(pieces, implementation=library.Implementation.DFA).find_matches_as_indexes

    def found(text: str) -> list[int]:
        try:
            return sorted([start for _, start, _ in find(text, overlapping=True)])
        except UnicodeEncodeError:
            return slowly(text)

    return found
