"""Asks the rules of a segment, the many of one kind together: words of a class and facts by table, patterns by one sieve."""

import re
from collections.abc import Callable, Iterable
from itertools import chain
from operator import getitem

from speeches.extraction.lexicon import LEXICON, bits_of
from speeches.extraction.prefilter import Sieve, bits
from speeches.extraction.rules import AHEAD, DATED, RULES, Rule
from speeches.extraction.signals import (
    AIM,
    DIGITS,
    KINDS,
    SOLVING,
    SPOKEN,
    Among,
    Facts,
    Like,
    Question,
    Words,
    evidence,
)
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
# A set of classes is looked up a quarter at a time: what a quarter says of the rules stands in a row.
_QUARTER = 11
_PART = (1 << _QUARTER) - 1
_Rows = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], tuple[int, ...]]


def _rows(rules: Iterable[Rule]) -> _Rows:
    meant: dict[int, int] = {}
    for rule in rules:
        if isinstance(rule.holds, Words):
            bit = bits_of(rule.holds.name)
            meant[bit] = meant.get(bit, 0) | _BIT[rule.id]
    if max(meant) >> 4 * _QUARTER:
        raise ValueError("more classes of words than the rows have room for")
    first, second, third, fourth = (_row(meant, quarter * _QUARTER) for quarter in range(4))
    return first, second, third, fourth


def _row(meant: dict[int, int], shift: int) -> tuple[int, ...]:
    row = [0]
    for place in range(_QUARTER):
        more = meant.get(1 << shift + place, 0)
        row += [held | more for held in row]
    return tuple(row)


_WORDS = [rule for rule in RULES if isinstance(rule.holds, Words) and rule.holds.least == 1]
_TAIL = _rows(rule for rule in _WORDS if isinstance(rule.holds, Words) and rule.holds.after_turn)
_WHOLE = _rows(rule for rule in _WORDS if isinstance(rule.holds, Words) and not rule.holds.after_turn)
_ALL = _rows(_WORDS)
# Rules that ask for more words of a class than one: each has a counter, and all are one number, which has to stay small
# to be added up quickly. A counter starts so high that its top bit says whether the words are enough.
_MANY = [
    (rule.holds, _BIT[rule.id]) for rule in RULES if isinstance(rule.holds, Words) and rule.holds.least > 1
]
_COUNTER = 10
_MOST_WORDS = 500
_ONES = [1 << place * _COUNTER for place in range(len(_MANY))]
_TOPS = [one << _COUNTER - 1 for one in _ONES]
_START = sum([top - one * holds.least for (holds, _), one, top in zip(_MANY, _ONES, _TOPS, strict=True)])
_ENOUGH = sum(_TOPS)
_COUNTED = bits_of(*{holds.name for holds, _ in _MANY})
_COUNTS = {
    classes: sum([one for (holds, _), one in zip(_MANY, _ONES, strict=True) if classes & bits_of(holds.name)])
    for classes in {bits_of(*names) for names in {*LEXICON.values()}}
}
_OF_ENOUGH: dict[int, int] = {}


def _of_words(classes: int, rows: _Rows) -> int:
    first, second, third, fourth = rows
    return (
        first[classes & _PART]
        | second[classes >> _QUARTER & _PART]
        | third[classes >> 2 * _QUARTER & _PART]
        | fourth[classes >> 3 * _QUARTER]
    )


def _of_many(view: View) -> int:
    """The rules that ask for more words of a class than one."""
    if len(view.words) > _MOST_WORDS:
        return sum([rule for holds, rule in _MANY if holds(view)])
    enough = sum(map(_COUNTS.__getitem__, view.words), _START) & _ENOUGH
    held = _OF_ENOUGH.get(enough)
    if held is None:
        held = sum([rule for (_, rule), top in zip(_MANY, _TOPS, strict=True) if enough & top])
        _OF_ENOUGH[enough] = held
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
# Whether a segment sounds spoken, and what else is asked of its text, is found in one pass with the patterns of the rules.
_MORE = (SPOKEN, AHEAD.pattern, DATED.pattern, AIM.pattern, SOLVING.pattern)
_SIEVE = Sieve(
    [*[rule.holds.pattern if isinstance(rule.holds, Like) else None for rule in _IN_ORDER], *_MORE]
)
_SPOKEN, _AHEAD, _DATED, _AIMING, _SOLVING = (1 << len(RULES) + number for number in range(len(_MORE)))
_OF_RULES = (1 << len(RULES)) - 1
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
# Rules that can only hold with another one, which is asked before, or where a pattern is found: elsewhere nobody asks.
ONLY_WITH: dict[str, int] = {
    "organ": rules_of("must", "subject"),
    "due.done": rules_of("due"),
    "firm": rules_of("object.thing"),
    "verb.perfect.thing": rules_of("verb.perfect"),
    "figure.first": _AIMING,
    "figure.aim": _AIMING,
    "due.bare": _DATED,
    "zone.ahead": _AHEAD,
    "listed.many": rules_of("listed"),
    "problem.many": rules_of("problem"),
}
_ANYTHING = 1 << len(RULES) + len(_MORE)  # holds of every segment
_Asked = tuple[tuple[int, int, Question], ...]
_KNOWN: dict[int, tuple[int, _Asked]] = {}
_TROUBLE = bits_of("problem")
_EVIDENCE = (BARE, 0, SOLID, *[SOLID | RICH] * 8)


_FACTS = [(rule.holds, _BIT[rule.id]) for rule in RULES if isinstance(rule.holds, Facts)]
_ASKED = [
    (_GATES.get(rule.id, Facts()), (ONLY_WITH.get(rule.id, _ANYTHING), _BIT[rule.id], rule.holds))
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
    view.matched = _SIEVE.matching(view.text)
    return view.matched & _SPOKEN != 0


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
        held |= _of_many(view)
    if facts & ACTING:
        for kind, of, met in _MET:
            classes = of(view)
            more = met.get(classes)
            held |= _of_kind(kind, classes, met) if more is None else more
    sure, asked = _KNOWN.get(facts) or _following(facts)
    held |= sure | _ANYTHING
    for only_with, rule, holds in asked:
        if held & only_with and holds(view):
            held |= rule
    view.held = held & _OF_RULES
    view.rules = _numbers(view.held)


def _find_facts(view: View, matched: int) -> None:
    """Note what the rules have to know beyond words and neighbours."""
    text = view.text
    if matched & _FIGURE and _DIGIT(text):
        view.facts |= NUMBER
    if "、" in text:
        view.facts |= LISTED
    if view.tail & _TROUBLE and not matched & _SOLVING:
        view.facts |= TROUBLED
    view.facts |= _EVIDENCE[evidence(view)]


# --- bits to numbers -------------------------------------------------------------------------------------------------
_BYTES = len(RULES) // 8 + 1


def _places(byte: int) -> list[tuple[int, ...]]:
    """The numbers of the bits that are set in each value of a byte of a set."""
    found: list[tuple[int, ...]] = [()]
    for place in range(8 * byte, 8 * byte + 8):
        found += [(*places, place) for places in found]
    return found


_PLACES = [_places(byte) for byte in range(_BYTES)]


def _numbers(rules: int) -> list[int]:
    """The numbers of a set of rules, lowest first: `bits`, quicker for sets of many."""
    return [*chain.from_iterable(map(getitem, _PLACES, rules.to_bytes(_BYTES, "little")))]
