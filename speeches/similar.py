"""Items that say nearly the same: a hint beside a candidate, never a decision."""

from collections.abc import Iterable

LEAST = 0.5


def likeness(one: str, other: str) -> float:
    """0 to 1: how many neighbouring pairs of characters two titles share.

    The mean of the share in both (Dice) and the share in the shorter: a long title often is a short one with figures.
    """
    mine, theirs = _pairs(one), _pairs(other)
    if not mine or not theirs:
        return 0.0
    shared = len(mine & theirs)
    return shared / (len(mine) + len(theirs)) + shared / min(len(mine), len(theirs)) / 2


def most_alike(title: str, titles: Iterable[tuple[int, str]], *, limit: int = 2) -> list[int]:
    """The keys of the titles most like `title`, best first; none below `LEAST`."""
    scored = ((likeness(title, other), key) for key, other in titles)
    best = sorted((score, key) for score, key in scored if score >= LEAST)
    return [key for _, key in reversed(best[-limit:])]


def _pairs(text: str) -> set[str]:
    plain = "".join(char for char in text if char.isalnum())
    return {plain[at : at + 2] for at in range(len(plain) - 1)}
