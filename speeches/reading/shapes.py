"""Shapes of lines that several steps look for: ends of sentences, item numbers, salutations."""

import re

ENDS = "。！？；：!?;:…"
_CLOSING = "”’」』）)》】\"'"
_NUMBER = re.compile(
    r"(?:[一二三四五六七八九十百]{1,4}[、.．]|第[一二三四五六七八九十百\d]{1,4}(?:[,，、：:]|[章节条部编])|"
    r"[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]|\d{1,2}[、.．](?!\d)|\d{1,2}[)）]|[①-⑳⑴-⑽⒈-⒛])"
)
_SPOKEN_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}(?:是|要)|首先|其次|再次|最后")
SALUTATION = re.compile(
    r"(?:尊敬的|敬爱的|亲爱的|各位|同志们|老师们|同学们|朋友们|女士们|乡亲们|大家(?:上午|下午|晚上)?好|XX?同志们)"
)


def ends_sentence(line: str) -> bool:
    """Whether the line ends where a sentence, a clause list or a lead-in ends."""
    return line.rstrip().rstrip(_CLOSING)[-1:] in tuple(ENDS)


def opens_item(line: str) -> bool:
    """Whether the line starts with an item number: 一、 （一） 1. 第一, ① 一是."""
    return bool(_NUMBER.match(line) or _SPOKEN_NUMBER.match(line))


def is_salutation(line: str) -> bool:
    """同志们： and the like, alone on a line."""
    return len(line) <= 60 and bool(SALUTATION.match(line)) and line[-1:] in tuple("：:，,！!")


def is_prose(line: str) -> bool:
    """A line long enough, with a sentence in it, to be speech rather than the frame of a page."""
    return len(line) >= 40 and any(mark in line for mark in "。！？；，,;")
