"""Where the words somebody looks for stand in a speech, sentence by sentence. Pure: no database.

Texts and words are folded first, character by character, so that every offset found indexes the text as it is kept.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

LONGEST = 100
_MOST_WORDS = 6
# Shorter words are not taken apart: their halves would be single characters.
_SHORTEST_TO_CUT = 4
_MOST_SPELLINGS = 8
_SAME = {
    "[": "［【〔〖「『", "]": "］】〕〗」』", "(": "（", ")": "）", "<": "《〈", ">": "》〉",
    '"': "“”‘’＂'", "-": "－—–─", "·": "•・‧", " ": "\u3000\xa0",
}  # fmt: skip
_FULL_WIDTH = {code + 0xFEE0: chr(code).lower() for code in range(0x21, 0x7F)}
_CAPITALS = {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
_FOLD = (
    _FULL_WIDTH
    | _CAPITALS
    | {ord(sign): plain for plain, signs in _SAME.items() for sign in signs}
    | str.maketrans("\n\t", "  ")
)
# Each group is one word to the searcher. All of a length, and none that means something else by itself.
_SYNONYMS = (
    ("开展", "展开"), ("加强", "增强"), ("认真", "仔细"), ("及时", "准时"), ("充分", "充足"), ("提供", "供应"),
    ("配合", "协作"), ("氛围", "气氛"), ("紧迫", "急迫"), ("营养", "养分"), ("排查", "摸排"), ("督查", "督察"),
)  # fmt: skip

Span = tuple[int, int]


def fold(text: str) -> str:
    """The text with one spelling of each sign: half width, lower case, one kind of brackets. Same length."""
    return text.translate(_FOLD)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One of the words looked for: `text` as folded, `spellings` with pinned synonyms put in."""

    text: str
    spellings: tuple[str, ...]

    @property
    def can_be_cut(self) -> bool:
        """Whether its parts may stand apart: 校车安全 in 校车的安全."""
        return len(self.text) >= _SHORTEST_TO_CUT

    @property
    def needs(self) -> list[list[str]]:
        """Stretches that stand, all of one list, in whatever text holds the phrase: for the database to narrow by."""
        if self.can_be_cut:
            return [[_steady(each[:2]), _steady(each[-2:])] for each in self.spellings]
        return [[_steady(each)] for each in self.spellings]

    def within(self, folded: str) -> bool:
        """Whether it stands in a folded text as it is."""
        return any(each in folded for each in self.spellings)

    def apart(self, folded: str) -> list[Span]:
        """Where its parts, of two or more characters, stand in a folded text; empty where one of them does not."""
        for each in self.spellings:
            if pieces := _pieces(each, folded):
                return [span for piece in pieces for span in _spans(piece, folded)]
        return []


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that says the words, `marks` being where; `is_apart` when a word stands in it in parts only."""

    start: int
    end: int
    role: str
    section: tuple[str, ...]
    marks: tuple[Span, ...]
    is_apart: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The sentences of a speech that say the words, and those that only stand under a heading that does."""

    hits: tuple[Hit, ...]
    under: tuple[Span, ...]


def read_phrases(typed: str) -> tuple[Phrase, ...]:
    """The words of what was typed, at most six; each must be said."""
    words = dict.fromkeys(fold(typed[:LONGEST].replace("\0", "")).split())
    return tuple(Phrase(word, tuple(_spelled(word))) for word in list(words)[:_MOST_WORDS])


def find(
    phrases: Sequence[Phrase], body: str, sentences: Sequence[Sequence[Any]], *, whole: bool = False
) -> Found:
    """The sentences that hold all `phrases`, their headings counting as theirs; with `whole`, never in parts."""
    # Folding is the dear part; Chinese characters have one spelling, so words of nothing else need none.
    text = body if all(_steady(phrase.text) == phrase.text for phrase in phrases) else fold(body)
    starts = [row[0] for row in sentences]
    said = [_said(phrase, text, sentences, starts, whole=whole) for phrase in phrases]
    saying = {at for found in said for at in found}
    headed = _Headings(phrases)
    hits, under = [], []
    for at, row in enumerate(sentences):
        above = headed.of(row[4])
        if at in saying:
            own = [found.get(at) for found in said]
            if all(mine or heading for mine, heading in zip(own, above, strict=True)):
                hits.append(_hit(row, [found for found in own if found]))
        elif headed.all_said:
            under.append((row[0], row[1]))
    return Found(tuple(hits), tuple(under))


