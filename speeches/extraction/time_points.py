"""Phrases that name a day or a stretch of the calendar by its number: 6月30日, 三季度末, 明年初, 下周三, 今晚."""
# ruff: noqa: RUF001 (look-alike zeros are what the texts hold)

import re
from datetime import date, timedelta

from speeches.extraction import calendar_terms as terms
from speeches.extraction.numerals import NUMERAL, read_number
from speeches.extraction.time_model import (
    ABSOLUTE_YEAR,
    BEFORE,
    DAY,
    FIRM,
    HORIZON,
    MONTH,
    NOT_IN_NUMBER,
    PLAIN,
    RELATIVE_YEAR,
    YEAR,
    Moment,
    Period,
    Sense,
    TimeRule,
    chinese,
    settle,
    span,
    year_named,
)

_CLOCK = r"(?:上午|下午|中午|傍晚|凌晨|晚上|早上|晚|早|午)?(?:(?:\d{1,2}|[一二三四五六七八九十两]{1,3})(?:[点时](?:半|整|钟|\d{1,2}分?)?|[:：]\d\d))?(?:下班|上班|天黑|散会)?"


def _month_number(text: str) -> int:
    return 1 if text == "元" else read_number(text) or 0


# --- days and months -------------------------------------------------------------------------------------------


def _full_date(match: re.Match[str], now: Moment) -> Period | None:
    day = terms.day_of(int(match["y"]), int(match["m"]), int(match["d"]))
    return span(day, day, "按所写日期", FIRM)


def _dotted_date(match: re.Match[str], now: Moment) -> Period | None:
    return _month_day(int(match["m"]), int(match["d"]), None, now)


def _month_day(month: int, number: int, year: int | None, now: Moment) -> Period | None:
    def make(of_year: int) -> Period | None:
        day = terms.day_of(of_year, month, number)
        return span(day, day, "按所写日期")

    return settle(make, year, now)


def _day(match: re.Match[str], now: Moment) -> Period | None:
    return _month_day(_month_number(match["m"]), read_number(match["d"]) or 0, _end_year(match, now), now)


def _month(match: re.Match[str], now: Moment) -> Period | None:
    month = _month_number(match["m"])
    part = match.groupdict().get("part") or ""

    def make(year: int) -> Period | None:
        return _part_of_month(year, month, part)

    return settle(make, _end_year(match, now), now)


def _end_year(match: re.Match[str], now: Moment) -> int | None:
    """The year of the end of a stretch: 11月至次年2月 runs into the next one."""
    year = year_named(match, now)
    return (year or now.day.year) + 1 if match["next"] else year


def _part_of_month(year: int, month: int, part: str) -> Period | None:
    """The whole month, or its 上旬, 中旬, 下旬, 初, 半, 底."""
    first, last = date(year, month, 1), terms.month_end(year, month)
    if part in ("上旬", "初", "月初"):
        return span(first, first.replace(day=10), "上旬（月初）取10日", reckoned=True)
    if part.endswith("半"):
        middle = first.replace(day=15)
        return span(middle, middle, "月半取15日", reckoned=True)
    if part in ("中旬", "中"):
        return span(first.replace(day=11), first.replace(day=20), "中旬取20日", reckoned=True)
    if part:
        strength = PLAIN if part == "下旬" else FIRM
        return span(first.replace(day=21), last, "取当月最后一日", strength)
    return span(first, last, "取当月最后一日")


_REL_MONTH = {"本": 0, "这": 0, "这个": 0, "下": 1, "下个": 1, "下下": 2, "下下个": 2, "上": -1, "上个": -1}


def _relative_month(match: re.Match[str], now: Moment) -> Period | None:
    if match["rm"] in ("当", "次"):  # a month counted from something else in the sentence
        return None
    month = terms.add_months(now.day.replace(day=1), _REL_MONTH[match["rm"]])
    if match["d"]:
        day = terms.day_of(month.year, month.month, read_number(match["d"]) or 0)
        return span(day, day, f"从讲话日推算，为{month.month}月")
    return _part_of_month(month.year, month.month, match["part"] or "")


def _bare_month_end(match: re.Match[str], now: Moment) -> Period | None:
    return _part_of_month(now.day.year, now.day.month, "底")


def _bare_part(match: re.Match[str], now: Moment) -> Period | None:
    found = _part_of_month(now.day.year, now.day.month, match["part"])
    if found and found.last < now.day:
        following = terms.add_months(now.day.replace(day=1), 1)
        return _part_of_month(following.year, following.month, match["part"])
    return found


