"""The rules: each a signal with an id and a phrase a clerk understands. What each is worth stands in `weights.py`.

A rule is a class of words, a pattern, or a question about where the segment stands. None knows any particular text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from speeches.extraction.view import View
from speeches.extraction.zones import Zone


@dataclass(frozen=True, slots=True)
class Rule:
    """`id` is stable, `phrase` is what the review page shows, `holds` decides."""

    id: str
    phrase: str
    holds: Callable[[View], bool]


def _words(name: str, least: int = 1) -> Callable[[View], bool]:
    return lambda view: view.counts.get(name, 0) >= least


def _after_turn(name: str, least: int = 1) -> Callable[[View], bool]:
    """Words of a class where the instruction begins or later: what stands before the turn is only its occasion."""
    return lambda view: view.tail.get(name, 0) >= least


def _like(pattern: str) -> Callable[[View], bool]:
    compiled = re.compile(pattern)
    return lambda view: compiled.search(view.text) is not None


def _zone(*zones: Zone) -> Callable[[View], bool]:
    return lambda view: view.zone in zones


def _main(name: str) -> Callable[[View], bool]:
    def holds(view: View) -> bool:
        main = view.main
        return main is not None and name in main.classes

    return holds


def _any_verb(name: str) -> Callable[[View], bool]:
    return lambda view: any(name in clause.classes for clause in view.clauses)


_SOLVING = re.compile(
    r"解决|查找|查摆|化解|破解|整改|纠正|剖析|补齐|消除|应对|找准|攻克|克服|防止|避免|排查|治理|整治|打通|帮助|救助|扶持"
)


def _trouble(least: int) -> Callable[[View], bool]:
    """Words of trouble, unless the segment sets out to deal with it."""
    return lambda view: view.tail.get("problem", 0) >= least and _SOLVING.search(view.text) is None


def _section(pattern: str) -> Callable[[View], bool]:
    compiled = re.compile(pattern)
    return lambda view: bool(view.place.path) and compiled.search(view.place.path[-1]) is not None


def _first_initial(view: View) -> bool:
    return bool(view.clauses) and view.clauses[0].initial


def _later_initial(view: View) -> bool:
    return any(clause.initial for clause in view.clauses[1:])


_TOLD = ("must", "forbid", "now", "assign", "strive", "target")
_DEFINITE = ("mechanism", "project", "thing", "activity", "reform", "level", "assign", "target")


def _no_verb(view: View) -> bool:
    return not any(clause.verb for clause in view.clauses) and not any(
        view.counts.get(name) for name in _TOLD
    )


def _definite(view: View) -> int:
    """How many kinds of evidence say that there will be something to show."""
    kinds = sum(1 for name in _DEFINITE if view.counts.get(name))
    return kinds + (_FIGURE_RE.search(view.text) is not None) + ("《" in view.text)


def _object(*names: str, every: bool = False) -> Callable[[View], bool]:
    wanted = frozenset(names)

    def holds(view: View) -> bool:
        objects = [clause.object_classes for clause in view.clauses if clause.verb and clause.object_classes]
        if every:
            return bool(objects) and all(not wanted.isdisjoint(classes) for classes in objects)
        return any(not wanted.isdisjoint(classes) for classes in objects)

    return holds


_FIRM_VERBS = frozenset({"verb_hard", "verb_perfect"})
_FIRM_OBJECTS = frozenset({"mechanism", "project", "thing", "activity", "reform", "level"})


def _firm_clauses(view: View) -> int:
    """Clauses that do something one can hand in to something one can show."""
    return sum(
        1
        for clause in view.clauses
        if not _FIRM_VERBS.isdisjoint(clause.classes) and not _FIRM_OBJECTS.isdisjoint(clause.object_classes)
    )


def _untold(*zones: Zone) -> Callable[[View], bool]:
    return lambda view: view.zone in zones and not any(clause.told for clause in view.clauses)


def _main_object(*names: str) -> Callable[[View], bool]:
    wanted = frozenset(names)

    def holds(view: View) -> bool:
        main = view.main
        return main is not None and not wanted.isdisjoint(main.object_classes)

    return holds


def _only_abstract(view: View) -> bool:
    counts = view.counts
    return counts.get("abstract", 0) > 0 and not any(
        counts.get(name) for name in ("mechanism", "project", "activity", "reform", "level")
    )


def _all_soft(view: View) -> bool:
    acting = [clause for clause in view.clauses if clause.verb]
    return bool(acting) and all("verb_hard" not in clause.classes for clause in acting)


_NUMBER = r"(?:\d[\d.,]*|[一二两三四五六七八九十百千]+)"
_MEASURE = r"(?:个|项|所|家|户|名|人次|人|处|次|条|台|套|张|座|栋|口|场|期|批次|公里|万|亿|亩|元|吨|千瓦|平方米|平方公里|天|小时|分钟|学时|%|％|‰|个百分点|成|倍|篇|份|支|艘|辆|米|头|只|股|类|间|门|节|遍|轮)"
_FIGURE = rf"\d[\d.,]*(?:多|余|来)?{_MEASURE}|[一二两三四五六七八九十百]+(?:所|家|户|名|次|座|栋|场|期|条|份|篇|支|遍|轮)(?!次|性|方面)|百分之"
_AIM = r"以上|以内|左右|不低于|不少于|不高于|不超过|达到|突破|控制在|力争|增长|下降|提高到|降至|降低到|超过|压减|新增|减少|全覆盖|清零|近\d"
_ORGANS = r"(?:局|委|办|厅|院|校|园|站|所|部|政府|部门|单位|乡镇|镇|乡|街道|村|社区|支部|党委|纪委|工会|团委|学校|医院|公司|企业|银行|书记|校长|局长|主任|负责人|负责同志|干部|人员|中心|小组|媒体|机构|组织|老师|教师|同志|场）?)"

_CN = "一二两三四五六七八九十半几"
_FIGURE_RE = re.compile(_FIGURE)
_AIM_RE = re.compile(_AIM)
_AHEAD_RE = re.compile(r"将于|将在|本周|下周|下个?月|明天|近期将")

RULES: tuple[Rule, ...] = (
    # --- instruction -------------------------------------------------------------------------------------------------
    Rule("must", "有“要、必须、务必”等要求用语", _words("must")),
    Rule("must.many", "一句中多次提出要求", _words("must", 2)),
    Rule("forbid", "有“严禁、不得”等禁止用语", _words("forbid")),
    Rule("ask", "以“请”提出要求", _like(r"(?:^|[，,。：:；])(?:也|还|就)?请(?!假|示|教|予|战|客|来)[^，,]{2,}")),
    Rule("decided", "有“决定、拟、将于”等承诺用语", _like(r"(?:已?决定|研究确定|拟(?:安排|于|建|在|按|定于|投入)|将于|还?将(?:在|从|把|对|用|继续|下大力|投入|安排|组织|开展|建|分|启动|实施)|安排[^，,]{0,12}(?:亿|万)元)")),
    Rule("strive", "有“力争、确保”等目标用语", _words("strive")),
    Rule("may", "有“可以、鼓励、提倡”等建议用语", _words("may")),
    Rule("may.first", "以“可以、可”起头的建议", _like(r"^(?:也|还)?可以?(?:通过|利用|采取|开展|建立|组织|设立|探索|结合|借助|适当|集中)")),
    Rule("now", "要求马上、逐一或一律办理", _words("now")),
    Rule("assign", "点明谁负责、牵头、配合", _words("assign")),
    Rule("by", "“由……负责/安排”的分工句式", _like(r"由[^，,。]{2,25}(?:负责|牵头|落实|安排|承担|组织|办理|监督|给予|实施|督办|垫|提出|汇总|决定|解决|去)")),
    Rule("organ", "有责任主体作主语", _like(rf"(?:^|[，,。；：:])[^，,。；：:]{{0,24}}{_ORGANS}(?:和[^，,]{{1,12}})?(?:都|还|也|分别|具体|共同|自己)?(?:要|必须|务必|须|应|负责|牵头|得|不得|严禁|每|按照|按|把|将|于)")),
    Rule("person", "直接点到人", _like(r"(?:^|[，,。；：:“])(?:老|小)[\u4e00-\u9fff](?:你|，|,|同志|负责|跟|盯|去|牵头)|你(?:们)?(?:负责|牵头|来|去|们|回去|抓紧|要|局|办|镇|乡|部门|单位|那|先|给|把)|[\u4e00-\u9fff]{2,3}同志(?:负责|牵头|具体|总)")),
    Rule("ba", "“把/将……作为、纳入、落实到”的处置句式", _like(r"(?:把|将)[^，,。；]{2,40}(?:作为|纳入|列入|迁|到位|降至|提高|降低|扩大|转|清|报|列|建|送|交|抓|讲|用于|推向|分解|落实|压|拉起|蓄|整合|做好|办好|管好|修|补|挂|融入|吸收|发)")),
    Rule("dui", "“对……的，一律/严肃……”的处理句式", _like(r"对[^，,。；]{2,40}(?:的)?[，,]?(?:一律|要?严肃|要?依法|坚决|发现一|给予|予以|进行|实行|开展|必须|要|严|应|都要)")),
    Rule("each", "“发现一起、查处一起”的处理句式", _like(r"(?:发现|查实|排查)一[起家个处例][，,、][^，,。]{0,6}(?:查处|整改|处理|取缔|通报|销号|严肃查处)一|该[\u4e00-\u9fff]{1,4}的[，,、]?(?:要|就|一律|坚决)?该?[\u4e00-\u9fff]{1,4}")),
    Rule("ba.report", "要求报送、列出、拿出成果", _like(r"(?:报送?(?:到|给|至|县|市|区|省|镇|局|党|政府|我|办)|列(?:出来?|个)|拿出|形成[^，,。]{0,16}(?:报告|清单|方案|台账|材料)|交到|摆上|送到|建(?:好|个)?台[账帐]|销号|回头看|挂图)")),
    Rule("subject", "点明谁来做什么", lambda view: any(clause.subject for clause in view.clauses)),
    Rule("forbid.first", "明令禁止或“……的，一律/立即……”", _like(r"(?:^|[，,；])(?:严禁|禁止|不得|不准|一律不)|的[，,](?:一律|立即|坚决|从严|严肃|依法|该)")),
    Rule("spoken.ba", "“把……修好、装上、排个班”的口语安排", _like(r"(?:把|将)[^，,。；]{1,30}(?:[好完掉上着齐清走开]|起来|出来|下去|一遍|一下|个[\u4e00-\u9fff])(?:[，,。；]|$)")),
    Rule("spoken.done", "动作带结果（装好、修完、扣着）", _like(r"(?<![很更良美友最较挺])[\u4e00-\u9fff](?<![很更良美友最较挺])(?:好|着|完|齐|掉)[，,。；]")),
    Rule("head", "句首就是动作", _first_initial),
    Rule("later", "后面的分句以动作开头", _later_initial),
    Rule("no_verb", "全句没有动作", _no_verb),
    Rule("turn", "先说情况、后提要求", lambda view: view.pivot),
    Rule("named.ask", "要求落实某个文件", _like(r"《[^》]{2,}》.{0,60}(?:请|要|必须|务必)[^。]{0,20}(?:落实|执行|贯彻|学习)")),
    Rule("future", "说的是将来的安排", _like(r"将于|将在|本周|下周|下月|本月底|下半年|今后|下一步|明年|(?:还|也)将")),
    Rule("continue", "继续、新增一类的安排", _like(r"^(?:继续|持续|再|进一步|深入|加快|抓紧|全面|尽快|按期|如期|适时)[^，,。]{2,}")),
    Rule("step", "分步安排", _like(r"第[一二三四五]步|第[一二三四]批|分[两三四五几]步|(?:首批|分批|分期|分类)")),
    # --- other readings ----------------------------------------------------------------------------------------------
    Rule("zone.review", "在总结回顾部分", _zone(Zone.REVIEW)),
    Rule("zone.problem", "在分析问题部分", _zone(Zone.PROBLEM)),
    Rule("zone.situation", "在分析形势、统一认识部分", _zone(Zone.SITUATION)),
    Rule("zone.intro", "在开场部分", _zone(Zone.INTRO)),
    Rule("zone.closing", "在结尾号召部分", _zone(Zone.CLOSING)),
    Rule("zone.outlook", "在总体要求、目标部分", _zone(Zone.OUTLOOK)),
    Rule("zone.untold", "在总结或问题部分，又没有明确要求", _untold(Zone.REVIEW, Zone.PROBLEM)),
    Rule("zone.ahead", "在总结部分预告下一步", lambda view: view.zone is Zone.REVIEW and _AHEAD_RE.search(view.text) is not None),
    Rule("as_for", "“对……来说”的议论", _like(r"(?:对于?|就)[^，,。]{2,20}(?:来说|来讲|而言|说来)|从[^，,。]{2,12}(?:看|来看|上说|上讲)[，,]")),
    Rule("the_more", "“越……越……”的道理", _like(r"越[\u4e00-\u9fff]{1,8}[，,]?越|愈[\u4e00-\u9fff]{1,6}愈")),
    Rule("condition", "“要……，就需要/必须有……”的条件句", _like(r"^(?:要|想要?)[^，,。]{4,40}[，,](?:就|都|还|更|则|必然)?(?:需要|离不开|必须有|得有|要有|靠|关键)")),
    Rule("fact", "报数字、讲情况", _like(r"(?:已达|已有|占[^，,。]{0,10}的?\d|共有|现有|尚有|仅有|只有\d|约有|目前有|(?:我|全)(?:国|省|市|县|区|镇|校)[^，,。]{2,20}(?:有|达|为)\d)")),
    Rule("vision", "“打造一支……队伍”一类愿景", _like(r"(?:建设|建立|打造|造就|锻造|培养|建成)[^，,。；]{0,6}(?:一支|高素质|德智体美|全面发展)|(?:成为|建设成为|打造成|建成)[^，,。；]{2,30}(?:的|之)[^，,。；]{1,8}(?:队伍|基地|高地|摇篮|强[国省市县区]|典范|标杆)")),
    Rule("priority", "“作为首要任务、头等大事”的定位", _like(r"(?:作为|当作|当成|摆在|放在|摆到|放到|列为)[^，,。；]{0,8}(?:首要|头等|重中之重|突出|首位|优先|核心|重要(?:任务|内容|位置)|根本|中心|心上)")),
    Rule("organ.generic", "对象笼统（各级、各部门、全体……）", _like(r"^[^，,]{0,6}(?:各级|各地|各部门|各单位|各有关|全体|广大|每一?[位名个]|政府工作人员|各方面|各行各业|社会各界|全社会)")),
    Rule("done", "有“了”，说的是已完成的事", _after_turn("perfective")),
    Rule("already", "有“已、先后、累计”等已然用语", _after_turn("already")),
    Rule("past", "说的是过去的时间", _after_turn("past_time")),
    Rule("achieved", "说的是取得的成绩", _after_turn("achieved")),
    Rule("state", "有“更加、日益”等状态描述", _after_turn("state")),
    Rule("state.end", "主语加“明显提升”一类的结果描述", _like(r"[\u4e00-\u9fff](?:明显|显著|持续|不断|稳步|进一步|大幅|更加|日益|日趋|总体|基本|继续)(?:[\u4e00-\u9fff]{2,4})(?:[，,。；]|$)")),
    Rule("problem", "说的是问题和不足", _trouble(1)),
    Rule("problem.many", "多处说到问题", _trouble(2)),
    Rule("rationale", "说的是意义和道理", _after_turn("rationale")),
    Rule("copula", "“……是……”的判断句", _after_turn("copula")),
    Rule("copula.reason", "“是……基础/关键/责任”的论断", _like(r"是[^，,。；]{0,30}(?:基础|关键|保障|保证|根本|前提|生命线|核心|责任|使命|途径|任务|要求|体现|举措|工程|事业|大计|标志|资源|力量|本|源|所在|机遇|时期|阶段|一年|问题|环节|重点)(?:[，,。；]|$)")),
    Rule("only_if", "“只有/只要……才/就”的道理句", _like(r"只有|只要|无论|不管|如果|要是|假如|越是")),
    Rule("rhetoric", "号召、致谢、抒情用语", _words("rhetoric")),
    Rule("procedure", "会议程序用语", _after_turn("procedure")),
    Rule("quote", "引述他人的话", _after_turn("quote")),
    Rule("audience", "对“我们、大家”讲", _words("audience")),
    Rule("we.first", "以“我们”起头", _like(r"^(?:因此|所以|同时|为此)?[，,]?(?:我们|全县|全区|全市|全省|全校|大家|广大)")),
    Rule("question", "是问句", _like(r"[？?]")),
    Rule("exclaim", "是感叹句", _like(r"[！!][”」]?$")),
    Rule("unfinished", "不成句", _like(r"[^。！？!?；;：:…”）)，,]$")),
    Rule("colon", "以冒号收尾的引出语", _like(r"[：:]$")),
    Rule("can.see", "评述用语", _like(r"可以(?:看到|看出|说|预料|预见)|总的看|应该说|值得|令人|让人|我看|我觉得|我认为|有人说|有同志")),
    Rule("will", "主语加“一定能、必将”的展望", _like(r"(?:必将|一定(?:能|会)|必定|定能|就能|就会|才能)")),
    Rule("these", "对前文的评说", _like(r"^(?:这|那|此|上述|以上|其中)(?!项|些问题|件事)")),
    # --- definite or soft ---------------------------------------------------------------------------------------------
    Rule("verb.hard", "主要动作可交账（建设、制定、排查……）", _main("verb_hard")),
    Rule("verb.mid", "主要动作是加强、推进、完善一类", _main("verb_mid")),
    Rule("verb.soft", "主要动作是坚持、树立、增强一类", _main("verb_soft")),
    Rule("verbs.hard", "有可交账的动作", _any_verb("verb_hard")),
    Rule("verbs.soft", "有坚持、树立一类的软动作", _any_verb("verb_soft")),
    Rule("verbs.none_hard", "所有动作都不能单独交账", _all_soft),
    Rule("verb.promote", "主要动作是促进、支持、提升一类", _main("verb_promote")),
    Rule("verb.perfect", "主要动作是健全、规范、实施一类", _main("verb_perfect")),
    Rule("verb.strengthen", "主要动作是加强、深化、做好一类", _main("verb_strengthen")),
    Rule("verb.strengthen.vague", "加强、促进一类，又没有具体对象", lambda view: view.main is not None and not {"verb_promote", "verb_strengthen"}.isdisjoint(view.main.classes) and _definite(view) == 0),
    Rule("verb.perfect.thing", "健全、规范某项制度", lambda view: view.main is not None and "verb_perfect" in view.main.classes and bool(view.counts.get("mechanism") or view.counts.get("reform"))),
    Rule("short.vague", "短而笼统", lambda view: len(view.text) <= 24 and _definite(view) == 0),
    Rule("firm", "有一个分句做的是实事", lambda view: _firm_clauses(view) >= 1),
    Rule("firm.many", "有多个分句做的是实事", lambda view: _firm_clauses(view) >= 2),
    Rule("mechanism", "有机制、制度、方案等成果", _words("mechanism")),
    Rule("mechanism.many", "有多项制度成果", _words("mechanism", 2)),
    Rule("project", "有项目、设施、资金等实物", _words("project")),
    Rule("project.many", "有多项项目或实物", _words("project", 2)),
    Rule("thing", "有看得见的事物（名单、房屋、药品……）", _words("thing")),
    Rule("thing.many", "有多样看得见的事物", _words("thing", 2)),
    Rule("object.real", "主要动作落在看得见的事物上", _main_object("thing")),
    Rule("activity", "有检查、培训、活动等举措", _words("activity")),
    Rule("activity.many", "有多项举措", _words("activity", 2)),
    Rule("reform", "有明确的改革事项", _words("reform")),
    Rule("level", "针对标准、比例、价格等指标", _words("level")),
    Rule("target", "有达到、控制在等指标用语", _words("target")),
    Rule("abstract", "对象抽象（意识、水平、氛围……）", _words("abstract")),
    Rule("abstract.many", "多处对象抽象", _words("abstract", 3)),
    Rule("abstract.only", "只有抽象对象", _only_abstract),
    Rule("soft", "套话（狠抓落实、提高站位……）", _words("soft_phrase")),
    Rule("soft.many", "多处套话", _words("soft_phrase", 2)),
    Rule("object.thing", "动作落在机制、项目、活动等具体事物上", _object("mechanism", "project", "thing", "activity", "reform", "level")),
    Rule("object.abstract", "主要动作落在水平、意识等抽象事物上", _main_object("abstract")),
    Rule("object.all_soft", "所有动作都落在抽象或笼统的事物上", _object("abstract", "field", "work", every=True)),
    Rule("object.field", "主要动作落在领域、事业等笼统事物上", _main_object("field")),
    Rule("object.work", "主要动作落在“工作、任务”上", _main_object("work")),
    Rule("object.act", "主要动作落在建设、保障一类动名词上", _main_object("action_noun")),
    Rule("object.mechanism", "主要动作落在制度、方案上", _main_object("mechanism")),
    Rule("object.project", "主要动作落在项目、设施上", _main_object("project")),
    Rule("object.reform", "主要动作落在改革上", _main_object("reform")),
    Rule("object.activity", "主要动作落在检查、培训、活动上", _main_object("activity")),
    Rule("definite.none", "没有可以交账的内容", lambda view: _definite(view) == 0),
    Rule("definite.some", "可交账的内容较多", lambda view: _definite(view) >= 2),
    Rule("definite.many", "可交账的内容很多", lambda view: _definite(view) >= 3),
    Rule("policy", "讲大政方针", _words("policy")),
    Rule("field", "讲笼统的领域", _words("field")),
    Rule("field.many", "多处讲笼统的领域", _words("field", 3)),
    Rule("verb.add", "主要动作是增、减、建、改一类的实动作", _like(r"^(?:再|新|并|继续|逐步)?(?:新建|新增|改建|扩建|下调|上调|提高[^，,。]{0,14}(?:标准|比例|补助|养老金|工资)|降低[^，,。]{0,12}(?:税|费|成本|标准|门槛)|减免|取消|设立|成立|建立|制定|修订|出台|编制|启动|开工|建成|完成|举办|召开|发放|清理|开展|实施|组织)")),
    Rule("means", "写明办法、渠道", _words("means")),
    Rule("figure", "有数字", _like(_FIGURE)),
    Rule("figure.first", "以数字为目标的短句", lambda view: len(view.text) <= 40 and _FIGURE_RE.search(view.text) is not None and _AIM_RE.search(view.text) is not None),
    Rule("figure.aim", "有数字指标", lambda view: _FIGURE_RE.search(view.text) is not None and _AIM_RE.search(view.text) is not None),
    Rule("figure.many", "有多个数字", lambda view: len(_FIGURE_RE.findall(view.text)) >= 2),
    Rule("due", "有时限", _like(rf"(?:月|日|周[一二三四五六日末]|星期[一二三四五六日天]|季度|年|学期|节|旬|天|会|前夕|开学|结束|召开|到来|汛期|清明|春节|国庆|\d点|上班|下班)(?:\d{{1,2}}日)?(?:底|末|初)?(?:之?前|以前|内|之内|底|末)|(?:本|下|这个?|下个?)(?:周|月|星期|礼拜|学期)(?!末?以来)|[{_CN}]{{1,3}}(?:天|年|个?月|周)(?:之?内|以内|时间)|年内|限期|月底|到20\d\d年|\d(?:小时|天|日|个?工作日|分钟)(?:之?内|以内)")),
    Rule("soon", "当天或几天内就要办", _like(r"(?:今天|今晚|明天|后天|明早|明晚|今明两天|这两天|周[一二三四五六日]|星期[一二三四五六日天]|散会后|会后|回去以?后|上午|下午|晚上|即日起|从现在起|从今[天晚日年]起|从下?个?月起|下个?月起)")),
    Rule("complement", "动作说到底（写清楚、核一遍、换掉……）", _like(r"[\u4e00-\u9fff](?:一遍|一次|一轮|一圈|一下|下去|出来|起来|清楚|明白|到位|到底|掉|完|齐|上会|上墙|见底|到人|到户|到头|给我)(?:[，,。；]|$)")),
    Rule("bare.organ", "点到单位、直接说事", _like(rf"(?:^|[，,。；：:])(?:[\u4e00-\u9fff]{{2,10}}{_ORGANS}|[\u4e00-\u9fff]{{2,6}}(?:部|局|办|科|处|股|站|所|委))(?:[\u4e00-\u9fff]{{0,4}}(?:通知|换|拿|报|交|查|发|出|去|派|牵头|负责|组织|制定|研究|开展|建立|完成|提出|先|每|本周|三天|于|会同|配合)|[，,][^，,]{{0,6}}(?:把|去|来|每))")),
    Rule("cancel", "说的是不办了、取消", _like(r"不(?:开|搞|办|查|报|评|去|做|弄|交|发)了[。，,；]?|算了|取消了?(?:吧|这|那|原)|暂时不|先不(?:搞|办|动|急|做)|暂缓")),
    Rule("approve", "会议议定、原则同意", _like(r"(?:会议|原则)(?:上)?(?:决定|同意|要求|明确|议定|确定|审议通过|通过了)")),
    Rule("opinion", "会议认为、指出一类", _like(r"(?:会议|大家)(?:认为|指出|听取|学习|传达|通报|一致)")),
    Rule("this_year", "是今年或全年的安排", _like(r"(?:^|[，,。])(?:今年|全年|年内|明年|本学期|新学年|20[\dx]{2}年)[，,]?(?!来|以来|是)")),
    Rule("rhythm", "有固定频次", _like(r"每(?:周|月|季度|学期|年|天|日|半年|旬|两周)|(?:月|周|日|季)报|按[月季周]|逐月")),
    Rule("named", "有书名号文件", _like(r"《[^》]{2,}》")),
    Rule("quoted", "有引号中的专名", _like(r"“[^”]{2,14}”")),
    Rule("quoted.scheme", "引号专名带行动、工程、制度", _like(r"“[^”]{2,16}”[^，,。；]{0,4}(?:行动|工程|制度|计划|活动|机制|改革|项目|政策|监管|平台|模式|名单|试点|教育|经济|建设|问题|工作|要求)")),
    Rule("listed", "有并列列举", lambda view: view.text.count("、") >= 2),
    Rule("listed.many", "列举较多", lambda view: view.text.count("、") >= 5),
    Rule("short", "句子很短", lambda view: len(view.text) <= 14),
    Rule("brief", "句子较短", lambda view: 14 < len(view.text) <= 24),
    Rule("long", "句子较长", lambda view: len(view.text) > 60),
    Rule("very_long", "句子很长", lambda view: len(view.text) > 130),
    Rule("one_clause", "单句", lambda view: len(view.clauses) == 1),
    Rule("many_clauses", "分句很多", lambda view: len(view.clauses) >= 4),
    Rule("parallel", "四字短语排比", _like(r"(?:[，,、][\u4e00-\u9fff]{4}){2,}(?:[，,。；！]|$)")),
    Rule("purpose", "先说目的", _like(r"^(?:为|以)[^，,]{4,}[，,]")),
    Rule("basis", "先说依据或方向", _like(r"^(?:按照|根据|围绕|坚持|以|着眼|立足|聚焦|适应|面对|突出|锚定|针对)")),
    Rule("result", "用“使、让、推动”说结果", _like(r"[，,](?:使|让|实现|形成|营造|提升|促进|推动|增强|提高|确保|保障|为[^，,]{2,20}(?:提供|创造|赋能))")),
    Rule("xiagongfu", "“在……上下功夫”", _like(r"下(?:苦|真|硬|细|大|足)?功夫|上见成效|上求突破|上用力|出实招|见实效")),
    Rule("compare", "拿程度说话，不好验收", _like(r"更加|更好|更大|更高|更多|更强|更优|越来越|不断|努力")),
    # --- where it stands ----------------------------------------------------------------------------------------------
    Rule("numbered", "是编号列出的一项", lambda view: view.place.rank > 0),
    Rule("lead_paragraph", "标题下的总起段", lambda view: view.lead_paragraph),
    Rule("owner_bracket", "段末写明责任单位", lambda view: view.owner_bracket),
    Rule("section.soft", "所在部分讲领导、作风、认识", _section(r"领导|作风|廉|自身建设|效能|思想|认识|责任|氛围|政治|党的建设|环境|保障$|合力|自觉|纪律|能力")),
    Rule("section.do", "所在部分是任务安排", _section(r"任务|重点|安排|工作|措施|抓好|做好|实施|建设|推进|加快|整治|项目|工程|行动")),
)  # fmt: skip


def fire(view: View) -> list[str]:
    """The ids of the rules that hold, in table order; kept on the view too."""
    ids = [rule.id for rule in RULES if rule.holds(view)]
    view.fired = set(ids)
    return ids
