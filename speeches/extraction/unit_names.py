"""What a responsible body looks like: the office's own directory first, else the shape of Chinese body names.

A name is never guessed or completed: what is returned stands so in the text.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from speeches.extraction.heads import heads
from speeches.extraction.lexicon import ADVERB, VERB_HARD, VERB_MID, VERB_SOFT
from speeches.extraction.model import Directory, Unit
from speeches.extraction.pieces import needed
from speeches.extraction.unit_words import (
    EACH_ENDINGS,
    FIRM_ENDINGS,
    LOOSE_ENDINGS,
    NO_NAME_OPENS_WITH,
    NOUN_OPENINGS,
    PLAIN_VERBS,
    POSTS,
    VERBS_IN_NAMES,
    words_of,
)

# --- endings ---------------------------------------------------------------------------------------------------

# 企业所得税, 运转所需, 查处一起: the ending belongs to another word
_NOT_AFTER = {
    "所": "(?![得需有以属谓示述在能做定占])",
    "处": "(?<![查惩]处)(?![理置罚于分在])",
    "局": "(?<![布格结全大开僵])局"[:-1],
}
_NAMED_COMRADE = r"(?<![一-龥])(?!(?:[请由让和给叫]|各位|基层|科室|一线|[村镇局校里]里|有的|有些|全体|年轻|党员|领导|机关|广大|在座|部分|个别|所有|这些|那些|少数|.{0,2}[老女男位]同|.?负责|.{0,2}的同))[一-龥]{2,3}同志"
_EMPLOYEE = "[一-龥](?<![人党成委动职学队球议官演社会团全满超定裁复一])员"  # 理货员, 讲解员
_BY_NAME = "(?:专干|干事|[一-龥]员)[小老][一-龥]"  # 交通专干小余
ENDING = re.compile(
    f"{_BY_NAME}|{_EMPLOYEE}|"
    + "|".join(
        _NOT_AFTER["局"] + word if word == "局" else word + _NOT_AFTER.get(word, "")
        for word in sorted({*FIRM_ENDINGS, *LOOSE_ENDINGS, *POSTS}, key=len, reverse=True)
    )
)
_FIRM = re.compile(f"(?:{'|'.join(sorted(FIRM_ENDINGS, key=len, reverse=True))})$")
_FIRM_HEAD = re.compile(f"(?:{'|'.join(sorted(FIRM_ENDINGS, key=len, reverse=True))})")
_POST = re.compile(
    f"(?:^{_NAMED_COMRADE}|{_BY_NAME}|{_EMPLOYEE}|{'|'.join(sorted(POSTS, key=len, reverse=True))})$"
)
# Every place where a name may end: found by its last character alone, which is quick; `is_body` then looks closely.
LAST_CHARS = "".join(
    sorted({word[-1] for word in (*FIRM_ENDINGS, *LOOSE_ENDINGS, *EACH_ENDINGS, *POSTS)} - {"所", "处", "志"})
)
LAST = re.compile(f"[{LAST_CHARS}]|(?<=同)志|所{_NOT_AFTER['所']}|处{_NOT_AFTER['处']}|(?<=[小老])[一-龥]")
# The same without 小王, 老李, told by its characters first: found several times faster.
LAST_UNFAMILIAR = re.compile(
    f"[{LAST_CHARS}志所处](?:(?<![志所处])|(?<=同志)|(?<=所){_NOT_AFTER['所']}|(?<=处){_NOT_AFTER['处']})"
)
# 转移责任人要…: what they answer for opens the name; 落实责任人, 明确责任人 do not
_ANSWERABLE = re.compile(
    r"(?:转移|巡查|管护|监管|管理|整改|包保|包联|防汛|巡护|养护|救援|预警|值守|看护|技术|行政|安全|生产|网格|巡堤|清淤|治理|排查|禁烧|护林|防火)责任人"
)
# 临江区备足砂石: a county or district by its own name; 山区, 全县 are none
_COUNTY = re.compile(
    r"^(?!(?:我|全|各|本|外|邻|每|该|整|分|强|大|穷|小|老|新|旧)[一-龥]?[县区]|湖区|[一-龥]{0,2}(?:山|城|社|校|园|库|景|灾|小|辖|地|牧|林|矿|厂|片|新|郊|战|学|病|院|户|业|贸|税|禁|离|留|养|殖|墓|发|验|护|时|专|特|商|融|流|储|候|停|心|险|涝|老|农|渔|街|市|疫|汛|旅游|开发|示范|试验|高新|保护|服务|功能|住宅|生活|办公|教学|重点|缓冲|核心|集中|作业|施工|观察)区|[一-龥]?(?:困|弱|强|范|全|各|我|本|该|两|几|点|业|份|直|驻|试|级|和|与|及|到|在|大|小|邻|跨|出|外|离)县)[一-龥]{1,2}[县区]$"
)
_COMRADE = re.compile(f"^{_NAMED_COMRADE}$")
_ANY = re.compile(
    f"(?:{ENDING.pattern}|^{_NAMED_COMRADE}|^(?:各|有关|相关)[一-龥]{{0,6}}(?:{'|'.join(EACH_ENDINGS)}))$"
)
# 三个村, 两级政府, 等部门: closes a list whose other members are cut short
_COLLECTIVE = re.compile(
    r"(?:[两三四五六七八九十\d]+座(?:水厂|泵站|电站|水库|污水处理厂|变电站)|[一二三四五六七八九十两\d]+(?:个|所|家)(?:村|镇|乡|街道|社区|部门|单位|学校|局)|两级(?:政府|党委)?|[两三四五几]家(?:公司|企业|单位)?|几个(?:村|镇|乡|街道|社区|部门|单位)|几所学校|[两三四五六]个(?:镇|乡|村|街道)的[一-龥]{2,6}|(?:部门|单位|局|委|办|科|室|工会|妇联|团委|中心|街道|社区)的同志|等?(?:相关|有关|各)?(?:部门|单位))$"
)

# --- what a body is not ----------------------------------------------------------------------------------------

_NOBODY = re.compile(
    r"^(?:任何.*|.*[室科处所站]办|局部.*|部分.*|.*(?:机组|场所|厕所|公厕|低洼地区|车站|加油站|变电站)|.*(?:辅导|咨询|图书|器材|阅览|会议|活动|实验|功能|陈列|展览|荣誉|休息)室|[进离到返在全入出下住放上逃]校|同一.*|我们|我[县区市镇校乡省国村]|省市|市县|县乡|县区|区县|市区|城区|乡村|大家|同志们?|全[县区市省镇乡国校党村]上下|全[县区市省镇乡国校党村](?:\d.*)?|全社会|社会各界|各界|全体.*|广大.*|群众|人民|学生|家长|教师|老师|党员|干部|职工|政府|党和政府|"
    r"党|国家|社会|部门|领导|组织|企业家|各方|各方面|各地|各级|市场|系统|地区|城市|农村|乡村|园区|班子|班级|校园|社区和?家庭|家庭|小区|景区|行业|战线|一方|对方|多方|双方|(?:外|邻|别|兄弟)[县市省地区乡镇村校]|外单位|大方|地方|全方|各行业|中央|财政|机关|专家|国企|民企|重点企业|市|县|区|省|镇|乡|村|级|"
    r"[一二两三四五六七八九十百千万几多\d]+[个所家名条项批些种级线方面位].*|\d(?!\d{2,4}(?:热线|指挥|平台)).*|.*(?:办案|教学|办公|生活|功能|服务|住宿|运动|施工|危险)区|.*(?:人员|群众|人民|学生|居民|农民|纳税人|企业家|团队|工作|建设|管理|水平|质量|能力|教育|发展)|每(?![所个家](?:学校|村|科室|乡镇|镇|街道|单位|部门|企业|社区|幼儿园|支部|年级|班)).*|(?:这|那|此|该|其|某|哪|本)[个些项类件]?.*)$"
)
_NOT_IN_NAME = re.compile(
    r"带队|一会儿?|什么|同意|担任|任[总副]?(?:组长|指挥)|哪|怎|[的了着把将让使《》〈〉向从是不也还这那其此你他她它吗呢，。；：！？]|要|^请|责成|委托|会同|牵头(?!单位|部门|科室|人)|配合(?!单位|部门)|负责(?!人|同志|单位|部门)|联合(?!会|社|体|国|工)|必须|应当|应该|(?<!参)与(?!会)|对(?!外|口|台)|在(?!编|职|线)|被|为(?!民|老)|由|以(?!上)|于|到|给|就(?!业)|有(?!关|限|色)|^经(?!开|信|发|济|管|营|贸|协|侦)|^(?:同|帮|替|跟)(?=[一二三四五六七八九十两几各县市区镇乡村])"
)
_SAFE_WORDS = re.compile(
    r"应急|机要|就业|有条件的|有关|国有|分管(?:(?!任)[一-龥]){1,6}的(?=副|领导|负责)|对口|所在(?=[县市区乡镇村街社学单])|(?:部门|单位|学校|乡镇|街道|企业|村|局|委|办)的(?=(?:主要|分管)?(?:领导|负责)|同志)|有限|必要时|要素|重要|主要|需要|不动产|不定期|及其(?=部门)"
)
# What these say in characters, for a look before a name is taken out of the text: such as no name holds, such as stand
# in names before or behind a few others only, and what the safe words, and 的, begin with.
NEVER_IN_NAMES = "将让使向从是这那此被由到给于哪怎"
SELDOM_IN_NAMES = "不对为以就与有在其"
SAFE_FIRST = "的应机就有国分对所部单学乡街企村局委办必要重主需不及"
# 建设局, 督查室: words that are verbs elsewhere but open a body's name here.
_DOMAIN = re.compile(
    r"^(?:(?:值班|带班|值周|包案|包联|综合|统筹|法制|法治|农业|联合|动态|重点|首席|建设|发展改革|发展和改革|发改|规划|统计|监察|监管|监测|审计|教育|宣传|安全|应急|信访|考试|招生|招商|交通|统战|政法|保密|研究生|开发区|(?:帮扶|包保|结对|挂包|包联)(?=责任|单位|干部|部门|领导)|考核(?=[办组科委小])|继续教育|执行[局庭]|组织(?=部门)|立案庭|保卫|治安|执法|征收|投资|学生|科技|科学技术|信息|技术|绿化|防[汛火控疫]|主要(?=领导|负责)|分管)"
    r"|(?:设计|开发|监督|督查|督导|组织|管理|服务|保障|交流|研究|培训|检察|检查|采购|评估|指导|协调|推进|整治|治理|登记|改革|落实|创建|调度|绿化|工作|巡查|帮扶|攻坚|协作)[一-龥]{0,4}(?:组|办|室|(?<!干)部|局|科|股|处|中心|站|队|委|员|专班|办公室)$)"
)
# 县政府督查室跟踪督办, 平桥街道组织各社区: a verb, an adverb or another body inside means the cut is too long.
_NAMELY = frozenset(
    words_of(
        "建设 管理 服务 监督 督查 督导 检查 检测 监测 评估 评价 培训 考核 审计 宣传 发展 改革 规划 保障 保护 防治 防控 整治 治理 协调 推进 落实 研究 统计 "
        "招生 招商 登记 交流 指导 组织 创建 调度 绿化 处置 处理 监管 学习 调查 清理 审批 帮扶 帮助 采购 设计 维护 维修 验收 预算 招聘 开发 利用 改造 修复 "
        "派出 立案 执行 值班 宣讲 报账 值守 教育 继续 考核 社会 接待 种植 养殖 测试 攻坚 攻关 融合 转化 引进 申报 巡查 执行 分析 研判 备案 救助 收购 储备 关爱 振兴 普查 汇总 租赁 创新 合作 联动 协同 控制 统筹 安排 "
        "实施 公开 规范 提升 优化 促进 应用 推广 示范 牵头 配合 负责 参与 参加 主办 承办 协助 征求 用好 办好 打击 支持 拆迁 搬迁 新建 改建 扩建 续建 收治 "
        "结算 投资 筹备 筹建 集训 演练 救援 稳定 巩固 投放 疏浚 植树 改造 共建 自治 申办 创业 排查 核算 核查 评选 招录 问责 举办 工作 教育 信访 衔接 "
    )
)
_INNER = re.compile(
    r"”[前后]|[搞办做建管抓用守]好|指定|(?<=.)(?:每|[今明昨][天晚早年日]|月底|周[一二三四五六日末]|刚才|已经|正在|一起|一直|现在|这|那)|(?<=[一-龥])分[一二三四五六两几]个?|同志[一-龥]|及时|直接|提请|立即|马上|立刻|尽快|抓紧|认真|切实|跟踪|大多|多数|少数|部分(?!组)|个别|许多|有的|先后|[一二两三几]名|一[个位]|校校(?![医长园办区])|按|跟(?!踪)|(?<=[科局处室办股])[商同](?![业务会贸品场标家户圈联协行银])|想(?!象)|再(?!生|就业|造|制造|担保)|"
    r"(?<=.)报(?!社|业|道|告|名|关|刊|送)|(?<=.)打(?!击|造|捞|假|非|拐|印|私|黑)|(?:同志|负责人|领导|干部|人员|书记|主任)[一-龥](?:县|市|区|镇|乡|村|校|院)$|"
    r"(?<=.)(?<![县市区省镇乡直驻体校院局级等关府部江海河线边湖属辖团司统、\d])(?<!^各[地级村县镇乡])(?<!^各(?:街道|部门|单位|学校|乡镇|社区))各(?!类|级|界)|(?<!^各[地级村县镇乡])(?<!^各乡镇|^各街道)(?:街道|[镇乡局委办厅科])各"
)
_HOLDS_DIGIT = re.compile(r"(?<!第)(?<!\d)\d(?!\d{2,4}(?:热线|中心|平台|专班))")
_REPORTS_TO = re.compile(
    r"^(?:[抓把让使将被找签讲听说]|受(?!理)|归|叫|赴|报(?!社|业|刊)|送|问(?!题)|派(?!出|驻)|请|给|去年|前年|今年|明年|本月|每(?:周|月|天|年|个月)|[并且也还都均逐即则又更才便仅只]|[我你您]|指(?!挥|导))"
)
# Those of them that are one character, whatever follows.
NEVER_FIRST_IN_NAMES = "抓找签讲听说归叫赴送请并且都均逐即则又更才便仅只我"
_TAKING_PART = re.compile(r"^(?:参加|参与)[一-龥]{2,6}的(?:人员|同志|代表|单位|学校|部门)$")
_VERBS = (
    frozenset(verb for verb in (*VERB_HARD, *VERB_MID, *VERB_SOFT, *ADVERB) if len(verb) == 2)
    | frozenset(
        words_of(
            "鼓励 引导 支持 依托 围绕 通过 利用 根据 按照 针对 结合 依靠 面向 立足 聚焦 充分 切实 "
            "认真 全面 积极 努力 不断 继续 进一步 大力 统筹 确保 力争 要求 希望 督促 指导 帮助 "
            "深入 坚持 加快 其他 所有 凡是 如果 因为 由于 关于 对于 至于 为了 随着 除了 当前 目前 "
            "今年 明年 下面 首先 其次 最后 同时 因此 一些 有些 许多 不少 少数 个别 部分 大多 多数 "
            "没有 已经 正在 即将 尤其 特别 甚至 只有 只要 无论 不管 尽管 虽然 但是 而且 并且 或者 "
            "以及 从而 进而 "
        )
    )
    | NO_NAME_OPENS_WITH
    | (PLAIN_VERBS - VERBS_IN_NAMES)
)
_ACTIONS = frozenset(verb for verb in (*VERB_HARD, *VERB_MID, *VERB_SOFT) if len(verb) == 2) - _NAMELY
_LONE_VERBS = frozenset(
    "抓把对向在从为让使将以被由按凡到用给建开走进出入设立选派配拿做干搞讲看听说问找请派送交报发写签订调查办修改增减提升降打争创保守管"
)
_OWN_PREFIX = re.compile(
    r"^(?:各|所在(?=[县市区乡镇村街社学单])|每[所个家](?:学校|村|科室|乡镇|镇|街道|单位|部门|企业|社区|幼儿园|支部|年级|班)$|有关|相关|县|市|区|省|镇|乡|村|街道|校|院|局|全县各|全区各|全市各|全镇各|全省各|中央|地方|国家|县直|市直|区直|省直|镇直|驻|属地|辖区|对口|地方|原(?=[一-龥]{2}单位))"
)


_ASIDE = re.compile(r"[（(〔][^）)〕]*[）)〕]|[“”\"]")
# 全县23个乡镇; 水库“三个责任人”
_ALL_OF = re.compile(
    r"^全[县市区镇乡省校院局]\d*个?(?:各级)?(?:乡镇|镇街|街道|村|社区|学校|中小学|科室|部门|单位|支部|党支部|党组织|县区|园区)$"
    r"|^各[省市县区州盟旗]{1,2}(?:、[市县区州旗]{1,3})+$"
)
_NICKNAME = re.compile(r"^[一-龥]{0,6}“[^”]{2,8}(?:人|员|组|队|办|长)”$")
_AND_OTHERS = re.compile(
    r"等(?:(?:\d{1,3}|[一二两三四五六七八九十]{1,3})?[所个家])?(?=(?:相关|有关|各)?(?:部门|单位|学校|乡镇|镇|村|企业|街道|科室|县区|社区)$)"
)


@lru_cache(maxsize=4096)
def is_body(name: str) -> bool:
    """Whether the whole of `name` has the shape of a responsible body."""
    core = _ASIDE.sub("", name)
    core = _AND_OTHERS.sub("", core)
    if _TAKING_PART.match(core) or _COMRADE.match(core):
        return True
    if _ALL_OF.match(core) or _NICKNAME.search(name):
        return True
    bare = _SAFE_WORDS.sub("", core)
    if not 2 <= len(core) <= 22 or _NOBODY.match(core) or _NOT_IN_NAME.search(bare):
        return False
    if not _ANY.search(core) or is_overlong(core):
        return False
    return _starts_like_a_name(core)


def is_overlong(name: str) -> bool:
    """Whether something inside shows that the cut took in more than a name."""
    if _INNER.search(name) or _HOLDS_DIGIT.search(name):
        return True
    return any(name[at : at + 2] in _ACTIONS for at in range(2, len(name) - 2))


_DOMAIN_HEADS = (
    frozenset(re.findall(r"[一-龥]{2}", _DOMAIN.pattern)) | NOUN_OPENINGS | {"参加", "参与", "研究"}
)
OPENING_VERBS = _VERBS - _DOMAIN_HEADS
_FIRM_FIRST = frozenset(word[0] for word in FIRM_ENDINGS)
SURE_VERBS = frozenset(
    verb for verb in OPENING_VERBS - heads(_ANSWERABLE.pattern) if verb[0] not in _FIRM_FIRST
)


def opens_with_verb(text: str, at: int) -> bool:
    """A quick look at the first two characters: 加强…, 建立… begin no name, 建设…, 督查… may."""
    head = text[at : at + 2]
    if head not in OPENING_VERBS or head in SURE_VERBS:
        return head in SURE_VERBS
    return not (text[at] in _FIRM_FIRST and _FIRM_HEAD.match(text, at)) and not _ANSWERABLE.match(text, at)


def could_be_name(text: str) -> bool:
    """Whether nothing in `text` keeps it from being a name: no verb at its head, no 的, 要, 由 inside."""
    return not _NOT_IN_NAME.search(_SAFE_WORDS.sub("", text)) and _starts_like_a_name(text)


@lru_cache(maxsize=4096)
def is_firm(name: str) -> bool:
    """Whether a body needs no 要 or 负责 after it to be recognised: 县教育局, 各学校, 镇应急办."""
    core = _ASIDE.sub("", name)
    return bool(
        _FIRM.search(core)
        or _POST.search(core)
        or _OWN_PREFIX.match(core)
        or _PART.match(core)
        or _is_particular(core)
        or _COUNTY.match(core)
    )


_PLAIN_PARTS = _NAMELY - frozenset(
    words_of("落实 安排 牵头 配合 负责 参与 用好 办好 打击 推进 实施 执行 组织")
)
_ANY_VERB = (
    frozenset(verb for verb in (*VERB_HARD, *VERB_MID, *VERB_SOFT, *ADVERB, *PLAIN_VERBS) if len(verb) == 2)
    - _PLAIN_PARTS
    - VERBS_IN_NAMES
)
_NOT_PLAIN = re.compile(
    r"[已拟地](?!方|税|质|震|籍|矿|铁|名|产|理)|”|[两一二三四五六七八九十几\d][所个家名次]|联系|坚守|进一|全部|无(?!锡|线)|乱|没|难|组织(?![部人科处办员委])"
)


@lru_cache(maxsize=4096)
def is_plain_name(name: str) -> bool:
    """Whether a name holds no verb or adverb at all, so that it needs no word behind it to be known for one."""
    return not _NOT_PLAIN.search(name) and not any(
        name[at : at + 2] in _ANY_VERB for at in range(len(name) - 1)
    )


def is_post(name: str) -> bool:
    """Whether a body is a person named by the post: 班主任, 网格员."""
    return _POST.search(name) is not None


# 计划财务科, 城中所, 平桥街道, 云山小学: a proper part before a generic ending; 学科, 场所, 农村小学 are things.
_PARTICULAR = re.compile(
    r"^[一-龥“”\d]{2,12}(?:厂|矿|台|班|科|股|处|室|组|队|站|所|院|馆|办|部|公司|集团|街道|镇|乡|村|社区|中学|小学|[一二三四五六七八九十]中|幼儿园|学校|协会|商会|合作社|联社|支局|基层组织|里)$|^[一二三四五六七八九十]中$|^[校局院党园厂镇乡县区市]办$|^[一-龥]{2,12}(?:车间|工段|项目部|班组|营业部|卫生室|农场|林场|机关|庭室|工区)$|^(?:刑|民|行)[一二三四]?庭$|^[省市县区]厅$"
)
# 监理单位, 施工企业: a part somebody has in the work
_PART = re.compile(
    r"^(?:各|相关|有关)?(?:窗口|监理|矿山|国有|平台|对口帮扶|对口支援|施工|建设|设计|勘察|勘测|包联|包保|帮扶|挂联|挂包|结对|联系|派出|选派|接收|成员|主管|主办|承办|协办|业主|运营|运维|养护|管护|维保|承建|代建|承包|总包|分包|中标|用人|用工|物业|物业服务|经营|生产|采购|检测|检验|供货|供气|供水|供电|供热|运输|客运|货运|培训|评估|测评|审图|项目|属地|产权|"
    r"编制|驻区|驻县|驻镇|驻地|直属|下属|所属|基层|二级|定点|接种|接诊|收治|医疗|金融|保险|通信|燃气|餐饮|食品|危化品?|危险化学品|重点|规上|非煤矿山|粮食|收储)[一-龥]{0,4}(?:单位|企业|公司|机构)$"
)
_COMMON = re.compile(
    r"(?:学科|专科|本科|(?<![一-龥])[儿内外全眼]科|场所|厕所|网站|车站|加油站|变电站|泵站|电站|基站|好处|[各用益之到]处|城镇|小镇|乡镇|教室|温室|实验室|功能室|(?:活动|辅导|咨询|图书|器材|医务|接待|值班|保健|会议|阅览|监控|调解|展览|陈列|荣誉|仪器|微机|休息|隔离|观察|警务)室|法院|场馆|宾馆|餐馆|旅馆|茶馆|书院|剧院|影院|住院|车队|部队|团队|军队|中小学|"
    r"内部|全部|局部|农村|山村|新村|乡村|荒村|空心村|中心村|示范村|(?:工|加工|电|水|煤|药)厂|[上下值加夜早晚代轮]班|培训班|进修班|研修班|[辅补][导习]班|兴趣班|特长班|[大小中]班|[平舞柜灶讲后前窗吧]台|重点村|贫困村|脱贫村|行政村|自然村|试点村|后进村|易地|举办|承办|主办|查办|督办|协办|停办|开办|交办|兴办|申办|照办|怎么办|过办|新办)$|"
    r"^(?:农村|城市|城乡|民办|公办|公立|私立|新建|改建|薄弱|乡村|寄宿制|特色|示范|美丽|重点|优质|普惠|智慧|和谐|文明|无烟|绿色|标准化|规模|骨干|龙头|中小|民营|国有|大型|高端|传统|基层|易地|社会|老旧|城镇|县域|区域|校园|周边|小规模|高水平|一流|名优|村级|乡级|现有|部分|所在)"
)


# Bodies that can only act or be acted on, never be a place or a thing.
_INSTITUTION = re.compile(
    r"^(?:各|有关|相关)?[一-龥]{1,12}(?:局|委员会|管委会|居委会|村委会|办公室|[县市区镇乡]委办|[急治政督信网]办|派出所|司法所|财政所|大队|支队|教务处|总务处|德育处|政教处|教导处|督导室|督查室|教研室|指挥部|领导小组|专班|党政办|供销社|妇联|残联|团委|法院|检察院|集团|[教信财管安]科)$"
)


def is_institution(name: str) -> bool:
    """Whether a body is surely an office (县水利局, 防汛指挥部), so that any words after it say what it does."""
    core = _ASIDE.sub("", name)
    return bool(_INSTITUTION.match(core)) and is_body(name) and not _VERB_INSIDE.search(core)


_VERB_INSIDE = re.compile(
    r"联系|全区|全县|全市|拟|经(?!济|营|信|开|发)|组织(?!部|人事|科|办)|[垫办]一|决定|每"
)


def _is_particular(core: str) -> bool:
    return bool(_PARTICULAR.match(core)) and not _COMMON.search(core)


def _starts_like_a_name(name: str) -> bool:
    if _REPORTS_TO.match(name):
        return False
    if _ANSWERABLE.fullmatch(name):
        return True
    if name[:2] in NOUN_OPENINGS or _OWN_PREFIX.match(name) or _DOMAIN.match(name) or _FIRM.fullmatch(name):
        return True
    return name[:2] not in _VERBS and not (
        name[0] in _LONE_VERBS and len(name) > 2 and not _FIRM.search(name)
    )


# --- several in one name --------------------------------------------------------------------------------------

_SHARED = re.compile(
    r"^[一-龥]{1,8}(?:、[一-龥]{1,8})+等?(?:有关|相关)?(?:部门|单位|[两三四五六七八九十\d]+座(?:水厂|泵站|电站|水库|污水处理厂|变电站)|(?:[一二三四五六七八九十两\d]+个)?(?:村|镇|乡|街道|社区|学校)|两级政府|[两三四五几]家(?:公司|企业|单位)?|几个(?:村|镇|乡|街道|社区|部门|单位|科室)|几所学校)(?:的[一-龥]{2,6})?$"
)
_PEOPLE_OF = re.compile(
    r"^[一-龥、]{2,20}(?:部门|单位|局|委|办|科|股|处|室|站|所|工会|妇联|团委|中心|街道|社区|公司|医院|学校|乡镇|村)的?(?:主要|分管)?(?:领导人?|负责人|负责同志|同志)$"
)

_HANDS_OF = re.compile(
    r"^(?:人事|财务|后勤|宣传|纪检|信访|法制|法规|执法|窗口|档案|基建|采购|网信|党建|督查|综合|会计|统计)(?:上|口|线)?的同志$"
)


def _is_shared(name: str) -> bool:
    return (
        "、" in name
        and bool(_SHARED.match(name))
        and could_be_name(name.replace("的", "", 1))
        and not is_overlong(name)
    )


def _is_people_of(name: str) -> bool:
    return name.endswith(("同志", "领导", "领导人", "负责人")) and bool(
        _HANDS_OF.match(name)
        or (_PEOPLE_OF.match(name) and could_be_name(name.replace("的", "", 1)) and not is_overlong(name))
    )


@lru_cache(maxsize=4096)
def is_named(name: str) -> bool:
    """Whether `name` is a body, or says the people of one or several with a common ending."""
    return is_body(name) or is_several(name)


def is_several(name: str) -> bool:
    """The people of a body (住建局的同志), or a list cut short (财政、教育等部门)."""
    return _is_people_of(name) or _is_shared(name)


# --- the office's directory ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """The directory's names, each with its unit; group names stand for several units and map to None."""

    units: dict[str, Unit | None]
    pattern: re.Pattern[str] | None


