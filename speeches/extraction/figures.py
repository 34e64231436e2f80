"""Numeric targets of a task (7个项目, 3%以内, 不少于2次) and the names a counted group is spelt out into.

Days, years, durations, ordinals and document numbers are no targets; neither is what a figure is compared with.
"""

import re
from operator import itemgetter

from speeches.extraction.heads import first_chars
from speeches.extraction.lexicon import ADVERB, VERB_HARD, VERB_MID
from speeches.extraction.model import Figure
from speeches.extraction.numerals import read_number
from speeches.extraction.unit_words import words_of

_CHINESE = "一二两三四五六七八九十百千"
_NUMBER = rf"(?:(?<!\d)\d{{1,12}}(?:,\d{{3}}){{0,4}}(?:\.\d{{1,6}})?|(?<![第{_CHINESE}几多])[{_CHINESE}]{{1,6}}(?:点[{_CHINESE}]+)?)"
_SCALE = r"(?:万亿|千万|百万|亿|万|千|百)?"
_COUNTED = (
    r"个百分点|个(?!月|小时|季度|学期|学年|工作日|星期|礼拜|五年|方面|问题|重点|环节|层面|民族|意识|自信|维护|人)|公顷|平方公里|平方米|立方米|公里|千米|千瓦时|千瓦|公斤|人次|场次|课时|学时|分钟内|小时内(?=到|出|赶|响|处|报)|"
    r"床位|学位|[%％‰]|[元人名所家座处条项套台辆张间栋幢户亩米吨斤头只次场门节篇份件支口株校村棚盏面块枚吨]|千克"
)
# 1000万以上, 6000万农村人口, 达到90以上: the unit is left out or follows as a noun
_UNSAID = (
    r"(?<=[万亿])(?=以上|以内|左右|[一-龥]{0,2}(?:人口|纳税人|农民|群众|学生))|(?<=\d)(?=以上|以内|以下)"
)
_TIMELY = re.compile(
    r"(?:次性|家人|条龙|条心|场硬仗|盘棋|面旗|块牌|张网|张图|本账|把手|条主线|项重|次会议|件大事|期工程|期项目|批次|级|流|方)"
)
_RANGE = rf"(?:[%％]?[—–－~～-]|至|到){_NUMBER}{_SCALE}"
_AFTER_NUMBER = (
    rf"{_SCALE}(?:余|多)?(?:{_RANGE})?(?P<unit>{_COUNTED}|{_UNSAID})"
    r"(?:项目|学位|试点|站点|示范点|督查组)?(?P<limit>及?以上|以内|之内|以下|左右)?"
)
# A number as `_NUMBER` has it, in a form that saves time: the search leaps from digit to digit (a class without \d is
# quicker, and few texts hold letters of a later plane), and goes on only where the number is followed by what may
# follow one. 以 stands behind a number without a unit.
_DIGITS = "".join(filter(str.isdecimal, map(chr, range(0x10000)))) + "\U00010000-\U0010ffff"
_FOLLOWS = re.escape("".join(sorted(first_chars(re.compile(_AFTER_NUMBER), may_be_empty=True) | {"以"})))
_FIGURE = re.compile(
    rf"(?P<number>[{_DIGITS}{_CHINESE}](?:(?<=\d)(?<!\d\d)(?>\d{{0,11}}(?:,\d{{3}}){{0,4}}(?:\.\d{{1,6}})?)(?=[{_FOLLOWS}])"
    rf"|(?<=[{_CHINESE}])(?<![第{_CHINESE}几多].)(?=[{_CHINESE}]*[点{_FOLLOWS}])[{_CHINESE}]{{0,5}}(?:点[{_CHINESE}]+)?))"
    rf"{_AFTER_NUMBER}"
)
_THANS = frozenset(
    words_of(
        "不少于 不得少于 不低于 不得低于 不小于 至少 最少 最低 超过 不超过 不得超过 不高于 不得高于 不多于 高于 低于 少于 大于 小于 约 近 达到 达 突破 控制在 "
        "降至 降到 降低到 压缩到 提高到 提升到 增加到 扩大到 稳定在 保持在"
    )
)
_THAN_ENDS = frozenset(than[-1] for than in _THANS)
_LONGEST_THAN = max(map(len, _THANS))
_SHARE = re.compile(
    rf"(?:一半|过半|[{_CHINESE}]{{1,2}}分之[{_CHINESE}]{{1,3}}|[一二三四五六七八九]成)(?:以上|以内|以下|左右)?"
)
_ABSOLUTE = re.compile(r"全覆盖|动态清零|零(?:事故|辍学|死亡|火情|投诉|新增|缺位|差错)|无辍学|翻[一两]番")
# A share or an absolute holds one of these.
_MAY_SHARE = re.compile("半(?<=[一过]半)|分之|成(?<=[一二三四五六七八九]成)|全覆盖|清零|零|辍学|翻")
_AT_LEAST = re.compile(
    r"不少于|不得少于|不低于|不得低于|不小于|至少|最少|最低|^超过|突破|达到|^达|高于(?<!不高于)(?<!得高于)|大于|提高到|提升到|增加到|扩大到|以上"
)
_AT_MOST = re.compile(
    r"不超过|不得超过|不高于|不得高于|不多于|^低于|^少于|^小于|控制在|降至|降到|降低到|压缩到|以内|之内|以下"
)
_SHOWN = re.compile(r"^(?:不|至少|最少|最低|超过|高于|低于|少于|大于|小于|约|近)")
_POINT = re.compile(r"[.．]\d")
_LONE_ONE = re.compile(r"[所座处栋]")
_SKIPPED = re.compile(r"《[^》]{0,80}》|〔\d{4}〕\d+号|“[^”]{1,8}”")
_COMPARED = re.compile(r"(?:比(?!例|重|率|赛|较)[^，,。；;]{1,8}|现行|原来?|目前|累计)$")
_FROM = re.compile(r"[由从][^，,。；;]{0,8}$")
_BEFORE_CHANGE = re.compile(r"(?:的[一-龥]{1,4})?(?:提高|提升|增加|降低|下降|降|减少|扩大|压缩)(?:到|至|为)")


