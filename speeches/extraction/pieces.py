"""The literal pieces every match of a pattern contains, worked out from the pattern itself."""

import re
from collections.abc import Iterable
from functools import lru_cache, partial
from re import _constants as op  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from speeches.extraction.heads import take_apart

Pieces = frozenset[str]
EDGE = "\0"
"""Stands for the start and the end of a text where a reader is told to."""
PLAIN_DIGITS = frozenset("0123456789")
OTHER_DIGITS = frozenset(filter(str.isdecimal, map(chr, range(0x20000)))) - PLAIN_DIGITS
"""All others that \\d matches: no later plane has digits."""
_MOST = 400
_MOST_MET = 1200
_FREQUENT = (
    "，。的\n一、学不1要　年个校2是,月前0有上了教人我会全到在工成科长区办局来作这事中日把建以务三公报县室4356实生开下底位家完和政大安点就次育管出项理"
    "得同市各天对发好查心新8期分进讲们业小组去子看用后说里师面水部导资门“”每件没问头（）改行9单时所度民提二定清.保能议村今题名动体自周主第过任设也备合"
)
_CHANCE = dict.fromkeys(OTHER_DIGITS, 0.0) | {
    char: 0.03 / (rank + 1) ** 0.6 for rank, char in enumerate((*_FREQUENT, EDGE))
}
_RARE = 0.0008
_WORDS = (
    "教育工作发展学校建设问题我们改革企业一个社会没有同志领导组织推进项目质量加强群众学习经济全面管理落实责任会议服务意见提高提升部门重点任务创新坚持检查开展推动实施完成政策干部机制单位教学支持活动要求情况基础加快解决思想水平主要制度建立整改精神完善负责保障改造科学增强标准目标实现工程"
    "持续体系促进强化达到稳定统筹方案安全健全打造培训"
)
_CHANCE |= {word: 0.005 / (rank + 1) ** 0.5 for rank, word in enumerate(re.findall("..", _WORDS))}
_LENGTH = 1e-6
_EMPTY: Pieces = frozenset({""})


class _Known(NamedTuple):
    """What is known of a stretch of a pattern: all it can match, when that is a short list, or else sets of pieces of
    each of which every match holds one, and pieces of which one begins and one ends every match. An empty piece among
    those says that the match may be empty."""

    exact: Pieces | None
    sets: tuple[Pieces, ...] = ()
    head: Pieces | None = None
    tail: Pieces | None = None

    def begins(self) -> Pieces | None:
        return self.head if self.exact is None else self.exact

    def ends(self) -> Pieces | None:
        return self.tail if self.exact is None else self.exact

    def certain(self) -> list[Pieces]:
        """The sets of pieces that say something, the rarest first."""
        found = list(dict.fromkeys([each for each in (*self.sets, self.exact) if each and "" not in each]))
        if len(found) > 1:
            found.sort(key=_order)
        return found


_NOTHING, _UNKNOWN = _Known(_EMPTY), _Known(None)


class Reader:
    """Reads patterns: `digits` are what \\d may stand for, `start` and `end` what ^ and $ may match."""

    def __init__(self, digits: Pieces, *, start: Pieces = _EMPTY, end: Pieces = _EMPTY) -> None:
        self._digits = digits
        self._places = {op.AT_BEGINNING: _Known(start), op.AT_END: _Known(end)}

    def read(self, pattern: str) -> tuple[Pieces | None, list[Pieces]]:
        """All a pattern can match, when that is a short list, and the sets of pieces it needs, the rarest first."""
        known = self._sequence(take_apart(pattern))
        return known.exact, known.certain()

    def _sequence(self, items: Iterable[Any]) -> _Known:
        run, head = _EMPTY, None  # of `run` one ends what is read so far
        sets: list[Pieces] = []
        for kind, value in items:
            known = self._item(kind, value)
            longer = _joined(run, known.exact)
            if longer is not None:
                run = longer
                continue
            sets += known.sets
            begun = _joined(run, known.begins(), most=_MOST_MET) or run
            sets.append(begun)
            head = begun if head is None else head
            run = _ended(run, known)
        if head is None:
            return _Known(run)
        return _Known(None, (*sets, run), head, None if "" in run else run)

    def _item(self, kind: Any, value: Any) -> _Known:
        if kind is op.LITERAL:
            return _Known(frozenset({chr(value)}))
        if kind is op.IN:
            return self._class(value)
        if kind is op.BRANCH:
            return _branch([self._sequence(branch) for branch in value[1]])
        if kind is op.SUBPATTERN:
            return self._sequence(value[3]) if not value[1] and not value[2] else _UNKNOWN
        if kind is op.ATOMIC_GROUP:
            return self._sequence(value)
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            least, most, inner = value
            return _repeated(least, most, self._sequence(inner))
        if kind is op.AT:
            return self._places.get(value, _NOTHING)
        return _NOTHING if kind in (op.ASSERT, op.ASSERT_NOT) else _UNKNOWN

    def _class(self, members: list[tuple[Any, Any]]) -> _Known:
        chars: set[str] = set()
        for kind, value in members:
            if kind is op.LITERAL:
                chars.add(chr(value))
            elif kind is op.RANGE and value[1] - value[0] < 32:
                chars.update(map(chr, range(value[0], value[1] + 1)))
            elif kind is op.CATEGORY and value is op.CATEGORY_DIGIT:
                chars |= self._digits
            else:
                return _UNKNOWN
        return _Known(frozenset(chars))


