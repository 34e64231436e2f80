"""What follows a body that is told to act: a duty, a time, an adverb, a verb, the person spoken to. Internal to units."""

import re

from speeches.extraction.lexicon import ADVERB, VERB_HARD, VERB_MID, VERB_SOFT
from speeches.extraction.unit_words import PLAIN_VERBS

_NUM = r"(?:\d{1,4}|[一二三四五六七八九十两]{1,3})"
_MOMENT = (
    rf"(?:20\d\d年|[今明]年|[今明]明两年|年[底内前初中末]|[上下]半年|第?{_NUM}季度|本?季度|本?年度|"
    rf"(?:每|本|这个?|下下?个?)?月(?:底|末|初|[上中下]旬|内)?|{_NUM}月份?(?:底|末|初|[上中下]旬)?|[上中下]旬|{_NUM}[日号]|"
    rf"(?:每|本|这个?|下下?个?|隔)?(?:周|星期|礼拜)[一二三四五六日天末]?|第{_NUM}周|[今明后](?:天|日|晚|早)|大后天|当天|当晚|当日|这[一两几]天|即日|近[期日]|"
    r"早上|上午|中午|下午|晚上|夜里|凌晨|下班|放学|天黑|天亮|班前|饭前|会后|会前|散会|元旦|春节|清明节?|[“\"]?五一[”\"]?|端午节?|中秋节?|国庆节?|教师节|节|汛期|"
    r"[春秋]季|开学|期中|期末|放假|寒假|暑假|暑期|[本下这新]?(?:个)?学[期年]|中考|高考|入汛|入冬|每(?:天|日|年|季度|学期|半[年月])|"
    rf"(?:\d{{1,3}}|[一二三四五六七八九十两半]{{1,2}})个?半?(?:月|工作日|小时|天|日|周|年)(?=之?[内后]|里|以内)|到时候|随后|期间|第[一二三]?[周]|[一二三四五六七八九十\d]{{1,3}}点(?:半|钟)?|前后?(?=[要把]))"
)
# 本月25日前, 12月18日前, 今天晚上, 下礼拜一之前, 开学第一周
TIME = (
    rf"(?:最迟|最晚|务必|确保|力争)?(?:在|于|到|从|自|至)?{_MOMENT}(?:的?{_MOMENT}){{0,4}}"
    r"(?:结束|开始|之前|以前|前|之内|以内|之后|以后|内|后|起|期间|里|底|末)*"
)

# When somebody is on duty, or always: 当班必须…, 夜间要…
_WHILE = r"(?:当班|值班|上班|出车|上岗|夜间|日间|白天|平时|平常|晚间|午间|早晚|课间|课后|周末|双休日|节假日|假期|全天|全年|全程|雨天|雨[前中后]|农闲|农忙|雨季|冬闲|三夏|[春夏冬]季|[“\"]?(?:双抢|七一|十一|两会)[”\"]?)(?:时间?|期间|后|前|都|也)?"

