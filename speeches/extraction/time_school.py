"""Phrases of the school calendar: 开学前, 本学期末, 秋季学期, 暑假, 学年."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from speeches.extraction.numerals import read_number
from speeches.extraction.time_model import (
    FIRM,
    HORIZON,
    PLAIN,
    YEAR,
    Moment,
    Period,
    TimeRule,
    settle,
    year_named,
)

_BEFORE = r"(?:之前|以前|前(?!后|往|列))"
_Term = tuple[date, date, bool]


def _said(term: _Term, name: str) -> str:
    source = "按学期表" if term[2] else "未设学期表，按常例"
    return f"{source}，{name}为{term[0].year}年{term[0].month}月{term[0].day}日至{term[1].month}月{term[1].day}日"


def _whole(term: _Term, name: str, strength: int = PLAIN, *, ahead: bool = False) -> Period:
    """A whole term. 前 means before its first day when it lies `ahead` (秋季学期前), else before its end."""
    return Period(term[0], term[1], f"{_said(term, name)}，取末日", strength, reckoned=True, event=ahead)


def _opening(term: _Term, name: str) -> Period:
    """The first day of a term as an event: 开学前 is the day before."""
    rule = f"{'按学期表' if term[2] else '未设学期表，按常例'}，{name}于{term[0].year}年{term[0].month}月{term[0].day}日开学"
    return Period(term[0], term[0], rule, reckoned=True, event=True)


def _season_term(
    season: str, year: int | None, now: Moment, build: Callable[[_Term], Period]
) -> Period | None:
    term = now.school.spring if season in ("春", "第二") else now.school.autumn
    if year is not None:
        return build(term(year))
    return settle(lambda of_year: build(term(of_year)), None, now)


def _school_opens(match: re.Match[str], now: Moment) -> Period | None:
    year = year_named(match, now)
    if match["season"]:
        return _season_term(
            match["season"], year, now, lambda term: _opening(term, f"{match['season']}季学期")
        )
    term = now.school.following(now.day)
    if match["nth"]:
        first = term[0]
        return Period(
            first,
            first + timedelta(6),
            f"{_opening(term, '新学期').rule}，第一周取第7日",
            reckoned=True,
        )
    return _opening(term, "新学期")


def _opening_day_named(match: re.Match[str], now: Moment) -> Period | None:
    """9月1日开学前: the sentence names the day itself."""
    month, day = int(match["m"]), int(match["d"])

    def make(year: int) -> Period | None:
        first = date(year, month, day)
        return Period(first, first, f"写明{month}月{day}日开学", reckoned=True, event=True)

    return settle(make, year_named(match, now), now)


def _week_of_term(match: re.Match[str], now: Moment) -> Period | None:
    """第8周: counted from the Monday of the week school opens; the term about to begin goes before one nearly over."""
    number = read_number(match["n"]) or 0
    term = now.school.current(now.day)
    if (coming := now.school.following(now.day))[0] - now.day <= timedelta(45):
        term = coming
    opens = term[0] + timedelta(2 if term[0].weekday() >= 5 else 0)
    monday = opens - timedelta(opens.weekday()) + timedelta(7 * (number - 1))
    sunday = monday + timedelta(6)
    if not 1 <= number <= 25 or monday > term[1]:
        return None
    rule = f"{'按学期表' if term[2] else '未设学期表，按常例'}，{term[0].month}月{term[0].day}日开学，第{number}周到{sunday.month}月{sunday.day}日"
    return Period(monday, sunday, rule, reckoned=True)


def _before_holidays(match: re.Match[str], now: Moment) -> Period | None:
    """放假前 in a school's own talk: before the coming holidays begin."""
    if not (now.school.terms or re.search(r"[校学班]", match.string)):
        return None
    term = now.school.current(now.day)
    first = term[1] + timedelta(1)
    name = "暑假" if first.month in (6, 7, 8) else "寒假"
    return Period(first, first, f"{_said(term, '本学期')}，次日起放{name}", reckoned=True, event=True)


def _term(match: re.Match[str], now: Moment) -> Period | None:
    name, year = match["t"] or "", year_named(match, now)
    strength = FIRM if match["part"] else PLAIN
    if name and name[0] in "春秋第":
        season = name if name[0] == "第" else name[0]
        shown = f"{season}学期" if name[0] == "第" else f"{season}季学期"
        return _season_term(
            season,
            year,
            now,
            lambda term: _whole(term, shown, strength, ahead=term[0] > now.day and not match["part"]),
        )
    if name.startswith("上"):
        return None
    if name.startswith("下"):
        return _whole(now.school.next_term(now.day), "下学期", strength, ahead=not match["part"])
    if name.startswith("新"):
        return _whole(now.school.following(now.day), "新学期", HORIZON, ahead=not match["part"])
    if not (name or match["part"] or match["only"]):
        return None
    return _whole(now.school.current(now.day), "本学期", strength)


