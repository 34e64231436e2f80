"""The frame of a speech: what stands before and after it, and the words that titles end with."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .model import DocumentKind
from .shapes import is_prose, is_salutation, opens_item

_HEAD_LINES = 15
_TAIL_LINES = 4
_KINDS: tuple[tuple[DocumentKind, str], ...] = (
    ("minutes", "纪要|会议记录"),
    ("instruction", "批示|指示|批示件"),
    ("speech", "讲话|讲话稿|发言|发言稿|致辞|致词|讲稿|提纲|党课|表态|述职|工作报告|报告"),
    (
        "document",
        "通知|意见|方案|办法|决定|决议|通报|函|请示|规定|细则|要点|计划|公告|通告|命令|议案|总结|批复|安排|规划|纲要|"
        "条例|制度|措施|清单|任务分解表|汇报",
    ),
)
ENDING = "(?:" + "|".join(words for _, words in _KINDS) + ")"
NOTE = r"(?:\s*[（(][^（）()]{1,20}[）)])"
LABEL = re.compile(r"[\u4e00-\u9fff ]{2,8}[:：]")


@dataclass(frozen=True, slots=True)
class Frame:
    """`head` stands before the speech, `opening` is its first line, `tail` are its last lines."""

    head: tuple[str, ...]
    opening: str
    tail: tuple[str, ...]


def frame_of(lines: Sequence[str]) -> Frame:
    """Where the speech proper begins: at the salutation, the first paragraph or the first item."""
    end = 0
    while end < min(len(lines), _HEAD_LINES) and _is_head(lines[end]):
        end += 1
    opening = lines[end] if end < len(lines) else ""
    return Frame(tuple(lines[:end]), opening, tuple(lines[max(end, len(lines) - _TAIL_LINES) :]))


def _is_head(line: str) -> bool:
    if is_salutation(line):
        return False
    return bool(LABEL.match(line)) or not (is_prose(line) or opens_item(line) or line[-1:] in tuple("。！；"))


def kind_of_title(title: str) -> DocumentKind | None:
    """The kind its last word names; None when it names none."""
    bare = re.sub(rf"{NOTE}+$", "", title)
    return next((kind for kind, words in _KINDS if re.search(rf"(?:{words})$", bare)), None)
