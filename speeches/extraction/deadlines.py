"""Time phrases of a sentence, and the day or rhythm each one fixes.

Every rule names one kind of phrase (time_points, time_feasts, time_school, time_spans). All matches are gathered, the longest wins
where they overlap, then what stands around a phrase decides: 前 and 内 make it firm, 起 and 后 make it a start, a name
(今年工作要点), a condition (如果一季度还下不来) or a finished action makes it no deadline at all.
"""
# ruff: noqa: RUF001 (wide digits and look-alike zeros are what the texts hold)

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from speeches.extraction import time_feasts, time_hours, time_points, time_school, time_spans
from speeches.extraction.calendar_terms import SchoolCalendar
from speeches.extraction.model import Deadline, Directory
from speeches.extraction.prefilter import Sieve, bits
from speeches.extraction.time_model import DECIDED, FIRM, HORIZON, PLAIN, Moment, Period, Sense, TimeRule

_RULES: tuple[TimeRule, ...] = (
    *time_hours.RULES,
    *time_spans.RULES,
    *time_school.RULES,
    *time_points.RULES,
    *time_feasts.RULES,
)
# A rule's full pattern is tried only on a text that holds its marks: ten times faster on ordinary sentences.
_NEEDED = tuple((frozenset(rule.marks), re.compile(rule.needs).search, rule) for rule in _RULES)
_SIEVE = Sieve(rule.pattern.pattern for rule in _RULES)
_WIDE = str.maketrans("０１２３４５６７８９／．－", "0123456789/.-")
_ODD = re.compile(r"[０-９／．－\s]")


@dataclass(frozen=True, slots=True)
class _Reading:
    """One phrase with its span in the squeezed text and its meaning."""

    start: int
    end: int
    sense: Sense


def find_deadlines(text: str, *, spoken_on: date, directory: Directory) -> list[Deadline]:
    """Every time phrase of `text`, in order, offsets in `text`; `due` is never before `spoken_on`."""
    return [_deadline(reading, text, places) for reading, places in _readings(text, spoken_on, directory)]


_ITEM_NUMBER = re.compile(r"\s*\d{1,2}\.(?=\d{1,2}月[\d底初中上下])")


def best_deadline(text: str, *, spoken_on: date, directory: Directory) -> Deadline | None:
    """The one deadline a task row made of `text` should carry, or None when the text names none.

    A firm date (6月底前) goes before a bare period (今年), of two equals the later one is kept; a rhythm named
    elsewhere in the text is carried along; without both the first vague phrase (尽快) is kept for the clerk.
    """
    if _ITEM_NUMBER.match(
        text
    ):  # 1.5月25日前: the first figure numbers the item; every place stays where it is
        text = text.replace(".", "、", 1)
    found = list(_readings(text, spoken_on, directory))
    if _is_timetable(found):
        found = [pair for pair in found if pair[0].sense.rule != _MONTH_RULE]
    dated = [
        (
            _standing(text, reading),
            not reading.sense.rule.startswith("取该周"),
            reading.sense.due,
            reading.start,
            reading,
            places,
        )
        for reading, places in found
        if reading.sense.due
    ]
    rhythm = next(((reading, places) for reading, places in found if reading.sense.recur), None)
    if dated:
        *_, reading, places = max(dated, key=lambda row: row[:4])
        best = _deadline(reading, text, places)
        return replace(best, recur=rhythm[0].sense.recur) if rhythm and not best.recur else best
    if rhythm:
        return _deadline(rhythm[0], text, rhythm[1])
    return _deadline(found[0][0], text, found[0][1]) if found else None


_MONTH_RULE = "取当月最后一日"


def _is_timetable(found: list[tuple[_Reading, list[int] | None]]) -> bool:
    """9月安全，10月爱国，11月感恩: three bare months beside a rhythm are what is on when, no dates to meet."""
    months = [
        reading for reading, _ in found if reading.sense.rule == _MONTH_RULE and reading.sense.strength < FIRM
    ]
    return len(months) > 2 and any(reading.sense.recur for reading, _ in found)


