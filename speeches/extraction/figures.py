"""Numeric targets and named sub-items of a task."""

import re

from speeches.extraction.model import Figure

_FIGURE = re.compile(r"\d+(?:\.\d+)?(?:%|个|所|名|万元|亿元)(?:以上|以内|左右)?")


def find_figures(text: str) -> tuple[Figure, ...]:
    """The numeric targets of `text`, verbatim, in order, each with its direction."""
    return tuple(Figure(match[0]) for match in _FIGURE.finditer(text))


def find_items(text: str) -> tuple[str, ...]:
    """The names a counted group is spelt out into (7个项目 -> 7 names), or () when none is."""
    return ()
