"""The row text of the 任务分解表: short, verb first, with object, figure and scope, without ornament.

A segment is cut into clauses, each is stripped of what has its own column (who, by when) and of talk; then the clauses
that act are kept, with the topic they speak of in front when it stands in a clause of its own.
"""

import re

from speeches.extraction.signals import FIGURE
from speeches.extraction.title_acts import (
    ASSIGNED,
    FACT,
    HEADS,
    IS_FACT,
    MAY_BE_FACT,
    OCCASION,
    OCCASIONAL,
    ODD_LAST,
    SOFT_NO,
    SURELY,
    acts,
    is_topic,
    known,
    may_follow,
)
from speeches.extraction.title_words import (
    ANYTHING,
    BODY,
    CUT,
    NAMED,
    ODD,
    RHYTHM,
    bare,
    by_bodies,
    hints,
    longest_first,
    may_be_left_out,
    says_nothing,
)
from speeches.extraction.view import View

LIMIT = 40
MOST_CLAUSES = 5
SHORTEST = 4
"""A row shorter than this says too little (见底, 约谈): then the sentence itself stands."""
SPARE = 14
"""A row shorter than this leaves open what it is about: then even a clause of facts may go in front."""
_MARK = re.compile(
    r"[（(【][^（）()【】]{0,120}(?:负责|牵头|配合|责任单位|责任部门|责任领导|月底前|[局委办股科]，?\d{1,2}月)[^（）()【】]{0,120}[）)】]|^【[^【】]{1,20}】"
)
_PIECE = re.compile(
    r"(?:[^，,；;：:。！？!?\n（(“《]+|（[^（）]{0,60}）|\([^()]{0,60}\)|“[^“”]{0,60}”|《[^《》]{0,60}》|[（(“《])+"
)
_BOX = re.compile("(?:整改|工作|主要|具体|重点|办理|目标)(?:措施|要求|任务|内容|事项|举措)[：:]")
_COLON_OF_BOX, _COLONS = 4, frozenset("：:")
_RHYTHM = re.compile(r"每[^，]{0,3}(?:[年月周季天日]|学期)(?:\d{1,2}日)?前?")
_BEFORE_FACT = re.compile(
    r"(?:.了|是(?!否)|就|本来|拖了|还差|涉及|困扰|已经?|至今|一直|去年|前年|还在|还是|查出来|没有|存在|面临|一共)"
)
_SUGGESTED = re.compile(r"可以|方面$|(?:以后|之后|时候|时|后|反映|[讲说])$|名单要")
_OPEN_ENDS = frozenset("的和与及、或并在对把将由，")
_PAIRS = {"“": "”", "《": "》", "（": "）", "(": ")", "「": "」"}
_PAIRED = re.compile(f"[{re.escape(''.join([*_PAIRS, *_PAIRS.values()]))}]")
_BRACKETS = re.compile(f"[【{re.escape(''.join([*_PAIRS, *_PAIRS.values()]))}]")
_ROLES = ("配合", "协同", "协助", "参与", "参加", "支持", "负责", "牵头", "落实")
_UNPAIRED_PIECE = re.compile(r"[^，,；;：:。！？!?\n]+")

_Piece = tuple[str, str, int]
"""A clause stripped bare, the clause as written, and what is known of it (see title_acts)."""


def title_of(view: View, *, quote: str = "", bodies: tuple[str, ...] = (), due_phrase: str = "") -> str:
    """A row text for one task: 1 to `LIMIT` characters, each of them from `quote` (the segment as written).

    `bodies` and `due_phrase` are what the text names for the other columns, as written there.
    """
    skip = view.place.skip
    text = quote[skip : skip + len(view.text)] if quote else view.text
    text = "".join(text.split())
    if text[_COLON_OF_BOX : _COLON_OF_BOX + 1] in _COLONS and (box := _BOX.match(text)):
        text = text[box.end() :]
    if _BRACKETS.search(text):
        unmarked = _MARK.sub("", text) if "（" in text or "(" in text or "【" in text else text
        row = _balanced(_choose(_pieces(unmarked, _PIECE, bodies, due_phrase)))
    else:
        row = _choose(_pieces(text, _UNPAIRED_PIECE, bodies, due_phrase))
    return row if len(row) >= SHORTEST else _whole(text)


