"""Phrases that count or repeat: 三个月内, 用两年时间, 会后三天内, 每月5日前, and those that fix no day at all."""
# ruff: noqa: RUF001 (wide digits and look-alike zeros are what the texts hold)

import re
from collections.abc import Callable
from datetime import date, timedelta

from speeches.extraction import calendar_terms as terms
from speeches.extraction.model import Recur
from speeches.extraction.numerals import NUMERAL, read_number, read_upper
from speeches.extraction.time_model import DAY, FIRM, HORIZON, Moment, Sense, TimeRule

_ANY_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|元)月份?"
_BEFORE = r"(?:之前|以前|前(?!后|往|列))"

# --- durations from the day of the meeting ---------------------------------------------------------------------

_AMOUNT = rf"(?P<n>半|[{NUMERAL}]{{1,5}}(?:[到至~～—－、-][{NUMERAL}]{{1,3}})?)"
_UNIT = r"(?P<half>个半)?(?P<u>个?工作日|天|日|个?星期|个?礼拜|周|个?月|个?季度|个?学期|年|个?小时|分钟)(?P<half2>半(?!年))?"
_ENTITLED = r"(?!的|给予|享受|免|减免|不得|不再|禁止|保持|累计|多次|未|新?(?:引进|入职|毕业|获奖|认定|评选|发生|建成|招聘|登记|成立)[^，,。；]{0,4}的|(?:通过|获得|取得|受到|被|参加过)[^，,。；]{0,10}的(?:单位|企业|人员|学校|干部|教师|同志|个人|项目|医生|医师|[，,]))"