# 剩下的…明年2月底前: what is left over; 元旦前先征求意见: a step on the way
_LEFT_OVER = re.compile(
    r"(?:剩下|剩余|其余|余下|个别|确有|确需|确因|特殊情况|来不及|做不完|完不成|不合格的)[^。；;]{0,40}$"
)
_STEP = re.compile(r"[，,]?先(?!后|进|行)")


# 年底我来翻, 月底我去看: when the speaker comes to look at what was due before
_I_COME = re.compile(
    r"[，,]?我(?:还|再|要|会|将|亲自|自己|带队)*(?:来|去|到|下来|上门)?(?:[^，,。；;]{0,8}?)(?:看|翻|查|验|听|考|抽)"
)
_OTHERS_COME = re.compile(
    r"[，,]?(?:[省市县区]里|上级|省厅|市局|(?:考核|督查|督导|检查|巡察|巡视|验收|专家)组)(?:就|还|将|会)?(?:要|来|下来|进驻|抽查|组织|复核|回头看)"
)
# 前期答应8月复工, 报的工期是明年5月底: what somebody else had said
_OTHERS_SAID = re.compile(
    r"(?:答应|承诺|许诺|保证过|说好|报的|报来的|上报的|提出的|你们的|(?:[县市省区局镇]里|上级|省厅|市局)(?:定的|给的|要求|规定|下达))[^，,。；;]{0,8}$"
)


def _standing(text: str, reading: _Reading) -> int:
    """How well a date stands for the whole task; `reading` counts in the squeezed text, which is near enough."""
    strength = reading.sense.strength
    start, end = reading.start, reading.end
    if strength >= FIRM and (
        _LEFT_OVER.search(text, max(0, start - 50), start)
        or _STEP.match(text, end)
        or _I_COME.match(text, end)
    ):
        return PLAIN
    if strength in (PLAIN, FIRM) and _OTHERS_SAID.search(text, max(0, start - 16), start):
        return strength - 1
    if _OTHERS_COME.match(text, end):
        return strength - 1
    return strength


def _deadline(reading: _Reading, text: str, places: list[int] | None) -> Deadline:
    start, end = reading.start, reading.end
    if places is not None:
        start, end = places[start], places[end - 1] + 1
    sense = reading.sense
    return Deadline(
        start,
        end,
        text[start:end],
        due=sense.due,
        recur=sense.recur,
        rule=sense.rule,
        reckoned=sense.reckoned,
    )


def _squeezed(text: str) -> tuple[str, list[int] | None]:
    """The text without white space (6 月 30 日) and wide digits, and where each kept character stood."""
    if not _ODD.search(text):
        return text, None
    if len("".join(text.split())) == len(text):
        return text.translate(_WIDE), None
    places = [index for index, char in enumerate(text) if not char.isspace()]
    return "".join(text[index] for index in places).translate(_WIDE), places


def _readings(
    text: str, spoken_on: date, directory: Directory
) -> Iterator[tuple[_Reading, list[int] | None]]:
    squeezed, places = _squeezed(text)
    chosen = _chosen(squeezed)
    if not chosen:
        return
    now = Moment(spoken_on, directory, SchoolCalendar(directory.terms))
    read = [reading for match, rule in chosen if (reading := _read(squeezed, match, rule, now))]
    for reading in _without_withdrawn(squeezed, read):
        yield reading, places


_LAST = frozenset({"event-before", "vague"})  # only where no phrase with a date stands
_TITLE = re.compile(r"《[^》]{0,80}》")


