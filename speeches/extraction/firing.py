"""Asks the rules of a segment, the many of one kind together: words of a class by table, patterns by one sieve."""

import re
from collections.abc import Iterable

from speeches.extraction.prefilter import Sieve, bits, holds_one_of
from speeches.extraction.rules import RULES, Rule
from speeches.extraction.signals import DIGITS, SPOKEN, Among, Like, Question, Words, evidence, kinds
from speeches.extraction.view import View
from speeches.extraction.zones import Zone

# A set of rules is a number with a bit for each, in the order of their names: that order is the one their weights are
# added up in, whatever order they stand in in the table.
_IN_ORDER = sorted(RULES, key=lambda rule: rule.id)
IDS = tuple(rule.id for rule in _IN_ORDER)
_BIT = {rule: 1 << number for number, rule in enumerate(IDS)}
_MANY = 3  # no rule asks for more words of a class than this


def _by_count(rules: Iterable[Rule]) -> dict[str, tuple[int, ...]]:
    """The rules that hold when a segment has 0, 1, 2, `_MANY` or more words of a class, by the name of the class."""
    table: dict[str, list[int]] = {}
    for rule in rules:
        if isinstance(rule.holds, Words):
            for count in range(rule.holds.least, _MANY + 1):
                table.setdefault(rule.holds.name, [0] * (_MANY + 1))[count] |= _BIT[rule.id]
    return {name: tuple(row) for name, row in table.items()}


def _by_kind() -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {}
    for rule in RULES:
        if isinstance(rule.holds, Among):
            row = table.setdefault(rule.holds.kind, {})
            for name in rule.holds.names:
                row[name] = row.get(name, 0) | _BIT[rule.id]
    return table


_TAIL = _by_count(rule for rule in RULES if isinstance(rule.holds, Words) and rule.holds.after_turn)
_WHOLE = _by_count(rule for rule in RULES if isinstance(rule.holds, Words) and not rule.holds.after_turn)
_AMONG = _by_kind()
# Whether a segment sounds spoken is asked in one pass with the patterns of the rules: the last number.
_SIEVE = Sieve(
    [*[rule.holds.pattern if isinstance(rule.holds, Like) else None for rule in _IN_ORDER], SPOKEN]
)
_SPOKEN = 1 << len(RULES)
# The hint of a pattern is asked too, unless the pattern says as much by itself.
_HINTS = {
    number: re.compile(f"[{re.escape(''.join(sorted(rule.holds.needed)))}]").search
    for number, rule in enumerate(_IN_ORDER)
    if isinstance(rule.holds, Like)
    and rule.holds.needed
    and not holds_one_of(rule.holds.pattern, rule.holds.needed)
}
_HINTED = sum(1 << number for number in _HINTS)
# Rules that can only hold of certain segments: nobody else is asked. A rule that is not here is always asked.
ONLY_OF: dict[str, tuple[Question, tuple[str, ...]]] = {
    "talk": (
        lambda view: view.spoken,
        ("talk", "talk.none", "talk.no_verb", "talk.must", "talk.told", "talk.figure", "talk.act"),
    ),
    "acting": (
        lambda view: view.acting,
        (
            *("head", "later", "firm", "verbs.none_hard", "verb.strengthen.vague", "verb.perfect.thing"),
            *("object.all_soft", "subject"),
        ),
    ),
    "acting or told": (lambda view: view.acting or view.told, ("organ",)),
    "idle": (lambda view: not view.acting, ("no_verb", "no.action.short", "due.bare")),
    "trouble": (lambda view: "problem" in view.tail, ("problem", "problem.many")),
    "counted": (lambda view: view.has_figure, ("figure.first", "figure.aim")),
    "listed": (lambda view: "、" in view.text, ("listed", "listed.many")),
    "told of": (lambda view: view.zone in (Zone.REVIEW, Zone.PROBLEM), ("zone.untold", "zone.ahead")),
}
_DIGIT = re.compile(f"[{''.join(sorted(DIGITS))}]").search
_GATED = {name for _, names in ONLY_OF.values() for name in names}
_Asked = tuple[tuple[int, Question], ...]


def _questions(names: Iterable[str]) -> _Asked:
    wanted = set(names)
    return tuple(
        (_BIT[rule.id], rule.holds)
        for rule in RULES
        if rule.id in wanted and not isinstance(rule.holds, Words | Like | Among)
    )


_ASKED = _questions(set(IDS) - _GATED)
_GATES = tuple((gate, _questions(names)) for gate, names in ONLY_OF.values())
_FIGURE = _BIT["figure"]


def sounds_spoken(view: View) -> bool:
    """Whether the words of a segment are those of talk; notes on the view which patterns match, for `fire`."""
    view.matched = _SIEVE.matching(view.text)
    return view.matched & _SPOKEN != 0


def fire(view: View) -> None:
    """Note on the view which rules hold; to be called after `sounds_spoken`."""
    text = view.text
    held = view.matched & ~_SPOKEN
    if held & _HINTED:
        for number in bits(held & _HINTED):
            if not _HINTS[number](text):
                held ^= 1 << number
    view.has_figure = held & _FIGURE != 0 and _DIGIT(text) is not None
    view.evidence = evidence(view)
    held |= _of_words(view.tail, _TAIL) | _of_words(view.counts, _WHOLE)
    for kind, names in kinds(view).items():
        more = _MET[kind].get(names)
        held |= _of_kind(kind, names) if more is None else more
    for bit, holds in _ASKED:
        if holds(view):
            held |= bit
    for gate, asked in _GATES:
        if gate(view):
            for bit, holds in asked:
                if holds(view):
                    held |= bit
    view.rules = tuple(bits(held))
    view.fired = {IDS[number] for number in view.rules}


# The same few sets of classes come again and again: what they mean is remembered, up to a bound.
_MET: dict[str, dict[frozenset[str], int]] = {kind: {} for kind in _AMONG}
_MOST = 2000


def _of_kind(kind: str, names: frozenset[str]) -> int:
    held = 0
    for name in names:
        held |= _AMONG[kind].get(name, 0)
    if len(_MET[kind]) < _MOST:
        _MET[kind][names] = held
    return held


def _of_words(counts: dict[str, int], table: dict[str, tuple[int, ...]]) -> int:
    held = 0
    for name, count in counts.items():
        row = table.get(name)
        if row is not None:
            held |= row[count if count < _MANY else _MANY]
    return held
