"""The title and the meeting, as written in the frame of a speech."""

import re
from collections.abc import Sequence

from .dates import DATE
from .frame import ENDING, LABEL, NOTE, Frame
from .people import is_person
from .shapes import ends_sentence, is_salutation

_LONGEST = 80
_TITLE = re.compile(rf".*{ENDING}{NOTE}*")
_VERSION = re.compile(
    r"\s*[（(](?:完整版?|全文|精选|范文|最新|优秀|节选|摘要|通用|\d+篇|(?:根据|依据)?录音整理.{0,4}|未经本人审阅)[）)]$"
)
_GLUED = re.compile(
    r"(.{4,70}?(?:会议?|大会|班|仪式|活动|例会)上的?.{0,4}(?:讲话|发言|致辞))(?=同志们|各位|尊敬的|大家)"
)
_DOCUMENT_NUMBER = re.compile(r".{0,20}[〔\[【(（]\d{4}[〕\]】)）]\s*(?:第\s*)?\d+\s*号.*|第\s*\d+\s*[期号]")
_ORGAN = re.compile(
    r".*(?:办公室|委员会|局|政府|厅|部|委|党委|党组|镇|乡|街道|学校|中学|小学|院|处|中心|公司|协会)"
)
_RED_HEAD = re.compile(r".{2,30}文件")
_GATHERING = r"(?:会议?|大会|班|式|典礼|论坛|活动|讲座|营|培训|党课)(?:[（(][^（）()]{1,12}[）)])?"
_AT = re.compile(rf"在(.{{2,60}}?{_GATHERING})(?:上|期间|中)(?:的|所?作的|所作)?.{{0,10}}?")
_NAMED = re.compile(r"(?:会议名称|会议)\s*[:：]\s*(.{2,60})")
_MINUTES = re.compile(r"(?:关于)?(.{2,60}?会议?)(?:的?(?:会议)?)纪要.*")
_SPEECH_AT = re.compile(rf"(.{{2,60}}{_GATHERING})(?:的)?.{{0,4}}(?:讲话|发言|致辞).*")


def find_title(lines: Sequence[str], frame: Frame, *, name: str = "", hints: Sequence[str] = ()) -> str:
    """The title in the head; else run into the first sentence; else in removed furniture or the file's name."""
    for at, line in enumerate(frame.head):
        if _is_title(line):
            return tidy_title(_with_lines_before(frame.head, at))
    glued = _GLUED.match(frame.opening)
    if glued:
        return tidy_title(glued[1])
    stem = re.sub(r"\.\w{1,5}$", "", name.replace("\\", "/").rpartition("/")[2]).strip()
    for spare in (*hints, stem):
        if len(spare) <= _LONGEST and _TITLE.fullmatch(spare):
            return tidy_title(spare)
    # A line of its own above a speech is its title, whatever word it ends with.
    return tidy_title(frame.head[0]) if frame.head and _may_be_part(frame.head[0]) else ""


def _is_title(line: str) -> bool:
    if (
        len(line) > _LONGEST
        or LABEL.match(line)
        or _DOCUMENT_NUMBER.fullmatch(line)
        or _RED_HEAD.fullmatch(line)
    ):
        return False
    return bool(_TITLE.fullmatch(line.rstrip(":："))) and not is_salutation(line)


def _with_lines_before(head: Sequence[str], at: int) -> str:
    """The title of several lines that ends in line `at`."""
    title = head[at]
    while at > 0 and _may_be_part(head[at - 1]):
        before = head[at - 1]
        if title.startswith("关于") and not _ORGAN.fullmatch(before):
            break
        if re.match(r"在|\d{4}年", title) or _is_title(before):
            break
        title, at = before + title, at - 1
    return title


def _may_be_part(line: str) -> bool:
    plain = not (ends_sentence(line) or LABEL.match(line) or DATE.search(line) or is_salutation(line))
    formal = _DOCUMENT_NUMBER.fullmatch(line) or _RED_HEAD.fullmatch(line) or is_person(line)
    return plain and not formal and 4 <= len(line) <= 40 and any(char >= "\u4e00" for char in line)


def tidy_title(title: str) -> str:
    """Without remarks on the copy (完整版, 录音整理), the signs around it and the name of the file type."""
    title = re.sub(r"\.(?:docx?|pdf|wps|txt|html?)$", "", title.strip(), flags=re.IGNORECASE).strip(
        ":： 　—-"
    )
    while _VERSION.search(title):
        title = _VERSION.sub("", title)
    return (
        title.removeprefix("《").removesuffix("》") if title.count("《") == 1 and title[0] == "《" else title
    )


def find_meeting(title: str, frame: Frame) -> str:
    """The meeting as named in the head: 会议名称：…, 在…会议上, …会议纪要; empty when the text does not say."""
    for line in frame.head:
        named = _NAMED.fullmatch(line)
        if named:
            return named[1].strip()
    for line in (title, *frame.head):
        at = _AT.search(line[:200])
        if at and not ends_sentence(line):
            return at[1].strip()
    for pattern in (_MINUTES, _SPEECH_AT):
        held = pattern.fullmatch(title)
        if held:
            return re.sub(rf"^{DATE.pattern}", "", held[1]).strip()
    return ""
