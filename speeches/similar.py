"""Items that say nearly the same, in other words or other signs: a hint beside a candidate, never a decision."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from speeches.extraction.segment import teach, weight, words
from speeches.extraction.synonyms import SPUN
from speeches.phrases import fold

LEAST = 0.5
_HOPELESS = 0.25
"""Titles that share fewer pairs of characters are never alike; no words need to be cut for them."""
_PAIRS_COUNT = 0.4
"""The part of the pairs in the whole; the rest is the words."""
# Both titles are put into the same words, so it does no harm that some of the swaps are wrong in themselves.
_SWAP = re.compile("|".join(SPUN))


def likeness(one: str, other: str) -> float:
    """0 to 1: how much two titles share, by neighbouring characters and by the words that carry the meaning."""
    pairs = _shared_pairs(one, other)
    if pairs < _HOPELESS:
        return pairs * _PAIRS_COUNT
    return _PAIRS_COUNT * pairs + (1 - _PAIRS_COUNT) * _shared_words(one, other)


def most_alike(
    title: str,
    titles: Iterable[tuple[int, str]],
    *,
    limit: int = 2,
    names: Iterable[str] = (),
    least: float = LEAST,
) -> list[int]:
    """The keys of the titles most like `title`, best first; none below `least`. `names` of bodies are kept whole."""
    near = [(key, other) for key, other in titles if _shared_pairs(title, other) >= _HOPELESS]
    if near:
        teach(names)
    scored = ((likeness(title, other), key) for key, other in near)
    best = sorted((score, key) for score, key in scored if score >= least)
    return [key for _, key in reversed(best[-limit:])]


def _shared_pairs(one: str, other: str) -> float:
    """The mean of the share in both (Dice) and the share in the shorter: a long title often is a short one with figures."""
    mine, theirs = _pairs(one), _pairs(other)
    if not mine or not theirs:
        return 0.0
    shared = len(mine & theirs)
    return shared / (len(mine) + len(theirs)) + shared / min(len(mine), len(theirs)) / 2


def _shared_words(one: str, other: str) -> float:
    """The same mean over words, each counted as often as it stands and as much as it tells."""
    mine, theirs = Counter(words(_canonical(one))), Counter(words(_canonical(other)))
    if not mine or not theirs:
        return 0.0
    both, all_mine, all_theirs = _told(mine & theirs), _told(mine), _told(theirs)
    return both / (all_mine + all_theirs) + both / min(all_mine, all_theirs) / 2


def _told(counts: Counter[str]) -> float:
    return sum(weight(word) * times for word, times in counts.items())


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    plain = "".join(char for char in _canonical(text) if char.isalnum())
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


@lru_cache(maxsize=4096)
def _canonical(text: str) -> str:
    """The text with one spelling of each sign and one word of each set of near-synonyms."""
    return _SWAP.sub(lambda found: str(SPUN[found[0]]), fold(text))
