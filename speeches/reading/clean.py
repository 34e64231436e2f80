"""Cleaning: what real files carry around a speech goes, the speech itself stays.

Every step maps characters one to one or deletes, so that cleaning can be shown and trusted, and the steps run until
nothing changes, so that cleaning twice is cleaning once.
"""

import re
from collections import Counter
from dataclasses import dataclass

from .chars import normalise
from .furniture import drop_furniture
from .markers import drop_page_markers, join_broken
from .repeats import drop_abstract, drop_repeated_titles

_BLANKS = re.compile(" {2,}")
_ROUNDS = 20  # each round only takes away; real texts are done after two


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`hints` are titles that stood in what was removed: a shared-document line, an abstract, a breadcrumb."""

    body: str
    notes: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


def clean(text: str) -> Cleaned:
    """The speech without its frame. Empty when nothing is left."""
    lines = tidy(normalise(text))
    removed: Counter[str] = Counter()
    hints: dict[str, None] = {}
    for _ in range(_ROUNDS):
        before = lines
        for step in (drop_furniture, drop_page_markers, join_broken, drop_abstract, drop_repeated_titles):
            lines, gone, titles = step(lines)
            removed.update(gone)
            hints.update(dict.fromkeys(titles))
        lines = tidy("\n".join(lines))
        if lines == before:
            break
    notes = tuple(f"{what} {count} 处" for what, count in removed.items())
    return Cleaned("\n".join(lines), notes, tuple(hints))


def tidy(text: str) -> list[str]:
    """The lines that hold anything, without blanks at their ends and with single blanks inside."""
    return [line for raw in text.split("\n") if (line := _BLANKS.sub(" ", raw).strip(" "))]