def _middle_of_term(match: re.Match[str], now: Moment) -> Period | None:
    first, last, known = now.school.current(now.day)
    middle = first + (last - first) / 2
    rule = f"{_said((first, last, known), '本学期')}，期中约为{middle.month}月{middle.day}日"
    return Period(middle, middle, rule, reckoned=True, event=True)


def _school_year(match: re.Match[str], now: Moment) -> Period | None:
    if match["to"]:
        year = int(match["to"]) if len(match["to"]) == 4 else 2000 + int(match["to"])
    else:
        if match["sy"] == "上":
            return None
        if match["sy"] == "新":
            return _new_school_year(now)
        year = now.day.year + (now.day > now.school.spring(now.day.year)[1]) + ((match["sy"] or "") == "下")
    spring, autumn = now.school.spring(year), now.school.autumn(year - 1)
    strength = FIRM if match["part"] else PLAIN
    return _whole((autumn[0], spring[1], spring[2]), "该学年", strength)


def _new_school_year(now: Moment) -> Period:
    """新学年: what begins in the coming autumn."""
    autumn = now.school.autumn(now.day.year)
    if autumn[0] <= now.day:
        autumn = now.school.autumn(now.day.year + 1)
    spring = now.school.spring(autumn[0].year + 1)
    return _whole((autumn[0], spring[1], autumn[2] and spring[2]), "新学年", HORIZON, ahead=True)


def _holidays(match: re.Match[str], now: Moment) -> Period | None:
    summer = match["h"][0] == "暑"
    name = "暑假" if summer else "寒假"

    def make(year: int) -> Period | None:
        term = now.school.summer(year) if summer else now.school.winter(year)
        strength = FIRM if match["part"] else PLAIN
        # 暑假前 is before its first day, 暑假结束前 before its last
        return Period(
            term[0], term[1], _said(term, name), strength, reckoned=True, event=match["part"] is None
        )

    return settle(make, year_named(match, now), now)


RULES = (
    TimeRule(
        "school-opens",
        "开",
        r"开学",
        re.compile(
            rf"(?:{YEAR}的?)?(?:(?P<season>[春秋])季?(?:学期)?|新?学期|新学年)?(?<!召)开学(?!校|习|术|员|者|科|位|期)(?P<nth>第一周|首周)?(?={_BEFORE}|后|以后|之后|时|之际|投|正式|(?<=周))"
        ),
        _school_opens,
    ),
    TimeRule(
        "week-of-term",
        "周",
        r"第[\d一二三四五六七八九十]+周",
        re.compile(
            rf"(?<![每隔月])(?:开学|本学期|这学期|学期)?(?:的)?第(?P<n>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})周(?![期年岁次边]|[一二三四五六日天](?!{_BEFORE}))(?:周?末)?"
        ),
        _week_of_term,
    ),
    TimeRule(
        "before-holidays",
        "假",
        r"放假前|放假之前|放假以前",
        re.compile(rf"(?:学生|学校)?放假(?={_BEFORE})"),
        _before_holidays,
    ),
    TimeRule(
        "opening-day-named",
        "开",
        r"开学",
        re.compile(
            rf"(?:{YEAR}的?)?(?<!\d)(?P<m>1[0-2]|0?[1-9])月(?P<d>3[01]|[12]\d|0?[1-9])[日号](?:秋季|春季|新学期)?开学(?={_BEFORE})"
        ),
        _opening_day_named,
    ),
    TimeRule(
        "term",
        "期",
        r"学期|期末",
        re.compile(
            rf"(?:{YEAR}的?)?(?P<t>本|这个?|下个?|新|上个?|[春秋]季?|第[一二])?(?:学期(?P<part>期?末(?!考)|结束|末|内|底|期末(?!考))?|(?P<only>期末)(?:考试)?(?={_BEFORE}))"
        ),
        lambda match, now: _term(match, now),
    ),
    TimeRule("mid-term", "期", r"期中", re.compile(rf"期中(?:考试)?(?={_BEFORE})"), _middle_of_term),
    TimeRule(
        "school-year",
        "学",
        r"学年",
        re.compile(
            r"(?:(?<!\d)20\d\d[-—－~～至到]+(?P<to>20\d\d|\d\d)(?=学年)|(?P<sy>本|这个?|下|新|上))学年(?:度)?(?P<part>末|结束|内|底)?"
        ),
        _school_year,
    ),
    TimeRule(
        "school-holidays",
        "暑寒",
        r"暑[假期]|寒假",
        re.compile(rf"(?:{YEAR}的?)?(?:放)?(?P<h>暑假|暑期|寒假)(?P<part>结束|末|内)?(?:里|中|期间)?"),
        _holidays,
    ),
)
