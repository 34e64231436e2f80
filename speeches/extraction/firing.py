"""Asks the rules of a segment, the many of one kind together: words of a class and facts by table, patterns by one sieve."""

import re
from collections.abc import Callable, Iterable

from speeches.extraction.lexicon import bits_of
from speeches.extraction.prefilter import Sieve, bits
from speeches.extraction.rules import RULES, Rule
from speeches.extraction.signals import DIGITS, KINDS, SPOKEN, Among, Facts, Like, Question, Words, evidence
from speeches.extraction.view import ACTING, BARE, IN, LISTED, NUMBER, RICH, SOLID, TALK, TOLD, TROUBLED, View
from speeches.extraction.zones import Zone

# A set of rules is a number with a bit for each, in the order of their names: that order is the one their weights are
# added up in, whatever order they stand in in the table.
_IN_ORDER = sorted(RULES, key=lambda rule: rule.id)
IDS = tuple(rule.id for rule in _IN_ORDER)
_BIT = {rule: 1 << number for number, rule in enumerate(IDS)}


def rules_of(*ids: str) -> int:
    """A set of rules as a number: what a view holds is asked of it by `&`. Raises KeyError for an unknown rule."""
    return sum({_BIT[name] for name in ids})


def fired(view: View) -> set[str]:
    """The names of the rules that hold."""
    return {IDS[number] for number in bits(view.held)}


# --- words by class --------------------------------------------------------------------------------------------------
# A set of classes is looked up a byte at a time: what one byte says of the rules stands in a row of 256.
_BYTES = 6
_Rows = tuple[tuple[int, ...], ...]


def _rows(rules: Iterable[Rule]) -> _Rows:
    meant: dict[int, int] = {}
    for rule in rules:
        if isinstance(rule.holds, Words):
            bit = bits_of(rule.holds.name)
            meant[bit] = meant.get(bit, 0) | _BIT[rule.id]
    rows: list[tuple[int, ...]] = []
    for shift in range(0, 8 * _BYTES, 8):
        row = [0] * 256
        for byte in range(1, 256):
            lowest = byte & -byte
            row[byte] = row[byte ^ lowest] | meant.get(lowest << shift, 0)
        rows.append(tuple(row))
    return tuple(rows)


_WORDS = [rule for rule in RULES if isinstance(rule.holds, Words) and rule.holds.least == 1]
_TAIL = _rows(rule for rule in _WORDS if isinstance(rule.holds, Words) and rule.holds.after_turn)
_WHOLE = _rows(rule for rule in _WORDS if isinstance(rule.holds, Words) and not rule.holds.after_turn)
_ALL = _rows(_WORDS)
# Rules that ask for two words of a class, or three: the class and the rule. None counts from the turn, none beyond three.
_TWICE, _THRICE = (
    [
        (bits_of(rule.holds.name), _BIT[rule.id])
        for rule in RULES
        if isinstance(rule.holds, Words) and rule.holds.least == least
    ]
    for least in (2, 3)
)
_COUNTED = sum(classes for classes, _ in [*_TWICE, *_THRICE])


def _of_words(classes: int, rows: _Rows) -> int:
    held = 0
    for row, byte in zip(rows, classes.to_bytes(_BYTES, "little"), strict=True):
        held |= row[byte]
    return held


def _of_many(words: list[int]) -> int:
    """The rules that ask for more words of a class than one."""
    once = twice = thrice = 0
    for classes in words:
        thrice |= twice & classes
        twice |= once & classes
        once |= classes
    held = 0
    if twice & _COUNTED:
        for classes, rule in _TWICE:
            if twice & classes:
                held |= rule
        for classes, rule in _THRICE:
            if thrice & classes:
                held |= rule
    return held


# --- verbs and objects -----------------------------------------------------------------------------------------------
_AMONG = {
    kind: [
        (rule.holds.classes, _BIT[rule.id])
        for rule in RULES
        if isinstance(rule.holds, Among) and rule.holds.kind == kind
    ]
    for kind in KINDS
}
# The same few sets of classes come again and again: what they mean is remembered, up to a bound.
_MOST = 4000
_MET: tuple[tuple[str, Callable[[View], int], dict[int, int]], ...] = tuple(
    (kind, of, {}) for kind, of in KINDS.items()
)


def _of_kind(kind: str, classes: int, met: dict[int, int]) -> int:
    held = sum([rule for wanted, rule in _AMONG[kind] if classes & wanted])
    if len(met) < _MOST:
        met[classes] = held
    return held


