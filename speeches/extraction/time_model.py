"""What the time rules work with: the moment of speaking, a period, a meaning, a rule. Internal to deadlines."""
# ruff: noqa: RUF001 (wide digits and look-alike zeros are what the texts hold)

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from speeches.extraction.calendar_terms import SchoolCalendar
from speeches.extraction.model import Directory, Recur
from speeches.extraction.numerals import NUMERAL, read_number

# How surely a phrase is a deadline: 今年 < 3月份 < 6月底前 < 那就4月10号.
HORIZON, PLAIN, FIRM, DECIDED = 1, 2, 3, 4


class Moment(NamedTuple):
    """When the speech was given and what the office's calendar says."""

    day: date
    directory: Directory
    school: SchoolCalendar


class Period(NamedTuple):
    """A named stretch of days, both included. `event` when 前 means the day before it (春节前), not its end.

    `yearless` when the phrase gave no year, `rolled` when this year's is over and the next was taken.
    """

    first: date
    last: date
    rule: str
    strength: int = PLAIN
    reckoned: bool = False
    event: bool = False
    yearless: bool = False
    rolled: bool = False


class Sense(NamedTuple):
    """What a whole time phrase means. Without due and recur it fixes no day, and `rule` says why."""

    due: date | None = None
    recur: Recur | None = None
    rule: str = ""
    reckoned: bool = False
    strength: int = 0


@dataclass(frozen=True, slots=True)
class TimeRule:
    """One kind of time phrase. `marks` are characters of which the text must hold one and `needs` a small quick
    pattern it must hold: ordinary sentences are done with them, and the full pattern is seldom tried.

    `read` gives a period (to which 前, 内, 起 … may still be added), a finished sense, or None: no time at all.
    """

    id: str
    marks: str
    needs: str
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Moment], "Period | Sense | None"]


NOT_IN_NUMBER = rf"(?<![{NUMERAL}.第])"
QUOTE_OPEN, QUOTE_CLOSE = r"[“‘「\"]?", r"[”’」\"]?"
_REL_YEAR = {"今": 0, "本": 0, "明": 1, "来": 1, "后": 2, "去": -1, "上": -1, "前": -2}
BEFORE = r"(?:之前|以前|前(?!后|往|列))"
ABSOLUTE_YEAR = rf"{NOT_IN_NUMBER}(?P<y>(?:19|20)\d\d|[一二][九〇○零Oo][〇○零Oo一二三四五六七八九]{{2}})年度?"
SHORT_YEAR = rf"{NOT_IN_NUMBER}(?P<yy>[23]\d)年(?=底|末|1?\d月|[上下]半年)"
RELATIVE_YEAR = r"(?<![文今最落之以先目成基])(?P<ry>[今明后本来去前上])年度?"
YEAR = rf"(?:{ABSOLUTE_YEAR}|{SHORT_YEAR}|{RELATIVE_YEAR})"
MONTH = r"(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|元)月份?"
DAY = r"(?P<d>3[01]|[12]\d|0?[1-9]|三十一?|[一二]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])(?:日|号)"


def year_named(match: re.Match[str], now: Moment) -> int | None:
    """The year a match of YEAR names, or None when it names none."""
    groups = match.groupdict()
    if groups.get("y"):
        return read_number(groups["y"])
    if groups.get("yy"):
        return 2000 + int(groups["yy"])
    return now.day.year + _REL_YEAR[groups["ry"]] if groups.get("ry") else None


def settle(make: Callable[[int], Period | None], year: int | None, now: Moment) -> Period | None:
    """The period of the named year, or of the next time it comes round when no year was named."""
    if year is not None:
        return make(year)
    this_year = make(now.day.year)
    if this_year and this_year.last >= now.day:
        return this_year._replace(yearless=True)
    following = make(now.day.year + 1)
    if following is None:
        return None
    rule = f"{following.rule}（未写年份，取下一次）"
    return following._replace(yearless=True, rolled=True, reckoned=True, rule=rule)


def span(
    first: date | None,
    last: date | None,
    rule: str,
    strength: int = PLAIN,
    *,
    reckoned: bool = False,
    event: bool = False,
) -> Period | None:
    """The period from `first` to `last`, or None when the calendar lacks one of the two."""
    return Period(first, last, rule, strength, reckoned, event) if first and last else None


def chinese(day: date) -> str:
    """The day as it is written: 2026年6月30日."""
    return f"{day.year}年{day.month}月{day.day}日"