def needed(pattern: str) -> Pieces | None:
    """Pieces of which every text the pattern matches holds at least one; None when none are certain."""
    _, sets = _AS_IT_IS.read(pattern)
    return shortest(sets[0]) if sets else None


_AS_IT_IS = Reader(PLAIN_DIGITS | OTHER_DIGITS)
_BACK = re.compile(r"\\([1-9])")


def holds_one_of(pattern: str, chars: Pieces) -> bool:
    """Whether it is certain that every match of the pattern holds one of the characters."""
    return all(
        any(all(not chars.isdisjoint(piece) for piece in pieces) for pieces in _AS_IT_IS.read(part)[1])
        for part in alternatives(pattern)
    )


def alternatives(pattern: str) -> list[str]:
    """The alternatives at the top of a pattern, each a pattern of its own; the whole when its groups have names."""
    if "(?P" in pattern:
        return [pattern]
    parts, before = _split(pattern), 0
    if not _BACK.search(pattern):
        return parts
    for at, part in enumerate(parts):
        parts[at] = _BACK.sub(partial(_renumbered, before), part)
        before += take_apart(parts[at]).state.groups - 1
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


def _joined(run: Pieces, following: Pieces | None, *, most: int = _MOST) -> Pieces | None:
    """Each piece with each that may follow, when these are few."""
    if following is None or len(run) * len(following) > most:
        return None
    return frozenset([before + after for before in run for after in following])


def shortest(pieces: Pieces) -> Pieces:
    """Without those that hold another one: where they are found, that one is found too."""
    lengths = {*map(len, pieces)}
    return frozenset([piece for piece in pieces if not _holds_other(piece, pieces, lengths)])


def _holds_other(piece: str, pieces: Pieces, lengths: set[int]) -> bool:
    for length in lengths:
        for start in range(len(piece) - length + 1) if length < len(piece) else ():
            if piece[start : start + length] in pieces:
                return True
    return False


def _last(run: Pieces) -> Pieces:
    return frozenset([piece[-1:] for piece in run])


def _ended(run: Pieces, known: _Known) -> Pieces:
    """Pieces of which one ends a stretch that ended with one of `run` before this one came; an empty one for anything."""
    ends = known.ends()
    if ends is None:
        return _EMPTY
    if known.exact is not None:
        return _joined(_last(run), ends) or ends
    if "" not in ends:
        return ends
    return run | (ends - _EMPTY) if len(run) + len(ends) <= _MOST else _EMPTY


def _branch(branches: list[_Known]) -> _Known:
    exacts = [known.exact for known in branches if known.exact is not None]
    if len(exacts) == len(branches) and sum(map(len, exacts)) <= _MOST:
        return _Known(frozenset().union(*exacts))
    best = _union([next(iter(known.certain()), None) for known in branches])
    return _Known(
        None,
        () if best is None else (best,),
        _union([known.begins() for known in branches]),
        _union([known.ends() for known in branches]),
    )


def _union(branches: list[Pieces | None]) -> Pieces | None:
    known = [pieces for pieces in branches if pieces is not None]
    return frozenset().union(*known) if len(known) == len(branches) else None


def _repeated(least: int, most: int, inner: _Known) -> _Known:
    if least == most == 1:
        return inner
    if (least, most) == (0, 1) and inner.exact is not None:
        return _Known(inner.exact | _EMPTY)
    begins, ends = inner.begins(), inner.ends()
    if least:
        return _Known(None, tuple(inner.certain()), begins, ends)
    return _Known(None, (), begins and begins | _EMPTY, ends and ends | _EMPTY)


def _order(pieces: Pieces) -> tuple[float, str]:
    """The rarest first, but no long list for little; a piece settles a tie, so that every run sifts alike."""
    return chance(pieces) + _LENGTH * len(pieces), min(pieces)


@lru_cache(maxsize=512)
def chance(pieces: Pieces) -> float:
    """How often one of the pieces begins at a place of an ordinary text, roughly."""
    total = 0.0
    known = _CHANCE.get
    for piece in pieces:
        each = known(piece[:2]) or known(piece[0], _RARE) * known(
            piece[1:2], 1.0 if len(piece) == 1 else _RARE
        )
        for char in piece[2:]:
            each *= known(char, _RARE)
        total += each
    return total