def _day_of_month(match: re.Match[str], now: Moment) -> Period | None:
    number = read_number(match["d"] or match["d2"]) or 0
    strength = PLAIN if match["bare"] else FIRM
    for ahead in (0, 1, 2):
        month = terms.add_months(now.day.replace(day=1), ahead)
        day = terms.day_of(month.year, month.month, number)
        if day and day >= now.day:
            return span(day, day, f"未写月份，取最近的{number}日", strength, reckoned=True)
    return None


# --- years, halves, quarters -----------------------------------------------------------------------------------


def _part_of_year(match: re.Match[str], now: Moment) -> Period | None:
    named = year_named(match, now)
    year = now.day.year if named is None else named
    part = match["part"]
    if part == "初":
        # 年初 alone looks back; 明年初 looks ahead
        return span(date(year, 1, 1), date(year, 1, 31), "年初取1月31日", reckoned=True) if named else None
    if part == "中":
        return span(date(year, 6, 1), date(year, 6, 30), "年中取6月30日", FIRM, reckoned=True)
    return span(date(year, 1, 1), date(year, 12, 31), f"取{year}年最后一日", FIRM)


def _year(match: re.Match[str], now: Moment) -> Period | None:
    named = year_named(match, now)
    year = now.day.year if named is None else named
    return span(date(year, 1, 1), date(year, 12, 31), f"以{year}年为限，取最后一日", HORIZON, reckoned=True)


def _years_together(match: re.Match[str], now: Moment) -> Period | None:
    year = now.day.year + {"今明": 1, "明后": 2}[match["pair"]]
    return span(
        date(now.day.year, 1, 1), date(year, 12, 31), f"以{year}年为限，取最后一日", FIRM, reckoned=True
    )


def _half(match: re.Match[str], now: Moment) -> Period | None:
    strength = FIRM if match["part"] else PLAIN

    def make(year: int) -> Period | None:
        if match["half"] in "上前":
            return span(date(year, 1, 1), date(year, 6, 30), "上半年取6月30日", strength)
        return span(date(year, 7, 1), date(year, 12, 31), "下半年取12月31日", strength)

    return settle(make, year_named(match, now), now)


def _quarter(match: re.Match[str], now: Moment) -> Period | None:
    number = 1 if match["q"] == "首" else read_number(match["q"]) or 0
    strength = FIRM if match["part"] else PLAIN
    if not 1 <= number <= 4:
        return None

    def make(year: int) -> Period | None:
        last = terms.month_end(year, number * 3)
        return span(
            date(year, number * 3 - 2, 1), last, f"第{number}季度取{last.month}月{last.day}日", strength
        )

    return settle(make, year_named(match, now), now)


