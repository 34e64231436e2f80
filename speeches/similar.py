"""Items that say nearly the same: a hint beside a candidate, never a decision."""

from collections.abc import Iterable

LEAST = 0.5


def likeness(one: str, other: str) -> float:
    """0 to 1: how many neighbouring pairs of characters two titles share (Dice)."""
    mine, theirs = _pairs(one), _pairs(other)
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine and theirs else 0.0


def most_alike(title: str, titles: Iterable[tuple[int, str]], *, limit: int = 2) -> list[int]:
    """The keys of the titles most like `title`, best first; none below one half."""
    scored = ((likeness(title, other), key) for key, other in titles)
    best = sorted((score, key) for score, key in scored if score >= LEAST)
    return [key for _, key in reversed(best[-limit:])]


def _pairs(text: str) -> set[str]:
    plain = "".join(char for char in text if char.isalnum())
    return {plain[at : at + 2] for at in range(len(plain) - 1)}
