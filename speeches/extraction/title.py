"""The row text of the 任务分解表: short, verb first, with object, figure and scope, without ornament.

A segment is cut into clauses, each is stripped of what has its own column (who, by when) and of talk; then the clauses
that act are kept, with the topic they speak of in front when it stands in a clause of its own.
"""

import re
from dataclasses import dataclass

from speeches.extraction.heads import first_chars
from speeches.extraction.signals import FIGURE
from speeches.extraction.title_words import (
    bare,
    by_bodies,
    longest_first,
    may_be_left_out,
    starts_with_verb,
)
from speeches.extraction.unit_words import words_of
from speeches.extraction.view import View

LIMIT = 40
MOST_CLAUSES = 3
SPARE = 14
"""A row shorter than this leaves open what it is about: then even a clause of facts may go in front."""
_MARK = re.compile(
    r"[（(【][^（）()【】]{0,120}(?:负责|牵头|配合|责任单位|责任部门|责任领导|月底前|[局委办股科]，?\d{1,2}月)[^（）()【】]{0,120}[）)】]|^【[^【】]{1,20}】"
)
_PIECE = re.compile(
    r"(?:[^，,；;：:。！？!?\n（(“《]+|（[^（）]{0,60}）|\([^()]{0,60}\)|“[^“”]{0,60}”|《[^《》]{0,60}》|[（(“《])+"
)
_BOX = re.compile("(?:整改|工作|主要|具体|重点|办理|目标)(?:措施|要求|任务|内容|事项|举措)[：:]")
_RHYTHM = re.compile(r"每[^，]{0,3}(?:[年月周季天日]|学期)(?:\d{1,2}日)?前?")
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
_FACT = re.compile(
    r"是[^，]{2,}(?:工程|基础|关键|内容|保障)$|了(?!的|解|结|事)|一共|总共|合计|已经?(?!有|建成投|决定)|至今|一直|没有|还差|连续|去年|前年|因为|由于|虽然|慢了|面临|困扰|存在|不足|刚才|我(?<![给报到]我)(?!县|市|区|镇|校|乡|省|局)|怎么|什么|为什么|吗$|呢$|全(?<=^全)[市县区镇乡校](?:共|计)?\d|总(?<=^总)(?:共|计)?\d"
)
_BEFORE_FACT = re.compile(
    r"(?:.了|是(?!否)|就|本来|拖了|还差|涉及|困扰|已经?|至今|一直|去年|前年|还在|还是|查出来|没有|存在|面临|一共)"
)
_OCCASION = re.compile(
    r"(?:在(?!建)[^，]{2,}(?:中|上|下|时|的?基础上)$|按照|根据|围绕|结合|面对|立足|着眼|紧扣|紧紧围绕|适应|顺应|坚持以|随着|着眼于|按)"
)
_SOFT_NO = re.compile(r"不要|不能|别(?!墅|人)|不可|不搞|不许说|切忌|更不|决不能|绝不")
_RESULT = re.compile(
    r"(?:使|让|确保|实现(?!.*\d)|形成(?!.{0,8}(?:报告|清单|方案))|营造|促进|增强|推动|为[^，,]{2,}(?:提供|创造|赋能)|做到)"
)
_HOW = re.compile(r"全部|一律|立即|限期|马上|统一|至少|集中|提前|优先|逐[校项个一户]|再")
_SUGGESTED = re.compile(r"可以|方面$|(?:以后|之后|时候|时|后|反映|[讲说])$|名单要")
_TOLD = re.compile(
    r"(?<![需重主只纪首概必提摘还不想简])要(?!求|素|点|害|么|是|不)|^请|必须|务必|应当|前(?![期来往提面沿景言])|之?内(?!容|部|涝|外)"
)
_DIGIT = re.compile(r"\d|一半|翻番|清零|全覆盖")
_OPEN_ENDS = frozenset("的和与及、或并在对把将由，")
_ACTS_FIRST = first_chars(_ACTS)
_ABOUT_FIRST = first_chars(_ABOUT)
_OCCASION_FIRST = first_chars(_OCCASION)
_RESULT_FIRST = first_chars(_RESULT)
_SOFT_FIRST = first_chars(_SOFT_NO)
_PAIRS = {"“": "”", "《": "》", "（": "）", "(": ")", "「": "」"}
_PAIRED = re.compile(f"[{re.escape(''.join([*_PAIRS, *_PAIRS.values()]))}]")
_OPEN_MARKS = re.compile("[（(“《]")
_UNPAIRED_PIECE = re.compile(r"[^，,；;：:。！？!?\n]+")