DUTY = re.compile(
    r"[，,]?(?:也|都|还|更|既|又|均|一定|自己|主要|具体|首先|今年|同志|一把手|同时|则|再|就|先)*(?:要(?!求|素|点)|必须|须|应(?!急|用|对|届)|应当|应该|务必|务须|得(?!到|以|出|知)|不得|不能(?!只有|光有|仅有|没有)|不要|不准|严禁|不许|需(?!求)|可以(?!随时)|可(?!能|是|靠|以)|拟|将|已?经?决定|已把|计划(?!生育|财务|科)|负责(?!人|同志)|负(?:总|主|全)责|总负责|牵头(?!单位|部门|人|科)|会同|"
    r"配合|密切配合|积极配合|协同|协助|予以(?:配合|协助|支持)|参与|参加|主办|承办(?!单位|部门)|抓总|包干|兜底|是[^，,。；;]{0,14}?责任(?:人|主体|单位)|为(?:第一|直接|主要)?责任(?:人|主体|单位)|一起(?=[一-龥])|顶上去|来(?![年宾源自信])(?=[一-龥])|去(?!年)(?=[一-龥]))"
    rf"|(?:正在|已经?在)[^，,。；;：:]{{2,14}}[，,]请?(?:{TIME}[，,]?)?(?:要(?!求)|必须|务必|抓紧|尽快)"
    r"|[，,]?[你您](?:们)?(?!好|追)|(?:记|看|听|盯|催|跑|想|理)(?:一下|好了?|着|住|清)|[这那]边|注意(?:一下|了|[，,])|(?:各自)?落实一下|全权"
)
MANNER = re.compile(
    rf"[，,]?(?:{_WHILE}(?![的工班制])|"
    r"与[^，,。；;：:]{2,14}?(?:建立|联合|对接|签订|开展|共同|沟通|联系|合作|协商|联动|商定|会商)|分(?=[一二三四五六两几]|成|片区|头|批|期|级|类)|下来(?!的)|在(?!内|[^，,。；;]{1,24}(?:中|时|后)?(?:发现|反映|看到))|对(?!口(?![支帮援联])|外|接|[^，,。；;]{1,12}的(?:要求|意见))|把|按|为(?!了|期|主|止|准|何|难|由)|从(?!业)|向(?!来)|以(?!上|下|来)|围绕|结合|根据|通过|针对|利用|依托|于|认真|切实|及时|尽快|抓紧|赶紧|赶快|抓早|逐|分别|共同|联合|各自|每|全部|一律|全面|进一步|积极|主动|不?定期|立即|立刻|马上|即刻|严格|深入|统一|统筹|全程|全过程|"
    r"不少于|至少|最迟|最晚|自行|自己|亲自|足额|全额|据实|如实|如期|按期|按时|限时|无偿|免费|义务(?!教)|就地|就近|当面|同步|一并|大胆|迅速|火速|严密|密切|妥善|精准|准时|相应|同样|仍|尚须|加紧|赶|挨[个家户]|合力|联手|携手|协力|轮流|限期|即日起|予以|给予|一对一|见一|到(?:现场|一线|点位|场)|到(?=[一-龥]{1,6}(?:作|做|说明|述职|报到|检查|汇报|去|对接|办))|(?:半|[一两三])个?(?:年|月|季度|周|星期|天|小时)(?=[一-龥])|24小时|二十四小时|一次性|多方|从快|从严|一定|长期|常年|带头|上门|入户|下沉|随时|照此|按要求|务|尽(?!管)|继续|提前|离(?=[县镇岗村市区校京])|现场|当场|集中|专门|单独|另行|重新|抽空|顺便|直接|首期|先|再(?!生)|就(?!业|近入)|也(?!门)|都(?!市|江)|只(?!有|要)|不(?!锈|动|超过|少于|低于)|别(?!墅|人)|"
    r"一(?P<each>[一-龥])一(?P=each)|想办法|想方设法|回去|回来|下去|过来|过去|留下|留一下|连夜|连天|什么时候|多久能|设法|要?跟到底|盯到底|跟进|跟踪|盯住|拿|报(?!社|业|道|告|名|刊)|管好|出(?!版|租|口|入|现|台的)|派(?!出所|驻)|抽(?!查的)|"
    r"(?:收|查|盯|管(?!理|委|道|网)|排|印|签|填|选|搞|开(?!发|展的|学)|办(?!公|学|法|事|案)|找|写|改(?!革|造|制)|送|发(?!展|改|电)|守|带|领(?!导)|催|督|记|算|审(?!计局|判|批局)|拨|列(?!车)|配(?!套|电|送)|拆|修(?!理|志)|扫|盖|挂|搭|补|摸|劝|敲|备|采|量|测|看|跑|抓|做(?!法)|拿|给|替|包(?!装)|交(?!通|警|流|易)|张|接|拉|安排|出面|兜|托|牵)(?=[，,。；;好完清准出到上下住齐全一两三几\d人个把了着]|[一-龥]{2}))"
)
# 议一议, 碰一下, 换掉, 理清楚: any verb with its result
_RESULT = re.compile(
    r"(?P<verb>[一-龥])一(?P=verb)|[一-龥]{1,2}(?:一下|一次|一遍|一轮|一趟|一番|个方案|个办法|个意见|个话|个头|个底)|[一-龥](?:掉|完|齐|住|出来|下来|下去|起来|回来|上来|到位|清楚|明白)(?![一-龥]?的)"
)
_RESULT_SECOND = frozenset("一个掉完齐住出下起回上到清明")
# 县里去年就要求, 检查组在抽查中发现, 县局已经印发: told, not told to
TOLD = re.compile(
    r"(?:可以随时|答应|[^，,。；;：:]{0,6}?还有[一些几新]|要求|强调|指出|提出(?!意见|方案|建议)|认为|反映|表示|汇报说|[在到于]?(?:去年|前年|上年|上个?(?:月|周|学期)|昨天|前天|前[段些]|刚才?|刚刚|此前|近年来|这些年|几年来|过去)|已(?!决定|明确要)|曾|先后|相继|累计|共计|[一-龥]{1,3}的(?:情况|数字?|材料|结果|报告|经验|问题|反馈)|再不(?!得|能|许|准)|[一-龥]{0,4}了(?=[，,。；;]|一|两|三|\d)|[一-龥]{2}了(?!解|[结却])|[一-龥]{0,4}过(?=[，,。]|[一-龥]?[账会两三几]))"
)
AFTER_TIME = re.compile(
    rf"(?!周[边转密围岁期长到全]|节[约水能目省点]|[年月][级轮画龄饼]|本?年度[目任计考预])[，,]?(?:就|再|先|都|也)?(?:{TIME})(?![的第、长制]|工作|计划|预算|报告)"
)
# 春耕结束前把…: before an event of any name
_BEFORE_EVENT = re.compile(r"[一-龥]{1,8}?(?<![目当面眼提之以])前(?=[把要完全将])")
TIME_FIRST = frozenset(
    '，,就再先都也最务确力在于到从自至对按0123456789一二三四五六七八九十两半今明后年上下第本每这月周星礼隔大当即近早中晚夜凌放天班饭会散元春夏秋冬清“"五端国教节汛开学期寒暑高入前随间新底值日白平午课双假全雨农忙冬三'
)
DUTY_LATER = re.compile(
    rf"(?:(?:{TIME}[，,]?)|{_WHILE}|(?:在(?![^，,。；;]{{1,24}}(?:发现|反映|看到))|对|按|从|就)[^，,。；;：:]{{1,20}}?){DUTY.pattern}"
)
CO = re.compile(
    r"[，,]?(?:也|都|要|须|应|密切|积极|主动|共同|分别|深入|予以|给予|全力|做好)*(?:配合|协同|协助|参与|参加|支持(?=[，,。；;]|$))"
)
LEADS = re.compile(r"[，,]?(?:也|来|去|继续|具体|要|负责|总)*(?:牵头(?!单位|部门|人)|主办|抓总)")
ROLE = re.compile(r"(?:予以|积极|密切|共同)?(?:配合|参加|参与|协助|负责|牵头)(?=[，,。；;]|$)")
# 安全管理科跟区交通部门对接, 体卫艺科商市场监管部门: the second body is a partner
PARTNER = re.compile(
    r"[，,]?(?:要|再|去|先|主动|抓紧|尽快|马上|也|还要|会后|"
    + TIME
    + r")*(?:负责|牵头)?[，,]?(?:跟(?!踪|进|上|到)|同(?!志|时|步|意)|商(?!业|务|会|贸|品|场|标|家|户|圈)|会同|会商|联合(?!会|社|国|体)|协同|对接|联系|与)(?=[一-龥])"
)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# what people told to act in plain talk do, beside the verbs of the written language
_TALK = _words(
    "签字 听课 出钱 出资 出人 出力 出车 牵线 值守 带班 陪餐 巡课 把关 到场 露面 蹲点 驻点 上课 讲课 家访 回访 发函 去函 挂牌 进场 进村 入户 出动 出警 出面 下校 下乡 下村 下沉 到校 进校 表态 商量 碰头 合计 协商 会商 议定 议一 签收 会签 过目 "
    "见面 留人 留下 补课 对账 销号 销账 保管 看护 护送 接送 清扫 清运 巡护 巡堤 巡河 守堤 守夜 蹲守 盯守 挂图 张榜 贴出 摆到 送到 发到 报到 交到 落到 找人 派人 派车 腾出 挤出 匀出 凑齐 "
    "拉网 拉出 理出 捋清 理清 摸准 核清 算清 说清 讲清 问清 弄清 查清 办妥 谈妥 敲定 定下 定好 排好 排出 画出 写出 写清 印好 装好 锁好 关好 收好 收齐 收口 收尾 报批 送审 组卷 招标 "
    "轮流 轮班 分头 结对 包片 包户 认捐 兜底 接手 接管 接访 下访 约访 包案 承诺 代办 帮办 领办 领衔 带队 挂帅 坐镇 指挥"
)
VERBS = (
    frozenset(verb for verb in (*VERB_HARD, *VERB_MID, *VERB_SOFT) if len(verb) >= 2)
    | frozenset(_TALK)
    | PLAIN_VERBS
)
_ADVERBS = frozenset(word for word in ADVERB if len(word) == 2) - frozenset(
    _words(
        "系统 整体 基本 主要 综合 科学 合理 长期 重点 首先 当前 目前 现在 平时 动态 深度 高效 总之 今年 明年 今后 近期 年内 本月 下周 精准 集中 多元 高位 引导 支持 推动 鼓励 统筹 协同 "
        "要求 决定 倡导 提倡 建议 允许 争取 "
        "正确 准确 精确 清醒 客观 真诚 诚恳 虚心 灵活 安全 普遍 深刻 周密 超前 协调 有力 强力 有序 有效"
    )
)
_NOUN_AFTER = re.compile(
    r"(?:.{2})?(?:的|水平|质量|能力|工作(?:要|必须)|情况|机制|制度|体系|经费|标准|项目|工程|经验|方案|[一-龥]{0,4}(?:报告|材料|结果)(?:形成|出来|后|，))"
)
_NOUN_AFTER_NOMINAL = re.compile(
    r"步伐|力度|进度|效率|速度|成效|面貌|格局|规划|目标|任务|计划|压力|负担|经费|资金|人员|编制|设施|设备|环境|布局|标准|水平|质量|能力|体系|机制|制度|情况|工作|混乱|滞后|薄弱"
)
# 社区建设, 学校管理: with a generic ending these are things, not acts
NOMINAL = frozenset(
    _words(
        "建设 管理 服务 改造 监管 整治 治理 发展 规划 检查 监督 督查 督导 整改 培训 考核 宣传 保护 审计 评估 安排 维修 维护 布局 设置 绿化 亮化 升级 扩容 预算 改革 教育 招生 招聘 设计 活动 运行 编制 经费 收费 值班 用电 学习 创建 创新 振兴 整合 撤并 合并 覆盖 "
        "监测 研究 统计 测试 验收 登记 演练 采购 交流 协调 配套 补贴 补助 奖励"
    )
)


