"""The body of a speech as paragraphs of marked segments, ready for a template. Pure: no database, no HTML.

Every character of a paragraph stands in exactly one segment that knows its offset, so that a selection on the page
can be read back as offsets of the body. What the page adds (numbers, margin markers) is not part of any segment.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

_LINE = re.compile(r"[^\n]+")
_LEVEL_3 = re.compile(r"^(?:[一二三四五六七八九十]+、|第[一二三四五六七八九十]+[章部，、])")
_LEVEL_4 = re.compile(r"^[（(][一二三四五六七八九十]+[）)]")
_LEVEL_5 = re.compile(r"^(?:\d+[.．、]|[（(]\d+[）)]|[一二三四五六七八九十]+是)")
_SPACE = re.compile(r"\s+")
_BY = re.compile(r"\s|^[（(]|\d日")
_BY_LINE = 40  # a line of names or a date under the title is shorter than this
_CONTEXT = 60
_STOPS = "。！？；\n"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to show on a stretch of the body. `key` is the id of its card, `css` its tint, `sign` its decision."""

    start: int
    end: int
    key: str
    css: str
    number: str = ""
    sign: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text under one mark or none. `opens` are the marks that begin with it."""

    start: int
    text: str
    mark: Mark | None = None
    opens: tuple[Mark, ...] = ()
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the body. `kind`: title, by, h3, h4, h5 or p."""

    kind: str
    start: int
    end: int
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """The pure text."""
        return "".join(segment.text for segment in self.segments)

    @property
    def tag(self) -> str:
        """The HTML element it is shown as."""
        return {"title": "h2", "by": "p"}.get(self.kind, self.kind)

    @property
    def css(self) -> str:
        """Its class, where the element does not say it all."""
        return {"title": "ti", "by": "by"}.get(self.kind, "")

    def overlaps(self, start: int, end: int) -> bool:
        """Whether the block shows any of these characters."""
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class ProsePart:
    """One speech of the file. `title` is set where the body itself does not open with it."""

    start: int
    end: int
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline, with the stretch it governs."""

    text: str
    level: int
    start: int
    end: int


@dataclass(slots=True)
class _Cursor:
    """Marks and headings by start, handed out line by line."""

    marks: list[Mark]
    headings: list[tuple[int, int]] = field(default_factory=list)

    def within(self, start: int, end: int) -> tuple[list[Mark], list[tuple[int, int]]]:
        self.marks = [mark for mark in self.marks if mark.end > start]
        self.headings = [heading for heading in self.headings if heading[1] > start]
        return (
            [mark for mark in self.marks if mark.start < end],
            [heading for heading in self.headings if heading[0] < end],
        )


def compose(
    body: str,
    *,
    sentences: Sequence[Sequence[Any]] = (),
    marks: Iterable[Mark] = (),
    parts: Sequence[Sequence[Any]] = (),
    title: str = "",
) -> list[ProsePart]:
    """The whole body, part by part (a file without parts is one part called `title`)."""
    rows = _cover(body, parts, title)
    headings = sorted((row[0], row[1]) for row in sentences if row[2] == "heading")
    cursor = _Cursor(sorted(marks, key=lambda mark: (mark.start, mark.end)), headings)
    composed = []
    for name, start, end in rows:
        blocks = [_block(body, line, cursor) for line in _lines(body, start, end)]
        blocks, shown = _with_title(blocks, name)
        composed.append(ProsePart(start, end, "" if shown else name, tuple(blocks)))
    return composed


def outline(parts: Iterable[ProsePart]) -> list[Entry]:
    """Headings of the first two levels, each with the stretch up to the next of its level or above."""
    entries = []
    for part in parts:
        heads = [head for block in part.blocks for head in _heads(block)]
        for at, (text, level, start) in enumerate(heads):
            end = next((later for _, other, later in heads[at + 1 :] if other <= level), part.end)
            entries.append(Entry(text, level, start, end))
    return entries


def context(body: str, start: int, end: int) -> tuple[str, str]:
    """The words before and after a span: within its line, from a sentence boundary, at most 60 characters each."""
    line_start = body.rfind("\n", 0, start) + 1
    line_end = body.find("\n", end)
    before = body[max(line_start, start - _CONTEXT) : start].lstrip()
    after = body[end : min(len(body) if line_end < 0 else line_end, end + _CONTEXT)].rstrip()
    if start - line_start > _CONTEXT:
        before = before[_first_stop(before) :]
    return before, after[: _last_stop(after)]


def shorten(text: str, limit: int = 14) -> str:
    """A heading for the narrow outline: whole clauses up to `limit` characters, at least the first."""
    clauses = re.split(r"(?=[，,：:。])", text.strip().rstrip("。"))
    kept = clauses[0]
    for clause in clauses[1:]:
        if len(kept) + len(clause) > limit:
            break
        kept += clause
    return kept


def _cover(body: str, parts: Sequence[Sequence[Any]], title: str) -> list[tuple[str, int, int]]:
    """Parts stretched so that together they hold every character: what lies between two belongs to the earlier."""
    names = [str(row[0]) or title for row in parts] or [title]
    starts = [0, *(int(row[1]) for row in parts[1:])]
    return [
        (name, start, end) for name, (start, end) in zip(names, pairwise([*starts, len(body)]), strict=True)
    ]


def _first_stop(text: str) -> int:
    found = [text.find(stop) for stop in _STOPS if 0 <= text.find(stop) < len(text) - 1]
    return min(found) + 1 if found else 0


def _last_stop(text: str) -> int:
    found = [text.find(stop) for stop in _STOPS if stop in text]
    return min(found) + 1 if found else len(text)


def _lines(body: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """The non-blank lines of a stretch, without the white space around them (the page indents)."""
    for match in _LINE.finditer(body, start, end):
        text = match[0]
        if text.strip():
            yield match.start() + len(text) - len(text.lstrip()), match.start() + len(text.rstrip())


def _block(body: str, line: tuple[int, int], cursor: _Cursor) -> Block:
    start, end = line
    marks, headings = cursor.within(start, end)
    points = {start, end}
    for low, high in [*((mark.start, mark.end) for mark in marks), *headings]:
        points |= {point for point in (low, high) if start < point < end}
    cuts = sorted(points)
    segments = [
        _segment(body, low, high, first=low == start, marks=marks, headings=headings)
        for low, high in pairwise(cuts)
    ]
    # 同志们： and the like open a paragraph; whatever the sentence was called, it heads nothing.
    whole = body[end - 1] not in "：:" and any(low <= start and high >= end for low, high in headings)
    return Block(_heading_kind(body[start:end]) if whole else "p", start, end, tuple(segments))


def _segment(
    body: str, start: int, end: int, *, first: bool, marks: list[Mark], headings: list[tuple[int, int]]
) -> Segment:
    covering = [mark for mark in marks if mark.start <= start and mark.end >= end]
    inner = max(covering, key=lambda mark: (mark.start, -mark.end), default=None)
    # A mark may begin in the white space before the line; a later line of the same mark opens nothing.
    opens = [
        mark
        for mark in marks
        if mark.start == start or (first and mark.start < start and _opens(body, mark, start))
    ]
    heading = any(low <= start and high >= end for low, high in headings)
    return Segment(start, body[start:end], inner, tuple(opens), heading)


def _opens(body: str, mark: Mark, start: int) -> bool:
    return not body[mark.start : start].strip()


def _heading_kind(text: str) -> str:
    return f"h{_level(text)}"


def _level(text: str) -> int:
    if _LEVEL_4.match(text):
        return 4
    return 5 if _LEVEL_5.match(text) else 3


def _heads(block: Block) -> list[tuple[str, int, int]]:
    """The headings that a block is or holds: a numbered run at the start of a paragraph counts as well."""
    if block.kind in ("h3", "h4"):
        return [(block.text, int(block.kind[1]), block.start)]
    if block.kind != "p" or not block.segments or not block.segments[0].heading:
        return []
    text = "".join(segment.text for segment in block.segments if segment.heading)
    numbered = _LEVEL_3.match(text) or _LEVEL_4.match(text)
    return [(text, _level(text), block.start)] if numbered else []


def _with_title(blocks: list[Block], title: str) -> tuple[list[Block], bool]:
    """Name the lines that are the title, and the short ones under it; False when the body does not open with it."""
    wanted, seen, at = _SPACE.sub("", title), "", 0
    while at < len(blocks) and seen != wanted and wanted.startswith(seen + _SPACE.sub("", blocks[at].text)):
        seen += _SPACE.sub("", blocks[at].text)
        at += 1
    if not wanted or seen != wanted:
        return blocks, False
    under = at
    while under < len(blocks) and _is_by_line(blocks[under], blocks[under + 1 : under + 2]):
        under += 1
    named = [_as(block, "title") for block in blocks[:at]] + [_as(block, "by") for block in blocks[at:under]]
    return [*named, *blocks[under:]], True


def _is_by_line(block: Block, after: Sequence[Block] = ()) -> bool:
    """A name, a date or a body under the title: short, unmarked, no sentence; a heading only where it has gaps, or
    where those are addressed `after` it (同志们：), whom no heading of the speech precedes."""
    text = block.text
    if len(text) > _BY_LINE or text[-1] in "：:。！，" or any(segment.mark for segment in block.segments):
        return False
    addressed = any(other.kind == "p" and other.text[-1] in "：:" for other in after)
    plain = block.kind == "h3" and not _LEVEL_3.match(text)
    return block.kind == "p" or (plain and (addressed or bool(_BY.search(text))))


def _as(block: Block, kind: str) -> Block:
    return Block(kind, block.start, block.end, block.segments)
