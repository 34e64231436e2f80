"""One segment as the rules see it: its words by class, its clauses with their verbs, and where it stands."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from speeches.extraction.lexicon import LEXICON, PLAIN, bits_of
from speeches.extraction.prefilter import longest_words
from speeches.extraction.segment import Segment
from speeches.extraction.tree import Place
from speeches.extraction.zones import Zone

LONGEST = 1500
"""Characters of a segment the rules look at: no real sentence is longer, and no hostile one may cost more."""
# What is known of a segment, a bit for each fact: first what its words and its neighbours say, then what the rules find.
ACTING, TOLD, PIVOT, HEAD, LATER, SUBJECT = (1 << number for number in range(6))
AFTER_HEADING, AFTER_PAST, AFTER_TOLD, OWNED, TALK = (1 << number for number in range(6, 11))
NUMBER, LISTED, TROUBLED, BARE, SOLID, RICH = (1 << number for number in range(11, 17))
IN: dict[Zone, int] = {zone: 1 << number for number, zone in enumerate(Zone, 17)}
_CLAUSE = re.compile(r"[，,：:；;]")
_VERB = bits_of("verb_hard", "verb_mid", "verb_soft", "verb_promote", "verb_perfect", "verb_strengthen")
_ADVERB, _MUST = bits_of("adverb"), bits_of("must")
_TELLS = bits_of("must", "forbid", "now", "ask")
_SAYS = _VERB | _MUST
_OCCASION = bits_of(
    "problem", "past_time", "perfective", "already", "copula", "rationale", "achieved", "state"
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
_PLAIN = bits_of(PLAIN)
_TAILS = ("等", "工作")
_WORDS = tuple(LEXICON)
_CLASSES = {word: bits_of(*classes) for word, classes in LEXICON.items()}
_BY_NUMBER = tuple(_CLASSES.values())
_find_words = longest_words(_WORDS)


def _endings() -> dict[str, tuple[int, ...]]:
    """How long a word of the lexicon may be that ends in these two characters, the longest first."""
    found: dict[str, set[int]] = {}
    for word in _WORDS:
        if 2 <= len(word) <= 6:
            found.setdefault(word[-2:], set()).add(len(word))
    return {ending: tuple(sorted(lengths, reverse=True)) for ending, lengths in found.items()}


_ENDINGS = _endings()


@dataclass(frozen=True, slots=True)
class WordIndex:
    """The lexicon words of a text, in order: their numbers, where they start and end, their classes as bits; and where
    the text has a mark that ends a clause."""

    numbers: list[int]
    starts: list[int]
    ends: list[int]
    classes: list[int]
    marks: list[int]


def scan(text: str) -> WordIndex:
    """Every lexicon word of the text: left to right, the longest word wins."""
    found = _find_words(text)
    return WordIndex(
        numbers=[number for number, _, _ in found],
        starts=[start for _, start, _ in found],
        ends=[end for _, _, end in found],
        classes=[_BY_NUMBER[number] for number, _, _ in found],
        marks=[match.start() for match in _CLAUSE.finditer(text)],
    )


class Clause:
    """`verb` is the word the clause acts with: at its head (`initial`) or after 要, else empty; `classes` are its classes
    and `object_classes` those of the word the clause ends with, as bits.

    `told` clauses give an instruction in so many words (要, 必须, 请, 由…负责, 严禁, 马上).
    """

    verb = ""
    classes = 0
    object_classes = 0
    initial = False
    modal = False
    modal_at = 0
    subject = False

    def __init__(self, start: int, end: int, told: bool) -> None:
        self.start = start
        self.end = end
        self.told = told


@dataclass(slots=True)
class View:
    """What the rules may look at. Classes of words, facts and rules are sets of bits.

    `words` are the classes of each word, `present` those of all together, `tail` of those from `turn` on, where the
    instruction begins. `main` is the first clause that acts, `acts` and `objects` the classes of all that do.
    `matched` are the patterns that match and `held` the rules that hold: `rules` by number, in the order of their names.
    """

    text: str
    segment: Segment
    place: Place
    zone: Zone
    clauses: list[Clause]
    words: list[int]
    present: int
    turn: int
    tail: int
    facts: int
    main: Clause
    acts: int
    objects: int
    matched: int = 0
    held: int = 0
    rules: list[int] = field(default_factory=list)

    def words_before(self, clause: Clause) -> str:
        """What stands in a clause before its 要: the one who is told."""
        shift = self.segment.start + self.place.skip
        return self.text[clause.start - shift : clause.modal_at - shift]

    def count(self, name: str, *, after_turn: bool = False) -> int:
        """How many words of the segment are of the class; `after_turn` leaves out those that only tell the occasion."""
        bit = bits_of(name)
        return sum([1 for classes in self.words[self.turn if after_turn else 0 :] if classes & bit])


def look(text: str, words: WordIndex, segment: Segment, place: Place, zone: Zone) -> View:
    """The view of one segment of `text`, whose words are `words`."""
    start, end = segment.start + place.skip, segment.end
    if end - start > LONGEST:
        end = start + LONGEST
    if place.heading:  # announces what its paragraphs say: nobody asks for its words
        return View(text[start:end], segment, place, zone, [], [], 0, 0, 0, IN[zone], _IDLE, 0, 0)
    first = bisect_left(words.starts, start)
    last = bisect_left(words.starts, end, first)
    clauses = _clauses(text, words, start, end, first, last)
    turn = _turn(words, clauses, first, last)
    own = words.classes[first:last]
    present = tail = reduce(or_, own, 0)
    facts = IN[zone]
    if turn:
        tail = reduce(or_, own[turn:], 0)
        if reduce(or_, own[:turn]) & _OCCASION:
            facts |= PIVOT
    main, acts, objects = None, 0, 0
    for clause in clauses:
        if clause.told:
            facts |= TOLD
        if clause.verb:
            facts |= ACTING
            if main is None:
                main = clause
            acts |= clause.classes
            objects |= clause.object_classes
            if clause.initial:
                facts |= HEAD if clause is clauses[0] else LATER
            elif clause.subject:
                facts |= SUBJECT
    return View(
        text[start:end],
        segment,
        place,
        zone,
        clauses,
        own,
        present,
        turn,
        tail,
        facts,
        main or _IDLE,
        acts,
        objects,
    )


_IDLE = Clause(0, 0, False)


def _turn(words: WordIndex, clauses: list[Clause], first: int, last: int) -> int:
    """How many words stand before the first clause that instructs, when another one comes before it."""
    if clauses and not (clauses[0].told or clauses[0].initial):
        for clause in clauses:
            if clause.told:
                return bisect_left(words.starts, clause.start, first, last) - first
    return 0


def _clauses(text: str, words: WordIndex, start: int, end: int, first: int, last: int) -> list[Clause]:
    """The clauses of [start, end), which holds the words from `first` to `last`: the first one, and those that say
    something of what is to be done."""
    clauses: list[Clause] = []
    starts, marks = words.starts, words.marks
    you_or_when = _TOLD_CHARS.search(text, start, end) is not None
    mark = bisect_left(marks, start)
    low = start
    for high in [*marks[mark : bisect_left(marks, end, mark)], end]:
        if high > low:
            while low < high and not text[low].isalnum() and text[low] not in "“《":
                low += 1
            done = bisect_left(starts, high, first, last)
            classes = reduce(or_, words.classes[first:done], 0)
            told = (
                classes & _TELLS != 0
                or (text[low : low + 1] in _OPENING_CHARS and text.startswith(_OPENERS, low))
                or (you_or_when and _is_told_to(text, low, high))
            )
            if told or classes & _SAYS or not clauses:
                clauses.append(_clause(text, words, Clause(low, high, told), first, done, classes))
            first = done
        low = high + 1
    return clauses


def _clause(text: str, words: WordIndex, clause: Clause, first: int, last: int, classes: int) -> Clause:
    if classes & _VERB:
        _read_act(text, words, clause, first, last, must=classes & _MUST != 0)
    if classes & _MUST and not clause.initial:
        clause.modal, clause.modal_at = True, words.starts[_modal(words, first)]
    return clause


def _modal(words: WordIndex, first: int) -> int:
    """The number of the first word that says 要."""
    while not words.classes[first] & _MUST:
        first += 1
    return first


def _read_act(text: str, words: WordIndex, clause: Clause, first: int, last: int, *, must: bool) -> None:
    """Note what the clause acts with: at its head, after its 要, or after its subject."""
    start, end = clause.start, clause.end
    found = _act(words, start, first, last)
    if found >= 0:
        clause.initial = True
    elif must:
        modal = _modal(words, first)
        found = _act(words, words.ends[modal], modal + 1, last)
    elif subject := _subject(text, start, end):
        found = _act(words, subject.end(), bisect_left(words.starts, subject.end(), first, last), last)
        clause.subject = found >= 0
    if found < 0 and text[start] in _DATE_CHARS and (when := _DATE_FIRST.match(text, start, end)):
        found = _act(words, when.end(), bisect_left(words.starts, when.end(), first, last), last)
        clause.initial = found >= 0
    if found >= 0:
        clause.verb, clause.classes = _WORDS[words.numbers[found]], words.classes[found]
        clause.object_classes = _last_word(text, words.ends[found], end)


def _subject(text: str, start: int, end: int) -> re.Match[str] | None:
    return _SUBJECT.match(text, start, end) if _SUBJECT_CHARS.search(text, start, end) else None


def _is_told_to(text: str, start: int, end: int) -> bool:
    return _TOLD_CHARS.search(text, start, end) is not None and _TOLD_TO.match(text, start, end) is not None


def _last_word(text: str, start: int, end: int) -> int:
    """The classes of the word a clause ends with: in Chinese the head of its object."""
    while end > start and not text[end - 1].isalnum():
        end -= 1
    if text.endswith(_TAILS, start, end):
        end -= 1 if text[end - 1] == "等" else 2
    for length in _ENDINGS.get(text[end - 2 : end], ()) if end - start > 1 else ():
        if length <= end - start and (classes := _CLASSES.get(text[end - length : end])) is not None:
            return classes or _PLAIN
    return _PLAIN if end > start else 0


def _act(words: WordIndex, at: int, number: int, last: int) -> int:
    """The number of the verb that follows `at` after any number of adverbs, else -1; `number` is the word at `at` or
    the next one. An adverb that is a verb too counts when nothing follows."""
    spare = -1
    while number < last and words.starts[number] == at:
        classes = words.classes[number]
        if classes & _ADVERB:
            if classes & _VERB:
                spare = number
            at = words.ends[number]
            number += 1
        elif classes & _VERB:
            return number
        else:
            break
    return spare
