"""The rules: each a signal with an id and a phrase a clerk understands. What each is worth stands in `weights.py`.

A rule is a class of words, a pattern, or a question about where the segment stands. None knows any particular text.
"""

import re
from dataclasses import dataclass

from speeches.extraction.prefilter import Sieve, grams
from speeches.extraction.signals import (
    CN,
    FIGURE,
    Like,
    Question,
    Words,
    acts,
    all_soft,
    every_object,
    evidence,
    figure_and_aim,
    firm,
    first_initial,
    in_zone,
    later_initial,
    main_object,
    no_verb,
    only_abstract,
    organ,
    some_act,
    some_object,
    trouble,
    untold,
)
from speeches.extraction.view import View
from speeches.extraction.zones import Zone


@dataclass(frozen=True, slots=True)
class Rule:
    """`id` is stable, `phrase` is what the review page shows, `holds` decides."""

    id: str
    phrase: str
    holds: Question


_AHEAD = re.compile(r"将于|将在|本周|下周|下个?月|明天|近期将")

RULES: tuple[Rule, ...] = (
    # --- instruction -------------------------------------------------------------------------------------------------
    Rule("must", "有“要、必须、务必”等要求用语", Words("must")),
    Rule("forbid", "有“严禁、不得”等禁止用语", Words("forbid")),
    Rule("ask", "以“请”提出要求", Like(r"(?:^|[，,。：:；])(?:也|还|就)?请(?!假|示|教|予|战|客|来)[^，,]{2,}", "请")),
    Rule("decided", "有“决定、拟、将于”等承诺用语", Like(r"(?:已?决定|研究确定|拟(?:安排|于|建|在|按|定于|投入)|将于|还?将(?:在|从|把|对|用|继续|下大力|投入|安排|组织|开展|建|分|启动|实施)|安排[^，,]{0,12}(?:亿|万)元)", "决定拟将安")),
    Rule("strive", "有“力争、确保”等目标用语", Words("strive")),
    Rule("may", "有“可以、鼓励、提倡”等建议用语", Words("may")),
    Rule("may.first", "以“可以、可”起头的建议", Like(r"^(?:也|还)?可以?(?:通过|利用|采取|开展|建立|组织|设立|探索|结合|借助|适当|集中)")),
    Rule("now", "要求马上、逐一或一律办理", Words("now")),
    Rule("by", "“由……负责/安排”的分工句式", Like(r"由[^，,。]{2,25}(?:负责|牵头|落实|安排|承担|组织|办理|监督|给予|实施|督办|垫|提出|汇总|决定|解决|去)", "由")),
    Rule("organ", "有责任主体作主语", organ),
    Rule("person", "直接点到人", Like(r"(?:^|[，,。；：:“])(?:老|小)[\u4e00-\u9fff](?:你|，|,|同志|负责|跟|盯|去|牵头)|你(?:们)?(?:负责|牵头|来|去|们|回去|抓紧|要|局|办|镇|乡|部门|单位|那|先|给|把)|同志(?:负责|牵头|具体|总)", "老小你志")),
    Rule("ba", "“把/将……作为、纳入、落实到”的处置句式", Like(r"(?:把|将)[^，,。；]{2,40}(?:作为|纳入|列入|迁|到位|降至|提高|降低|扩大|转|清|报|列|建|送|交|抓|讲|用于|推向|分解|落实|压|拉起|蓄|整合|做好|办好|管好|修|补|挂|融入|吸收|发)", "把将")),
    Rule("dui", "“对……的，一律/严肃……”的处理句式", Like(r"(?<![针相反应绝面])对[^，,。；]{2,40}(?:的)?[，,]?(?:一律|要?严肃|要?依法|坚决|发现一|给予|予以|进行|实行|开展|必须|要(?!求|点|素)|严|应(?!用|对|急)|都要)", "对")),
    Rule("each", "“发现一起、查处一起”的处理句式", Like(r"(?:发现|查实|排查)一[起家个处例][，,、][^，,。]{0,6}(?:查处|整改|处理|取缔|通报|销号|严肃查处)一|该[\u4e00-\u9fff]{1,4}的[，,、]?(?:要|就|一律|坚决)?该?[\u4e00-\u9fff]{1,4}", "一该")),
    Rule("ba.report", "要求报送、列出、拿出成果", Like(r"(?:报送?(?:到|给|至|县|市|区|省|镇|局|党|政府|我|办)|列(?:出来?|个)|拿出|形成[^，,。]{0,16}(?:报告|清单|方案|台账|材料)|交到|摆上|送到|建(?:好|个)?台[账帐]|销号|回头看|挂图)")),
    Rule("subject", "点明谁来做什么", lambda view: any(clause.subject for clause in view.clauses)),
    Rule("forbid.first", "明令禁止或“……的，一律/立即……”", Like(r"(?:^|[，,；])(?:严禁|禁止|不得|不准|一律不)|的[，,](?:一律|立即|坚决|从严|严肃|依法|该)", "严禁不的")),
    Rule("spoken.ba", "“把……修好、装上、排个班”的口语安排", Like(r"(?:把|将)[^，,。；]{1,30}(?:[好完掉上着齐清走开]|起来|出来|下去|一遍|一下|个[\u4e00-\u9fff])(?:[，,。；]|$)", "把将")),
    Rule("spoken.done", "动作带结果（装好、修完、扣着）", Like(r"[好着完齐掉](?<=[\u4e00-\u9fff]{2})(?<![很更良美友最较挺][好着完齐掉])[，,。；]")),
    Rule("head", "句首就是动作", first_initial),
    Rule("later", "后面的分句以动作开头", later_initial),
    Rule("no_verb", "全句没有动作", no_verb),
    Rule("turn", "先说情况、后提要求", lambda view: view.pivot),
    Rule("named.ask", "要求落实某个文件", Like(r"《[^》]{2,}》.{0,60}(?:请|要|必须|务必)[^。]{0,20}(?:落实|执行|贯彻|学习)", "《")),
    Rule("future", "说的是将来的安排", Like(r"将于|将在|本周|下周|下月|本月底|下半年|今后|下一步|明年|(?:还|也)将", "将本下今明还也")),
    Rule("step", "分步安排", Like(r"第[一二三四五]步|第[一二三四]批|分[两三四五几]步|(?:首批|分批|分期|分类)", "第分首")),
    # --- other readings ----------------------------------------------------------------------------------------------
    Rule("zone.review", "在总结回顾部分", in_zone(Zone.REVIEW)),
    Rule("zone.problem", "在分析问题部分", in_zone(Zone.PROBLEM)),
    Rule("zone.intro", "在开场部分", in_zone(Zone.INTRO)),
    Rule("zone.closing", "在结尾号召部分", in_zone(Zone.CLOSING)),
    Rule("zone.outlook", "在总体要求、目标部分", in_zone(Zone.OUTLOOK)),
    Rule("zone.untold", "在总结或问题部分，又没有明确要求", untold(Zone.REVIEW, Zone.PROBLEM)),
    Rule("zone.ahead", "在总结部分预告下一步", lambda view: view.zone is Zone.REVIEW and _AHEAD.search(view.text) is not None),
    Rule("as_for", "“对……来说”的议论", Like(r"(?:对于?|就)[^，,。]{2,20}(?:来说|来讲|而言|说来)|从[^，,。]{2,12}(?:看|来看|上说|上讲)[，,]", "对就从")),
    Rule("the_more", "“越……越……”的道理", Like(r"越[\u4e00-\u9fff]{1,8}[，,]?[\u4e00-\u9fff]{0,4}越|愈[\u4e00-\u9fff]{1,6}愈", "越愈")),
    Rule("condition", "“要……，就需要/必须有……”的条件句", Like(r"^(?:要|想要?)[^，,。]{4,40}[，,](?:就|都|还|更|则|必然)?(?:需要|离不开|必须有|得有|要有|靠|关键)")),
    Rule("fact", "报数字、讲情况", Like(r"(?:已达|已有|占[^，,。]{0,10}的?\d|共有|现有|尚有|仅有|只有\d|约有|目前有|(?:我|全)(?:国|省|市|县|区|镇|校)[^，,。]{2,20}(?:有|达|为)\d)", "已现共尚仅只约国省市县区镇校占目")),
    Rule("vision", "“打造一支……队伍”一类愿景", Like(r"(?:建设|建立|打造|造就|锻造|培养|建成)[^，,。；]{0,6}(?:一支|高素质|德智体美|全面发展)|(?:成为|建设成为|打造成|建成)[^，,。；]{2,30}(?:的|之)[^，,。；]{1,8}(?:队伍|基地|高地|摇篮|强[国省市县区]|典范|标杆)", "设立造建养成")),
    Rule("priority", "“作为首要任务、头等大事”的定位", Like(r"(?:作为|当作|当成|摆在|放在|摆到|放到|列为)[^，,。；]{0,8}(?:首要|头等|重中之重|突出|首位|优先|核心|重要(?:任务|内容|位置)|根本|中心|心上)", "为作成在到")),
    Rule("organ.generic", "对象笼统（各级、各部门、全体……）", Like(r"^[^，,]{0,6}(?:各级|各地|各部门|各单位|各有关|全体|广大|每一?[位名个]|政府工作人员|各方面|各行各业|社会各界|全社会)")),
    Rule("done", "有“了”，说的是已完成的事", Words("perfective", 1, after_turn=True)),
    Rule("already", "有“已、先后、累计”等已然用语", Words("already", 1, after_turn=True)),
    Rule("past", "说的是过去的时间", Words("past_time", 1, after_turn=True)),
    Rule("achieved", "说的是取得的成绩", Words("achieved", 1, after_turn=True)),
    Rule("state", "有“更加、日益”等状态描述", Words("state", 1, after_turn=True)),
    Rule("state.end", "主语加“明显提升”一类的结果描述", Like(r"(?:明显|显著|持续|不断|稳步|进一步|大幅|更加|日益|日趋|总体|基本|继续)(?<=[\u4e00-\u9fff]{3})[\u4e00-\u9fff]{2,4}(?:[，,。；]|$)")),
    Rule("problem", "说的是问题和不足", trouble(1)),
    Rule("problem.many", "多处说到问题", trouble(2)),
    Rule("rationale", "说的是意义和道理", Words("rationale", 1, after_turn=True)),
    Rule("copula", "“……是……”的判断句", Words("copula", 1, after_turn=True)),
    Rule("copula.reason", "“是……基础/关键/责任”的论断", Like(r"是[^，,。；]{0,30}(?:基础|关键|保障|保证|根本|前提|生命线|核心|责任|使命|途径|任务|要求|体现|举措|工程|事业|大计|标志|资源|力量|本|源|所在|机遇|时期|阶段|一年|问题|环节|重点)(?:[，,。；]|$)", "是")),
    Rule("rhetoric", "号召、致谢、抒情用语", Words("rhetoric")),
    Rule("procedure", "会议程序用语", Words("procedure", 1, after_turn=True)),
    Rule("quote", "引述他人的话", Words("quote", 1, after_turn=True)),
    Rule("audience", "对“我们、大家”讲", Like(r"(?:^|[，,；])(?:我们|大家|在座|同志们|各位|我区|我县|我市|我校|全党|全[县区市省镇校]上下)", "我大在同各全")),
    Rule("we.first", "以“我们”起头", Like(r"^(?:因此|所以|同时|为此)?[，,]?(?:我们|全县|全区|全市|全省|全校|大家|广大)")),
    Rule("question", "是问句", Like(r"[？?]", "？?")),
    Rule("exclaim", "是感叹句", Like(r"[！!][”」]?$", "！!")),
    Rule("unfinished", "不成句", Like(r"[^。！？!?；;：:…”）)，,]$")),
    Rule("colon", "以冒号收尾的引出语", Like(r"[：:]$", "：:")),
    Rule("can.see", "评述用语", Like(r"可以(?:看到|看出|说|预料|预见)|总的看|应该说|值得|令人|让人|我看|我觉得|我认为|有人说|有同志")),
    Rule("will", "主语加“一定能、必将”的展望", Like(r"(?:必将|一定(?:能|会)|必定|定能|就能|就会|才能)")),
    Rule("these", "对前文的评说", Like(r"^(?:这|那|此|上述|以上|其中)(?!项|些问题|件事)")),
    # --- definite or soft ---------------------------------------------------------------------------------------------
    Rule("verb.hard", "主要动作可交账（建设、制定、排查……）", acts("verb_hard")),
    Rule("verb.mid", "主要动作是加强、推进、完善一类", acts("verb_mid")),
    Rule("verb.soft", "主要动作是坚持、树立、增强一类", acts("verb_soft")),
    Rule("verbs.hard", "有可交账的动作", some_act("verb_hard")),
    Rule("verbs.soft", "有坚持、树立一类的软动作", some_act("verb_soft")),
    Rule("verbs.none_hard", "所有动作都不能单独交账", all_soft),
    Rule("verb.perfect", "主要动作是健全、规范、实施一类", acts("verb_perfect")),
    Rule("verb.strengthen.vague", "加强、促进一类，又没有具体对象", lambda view: not {"verb_promote", "verb_strengthen"}.isdisjoint(view.main_classes) and view.evidence == 0),
    Rule("verb.perfect.thing", "健全、规范某项制度", lambda view: "verb_perfect" in view.main_classes and bool(view.counts.get("mechanism") or view.counts.get("reform"))),
    Rule("firm", "有一个分句做的是实事", firm),
    Rule("mechanism", "有机制、制度、方案等成果", Words("mechanism")),
    Rule("mechanism.many", "有多项制度成果", Words("mechanism", 2)),
    Rule("project", "有项目、设施、资金等实物", Words("project")),
    Rule("project.many", "有多项项目或实物", Words("project", 2)),
    Rule("thing", "有看得见的事物（名单、房屋、药品……）", Words("thing")),
    Rule("thing.many", "有多样看得见的事物", Words("thing", 2)),
    Rule("object.real", "主要动作落在看得见的事物上", main_object("thing")),
    Rule("activity", "有检查、培训、活动等举措", Words("activity")),
    Rule("activity.many", "有多项举措", Words("activity", 2)),
    Rule("reform", "有明确的改革事项", Words("reform")),
    Rule("level", "针对标准、比例、价格等指标", Words("level")),
    Rule("target", "有达到、控制在等指标用语", Words("target")),
    Rule("abstract", "对象抽象（意识、水平、氛围……）", Words("abstract")),
    Rule("abstract.only", "只有抽象对象", only_abstract),
    Rule("soft", "套话（狠抓落实、提高站位……）", Words("soft_phrase")),
    Rule("soft.many", "多处套话", Words("soft_phrase", 2)),
    Rule("object.thing", "动作落在机制、项目、活动等具体事物上", some_object("mechanism", "project", "thing", "activity", "reform", "level")),
    Rule("object.abstract", "主要动作落在水平、意识等抽象事物上", main_object("abstract")),
    Rule("object.all_soft", "所有动作都落在抽象或笼统的事物上", every_object("abstract", "field", "work")),
    Rule("object.field", "主要动作落在领域、事业等笼统事物上", main_object("field")),
    Rule("object.work", "主要动作落在“工作、任务”上", main_object("work")),
    Rule("object.act", "主要动作落在建设、保障一类动名词上", main_object("action_noun")),
    Rule("object.mechanism", "主要动作落在制度、方案上", main_object("mechanism")),
    Rule("object.project", "主要动作落在项目、设施上", main_object("project")),
    Rule("object.reform", "主要动作落在改革上", main_object("reform")),
    Rule("object.activity", "主要动作落在检查、培训、活动上", main_object("activity")),
    Rule("definite.none", "没有可以交账的内容", lambda view: view.evidence == 0),
    Rule("definite.some", "可交账的内容较多", lambda view: view.evidence >= 2),
    Rule("definite.many", "可交账的内容很多", lambda view: view.evidence >= 3),
    Rule("policy", "讲大政方针", Words("policy")),
    Rule("field", "讲笼统的领域", Words("field")),
    Rule("field.many", "多处讲笼统的领域", Words("field", 3)),
    Rule("verb.add", "主要动作是增、减、建、改一类的实动作", Like(r"^(?:再|新|并|继续|逐步)?(?:新建|新增|改建|扩建|下调|上调|提高[^，,。]{0,14}(?:标准|比例|补助|养老金|工资)|降低[^，,。]{0,12}(?:税|费|成本|标准|门槛)|减免|取消|设立|成立|建立|制定|修订|出台|编制|启动|开工|建成|完成|举办|召开|发放|清理|开展|实施|组织)")),
    Rule("means", "写明办法、渠道", Words("means")),
    Rule("figure", "有数字", Like(FIGURE.pattern)),
    Rule("figure.first", "以数字为目标的短句", lambda view: len(view.text) <= 40 and figure_and_aim(view)),
    Rule("figure.aim", "有数字指标", figure_and_aim),
    Rule("due", "有时限", Like(rf"(?:月|日|周[一二三四五六日末]|星期[一二三四五六日天]|季度|年|学期|节|旬|天|会|前夕|开学|结束|召开|到来|汛期|清明|春节|国庆|\d点|上班|下班)(?:\d{{1,2}}日)?(?:底|末|初)?(?:之?前|以前|内|之内|底|末)|(?:本|下|这个?|下个?)(?:周|月|星期|礼拜|学期)(?!末?以来)|[{CN}]{{1,3}}(?:天|年|个?月|周)(?:之?内|以内|时间)|年内|限期|月底|到20\d\d年|\d(?:小时|天|日|个?工作日|分钟)(?:之?内|以内)", "前底内末限到周月期")),
    Rule("soon", "当天或几天内就要办", Like(r"(?:今天|今晚|明天|后天|明早|明晚|今明两天|这两天|周[一二三四五六日]|星期[一二三四五六日天]|散会后|会后|回去以?后|上午|下午|晚上|即日起|从现在起|从今[天晚日年]起|从下?个?月起|下个?月起)", "今明后周星散会回上下晚即从")),
    Rule("complement", "动作说到底（写清楚、核一遍、换掉……）", Like(r"(?:一遍|一次|一轮|一圈|一下|下去|出来|起来|清楚|明白|到位|到底|掉|完|齐|上会|上墙|见底|到人|到户|到头|给我)(?:[，,。；]|$)")),
    Rule("cancel", "说的是不办了、取消", Like(r"不(?:开|搞|办|查|报|评|去|做|弄|交|发)了[。，,；]?|算了|取消了?(?:吧|这|那|原)|暂时不|先不(?:搞|办|动|急|做)|暂缓", "不算取暂")),
    Rule("approve", "会议议定、原则同意", Like(r"(?:会议|原则)(?:上)?(?:决定|同意|要求|明确|议定|确定|审议通过|通过了)", "会原")),
    Rule("opinion", "会议认为、指出一类", Like(r"(?:会议|大家)(?:认为|指出|听取|学习|传达|通报|一致)", "会大")),
    Rule("this_year", "是今年或全年的安排", Like(r"(?:^|[，,。])(?:今年|全年|年内|明年|本学期|新学年|20[\dx]{2}年)[，,]?(?!来|以来|是)")),
    Rule("rhythm", "有固定频次", Like(r"每(?:周|月|季度|学期|年|天|日|半年|旬|两周)|(?:月|周|日|季)报|按[月季周]|逐月", "每报按逐")),
    Rule("named", "有书名号文件", Like(r"《[^》]{2,}》", "《")),
    Rule("quoted", "有引号中的专名", Like(r"“[^”]{2,14}”", "“")),
    Rule("quoted.scheme", "引号专名带行动、工程、制度", Like(r"“[^”]{2,16}”[^，,。；]{0,4}(?:行动|工程|制度|计划|活动|机制|改革|项目|政策|监管|平台|模式|名单|试点|教育|经济|建设|问题|工作|要求)", "“")),
    Rule("listed", "有并列列举", lambda view: view.text.count("、") >= 2),
    Rule("listed.many", "列举较多", lambda view: view.text.count("、") >= 5),
    Rule("basis", "先说依据或方向", Like(r"^(?:按照|根据|围绕|坚持|以|着眼|立足|聚焦|适应|面对|突出|锚定|针对)")),
    Rule("result", "用“使、让、推动”说结果", Like(r"[，,](?:使|让|实现|形成|营造|提升|促进|推动|增强|提高|确保|保障|为[^，,]{2,20}(?:提供|创造|赋能))")),
    Rule("xiagongfu", "“在……上下功夫”", Like(r"下(?:苦|真|硬|细|大|足)?功夫|上见成效|上求突破|上用力|出实招|见实效", "下上出见")),
    Rule("through", "“通过……，使/实现……”只说效果", Like(r"^(?:并|要|在此基础上[，,])?通过[^，,。]{2,40}[，,](?:使|让|实现|达到|形成|推动|促进|真正|切实)")),
    Rule("compare", "拿程度说话，不好验收", Like(r"更加|更好|更大|更高|更多|更强|更优|越来越|不断|努力")),
    # --- where it stands ----------------------------------------------------------------------------------------------
    Rule("owner_bracket", "段末写明责任单位", lambda view: view.owner_bracket),
)  # fmt: skip