@lru_cache(maxsize=8)
def _known(units: tuple[Unit, ...]) -> Known:
    names: dict[str, Unit | None] = {}
    for unit in units:
        for group in unit.groups:
            names.setdefault(group, None)
    for unit in units:
        for name in (unit.name, unit.short_name, *unit.aliases):
            if len(name) >= 2:
                names[name] = unit
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first))) if names else None
    return Known(names, pattern)


# One office asks thousands of times in a row: to see that it is the same is quick, to hash all its units is not.
_latest: list[tuple[tuple[Unit, ...], Known]] = [((), _known(()))]


def known_names(directory: Directory) -> Known:
    """The names of the directory, ready to match; the longest name wins at any place."""
    units, known = _latest[0]
    if units is not directory.units:
        units, known = _latest[0] = directory.units, _known(directory.units)
    return known


def match_unit(name: str, directory: Directory) -> Unit | None:
    """The unit of the directory called so by full name, short name or alias; groups and strangers give None."""
    return known_names(directory).units.get(name)


# --- lists of names --------------------------------------------------------------------------------------------

_AND = re.compile(r"、|以及|等(?:和|与|及(?!其))|和|与(?<!参与)|及(?!其)")
LINK = re.compile("[、和与及]")
_CLOSED = re.compile(r"[（(][^（）()]*[）)]|[“\"][^”\"]*[”\"]")
BRACKETS = re.compile('[（()）“”"]')