def find_figures(text: str) -> tuple[Figure, ...]:
    """The numeric targets of `text`, verbatim, in order, each with its direction (">=", "<=", "=")."""
    found = _counted(text)
    if _MAY_SHARE.search(text):
        found += [
            (match.start(), Figure(match[0], _direction(match[0])))
            for pattern in (_SHARE, _ABSOLUTE)
            for match in pattern.finditer(text)
        ]
    if not found:
        return ()
    skipped = [match.span() for match in _SKIPPED.finditer(text)]
    found.sort(key=itemgetter(0))
    return tuple([figure for at, figure in found if not (skipped and _is_inside(at, skipped))])


def _counted(text: str) -> list[tuple[int, Figure]]:
    """The figures with a number and a unit, and where they begin."""
    found: list[tuple[int, Figure]] = []
    last = 0
    for match in _FIGURE.finditer(text):
        than = _than(text, last, match.start())
        last = match.end()
        start = match.start() - len(than)
        if _is_target(text, start, match, than):
            found.append((start, _figure(match, than)))
    return found


def _than(text: str, last: int, start: int) -> str:
    """The 不少于, 达到, 约 … right before a number, when it stands behind the figure that ends at `last`."""
    if start > last and text[start - 1] in _THAN_ENDS:
        for at in range(max(last, start - _LONGEST_THAN), start):
            if text[at:start] in _THANS:
                return text[at:start]
    return ""


