"""Whether a clause of a task says what is to be done, or only tells a fact, an occasion, an aim."""

import re

from speeches.extraction.heads import first_chars
from speeches.extraction.title_words import (
    CUT_LAST,
    HEADS_OF,
    head_table,
    loosened,
    starts_with_verb,
    verbs_by_head,
)
from speeches.extraction.unit_words import words_of

_ACTS = re.compile(
    r"(?:[把将](?!来|近|要|在|于)|从|可以|立即|限期|马上|严禁|禁止|不得|不准|不许|一律|可(?=先行)|逐|一律|为[^，]{2,30}(?:更新|提供|配备|安装|建设)|以[^，]{2,12}方式|每(?:[年月周季天日]|学期|季度|两周|半).{0,6}[^的]{2,}|原则同意|给我)"
)
# What a clause ends with that has its result: 摸排一遍, 配齐, 办结.
_DONE_ENDS = frozenset(
    words_of(
        "到位 一遍 一次 一轮 一下 出来 起来 下来 清楚 明白 修好 换好 装好 查好 补好 建好 办好 备好 排好 锁好 收好 核好 列好 测好 配好 备齐 配齐 补齐 清零 "
        "完工 开工 竣工 上线 办结 一站 公示 公开 公布 通报 印发 报备 备案 处罚 停产 整改 销号 记录 归档 不留 不漏 不落 移交 验收 解除 打开 解决 交付 使用 过堂"
    )
)
_DONE_END_CHARS = frozenset("完掉")
_DONE = re.compile(
    r"达到|不少于|不低于|不超过|提高\d|增长\d|稳定在|控制在|压减|同比减少|发现一[起个处辆]|实现全覆盖|配到|送到|报[给到送县市区]|交[给到上]|提出|拿出|列出|设在|定在"
)
_ABOUT = re.compile(r"(?:对于?|关于|针对|至于|就)(?=[\u4e00-\u9fff\d“])")
_ABOUT_ACTS = re.compile(
    r"开展|进行|实施|检查|一律|依[法规]|逐|全部|一[遍次]|予以|严肃|给予|实行|推行|建立|组织|摸排|排查|审计|清理|约谈|问责|负责|到位|测算|挂牌|处理|走访"
)
FACT = re.compile(
    r"是[^，]{2,}(?:工程|基础|关键|内容|保障)$|了(?!的|解|结|事)|一共|总共|合计|已经?(?!有|建成投|决定)|至今|一直|没有|还差|连续(?![一二两三四五六七八九十\d]+[个次周天年月季旬][^，]*的$)|去年|前年|因为|由于|虽然|慢了|面临|困扰|存在|不足|刚才|我(?<![给报到]我)(?!县|市|区|镇|校|乡|省|局)|怎么|什么|为什么|吗$|呢$|全(?<=^全)[市县区镇乡校](?:共|计)?\d|总(?<=^总)(?:共|计)?\d"
)
OCCASION = re.compile(
    r"(?:在(?!建)[^，]{2,}(?:中|上|下|时|的?基础上)$|按照|根据|围绕|结合|面对|立足|着眼|紧扣|紧紧围绕|适应|顺应|坚持以|随着|着眼于|按)"
)
SOFT_NO = re.compile(r"不要|不能|别(?!墅|人)|不可|不搞|不许说|切忌|更不|决不能|绝不")
_RESULT = re.compile(
    r"(?:使|让|确保|实现(?!.*\d)|形成(?!.{0,8}(?:报告|清单|方案))|营造|促进|增强|推动|方便|以便|以利|为[^，,]{2,}(?:提供|创造|赋能)|做到)"
)
_HOW = re.compile(r"全部|一律|立即|限期|马上|统一|至少|集中|提前|优先|逐[校项个一户]|再")
_TOLD = re.compile(
    r"(?<![需重主只纪首概必提摘还不想简])要(?!求|素|点|害|么|是|不)|^请|必须|务必|应当|前(?![期来往提面沿景言])|之?内(?!容|部|涝|外)"
)
_AFTERWARDS = ("以后", "之后", "的时候")
_NO_ACT = re.compile(f"{SOFT_NO.pattern}|{_RESULT.pattern}|[哪谁是这]")
MAY_BE_FACT = loosened(FACT)
_AFTERWARDS_LAST = frozenset(words[-1] for words in _AFTERWARDS)
ODD_LAST = CUT_LAST | _AFTERWARDS_LAST
"""The last characters of clauses that call for a closer look."""