# A body at the head of a clause does what follows, unless a noun or a link follows (县政府常务会议, 教育局和…).
_GOES_ON = re.compile(
    r"办[，,。]|[一-龥]{1,2}(?:老师|师傅|同志|书记|校长)|一般|图书|[老小][一-龥][，,你您]|设在|[的等、和与及或长内外里中上下前后，,。；;：:！？!?）)”\"是有为之所以于被受因而且]|"
    + "|".join(
        _words(
            "停车[场位难费库区] 局长 院长 校长 站长 所长 队长 科长 处长 部长 厅长 主任 书记 副 文件 会议 常务 全会 精神 网站 官网 系统 机关 工作 通知 要求 部署 领导 干部 职工 人员 同志 主任 书记 班子 党组 党委 支部 指导 大楼 门口 院内 情况 意见 方案 制度 任务 职能 职责 "
            "经费 资金 账户 权限 窗口 附近 周边 门前 辖区 属 代表 委员 名义 公章 账目 预算 项目 工程 建设 管理 服务 改革 发展 作风 队伍 环境 质量 水平 能力 责任 主体 考核 评价 活动 机制 体系 "
            "平台 数据 信息 标准 规划 计划 政策 法规 经验 做法 问题 隐患 矛盾 风险 事故 案件 教师 学生 校园 校舍 食堂 宿舍 教室 课堂 教学 教育 招生 收费 安全 卫生 监管 执法 审批 许可 反映 认为 指出 说 讲 通报了 "
            "之间 联动 一级 本身 以上 以下 级 类 型 化 性 间 圈 群 率 网 版 户 家庭 居民 群众 农户 村民 村 党员 主要 分管 相关 有关 内部 设施 设备 车辆 用水 用电 用地 用房 标志 标识 场所 场地 布局 改造 整治 治理"
        )
    )
)
_PREDICATE = re.compile(r"[一-龥]{2}[^，,。；;：:\n]|[一-龥]{2}(?=[，,。；;]|$)")


