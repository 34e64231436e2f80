"""One segment as the rules see it: its words by class, its clauses with their verbs, and where it stands."""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from speeches.extraction.lexicon import LEXICON
from speeches.extraction.prefilter import longest_words
from speeches.extraction.segment import Segment
from speeches.extraction.tree import Place
from speeches.extraction.zones import Zone

LONGEST = 1500
"""Characters of a segment the rules look at: no real sentence is longer, and no hostile one may cost more."""
_CLAUSE = re.compile(r"[，,：:；;]")
_VERBS = frozenset({"verb_hard", "verb_mid", "verb_soft", "verb_promote", "verb_perfect", "verb_strengthen"})
_TELLING = frozenset({"must", "forbid", "now", "ask"})
_OCCASION = frozenset(
    {"problem", "past_time", "perfective", "already", "copula", "rationale", "achieved", "state"}
)
_OPENERS = (
    "请",
    "由",
    "不要",
    "不许",
    "别",
    "建议",
    "可以",
    "为此",
    "对此",
    "因此",
    "下一步",
    "今年区",
    "今年县",
    "今年市",
    "今年镇",
    "今年学校",
)
_OPENING_CHARS = frozenset(opener[0] for opener in _OPENERS)
_TOLD_TO = re.compile(
    r"[^，,。]{0,12}你们?(?:两个|几个|俩)?(?:先|去|把|来|领|给我|负责|牵头)|[\u4e00-\u9fff、]{2,14}(?:局|办|股|所|组|科|处|室|中心|镇|乡|村|站|队|院|学校|老师|同志)(?:都|先)?(?:明天|后天|今晚|今天晚上|这两天|本周|下周|马上)"
)
_TOLD_CHARS = re.compile("[你天晚周马]")  # whoever is told to is called 你, or told when
_WHEN = r"(?:[每本下][周月天年季](?:度|学期)?|今[天晚年]|明[天早晚]|后天|周[一二三四五六日]|\d{1,2}月(?:\d{1,2}日|底)?前?|[一二两三四五六七八九十]+天(?:之?内)|赶?在[^，,。]{1,8}前|于[^，,。]{1,10}前|马上|立即|先|再|都|也|就|去|来|负责|具体|共同|分别|亲自|各自|牵头)"
# The look ahead only saves time: it passes over the characters none of the many endings begins with.
_SUBJECT = re.compile(
    r"[\u4e00-\u9fff（）、“”]{1,24}?(?=[局办处科部室股站所镇乡村社街学单政公中委院组队两干书主校老教班车企医家你同])(?:局|办|处|科|部(?!署|分)|室|股|站|所(?!有|需)|镇|乡|村|社区|街道|学校|单位|部门|政府|公司|中心(?!城|任)|委|院|组(?!织|建)|队(?!伍)|两委|干部|书记|主任|校长|老师|"
    rf"教师|班主任|班组|车间|企业|医院|家长|你们?|同志)(?:{_WHEN})*"
)
# Every subject holds one of these: a clause without them needs no search.
_SUBJECT_CHARS = re.compile("[局办处科部室股站所镇乡村区道校位门府司心委院组队记任长师间业你志]")
# A clause that says when and then acts: 6月底前完成…, 本周内开展….
_DATE_FIRST = re.compile(
    r"(?:在|于|到)?(?:\d{1,2}月(?:\d{1,2}[日号]|底|初|中旬|上旬|下旬)?|[本这下]个?(?:周|月|季度|学期)|(?:今|明)年|[月年]底|[一二两三四五六七八九十]+(?:天|周|个?月|年))(?:之?[前内]|以[前内]|底前|时间)?(?:[，,]|要|须)?"
)
_DATE_CHARS = frozenset("0123456789在于到本这下今明月年一二两三四五六七八九十")
_PLAIN = frozenset({"plain"})
_TAILS = ("等", "工作")
# What a clause asks of each of its words, as bits.
_VERB, _ADVERB, _MUST, _TELLS = 1, 2, 4, 8


class Word(NamedTuple):
    """A word of the lexicon. Made once for each and shared by all places where it stands."""

    length: int
    word: str
    classes: frozenset[str]
    traits: int


