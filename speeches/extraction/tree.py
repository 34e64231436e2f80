"""Headings and enumerations: which segment names a section, and under which headings each segment stands."""

import re
from dataclasses import dataclass

from speeches.extraction.heads import first_chars
from speeches.extraction.segment import NUMERALS, Segment

_Styles = tuple[tuple[int, re.Pattern[str]], ...]
_STYLES: _Styles = (
    (1, re.compile(rf"第[{NUMERALS}]{{1,3}}(?:部分|章|篇|编)")),
    (2, re.compile(rf"[{NUMERALS}]{{1,3}}\s?[、．.]")),
    (3, re.compile(rf"[（(][{NUMERALS}]{{1,3}}[）)]")),
    (4, re.compile(r"\d{1,2}\s?(?:[、．﹒]|\.(?!\d)|\.(?=\d{1,2}月[\d底初中上下]))")),
    (
        5,
        re.compile(rf"第[{NUMERALS}]{{1,2}}(?:[件个条项点句桩块](?:事情?|问题|工作|方面)?)?[,，、:：](?!第)"),
    ),
    (6, re.compile(r"[（(]\d{1,2}[）)]|[①-⑳]")),
    (7, re.compile(rf"[{NUMERALS}]{{1,3}}(?:是|要)(?=[^\s，。、])|第[{NUMERALS}](?:要|是|步)")),
    (8, re.compile(r"(?:首先|其次|再次|再者|最后)(?=[,，要])")),
)
# The styles a number may have that begins with a character.
_STYLES_OF = {
    char: tuple(style for style in _STYLES if char in first_chars(style[1]))
    for char in frozenset().union(*[first_chars(pattern) for _, pattern in _STYLES])
}
MINOR = 7  # 一是, 首先: enumerations inside a paragraph
_TERMINALS = frozenset("。！？!?；;，,…")
_CLOSERS = '”’」』）)"》'
_LEAD_IN = re.compile(
    rf"(?:做好|抓好|解决好|把握好|处理好|抓住|突出|做到|实现|把握|强调|坚持|达到|完成好?|做好以下|提出).{{0,10}}?(?:以下)?[{NUMERALS}两几\d]+(?:个|项|件|条|点|大)"
    r"(?:方面|关系|工作|问题|重点|环节|要求|任务|字|文章|事|关键|到位|结合|确保|坚持|优先|提升|更加)?[^，,]{0,6}[。:：]?$"
)
_COUNTED = re.compile(rf"[{NUMERALS}两几\d][个项件条点大]")  # in the last dozen characters of every lead-in
# A whole sentence that forbids, names who does it or by when: the last numbered item before a plain paragraph.
_ORDER = re.compile(
    r"严禁|不得|不准|禁止|一律|[由请][^，,。]{2,14}(?:牵头|负责)|[月日号底]前[^，,。]{0,3}[，,]"
)
_FIGURE = re.compile(r"\d(?:[^年]|$)")
_COUNTED_TALK = re.compile(rf"第[{NUMERALS}]{{1,2}}[件个条项点句桩块]")
# What stands under a title: who spoke, the number and making of the record. Neither is a section.
_IMPRINT = re.compile(
    r"(?:书记|[市县区局厅省校部院镇乡处科所站队会组][长]|主任|主席|主委|经理|总裁|委员|检察长|总工程师|指挥长)[\s\u3000]*(?!讲话|发言|致辞|报告|会议|大会|谈话|寄语)[\u4e00-\u9fff][\s\u3000]?[\u4e00-\u9fff]{1,3}$"
    r"|[〔\[（(]20\d\d[〕\]）)]\s*(?:第)?\d+\s*号|^第?\d+期$|^[（(]?(?:根据录音|录音|速记|记录|整理|发言人|讲话人|主持人|时间|地点|出席|列席|参会)"
)
_SALUTATION = re.compile(
    r"(?:尊敬的|亲爱的)?(?:各位|同志们|老师们|同学们|朋友们|家长们|女士们|大家)[^：:。！？]{0,24}[：:]$"
)
LINES_UNDER_A_TITLE = 8
LONGEST_UNNUMBERED = 60  # a heading without a number of its own
# The boxes of a rectification list or a task table, written as lines: they belong to the item before them.
_BOX = re.compile(
    r"\s*(?:责任|牵头|配合|整改|完成|协助|落实|主办|协办|承办|督办|包抓)(?:单位|部门|人|领导|科室|时限|时间|期限|进展|情况|目标|结果|日期)(?:及[\u4e00-\u9fff]{2,6})?[：:]"
)
_BRACKETED_END = re.compile(r"[。；！][（(][^（）()]{2,120}[）)]$")
_DATE_LINE = re.compile(r"[（(]?\s*(?:20|19)?\d{2}\s*[年.\-/]\s*\d{1,2}")


@dataclass(slots=True)
class Place:
    """Where a segment stands: `rank` of its own number (0: none), `skip` characters of that number, headings above it."""

    rank: int = 0
    skip: int = 0
    heading: bool = False
    lead_in: bool = False
    has_detail: bool = False
    path: tuple[str, ...] = ()


def places(text: str, found: list[Segment], *, original: str = "") -> list[Place]:
    """One `Place` for each segment. Headings are named in the words of `original`, which has the offsets of `text`."""
    where = [
        _numbered(text, segment, styles) if (styles := _STYLES_OF.get(text[segment.start])) else Place()
        for segment in found
    ]
    _find_detail(text, found, where)
    for at, (segment, place) in enumerate(zip(found, where, strict=True)):
        if (place.rank or not _is_plain(text, segment)) and _is_heading(text, found, where, at):
            place.heading = True
            place.lead_in = text[segment.end - 1] in ":："
    _paths(original or text, found, where)
    return where


