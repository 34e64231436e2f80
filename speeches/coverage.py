"""Sentences that sound like instructions and that nothing claims: what a review must not lose silently."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

# A heading announces what its paragraphs say, and furniture is no part of the speech: neither can be carried out.
_NO_INSTRUCTION = frozenset({"heading", "furniture"})


@dataclass(frozen=True, slots=True)
class Gap:
    """One unclaimed directive sentence. Offsets are code points of the speech's body, end exclusive."""

    start: int
    end: int
    section: tuple[str, ...] = ()


def unclaimed(
    sentences: Sequence[Sequence[Any]],
    *,
    spans: Iterable[tuple[int, int]],
    dismissed: Iterable[Sequence[int]] = (),
) -> list[Gap]:
    """Directive sentences (rows of `Speech.sentences`) that no span overlaps and nobody waved through, in order.

    Every candidate's span claims, whatever was decided about it: a rejected candidate has been looked at.
    """
    claimed = sorted([*spans, *((row[0], row[1]) for row in dismissed)])
    gaps = []
    at = reach = 0
    for start, end, role, directive, section in sorted(sentences, key=lambda row: (row[0], row[1])):
        while at < len(claimed) and claimed[at][0] < end:
            reach = max(reach, claimed[at][1])
            at += 1
        if directive and role not in _NO_INSTRUCTION and reach <= start:
            gaps.append(Gap(start, end, tuple(section)))
    return gaps