# 培训要…, 报酬按…, 补贴必须…: a word that is a thing's name, of which something is said
_NOUN_THEN = re.compile(
    r"[一-龥]{2}(?:[一-龥]{2}){0,2}?(?:(?<!发现)(?<!险情)(?<!问题)(?<=[训贴酬助费薪资评核审查改收入奖励绩设理务用教管动况比量度率数额率力质能作权法风貌势容])(?:要(?!求|素|点|闻|道)|必须|应当|达到|提高到|降到|不低于|不少于|不得|按|由|纳入|列入|全部|落实)|率)"
)


def _first_chars(pattern: str) -> frozenset[str]:
    """A quick look before the full pattern: no match begins with a character its text does not hold."""
    return frozenset(pattern)


_DUTY_FIRST = _first_chars(DUTY.pattern)
_MANNER_FIRST = _first_chars(MANNER.pattern) | frozenset("24")


def told_to(text: str, at: int) -> bool:
    """Whether a duty follows, at once or behind a time or a circumstance: 要, 必须, 负责, 于6月底前要."""
    if text[at : at + 1] in _DUTY_FIRST and DUTY.match(text, at):
        return True
    return text[at : at + 1] in TIME_FIRST and DUTY_LATER.match(text, at) is not None


def acts(text: str, at: int, *, proper: bool = True) -> bool:
    """Whether a verb, an adverb of doing or a time follows: a body that acts, not one that is spoken about.

    Without `proper` (社区, 学校) a word that may as well be a noun (建设, 管理) is no act.
    """
    return _may_act(text, at, proper=proper) and not TOLD.match(text, at) and not _NOUN_THEN.match(text, at)


