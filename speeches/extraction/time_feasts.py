"""Phrases that name a festival, a lunar day, a plan or a season: 春节前, 腊月二十, “十五五”末, 汛期前."""

import re
from datetime import date, timedelta

from speeches.extraction import calendar_terms as terms
from speeches.extraction.numerals import NUMERAL, read_number
from speeches.extraction.time_model import (
    BEFORE,
    FIRM,
    HORIZON,
    QUOTE_CLOSE,
    QUOTE_OPEN,
    YEAR,
    Moment,
    Period,
    TimeRule,
    chinese,
    settle,
    span,
    year_named,
)

# --- festivals and lunar days ----------------------------------------------------------------------------------

_NAMES = {
    "大年三十": "除夕", "年三十": "除夕", "元宵": "元宵节", "三八": "妇女节", "清明": "清明节", "五一": "劳动节", "五四": "青年节",
    "端午": "端午节", "六一": "儿童节", "七一": "建党节", "八一": "建军节", "中秋": "中秋节", "国庆": "国庆节", "十一": "国庆节",
    "重阳": "重阳节", "春运": "春节",
}  # fmt: skip
_FESTIVAL = (
    r"元旦|春节|除夕|大年三十|年三十|元宵|三八|妇女节|植树节|清明|五一|劳动节|五四|青年节|端午|六一|儿童节|七一|建党节|八一"
    r"|建军节|教师节|中秋|国庆|十一|重阳|记者节|宪法日|小年|腊八|高考|中考"
)


def _festival(match: re.Match[str], now: Moment) -> Period | None:
    return _festival_named(_NAMES.get(match["f"], match["f"]), year_named(match, now), now)


def _festival_named(name: str, year: int | None, now: Moment) -> Period | None:
    def make(of_year: int) -> Period | None:
        day = terms.festival(name, of_year)
        if day is None:
            return None
        custom = "（各地不一，按常例）" if name == "中考" else ""
        last = day + timedelta(terms.festival_days(name) - 1)
        return span(day, last, f"{name}为{chinese(day)}{custom}", reckoned=True, event=True)

    return settle(make, year, now)


def _spring_festival(match: re.Match[str], now: Moment) -> Period | None:
    return _festival_named("春节", None, now)


def _next_festival(match: re.Match[str], now: Moment) -> Period | None:
    found = terms.next_statutory(now.day)
    return (
        span(found[1], found[1], f"最近的节日{found[0]}为{chinese(found[1])}", reckoned=True, event=True)
        if found
        else None
    )


def _lunar(match: re.Match[str], now: Moment) -> Period | None:
    text = match["ld"]
    number = 0 if text in ("底", "末") else read_number(text.removeprefix("初")) or 0

    def make(year: int) -> Period | None:
        day = terms.lunar_day(match["lm"], number or 30, year) or terms.lunar_day(
            match["lm"], number or 29, year
        )
        return span(day, day, f"农历换算为{chinese(day)}", FIRM, reckoned=True) if day else None

    return settle(make, None, now)


# --- plans and seasons of the year -----------------------------------------------------------------------------


def _plan(match: re.Match[str], now: Moment) -> Period | None:
    last = 1955 + 5 * (read_number(match["n"]) or 0)
    strength = HORIZON if match["part"] in ("期间", "时期") else FIRM
    return span(
        date(last - 4, 1, 1),
        date(last, 12, 31),
        f"“{match['n']}五”为{last - 4}—{last}年，取末日",
        strength,
        reckoned=True,
    )


_SEASONS = {
    "汛": ((6, 1), (9, 30)),
    "雨": ((6, 1), (9, 30)),
    "暖": ((11, 1), (3, 15)),
    "冬": ((11, 1), (2, 28)),
    "冻": ((11, 1), (3, 15)),
}


