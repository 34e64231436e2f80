"""One segment as the rules see it: its words by class, its clauses with their verbs, and where it stands."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from speeches.extraction.lexicon import LEXICON
from speeches.extraction.prefilter import grams
from speeches.extraction.segment import Segment
from speeches.extraction.tree import Place
from speeches.extraction.zones import Zone

Hit = tuple[int, str, frozenset[str]]  # end, word, classes
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
_TOLD_TO = re.compile(
    r"[^，,。]{0,12}你们?(?:两个|几个|俩)?(?:先|去|把|来|领|给我|负责|牵头)|[\u4e00-\u9fff、]{2,14}(?:局|办|股|所|组|科|处|室|中心|镇|乡|村|站|队|院|学校|老师|同志)(?:都|先)?(?:明天|后天|今晚|今天晚上|这两天|本周|下周|马上)"
)
_TOLD_CHARS = frozenset("你天晚周马")  # whoever is told to is called 你, or told when
_WHEN = r"(?:[每本下][周月天年季](?:度|学期)?|今[天晚年]|明[天早晚]|后天|周[一二三四五六日]|\d{1,2}月(?:\d{1,2}日|底)?前?|[一二两三四五六七八九十]+天(?:之?内)|赶?在[^，,。]{1,8}前|于[^，,。]{1,10}前|马上|立即|先|再|都|也|就|去|来|负责|具体|共同|分别|亲自|各自|牵头)"
_SUBJECT = re.compile(
    r"[\u4e00-\u9fff（）、“”]{1,24}?(?:局|办|处|科|部(?!署|分)|室|股|站|所(?!有|需)|镇|乡|村|社区|街道|学校|单位|部门|政府|公司|中心(?!城|任)|委|院|组(?!织|建)|队(?!伍)|两委|干部|书记|主任|校长|老师|"
    rf"教师|班主任|班组|车间|企业|医院|家长|你们?|同志)(?:{_WHEN})*"
)
# Every subject holds one of these: a clause without them needs no search.
_SUBJECT_CHARS = frozenset("局办处科部室股站所镇乡村区道校位门府司心委院组队记任长师间业你志")
_PLAIN = frozenset({"plain"})
_TAILS = ("等", "工作")
_BY_TWO: dict[str, list[tuple[str, frozenset[str]]]] = {}
_SINGLE: dict[str, frozenset[str]] = {}


def _index() -> None:
    for word, classes in LEXICON.items():
        if len(word) == 1:
            _SINGLE[word] = classes
        else:
            _BY_TWO.setdefault(word[:2], []).append((word, classes))
    for words in _BY_TWO.values():
        words.sort(key=lambda entry: -len(entry[0]))


_index()


@dataclass(frozen=True, slots=True)
class WordIndex:
    """The lexicon words of a text by their start."""

    at: dict[int, Hit]
    starts: list[int]

    def between(self, low: int, high: int) -> list[int]:
        """The starts of the words that begin in [low, high)."""
        first = bisect_left(self.starts, low)
        return self.starts[first : bisect_left(self.starts, high, first)]


def scan(text: str) -> WordIndex:
    """Every lexicon word of the text: left to right, the longest word wins."""
    hits: dict[int, Hit] = {}
    by_two, single, length = _BY_TWO, _SINGLE, len(text)
    at = 0
    while at < length:
        for word, classes in by_two.get(text[at : at + 2], ()):
            if text.startswith(word, at):
                end = at + len(word)
                hits[at] = (end, word, classes)
                at = end
                break
        else:
            alone = single.get(text[at])
            if alone is not None:
                hits[at] = (at + 1, text[at], alone)
            at += 1
    return WordIndex(hits, list(hits))


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
    act_at: int = 0
    told: bool = False
    subject: bool = False


@dataclass(slots=True)
class View:
    """What the rules may look at.

    `classes` and `object_classes` are those of all clauses; `acting` and `told` when some clause acts or is told.
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
    main_verb: str = ""
    main_classes: frozenset[str] = frozenset()
    main_object: frozenset[str] = frozenset()
    objects: tuple[frozenset[str], ...] = ()
    evidence: int = 0
    grams: set[str] = field(default_factory=set)
    classes: frozenset[str] = frozenset()
    object_classes: frozenset[str] = frozenset()
    acting: bool = False
    told: bool = False
    has_figure: bool = False
    fired: set[str] = field(default_factory=set)

    def words_before(self, clause: Clause) -> str:
        """What stands in a clause before its 要: the one who is told."""
        shift = self.segment.start + self.place.skip
        return self.text[clause.start - shift : clause.modal_at - shift]