def _chosen(text: str) -> list[tuple[re.Match[str], TimeRule]]:
    """The matches of all rules, the longest where they overlap, in text order; document titles are left out."""
    found = [
        (match, rule)
        for marks, needs, rule in map(_NEEDED.__getitem__, bits(_SIEVE.passing(text)))
        if not marks.isdisjoint(text) and needs(text)
        for match in rule.pattern.finditer(text)
    ]
    if not found:
        return []
    found.sort(key=lambda pair: (pair[1].id in _LAST, pair[0].start() - pair[0].end(), pair[0].start()))
    taken = bytearray(len(text))
    for title in _TITLE.finditer(text):
        taken[title.start() : title.end()] = b"\x01" * len(title[0])
    chosen = []
    for match, rule in found:
        if not any(taken[match.start() : match.end()]):
            taken[match.start() : match.end()] = b"\x01" * len(match[0])
            chosen.append((match, rule))
    return sorted(chosen, key=lambda pair: pair[0].start())


# --- what stands around a period -------------------------------------------------------------------------------

_CLOCK = r"(?:上午|下午|中午|傍晚|凌晨|晚上|早上|晚|早|午)?(?:(?:\d{1,2}|[一二三四五六七八九十两]{1,3})(?:[点时](?:半|整|钟|\d{1,2}分?)?|[:：]\d\d))?"
_OCCASION = r"(?:第一节课|上课|到校|下班|上班|上会|开会|入汛|例会|会议?|散会|开学|召开|放学|放假|结束|收工|班子会|办公会|常委会|调度会|联席会|午饭|天黑)*"
_NOTE = r"(?:[（(][^（）()]{1,8}[）)])?"  # 4月20日（星期一）前
_BEFORE = re.compile(rf"{_NOTE}{_CLOCK}{_OCCASION}(?:开始|来临|到来)?(?:之前|以前|前夕|前(?!后|往|列|来))")
_CLOCK_ONLY = re.compile(r"(?:上午|下午|中午|晚上)")
_AROUND = re.compile(r"前后")
_STARTS = re.compile(
    r"(?:当天|当日|这天)?(?:起(?!草|步|点)|开始|始(?!终)|以来|以后|之后|过后|后(?!勤|续|期|备|进))"
)
_INSIDE = re.compile(r"(?:之内|以内|内(?!部|容|涵|外)|底(?!线|数|层|色)|末|为止|止)")
_DURING = re.compile(r"(?:期间|当天|当日|假期|那天)")
_TOWARDS = re.compile(r"(?:截至|截止到?|直至|直到|到|至|不迟于|不晚于|最迟|最晚|于|在|确保|力争)$")
_REACHING = ("截至", "截止", "截止到", "直至", "直到", "到", "至", "不迟于", "不晚于", "最迟", "最晚")


def _read(text: str, match: re.Match[str], rule: TimeRule, now: Moment) -> _Reading | None:
    meaning = rule.read(match, now)
    if meaning is None:
        return None
    if _IS_CONDITION.match(text, match.end()):
        return None
    if isinstance(meaning, Sense):
        if meaning.due and (meaning.due < now.day or _is_told(text, match)):
            return None
        return _Reading(match.start(), match.end(), meaning)
    return _read_period(text, match.start(), match.end(), meaning, now)