# What is known of a clause beside what may be cut off it, a bit for each: it begins with a verb, or may; it begins as an
# act, an aim, an occasion or a topic may begin; it tells a fact; it says who does it (由…).
_SURE_VERB, _VERB, _AS_ACT, _AS_AIM, OCCASIONAL, _AS_TOPIC, _KNOWN, IS_FACT, ASSIGNED = (
    1 << number for number in range(6, 15)
)
SURELY = _SURE_VERB | ASSIGNED
"""A clause with one of these acts."""


def _all_heads() -> dict[str, int]:
    table = head_table(
        {
            **HEADS_OF,
            _AS_ACT: first_chars(_ACTS),
            _AS_AIM: first_chars(_NO_ACT),
            OCCASIONAL: first_chars(OCCASION),
            _AS_TOPIC: first_chars(_ABOUT),
        }
    )
    verbs = verbs_by_head()
    found = {}
    for head in table.keys() | verbs.keys():
        bits = table.get(head, table.get(head[0], 0)) | _KNOWN
        verb = verbs.get(head, verbs.get(head[0], False))
        if verb and not bits & (OCCASIONAL | _AS_TOPIC):
            bits |= _SURE_VERB
        found[head] = bits if verb is False else bits | _VERB
    return found


HEADS = _all_heads()
"""What is known of a clause by its first two characters, or by the first alone where the two are not listed."""


def known(piece: str) -> int:
    """What is known of a clause by how it begins and ends."""
    bits = HEADS.get(piece[:2]) or HEADS.get(piece[0], 0)
    return bits & ~_SURE_VERB if piece[-1] in _AFTERWARDS_LAST else bits


def acts(piece: str, raw: str, bits: int) -> bool:
    """Whether a clause says what to do; `raw` is the clause as written, `bits` what is known of it."""
    if bits & SURELY:
        return True
    if bits & _AS_TOPIC and (about := _ABOUT.match(piece)):
        return _ABOUT_ACTS.search(piece, about.end()) is not None
    if (bits & OCCASIONAL and OCCASION.match(piece)) or piece.endswith(_AFTERWARDS):
        return False
    return (
        (bits & _VERB != 0 and starts_with_verb(piece))
        or (bits & _AS_ACT != 0 and _ACTS.match(piece) is not None)
        or piece[-2:] in _DONE_ENDS
        or piece[-1] in _DONE_END_CHARS
        or (_HOW.search(piece) is not None and _acts_somehow(piece))
        or _DONE.search(piece) is not None
        or (len(raw) > len(piece) and _TOLD.search(raw) is not None)
    )


def _acts_somehow(piece: str) -> bool:
    """Whether a verb follows 全部, 逐项, 马上 …"""
    return any(starts_with_verb(piece, match.end()) for match in _HOW.finditer(piece))


def may_follow(piece: str, bits: int) -> bool:
    """Whether a clause may stand in a row behind the act: not a case (查到人不在的), an aim, an occasion, a judgement."""
    if bits & _AS_AIM and _NO_ACT.match(piece):
        return False
    if piece[-1] == "的" and not bits & _AS_TOPIC:
        return False
    return bits & SURELY != 0 or not (bits & OCCASIONAL and OCCASION.match(piece))


def is_topic(piece: str, raw: str, bits: int) -> bool:
    """Whether a clause only names what the next one is about: 对辍学的孩子，…"""
    return bits & _AS_TOPIC != 0 and not acts(piece, raw, bits)
