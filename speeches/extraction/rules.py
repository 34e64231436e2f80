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


_DATED = re.compile(r"\d{1,2}[月号日]|[年月]底|周[一二三四五六日]|学期|节前|截至|期末").search
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
    Rule("due", "有时限", Like(rf"(?<!截至)(?<!截止)(?<!到上)(?:月|日|号|周|周[一二三四五六日末]|(?:星期|礼拜)[一二三四五六日天]|季度|年|学期|节|旬|天|(?<!这个)(?<!这次)(?<!本次)会|前夕|开学|结束|召开|到来|汛期|清明|春节|国庆|[\d{CN}]点|中午|晚上|早上|天黑|天亮|入伏|入冬|供暖季|寒假|暑假|上班|下班)(?:\d{{1,2}}日)?(?:底|末|初|里)?(?:之?前|以前|内|之内|底|末)|(?:本|下|这个?|下个?)(?:周|月|星期|礼拜|学期)(?!末?以来|一?共|的|算起)|[{CN}]{{1,3}}(?:天|年|个?月|周)(?:之?内|以内|时间)|年内|限期|月底|到20\d\d年|\d(?:小时|天|日|个?工作日|分钟)(?:之?内|以内)", "前底内末限到周月期")),
    Rule("soon", "当天或几天内就要办", Like(r"(?:今天|今晚|明天|后天|明早|明晚|今明两天|这两天|周[一二三四五六日]|星期[一二三四五六日天]|散会后|会后|回去以?后|上午|下午|晚上|即日起|从现在起|从今[天晚日年]起|从下?个?月起|下个?月起)", "今明后周星散会回上下晚即从")),
    Rule("complement", "动作说到底（写清楚、核一遍、换掉……）", Like(r"(?:一遍|一次|一轮|一圈|一下|下去|出来|起来|清楚|明白|到位|到底|掉|完|齐|上会|上墙|见底|到人|到户|到头|给我)(?:[，,。；]|$)")),
    Rule("cancel", "说的是不办了、取消", Like(r"不(?:开|搞|办|查|报|评|去|做|弄|交|发)了[。，,；]?|算了|(?:还|时间)早|[以今]后再|再(?:专门)?(?:说|议|研究|讲)[吧。，,]|先放|不急|缓一缓|下次再|不再(?:执行|实施|保留|安排)|取消了?(?:吧|这|那|原)|暂时不|先不(?:搞|办|动|急|做)|暂缓", "不算取暂早再先缓")),
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
    # --- talk without a script ---------------------------------------------------------------------------------------
    Rule("tell.own", "讲的是自己的经历", Like(r"(?:^|[，,。；])(?:[^，,。；]{0,10}[^，,。；请跟给报到找由])?我(?:们)?(?:就|也|还|又|自己|这次|一路|都|当时|特意|专门|昨天|昨晚)*(?:刚从|刚去|到[^，,。]{1,12}(?:走|看|转|去|蹲|坐)了|去(?:了|看|过|的时候|[^，,。]{1,10}(?:转|看|走|跑))|是[^，,。]{1,8}[到去来]的|看(?:了|过|见)|问(?:了|过|他|她|他们|一句)|翻(?:了|过)|听(?:了|说|过)|查了|带着|跑了|走了|转了|蹲了|想了|算了|数了|住过|碰[到见]|遇[到见]|小时候|记得|年轻|当年|自己[买掏]|打过|印象|接到|收到|回来|从[^，,。]{1,10}(?:回来|过来|出来))", "我")),
    Rule("tell.said", "转述别人的话", Like(r"[跟和对]我(?:们)?(?:讲|说|反映|诉苦|提)|(?:有(?:人|的人|同志|的同志|家长|群众|老师|企业|代表|个?老板)|[他她它]们?|(?:^|[，,])[小老][\u4e00-\u9fff]|[\u4e00-\u9fff]{2,8}(?:局|长|处|办|院|区|区里|单位|公司|同志|书记|主任|师傅|大姐|大爷|老板))(?:刚才|就|还|会|老|总|也|都|当时|经常|私下)?(?:讲|说|反映|告诉|抱怨|劝|问|认为|估计|回答|解释|嘀咕|拍胸脯)(?:过|了|我)?(?:[，,：:“]|$)|(?:^|[，,])我(?:就)?(?:说|讲|问|回)(?:[，,：:“你那这]|他|她)|(?:还|就|都|却|总)说[“‘]", "讲说反诉提告抱劝问认估回解嘀拍")),
    Rule("tell.once", "讲过去的一件事", Like(r"(?:^|[，,。；：:])(?:[^，,。；]{0,4})(?:那[天年次回时]|有一[次回天年]|(?<!马)上[次回]|上个?(?:礼拜|周|月|学期|星期|季度)[一二三四五六日天]?|前[几两些]天|前天|昨[天晚]|前不久|前阵子|前一阵|当年|三年前|几年前|小时候|来之前|后来|刚开始|开[^，,。]{1,4}之前|这[十几些两][天年来])(?!再|就要|必须|内|之内|把)", "那有上前昨当三几小来第头后刚开这")),
    Rule("tell.praise", "表扬、慰问的话", Like(r"辛苦|漂亮|功不可没|表扬|鞠(?:个|一)?躬|了不起|佩服|点赞|锦旗|不容易|来之不易|这样的(?:[\u4e00-\u9fff]{0,4}(?:长|书记|同志|干部|老师|职工|党员))|立了?功|好样的|做得(?:很|不错|蛮|挺|比较)?(?:好|不错|扎实|实在)|干得|讲得(?:很|都)|不错|欢迎", "辛漂功表鞠了佩点锦不来这立好做干讲欢")),
    Rule("tell.bad", "批评、评说的话", Like(r"说不过去|脸(?:上|往|红|面)|气不气|不应该|要不得|可怕|笑话|丢人|心里不|不踏实|慢了|怎么(?:想|办|会|就|能|弄)|才怪|躺在|趴在|不是小事|像什么|不像话|哪有|何必|难道|凭什么|为什么|干什么|什么意思|什么分量|你说|可惜|痛心|惭愧|揪心|不好看|说不清楚|不怕", "说脸气不要可笑丢心踏慢怎才躺趴像哪何难凭为干什你惜痛惭揪")),
    Rule("tell.mind", "说自己的感受和看法", Like(r"我(?:们)?(?:心里|觉得|看[，,这]|看最|相信|知道|晓得|也有|认为|希望|不希望|当没|送给|要给他|赞成|同意|理解|明白|承认|担心|高兴|感到|很|最|印象|总|不是|不反对|有个|有一个)|说实话|说到底|说白了|讲白了|坦率|老实讲|归根|这个账|这句话|这个道理|道理|总归|毕竟|无非|其实", "我说讲坦老归这道总毕无其")),
    Rule("proverb", "俗语、对举的道理", Like(r"宁可|(?:^|[，,])有的[^，,。]{1,40}[，,][^。]{0,30}有的|(?:^|[，,。])[^，,。]{2,10}有[^，,。]{1,8}的[^，,。]{1,6}[，,][^，,。]{1,10}有[^，,。]{1,8}的|[一三]分[建靠管]|不等于|老话|俗话|顺口溜|常言|说得好|不是[^，,。；]{1,20}[，,]?(?:而是|是[^否])|没有[^，,。]{2,20}[，,]?(?:就|哪|什么)|只要[^，,。]{2,24}[，,][^。]{0,12}(?:就|一定|总)|一次[^。]{0,20}一次|再[好大多难苦][^，,。]{0,8}也", "宁有三一分不老俗顺常说没只再")),
    Rule("count", "报数字、讲进度", Like(r"截[至止]|到(?:现在|目前|昨天|今天|上月底|上个月底|\d+月底)(?:为止)?(?:[^，,。]{0,10})(?:只|做|有|还|没|已|共|完成了|是)|共(?:有|抽|收|查|发|排|\d)|总共|比(?:去年|上年|上月|上半年|同期|常年|前年|[一二三四]季度|全[国省市县区])[^，,。]{0,14}(?:多|少|高|低|提高|增长|下降|增加|减少|下滑|回落)|缺口|相差|历时|(?:提高|下降|增长|回落|上升)了?[\d.]+个百分点|相[当较]于|只有[\d两三]|还有\d+[\u4e00-\u9fff]{1,4}没|平均|合格率|上线率|占(?:总|全|到|了|\d)|排名?(?:全|第|倒)|倒数", "截到共总比缺相历提下增回上只还平合占排倒")),
    Rule("calendar", "通报日程", Like(r"正式(?:上课|上班|开学|运行|营业|开馆)|算起|散学|[本这]学期(?:一)?共|共\d+[周天]|(?:^|[，,])\d+月\d+[日号](?:放假|开学|上课|散学|报到|考试)|(?:放|休)\d+天|照常|不变[，,。]", "正算散本这共月放休照变")),
    Rule("meeting.talk", "说的是会议和讲话本身", Like(r"召开[^，,。]{2,30}会议?[，,。]|(?:这次|这个|今天的?|今天这个|开这个)会|主要任务是|主要内容是|会议议题|请到一起|念(?:稿|文件|几段|完)|照着稿|稿子|提纲|(?:[讲说点提谈强][^，,。]{0,4}[一二两三四五六七几\d]+(?:件|个|点|句|条|方面|名)(?:事|意见|问题|要求|感受|话|名)?)(?:[。，,：:]|$)|下面|再(?:讲|说|啰嗦|强调)|先(?:讲|说)|请[^。]{0,8}记一下|会后[^。]{0,10}(?:领|留一下|找我)|留一下|通知一件事|散会|散了|要补充|我就讲|我就说|不多[讲说]|(?:逐项|按[^，,。]{1,4}来)讲|就这些|就讲这|讲这么多|通报完毕|站起来|会后认真|交代一下|(?:^|[，,])点到(?:的|名)|还有没有|随便聊|聊一聊|想到哪|一会儿|开始开会|人(?:都)?到齐|把门|会议(?:听取|还通报|通报)|(?:出席|列席|主持|记录|参加会议|发送?|抄送)[：:]|参加(?:会议|了会议)|主持召开", "召这今主议请念稿提讲说点谈强下再先会留通散要我不逐按就站交还随聊想一开人把出列记参发抄完")),
    Rule("body.when", "点名单位并说定时间", Like(r"(?:^|[，,。；：:])(?:请|由)?[\u4e00-\u9fff、（）]{1,24}(?:局|办|股|所|组|科|处|室|中心|镇|乡|村|社区|站|队|部|院|公司|老师|同志|学校|单位|部门|车间|班组|书记|主任|校长|经理)[，,]?(?:你们?)?(?:都|先|负责|牵头)?(?:今[天晚年]|明[天早晚年]|后天|这两天|[本这下]个?(?:周|月|礼拜|星期|学期)|马上|现在|回去|年底前|月底前|\d{1,2}月|\d{1,2}[号日]|周[一二三四五六日]|礼拜|星期|(?:会后)?[一二两三四五六七八九十]+(?:天|周|个?月|个工作日)(?:之)?内)", "局办股所组科处室心镇乡村区站队部院司师志校位门间组记任长理")),
    Rule("told.you", "当面对人交代", Like(r"(?:^|[，,。；：:])(?:[^，,。；]{0,12})你们?(?:两个|几个|俩|几家)?(?:自己)?(?:先|去|把|来|领|牵头|负责|盯|跟|给我|回去|看[，,]|拿|写|定|记|准备|这个(?:礼拜|月|星期)|这两天|今天|明天)|(?:局|办|股|所|组|科|处|室|老师|同志|[小老][\u4e00-\u9fff])[，,]?(?:你|记一下|领走|跟一下|盯一下|看一下)", "你记领跟盯看")),
    Rule("then", "“到了……就……”“……的当场……”的规矩", Like(r"(?<!只要)(?<!只有)(?:到了?|达到|超过|出现|发现|遇到|碰到|进了?|有[^，,。]{1,4}|再)[^，,。]{0,12}[，,]?就(?:停|报|撤|转|查|封|罚|上|关|收|叫|打|换|拆|清|通|追|送|约|退|扣|地)[\u4e00-\u9fff]{0,4}|该([\u4e00-\u9fff]{1,3})就\1|能([\u4e00-\u9fff]{1,4})的(?:就|先|都|立即|马上)?\2|[^，,。]{1,16}的[，,]?(?:当场|当天|当面|马上|立即|一律|统统|全部|都要|直接)[\u4e00-\u9fff]{1,6}|的[，,]?按[^，,。]{1,8}算|(?:缺|少|漏|晚)一[次人户天个][^，,。]{0,2}[，,]?(?:扣|罚|通报|追|找)", "就的缺少漏晚能该")),
    Rule("warn.early", "要求提前办理、提前告知", Like(r"提前[^，,。]{0,10}(?:天|小时|介入|通知|告知|公告|公布|敲|到|准备|备齐|谋划|下|印|谈|做|对接|安排)", "提")),
    Rule("lend.hand", "要求配合、协助", Like(r"予以(?:配合|协助|支持|保障)|(?:单位|部门|局|办|科|室|院|所|中心|镇|村|街道|学校|公司)(?:做好)?(?:配合|协助|参与|参加|协同|跟上)(?:[^，,。]{2,}|[，,。])", "配协参跟予")),
    Rule("by.who", "“由……制定、审核、汇总”的分工", Like(r"由[^，,。]{2,30}(?:修改|完善|审核|把关|制定|起草|报批|收|统一|排|兜底|保管|会同|调度|跟踪|督办|约谈|约见|派|拨|垫付|自筹|筹集|统筹|解决|编|印|发|做|送|讲|记|登)", "由")),
    Rule("dont", "口语里的“不要……、别……”", Like(r"(?:^|[，,。；])(?:[^，,。；要]{0,8})(?:不要|不能(?:再|让|只|光|等|买|拿|把)|不许|(?<![特分识级类性区个])别(?!人|的|处|说|墅|是)|用不着)[^，,。；]{2,}|谁也?(?:不准|不许|不能)", "不别用谁")),
    Rule("deed", "口语里的实动作（收齐、签完、过一遍、查一查）", Like(r"([\u4e00-\u9fff])一\1|收齐|签[完好订字到]|发(?:下去|到[^，,。]{1,10}|给我|个[\u4e00-\u9fff])|上交|交(?:上来|到|给|回)|张榜|公示|贴[在到出上]|挂[到在上出]|打卡|[过走查核捋清盘点理看摸跑测念][^，,。一]{0,6}一遍|[查核过走办签理装修拆清摆搬换报数测送补收验]完|[清归]零|清[空走场]|报(?:局|县|区|市|镇|我|给|到|个|一[次份]|党|办)|给我(?:[^，,。]{0,4})(?:数|单|表|名单|报告|清零|答复|回话|说法)|排(?:个|一[个张])[\u4e00-\u9fff]?(?:表|班)|写(?:清楚|明白|进)|[修装拆搬备配补找摆运送调建排画印]好|备[足齐]|到岗|值班|开门|摆到|调[来\d一两三]|派[人专出一]|(?:建|拿|列|做|排)(?:出来|起来|出一|个|上来)|记(?:在|到|一下)|登记|签收|陪餐|带队|上墙|销号|倒排", "一收签发上交张公贴挂打完零清报给排写好备到值开摆调派建拿列做记登陪带销倒")),
    Rule("monthly.theme", "按周、按月、按期排定的事", Like(r"每[周月天年期季](?:度|学期)?(?:至少|不少于|都要|各|开|搞|办|查|报|碰|公示|公布|一)|一[周月天季](?:一|开|查|报|碰|两|三)|[单双]周|每[两三]周|[一二两三四五六七八九十]个?月(?:一次|一个)|半个?月(?:一|调|给|报)|\d+月[^，,。\d]{2,6}[，,、]\d+月[^，,。\d]{2,6}[，,、]\d+月", "每一单双月")),
    Rule("suggest.first", "以“建议、可以先行、可以考虑”提出的办法", Like(r"(?:^|[，,])(?:[^，,。]{0,14})(?:建议(?:大家|各|你们?|有条件)|可(?:以)?(?:先行|考虑|启用|尝试|参照|试行|试点|结合|由|请|推广|采取|探索|组织|设立|申请)|不妨|有条件的[^，,。]{0,10}可以?)", "建可妨条")),
    Rule("when", "说到具体日子或时刻", Like(r"\d{1,2}月(?:\d{1,2}[日号]|底|中旬|上旬|下旬|初)|(?<!\d)\d{1,2}[号日](?![楼院])|第\d{1,2}周|寒假|暑假|期[末中](?!考试成绩)|月底|周[一二三四五六日末]|(?:礼拜|星期)[一二三四五六日天]|今晚|明早|[一二三四五六七八九十\d]{1,3}点(?:钟|半|前|以前|之前)|天[黑亮]", "月号日周假期底礼星今明点天")),
    Rule("lesson", "吸取教训、克服麻痹一类思想要求", Like(r"教训|麻痹|侥幸|松懈|懈怠|厌战|绷紧|弦|绝不姑息|决不姑息|不姑息|从严从[快重]|将心比心|心中有数|心里有数|下不为例|好自为之|打起精神|放在心上|人人有责|不分你我|一盘棋|对号入座|引以为戒|举一反三|警钟|零容忍|高压态势|露头就打|该问责的|一追到底|负总责|亲自抓|第一责任人|底线|红线|碰不得|撑腰|鼓劲|不松劲|不折不扣|时时放心不下|如履薄冰", "教麻侥松懈厌绷弦绝决姑从将心下好打放人分一对引举警零高露该负亲第底红碰撑鼓不如")),
    Rule("call.off.fix", "“拆掉、停下、上交、开门”一类说到结果的动作", Like(r"(?:拆掉|换掉|搬走|搬出|关掉|停掉|撤下|上交|开门|封(?:了|掉|存|起来)|叫停|停下来|收回|退回|领走|带走|挪开|腾空|移交|清走|打开|撤销|停课|停工|停用|停办)", "拆换搬关停撤上开封叫收退领带挪腾移清打")),
    Rule("seen", "检查、评比、调查的经过", Like(r"(?:抽查|暗访|检查|走访|调查|调研|摸底|核查)(?:了|中|组|发现|结果|的结果|情况)|发现[，,]|随机|采取[^，,。]{2,12}方式[，,]|发放问卷|入户", "抽暗检走调摸核发随采入")),
    Rule("no.action.short", "一句短话，没有动作", lambda view: len(view.text) <= 16 and not any(clause.verb for clause in view.clauses)),
    Rule("talk", "这一段是随口讲的", lambda view: view.spoken),
    Rule("talk.none", "随口讲的，没有可交账的内容", lambda view: view.spoken and view.evidence == 0),
    Rule("talk.no_verb", "随口讲的，没有动作", lambda view: view.spoken and not any(clause.verb for clause in view.clauses)),
    Rule("talk.must", "随口讲的“要、必须”", lambda view: view.spoken and "must" in view.counts),
    Rule("talk.told", "随口讲的，但有明确要求", lambda view: view.spoken and any(clause.told for clause in view.clauses)),
    Rule("talk.figure", "随口讲到数字", lambda view: view.spoken and FIGURE.search(view.text) is not None),
    Rule("talk.act", "随口讲的，有单位或人去办", lambda view: view.spoken and any(clause.subject or clause.initial for clause in view.clauses)),
    Rule("due.bare", "有日子，但没有动作也没有要求", lambda view: _DATED(view.text) is not None and not any(clause.verb or clause.told for clause in view.clauses)),
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