# 6月底前完不成的，一周之内重复检查的，年底突击花钱的: the case something is said of
_IS_CONDITION = re.compile(
    r"(?:之前|以前|前|之?内|以内)?(?:还|仍|仍然|依然|依旧|重复|连续|多次|两次|再次)?(?:两次|三次|完不成|未|没|不(?!少于|得|低于|超过)|仍|还|突击|重复|连续|多次|累计|发生|出现)[^，,。；;：:]{0,24}的[，,]"
)
# 发生欺凌事件的，24小时内上报: counted from the case, whenever it comes
_IN_SUCH_A_CASE = re.compile(
    r"(?:发生|出现|遇到|遇有|突发)[^。；;，,]{0,24}(?:的|后|时)[，,](?:也|都)?(?:要|须|必须|应)?(?:在)?$"
)
# 发现一例，24小时内处置; 办不了的交专班，三个工作日内答复; 对验收合格的项目在10个工作日内: a standing limit
_STANDING = re.compile(
    r"(?:发现一[例处起个件宗]|出现一[例处起个件宗]|接到一[例处起个件宗])[^。；;]{0,24}$"
    r"|(?:办不了|解决不了|处理不了|不能[^，,。；;]{0,8}|合格|符合[^，,。；;]{0,8}|需要[^，,。；;]{0,10}|确需[^，,。；;]{0,10}|受理|申请|投诉|举报|不齐|不全|齐全|[^不]符合)的(?:[，,][^。；;]{0,20}[，,]|[，,]?[^，,。；;]{0,12}[，,]|[一-龥]{0,8})(?:要|须|必须|应)?(?:在)?$"
)
_STANDING_UNIT = re.compile(r"工作日|小时")
_SOON_DONE = re.compile(r"[^，,。；;]{0,5}(?<!为)了")


def _is_told(text: str, match: re.Match[str]) -> bool:
    """Whether a duration belongs to something done (一天之内跑了5个村) or to a standing order."""
    if _IN_SUCH_A_CASE.search(text, max(0, match.start() - 40), match.start()):
        return True
    if _STANDING_UNIT.search(match[0]) and _STANDING.search(text, max(0, match.start() - 40), match.start()):
        return True
    return bool(_SOON_DONE.match(text, match.end())) or _as_required(text, match.start(), match.end())


# 那就4月10号, 就按4月15日倒排; 完成时限为8月15日, 截止时间是…: the date that was settled on
_SETTLED = re.compile(
    r"(?P<so>那就(?:按|定在|定|是|到|放在)?|就(?:按照?|定在|定到|定))$|(?:时限|期限|截止时间|截止日期|截止|完成时间|时间节点)(?:都)?(?:为|是|定在|定为|定到|[:：])$|(?:定死|卡死|锁定|敲定)在$"
)
_LIMIT_AFTER = re.compile(r"为(?:限|期限|界|最后)|(?:的?(?:时间|节点|工期|期限))?倒排")


def _read_period(text: str, start: int, end: int, period: Period, now: Moment) -> _Reading | None:
    """The phrase with what is added to it (前, 内, 起, 到…) and the day that follows."""
    if settled := _SETTLED.search(text, max(0, start - 9), start):
        period = replace(period, strength=DECIDED if settled["so"] else FIRM)
    elif _LIMIT_AFTER.match(text, end):
        period = replace(period, strength=FIRM)
    lead = _TOWARDS.search(text, max(0, start - 4), start)
    reaching = bool(lead and lead[0] in _REACHING)
    if lead and reaching:
        start = lead.start()
    if _IS_CONDITION.match(text, end):
        return None
    if tail := _BEFORE.match(text, end):
        if _OF_THEN.match(text, tail.end()):
            return None
        due = period.first - timedelta(1) if period.event else period.last
        if "开学" in tail[0]:
            due = period.first - timedelta(1)
        return _dated(text, start, tail.end(), due, _at_least_firm(period), now)
    if _is_status(text, start, end, period, lead[0] if lead else "", now.day):
        return None
    if tail := _AROUND.match(text, end):
        return _Reading(start, tail.end(), Sense(rule="大致时间，未推算日期"))
    if tail := _STARTS.match(text, end):
        if period.last < now.day or tail[0] == "以来":
            return None
        return _Reading(start, tail.end(), Sense(rule="起始时间，不是时限"))
    if tail := _INSIDE.match(text, end):
        return _dated(text, start, tail.end(), period.last, _at_least_firm(period), now)
    if tail := _DURING.match(text, end):
        last = period.first if tail[0] in ("当天", "当日", "那天") else period.last
        return _dated(text, start, tail.end(), last, period, now)
    if reaching and _OF_A_THING.match(text, end):
        return None
    return _dated(text, start, end, period.last, _at_least_firm(period) if reaching else period, now)