def _relative_quarter(match: re.Match[str], now: Moment) -> Period | None:
    shift = {"下": 3, "上": -3}.get((match["rq"] or "本")[0], 0)
    month = terms.add_months(now.day.replace(month=(now.day.month - 1) // 3 * 3 + 1, day=1), shift)
    last = terms.month_end(month.year, month.month + 2)
    return span(
        month, last, f"该季度取{last.month}月{last.day}日", FIRM if match["part"] else PLAIN, reckoned=True
    )


# --- weeks and days from today ---------------------------------------------------------------------------------

_WEEKDAY = {
    char: index
    for index, chars in enumerate(("一1", "二2", "三3", "四4", "五5", "六6", "日天末"))
    for char in chars
}
_REL_WEEK = {"本": 0, "这": 0, "这个": 0, "下": 7, "下个": 7, "下下": 14, "下下个": 14, "上": -7, "上个": -7}


def _week(match: re.Match[str], now: Moment) -> Period | None:
    monday = now.day - timedelta(now.day.weekday()) + timedelta(_REL_WEEK[match["w"]])
    if match["wd"]:
        day = monday + timedelta(_WEEKDAY[match["wd"]])
        return span(day, day, f"从讲话日推算，为{chinese(day)}", reckoned=True)
    return span(monday, monday + timedelta(6), "取该周星期日", reckoned=True)


def _weekday(match: re.Match[str], now: Moment) -> Period | None:
    ahead = (_WEEKDAY[match["wd"]] - now.day.weekday()) % 7
    day = now.day + timedelta(ahead or 7 * (match["wd"] not in "末日天"))
    return span(day, day, f"取讲话后最近的一个，为{chinese(day)}", reckoned=True)


_REL_DAY = {"今": 0, "明": 1, "后": 2, "大后": 3, "昨": -1, "前": -2}


_DUE_TODAY = re.compile(
    rf"就(?!讲|说|谈|是|开)|必须|务必|一定|之?内|下午|晚上|中午|下班|散会|要把|把|{_CLOCK}(?:前|之前|以前)"
)


# 今天把大家请来, 今天晚上八点开始放水: the meeting itself, the hour something begins
_INVITED = re.compile(rf"把[^，。；]{{0,60}}?(?:请|召集|叫|找)(?:到|来|在)|(?:{_CLOCK})(?:开始|起)")


_NAMED_OF_TODAY = re.compile(r"(?:上午|下午|晚上|中午)?(?:的|这[个次场])")  # 今天下午的培训


def _relative_day(match: re.Match[str], now: Moment) -> Period | None:
    # 今天 mostly opens the speech (今天我们召开…): only what is told to be done today is due today
    if match["day"] == "今" and _INVITED.match(match.string, match.end()):
        return None
    if match["day"] == "今" and _NAMED_OF_TODAY.match(match.string, match.end()):
        return None
    if match["day"] == "今" and not _DUE_TODAY.match(match.string, match.end()):
        return None
    day = now.day + timedelta(_REL_DAY[match["day"]])
    return span(day, day, f"从讲话日推算，为{chinese(day)}", reckoned=True)


def _end_of_today(match: re.Match[str], now: Moment) -> Sense:
    return Sense(due=now.day, rule="未写日期，按讲话当日", reckoned=True, strength=FIRM)


_FROM_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|元)"
_FROM_DAY = r"(?:[123]?\d|[一二三]?十?[一二三四五六七八九]?)[日号]|底|初|[上中下]旬"
# 3月1日至, 3至, 11月至次年: where a stretch begins; its end is what is due
_RANGE = rf"(?:{NOT_IN_NUMBER}{_FROM_MONTH}(?:月份?)?(?:{_FROM_DAY})?(?:起)?(?:[至到]|[—–－~～-]+)(?P<next>次年|翌年)?)?"
_PART_OF_MONTH = r"(?:的)?(?:[上中]旬?[、和到至])?(?P<part>[上中下]旬|月?底|月?末|月?初|月?半(?![年个天]))"

RULES = (
    TimeRule(
        "full-date",
        "-./",
        r"20\d\d[-./]",
        re.compile(
            r"(?<![\d.])(?P<y>20\d\d)(?P<sep>[-./])(?P<m>1[0-2]|0?[1-9])(?P=sep)(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)日?"
        ),
        _full_date,
    ),
    TimeRule(
        "dotted-date",
        ".",
        r"\.\d{1,2}(?:之|以)?前",
        re.compile(rf"(?<![\d.])(?P<m>1[0-2]|0?[1-9])\.(?P<d>3[01]|[12]\d|0?[1-9])(?={BEFORE})"),
        _dotted_date,
    ),
    TimeRule(
        "day",
        "日号",
        r"月份?的?[\d一二三四五六七八九十廿]",
        re.compile(rf"(?:{YEAR}的?)?{_RANGE}{NOT_IN_NUMBER}{MONTH}的?{DAY}"),
        _day,
    ),
    TimeRule(
        "days-of-one-month",
        "日号",
        r"月份?的?[\d一二三四五六七八九十廿]",
        re.compile(
            rf"(?P<next>)(?:{YEAR}的?)?{NOT_IN_NUMBER}{MONTH}(?:{DAY.replace('(?P<d>', '(?:').removesuffix('(?:日|号)')})(?:[日号])?(?:[至到、和及]|[—–－~～-]+){DAY}"
        ),
        _day,
    ),
    TimeRule(
        "part-of-month",
        "底末旬初半",
        r"月份?的?(?:[上中下]旬|[上中][、和到至]|月?[底末初半])",
        re.compile(rf"(?:{YEAR}的?)?{_RANGE}{NOT_IN_NUMBER}{MONTH}{_PART_OF_MONTH}"),
        _month,
    ),
    TimeRule(
        "month",
        "月",
        r"[\d一二三四五六七八九十元]月",
        re.compile(rf"(?:{YEAR}的?)?{_RANGE}{NOT_IN_NUMBER}{MONTH}"),
        _month,
    ),
    TimeRule(
        "relative-month",
        "月",
        r"[本这个当下次上]月",
        re.compile(
            rf"(?<![基成日根资样以如])(?P<rm>本|这个?|当|下下个?|下个?|次|上个?)月(?!季|球)(?:份)?(?:的?{DAY}|{_PART_OF_MONTH})?"
        ),
        _relative_month,
    ),
    TimeRule(
        "month-end",
        "月",
        r"月[底末]",
        re.compile(rf"(?<![{NUMERAL}年个本下上这每当次逐隔半])月(?:底|末)"),
        _bare_month_end,
    ),
    TimeRule(
        "part-alone", "旬", r"[上中下]旬", re.compile(rf"(?<![月{NUMERAL}])(?P<part>[上中下]旬)"), _bare_part
    ),
    TimeRule(
        "day-of-month",
        "日号",
        rf"(?:^|[^{NUMERAL}.月第周每]|本月)[\d一二三四五六七八九十廿][\d一二三四五六七八九十]{{0,2}}[日号]",
        re.compile(
            rf"(?<![{NUMERAL}.月第周每])(?:本月)?{DAY}(?={_CLOCK}{BEFORE})"
            rf"|(?:^|(?<=[，,。；;：:在于到]))(?P<bare>{DAY.replace('(?P<d>', '(?P<d2>')})(?=[，,](?!\d)|上午|下午|晚上|中午|当天|就|要(?!求)|必须|务必|一早|以内|之内|下班|交|报|上报|截止|到位|完成|把)"
        ),
        _day_of_month,
    ),
    TimeRule(
        "part-of-year",
        "年",
        r"年年?[底末终内初中]",
        re.compile(
            rf"(?:{YEAR}年?|(?<![{NUMERAL}今明后本去前上来当全年半多几数学周青少中老壮近届每成])年)(?P<part>底|末|终(?={BEFORE}|[，,]|完|进行|组织|开展|对)|内(?!部|容|涵)|初|中(?={BEFORE}|完|建|启|投))"
        ),
        _part_of_year,
    ),
    TimeRule(
        "year",
        "年",
        r"[\d今明后本来去前上全〇○零Oo一二三四五六七八九]年",
        re.compile(rf"(?:{ABSOLUTE_YEAR}|{RELATIVE_YEAR}|(?<![安健])全年(?!龄|级))"),
        _year,
    ),
    TimeRule(
        "years-together", "年", r"今明|明后", re.compile(r"(?P<pair>今明|明后)(?:这)?两?年"), _years_together
    ),
    TimeRule(
        "half-year",
        "半",
        r"[上下]半年",
        re.compile(rf"(?:{YEAR}的?)?(?P<half>[上下])半年(?P<part>底|末|内)?"),
        _half,
    ),
    TimeRule(
        "quarter",
        "季",
        r"[一二三四两1-4首个]季",
        re.compile(
            rf"(?:{YEAR}的?)?(?:第|前)?(?<![{NUMERAL}])(?P<q>[一二三四两1-4首])个?季(?:度|(?=底|末))(?P<part>底|末|内)?"
        ),
        _quarter,
    ),
    TimeRule(
        "relative-quarter",
        "季",
        r"[本这个下上]季",
        re.compile(r"(?P<rq>本|这个?|下个?|上个?)季度?(?P<part>底|末|内)?"),
        _relative_quarter,
    ),
    TimeRule(
        "quarter-end",
        "季",
        r"季度?[底末]",
        re.compile(rf"(?P<rq>)(?<![{NUMERAL}本这个下上每春夏秋冬])季度?(?P<part>底|末)"),
        _relative_quarter,
    ),
    TimeRule(
        "week",
        "周星礼",
        r"[本这个下上](?:周|星期|礼拜)",
        re.compile(
            r"(?<![以如之天乡基成])(?P<w>本|这个?|下下个?|下个?|上个?)(?:周|星期|礼拜)(?![边期密长岁刊])(?:的)?(?:[一二三四五六日天](?:[、和及](?:周|星期|礼拜)|(?:[至到]|[—－~～-]+)(?:周|星期|礼拜)?)(?=[一二三四五六日天]))?(?P<wd>[一二三四五六日天末1-6](?![次个]))?"
        ),
        _week,
    ),
    TimeRule(
        "weekday",
        "周星礼",
        r"(?:周|期|拜)[一二三四五六日天末]",
        re.compile(
            rf"(?<![{NUMERAL}每逐按本这下上个圆单双])(?<![单双]周)(?:周|星期|礼拜)(?P<wd>[一二三四五六日天末])(?![次个岁]|[至到—-]|(?<=末)(?:不|也|都|照常|轮流|正常|值班|加班))"
        ),
        _weekday,
    ),
    TimeRule(
        "relative-day",
        "今明后昨前",
        r"[今明后昨前][天日晚早]",
        re.compile(
            r"(?<![今最落之以先目文])(?P<day>大后|[今明后昨前])(?:天(?!津|然)|日(?!常)|(?<=[今明])[晚早](?!间|期))"
        ),
        _relative_day,
    ),
    TimeRule(
        "end-of-today",
        "前会",
        r"[班会饭黑][之以]?前|今[天日]会后|散会后?[就马]|当[天日晚]",
        re.compile(
            r"(?:今[天日])?(?:下班|散会|午饭|晚饭|天黑)(?:之前|以前|前)|今[天日](?:会后|散会后?)|散会后?(?=就|马上)"
        ),
        _end_of_today,
    ),
)