@dataclass(slots=True)
class _Piece:
    """One clause stripped bare, the clause as written, and whether it said who does it (由…)."""

    text: str
    raw: str
    assigned: bool


def title_of(view: View, *, quote: str = "", bodies: tuple[str, ...] = (), due_phrase: str = "") -> str:
    """A row text for one task: 1 to `LIMIT` characters, each of them from `quote` (the segment as written).

    `bodies` and `due_phrase` are what the text names for the other columns, as written there.
    """
    text = quote[view.place.skip :][: len(view.text)] if quote else view.text
    text = "".join(text.split())
    if box := _BOX.match(text):
        text = text[box.end() :]
    unmarked = _MARK.sub("", text) if "（" in text or "(" in text or "【" in text else text
    row = _choose(_pieces(unmarked, bodies, due_phrase))
    return row or _whole(text)


def _pieces(text: str, bodies: tuple[str, ...], due_phrase: str) -> list[_Piece]:
    ordered = longest_first(bodies) if bodies else ()
    due = due_phrase if due_phrase and may_be_left_out(due_phrase) else ""
    pattern = _PIECE if _OPEN_MARKS.search(text) else _UNPAIRED_PIECE
    found: list[_Piece] = []
    when = ""
    for raw in pattern.findall(text):
        plain = by_bodies(raw, ordered) if "由" in raw else raw
        piece = bare(plain, ordered, due)
        if piece[:1] == "每" and _RHYTHM.fullmatch(piece):
            when = piece
        elif piece:
            found.append(_Piece(when + piece, raw, plain is not raw))
            when = ""
    return found


def _acts(piece: _Piece) -> bool:
    return piece.assigned or _is_act(piece.text, piece.raw)


def _is_fact(piece: _Piece) -> bool:
    return _FACT.search(piece.raw) is not None


def _is_act(piece: str, raw: str) -> bool:
    first = piece[0]
    about = _ABOUT.match(piece) if first in _ABOUT_FIRST else None
    if about:
        return _ABOUT_ACTS.search(piece, about.end()) is not None
    if (first in _OCCASION_FIRST and _OCCASION.match(piece)) or piece.endswith(("以后", "之后", "的时候")):
        return False
    return (
        (first in _ACTS_FIRST and _ACTS.match(piece) is not None)
        or starts_with_verb(piece)
        or (_HOW.search(piece) is not None and _acts_somehow(piece))
        or piece[-2:] in _DONE_ENDS
        or piece[-1] in _DONE_END_CHARS
        or _DONE.search(piece) is not None
        or (len(raw) > len(piece) and _TOLD.search(raw) is not None)
    )


def _acts_somehow(piece: str) -> bool:
    """Whether a verb follows 全部, 逐项, 马上 …"""
    return any(starts_with_verb(piece, match.end()) for match in _HOW.finditer(piece))


def _choose(pieces: list[_Piece]) -> str:
    """The first clause that acts, its topic in front, then figures, then what else acts as long as there is room."""
    first = _first_act(pieces)
    if first < 0:
        words = [piece.text for piece in pieces if not _is_fact(piece)]
        return _fitted(words or [piece.text for piece in pieces])
    room = LIMIT - len(pieces[first].text)
    topic = _topic(pieces[:first]) if first else ""
    if topic and len(topic) < room:
        room -= len(topic) + 1
    else:
        topic = ""
    row = [pieces[first].text, *_going_on(pieces[first + 1 :], room)]
    if first and not topic and sum(map(len, row)) < SPARE:
        topic = _topic_of_fact(pieces[:first], LIMIT - sum(map(len, row)) - len(row))
    return _fitted([topic, *row] if topic else row)


