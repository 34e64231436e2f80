"""The role of each stretch of a speech: review, problem, situation, plan, closing … A task rarely stands in a review.

The zone comes from the heading, then from words that open a paragraph, then from switches inside it (在看到成绩的同时,
下一步). Headings are read from the inside out: the nearest one that says something decides.
"""

import re
from bisect import bisect_left
from enum import StrEnum

from speeches.extraction.heads import first_chars, hurried
from speeches.extraction.prefilter import Sieve, spots
from speeches.extraction.segment import Segment
from speeches.extraction.tree import Place, is_salutation

LONGEST_LOOK = 400


class Zone(StrEnum):
    """What a stretch of the speech is for."""

    INTRO = "intro"
    REVIEW = "review"
    PROBLEM = "problem"
    SITUATION = "situation"
    PLAN = "plan"
    OUTLOOK = "outlook"
    CLOSING = "closing"


_NEXT = r"下一步|下一阶段|下阶段|接下来|今后|明年|新的一年|新学年|新学期|下半年|打算|工作安排|工作部署|任务|分析检查阶段|动员"
_HEADINGS: tuple[tuple[Zone, re.Pattern[str]], ...] = (
    (
        Zone.REVIEW,
        re.compile(
            r"回顾|小结|发扬成绩|(?:肯定|确定|看到)(?:成绩|成果|成就|进步)|(?:扛|熬|挺|走|顶|闯|干|办|拿|做)[\u4e00-\u9fff]{0,2}了$|取得.{0,12}(?:成效|成绩|进展|成功|突破)|主要(?:成绩|成效|做法)|工作特色|(?:阶段|工作|活动)(?:总结|进展|开展情况)|进展情况|基本情况|"
            r"总结(?:成绩|经验|过去)|过去[的]?[一五]年|成绩(?:来之不易|单)|(?:看待|盘点|晒|看|讲|谈)成绩|(?:看待|回头看|总结|盘点)[^，,。]{0,10}工作|(?:上学[年期]|去年|上半年|前[一二三]个?(?:季度|阶段)|[一二三]季度|前段|前期)的?(?:主要)?工作(?!安排|部署|要)|"
            r"工作亮点|双成功|[\u4e00-\u9fff]{2}(?<!研究)(?<!听取)(?<!审议)(?<!讨论)(?<!传达)了[\u4e00-\u9fff]|主要工作(?:情况|成效)|看到去年"
        ),
    ),
    (
        Zone.PROBLEM,
        re.compile(
            r"(?:存在|面临|正视|查找|查摆|直面|找准).{0,10}(?:问题|不足|困难|差距|短板|挑战)|(?:摆|找|查|看|讲)(?:问题|差距|不足)|问题(?:与|和)不足|主要问题|新挑战$"
        ),
    ),
    (
        Zone.SITUATION,
        re.compile(
            r"(?:认清|看清|认识|分析|研判|看|把|讲).{0,6}形势|形势(?:怎么看|讲透|分析)|(?:提高|统一|深化).{0,6}认识|重要意义|重大意义|必要性|重要性|充分认识|深刻认识|紧迫感|使命感|责任感|机遇|提高.{0,4}站位|精准分析|科学定位|启示|体会|感悟|值得(?:记住|总结|思考|深思|珍惜)"
        ),
    ),
    (Zone.OUTLOOK, re.compile(r"发展目标|主要目标任务|远景|指导思想|总体要求|总体思路|基本原则|政策取向")),
    (
        Zone.PLAN,
        re.compile(
            r"任务|安排|部署|举措|措施|重点|打算|抓好|做好|加强|强化|推进|推动|深化|加快|完善|健全|落实|提升|建设|确保|实施|坚持|构建|促进|优化|突出|严格|扎实|创新|改革|保障|扩大|培育|统筹|支持"
        ),
    ),
)
_NAMED = Sieve(pattern.pattern for _, pattern in _HEADINGS)
_TO_REVIEW = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]+[）)、]\s*)?(?:过去的?[一五几两三][年]|过去一年|一年来|五年来|几年来|去年以来|去年[,，]|(?:今年|入汛|入夏|入冬|开学|节后|[一二三四五六七八九十\d]+月份?)以来|近年来|近几年|总的[来]?看|刚刚过去的|回顾|20\d\d年[,，](?:我们|全[省市县区镇校]|在)|“十[二三四]五”时期|上半年[,，]|前[一二三]个?季度|前[一二三四五六七八九十\d]+个月|[一二三四]季度[,，]|上(?:个)?学[年期][,，]|[两二三四五六七八九十]年来|[1一]-?[至到]?\d+月份?[,，]|先[讲说](?:去年|成绩|好的|数据|一下去年))"
)
_TO_PROBLEM = re.compile(
    r"(?:看到|肯定|取得|总结|确定)(?:成绩|成就|成果|进步)[^。]{0,8}(?:同时|的同时)|(?:也|还)?(?:要|应当?|必须)?(?:清醒|充分)地?(?:看到|认识到)[^。]{0,30}(?:问题|困难|不足|差距|短板|挑战)|"
    r"(?:仍|还|也)?(?:存在|面临|面对)[^。，,]{0,12}(?:问题|困难|不足|差距|短板|挑战)(?:和[^。，,]{0,6})?[。:：]|短板还不少|^问题(?:和不足)?[:：。]|^(?:但是?|不过|可是)?[,，]?(?:成绩[^，,。]{1,6}[,，])?(?:问题|差距|不足|短板)(?:也|同样|还)(?:要|得|应|该)?(?:摆|讲|看|说|提|找)|^(?:但|不过)[^。]{0,6}(?:也|还)要清醒。"
)
_troubles, _turns_to_problem = spots(_TO_PROBLEM), hurried(_TO_PROBLEM).search
_TO_PLAN = re.compile(
    rf"^(?:{_NEXT})|^今年[,，]?(?:我们)?(?:要|将|是)|为此|对于这些问题|针对(?:这些|上述|以上)(?:问题|情况)|对此[,，]|^面对[^。]{{2,20}}要|^(?:下面|现在)[,，].{{0,30}}(?:意见|要求|任务)|(?:提|讲)[几一二三四五六七八九十]+[个点条项](?:方面)?(?:的)?(?:意见|要求)"
)
_plans, _turns_to_plan = spots(_TO_PLAN), hurried(_TO_PLAN).search
_TO_CLOSING = re.compile(
    r"^(?:同志们|各位代表|老师们|朋友们|各位同仁|总之|最后[,，](?:让|希望|祝|预祝)|让我们)[,，：:！]?"
)
_REVIEW_FIRST, _CLOSING_FIRST = first_chars(_TO_REVIEW), first_chars(_TO_CLOSING)
_YET_TO_DO = re.compile("要|必须|将")
_HELD = (Zone.REVIEW, Zone.PROBLEM)  # as long as their heading does
_MAY_TELL_A_STATE = (Zone.PLAN, Zone.INTRO, Zone.REVIEW)
_BEFORE_A_PLAN = (Zone.PROBLEM, Zone.SITUATION, Zone.INTRO, Zone.REVIEW)
_IS_STATE = re.compile(
    r"(?:更加|日益|日趋|不断|稳步|持续|显著|明显|扎实|全面)(?:有力|有效|牢固|浓厚|完善|优化|改善|提高|提升|增强|加强|壮大|健全|规范|推进|深化|向好|增长|扩大|巩固|彰显|凸显)[。；]?$|(?:得到|取得|成效|卓有)[^，,]{0,8}[。；]?$"
)
_FIRST = re.compile(r"[（(]?第?[一1①][^二三四五六七八九十\d]")
_WISHED = re.compile(r"要|必须|目标|争取|力争")
_STILL_AHEAD = re.compile(r"下一步|下一?阶段|部署|安排|动员|打算")
_LISTING = re.compile(r"(?:如下|表现为|表现在|以下(?:几个方面|工作)|主要做了[^。]{0,12}|几个方面)[。:：]?$")