def look(text: str, words: WordIndex, segment: Segment, place: Place, zone: Zone) -> View:
    """The view of one segment of `text`, whose words are `words`."""
    start = segment.start + place.skip
    end = min(segment.end, start + LONGEST)
    marks = words.between(start, end)
    clauses = _clauses(text, words.at, start, end, marks)
    told = start
    if clauses and not (clauses[0].told or clauses[0].initial):
        told = next((clause.start for clause in clauses[1:] if clause.told), start)
    occasion = _count(words.at, [mark for mark in marks if mark < told]) if told > start else {}
    tail = _count(words.at, [mark for mark in marks if mark >= told])
    acting = [clause for clause in clauses if clause.verb]
    piece = text[start:end]
    return View(
        text=piece,
        grams=grams(piece),
        segment=segment,
        place=place,
        zone=zone,
        clauses=clauses,
        counts={**tail, **{name: tail.get(name, 0) + more for name, more in occasion.items()}}
        if occasion
        else tail,
        tail=tail,
        main_classes=acting[0].classes if acting else frozenset(),
        main_object=acting[0].object_classes if acting else frozenset(),
        objects=tuple(clause.object_classes for clause in acting if clause.object_classes),
        main_verb=acting[0].verb if acting else "",
        classes=_union([clause.classes for clause in acting]),
        object_classes=_union([clause.object_classes for clause in acting]),
        acting=bool(acting),
        told=any(clause.told for clause in clauses),
        pivot=not _OCCASION.isdisjoint(occasion),
    )


def _union(sets: list[frozenset[str]]) -> frozenset[str]:
    return sets[0] if len(sets) == 1 else frozenset().union(*sets)


def _count(at: dict[int, Hit], marks: list[int]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for mark in marks:
        for name in at[mark][2]:
            counts[name] = counts.get(name, 0) + 1
    return counts


def _clauses(text: str, at: dict[int, Hit], start: int, end: int, marks: list[int]) -> list[Clause]:
    clauses: list[Clause] = []
    low, first = start, 0
    for high in [*(match.start() for match in _CLAUSE.finditer(text, start, end)), end]:
        if high > low:
            last = bisect_left(marks, high, first)
            clauses.append(_clause(text, at, low, high, marks[first:last]))
            first = last
        low = high + 1
    return clauses


def _clause(text: str, at: dict[int, Hit], start: int, end: int, marks: list[int]) -> Clause:
    while start < end and not text[start].isalnum() and text[start] not in "“《":
        start += 1
    clause = Clause(start, end)
    modal = next((mark for mark in marks if "must" in at[mark][2]), -1)
    found = _act(at, start, end)
    clause.act_at = start
    if found is not None:
        clause.initial = True
    elif modal >= 0:
        clause.modal, clause.modal_at, clause.act_at = True, modal, at[modal][0]
        found = _act(at, clause.act_at, end)
    elif subject := _subject(text, start, end):
        found = _act(at, subject.end(), end)
        clause.subject = found is not None
        clause.act_at = subject.end()
    if found is not None:
        clause.verb, clause.classes = found[1], found[2]
        clause.object_classes = _last_word(text, found[0], end)
    clause.told = (
        modal >= 0
        or any(not _TELLING.isdisjoint(at[mark][2]) for mark in marks)
        or text.startswith(_OPENERS, start)
        or _is_told_to(text, start, end)
    )
    return clause


def _subject(text: str, start: int, end: int) -> re.Match[str] | None:
    return None if _SUBJECT_CHARS.isdisjoint(text[start:end]) else _SUBJECT.match(text, start, end)


def _is_told_to(text: str, start: int, end: int) -> bool:
    return not _TOLD_CHARS.isdisjoint(text[start:end]) and _TOLD_TO.match(text, start, end) is not None


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


def _act(hits: dict[int, Hit], at: int, end: int) -> Hit | None:
    """The verb that stands at `at` after any number of adverbs. An adverb that is a verb too counts when nothing follows."""
    spare = None
    while at < end:
        hit = hits.get(at)
        if hit is None:
            break
        is_verb = not _VERBS.isdisjoint(hit[2])
        if "adverb" in hit[2]:
            spare = hit if is_verb else spare
            at = hit[0]
        elif is_verb:
            return hit
        else:
            break
    return spare