def _word(word: str, classes: frozenset[str]) -> Word:
    traits = (
        _VERB * (not _VERBS.isdisjoint(classes))
        | _ADVERB * ("adverb" in classes)
        | _MUST * ("must" in classes)
        | _TELLS * (not _TELLING.isdisjoint(classes))
    )
    return Word(len(word), word, classes, traits)


_KNOWN = tuple(_word(word, classes) for word, classes in LEXICON.items())
_find_words = longest_words([known.word for known in _KNOWN])


@dataclass(frozen=True, slots=True)
class WordIndex:
    """The lexicon words of a text: where they start, in order, the words and their traits beside, the same as a table;
    and where the text has a mark that ends a clause."""

    starts: list[int]
    words: list[Word]
    traits: list[int]
    at: dict[int, Word]
    marks: list[int]


def scan(text: str) -> WordIndex:
    """Every lexicon word of the text: left to right, the longest word wins."""
    found = _find_words(text)
    starts = [start for _, start, _ in found]
    words = [_KNOWN[number] for number, _, _ in found]
    return WordIndex(
        starts=starts,
        words=words,
        traits=[word.traits for word in words],
        at=dict(zip(starts, words, strict=True)),
        marks=[match.start() for match in _CLAUSE.finditer(text)],
    )


@dataclass(slots=True)
class Clause:
    """`verb` is the word the clause acts with: at its head (`initial`) or after 要, else empty.

    `told` clauses give an instruction in so many words (要, 必须, 请, 由…负责, 严禁, 马上).
    """

    start: int
    end: int
    verb: str = ""
    classes: frozenset[str] = frozenset()
    object_classes: frozenset[str] = frozenset()
    initial: bool = False
    modal: bool = False
    modal_at: int = 0
    told: bool = False
    subject: bool = False


@dataclass(slots=True)
class View:
    """What the rules may look at.

    `classes` and `object_classes` are those of all clauses; `acting` and `told` when some clause acts or is told.
    `fired` are the rules that hold, by name, `rules` the same by number, in the order of their names,
    and `matched` the patterns that match, as bits.
    `after_past` and `after_told` speak of the sentence before in the same paragraph.
    """

    text: str
    segment: Segment
    place: Place
    zone: Zone
    clauses: list[Clause]
    counts: dict[str, int]
    tail: dict[str, int]
    pivot: bool = False
    owner_bracket: bool = False
    spoken: bool = False
    after_heading: bool = False
    after_past: bool = False
    after_told: bool = False
    main_verb: str = ""
    main_classes: frozenset[str] = frozenset()
    main_object: frozenset[str] = frozenset()
    objects: tuple[frozenset[str], ...] = ()
    evidence: int = 0
    classes: frozenset[str] = frozenset()
    object_classes: frozenset[str] = frozenset()
    acting: bool = False
    told: bool = False
    has_figure: bool = False
    matched: int = 0
    rules: tuple[int, ...] = ()
    fired: set[str] = field(default_factory=set)

    def words_before(self, clause: Clause) -> str:
        """What stands in a clause before its 要: the one who is told."""
        shift = self.segment.start + self.place.skip
        return self.text[clause.start - shift : clause.modal_at - shift]


def look(text: str, words: WordIndex, segment: Segment, place: Place, zone: Zone) -> View:
    """The view of one segment of `text`, whose words are `words`."""
    start = segment.start + place.skip
    end = min(segment.end, start + LONGEST)
    first = bisect_left(words.starts, start)
    last = bisect_left(words.starts, end, first)
    clauses = _clauses(text, words, start, end, first, last)
    told = start
    if clauses and not (clauses[0].told or clauses[0].initial):
        told = next((clause.start for clause in clauses[1:] if clause.told), start)
    turn = bisect_left(words.starts, told, first, last) if told > start else first
    counts = tail = _count(words.words[turn:last])
    occasion = _count(words.words[first:turn]) if turn > first else {}
    if occasion:
        counts = {**tail, **{name: tail.get(name, 0) + more for name, more in occasion.items()}}
    acting = [clause for clause in clauses if clause.verb]
    main = acting[0] if acting else _IDLE
    return View(
        text=text[start:end],
        segment=segment,
        place=place,
        zone=zone,
        clauses=clauses,
        counts=counts,
        tail=tail,
        main_classes=main.classes,
        main_object=main.object_classes,
        objects=tuple([clause.object_classes for clause in acting if clause.object_classes]),
        main_verb=main.verb,
        classes=main.classes if len(acting) < 2 else _union([clause.classes for clause in acting]),
        object_classes=main.object_classes
        if len(acting) < 2
        else _union([clause.object_classes for clause in acting]),
        acting=bool(acting),
        told=True in [clause.told for clause in clauses],
        pivot=not _OCCASION.isdisjoint(occasion),
    )