_OF_THEN = re.compile(r"的(?!时|期|节|最|日|工作|任务|目标|各项|这)")  # 20号之前的体检报告
_OF_A_THING = re.compile(r"的(?!时|最)")  # 租期到2028年底的铺面, 2025至2027年的规划


def _at_least_firm(period: Period) -> Period:
    return period if period.strength >= FIRM else replace(period, strength=FIRM)


_STATUS_NEXT = re.compile(
    r"(?:也|都|就|还|又|都还)?(?:没有?|未|不见|才|只有|仍|还没)[一-龥]{0,4}(?:完|成|到位|动|开工|交|建|办|做|报|验)"
)
_NOT_BY_THEN = re.compile(
    r"[，,](?:仍然?|还|尚)?(?:未|没有?|不)[^，,。；;：:]{1,8}的"
)  # 截至5月15日，未整改的一律停业
_ONCE_SAID = re.compile(r"(?:本来|原来|原定|原先|当初|说好|承诺|答应|讲的?是?)[^，,。；;]{0,12}$")


def _is_status(text: str, start: int, end: int, period: Period, lead: str, spoken_on: date) -> bool:
    """Whether a bare date tells how things stood: 截至10月底，支付进度71%; 5月底没有完."""
    if lead.startswith("截") and (
        period.rolled
        or (
            _at_clause_start(text, start)
            and text[end : end + 1] in "，,"
            and not _NOT_BY_THEN.match(text, end)
        )
    ):
        return True
    if not period.rolled and period.first > spoken_on:
        return False
    return bool(_STATUS_NEXT.match(text, end) or _ONCE_SAID.search(text, max(0, start - 16), start))


