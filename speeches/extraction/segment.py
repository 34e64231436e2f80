"""Cuts a speech into segments: the smallest stretch that plays one role.

A segment is a sentence, cut again at semicolons and in front of inline enumerators (一是 … 二是 …). Quotations and
brackets are never cut, a heading glued to its body is, and a sentence broken by a line break is put together again.
"""

import itertools
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

NUMERALS = "一二三四五六七八九十"
ENUMERATOR = (
    rf"(?:[{NUMERALS}]{{1,3}}(?:是|要)(?=[^\s，。、]{{2}})|首先|其次|再次|再者|最后(?=[,，要])|第[{NUMERALS}]{{1,2}}(?:[,，、]|步|要|是)"
    rf"|[（(][{NUMERALS}]{{1,3}}[）)])"
)
CLOSERS = '”’」』）)"》'
_BREAK = re.compile(
    r"（[^（）\n]{0,300}(?:（[^（）\n]{0,40}）[^（）\n]{0,300}){0,8}）|\([^()\n]{0,300}\)|“[^“”\n]{0,80}”"
    rf"|(?P<end>[。！？!?；;\n]+[{CLOSERS}]*)"
)
_ENUM_AT = re.compile(rf"(?<=[：:，,])(?={ENUMERATOR})|(?<=[：:])(?=\s*[{NUMERALS}]{{1,3}}、)")
_TERMINAL = re.compile(rf"[。！？!?；;：:…][{CLOSERS}]*$")
_NUMBERED = re.compile(
    rf"\s*(?:第?[{NUMERALS}]{{1,3}}(?:[、．.,，]|是|要|部分)|[（(][{NUMERALS}\d]{{1,3}}[）)]|\d{{1,2}}[.．、﹒](?!\d)|[①-⑳]|首先|其次|最后|——)"
)
_GLUE = re.compile(
    r"(?<=[\u4e00-\u9fff])(?=(?:近年来|近几年来|过去的?一年|一年来|去年以来|20\d\d年(?:是|以来)|今年以来|当前[,，]|目前[,，])|"
    r"(?:[\u4e00-\u9fff]{2,6}是[\u4e00-\u9fff]{2,12}(?:主体|基础|关键|根本|生命线|核心|灵魂|保障)))"
)
_SPACE_GLUE = re.compile(r"(?<=[\u4e00-\u9fff”])\s+(?=[\u4e00-\u9fff“\d])")
_BIG_HEADING = re.compile(rf"\s*(?:[{NUMERALS}]{{1,3}}、|[（(][{NUMERALS}]{{1,3}}[）)])")
# A bracket that says who answers for what stands before it: it closes the last segment of its line.
OWNER_BRACKET = re.compile(
    r"[（(][^（）()\n]*(?:负责|牵头|配合|责任单位|责任部门|责任领导|主办|承办|落实单位|按职责分工|完成时限)[^（）()\n]*(?:[（(][^（）()\n]*[）)][^（）()\n]*)*[）)][。；;]?$"
)
LONGEST_HEADING = 60
LINES_A_SENTENCE_MAY_RUN_OVER = 6


@dataclass(slots=True)
class Segment:
    """`start`/`end` in the body, trimmed; `line` counts lines; `first` and `last` say whether it opens or closes its line."""

    start: int
    end: int
    line: int
    first: bool = False
    last: bool = False


def segments(text: str) -> list[Segment]:
    """All segments of the text in order. Blank stretches belong to none."""
    raw = _rejoin(text, _cut(text))
    previous = None
    for segment in raw:
        segment.first = previous is None or previous.line != segment.line
        if previous is not None:
            previous.last = segment.first
        previous = segment
    if previous is not None:
        previous.last = True
    return raw


def _cut(text: str) -> list[Segment]:
    found: list[Segment] = []
    line = start = 0
    for match in _BREAK.finditer(text):
        if match["end"] is None and not (
            match.end() - match.start() > 2
            and text[match.end() - 2] in "。！？!?"
            and text[match.end() - 1] == "”"
        ):
            continue
        _add(found, text, start, match.end(), line)
        line += match[0].count("\n")
        start = match.end()
    _add(found, text, start, len(text), line)
    return found


def _add(found: list[Segment], text: str, start: int, end: int, line: int) -> None:
    piece = text[start:end]
    cuts = [start] + [start + match.start() for match in _ENUM_AT.finditer(piece)] + [end]
    for a, b in itertools.pairwise(cuts):
        glue = _glued_at(text[a:b])
        for low, high in ((a, a + glue), (a + glue, b)) if glue else ((a, b),):
            trimmed = _trim(text, low, high)
            if trimmed is not None:
                found.append(Segment(*trimmed, line))


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    if not any(character.isalnum() for character in piece):
        return None
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _glued_at(piece: str) -> int:
    """Where the body begins in a piece that is a numbered heading with its body stuck to it, else 0."""
    if not _BIG_HEADING.match(piece):
        return 0
    space = _SPACE_GLUE.search(piece, 6)
    if space and space.start() <= LONGEST_HEADING and len(piece) - space.end() > 12:
        return space.end()
    glue = _GLUE.search(piece, 10)
    return glue.start() if glue and glue.start() <= LONGEST_HEADING and len(piece) - glue.start() > 12 else 0


def _rejoin(text: str, found: list[Segment]) -> list[Segment]:
    """Put together what a stray line break cut in the middle of a sentence."""
    joined: list[Segment] = []
    open_lines = 0
    for segment in found:
        before = joined[-1] if joined else None
        if before is not None and _closes(text, before, segment):
            before.end = segment.end
            continue
        if before is not None and before.line != segment.line and _runs_on(text, joined, segment, open_lines):
            before.end = segment.end
            before_line = segment.line
            open_lines = open_lines + 1
            before.line = before_line
            continue
        open_lines = 0
        joined.append(segment)
    return joined


def _closes(text: str, before: Segment, segment: Segment) -> bool:
    piece = text[segment.start : segment.end]
    return before.line == segment.line and piece[0] in "（(" and OWNER_BRACKET.match(piece) is not None


def _runs_on(text: str, joined: list[Segment], after: Segment, open_lines: int) -> bool:
    before = joined[-1]
    piece = text[before.start : before.end]
    if (
        _TERMINAL.search(piece[-4:])
        or _NUMBERED.match(text, after.start)
        or open_lines >= LINES_A_SENTENCE_MAY_RUN_OVER
    ):
        return False
    if open_lines or piece[-1] in "，,、":
        return True
    if OWNER_BRACKET.search(piece):
        return False
    alone = len(joined) < 2 or joined[-2].line != before.line
    if alone:
        return (
            len(piece) > 40
            and not _NUMBERED.match(piece)
            and text[after.end - 1] in "。；;，,"
            and ("，" in piece or "," in piece)
        )
    return not piece.endswith(tuple(CLOSERS)) or piece.endswith("）")


@cache
def tokenizer() -> Any:
    """jieba with a tokenizer of our own, loaded at the first call only.

    The engine does not need it: the lexicon and the rules decide. It is the yardstick of the speed measurements, and
    this is the one place that may import it. Its cache goes into a private folder: the default one is a predictable
    file in /tmp that two users would fight over.
    """
    import logging
    import tempfile

    import jieba

    jieba.setLogLevel(logging.WARNING)
    own = jieba.Tokenizer()
    own.tmp_dir = tempfile.mkdtemp(prefix="jieba-")
    return own
