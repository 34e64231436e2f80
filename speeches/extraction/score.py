"""Adds up what the rules say: is it an instruction, and is it definite enough to be a task?"""

import math
import zlib
from typing import NamedTuple

from speeches.extraction.firing import IDS, rules_of
from speeches.extraction.model import Reason
from speeches.extraction.rules import RULES
from speeches.extraction.view import View
from speeches.extraction.weights import DEFINITE, DIRECTIVE

_PHRASES = {rule.id: rule.phrase for rule in RULES}
NEGLIGIBLE = 0.15
# What the labelled speeches cannot teach, because none of them has it: set by hand, on top of the learned weights.
BY_HAND: dict[str, tuple[float, float]] = {
    "owner_bracket": (5.0, 4.0),  # an official document that says who answers for a paragraph means all of it
}


# Where the first fires the second says the same more weakly: the clerk reads only the stronger one.
_STRONGER: dict[str, tuple[str, ...]] = {
    "definite.many": ("definite.some",),
    "project.many": ("project",),
    "mechanism.many": ("mechanism",),
    "thing.many": ("thing",),
    "activity.many": ("activity",),
    "field.many": ("field",),
    "problem.many": ("problem",),
    "soft.many": ("soft",),
    "listed.many": ("listed",),
    "figure.aim": ("figure", "figure.first"),
    "verb.hard": ("verbs.hard",),
    "verb.soft": ("verbs.soft",),
    "forbid.first": ("forbid",),
    "may.first": ("may",),
    "suggest.first": ("may",),
    "by": ("by.who",),
    "copula.reason": ("copula",),
    "object.project": ("object.thing",),
    "object.mechanism": ("object.thing",),
    "object.activity": ("object.thing",),
    "object.reform": ("object.thing",),
    "object.real": ("object.thing",),
    "talk.none": ("definite.none",),
    "talk.no_verb": ("no_verb",),
    "talk.must": ("must",),
    "talk.figure": ("figure",),
    "due": ("when",),
    "rhythm": ("monthly.theme",),
}


# A task has to be an instruction without much doubt: what is doubtful is shown among the requirements.
DOUBTFUL = 0.3
# Whether it is definite is decided in favour of the task: a clerk drops a row faster than he finds a missing one.
BENEFIT = -0.2


class Verdict(NamedTuple):
    """`directive` and `definite` are log-odds: above 0 is more likely than not. A task is both, within the two bounds."""

    directive: float
    definite: float

    @property
    def is_directive(self) -> bool:
        return self.directive > 0

    @property
    def is_task(self) -> bool:
        return self.directive > DOUBTFUL and self.definite > BENEFIT

    @property
    def confidence(self) -> float:
        """The chance that it is a task, 0 to 1."""
        return round(_chance(self.directive) * _chance(self.definite), 3)


def judge(view: View) -> Verdict:
    """What the rules that fired add up to."""
    directive = definite = 0.0
    for rule in view.rules:
        directive += _DIRECTIVE[rule]
        definite += _DEFINITE[rule]
    directive += _FROM_DIRECTIVE
    definite += _FROM_DEFINITE
    if view.held & _BY_HAND:
        for name, (more_directive, more_definite) in BY_HAND.items():
            if view.held & rules_of(name):
                directive += more_directive
                definite += more_definite
    return Verdict(directive, definite)


def reasons(view: View) -> tuple[Reason, ...]:
    """The rules that fired with what each was worth, the weightiest first. What a stronger rule says is not said twice."""
    ranks = {_RANK[rule] for rule in view.rules}
    if view.held & _STRONG:
        for rule in view.rules:
            if rule in _WEAKER:
                ranks -= _WEAKER[rule]
    ranks.discard(_NOT_SAID)
    return tuple([_RANKED[rank] for rank in sorted(ranks)])


def _worth(name: str) -> float:
    return DIRECTIVE.get(name, 0.0) + DEFINITE.get(name, 0.0) + sum(BY_HAND.get(name, ()))


_ALL = [Reason(name, _PHRASES[name], round(_worth(name), 2)) for name in IDS]
# Ranked once for all: a number for each rule worth saying, the weightiest first, and those that each says better.
_RANKED = sorted(
    (reason for reason in _ALL if abs(reason.weight) >= NEGLIGIBLE),
    key=lambda reason: (-abs(reason.weight), reason.rule),
)
_NOT_SAID = -1
_RANKS = {reason.rule: rank for rank, reason in enumerate(_RANKED)}
_RANK = tuple(_RANKS.get(name, _NOT_SAID) for name in IDS)
_WEAKER = {
    IDS.index(name): frozenset(_RANKS.get(other, _NOT_SAID) for other in weaker)
    for name, weaker in _STRONGER.items()
}
_STRONG = rules_of(*_STRONGER)
_BY_HAND = rules_of(*BY_HAND)
_DIRECTIVE = tuple(DIRECTIVE.get(name, 0.0) for name in IDS)
_DEFINITE = tuple(DEFINITE.get(name, 0.0) for name in IDS)
_FROM_DIRECTIVE, _FROM_DEFINITE = DIRECTIVE[""], DEFINITE[""]


def _chance(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def fingerprint() -> str:
    """Eight hex digits that change when a weight, a bound or a rule's name does."""
    table = (sorted(DIRECTIVE.items()), sorted(DEFINITE.items()), sorted(BY_HAND.items()), DOUBTFUL, BENEFIT)
    return f"{zlib.crc32(repr((table, [rule.id for rule in RULES])).encode()):08x}"