def _pieces(text: str, pattern: re.Pattern[str], bodies: tuple[str, ...], due_phrase: str) -> list[_Piece]:
    """The clauses of a text that say something. One that opens and ends plainly in a text without hints is bare already."""
    ordered = longest_first(bodies) if bodies else ()
    due = due_phrase if due_phrase and may_be_left_out(due_phrase) else ""
    may = hints(text)
    if ordered or due:
        may |= NAMED
    facts = MAY_BE_FACT.search(text)
    found: list[_Piece] = []
    when = ""
    others = len(bodies) > 1 or (bodies and "其中" in text)
    for raw in pattern.findall(text):
        piece, bits, assigned = raw, HEADS.get(raw[:2]) or HEADS.get(raw[0], 0), 0
        if may or bits & CUT or raw[-1] in ODD_LAST or len(raw) == 1:
            if ordered and "由" in raw and (plain := by_bodies(raw, ordered)) is not raw:
                piece, assigned = bare(plain, known(plain), ordered, due, ANYTHING), ASSIGNED
            elif others and found and _is_said_of_another(raw, bodies) and any(acts(*one) for one in found):
                piece = bare(raw, bits, (), due, may & ~BODY)
            else:
                piece = bare(raw, bits, ordered, due, may)
                assigned = ASSIGNED if raw[0] == "由" and piece is not raw else 0
            if not piece:
                continue
            if piece is not raw or piece[-1] in ODD_LAST:
                bits = known(piece)
            if (bits & ODD or piece[-1] in ODD_LAST or len(piece) == 1) and says_nothing(piece, bits):
                continue
            if bits & RHYTHM and _RHYTHM.fullmatch(piece):
                when = piece
                continue
        if when:
            piece, when = when + piece, ""
            bits = known(piece)
        if facts and FACT.search(raw):
            bits |= IS_FACT
        found.append((piece, raw, bits | assigned))
    return found


def _is_said_of_another(raw: str, bodies: tuple[str, ...]) -> bool:
    """Whether a clause is about another body than the one who leads, so that it says nothing without its name: 校领导每学期
    听课20节，中层干部不少于30节; 其中炼铁厂承担35元."""
    if raw.startswith("其中"):
        return raw.startswith(bodies, 2)
    return raw.startswith(bodies[1:]) and not raw.endswith(_ROLES)


def _choose(pieces: list[_Piece]) -> str:
    """The first clause that acts, its topic in front, then figures, then what else acts as long as there is room."""
    first = _first_act(pieces)
    if first < 0:
        words = [piece for piece, _, bits in pieces if not bits & IS_FACT]
        return _fitted(words or [piece for piece, _, _ in pieces])
    row = [pieces[first][0]]
    room = LIMIT - len(row[0])
    topic = _topic(pieces[:first]) if first else ""
    if topic and len(topic) < room:
        room -= len(topic) + 1
    else:
        topic = ""
    if len(pieces) > first + 1:
        row += _going_on(pieces[first + 1 :], room)
    if first and not topic and sum(map(len, row)) < SPARE:
        topic = _topic_of_fact(pieces[:first], LIMIT - sum(map(len, row)) - len(row))
    return _fitted([topic, *row] if topic else row)


def _first_act(pieces: list[_Piece]) -> int:
    """The first clause that acts and tells no fact, else the first that acts; -1 when none does."""
    spare = -1
    for at, (piece, raw, bits) in enumerate(pieces):
        if bits & SURELY or acts(piece, raw, bits):
            if not bits & IS_FACT:
                return at
            spare = at if spare < 0 else spare
    return spare


def _going_on(pieces: list[_Piece], room: int) -> list[str]:
    """The clauses behind the first that still have room, in their order: those with figures go before those that act,
    and both before the others."""
    rest = [
        piece
        for piece in pieces
        if 2 < len(piece[0]) < room and not piece[2] & IS_FACT and may_follow(piece[0], piece[2])
    ]
    most = MOST_CLAUSES - 1
    chosen = set(range(len(rest)))
    if len(rest) > most or sum([len(piece) for piece, _, _ in rest]) + len(rest) > room:
        chosen.clear()
        for at in sorted(chosen or range(len(rest)), key=lambda at: _rank(rest[at])):
            if len(chosen) < most and len(rest[at][0]) < room:
                chosen.add(at)
                room -= len(rest[at][0]) + 1
    return [
        piece
        for at, (piece, raw, bits) in enumerate(rest)
        if at in chosen and (at + 1 in chosen or not is_topic(piece, raw, bits))
    ]


def _rank(piece: _Piece) -> int:
    if FIGURE.search(piece[0]):
        return 0
    return 1 if acts(*piece) else 2


def _topic(before: list[_Piece]) -> str:
    """What the row is about, when it stands in a clause of its own: 北山小学的围墙问题，…"""
    for piece, _, bits in before:
        if len(piece) < 3 or bits & IS_FACT or (bits & OCCASIONAL and OCCASION.match(piece)):
            continue
        if not SOFT_NO.search(piece) and not _SUGGESTED.search(piece):
            return piece
    return ""


def _topic_of_fact(before: list[_Piece], room: int) -> str:
    """The thing a clause of facts begins with, when it fits."""
    for text, _, _ in before:
        cut = _BEFORE_FACT.search(text)
        topic = text[: cut.start()] if cut else ""
        if 3 < len(topic) <= room and not topic.startswith(("我", "这", "因")):
            return _without_open_end(topic)
    return ""


def _fitted(words: list[str]) -> str:
    row = "，".join(words)
    if len(row) > LIMIT:
        row = words[0]
        for word in words[1:]:
            if len(row) + 1 + len(word) > LIMIT:
                break
            row = f"{row}，{word}"
        row = _shortened(row)
    return _without_open_end(row) or row


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
    if row[-1:] not in _OPEN_ENDS:
        return row
    end = len(row)
    while end and (row[end - 1] in _OPEN_ENDS or row.startswith("以及", end - 1)):
        end -= 1
    return row[:end]


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
