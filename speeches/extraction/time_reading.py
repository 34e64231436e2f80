"""What stands around a time phrase: 前 and 内 make it firm, 起 and 后 make it a start; a condition (如果一季度还下不来), a
finished action or a name (今年工作要点) makes it no deadline at all. Internal to deadlines.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

from speeches.extraction.time_around import CLAUSE_MARKS, NOTHING, by_first_char, by_last_char, in_clause
from speeches.extraction.time_model import DECIDED, FIRM, Moment, Period, Sense, TimeRule


class Reading(NamedTuple):
    """One phrase with its span in the squeezed text and its meaning."""

    start: int
    end: int
    sense: Sense


_CLOCK = r"(?:上午|下午|中午|傍晚|凌晨|晚上|早上|晚|早|午)?(?:(?:\d{1,2}|[一二三四五六七八九十两]{1,3})(?:[点时](?:半|整|钟|\d{1,2}分?)?|[:：]\d\d))?"
_OCCASION = r"(?:第一节课|上课|到校|下班|上班|上会|开会|入汛|例会|会议?|散会|开学|召开|放学|放假|结束|收工|班子会|办公会|常委会|调度会|联席会|午饭|天黑)*"
_NOTE = r"(?:[（(][^（）()]{1,8}[）)])?"  # 4月20日（星期一）前
_BEFORE = re.compile(rf"{_NOTE}{_CLOCK}{_OCCASION}(?:开始|来临|到来)?(?:之前|以前|前夕|前(?!后|往|列|来))")
_STARTS = re.compile(
    r"(?:当天|当日|这天)?(?:起(?!草|步|点)|开始|始(?!终)|以来|以后|之后|过后|后(?!勤|续|期|备|进))"
)
_INSIDE = re.compile(r"(?:之内|以内|内(?!部|容|涵|外)|底(?!线|数|层|色)|末|为止|止)")
_DURING = re.compile(r"(?:期间|当天|当日|假期|那天)")
_TOWARDS = re.compile(r"(?:截至|截止到?|直至|直到|到|至|不迟于|不晚于|最迟|最晚|于|在|确保|力争)$")
_REACHING = ("截至", "截止", "截止到", "直至", "直到", "到", "至", "不迟于", "不晚于", "最迟", "最晚")


def read_phrase(text: str, match: re.Match[str], rule: TimeRule, now: Moment) -> Reading | None:
    """What a match of a rule means where it stands in `text`; None when it fixes nothing that is still to come."""
    meaning = rule.read(match, now)
    if meaning is None:
        return None
    start, end = match.span()
    after = _AFTER.get(text[end : end + 1], NOTHING)
    if "condition" in after and _IS_CONDITION.match(text, end):
        return None
    if "see" in after and text.endswith(("我", "我们"), 0, start) and _COMES_TO_SEE.match(text, end):
        return None
    if isinstance(meaning, Sense):
        if meaning.due and (meaning.due < now.day or _is_told(text, match)):
            return None
        return Reading(start, end, meaning)
    return _read_period(text, start, end, meaning, now)


# 6月底前完不成的，一周之内重复检查的，年底突击花钱的: the case something is said of
_IS_CONDITION = re.compile(
    r"(?:之前|以前|前|之?内|以内)?(?:还|仍|仍然|依然|依旧|重复|连续|多次|两次|再次)?(?:两次|三次|完不成|未|没|不(?!少于|得|低于|超过)|仍|还|突击|重复|连续|多次|累计|发生|出现)[^，,。；;：:]{0,24}的[，,]"
)
# 我七月份再来看: when the speaker looks, not when the work is done
_COMES_TO_SEE = re.compile(
    r"(?:就|还|要|会|再|亲自|带队)*[来去](?:看|查|检查|验收|听|问)(?:[，,。；;]|[一\u4e00-\u9fff]?看|一下|$)"
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
# 办理时限压缩到3个工作日内, 时长控制在一周以内: how long a thing may take, whenever it is done
_SHORTENED = re.compile(r"(?:缩短|压缩|压减|缩减|减少|降|控制|限制|延长|不得?超过|不多于)(?:到|至|在|为)?$")
_STANDING_UNIT = re.compile(r"工作日|小时")
_SOON_DONE = re.compile(r"[^，,。；;]{0,5}(?<!为)了")


def _is_told(text: str, match: re.Match[str]) -> bool:
    """Whether a duration belongs to something done (一天之内跑了5个村) or to a standing order."""
    if _SHORTENED.search(text, max(0, match.start() - 5), match.start() + (match[0][0] in "到至在为")):
        return True
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


def _read_period(text: str, start: int, end: int, period: Period, now: Moment) -> Reading | None:
    """The phrase with what is added to it (前, 内, 起, 到…) and the day that follows."""
    before = _BEFORE_IT.get(text[start - 1 : start], NOTHING)
    after = _AFTER.get(text[end : end + 1], NOTHING)
    if "settled" in before and (settled := _SETTLED.search(text, max(0, start - 9), start)):
        period = period._replace(strength=DECIDED if settled["so"] else FIRM)
    elif "limit" in after and _LIMIT_AFTER.match(text, end):
        period = period._replace(strength=FIRM)
    lead = _TOWARDS.search(text, max(0, start - 4), start) if "towards" in before else None
    reaching = bool(lead and lead[0] in _REACHING)
    if lead and reaching:
        start = lead.start()
    if (period.last - now.day).days > _NEARLY_A_YEAR and _STILL_OPEN.search(text, end, end + 60):
        return None
    if "before" in after and (tail := _BEFORE.match(text, end)):
        if _OF_THEN.match(text, tail.end()):
            return None
        due = period.first - timedelta(1) if period.event else period.last
        if "开学" in tail[0]:
            due = period.first - timedelta(1)
        return _dated(text, start, tail.end(), due, _at_least_firm(period), now)
    if _is_status(text, start, end, period, lead[0] if lead else "", now.day):
        return None
    if text.startswith("前后", end):
        return Reading(start, end + 2, Sense(rule="大致时间，未推算日期"))
    if "starts" in after and (tail := _STARTS.match(text, end)):
        if period.last < now.day or tail[0] == "以来":
            return None
        return Reading(start, tail.end(), Sense(rule="起始时间，不是时限"))
    if "inside" in after and (tail := _INSIDE.match(text, end)):
        return _dated(text, start, tail.end(), period.last, _at_least_firm(period), now)
    if "during" in after and (tail := _DURING.match(text, end)):
        last = period.first if tail[0] in ("当天", "当日", "那天") else period.last
        return _dated(text, start, tail.end(), last, period, now)
    if reaching and _OF_A_THING.match(text, end):
        return None
    return _dated(text, start, end, period.last, _at_least_firm(period) if reaching else period, now)


# 台账10月底前报齐，目前还差3所: said in November it is last month that is meant, and its day is gone
_NEARLY_A_YEAR = 270
_STILL_OPEN = re.compile(
    r"(?:目前|现在|至今|到今天|到现在|截至)[^。；;]{0,10}(?:还|仍|尚|没|未|只)|还(?:差|剩|欠|缺)|仍(?:有|未)|尚(?:有|未)"
)
_OF_THEN = re.compile(r"的(?!时|期|节|最|日|工作|任务|目标|各项|这)")  # 20号之前的体检报告
_OF_A_THING = re.compile(r"的(?!时|最)")  # 租期到2028年底的铺面, 2025至2027年的规划


def _at_least_firm(period: Period) -> Period:
    return period if period.strength >= FIRM else period._replace(strength=FIRM)


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
    return bool(
        ("status" in _AFTER.get(text[end : end + 1], NOTHING) and _STATUS_NEXT.match(text, end))
        or (in_clause(text, start) and _ONCE_SAID.search(text, max(0, start - 16), start))
    )


def _at_clause_start(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in "，,。；;：:！？!?\n"


def _dated(text: str, start: int, end: int, due: date, period: Period, now: Moment) -> Reading | None:
    if due < now.day:
        return None
    if period.strength < FIRM and (_long_gone(period, now) or _is_mention(text, start, end, period)):
        return None
    if period.rolled and _SHOULD_HAVE.match(text, end):
        return None
    if in_clause(text, start) and _is_told_before(text, start, period):
        return None
    if _as_required(text, start, end) or (text[end - 1] in "底末终" and _YEARS_END_WORK.match(text, end)):
        return None
    if text[start] == "截" and _SO_FAR.match(text, start):
        return None
    if _is_told_behind(text, end):
        return None
    return Reading(
        start, end, Sense(due=due, rule=period.rule, reckoned=period.reckoned, strength=period.strength)
    )


def _is_told_before(text: str, start: int, period: Period) -> bool:
    """Whether the words before a date of the same clause promised, foretold or forbade it."""
    return bool(
        ((period.yearless or text[start] == "年") and _PROMISED_THEN.search(text, max(0, start - 24), start))
        or _FORECAST.search(text, max(0, start - 8), start)
        or _NOT_UNTIL.search(text, max(0, start - 12), start)
    )


def _is_told_behind(text: str, end: int) -> bool:
    """Whether what follows the date tells of it: it comes only then, so many days are left, 完成的 what."""
    after = _AFTER.get(text[end : end + 1], NOTHING)
    return bool(
        ("not_before" in after and _NOT_BEFORE.match(text, end))
        or ("counted_down" in after and _COUNTED_DOWN.match(text, end))
        or ("done_then" in after and _DONE_THEN.match(text, end))
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
    return bool(
        in_clause(text, start)
        and _REQUIRED_BY.search(text, max(0, start - 45), start)
        and _REQUIREMENT.match(text, end)
    )


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
    before = _BEFORE_IT.get(text[start - 1 : start], NOTHING)
    after = _AFTER.get(text[end : end + 1], NOTHING)
    if "prepared" in before and _PREPARED.search(text, max(0, start - 4), start):
        return False
    if not period.rolled and "会" in text[end : end + 14] and _AT_MEETING.match(text, end):
        return False
    if text[start:end] in _YEARS and _YEAR_FIGURE.match(text, end):
        return False
    if period.event and (_BANNED.match(text, end) or _ONE_OF_MANY.match(text, end)):
        return True
    if _FORECAST_THEN.match(text, end):
        return True
    if _NAME_AFTER.match(text, end) or ("holiday_work" in after and _HOLIDAY_WORK.match(text, end)):
        return True
    if (
        "verb" in before
        and _VERB_BEFORE.search(text, max(0, start - 4), start)
        and not _is_told_to(text, start, end)
    ):
        return True
    opens = _clause_start(text, start)
    if opens < start and _IF.search(text, opens, start):
        return True
    clause_end = _first_of(_CLAUSE_END, text, end)
    if _DIRECTIVE.search(text, opens, clause_end):
        return False
    return bool(
        _DONE.search(text, end, clause_end)
        or _DONE_BY_NOW.search(text, end, _first_of(_SENTENCE_END, text, end))
    )


def _is_told_to(text: str, start: int, end: int) -> bool:
    """能改的今年都要改完, 一件是11月份选送: the word before is no verb of which the date is the object."""
    found = _OF_THEM_IS.search(text, max(0, start - 4), start)
    if found:
        return found[0] != "的" or bool(_MUST_NEXT.match(text, end))
    return bool(_NOT_THAT_BUT.search(text, max(0, start - 20), start))


_NEAR = 120  # as far as a clause may reach: keeps a text without any punctuation linear


_UP_TO_A_MARK = re.compile(rf".*[{CLAUSE_MARKS}：:]")
_CLAUSE_END, _SENTENCE_END = re.compile(f"[{CLAUSE_MARKS}]"), re.compile("[。；;]")


def _clause_start(text: str, start: int) -> int:
    lowest = max(0, start - _NEAR)
    mark = _UP_TO_A_MARK.match(text, lowest, start)
    return mark.end() if mark else lowest


def _first_of(marks: re.Pattern[str], text: str, start: int) -> int:
    limit = min(len(text), start + _NEAR)
    mark = marks.search(text, start, limit)
    return mark.start() if mark else limit


# A look at the character behind and before a date tells which of the patterns above are worth asking.
_AFTER = by_first_char(
    condition=_IS_CONDITION,
    see=_COMES_TO_SEE,
    limit=_LIMIT_AFTER,
    before=_BEFORE,
    starts=_STARTS,
    inside=_INSIDE,
    during=_DURING,
    status=_STATUS_NEXT,
    not_before=_NOT_BEFORE,
    counted_down=_COUNTED_DOWN,
    done_then=_DONE_THEN,
    holiday_work=_HOLIDAY_WORK,
)
_BEFORE_IT = by_last_char(settled=_SETTLED, towards=_TOWARDS, prepared=_PREPARED, verb=_VERB_BEFORE)