def _may_act(text: str, at: int, *, proper: bool) -> bool:
    if text[at : at + 2] in _ADVERBS:
        return True
    if text[at : at + 4] in VERBS or text[at : at + 3] in VERBS or text[at : at + 2] in VERBS:
        if text[at : at + 2] in NOMINAL and not (
            proper and re.match(r"[好一两三\d各]|[一-龥]{2}", text[at + 2 : at + 4])
        ):
            return False
        if text[at : at + 2] in NOMINAL and _NOUN_AFTER_NOMINAL.match(text, at + 2):
            return False
        return not _NOUN_AFTER.match(text[at + 2 : at + 12])
    if text[at : at + 1] in _MANNER_FIRST and MANNER.match(text, at):
        return True
    if not _RESULT_SECOND.isdisjoint(text[at + 1 : at + 3]) and _RESULT.match(text, at):
        return True
    return may_be_time(text, at) and bool(AFTER_TIME.match(text, at) or _BEFORE_EVENT.match(text, at))


def may_be_time(text: str, at: int) -> bool:
    """A quick look whether a time may begin here, or an event with 前: the full patterns are slow."""
    return text[at : at + 1] in TIME_FIRST or text.find("前", at, at + 10) > 0


def goes_on(text: str, at: int) -> bool:
    """Whether anything but a noun or a link follows: enough after an institution, which can only act."""
    return not _GOES_ON.match(text, at) and bool(_PREDICATE.match(text, at)) and not TOLD.match(text, at)