# Most rules are words of a class or a pattern: these are asked without a call each.
_COUNTED = tuple((rule.id, rule.holds) for rule in RULES if isinstance(rule.holds, Words))
_TAIL = tuple((name, words.name, words.least) for name, words in _COUNTED if words.after_turn)
_WHOLE = tuple((name, words.name, words.least) for name, words in _COUNTED if not words.after_turn)
_PATTERNS = tuple(
    (rule.id, rule.holds.search, rule.holds.needed) for rule in RULES if isinstance(rule.holds, Like)
)
_SIEVE = Sieve(rule.holds.pattern for rule in RULES if isinstance(rule.holds, Like))
_ASKED = tuple((rule.id, rule.holds) for rule in RULES if not isinstance(rule.holds, Words | Like))


def fire(view: View) -> None:
    """Note on the view which rules hold."""
    view.evidence = evidence(view)
    counts, tail, text, letters = view.counts, view.tail, view.text, view.letters
    fired = {rule for rule, name, least in _TAIL if name in tail and tail[name] >= least}
    fired.update(rule for rule, name, least in _WHOLE if name in counts and counts[name] >= least)
    for number in _SIEVE.passing(grams(text)):
        rule, search, hint = _PATTERNS[number]
        if (not hint or not hint.isdisjoint(letters)) and search(text):
            fired.add(rule)
    fired.update(rule for rule, holds in _ASKED if holds(view))
    view.fired = fired
