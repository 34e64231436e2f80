"""The day a speech was given, where its frame says so. Days named inside the speech are never it."""

import re
from datetime import date

from .frame import Frame
from .model import DocumentKind

_DIGITS = {char: str(at) for at, chars in enumerate(("〇零○O0", *"一二三四五六七八九")) for char in chars}
_ARABIC = r"(?:19|20)\d\d ?[年./-] ?\d{1,2} ?[月./-] ?\d{1,2}(?!\d)(?: ?[日号])?"
_CHINESE = r"[一二][九〇零○O0][〇零○O0一二三四五六七八九]{2}年[元正一二三四五六七八九十]{1,3}月[一二三四五六七八九十廿卅]{1,3}[日号]"
DATE = re.compile(rf"(?:{_ARABIC}|{_CHINESE})")
_DASHED = re.compile(r"[（(—–-]")
_LABELLED = re.compile(r"(?:会议|讲话|召开|发言|印发|成文)?(?:时间|日期)\s*[:：]")
_CONVENED = re.compile(rf"({DATE.pattern}).{{0,60}}(?:召开|主持|组织)")
_REST = 20  # characters beside the date in a line that is there to give it: a place, a name, a weekday


def parse_date(text: str) -> date | None:
    """The first full date in a text; None for placeholders, for days that do not exist and for dates without a day."""
    match = DATE.search(text)
    if not match:
        return None
    parts = re.split(r"[年月./-]", match[0].replace(" ", "").rstrip("日号"))
    try:
        return date(_year(parts[0]), _number(parts[1]), _number(parts[2]))
    except (ValueError, KeyError):
        return None


def _year(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() else int("".join(_DIGITS[char] for char in said))


def _number(said: str) -> int:
    """十二, 二十一, 廿三, 12."""
    if said.isascii():
        return int(said)
    said = said.replace("元", "一").replace("正", "一").replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = said.rpartition("十")
    return (int(_DIGITS[tens or "一"]) * 10 if ten else 0) + (int(_DIGITS[ones]) if ones else 0)


def find_date(title: str, frame: Frame, *, kind: DocumentKind) -> date | None:
    """The day in the title, in a line under it, behind 时间：, in the signature; of minutes also of 召开."""
    lines = [line for line in frame.head if DATE.search(line)]
    dashed = [line for line in lines if _DASHED.match(line) and len(line) <= 70]
    labelled = [line for line in lines if _LABELLED.match(line)]
    plain = [line for line in lines if len(DATE.sub("", line)) <= _REST and line not in title]
    signed = [line for line in reversed(frame.tail) if len(DATE.sub("", line)) <= 6]
    convened = _CONVENED.match(frame.opening) if kind == "minutes" else None
    for text in (title, *dashed, *labelled, *plain, convened[1] if convened else "", *signed):
        found = parse_date(text)
        if found:
            return found
    return None