# --- patterns --------------------------------------------------------------------------------------------------------
# Whether a segment sounds spoken is asked in one pass with the patterns of the rules: the last number.
_SIEVE = Sieve(
    [*[rule.holds.pattern if isinstance(rule.holds, Like) else None for rule in _IN_ORDER], SPOKEN]
)
_SPOKEN = 1 << len(RULES)
_DIGIT = re.compile(f"[{''.join(sorted(DIGITS))}]").search
_FIGURE = _BIT["figure"]

# --- facts, and questions asked one by one -----------------------------------------------------------------------------
# Rules that can only hold of certain segments: nobody else is asked. A rule that is not here is always asked.
ONLY_OF: dict[str, tuple[Facts, tuple[str, ...]]] = {
    "talk": (Facts(TALK), ("talk.must", "talk.figure")),
    "acting": (
        Facts(ACTING),
        ("firm", "verbs.none_hard", "verb.perfect.thing", "object.all_soft"),
    ),
    "acting vaguely": (Facts(ACTING | BARE), ("verb.strengthen.vague",)),
    "acting or told": (Facts(some=ACTING | TOLD), ("organ",)),
    "idle": (Facts(no=ACTING), ("no_verb", "no.action.short")),
    "idle and untold": (Facts(no=ACTING | TOLD), ("due.bare",)),
    "trouble": (Facts(TROUBLED), ("problem", "problem.many")),
    "counted": (Facts(NUMBER), ("figure.first", "figure.aim")),
    "listed": (Facts(LISTED), ("listed", "listed.many")),
    "told of": (Facts(IN[Zone.REVIEW]), ("zone.ahead",)),
}
_GATES = {name: gate for gate, names in ONLY_OF.values() for name in names}
_Asked = tuple[tuple[int, Question], ...]
_KNOWN: dict[int, tuple[int, _Asked]] = {}
_TROUBLE = bits_of("problem")
_EVIDENCE = (BARE, 0, SOLID, *[SOLID | RICH] * 8)


_FACTS = [(rule.holds, _BIT[rule.id]) for rule in RULES if isinstance(rule.holds, Facts)]
_ASKED = [
    (_GATES.get(rule.id, Facts()), (_BIT[rule.id], rule.holds))
    for rule in RULES
    if not isinstance(rule.holds, Words | Like | Among | Facts)
]


def _following(facts: int) -> tuple[int, _Asked]:
    """The rules that hold of every segment with these facts, and those it has still to be asked."""
    held = sum([rule for holds, rule in _FACTS if holds.follows(facts)])
    asked = tuple([question for gate, question in _ASKED if gate.follows(facts)])
    if len(_KNOWN) < _MOST:
        _KNOWN[facts] = held, asked
    return held, asked


def sounds_spoken(view: View) -> bool:
    """Whether the words of a segment are those of talk; notes on the view which patterns match, for `fire`."""
    matched = _SIEVE.matching(view.text)
    view.matched = matched & ~_SPOKEN
    return matched != view.matched


_SAID = re.compile(SPOKEN).search
_A_BOX, _BOX = (next(rule.holds for rule in RULES if rule.id == "form.box"), _BIT["form.box"])


def heading_sounds_spoken(view: View) -> bool:
    """The same of a heading, of which no rule is asked."""
    return _SAID(view.text) is not None


def fire_heading(view: View) -> None:
    """A heading announces what its paragraphs say and is never an instruction itself: all there is to know of it is
    whether it is a box of a form (责任单位：) that looks like one."""
    if _A_BOX(view):
        view.held, view.rules = _BOX, bits(_BOX)


def fire(view: View) -> None:
    """Note on the view which rules hold; to be called after `sounds_spoken`."""
    held = view.matched
    _find_facts(view, held)
    present, facts = view.present, view.facts
    if view.turn:
        held |= _of_words(present, _WHOLE) | _of_words(view.tail, _TAIL)
    else:
        held |= _of_words(present, _ALL)
    if present & _COUNTED:
        held |= _of_many(view.words)
    if facts & ACTING:
        for kind, of, met in _MET:
            classes = of(view)
            more = met.get(classes)
            held |= _of_kind(kind, classes, met) if more is None else more
    sure, asked = _KNOWN.get(facts) or _following(facts)
    held |= sure
    for rule, holds in asked:
        if holds(view):
            held |= rule
    view.held, view.rules = held, bits(held)


def _find_facts(view: View, held: int) -> None:
    """Note what the rules have to know beyond words and neighbours."""
    text = view.text
    if held & _FIGURE and _DIGIT(text):
        view.facts |= NUMBER
    if "、" in text:
        view.facts |= LISTED
    if view.tail & _TROUBLE:
        view.facts |= TROUBLED
    view.facts |= _EVIDENCE[evidence(view)]