def _first_act(pieces: list[_Piece]) -> int:
    """The first clause that acts and tells no fact, else the first that acts; -1 when none does."""
    spare = -1
    for at, piece in enumerate(pieces):
        if _acts(piece):
            if not _is_fact(piece):
                return at
            spare = at if spare < 0 else spare
    return spare


def _going_on(pieces: list[_Piece], room: int) -> list[str]:
    """The clauses behind the first that still have room, those with figures before the others, in their order."""
    rest = [piece.text for piece in pieces if len(piece.text) < room and _goes_on(piece)]
    most = MOST_CLAUSES - 1
    if len(rest) <= most and sum(map(len, rest)) + len(rest) <= room:
        return rest
    chosen: list[int] = []
    for at in sorted(range(len(rest)), key=lambda at: FIGURE.search(rest[at]) is None):
        if len(chosen) < most and len(rest[at]) < room:
            chosen.append(at)
            room -= len(rest[at]) + 1
    return [rest[at] for at in sorted(chosen)]


def _goes_on(piece: _Piece) -> bool:
    text = piece.text
    return (
        len(text) > 2
        and not (text[0] in _SOFT_FIRST and _SOFT_NO.match(text))
        and not (text[0] in _RESULT_FIRST and _RESULT.match(text))
        and not _is_fact(piece)
        and (_acts(piece) or _DIGIT.search(text) is not None)
        and not text.startswith(("哪", "谁"))
        and not text.endswith("的")  # 查到人不在的: the case, not the act
    )


def _topic(before: list[_Piece]) -> str:
    """What the row is about, when it stands in a clause of its own: 北山小学的围墙问题，…"""
    for piece in before:
        if len(piece.text) < 3 or _is_fact(piece):
            continue
        if piece.text[0] in _OCCASION_FIRST and _OCCASION.match(piece.text):
            continue
        if not _SOFT_NO.search(piece.text) and not _SUGGESTED.search(piece.text):
            return piece.text
    return ""


def _topic_of_fact(before: list[_Piece], room: int) -> str:
    """The thing a clause of facts begins with, when it fits."""
    for piece in before:
        cut = _BEFORE_FACT.search(piece.text)
        topic = piece.text[: cut.start()] if cut else ""
        if 3 < len(topic) <= room and not topic.startswith(("我", "这", "因")):
            return _without_open_end(topic)
    return ""


def _fitted(words: list[str]) -> str:
    row = ""
    for word in words:
        if row and len(row) + 1 + len(word) > LIMIT:
            break
        row = f"{row}，{word}" if row else word
    return _closed(_shortened(row)) if row else ""


_LISTED = re.compile(r"、[^、，]{2,14}(?=、)")


def _shortened(row: str) -> str:
    """A clause too long for a row: members from the middle of its lists go first, then it is cut at a mark."""
    while len(row) > LIMIT:
        middle = [match for match in _LISTED.finditer(row) if not set(match[0]) & set("“”《》（）")]
        if not middle:
            cut = row[: LIMIT - 1]
            mark = max(cut.rfind("、"), cut.rfind("，"), cut.rfind("和"))
            return _without_open_end(_balanced(cut[:mark] if mark >= 16 else cut)) + "…"
        longest = max(middle, key=lambda match: len(match[0]))
        row = row[: longest.start()] + row[longest.end() :]
    return row


def _without_open_end(row: str) -> str:
    """The row without the 的, 和, 以及 … it ends with."""
    end = len(row)
    while end and (row[end - 1] in _OPEN_ENDS or row.startswith("以及", end - 1)):
        end -= 1
    return row[:end]


def _closed(row: str) -> str:
    return _balanced(_without_open_end(row) or row)


def _balanced(row: str) -> str:
    """The row without a quote or bracket that is never closed, or closed but never opened."""
    if not _PAIRED.search(row):
        return row
    for opener, closer in _PAIRS.items():
        if row.count(opener) != row.count(closer):
            at = row.rfind(opener)
            kept = row[:at] if at >= 12 and row.count(opener) > row.count(closer) else ""
            row = kept or row.replace(opener, "").replace(closer, "")
    return row


def _whole(text: str) -> str:
    plain = text.strip("。；;，,：:！!、 \n")
    return _balanced(plain[:LIMIT]) or plain[:LIMIT] or text[:LIMIT]
