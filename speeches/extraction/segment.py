"""Cuts a speech into segments: the smallest stretch that plays one role.

A segment is a sentence, cut again at semicolons and in front of inline enumerators (一是 … 二是 …). Quotations and
brackets are never cut, a heading glued to its body is, and a sentence broken by a line break is put together again.
"""

import math
import os
import re
import tempfile
from bisect import bisect_right
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import Any

from speeches.extraction.heads import first_chars

NUMERALS = "一二三四五六七八九十"
ENUMERATOR = (
    rf"(?:[{NUMERALS}]{{1,3}}(?:是|要)(?=[^\s，。、]{{2}})|首先|其次|再次|再者|最后(?=[,，要])|第[{NUMERALS}]{{1,2}}(?:[,，、]|步|要|是)"
    rf"|[（(][{NUMERALS}]{{1,3}}[）)])"
)
CLOSERS = '”’」』）)"》'
# It begins with the characters one of which the rest begins with: the search leaps from one to the next.
_BREAK = re.compile(
    r"[（(“。！？!?；;\n](?:(?<=（)[^（）\n]{0,300}(?:（[^（）\n]{0,40}）[^（）\n]{0,300}){0,8}）"
    r"|(?<=\()[^()\n]{0,300}\)|(?<=“)[^“”\n]{0,80}”"
    rf"|(?<=[。！？!?；;\n])(?P<end>[。！？!?；;\n]*[{CLOSERS}]*))"
)
# An enumerator begins where this ends: behind a mark, on which the search leaps from one to the next.
_ENUM_AT = re.compile(rf"[：:，,](?:(?={ENUMERATOR})|(?<=[：:])(?=\s*[{NUMERALS}]{{1,3}}、))")
_TERMINALS = "。！？!?；;：:…"
_TERMINAL = re.compile(rf"[{_TERMINALS}][{CLOSERS}]*$")
_NUMBERED = re.compile(
    rf"\s*(?:第?[{NUMERALS}]{{1,3}}(?:[、．.,，]|是|要|部分)|[（(][{NUMERALS}\d]{{1,3}}[）)]|\d{{1,2}}[.．、﹒](?!\d)|[①-⑳]|首先|其次|最后|——)"
)
_GLUE = re.compile(
    r"(?<=[\u4e00-\u9fff])(?=(?:近年来|近几年来|过去的?一年|一年来|去年以来|20\d\d年(?:是|以来)|今年以来|当前[,，]|目前[,，])|"
    r"(?:[\u4e00-\u9fff]{2,6}是[\u4e00-\u9fff]{2,12}(?:主体|基础|关键|根本|生命线|核心|灵魂|保障)))"
)
_SPACE_GLUE = re.compile(r"(?<=[\u4e00-\u9fff”])\s+(?=[\u4e00-\u9fff“\d])")
_BIG_HEADING = re.compile(rf"\s*(?:[{NUMERALS}]{{1,3}}、|[（(][{NUMERALS}]{{1,3}}[）)])")
_BIG_HEADING_FIRST = first_chars(_BIG_HEADING)
# A bracket that says who answers for what stands before it: it closes the last segment of its line.
OWNER_BRACKET = re.compile(
    r"[（(][^（）()\n]*(?:负责|牵头|配合|责任单位|责任部门|责任领导|主办|承办|落实单位|按职责分工|完成时限)[^（）()\n]*(?:[（(][^（）()\n]*[）)][^（）()\n]*)*[）)][。；;]?$"
)
# The same written as the lines of a form under the item.
OWNER_BOX = re.compile(
    r"^\s*(?:责任|牵头|主办|承办|落实|实施)(?:责任|负责)?(?:单位|部门|科室|处室)(?:及[\u4e00-\u9fff]{2,6})?[：:]"
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
    # Where a cut at an enumerator may lie; what stands behind a piece may make more of them, never fewer.
    enumerators = [match.end() for match in _ENUM_AT.finditer(text)]
    enumerators.append(len(text) + 1)
    line = start = passed = 0
    for match in _BREAK.finditer(text):
        begin, end = match.span()
        if match.lastgroup is None and not (
            end - begin > 2 and text[end - 1] == "”" and text[end - 2] in "。！？!?"
        ):
            continue
        if enumerators[passed] > end:
            _add(found, text, start, end, line)
        else:
            _add_enumerated(found, text, start, end, line)
            passed = bisect_right(enumerators, end, passed)
        line += text.count("\n", begin, end)
        start = end
    _add_enumerated(found, text, start, len(text), line)
    return found


def _add_enumerated(found: list[Segment], text: str, start: int, end: int, line: int) -> None:
    """Add a piece cut in front of the enumerators inside it."""
    cuts = [match.end() for match in _ENUM_AT.finditer(text, start, end)]
    for a, b in pairwise([start, *cuts, end]):
        _add(found, text, a, b, line)


def _add(found: list[Segment], text: str, start: int, end: int, line: int) -> None:
    """Add a piece without the space around it, cut behind a heading it is glued to; nothing of one without a word."""
    if start == end:
        return
    if text[start] in _BIG_HEADING_FIRST and _BIG_HEADING.match(text, start, end):
        glue = start + _glued_at(text[start:end])
        if glue > start:
            _add_trimmed(found, text, start, glue, line)
        start = glue
    _add_trimmed(found, text, start, end, line)


def _add_trimmed(found: list[Segment], text: str, start: int, end: int, line: int) -> None:
    if not text[start].isalnum():
        piece = text[start:end]
        if not any(map(str.isalnum, piece)):
            return
        start += len(piece) - len(piece.lstrip())
    if text[end - 1].isspace():
        end = start + len(text[start:end].rstrip())
    found.append(Segment(start, end, line))


def _glued_at(piece: str) -> int:
    """Where the body begins in a piece that is a numbered heading with its body stuck to it, else 0."""
    space = _SPACE_GLUE.search(piece, 6)
    if space and space.start() <= LONGEST_HEADING and len(piece) - space.end() > 12:
        return space.end()
    glue = _GLUE.search(piece, 10)
    return glue.start() if glue and glue.start() <= LONGEST_HEADING and len(piece) - glue.start() > 12 else 0


def _rejoin(text: str, found: list[Segment]) -> list[Segment]:
    """Put together what a stray line break cut in the middle of a sentence."""
    joined: list[Segment] = []
    open_lines = 0
    before = None
    for segment in found:
        if before is not None:
            if before.line == segment.line:
                if text[segment.start] in "（(" and OWNER_BRACKET.match(text, segment.start, segment.end):
                    before.end = segment.end
                    continue
            elif _runs_on(text, joined, segment, open_lines):
                before.end, before.line = segment.end, segment.line
                open_lines += 1
                continue
        open_lines = 0
        joined.append(segment)
        before = segment
    return joined


def _runs_on(text: str, joined: list[Segment], after: Segment, open_lines: int) -> bool:
    before = joined[-1]
    piece = text[before.start : before.end]
    last = piece[-1]
    if (
        last in _TERMINALS
        or (last in CLOSERS and _TERMINAL.search(piece[-4:]))
        or _NUMBERED.match(text, after.start)
        or open_lines >= LINES_A_SENTENCE_MAY_RUN_OVER
    ):
        return False
    if open_lines or last in "，,、":
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
    return last not in CLOSERS or last == "）"


# --- words: the one place that may import jieba ----------------------------------------------------------------------


def _set_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


_EMPTY_VERBS = _set_of(
    "开展 推进 加强 完成 组织 做好 抓好 落实 进行 实施 加快 推动 促进 强化 提高 提升 完善 健全 建立 "
    "制定 印发 形成 确保 继续 深化 实行 进一步 切实 认真 积极 全面 全部 一次 一遍 工作 情况 有关 相关 "
    "及时 统一 按照 以及 开工 报送 负责 牵头 配合"
)
# tagged as verbs in jieba's dictionary, but as the first word of a clause nearly always a noun or an adverb
_NOMINAL_HEADS = _set_of(
    "教育 工作 发展 学习 生活 需要 服务 管理 活动 改革 建设 教学 研究 会议 经济 投资 消费 保险 就业 "
    "安全 保障 规划 计划 报告 通知 意见 领导 编辑 导演 代表 主席 书记 预算 决算 统计 会计 设计 生产 "
    "运动 影响 损失 收入 支出 增长 变化 是 有 没有 能 能够 可以 会 应 应该 可能 希望 认为 觉得 知道 "
    "看到 听说 以为 属于 等于 位于 说明 表明 意味着 存在 成为 作为 关于 根据 通过 按照 围绕 结合 来 去 "
    "到 在 让 使 叫 被 给 对 比 向 为 从 开始 结束 出来 起来 下来 过去 回来 相信 感谢 希望 祝 谢谢 "
    "招生 考试 培训 考核 监督 检查 督导 值班 招聘 毕业 上学 放学 上课 下课 住宿 就餐"
)
_teaching = Lock()
_taught: set[str] = set()
_cache_folder: list[Path] = []


def keep_cache_in(folder: Path) -> None:
    """Where jieba keeps its compiled dictionary (9 MB); to be called before the first word is cut, else without effect.

    Never a shared temporary folder: jieba reads the file as trusted code-like data (marshal) under a name anybody can
    guess. Without this call it is the user's own cache folder.
    """
    _cache_folder[:] = [folder]


@cache
def tokenizer() -> Any:
    """jieba with a tokenizer of our own, loaded at the first call only; raises nothing when its cache cannot be kept.

    jieba writes the cache to a new file and renames it, so processes that start together do not read half of it.
    """
    import logging

    import jieba

    jieba.setLogLevel(logging.CRITICAL)
    own = jieba.Tokenizer()
    own.tmp_dir = str(_private_folder())
    own.initialize()
    return own


def _private_folder() -> Path:
    user = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "speech-tracker"
    for folder in (*_cache_folder, user):
        with suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if os.access(folder, os.W_OK) and folder.stat().st_uid == os.getuid():
                return folder
    return Path(tempfile.mkdtemp(prefix="jieba-"))


def teach(names: Iterable[str]) -> None:
    """Keep these names whole when words are cut (市住建局, not 市 住 建局)."""
    new = {name for name in names if len(name) > 1} - _taught
    if new:
        with _teaching:
            for name in sorted(new):
                tokenizer().add_word(name)
            _taught.update(new)
        words.cache_clear()
        weight.cache_clear()


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words of two characters and more that say what a short text is about, in order, without empty verbs."""
    return tuple(word for word in tokenizer().cut(text) if _says_something(word))


def _says_something(word: str) -> bool:
    return len(word) > 1 and word not in _EMPTY_VERBS and any("\u4e00" <= char <= "\u9fff" for char in word)


@lru_cache(maxsize=4096)
def weight(word: str) -> float:
    """How much a word tells of what is to be done, 0 to 1: the rarer in jieba's dictionary, the more; who does it, little."""
    if word in _taught:
        return 0.1
    own = tokenizer()
    return float((math.log(own.total / ((own.FREQ.get(word) or 0) + 1)) / math.log(own.total)) ** 3)


@lru_cache(maxsize=4096)
def head_is_verb(clause: str) -> bool:
    """Whether jieba takes the first word of a clause for a verb: the fallback when no lexicon knows that word.

    The part of speech comes from jieba's dictionary; its verbs that mostly stand as nouns (教育, 工作) do not count.
    """
    head = next(iter(tokenizer().cut(clause[:8], HMM=False)), "")
    return head in _dictionary_verbs() and head not in _NOMINAL_HEADS


@cache
def _dictionary_verbs() -> frozenset[str]:
    """The words of jieba's dictionary tagged as verbs; nominal verbs (vn) and auxiliaries are other tags."""
    with tokenizer().get_dict_file() as lines:
        parts = (line.decode().split() for line in lines)
        return frozenset(word for word, _, tag in parts if tag in ("v", "vg", "vi"))