_IDLE = Clause(0, 0)


def _union(sets: list[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def _count(words: list[Word]) -> dict[str, int]:
    """How many of the words each class has."""
    return Counter(chain.from_iterable([word.classes for word in words]))


def _clauses(text: str, words: WordIndex, start: int, end: int, first: int, last: int) -> list[Clause]:
    """The clauses of [start, end), which holds the words from `first` to `last`."""
    clauses: list[Clause] = []
    starts = words.starts
    you_or_when = _TOLD_CHARS.search(text, start, end) is not None
    mark = bisect_left(words.marks, start)
    low, begun = start, first
    for high in [*words.marks[mark : bisect_left(words.marks, end, mark)], end]:
        if high > low:
            done = begun
            while done < last and starts[done] < high:
                done += 1
            clauses.append(_clause(text, words, low, high, begun, done, you_or_when))
            begun = done
        low = high + 1
    return clauses


def _clause(
    text: str, words: WordIndex, start: int, end: int, first: int, last: int, you_or_when: bool
) -> Clause:
    while start < end and not text[start].isalnum() and text[start] not in "“《":
        start += 1
    clause = Clause(start, end)
    traits, modal = 0, -1
    own = words.traits[first:last]
    for trait in own:
        traits |= trait
    if traits & _MUST:
        modal = next(number for number, trait in enumerate(own, first) if trait & _MUST)
    if traits & _VERB:
        _read_act(text, words, clause, modal)
    if modal >= 0 and not clause.initial:
        clause.modal, clause.modal_at = True, words.starts[modal]
    clause.told = (
        traits & _TELLS != 0
        or (text[start : start + 1] in _OPENING_CHARS and text.startswith(_OPENERS, start))
        or (you_or_when and _is_told_to(text, start, end))
    )
    return clause


def _read_act(text: str, words: WordIndex, clause: Clause, modal: int) -> None:
    """Note what the clause acts with: at its head, after its 要, or after its subject."""
    end = clause.end
    found = _act(words.at, clause.start, end)
    if found >= 0:
        clause.initial = True
    elif modal >= 0:
        found = _act(words.at, words.starts[modal] + words.words[modal].length, end)
    elif subject := _subject(text, clause.start, end):
        found = _act(words.at, subject.end(), end)
        clause.subject = found >= 0
    if (
        found < 0
        and text[clause.start] in _DATE_CHARS
        and (when := _DATE_FIRST.match(text, clause.start, end))
    ):
        found = _act(words.at, when.end(), end)
        clause.initial = found >= 0
    if found >= 0:
        length, clause.verb, clause.classes, _ = words.at[found]
        clause.object_classes = _last_word(text, found + length, end)


def _subject(text: str, start: int, end: int) -> re.Match[str] | None:
    return _SUBJECT.match(text, start, end) if _SUBJECT_CHARS.search(text, start, end) else None


def _is_told_to(text: str, start: int, end: int) -> bool:
    return _TOLD_CHARS.search(text, start, end) is not None and _TOLD_TO.match(text, start, end) is not None


def _last_word(text: str, start: int, end: int) -> frozenset[str]:
    """The classes of the word a clause ends with: in Chinese the head of its object."""
    while end > start and not text[end - 1].isalnum():
        end -= 1
    if text.endswith(_TAILS, start, end):
        end -= 1 if text[end - 1] == "等" else 2
    for length in range(min(6, end - start), 1, -1):
        classes = LEXICON.get(text[end - length : end])
        if classes is not None:
            return classes or _PLAIN
    return _PLAIN if end > start else frozenset()


def _act(words: dict[int, Word], at: int, end: int) -> int:
    """Where the verb stands that follows `at` after any number of adverbs, else -1. An adverb that is a verb too
    counts when nothing follows."""
    spare = -1
    while at < end:
        word = words.get(at)
        if word is None:
            break
        traits = word.traits
        if traits & _ADVERB:
            spare = at if traits & _VERB else spare
            at += word.length
        elif traits & _VERB:
            return at
        else:
            break
    return spare