def _numbered(text: str, segment: Segment, styles: _Styles) -> Place:
    for rank, pattern in styles:
        match = pattern.match(text, segment.start, segment.end)
        if match and (segment.first or rank in (2, 3, 5, 7, 8)):
            return Place(rank=rank, skip=match.end() - segment.start)
    return Place()


def _find_detail(text: str, found: list[Segment], where: list[Place]) -> None:
    """A numbered segment has detail when what follows is not its sibling or its elder."""
    for at in range(len(found) - 1):
        place, after = where[at], where[at + 1]
        same_line = found[at].line == found[at + 1].line
        if place.rank == 0:
            place.has_detail = same_line and not after.rank
        elif after.rank == 0:
            place.has_detail = same_line or (
                found[at].last
                and found[at + 1].line - found[at].line <= 2
                and _BOX.match(text, found[at + 1].start) is None
            )
        else:
            place.has_detail = after.rank > place.rank


def _is_plain(text: str, segment: Segment) -> bool:
    """Whether a segment without a number is too long for a heading, or is a sentence inside its line that leads nowhere."""
    start, end = segment.start, segment.end
    if end - start > LONGEST_UNNUMBERED:
        return True
    if segment.first or text[end - 1] not in _TERMINALS:
        return False
    return text[end - 1] in "；，," or _COUNTED.search(text, max(start, end - 12), end) is None


def _is_heading(text: str, found: list[Segment], where: list[Place], at: int) -> bool:
    segment, place = found[at], where[at]
    piece = text[segment.start + place.skip : segment.end].strip()
    followed = at + 1 < len(found)
    return _names_a_section(text, segment, place, piece, followed=followed) and not (
        _is_no_section(piece)
        or (at < LINES_UNDER_A_TITLE and not place.rank and _IMPRINT.search(piece) is not None)
    )


def _is_no_section(piece: str) -> bool:
    """The box of a form, an item closed by a bracket, a salutation: nothing stands under it."""
    return (
        _BOX.match(piece) is not None
        or (piece.endswith(("）", ")")) and _BRACKETED_END.search(piece[-130:]) is not None)
        or is_salutation(piece)
    )


def _names_a_section(text: str, segment: Segment, place: Place, piece: str, *, followed: bool) -> bool:
    ended = piece[-3:].rstrip(_CLOSERS)[-1:] in _TERMINALS
    if piece.endswith((":", "：")) and len(piece) <= LONGEST_UNNUMBERED and followed:
        return not ended
    if place.rank and place.rank < MINOR:
        return _major(text, segment, place, piece, ended=ended)
    if ended and followed and _leads_in(piece):
        return True
    if place.rank:
        return (
            place.has_detail
            and ended
            and piece[-1] not in ";；，,"
            and len(piece) <= 36
            and not _FIGURE.search(piece)
        )
    if segment.first and segment.last and not ended:
        return 2 <= len(piece) <= LONGEST_UNNUMBERED and not _DATE_LINE.match(piece)
    return segment.first and place.has_detail and _topic(piece)


def _leads_in(piece: str) -> bool:
    """做好三项工作。: what is counted follows."""
    return (
        len(piece) <= 40
        and piece[-1] not in "；，,"
        and _COUNTED.search(piece, max(0, len(piece) - 12)) is not None
        and _LEAD_IN.search(piece) is not None
    )


def _major(text: str, segment: Segment, place: Place, piece: str, *, ended: bool) -> bool:
    if ended and _COUNTED_TALK.match(text, segment.start):
        return place.has_detail and _names_only(piece)
    if not ended:
        return len(piece) <= 90 and (segment.last or len(piece) <= 60)
    if _ORDER.search(piece):
        return False
    return place.has_detail and piece[-1] not in ";；，," and len(piece) <= 48 and not _FIGURE.search(piece)


def is_salutation(piece: str) -> bool:
    """同志们： and its like, which open a speech and head nothing."""
    return piece[:60].endswith((":", "：")) and _SALUTATION.fullmatch(piece[:60]) is not None


def _names_only(piece: str) -> bool:
    """第三件，4所无证办园点。 names a matter: nobody acts, nothing is said of it."""
    return len(piece) <= 26 and not re.search(
        r"[，,：:？！；]|是|了|我|请|你|要|把|由|马上|立即|必须|不", piece
    )


def _topic(piece: str) -> bool:
    """A short first sentence that only names what its paragraph spells out (the caller knows it has detail)."""
    return (
        len(piece) <= 26
        and piece.endswith("。")
        and not re.search(r"[，,：:？！\d]", piece)
        and not re.search(r"是|了|^我|请|你|马上|立即|[吧呢吗嘛]。|这些|再[说讲]", piece)
    )


def _paths(text: str, found: list[Segment], where: list[Place]) -> None:
    stack: list[tuple[int, str]] = []
    path: tuple[str, ...] = ()
    for segment, place in zip(found, where, strict=True):
        rank, depth = place.rank, len(stack)
        if rank:
            while stack and stack[-1][0] >= rank:
                stack.pop()
        elif segment.first and stack and stack[-1][0] >= MINOR and not place.heading:
            while stack and stack[-1][0] > MINOR:
                stack.pop()
        if len(stack) < depth:
            path = tuple([label for _, label in stack])
        place.path = path
        if place.heading and rank:
            stack.append((rank, label_of(text[segment.start : segment.end])))
            path = (*path, stack[-1][1])


def label_of(heading: str) -> str:
    """The heading as a section name: one line, no closing mark."""
    return re.sub(r"\s+", " ", heading).rstrip("。：:；; ")[:80]