def _at_clause_start(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in "，,。；;：:！？!?\n"


def _dated(text: str, start: int, end: int, due: date, period: Period, now: Moment) -> _Reading | None:
    if due < now.day:
        return None
    if period.strength < FIRM and (_long_gone(period, now) or _is_mention(text, start, end, period)):
        return None
    if period.rolled and _SHOULD_HAVE.match(text, end):
        return None
    if (period.yearless or text[start] == "年") and _PROMISED_THEN.search(text, max(0, start - 24), start):
        return None
    if _as_required(text, start, end) or (text[end - 1] in "底末终" and _YEARS_END_WORK.match(text, end)):
        return None
    if (
        _NOT_BEFORE.match(text, end)
        or _FORECAST.search(text, max(0, start - 8), start)
        or _NOT_UNTIL.search(text, max(0, start - 12), start)
        or _SO_FAR.match(text, start)
    ):
        return None
    if _COUNTED_DOWN.match(text, end) or _DONE_THEN.match(text, end):
        return None
    return _Reading(
        start, end, Sense(due=due, rule=period.rule, reckoned=period.reckoned, strength=period.strength)
    )


def _long_gone(period: Period, now: Moment) -> bool:
    """A bare 12月19日 said in January means last month's, not one eleven months away."""
    one_day = period.yearless and period.first == period.last
    return (period.rolled or one_day) and (period.last - now.day).days > 240


# 年底考核的事, 期末测评: the name of what is done then
_YEARS_END_WORK = re.compile(
    r"的?(?:考核|述职|总结|结账|盘点|测评|评先|慰问|绩效|冲刺|决算|对账)(?=[的，,、工方材办时中里]|表(?:格|册)|[一-龥]{0,2}的[事表])"
)
_REQUIRED_BY = re.compile(r"(?:按照?|根据|依据|依照)[^，,。；;]{0,40}$")
_REQUIREMENT = re.compile(r"[^，,。；;]{0,40}?的(?:要求|部署|目标任务|目标|标准|规划)")


def _as_required(text: str, start: int, end: int) -> bool:
    """A date inside 按照…三年内…的要求 belongs to the standing order, not to this task."""
    return bool(_REQUIREMENT.match(text, end) and _REQUIRED_BY.search(text, max(0, start - 45), start))


_NOT_BEFORE = re.compile(r"[，,]?(?:之?后)?才(?:能|会|可以?|到|有|回|来)")  # 配件月底才能到
_FORECAST = re.compile(r"(?:预报|预计|预测|据说|听说|料想)[^，,。；;]{0,4}$")  # 预报月底有一次强降雨
_NOT_UNTIL = re.compile(
    r"(?:不能|不要|不得|不可|不许|别|莫|决不|绝不)(?:允许|许|可|能|再)*(?:拖|等|推|延|挨|晚|放)[一-龥]{0,3}$|(?<!是)(?:不是|而非|并非)$|距离?$|离$"
)
_COUNTED_DOWN = re.compile(r"(?:只有|(?<!前)还有|只?剩|还剩|不足|仅剩|仅有|只剩)")
# 6月底前完成的任务: what the phrase belongs to is the noun, not this task
_DONE_THEN = re.compile(
    r"(?:内|前)?(?:将要?|要|新)?(?:完成|建成|开工|启动|召开|印发|通报|交办|下达|部署|举办|出台|确定|提出|到期|期满|退休|毕业|竣工|投产|换届)的"
)
_SO_FAR = re.compile(r"截[至止]到?[^，。；]{0,12}[，,]?(?:全[县市区校镇省]|我[县市区校]|累计|共|已)")
_NAME_AFTER = re.compile(
    r"的|(?:[一-龥]{0,8}会议?)(?:上)?(?:议定|确定|研究|部署|明确|通过|决定|安排|审定|交办)的|期[末中]考|来|以来|此时|这个时候|那[次天场]|这次|第[一二三四五\d]+批(?:专项|资金|债券)|就是(?!最后|截止|期限)|底?(?:突击|考核|结账|述职|盘点|测评|评先|慰问|总结|冲刺)(?:的|[，,、])|度?(?:工作(?:要点|会议|计划|安排|总结|部署|任务|报告)|预算|高考|中考|考核|招生|奥运|计划|规划|任务|目标|重点|"
    r"政府工作|民生实事|重点工作|普通高|一号文件|版|届|是|年度|教育工作|全[县市区省国](?:教育|经济|工作))|开局|收官|之年|这一年|行动"
)
# 去年答应年底前建成的: the end of that year, not of this one
_SHOULD_HAVE = re.compile(r"(?:就|本来?)(?:该|应该?|应当)")  # 三月底前就该完成的事
_PROMISED_THEN = re.compile(
    r"(?:去年|前年|上年|上一年|上回|当时|早就)[^，,。；;]{0,8}(?:答应|承诺|说好|讲好|许诺|表态|定的)[^，,。；;]{0,6}$"
)
# 春节期间不得安排动火, 暑期一律不准补课: how long a ban lasts
_BANNED = re.compile(
    r"(?:[、和及][^，,。；;]{1,6})?(?:期间|当天|当日|假期|那天)?[，,]?[^，,。；;]{0,8}?(?:不得|严禁|禁止|不准|不许|不允许|严控)"
)
_ONE_OF_MANY = re.compile(r"(?:[、和及][^，,。；;、]{1,6}){0,3}等(?!级|待|候)")  # 元旦等消费旺季
_HOLIDAY_WORK = re.compile(r"(?<=[暑寒][期假])(?:托管|补课|兼职|作业|培训(?:班|机构|一律|[、，,。]))")
# 八月份的职代会上, 下周一例会上: what is to be brought to that meeting
_AT_MEETING = re.compile(
    r"的?[^，,。；;的]{0,12}会议?上(?!已|曾|[^，,。；;]{0,6}(?:过|了)|的|提出的|部署的|强调|指出)"
)
# 今年的覆盖率要达到100%, 今年目标定在90%以上, 全年…的目标不调整, 全年任务必须完成
_YEAR_FIGURE = re.compile(
    r"(?:的)?[^，,。；;已了]{0,16}?(?:要|必须|务必|应|须|确保|力争)[^，,。；;已了]{0,8}?(?:达到|达|控制在|压到|压降到|压减到|减到|降到|提高到|提升到|保持在|稳定在|不低于|不少于|不高于|突破)[^，,。；;]{0,4}[\d一二三四五六七八九十百]"
    r"|(?:的)?[^，,。；;已了]{0,10}目标(?:是|为)?(?:定在|定为|不低于|不少于|控制在|确定为)[^，,。；;]{0,4}\d"
    r"|[^，,。；;]{0,30}(?:目标|任务)(?:任务)?(?:不(?:调整|变|动摇|打折|降)|(?:必须|务必|要|一定)[^，,。；;]{0,12}(?:完成|实现|拿下|兑现))"
)
_YEARS = ("今年", "本年", "全年", "本年度", "今年全年")
_OF_THEM_IS = re.compile(r"(?:[一二三四五六七]|一件|一个|一项|一次|首先|其次|另一[件个项])是$|的$")
_NOT_THAT_BUT = re.compile(r"不是[^，,。；;]{1,10}[，,]而?是$")
_FORECAST_THEN = re.compile(
    r"[^，,。；;]{0,12}(?:有|将|迎来|出现)[^，,。；;]{0,8}(?:雨(?!污|水|棚)|雪|大风|寒潮|降温|高温|台风|洪峰|霜冻)"
)
_MUST_NEXT = re.compile(r"(?:也|都|就|还|全部|一律)*(?:要(?!求)|必须|务必|应当?|须|一定(?!会))")
_PREPARED = re.compile(
    r"(?:(?:筹备|准备|备战|筹办)好?|(?:组织|承办|举办)好)$"
)  # 筹备好5月18日的大会: by then it must be done
_APPOINTED = re.compile(
    r"(?:定在|安排在|放在|改在|选在|时间[为是])$"
)  # an appointment, not the task's own end
_VERB_BEFORE = re.compile(
    r"(?:做好|组织|筹备|参加|迎接|落实|制定|编制|完成|按照|根据|印发|抓好|启动|谋划|申报|总结|部署|推进|实施|开展|把|将|对|(?<!占)比|较|与|和|作为|的|为|召开|执行|安排好|兑现|提前|早于|是|像|如|了解|经过)$"
)
_IF = re.compile(r"(?:如果|若|倘若|要是|假如|一旦)[^，,。；;]*$")
_DIRECTIVE = re.compile(r"要|就把|必须|务必|确保|力争|将|拟|须")
_DONE = re.compile(r"已(?!决定|明确)|曾|(?<!为)了(?![解不起如])")
_DONE_BY_NOW = re.compile(
    r"(?:目前|现在|现|均|都)?已(?:经|全部|基本|全面|完成|落实|建成|投|达|超|有|在|于|顺利|圆满)"
)


def _is_mention(text: str, start: int, end: int, period: Period) -> bool:
    """Whether a bare period only names or tells something: 做好今年高考, 如果一季度还下不来, 3月份已完成."""
    if _PREPARED.search(text, max(0, start - 4), start):
        return False
    if not period.rolled and _AT_MEETING.match(text, end):
        return False
    if text[start:end] in _YEARS and _YEAR_FIGURE.match(text, end):
        return False
    if period.event and (_BANNED.match(text, end) or _ONE_OF_MANY.match(text, end)):
        return True
    if _FORECAST_THEN.match(text, end):
        return True
    if _NAME_AFTER.match(text, end) or _HOLIDAY_WORK.match(text, end):
        return True
    if _VERB_BEFORE.search(text, max(0, start - 4), start) and not _is_told_to(text, start, end):
        return True
    clause_start = max(text.rfind(mark, max(0, start - _NEAR), start) for mark in "，,。；;：:") + 1
    if _IF.search(text, max(clause_start, start - _NEAR), start):
        return True
    clause_end = _first_of("，,。；;", text, end)
    if _DIRECTIVE.search(text, max(clause_start, start - _NEAR), clause_end):
        return False
    return bool(
        _DONE.search(text, end, clause_end) or _DONE_BY_NOW.search(text, end, _first_of("。；;", text, end))
    )


def _is_told_to(text: str, start: int, end: int) -> bool:
    """能改的今年都要改完, 一件是11月份选送: the word before is no verb of which the date is the object."""
    found = _OF_THEM_IS.search(text, max(0, start - 4), start)
    if found:
        return found[0] != "的" or bool(_MUST_NEXT.match(text, end))
    return bool(_NOT_THAT_BUT.search(text, max(0, start - 20), start))


_NEAR = 120  # as far as a clause may reach: keeps a text without any punctuation linear


def _first_of(marks: str, text: str, start: int) -> int:
    limit = min(len(text), start + _NEAR)
    return min((at for mark in marks if (at := text.find(mark, start, limit)) >= 0), default=limit)


# --- dates taken back ------------------------------------------------------------------------------------------

_CORRECTED = re.compile(
    r"^[^，。、；！…—]{0,8}[，。、！？,…—]+(?:[啊嗯哦噢呃哎][，、,]?)?(?:不(?:[，。、！,]|对)|错了|说错了|更正|纠正|改|还是|算了|应该是|应当是|干脆|而?是)[^。；]{0,8}$"
    r"|(?:提前|调整|改|推迟|延迟|延期|延长|顺延|放宽)(?:至|到|为|成|在)?$"
)
_FORMERLY = re.compile(r"(?:原定|原计划|原来|本来|原先|不是)[^，。；]{0,6}$")


# 周五以前——不对，周五就是14号，来不及，明天天黑以前; but not 来不及的，6月底前
_TOO_LATE = re.compile(
    r"(?:来不及|赶不[及上]|太晚|太迟|等不[起了及]|不对|不现实|肯定不行|我看不行|拖不起)(?!的)"
)


def _without_withdrawn(text: str, readings: list[_Reading]) -> list[_Reading]:
    """Drop a date put right in the same breath: 下周五，不，下周三前; 原定6月底，提前到5月底."""
    kept: list[_Reading] = []
    following: _Reading | None = None
    withdrawn: _Reading | None = None
    for reading in reversed(_apart(readings)):
        if reading.sense.due:
            if following and (
                _is_withdrawn(text, reading, following) or _is_said_again(reading, following, withdrawn)
            ):
                withdrawn = reading
            else:
                kept.append(reading)
            following = reading
        else:
            kept.append(reading)
    return kept[::-1]


def _is_said_again(reading: _Reading, following: _Reading, withdrawn: _Reading | None) -> bool:
    """这个月底——月底可能来不及: both are taken back."""
    return (
        following is withdrawn
        and reading.sense.due == following.sense.due
        and following.start - reading.end <= 12
    )


def _apart(readings: list[_Reading]) -> list[_Reading]:
    """Drop what a longer phrase has taken in: the 下班前 of 4月20日（周一）下班前."""
    apart: list[_Reading] = []
    for reading in readings:
        if not apart or reading.start >= apart[-1].end:
            apart.append(reading)
    return apart


def _is_withdrawn(text: str, reading: _Reading, following: _Reading) -> bool:
    gap = text[reading.end : following.start]
    if len(gap) <= 20 and _CORRECTED.search(gap):
        return True
    if len(gap) <= 40 and "。" not in gap and _TOO_LATE.search(gap):
        return True
    return bool(
        len(gap) <= 30
        and "。" not in gap
        and _FORMERLY.search(text, max(0, reading.start - 10), reading.start)
    )


__all__ = ["HORIZON", "PLAIN", "best_deadline", "find_deadlines"]
