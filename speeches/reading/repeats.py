"""What stands twice: the abstract a site puts behind the text, and title lines repeated around it."""

import re

from .frame import kind_of_title
from .furniture import Step
from .shapes import ENDS

_ABSTRACT = re.compile(r"《([^《》]{2,80})》\s*(?:内容(?:摘要|简介)|全文摘要|摘要|简介)\s*[:：]")
_GRAM = 4
_COPIED = 0.5  # share of its short runs that must stand earlier in the text
_TITLE = 60


def drop_abstract(lines: list[str]) -> Step:
    """Cut the tail 《…》内容摘要：… when it repeats the text before it."""
    for at in range(1, len(lines)):
        match = _ABSTRACT.match(lines[at])
        if not match:
            continue
        known = _grams("".join(lines[:at]))
        end = at + 1
        if not _is_copy(lines[at][match.end() :], known):
            continue
        while end < len(lines) and _is_copy(lines[end], known):
            end += 1
        if end == len(lines):
            return lines[:at], ["删去重复的内容摘要"], [match[1]]
    return lines, [], []


def _is_copy(line: str, known: set[str]) -> bool:
    own = _grams(line)
    return not own or len(own & known) >= _COPIED * len(own)


def _grams(text: str) -> set[str]:
    letters = "".join(char for char in text if char.isalnum())
    return {letters[at : at + _GRAM] for at in range(len(letters) - _GRAM + 1)}


def drop_repeated_titles(lines: list[str]) -> Step:
    """Keep one of two equal title lines that follow each other, and drop the title where it ends the file."""
    kept: list[str] = []
    for line in lines:
        if not (kept and line == kept[-1] and _is_title(line)):
            kept.append(line)
    while len(kept) > 3 and _is_title(kept[-1]) and _bare(kept[-1]) in {_bare(line) for line in kept[:3]}:
        kept.pop()
    return kept, ["删去重复的标题"] * (len(lines) - len(kept)), []


def _is_title(line: str) -> bool:
    """Ends as titles end: another short line said twice may be meant."""
    return (
        len(line) <= _TITLE
        and kind_of_title(line) is not None
        and not any(mark in line for mark in ENDS + "，,")
    )


def _bare(line: str) -> str:
    return "".join(char for char in line if char.isalnum())
