"""Printed lines to paragraphs: a page breaks a Chinese sentence anywhere, and nothing marks the break."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .chars import plain_newlines
from .shapes import ends_sentence, is_salutation, opens_item

_WIDE = r"\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’"
_GAPS = re.compile(
    rf"(?<=[{_WIDE}]) +(?=[\d%％‰.A-Za-z])|(?<=[\d%％‰.A-Za-z]) +(?=[{_WIDE}])|(?<=\d) +(?=[%‰])"
)
_SPACED = re.compile(rf"(?<=[{_WIDE}]) (?=[{_WIDE}])")

# What a text wrapped at a fixed width looks like; widths in half-width columns.
_FEWEST_LINES = 8
_NARROW, _WIDEST = 24, 100
_BROKEN_SHARE = 0.4  # of lines that are full and stop inside a sentence


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as printed. `left` and `right` are its edges and `size` the height of its characters, in one unit."""

    text: str
    left: float
    right: float
    size: float


def close_gaps(line: str) -> str:
    """Drop the blanks a PDF puts between Chinese and digits, and those of a line set wide letter by letter."""
    line = _GAPS.sub("", line)
    gaps, letters = len(_SPACED.findall(line)), len(line.replace(" ", ""))
    return _SPACED.sub("", line) if letters > 3 and gaps > 0.6 * (letters - 1) else line


def join_lines(lines: Sequence[PrintedLine]) -> list[str]:
    """The paragraphs. A line goes on in the next when it is full and the next is neither indented nor an item."""
    if not lines:
        return []
    left = _usual([line.left for line in lines])
    right = sorted(line.right for line in lines)[int(len(lines) * 0.9)]
    paragraphs = [[lines[0].text]]
    for before, line in pairwise(lines):
        if _goes_on(before, line, left=left, room=right - before.right):
            paragraphs[-1] += [" ", line.text] if _between_words(before.text, line.text) else [line.text]
        else:
            paragraphs.append([line.text])
    return ["".join(pieces) for pieces in paragraphs]


def _between_words(before: str, after: str) -> bool:
    """A line broken between two foreign words, where the line end stands for a blank."""
    return bool(re.search(r"[A-Za-z0-9,.]$", before) and re.match(r"[A-Za-z]", after))


def _usual(edges: list[float]) -> float:
    """The edge that most lines share, give or take a unit; of several the leftmost."""
    counts = Counter(round(edge / 2) for edge in edges)
    return 2.0 * max(counts, key=lambda edge: (counts[edge], -edge))


def _goes_on(before: PrintedLine, line: PrintedLine, *, left: float, room: float) -> bool:
    """`room` is what `before` leaves free at its end. A line of a sentence that has ended leaves two characters, any
    other up to four: a number or a foreign word may not have fitted."""
    ended = ends_sentence(before.text)
    if is_salutation(before.text) or (ended and opens_item(line.text)):
        return False
    if abs(before.size - line.size) > 0.2 * max(before.size, line.size):
        return False
    indented = line.left > left + 1.2 * line.size
    return not indented and room <= (2 if ended else 4) * before.size


def unwrap(text: str) -> str:
    """A text pasted from a PDF or a mail, wrapped at a fixed width, with its paragraphs joined; any other as it is."""
    lines = [line for line in plain_newlines(text).split("\n") if line.strip()]
    widths = sorted(_width(line) for line in lines)
    if len(lines) < _FEWEST_LINES:
        return text
    full = widths[int(len(widths) * 0.9)]
    broken = [
        line
        for line, after in pairwise(lines)
        if _width(line) >= 0.85 * full and not ends_sentence(line) and not opens_item(after.strip())
    ]
    if not (
        _NARROW <= full <= _WIDEST and widths[-1] <= full + 4 and len(broken) >= _BROKEN_SHARE * len(lines)
    ):
        return text
    printed = [PrintedLine(line.strip(), _indent(line), _width(line), 2.0) for line in lines]
    return "\n".join(join_lines(printed))


def _width(line: str) -> int:
    return sum(1 if char.isascii() else 2 for char in line.rstrip())


def _indent(line: str) -> int:
    return _width(line) - _width(line.lstrip()) if line.strip() else 0