def zones(text: str, found: list[Segment], where: list[Place]) -> list[Zone]:
    """One zone for each segment."""
    result: list[Zone] = []
    state, held, path = Zone.INTRO, False, ()  # type: tuple[Zone, bool, tuple[str, ...]]
    if not _opens_with_first(text, found, where):
        state = Zone.PLAN
    troubles, plans = _troubles(text), _plans(text)
    said: dict[str, Zone | None] = {}
    for segment, place in zip(found, where, strict=True):
        first, start, major = segment.first, segment.start, place.path
        end = min(segment.end, start + LONGEST_LOOK)
        if place.heading and place.rank:
            piece = text[start:end]
            if place.rank >= 4 and state in _MAY_TELL_A_STATE and _tells_a_state(piece, major):
                state = Zone.REVIEW
            else:
                default = state if state is Zone.REVIEW and place.rank >= 4 else Zone.PLAN
                state = _of_headings((*major, piece), said, default=default)
            held, path = state in _HELD, major
        elif first and major != path:
            path = major
            if major:
                state = _of_headings(major, said, default=Zone.PLAN)
                held = state in _HELD
        if troubles and _any_in(troubles, start, end) and _turns_to_problem(text[start:end]):
            state, held = Zone.PROBLEM, True
        else:
            may_plan = bool(plans) and state in _BEFORE_A_PLAN and _any_in(plans, start, end)
            if first or may_plan:
                state, held = _switch(
                    text[start:end], segment, state, held=held, place=place, may_plan=may_plan
                )
        result.append(state)
    return result


