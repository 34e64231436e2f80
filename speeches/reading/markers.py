"""Breaks that a page left inside sentences: running page markers, inline tags turned into lines."""

import re
from itertools import pairwise
from statistics import median, pstdev

from .furniture import Step
from .shapes import ends_sentence, opens_item

_MARK = re.compile(r"(\d{1,3})、 ?")
_FEWEST = 5
_BROKEN_SHARE = 0.6
_PAGE_LENGTH = 100  # characters: a preview page is longer than a list item without a full stop
_CONTINUES = tuple("，。；：、,;:）)》」』”’%％了的着")
_CLOSES = tuple("，。；：、）)》」』”’")
_OPENERS = {"（": "）", "(": ")", "《": "》"}
_NEAR = 30  # an opening bracket this near the end of a line is waiting for its closing one
# Preview pages print paragraph ends as a blank: between Chinese or its marks on both sides, not inside 2026 年.
_PARAGRAPH = re.compile(
    r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff01-\uff60”’)!?;:,.]) (?=[\u4e00-\u9fff（(“《①-⑳]|\d+(?!\d* ))"
)


def drop_page_markers(lines: list[str]) -> Step:
    """Delete 1、2、3、… at line starts where they number the pages of a preview, and join the sentences they cut."""
    marked = _marked(lines)
    if not marked or not _are_pages(lines, marked):
        return lines, [], []
    joined: list[str] = []
    inside = range(marked[0], marked[-1] + 1)
    for at, line in enumerate(lines):
        if at not in marked:
            joined.append(line)
            continue
        rest = line[line.index("、") + 1 :]
        if at == marked[0] or rest.startswith(" "):
            joined.append(rest.strip())
        else:
            joined[-1] += rest
    split = [
        part for at, line in enumerate(joined) for part in (_paragraphs(line) if at in inside else [line])
    ]
    return split, ["删去页码标记"] * len(marked), []


def _paragraphs(line: str) -> list[str]:
    return _PARAGRAPH.sub("\n", line).split("\n")


def _marked(lines: list[str]) -> list[int]:
    """Lines that carry the running numbers 1, 2, 3 …; of several with one number, that which cuts a sentence."""
    places: dict[int, list[int]] = {}
    for at, line in enumerate(lines):
        match = _MARK.match(line)
        if match:
            places.setdefault(int(match[1]), []).append(at)
    run: list[int] = []
    for number in range(1, len(places) + 1):
        later = [at for at in places.get(number, []) if not run or at > run[-1]]
        if not later:
            break
        run.append(next((at for at in later if at and _cuts(lines[at - 1])), later[0]))
    return run if len(run) >= _FEWEST else []


def _cuts(line: str) -> bool:
    """The line stops in the middle of a sentence."""
    return not ends_sentence(line) and any(mark in line for mark in "。！？，,;；")


def _are_pages(lines: list[str], marked: list[int]) -> bool:
    """Pages, not items: most numbers stand inside a sentence, and pages are long and alike or plainly go on."""
    breaks = marked[1:]
    if sum(_cuts(lines[at - 1]) for at in breaks) < _BROKEN_SHARE * len(breaks):
        return False
    if sum(_body(lines[at]).startswith(_CONTINUES) for at in breaks) >= 3:
        return True
    lengths = [sum(map(len, lines[a:b])) for a, b in pairwise(marked)]
    return median(lengths) >= _PAGE_LENGTH and pstdev(lengths) <= 0.2 * median(lengths)


def _body(line: str) -> str:
    return _MARK.sub("", line, count=1)


def join_broken(lines: list[str]) -> Step:
    """Join what an inline tag or a footnote mark tore apart: a line that starts with a closing mark, or that stands
    inside a bracket opened just before."""
    joined: list[list[str]] = []
    count = 0
    end = ""  # how the paragraph so far ends; all of it need not be looked at again for each scrap
    for line in lines:
        if joined and _belongs(end, line):
            joined[-1].append(line)
            count += 1
        else:
            joined.append([line])
            end = ""
        end = (end + line)[-2 * _NEAR :]
    return ["".join(parts) for parts in joined], ["接回断行"] * count, []


def _belongs(before: str, line: str) -> bool:
    if ends_sentence(before) or opens_item(line) or _MARK.match(line):
        return False
    return line.startswith(_CLOSES) or _waits(before, line)


def _waits(before: str, line: str) -> bool:
    """An opening bracket near the end of `before` is closed by `line`, or by a later one when `line` is a scrap."""
    for opener, closer in _OPENERS.items():
        at = before.rfind(opener)
        if at >= 0 and closer not in before[at:] and len(before) - at <= _NEAR:
            return closer in line[:_NEAR] or len(line) <= 8
    return False