def _later(start: date, number: int, unit: str, *, half: bool, now: Moment) -> date | None:
    """`number` units after `start`; None when the unit is shorter than a day."""
    unit = unit.removeprefix("个")
    if unit == "工作日":
        return terms.add_workdays(start, number, now.directory)
    if unit in ("天", "日"):
        return start + timedelta(number)
    if unit in ("周", "星期", "礼拜"):
        return start + timedelta(7 * number + 3 * half)
    if unit == "月":
        return terms.add_months(start, number) + timedelta(15 * half)
    if unit in ("季度", "学期", "年"):
        months = {"季度": 3, "学期": 6, "年": 12}[unit]
        return terms.add_months(start, number * months + half * months // 2)
    if unit == "小时" and number >= 24:
        return start + timedelta(number // 24)
    return None


def _amount_later(match: re.Match[str], start: date, now: Moment) -> date | None:
    half_unit = match["n"] == "半"
    number = 0 if half_unit else read_upper(match["n"])
    if number is None or number > 3000:
        return None
    half = half_unit or bool(match["half"] or match["half2"])
    return _later(start, number, match["u"], half=half, now=now)


def _within(match: re.Match[str], now: Moment) -> Sense | None:
    due = _amount_later(match, now.day, now)
    if due is None:
        return Sense(rule="响应时间，不是时限") if match["u"].endswith(("小时", "分钟")) else None
    return Sense(due=due, rule=f"从讲话日{now.day:%Y-%m-%d}起算", reckoned=True, strength=FIRM)


def _coming_years(match: re.Match[str], now: Moment) -> Sense | None:
    """今后三年: this year counts."""
    number = read_upper(match["n"])
    if match["u"] != "年" or not number:
        return _within(match, now)
    last = date(now.day.year + number - 1, 12, 31)
    return Sense(due=last, rule=f"含本年共{number}年，取末日", reckoned=True, strength=HORIZON)


_YEAR_AHEAD = r"(?:今|本|(?P<ahead>明))?年"


def _lasting_from(match: re.Match[str], now: Moment) -> Sense | None:
    """从5月6日起用两个月时间: counted from the day it begins."""
    start: date | None = now.day
    if match["m"]:
        month, number = read_number(match["m"]) or 0, read_number(match["d"]) or 0
        year = now.day.year + bool(match["ahead"])
        start = terms.day_of(year, month, number)
        # 1月5日起 said in December is next year's; what began last week began last week
        if start and not match["ahead"] and (now.day - start).days > 180:
            start = terms.day_of(year + 1, month, number)
    elif match["next"] == "明天":
        start = now.day + timedelta(1)
    elif match["next"] and match["next"].startswith("下周"):
        start = now.day + timedelta(
            7 - now.day.weekday() + "一二三四五六日".find((match["wd"] or "一").replace("天", "日"))
        )
    elif match["next"]:
        start = terms.add_months(now.day.replace(day=1), 1)
    due = _amount_later(match, start, now) if start else None
    if start is None or due is None or due < now.day:
        return Sense(rule="起始时间，不是时限")
    return Sense(due=due, rule=f"从{start:%Y-%m-%d}起算", reckoned=True, strength=FIRM)


def _after_opening(match: re.Match[str], now: Moment) -> Sense | None:
    term = now.school.following(now.day)
    due = _amount_later(match, term[0], now)
    source = "按学期表" if term[2] else "未设学期表，按常例"
    return (
        Sense(
            due=due,
            rule=f"{source}{term[0].month}月{term[0].day}日开学，由此起算",
            reckoned=True,
            strength=FIRM,
        )
        if due
        else None
    )


# --- rhythms ---------------------------------------------------------------------------------------------------

_RHYTHM = {
    "天": Recur.DAILY, "日": Recur.DAILY, "晚": Recur.DAILY, "早": Recur.DAILY, "工作日": Recur.DAILY,
    "周": Recur.WEEKLY, "星期": Recur.WEEKLY, "礼拜": Recur.WEEKLY, "旬": Recur.WEEKLY,
    "月": Recur.MONTHLY, "半月": Recur.MONTHLY, "季": Recur.QUARTERLY, "季度": Recur.QUARTERLY,
    "学期": Recur.TERMLY, "半年": Recur.TERMLY, "年": Recur.YEARLY, "年度": Recur.YEARLY, "学年": Recur.YEARLY,
}  # fmt: skip
_CYCLE = r"工作日|天|日|晚|早|周|星期|礼拜|旬|半月|半年|月|季度?|学期|学年|年度?"


def _rhythm(match: re.Match[str], now: Moment) -> Sense | None:
    unit = match["c"]
    number = read_upper(match["n"]) if match["n"] and match["n"] != "半" else None
    if match["n"] == "半":
        unit = f"半{unit}"
    return _rhythm_of(unit, number or 1)


def _rhythm_of(unit: str, number: int = 1) -> Sense | None:
    """The stated rhythm, or the nearest slower one of the six when it falls between (每两个月, 每半年)."""
    recur = _RHYTHM.get(unit)
    if recur is None:
        return None
    if number == 1:
        nearest = "，按每学期（一年两次）计" if unit == "半年" else ""
        return Sense(recur=recur, rule=f"周期性工作{nearest}", strength=FIRM)
    if recur in (Recur.DAILY, Recur.WEEKLY):
        days = number * (7 if recur is Recur.WEEKLY else 1)
        recur = Recur.WEEKLY if days <= 10 else Recur.MONTHLY
    elif recur is Recur.MONTHLY:
        recur = (
            Recur.MONTHLY
            if number == 2
            else Recur.QUARTERLY
            if number <= 4
            else Recur.TERMLY
            if number <= 8
            else Recur.YEARLY
        )
    return Sense(recur=recur, rule=f"周期性工作，每{number}个周期一次，按最接近的周期计", strength=FIRM)


def _rhythm_word(match: re.Match[str], now: Moment) -> Sense | None:
    return _rhythm_of(match["c"])


# --- phrases that fix no day -----------------------------------------------------------------------------------


def _no_day(rule: str) -> Callable[[re.Match[str], Moment], Sense]:
    def read(match: re.Match[str], now: Moment) -> Sense:
        return Sense(rule=rule)

    return read


def _blocked(match: re.Match[str], now: Moment) -> None:
    return None


_WITHIN = r"(?:左右)?(?:的)?(?:时间)?(?:之内|以内|内|里(?!程|面))"
_PAST_LEAD = (
    r"(?<![近每第])(?<!过去)(?<!最近)(?<!此前)(?<!连续)(?<!入职)(?<!毕业)(?<!任职)(?<!从教)(?<!工作)(?<!满)"
)
_EVENT_TO_COME = (
    "召开|开始|结束|完工|验收|开工|启动|到来|来临|施行|上会|毕业|两会|交付|投用|复工|换届|活动开展"
)
_EVENT = r"(?:接到|收到|接报|自|从|在|于|事发|发生|发现|受理|签订|验收|完工|竣工|印发|下发|公布|通过|检查|巡查|督查|立案|交办|反馈|报告|出院|返校|返乡|返岗|入学|报名|评审|考核)"

RULES = (
    TimeRule(
        "after-meeting",
        "会今即现",
        r"会[后议]|即日|今[天日]|现在",
        re.compile(
            rf"(?<![次每])(?:在|于)?(?:本次)?(?:会后|散会后|会议结束后|会议之后|(?:自|从)?(?:即日|今天|今日|现在)(?:算?起|开始))(?:的)?[，,]?{_AMOUNT}{_UNIT}(?:{_WITHIN}|(?=[，,把将要必]))"
        ),
        _within,
    ),
    TimeRule(
        "after-opening",
        "开",
        r"开学",
        re.compile(rf"开学(?:后|以后|之后)?(?:的)?{_AMOUNT}{_UNIT}{_WITHIN}"),
        _after_opening,
    ),
    TimeRule(
        "after-event",
        "后起",
        rf"[后起]的?(?:[{NUMERAL}]|半)",
        re.compile(
            rf"(?:每次)?{_EVENT}(?!会后|散会|会议结束|本次会)[^，,。；;：:]{{0,20}}?(?:之日起|起|后|之后|以后)的?(?:[{NUMERAL}]{{1,4}}|半)个?半?(?:工作日|天|日|小时|分钟|周|星期|月|年){_WITHIN}"
        ),
        _no_day("从另一件事起算，未推算日期"),
    ),
    TimeRule(
        "after-something",
        "后起",
        rf"[后起]的?(?:[{NUMERAL}]|半)",
        re.compile(
            rf"(?<![会今天日])(?:后|之日起)的?(?:[{NUMERAL}]{{1,4}}|半)个?半?(?:工作日|天|日|小时|分钟|周|星期|月|年){_WITHIN}"
        ),
        _no_day("从另一件事起算，未推算日期"),
    ),
    TimeRule(
        "within",
        "内里",
        r"[之以间年月天日周期时钟度假后前半右]内|[年月天日周期拜]里",
        re.compile(
            rf"{_PAST_LEAD}(?<![{NUMERAL}.])(?:在|于)?(?:今后|未来|接下来)?(?:的)?(?!(?:19|20)\d\d年){_AMOUNT}{_UNIT}{_WITHIN}{_ENTITLED}"
        ),
        _within,
    ),
    TimeRule(
        "taking",
        "间力夫",
        r"[日天期拜周月度年时钟半右的](?:时间|努力|工夫|功夫)",
        re.compile(
            rf"(?:利用|再用|用|花|集中|经过|通过|力争|争取)(?:大约|约|不到|不超过|最多|今后|未来)?{_AMOUNT}{_UNIT}(?:左右)?(?:的)?(?:时间|努力|工夫|功夫)(?:之内|以内|内)?"
        ),
        _within,
    ),
    TimeRule(
        "striving",
        "争",
        r"力争|争取",
        re.compile(
            rf"(?:力争|争取)(?:在)?{_AMOUNT}(?P<half>个半)?(?P<u>个?月|年)(?P<half2>半(?!年))?(?!级|底|末|度)(?:左右)?(?=[，,]|[完建实达解全基消])"
        ),
        _within,
    ),
    TimeRule(
        "given",
        "给限",
        rf"(?:给[一-龥]{{0,8}}|限期?在?)[{NUMERAL}半]",
        re.compile(
            rf"(?:给(?:你们?|大家|他们|各[一-龥]{{1,3}}|[一-龥]{{1,6}}(?:局|委|办|镇|乡|街道|公司|站|科|组|村|部|处|校))?|限期?(?:在)?){_AMOUNT}{_UNIT}(?:的)?(?:时间)?(?:之?内|(?=[，,。；把整]))"
        ),
        _within,
    ),
    TimeRule(
        "given-bare",
        "把",
        r"[年月天日周期拜半]把",
        re.compile(rf"(?:^|(?<=[，,。；])){_AMOUNT}{_UNIT}(?=把)"),
        _within,
    ),
    TimeRule(
        "time-given",
        "间夫",
        r"[天日周期拜月年]的?(?:时间|[工功]夫)",
        re.compile(
            rf"(?:^|(?<=[，,。；：]))(?:就|最多)?{_AMOUNT}{_UNIT}(?:的)?(?:时间|工夫|功夫)(?=[，,]?(?:把|将|必须|务必|一定|要(?!求)|给我|完成|全部|全面|集中|拿出|摸|清|理|拆|改|查))(?![^。；;]{{0,10}}了)"
        ),
        _within,
    ),
    TimeRule(
        "lasting-from",
        "起始",
        rf"(?:起|开始)[^。；]{{0,30}}(?:为期|用|集中)[{NUMERAL}半]",
        re.compile(
            rf"(?:从|自)?(?:(?:{_YEAR_AHEAD})?(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月{DAY}|即日|今[天日]|现在|(?P<next>明天|下周(?P<wd>[一二三四五六日天])?|下个?月))(?:起|开始)[，,]?[^。；;，,{NUMERAL}]{{0,22}}?[，,]?(?:为期|利用|集中|用){_AMOUNT}{_UNIT}(?:左右)?(?:的)?(?:时间)?"
        ),
        _lasting_from,
    ),
    TimeRule(
        "coming",
        "今未接",
        r"今后|未来|接下来",
        re.compile(
            rf"(?:今后|未来|接下来)(?:的)?{_AMOUNT}{_UNIT}(?:左右)?(?:时间)?(?:之?内|里)?(?!规划|计划|行动|发展|左右|的|(?:将|会|正)?是|[^，,。；;]{{0,8}}(?:雨|雪|大风|高温|寒潮|降温))"
        ),
        _coming_years,
    ),
    TimeRule(
        "every",
        "每",
        r"每",
        re.compile(
            rf"(?!每[天日年月]都[在有]|每逢佳节)每[隔逢]?(?P<n>半|[{NUMERAL}]{{1,3}})?个?(?P<c>{_CYCLE})(?!级|刊|饼|球|报社)"
            rf"(?:的)?(?:(?:[一二三四五六日天](?!次|个|人|[{NUMERAL}]))|第[一二三四][周个]?(?:周?[一二三四五六日])?|(?:{_ANY_MONTH})?(?:{DAY}|底|末|初|[上中下]旬)|{_ANY_MONTH})?"
            rf"(?:开学(?:第一周|首周|初|前|后)?)?(?:上午|下午|晚上)?(?:下班|放学|例会)?{_BEFORE}?"
        ),
        _rhythm,
    ),
    TimeRule(
        "rate",
        "每均",
        r"每[人生户亩校班村名位个年月天]|人均",
        re.compile(
            rf"(?:每[人生户亩校班村名位个]{{1,2}}|人均)每?[年月天日][^，,。；]{{0,8}}元|每[年月天](?:约|近|达|达到|超过|高达|拿出)?[{NUMERAL}多几百千万亿余.]+元|每[年月](?:平均)?(?:递增|递减|增长|下降|提高|减少|增加)[{NUMERAL}.]+(?:%|个百分点)"
        ),
        _blocked,
    ),
    TimeRule(
        "step-by",
        "逐按",
        r"[逐按][日周月季年学]",
        re.compile(r"(?:逐|按)(?P<c>日|周|月|季度?|年度?|学期)(?!期|内|度?计划|照|人均|生均|计)"),
        _rhythm_word,
    ),
    TimeRule(
        "one-each",
        "天日周期月度季年",
        r"[天日周期月度季年][一两二三至]",
        re.compile(
            rf"(?<![{NUMERAL}第])(?P<n>[{NUMERAL}]{{1,2}})个?(?P<c>日|天|周|星期|月|半月|季度?|学期|年)(?:[一两二三]|至少[一两二三\d])(?:次|轮|报告?|调度|通报|督查|督办|督导|检查|研判|例会|会商|汇报|小结|点评|总结|考核|评比|排名|测|考|清|结|更新|晾晒|梳理|碰头|研究)"
        ),
        _rhythm,
    ),
    TimeRule(
        "times-each",
        "次轮",
        r"\d[次轮]|[一二两三四五六七八九十][次轮]",
        re.compile(
            rf"(?<![{NUMERAL}第内近上下])(?P<n>半|[{NUMERAL}]{{1,3}})个?(?P<c>天|周|星期|月|季度|学期|年)(?:至少|不少于|不低于|开展|组织|召开|集中|轮训|检查|督查|通报|调度)*[{NUMERAL}]{{1,2}}(?:次|轮)"
        ),
        _rhythm,
    ),
    TimeRule(
        "per-cycle",
        "/／",
        r"[/／]",
        re.compile(rf"(?:[{NUMERAL}]{{1,3}})[次场轮期][/／](?P<c>天|日|周|月|季度?|学期|年)"),
        _rhythm_word,
    ),
    TimeRule(
        "cycle-word",
        "日周旬月季度年",
        r"[日周旬月季度年][报调通例清点研碰会小督检审]",
        re.compile(
            rf"(?<![本下上这每当个今明去后首半整前{NUMERAL}到至生])(?P<c>日|周|旬|月|季度?|年)(?:报[告送制表]|调度|通报|例会|清零|清单制|点评|研判|碰头|会商|小结|督查制|检(?!测|察|验|、)|审(?!议|批|查|核)|督办|督查)(?:制度?)?"
        ),
        _rhythm_word,
    ),
    TimeRule(
        "doubled",
        "月周季年",
        r"月月|周周|季季|年年",
        re.compile(r"(?:月月有|周周有|季季有|年年有)"),
        _blocked,
    ),
    TimeRule(
        "days-of-the-week",
        "周期拜",
        r"[周期拜][一二三四五六日天][到至—－~～-]",
        re.compile(
            r"(?<![本这下上个])(?:周|星期|礼拜)[一二三四五六日天](?:[到至]|[—－~～-]+)(?:周|星期|礼拜)?[一二三四五六日天](?=[^，,。；;]{0,8}(?:每|值|轮|开放|营业|上课|上班|坐诊|出诊|正常|运行|错峰|照常|晚上|白天))"
        ),
        _blocked,
    ),
    TimeRule(
        "start",
        "起始即后",
        r"即日|现在[起开]|[从自][^，,。；;：:]+[起始]",
        re.compile(
            r"(?:即日起|即日|现在起|现在开始|(?:从|自)[^，,。；;：:]{1,14}?(?:之日起|起(?!来|到|点|草|步)|开始|始(?!终)))(?:就)?"
        ),
        lambda match, now: _start(match),
    ),
    TimeRule(
        "placeholder",
        "年月",
        r"[xX×Ｘｘ*＊_○]",
        re.compile(
            rf"(?:(?:20|19)?[xX×Ｘｘ*＊_○]{{1,4}})年(?:{_ANY_MONTH})?(?:[xX×Ｘｘ*＊\d]{{1,2}}月)?(?:[xX×Ｘｘ*＊\d]{{1,2}}[日号])?(?:底|末|初|[上下]半年)?{_BEFORE}?|[xX×Ｘｘ*＊]{{1,2}}月(?:[xX×Ｘｘ*＊\d]{{1,2}}[日号])?(?:底|末)?{_BEFORE}?|\d{{1,2}}月[xX×Ｘｘ*＊]{{1,2}}[日号]{_BEFORE}?"
        ),
        _no_day("日期是占位符，原文未写明"),
    ),
    TimeRule(
        "event-before",
        "前",
        rf"(?:{_EVENT_TO_COME})[之以]?前",
        re.compile(rf"(?:在|于)?[一-龥]{{0,8}}(?:{_EVENT_TO_COME})(?:之前|以前|前(?!后|往|列|期|提))"),
        _no_day("以另一件事为限，未推算日期"),
    ),
    TimeRule(
        "term-of-office",
        "任届",
        r"任期|届",
        re.compile(r"(?:在)?(?:本届[^，。；]{0,6})?任期内|届内|本届政府期内"),
        _no_day("任期起止未知，未推算日期"),
    ),
    TimeRule(
        "vague",
        "及快早紧上即立时期近机化限一今下",
        r"及时|尽快|尽早|抓紧|马上|立即|立刻|第一时间|早日|近期|近日|择机|适时|常态化|定期|长期|随时|限期|按期|按时|如期|短期|今后|下一|下次",
        re.compile(
            r"定期和不定期|不定期|定期|及时|尽快|尽早|抓紧|马上|立即|立刻|第一时间|早日|近期|近日|择机|适时|常态化|长期|随时|限期|按期|按时|如期|短期内|今后一个时期|今后一段时间|下一阶段|下次例会"
        ),
        _no_day("未写明日期"),
    ),
    TimeRule(
        "age-of-something",
        "来近过最此连上头前以",
        rf"(?:近|去|此前|续)的?[{NUMERAL}几多数]|[上头前]的?[{NUMERAL}几多数]|近年|年来|以来|过去的?一年",
        re.compile(
            rf"(?:近|过去|最近|此前|连续|(?<![一-龥])上|头|前)(?:的)?[{NUMERAL}几多数]{{1,3}}个?(?:年|天|日|月|周|学期)(?:来|多|间|内|中)?|近年来?|多年来|[{NUMERAL}]{{1,3}}年来|(?:今年|去年|\d{{4}}年|\d{{1,2}}月)以来|过去的?一年"
        ),
        _blocked,
    ),
    TimeRule(
        "grade-or-name",
        "年",
        r"年[级制规计行发一义免教期多]|年[^，。]{0,12}(?:规划|行动|计划|方案|纲要)|[划动案要见][（(]20",
        re.compile(
            rf"[{NUMERAL}]{{1,3}}年(?:级|制|规划|计划|行动|发展规划|发展计划|一贯|义务教育|免费|教龄|期(?!间)|多来)"
            r"|(?:规划|行动|计划|方案|纲要|意见)[（(]20\d\d年?[—–－~～-]+20\d\d年?[）)]|20\d\d年?[—–－~～-]+20\d\d年[^，,。；、]{0,12}(?:规划|行动|计划|方案|纲要)"
        ),
        _blocked,
    ),
)


def _start(match: re.Match[str]) -> Sense | None:
    """A start names when work begins, never when it ends; 从基础抓起 is no time at all."""
    if not re.search(r"[年月周季今明即现日天]|学期|开学|暑|寒", match[0]):
        return None
    return Sense(rule="起始时间，不是时限")