def _opens_with_first(text: str, found: list[Segment], where: list[Place]) -> bool:
    """Numbered sections from the first one on: what stands before them is the opening. A talk that comes to 第三件事
    without a first one has none."""
    for segment, place in zip(found, where, strict=True):
        if place.heading and place.rank and place.rank < 7:
            return _FIRST.match(text, segment.start) is not None
    return False


def _tells_a_state(heading: str, above: tuple[str, ...]) -> bool:
    """一是基层基础更加牢固。 names what was reached, unless it stands under a goal."""
    return _IS_STATE.search(heading) is not None and not any(
        _WISHED.search(label) for label in (heading, *above[-1:])
    )


def _of_headings(headings: tuple[str, ...], said: dict[str, Zone | None], *, default: Zone) -> Zone:
    """The zone the nearest of the headings names that names one; `said` remembers what each says in this text."""
    for heading in reversed(headings):
        if heading not in said:
            named = _NAMED.matching(heading)
            said[heading] = _HEADINGS[(named & -named).bit_length() - 1][0] if named else None
        zone = said[heading]
        if zone is Zone.PLAN and len(headings) > 1:
            outer = _of_headings(headings[:-1], said, default=Zone.PLAN)
            return outer if outer in (Zone.REVIEW, Zone.PROBLEM, Zone.OUTLOOK) else Zone.PLAN
        if zone is Zone.REVIEW and _STILL_AHEAD.search(heading):
            return Zone.PLAN
        if zone is not None:
            return zone
    return default


def _any_in(found: list[int], start: int, end: int) -> bool:
    at = bisect_left(found, start)
    return at < len(found) and found[at] < end


def _switch(
    piece: str, segment: Segment, state: Zone, *, held: bool, place: Place, may_plan: bool
) -> tuple[Zone, bool]:
    """The zone after a segment that opens its line or may turn to the plan."""
    first = segment.first
    if (
        first
        and piece[0] in _REVIEW_FIRST
        and _TO_REVIEW.match(piece)
        and not _YET_TO_DO.search(piece, 0, 20)
    ):
        return Zone.REVIEW, bool(_LISTING.search(piece)) or held
    if may_plan and _turns_to_plan(piece):
        return Zone.PLAN, False
    if not first or is_salutation(piece):
        return state, held
    if piece[0] in _CLOSING_FIRST and _TO_CLOSING.match(piece):
        return Zone.CLOSING, False
    if state is Zone.CLOSING or (not held and state in _HELD and not place.rank):
        return Zone.PLAN, False
    return state, held