def _is_inside(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _is_target(text: str, start: int, match: re.Match[str], than: str) -> bool:
    """Whether the number sets something to reach: not a lone 一个, not the old value, not the basis of comparison."""
    number, unit = match["number"], match["unit"]
    if number == "一" and not than and not match["limit"] and not _LONE_ONE.match(unit):
        return False
    if _TIMELY.match(text, match.start("unit")) or number in ("百", "千", "十", "百千", "千百"):
        return False
    if _POINT.match(text, match.end("number")):
        return False
    before = text[max(0, start - 12) : start]
    if _COMPARED.search(before):
        return False
    return not (_FROM.search(before) and _BEFORE_CHANGE.match(text, match.end()))


def _figure(match: re.Match[str], than: str) -> Figure:
    if not than and not match["limit"]:
        return Figure(match[0], "=")
    said = than + match[0]
    return Figure(said if _SHOWN.match(than) else match[0], _direction(said))


def _direction(text: str) -> str:
    if text.endswith("左右"):
        return "="
    if _AT_MOST.search(text):
        return "<="
    return ">=" if _AT_LEAST.search(text) else "="


# --- named sub-items -------------------------------------------------------------------------------------------

_MEASURES = "个所家座处条项名类种支批门栋"
# A counted group, the first thing all three kinds of lists have; a series of counted things has two of them.
_GROUP = re.compile(rf"[大{_MEASURES}](?<=[\d{_CHINESE}].)")
_SPELT_OUT = re.compile(
    rf"(?P<n>[\d{_CHINESE}](?:(?<=\d)\d?|(?<=[{_CHINESE}])[{_CHINESE}]{{0,2}}))[大{_MEASURES}][^，,。；;：:、\d]{{0,14}}?[，,]?"
    rf"(?:(?P<lead>(?:分别|主要)?(?:是|为|包括|包含|有)|即|分别)[：:]?|[：:])(?P<list>[^。；;：:\n]{{3,300}})"
)
_COUNT = re.compile(rf"(?P<n>[\d{_CHINESE}](?:(?<=\d)\d?|(?<=[{_CHINESE}])[{_CHINESE}]?))[个所家座处条项]")
_CLAUSE_END = re.compile(r"[，,。；;：:\n]")
_MEMBER = re.compile(rf"(?:\d{{1,4}}|[{_CHINESE}]{{1,3}})[个所家座处条栋][一-龥“”（）]{{2,18}}$")
_VERBS = sorted((verb for verb in (*VERB_HARD, *VERB_MID) if len(verb) > 1), key=len, reverse=True)
_LEADS_IN = rf"(?:要|对|在|把|将|由|会同|和|及|以|按照?|抓住|盯[住紧]|围绕|聚焦|{'|'.join(_VERBS)}){{1,4}}"
# 文旅局抓住清明、五一两个小长假: who does it is no member of the list
_DOER = r"[\u4e00-\u9fff]{1,12}?(?:局|委|办|部|厅|科|股|处|站|所|院|校|园|中心|镇|乡|村|街道|公司|单位|部门)"
_HEAD = re.compile(rf"^(?:{_DOER}(?={_LEADS_IN}))?{_LEADS_IN}")
_EXPLICIT = ("分别", "包括", "包含", "即")


def find_items(text: str) -> tuple[str, ...]:
    """The names a counted group is spelt out into (7个项目 -> 7 names), or () when none is.

    A list is taken when its names are as many as the text says, or when the text announces it (分别是, 包括).
    """
    if not _GROUP.search(text):
        return ()
    comma = text.find("、")
    if comma >= 0 and (items := _spelt_out(text) or _listed_before(text, comma)):
        return items
    return _series(text)


def _spelt_out(text: str) -> tuple[str, ...]:
    """7个项目，分别是：A、B、…"""
    for match in _SPELT_OUT.finditer(text):
        if "、" not in match["list"]:
            continue
        lead = match["lead"] or ""
        announced = any(word in lead for word in _EXPLICIT)
        items = _split_items(match["list"])
        count = read_number(match["n"])
        if len(items) >= 2 and (len(items) == count or announced):
            return items
    return ()


def _listed_before(text: str, comma: int) -> tuple[str, ...]:
    """A、B、C三个村; A、B等5个园区; `comma` is the first 、 of the text."""
    for match in _COUNT.finditer(text, comma):
        more = text[match.start() - 1] == "等"
        end = match.start() - more
        before = _CLAUSE_END.split(text[max(0, end - 160) : end])[-1]
        if "、" not in before:
            continue
        items = _split_items(_HEAD.sub("", before))
        count = read_number(match["n"]) or 0
        if len(items) >= 2 and (len(items) == count or (more and len(items) < count)):
            return items
    return ()


def _series(text: str) -> tuple[str, ...]:
    """10个县级中心、60个乡镇中心、120个村级站点"""
    run: list[str] = []
    if len(_GROUP.findall(text)) < 2:
        return ()
    for part in re.split(r"[、，,。；;\n]", text):
        member = _MEMBER.search(part)
        if member and (not run or member.start() == 0):
            run.append(member[0])
        elif len(run) >= 2:
            break
        else:
            run = [member[0]] if member else []
    return tuple(run) if len(run) >= 2 else ()


_BRACKETED = re.compile(r"[（(][^（）()]{0,40}[）)]")
_ADVERBS = frozenset(ADVERB)
_LAST_TWO = re.compile(r"(.{2,20}?)(?:以及|和|及)(.{2,20})")


def _split_items(text: str) -> tuple[str, ...]:
    """The members of a list at 、 (and a last 和), brackets not cut into; () when one is too long to be a name."""
    closed = _BRACKETED.sub(lambda match: match[0].replace("、", "\x00"), text)
    parts = closed.strip("，, ").split("、")
    if len(parts) > 1 and (last := _LAST_TWO.fullmatch(parts[-1])):
        parts[-1:] = [last[1], last[2]]
    items = tuple([part.replace("\x00", "、").removesuffix("等").strip("，,。 ") for part in parts])
    return items if all(map(_is_name, items)) else ()


def _is_name(item: str) -> bool:
    """Whether a member can be a named thing: short, in one clause, not opening with an adverb (切实保证…)."""
    return 1 < len(item) <= 30 and "，" not in item and "," not in item and item[:2] not in _ADVERBS