# 各省、自治区、直辖市人民政府; 各市（州）、县（市、区）: the levels are one name
_EVERY_GOVERNMENT = re.compile(
    r"各(?:[省市县区州盟旗乡镇]|自治[区州县]|直辖市|、|[（(〔][^）)〕]{1,8}[）)〕]|和)+(?:人民)?政府(?:[（(〔][^）)〕]{1,8}[）)〕])?"
    r"|各[省市县区州盟旗]{1,2}(?:[（(][^）)]{1,8}[）)])?(?:、[市县区州旗]{1,3}(?:[（(][^）)]{1,8}[）)])?)+"
)
_COUNTED = re.compile(r"[两三四五几]家$")  # 县交通局、县公路局两家


def split_list(text: str, directory: Directory, *, shared_ending: bool = True) -> list[str]:
    """The members of 县教育局、财政局和各乡镇, as written; 工业和信息化局 stays one name.

    With `shared_ending`, members cut short (财政、教育等部门) stay together as one name, as written.
    """
    return split_names(text, known_names(directory).units, shared_ending=shared_ending)


def split_names(text: str, known: dict[str, Unit | None], *, shared_ending: bool = True) -> list[str]:
    """The same with the names of the directory."""
    if not LINK.search(text):
        return [text] if text else []
    if text[0] == "各" and _EVERY_GOVERNMENT.fullmatch(text):
        return [text]
    members = [member for member in _members(text, known) if member]
    if (
        len(members) > 1
        and members[-1][-1] == "家"
        and (counted := _COUNTED.search(members[-1]))
        and is_body(members[-1][: counted.start()])
        and all(member in known or is_body(member) for member in members[:-1])
    ):
        members[-1] = members[-1][: counted.start()]
    if not shared_ending or len(members) < 2 or not is_collective(members[-1]):
        return members
    whole = (member in known or is_body(member) for member in members[:-1])
    first = next((at for at, is_whole in enumerate(whole) if not is_whole), len(members) - 1)
    if first == len(members) - 1:
        return members
    at = (
        len("".join(members[:first]))
        if first == 0
        else text.rfind(members[first - 1], 0, text.rfind(members[first])) + len(members[first - 1]) + 1
    )
    return [*members[:first], text[at:]]


# What every such ending holds: a quick look before the pattern, which is slow.
_COLLECTIVE_PIECES = re.compile("|".join(map(re.escape, sorted(needed(_COLLECTIVE.pattern) or ()))))


def is_collective(name: str) -> bool:
    """Whether a list that ends so may have members cut short."""
    return _COLLECTIVE_PIECES.search(name) is not None and _COLLECTIVE.search(name) is not None


def _members(text: str, known: dict[str, Unit | None]) -> list[str]:
    """The text cut at 、 and at those 和 that follow a complete name; brackets and quotes are not cut into."""
    closed = [match.span() for match in _CLOSED.finditer(text)] if BRACKETS.search(text) else []
    members, start = [], 0
    for match in _AND.finditer(text):
        at, end = match.span()
        if closed and any(low <= at < high for low, high in closed):
            continue
        name = text[start:at]
        if text[at] in "、等" or name in known or is_body(name):
            members.append(name)
            start = end
    return [*members, text[start:]]
