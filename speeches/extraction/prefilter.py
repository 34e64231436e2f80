"""Which patterns can match a text at all, told from the literal pieces the text holds: one pass for all patterns.

Every match of a pattern contains certain literal pieces. They are worked out from the pattern itself, once; then a text
is searched once for all pieces of all patterns, and only those patterns are tried whose pieces it holds: nineteen of
twenty fall away, and no result ever changes. The pieces are found by ahocorasick_rs, or, where that package is missing,
in Python: slower, with the same answer.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial, reduce
from itertools import pairwise
from operator import and_, invert, or_
from re import _constants as op  # type: ignore[attr-defined]
from typing import Any

from speeches.extraction.heads import first_chars, take_apart

try:
    import ahocorasick_rs
except ImportError:
    library: Any = None
else:
    library = ahocorasick_rs

Pieces = frozenset[str]
Search = Callable[[str], re.Match[str] | None]
# What is known of a stretch of a pattern: all it can match (when that is a short list), and sets of pieces of each of
# which every match holds one.
_Known = tuple[Pieces | None, tuple[Pieces, ...]]
_MOST = 400
_NOTHING: _Known = (frozenset({""}), ())
_UNKNOWN: _Known = (None, ())
_FREQUENT = (
    "，。的\n一、学不1要　年个校2是,月前0有上了教人我会全到在工成科长区办局来作这事中日把建以务三公报县室4356实生开下底位家完和政大安点就次育管出项理"
    "得同市各天对发好查心新8期分进讲们业小组去子看用后说里师面水部导资门“”每件没问头（）改行9单时所度民提二定清.保能议村今题名动体自周主第过任设也备合"
)
_DIGITS = frozenset(
    filter(str.isdecimal, map(chr, range(0x20000)))
)  # what \d matches: no later plane has digits
_CHANCE = dict.fromkeys(_DIGITS, 0.0) | {
    char: 0.03 / (rank + 1) ** 0.6 for rank, char in enumerate(_FREQUENT)
}
_RARE = 0.0008
_SELDOM = 0.006
"""A second set of pieces is only looked for when it is rarer than this: else looking costs more than it saves."""


class Sieve:
    """Patterns by their numbers, sorted out by what a text holds.

    Alternatives at the top of a pattern (A|B|C) are sifted each by itself; one that is a plain word needs no pattern
    at all. A None in place of a pattern never matches.
    """

    __slots__ = (
        "_always",
        "_closing",
        "_find",
        "_full",
        "_low",
        "_of",
        "_opening",
        "_second",
        "_tried",
        "_unbound",
    )

    def __init__(self, patterns: Iterable[str | None]) -> None:
        words: dict[str, int] = {}  # pieces of patterns that are words and nothing else: found means matched
        first: dict[str, int] = {}
        second: dict[str, int] = {}
        opening: dict[str, int] = {}  # patterns that hold only at the start of a text, by its first character
        closing: dict[
            str, int
        ] = {}  # patterns that hold only at its end, by last characters that rule them out
        self._tried: list[tuple[int, Search]] = []
        always_first = always_second = 0
        count = 0
        for number, pattern in enumerate(patterns):
            count += 1
            for part in _alternatives(pattern) if pattern is not None else ():
                plain, sets = _pieces(part)
                if plain:
                    _mark(words, plain, 1 << number)
                    continue
                bit = 1 << len(self._tried)
                self._tried.append((1 << number, _search(part)))
                _mark(opening, _openings(part), bit)
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
        self._unbound = reduce(and_, map(invert, opening.values()), -1)
        self._opening = {char: self._unbound | mask for char, mask in opening.items()}
        self._closing = {char: ~mask for char, mask in closing.items()}
        pieces = sorted({*words, *first, *second})
        self._of = {
            piece: words.get(piece, 0)
            | first.get(piece, 0) << self._low
            | second.get(piece, 0) << self._second
            for piece in pieces
        }
        self._find = _finder(pieces)

    def matching(self, text: str) -> int:
        """The patterns that match somewhere in the text, as a set of bits."""
        found, trying = self._sift(text)
        tried = self._tried
        while trying:
            lowest = trying & -trying
            trying ^= lowest
            pattern, search = tried[lowest.bit_length() - 1]
            if not found & pattern and search(text):
                found |= pattern
        return found

    def passing(self, text: str) -> int:
        """The patterns that may match somewhere in the text, as a set of bits; all others cannot."""
        found, trying = self._sift(text)
        for at in bits(trying):
            found |= self._tried[at][0]
        return found

    def _sift(self, text: str) -> tuple[int, int]:
        held = reduce(or_, map(self._of.__getitem__, self._find(text)), self._always)
        trying = (held >> self._low) & (held >> self._second)
        trying &= self._opening.get(text[:1], self._unbound) & self._closing.get(text[-1:], -1)
        return held & self._full, trying


def bits(number: int) -> list[int]:
    """The places of the bits that are set, lowest first."""
    found = []
    while number:
        lowest = number & -number
        number ^= lowest
        found.append(lowest.bit_length() - 1)
    return found


def _search(pattern: str) -> Search:
    """The search for a pattern. One that holds only at the end of a text is not looked for anywhere else."""
    search = re.compile(pattern).search
    parsed = take_apart(pattern)
    reach = parsed.getwidth()[1] + 1
    if not parsed.data or parsed.data[-1] != (op.AT, op.AT_END) or reach > _MOST:
        return search

    def at_the_end(text: str) -> re.Match[str] | None:
        return search(text, max(0, len(text) - reach))

    return at_the_end


def _openings(pattern: str) -> Pieces:
    """The characters a text may begin with in which the pattern holds; empty when it may hold anywhere or of many."""
    parsed = take_apart(pattern)
    if not parsed.data or parsed.data[0] != (op.AT, op.AT_BEGINNING):
        return frozenset()
    try:
        return first_chars(re.compile(pattern))
    except ValueError:
        return frozenset()


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
    find = library.AhoCorasick(pieces).find_matches_as_strings

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


# --- what a pattern needs --------------------------------------------------------------------------------------------


def needed(pattern: str) -> Pieces | None:
    """Pieces of which every text the pattern matches holds at least one; None when none are certain."""
    exact, sets = _sequence(take_apart(pattern))
    return _best(exact, sets)


def holds_one_of(pattern: str, chars: Pieces) -> bool:
    """Whether it is certain that every match of the pattern holds one of the characters."""
    return all(
        any("" not in pieces and all(not chars.isdisjoint(piece) for piece in pieces) for pieces in known)
        for part in _alternatives(pattern)
        for exact, sets in [_sequence(take_apart(part))]
        for known in [[*sets, exact] if exact is not None else [*sets]]
    )


def _pieces(pattern: str) -> tuple[Pieces | None, tuple[Pieces, ...]]:
    """The words a pattern consists of when it is nothing else, and up to two sets of pieces it needs, the rarest first."""
    exact, sets = _sequence(take_apart(pattern))
    if exact is not None and "" not in exact and not _LOOKS_AROUND.search(pattern):
        return exact, ()
    known = sorted({pieces for pieces in (*sets, exact) if pieces and "" not in pieces}, key=_order)
    return None, tuple(known[:1] + [pieces for pieces in known[1:2] if _chance(pieces) < _SELDOM])


_LOOKS_AROUND = re.compile(r"\(\?[=!<]|\^|\$|\\")
_BACK = re.compile(r"\\([1-9])")


def _alternatives(pattern: str) -> list[str]:
    """The alternatives at the top of a pattern, each a pattern of its own; the whole when its groups have names."""
    if "(?P" in pattern:
        return [pattern]
    parts, before = _split(pattern), 0
    for at, part in enumerate(parts):
        parts[at] = _BACK.sub(partial(_renumbered, before), part)
        before += re.compile(parts[at]).groups
    return parts


def _renumbered(before: int, reference: re.Match[str]) -> str:
    return f"\\{int(reference[1]) - before}"


def _split(pattern: str) -> list[str]:
    found, depth, start, at = [], 0, 0, 0
    in_class = False
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            at += 1
        elif in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
            at += pattern.startswith(("^]", "]"), at + 1) * (1 + (pattern[at + 1 : at + 2] == "^"))
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "|" and not depth:
            found.append(pattern[start:at])
            start = at + 1
        at += 1
    return [*found, pattern[start:]]


def _sequence(items: Iterable[Any]) -> _Known:
    run: Pieces = frozenset({""})
    sets: list[Pieces] = []
    whole = True
    for kind, value in items:
        exact, more = _item(kind, value)
        sets += more
        if exact is not None and len(run) * len(exact) <= _MOST:
            run = frozenset(head + tail for head in run for tail in exact)
            continue
        whole = False
        sets.append(run)
        run = exact if exact is not None else frozenset({""})
    return (run, tuple(sets)) if whole else (None, (*sets, run))


def _item(kind: Any, value: Any) -> _Known:
    if kind is op.LITERAL:
        return frozenset({chr(value)}), ()
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
        elif kind is op.RANGE and value[1] - value[0] < 32:
            chars.update(map(chr, range(value[0], value[1] + 1)))
        elif kind is op.CATEGORY and value is op.CATEGORY_DIGIT:
            chars.update(_DIGITS)
        else:
            return _UNKNOWN
    return frozenset(chars), ()


def _branch(branches: list[_Known]) -> _Known:
    exacts = [exact for exact, _ in branches if exact is not None]
    if len(exacts) == len(branches) and sum(map(len, exacts)) <= _MOST:
        return frozenset().union(*exacts), ()
    pieces = [_best(exact, sets) for exact, sets in branches]
    known = [piece for piece in pieces if piece]
    return (None, (frozenset().union(*known),)) if len(known) == len(pieces) else _UNKNOWN


def _repeat(least: int, most: int, inner: Any) -> _Known:
    exact, sets = _sequence(inner)
    if (least, most) == (0, 1) and exact is not None:
        return exact | {""}, ()
    if least == most == 1:
        return exact, sets
    return (None, (*sets, exact) if exact is not None else sets) if least else _UNKNOWN


def _best(exact: Pieces | None, sets: tuple[Pieces, ...]) -> Pieces | None:
    return min((pieces for pieces in (exact, *sets) if pieces and "" not in pieces), key=_order, default=None)


def _order(pieces: Pieces) -> tuple[float, list[str]]:
    """The rarest first; the pieces themselves settle a tie, so that every run sifts alike."""
    return _chance(pieces), sorted(pieces)


def _chance(pieces: Pieces) -> float:
    """How often one of the pieces begins at a place of an ordinary text, roughly."""
    total = 0.0
    for piece in pieces:
        chance = 1.0
        for char in piece:
            chance *= _CHANCE.get(char, _RARE)
        total += chance
    return total