def cut_at(text: str, start: int, marks: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    """A stretch that begins at `start`, as runs that are marked or not."""
    at = 0
    for low, high in _joined(marks):
        low, high = max(low - start, at), min(high - start, len(text))
        if low > at:
            yield text[at:low], False
        if high > low:
            yield text[low:high], True
        at = max(at, high)
    if at < len(text):
        yield text[at:], False


class _Headings:
    """Which phrases the headings above a sentence say; the sentences of a section follow each other."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self.phrases = phrases
        self.section: list[str] | None = None
        self.said: list[bool] = []
        self.all_said = False

    def of(self, section: list[str]) -> list[bool]:
        if section != self.section:
            folded = fold("\n".join(section))
            self.section, self.said = section, [phrase.within(folded) for phrase in self.phrases]
            self.all_said = all(self.said)
        return self.said


_InSentence = tuple[tuple[Span, ...], bool]


def _said(
    phrase: Phrase, text: str, sentences: Sequence[Sequence[Any]], starts: list[int], *, whole: bool
) -> dict[int, _InSentence]:
    """{place of a sentence: where it says the phrase, and whether only in parts}."""
    found: dict[int, list[Span]] = {}
    for each in phrase.spellings:
        for span in _spans(each, text):
            found.setdefault(bisect_right(starts, span[0]) - 1, []).append(span)
    told: dict[int, _InSentence] = {at: (tuple(spans), False) for at, spans in found.items() if at >= 0}
    if whole or not phrase.can_be_cut:
        return told
    for at in _with_both_ends(phrase, text, starts) - told.keys():
        start, end = sentences[at][:2]
        if spans := phrase.apart(text[start:end]):
            told[at] = (tuple((start + low, start + high) for low, high in spans), True)
    return told


def _with_both_ends(phrase: Phrase, text: str, starts: list[int]) -> set[int]:
    """The sentences that hold the first and the last two characters: whatever the cut, they must."""
    places: set[int] = set()
    for each in phrase.spellings:
        heads = {bisect_right(starts, span[0]) - 1 for span in _spans(each[:2], text)}
        tails = {bisect_right(starts, span[0]) - 1 for span in _spans(each[-2:], text)} if heads else set()
        places |= heads & tails
    return places - {-1}


def _hit(row: Sequence[Any], own: list[_InSentence]) -> Hit:
    marks = tuple(sorted({span for spans, _ in own for span in spans}))
    return Hit(row[0], row[1], row[2], tuple(row[4]), marks, any(apart for _, apart in own))


def _spelled(word: str) -> Iterator[str]:
    """The word, and the same with its pinned synonyms exchanged."""
    group = {each: names for names in _SYNONYMS for each in names}
    parts: list[tuple[str, ...]] = []
    at = 0
    while at < len(word):
        names = group.get(word[at : at + 2])
        parts.append(
            (word[at : at + 2], *(n for n in names if n != word[at : at + 2])) if names else (word[at],)
        )
        at += 2 if names else 1
    for count, chosen in enumerate(product(*parts)):
        if count == _MOST_SPELLINGS:
            return
        yield "".join(chosen)


def _pieces(word: str, folded: str) -> list[str]:
    """`word` cut into pieces of two or more characters that all stand in the text, the longest first; else nothing."""
    cuts: dict[int, list[str]] = {0: []}
    for start in range(len(word) - 1):
        if start not in cuts:
            continue
        for end in range(len(word), start + 1, -1):
            if end not in cuts and word[start:end] in folded:
                cuts[end] = [*cuts[start], word[start:end]]
    return cuts.get(len(word), [])


def _spans(piece: str, text: str) -> Iterator[Span]:
    at = text.find(piece)
    while at >= 0:
        yield at, at + len(piece)
        at = text.find(piece, at + len(piece))


def _steady(text: str) -> str:
    """The longest stretch of Chinese characters: they have one spelling, so the database can look for it."""
    runs = "".join(char if "\u4e00" <= char <= "\u9fff" else " " for char in text).split()
    return max(runs, key=len, default="")


def _joined(marks: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for low, high in sorted(marks):
        if joined and low <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return joined