def _season(match: re.Match[str], now: Moment) -> Period | None:
    (first_month, first_day), (last_month, last_day) = next(
        days for key, days in _SEASONS.items() if key in match["s"]
    )

    def make(year: int) -> Period | None:
        first = date(year, first_month, first_day)
        last = date(year + (last_month < first_month), last_month, last_day)
        rule = f"各地不一，按常例{match['s']}从{first_month}月{first_day}日到{last_month}月{last_day}日"
        if match["over"]:
            return span(last, last, rule, reckoned=True)
        return span(first, first, rule, reckoned=True, event=True)

    return settle(make, year_named(match, now), now)


def _winter_and_spring(match: re.Match[str], now: Moment) -> Period | None:
    year = now.day.year + (now.day.month >= 4)
    return span(now.day, date(year, 3, 31), "今冬明春按常例取3月31日", reckoned=True)


RULES = (
    TimeRule(
        "festival",
        "旦节夕十八一四午秋庆阳考明宵",
        r"元旦|春节|除夕|三十|元宵|三八|妇女节|植树节|清明|五一|劳动节|五四|青年节|端午|六一|儿童节|七一|建党节|八一|建军节|教师节|中秋|国庆|十一|重阳|记者节|宪法日|小年|腊八|高考|中考",
        re.compile(
            rf"(?:{YEAR}的?)?(?<![{NUMERAL}第月周]){QUOTE_OPEN}(?P<f>{_FESTIVAL})(?:国际)?(?:劳动节|妇女节|儿童节|建党节|建军节|青年节|节)?{QUOTE_CLOSE}(?:双节|两节|[小长]*假期?)?(?=前|之前|以前|期间|当天|过?后|以后|之后|来临|到来)"
        ),
        _festival,
    ),
    TimeRule(
        "festival-day",
        "节旦",
        r"[女树明动年午童党军师秋庆阳宵春]节|元旦",
        re.compile(
            rf"(?:{YEAR}的?)?(?P<f>元旦|春节|元宵节|妇女节|植树节|清明节|劳动节|青年节|端午节|儿童节|建党节|建军节|教师节|中秋节|国庆节|重阳节)"
        ),
        _festival,
    ),
    TimeRule(
        "before-new-year",
        "年",
        r"年[之以]?前",
        re.compile(rf"(?<![{NUMERAL}半多几数今明去前后学每近周百千当青少中老成个])年(?={BEFORE})"),
        _spring_festival,
    ),
    TimeRule(
        "before-festival",
        "节",
        r"节[之以]?前",
        re.compile(rf"(?<![春秋午明宵阳旦庆女党军师动童树年季环关情细调时])(?:[两双])?节(?={BEFORE})"),
        _next_festival,
    ),
    TimeRule(
        "lunar",
        "腊正",
        r"腊月|正月",
        re.compile(
            r"(?:农历)?(?P<lm>腊月|正月)(?P<ld>底|末|初[一二三四五六七八九十]|二?十[一二三四五六七八九]?|三十|廿[一二三四五六七八九]?|\d{1,2})日?"
        ),
        _lunar,
    ),
    TimeRule(
        "plan",
        "五",
        r"十[一二三四五六七八九]五",
        re.compile(
            rf"{QUOTE_OPEN}(?P<n>十[一二三四五六七八九])五{QUOTE_CLOSE}(?P<part>规划期?末|末期?|期末|结束|期间|时期|期内)"
        ),
        _plan,
    ),
    TimeRule(
        "season",
        "汛雨暖冬冻",
        r"[汛雨暖冬冻]",
        re.compile(
            rf"(?:{YEAR}的?)?(?:冬季)?(?P<s>主?汛期?|入汛|雨季|供暖[季期]?|采暖[季期]?|入冬|上冻|封冻)(?:来临|到来|开始)?(?P<over>结束)?(?={BEFORE})"
        ),
        _season,
    ),
    TimeRule("winter-and-spring", "冬", r"今冬明春", re.compile(r"今冬明春"), _winter_and_spring),
)
