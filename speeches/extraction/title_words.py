"""What a row text leaves out of a clause: who, by when, 要, ornament, talk. Only deletes, never adds a word."""

import re

from speeches.extraction.heads import first_chars, heads, tails
from speeches.extraction.lexicon import LEXICON
from speeches.extraction.unit_grammar import DUTY, TIME, acts

_VERBS = frozenset({"verb_hard", "verb_mid", "verb_soft", "verb_promote", "verb_perfect", "verb_strengthen"})
# Looks behind stand after the word they look before: so every alternative begins with a character of its own, and the
# search leaps from one such character to the next.
_ORNAMENT = re.compile(
    r"切实|进一步|扎扎实实地?|扎实|认真(?!执行|落实|贯彻|负责)|积极主动地?|积极(?!分子|性|因素|意义|影响)|大力(?<!下大力)(?!气)|着力|坚定不移地?|努力|全力(?!以赴)|深入(?!实施|实际|基层|群众|一线|人心|调查|开展)|"
    r"更好地?(?<!争更好)|更加|不断|千方百计地?|想方设法|实实在在地?|毫不动摇地?|不折不扣地?|全面(?<!健全面)(?=加强|推进|提高|提升|深化|开展|完成|推行|规范|强化|做好)|充分(?=发挥|利用|运用)|主动(?=上门|做好|对接)|"
    r"抓紧(?=[\u4e00-\u9fff]{2})|尽快|赶紧|扎紧|真正|务必|必须|应当|应该|下大力气|给我(?=[清查办修换拆改])|再(?<!一再)(?=[摸查捋看走过核跟争排])|加快(?=推动)"
)
_OPENING = re.compile(
    r"[、，,：:]|首先|其次|再次|再者|最后|同时|此外|另外|还有|再有|再就是|因此|所以|为此|对此|总之|说到底|与此同时|一方面|另一方面|当然|而且|并且|并(?=[于在\u4e00-\u9fff]{2})(?!轨|联|购)|但是|但(?!书)|"
    r"下一步|接下来|特别是|尤其是?|其中|好了?(?=，)|对了|我看|我的意思|我要求|我建议|这个事(?=就|由|要)|这件事(?=就|由|要)|(?:这项|此项)工作(?=[\u4e00-\u9fff]{2})|以上事项|"
    r"第[一二三四五六七八九十]{1,2}(?:步|件事?|条|个)?(?![批次届期轮产人小中初高实职医人附季学]|[\u4e00-\u9fff]*[院校])[，,、：:是要]?|[一二三四五六七八九十]{1,2}是(?=[\u4e00-\u9fff])|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|"
    r"(?:(?:书记|局长|市长|县长|区长|校长)?(?:专题|办公|调度|推进|工作|联席)|党组|党委|常委|常务|局务|校务|院务|支委|班子|例)会议?(?:上)?(?:(?:指出|强调|要求|明确|决定|议定)(?=[，,]|$))|会议(?:决定|要求|明确|强调|指出|议定|同意(?=由)|认为|研究决定)?(?=[\u4e00-\u9fff，]|$)(?!室|纪要|制度|精神|费|材料|记录)|"
    r"我们|大家|同志们|各位|你们|咱们|你(?=[\u4e00-\u9fff])|"
    r"(?:也|还|都|就|更|既|一定|首先|至少是)*(?:要(?!求|素|点|害|件|闻|道|不要)|必须|务必|应当|应该|须(?!知)|得(?=[先把\u4e00-\u9fff]{2})(?!到|以|出|知))|拟(?=[\u4e00-\u9fff]{2})(?!定|订)|(?:就|也|都|还|再)(?!业|医|地|近|读|学|餐|是|有|生)(?=[\u4e00-\u9fff]{2})|"
    r"(?:已经?|研究)?决定(?=[\u4e00-\u9fff])|从(?=从)|将(?=于)|请(?!假|示)|希望|负责(?![人]|任)|牵头(?!单位|部门|人)|具体(?=负责|由)|今年(?!的)|全年(?=[\u4e00-\u9fff])"
)
_POST = re.compile(
    r"(?:等(?:有关|相关)?(?:部门|单位)?)?(?:[（(][^（）()]{1,14}[）)])?(?:的(?:主要|分管)?(?:领导|负责同志|负责人|同志))?(?:这边|那边|[两三四]家)?"
)
_WITH = re.compile(
    r"(?:要|再|先|也)*(?:会同|会商|联合|协同|配合|跟(?!踪|进|上)|同(?!志|时|步|意)|与|和|商(?!业|务|会)|、|及|以及)"
)
_CONTACT = re.compile(r"(?:对接|协商|商量|沟通|衔接|一起|共同|联系)(?:一下|好)?")
_CALLED_AFTER = re.compile(r"(?:[把将对从在按为给跟组]|[你您]|全部|一律|统一|自己|先|再|也|都|就|主动|$)")
_SOME_BODY = re.compile(
    r"(?:[各全本]?[\u4e00-\u9fff（）、“”]{1,22}?(?=[局委办科股处厅院校站所部室政单镇乡街村社支公企中小机组大集县])(?:局|委|办|科|股|处|厅|院|校|站|所|部|室|政府|部门|单位|镇|乡|街道|村|社区|支部|公司|企业|中心|小组|机构|组|大队|集团|县区))(?:（[^）]{1,8}）)?(?:的?(?:主要)?负责(?:人|同志)|的同志)?(?=也?请|把|要(?!求)|必须|务必|应(?!急)|须|会同|牵头(?!单位|部门)|负责(?!人)|不得|可(?=先行|以)|于|在\d|在[本今明每]|(?:这个|本)[月周]|\d{1,2}月)"
)
# Such a body ends in one of these, and one of those follows: a quick look before the pattern.
_MAY_BE_BODY = re.compile(
    r"[局委办科股处厅院校站所部室府门位镇乡道村区支司业心组构队团](?=[（的主负也请把要必务应须会牵不可于在这本\d])"
)
_PERSON = re.compile(r"[小老][\u4e00-\u9fff](?=你|[，,]|$|负责|盯|同志)(?:同志)?(?:你(?:们)?)?")
_TIMED = re.compile(
    rf"(?![每第])(?:力争|确保|争取|务必)?(?>{TIME})(?!的|工作|计划|预算|报告|办(?=[\u4e00-\u9fff])|[班校]|实事)[，,]?"
)
# The look ahead only saves time: it passes over the characters no time begins with.
_TIME_CHARS = re.escape("".join(sorted(first_chars(re.compile(TIME)))))
_TIMED_BY = re.compile(rf"(?=[{_TIME_CHARS}])(?<![每第\d一二三四五六七八九十几两半]){TIME}")
_STANDARD = re.compile("(?:控制|压缩|缩短|压减|缩减|限制|延长|不超过|[减降缩])[到至在为]?$")
_LENGTH = re.compile(
    r"(?:在|用)?(?:三|两|一|半|\d{1,3}|[四五六七八九十]+)个?(?:月|天|周|工作日|小时|年)(?:之内|以内|内)"
)
_WEEKDAY_EVENT = re.compile(
    r"(?:[本下这]?周[一二三四五六日]|[本下]周)?(?:上会|散会|下班|放学|开学|供暖季开始)(?:之前|以前|前)"
)
_BEFORE_MODAL = r"(?<=[\u4e00-\u9fff\d”》）]{0})(?<![需重主只纪首概必提摘不想简紧机索显扼切险]{0})"
_AFTER_MODAL = r"(?=[\u4e00-\u9fff]{2})(?!求|素|点|害|领|义|件|闻|么|是|不|账|道)"
_MODAL_INSIDE = re.compile(f"{_BEFORE_MODAL.format('')}(?:也|还|都|就|一定)?要{_AFTER_MODAL}")
# None of the words before 要 rules it out: where the pattern matches, this does, and the search leaps from 要 to 要.
_MAY_BE_MODAL = re.compile(f"要{_BEFORE_MODAL.format('要')}{_AFTER_MODAL}")
_TIME_ENDS = (*"前内起底末后日号旬份间里，", "以后", "开始", "结束")
_KEPT = ("", "每", "一", "半")
_NO_DATE = frozenset({"限期", "按期", "限时", "近期"})
_DATE_ENDS = (*_TIME_ENDS, *"天晚周年夜早会节初学季期一二三四五六午")
_NOTHING = re.compile(
    r"(?:都|也|请|要|予以|密切|积极|主动|共同|分别|具体|全力|做好|抓好|负|总)*(?:负责|牵头|配合|参加|参与|协助|支持|指导|落实|抓总|负总责|总负责|业务指导|协作|支援|总责|承办|主办|督办|跟到底)*(?:一下|工作)?(?:抓好落实|抓落实)?"
    r"|(?:主动作为|压实责任|高度重视|提高认识|提高站位|加强领导|落实责任|勇于担当|真抓实干|迎难而上|坚持[\u4e00-\u9fff]{2}优先|没有商量|抓紧|尽快|(?:第一|直接|主要)责任人|是[\u4e00-\u9fff]{0,6}责任人|一处一处来|(?:着力)?补齐[\u4e00-\u9fff]{2,6}短板|总的[说看]来?|不要再拖了|不能再拖|好吧|记一下|请记一下|切忌走过场)"
    r"|(?:最后|还|再|这里|在此)*(?:强调|补充|说|讲|重申|提醒)[一几两三](?:点|句|句话|件事|个事|个问题)(?:意见|要求)?"
    r"|(?:分别|具体|主要|重点)?(?:是|为|包括|如下|即)|会议(?:决定|要求|明确|强调|指出|议定|认为)?|方面|对此|对|今年|目前|教训要?记取"
)
_AS = re.compile(r"(?:要|坚持|今年[^，,]{0,6})?以[^，,]{2,40}为[^，,]{0,8}")
_SAID = re.compile(
    r"(?:会议|[他她]|[\u4e00-\u9fff]{2,3}|[\u4e00-\u9fff]{1,6}(?:书记|校长|园长|局长|主任|院长|[省市县区镇乡]长|部长|厅长|处长|主席|董事长|经理))"
    r"(?:在[\u4e00-\u9fff]{2,8}[中上时])?(?:还|并|再次)?(?:强调|指出|表示|要求)"
)
_NOBODY_ASKS = frozenset(
    [
        "明确",
        "提出",
        "落实",
        "按照",
        "具体",
        "达到",
        "符合",
        "有关",
        "相关",
        "基本",
        "统一",
        "严格",
        "根据",
        "对照",
    ]
)
_SAYING = ("强调", "指出", "表示", "要求")
_EMPTY_ENDS = (*_SAYING, "的目标不落空")
_AIM = re.compile(r"[\u4e00-\u9fff、]{1,20}的目标不落空")
_BODY_TAIL = re.compile(r"[、和与及以等]+")
_WITH_FIRST = first_chars(_WITH)
_ACTS_NEXT = frozenset("把将对要就再先全从由")

# What a clause may begin with, told from its first two characters: an opening, a time, a body or somebody; or it says
# nothing at all. 每 begins a time that is left out of the clause and comes back in front of the next one.
_OPENS_WITH, _TIMES, _CALLS, _EMPTY, _AIMS, RHYTHM = (1 << number for number in range(6))
_OPENS = _OPENS_WITH | _TIMES | _CALLS
ODD = _EMPTY | _AIMS
CUT = _OPENS | ODD | RHYTHM
HEADS_OF = {
    _OPENS_WITH: heads(_OPENING.pattern),
    _TIMES: heads(_TIMED.pattern),
    _CALLS: _WITH_FIRST | frozenset("由小老"),
    _EMPTY: heads(_NOTHING.pattern, may_be_empty=True),
    _AIMS: heads(_AS.pattern),
    RHYTHM: frozenset("每"),
}


def head_table(heads_of: dict[int, frozenset[str]]) -> dict[str, int]:
    """The bits of each head of one or two characters; those of two have the bits of their first character too."""
    table: dict[str, int] = {}
    for bit, known in heads_of.items():
        for head in known:
            table[head] = table.get(head, 0) | bit
    return {head: bits | table.get(head[0], 0) for head, bits in table.items()}


_HEADS = head_table(HEADS_OF)
_EMPTY_LAST = frozenset(ending[-1] for ending in _EMPTY_ENDS)
_NOTHING_LAST = frozenset(tail[-1] for tail in tails(_NOTHING.pattern))
CUT_LAST = _EMPTY_LAST | {"、"}
"""What a clause ends with that may be cut at its end, or says nothing."""


def loosened(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """The pattern without its looks behind and its ends: it matches a text when the pattern matches a clause of it."""
    return re.compile(re.sub(r"\(\?<[=!][^()]*\)|\$", "", pattern.pattern))


# What the clauses of a text may hold, asked of the whole text once: most hold none of it.
BODY, ORNATE, TIMED, MUST, NAMED = (1 << number for number in range(5))
ANYTHING = BODY | ORNATE | TIMED | MUST | NAMED
_MAY_BE_ORNATE = loosened(_ORNAMENT)
_BEFORE_BY = "".join(
    {
        tail[0]
        for pattern in (TIME, _WEEKDAY_EVENT.pattern, _LENGTH.pattern)
        for tail in tails(pattern)
        if tail[1:] in ("前", "内")
    }
)
_MAY_BE_BY = re.compile(f"前(?<=[{_BEFORE_BY}]前)|内(?<=[{_BEFORE_BY}]内)")


def hints(text: str) -> int:
    """What may be left out of the clauses of a text beside what they begin with: BODY, ORNATE, TIMED, MUST."""
    found = BODY if _MAY_BE_BODY.search(text) else 0
    if _MAY_BE_ORNATE.search(text):
        found |= ORNATE
    if ("前" in text or "内" in text) and _MAY_BE_BY.search(text):
        found |= TIMED
    # 要 comes to stand beside other words where an ornament is left out.
    if "要" in text and (found & ORNATE or _MAY_BE_MODAL.search(text)):
        found |= MUST
    return found


_OTHER, _GOES_BEFORE, _IS_VERB = 1, 2, 3


def _kind(classes: frozenset[str]) -> int:
    """What a word at the head of a clause says of it: the verb, an adverb that may stand before it, anything else."""
    if not _VERBS.isdisjoint(classes):
        return _IS_VERB
    return _GOES_BEFORE if "adverb" in classes or "now" in classes else _OTHER


_KINDS = {word: _kind(classes) for word, classes in LEXICON.items() if classes and len(word) <= 4}


def _lengths() -> dict[str, tuple[int, ...]]:
    """How long the words are that begin with these two characters, the longest first; a word of one comes last."""
    table: dict[str, set[int]] = {}
    for word in _KINDS:
        if len(word) > 1:
            table.setdefault(word[:2], {1}).add(len(word))
    return {head: tuple(sorted(lengths, reverse=True)) for head, lengths in table.items()}


_LENGTHS = _lengths()
_ONE = (1,)


def verbs_by_head() -> dict[str, bool | None]:
    """Whether a clause that begins with these two characters begins with a verb; None when that depends on the rest.

    A head of one stands for all of two that no word begins with.
    """
    kinds: dict[str, set[int]] = {}
    for word, kind in _KINDS.items():
        kinds.setdefault(word[:2], set()).add(kind)
    for head, found in kinds.items():
        if head not in _KINDS:
            found.add(_KINDS.get(head[0], _OTHER))
    return {
        head: None if len(found) > 1 or _GOES_BEFORE in found else _IS_VERB in found
        for head, found in kinds.items()
    }


def starts_with_verb(piece: str, at: int = 0) -> bool:
    """Whether a clause begins at `at` with a verb of the lexicon, adverbs in front allowed."""
    for _ in range(4):
        for length in _LENGTHS.get(piece[at : at + 2], _ONE):
            kind = _KINDS.get(piece[at : at + length])
            if kind:
                break
        else:
            return False
        if kind != _GOES_BEFORE:
            return kind == _IS_VERB
        at += length
    return False


def longest_first(bodies: tuple[str, ...]) -> tuple[str, ...]:
    """The bodies a clause may begin with, as `bare` and `by_bodies` want them."""
    return tuple(sorted((body for body in bodies if body and body[0] not in "先再"), key=len, reverse=True))


def may_be_left_out(due_phrase: str) -> bool:
    """Whether a time phrase is a date, which has a column of its own: not 每周, 尽快, 限期."""
    return due_phrase[:1] not in _KEPT and due_phrase.endswith(_DATE_ENDS) and due_phrase not in _NO_DATE


def bare(piece: str, head: int, bodies: tuple[str, ...], due: str, may: int) -> str:
    """A clause without the bodies told to act, the date `due`, the words of instruction and the ornament.

    `head` are the bits of what it begins with, `may` the hints of a text that holds it.
    """
    if head & _OPENS or (may & BODY and _MAY_BE_BODY.search(piece)) or (bodies and piece.startswith(bodies)):
        piece = _without_openings(piece, bodies, may)
    if (due and due in piece) or (may & TIMED and _MAY_BE_BY.search(piece)):
        shorter = _without_time(piece, due)
        if shorter != piece:
            may = ANYTHING  # what stood apart in the text may stand together now
            piece = _without_openings(shorter, bodies, may)
    if may & ORNATE and _ORNAMENT.search(piece):
        piece = _ORNAMENT.sub(_unless_main, piece)
    if may & MUST and _MAY_BE_MODAL.search(piece):
        piece = _MODAL_INSIDE.sub("", piece)
    return piece.strip("，,、：: ")


def says_nothing(piece: str, head: int) -> bool:
    """Whether what is left of a clause may as well go: 负责, 高度重视, 以…为…; `head` are the bits of what it begins with."""
    if len(piece) < 2:
        return "\u4e00" <= piece <= "\u9fff" or _NOTHING.fullmatch(piece) is not None
    last = piece[-1]
    if head & _EMPTY and last in _NOTHING_LAST and _NOTHING.fullmatch(piece):
        return True
    if head & _AIMS and _AS.fullmatch(piece):
        return True
    return last in _EMPTY_LAST and (
        (piece.endswith(_SAYING) and _SAID.fullmatch(piece) is not None and piece[:2] not in _NOBODY_ASKS)
        or (piece.endswith("的目标不落空") and _AIM.fullmatch(piece) is not None)
    )


def _without_openings(piece: str, bodies: tuple[str, ...], may: int) -> str:
    for _ in range(8):
        head = _HEADS.get(piece[:2]) or _HEADS.get(piece[:1], 0)
        if not (head & _OPENS or may & BODY or bodies):
            break
        end = _opening_end(piece, head, bodies, may)
        if not end:
            break
        piece = piece[end:]
    return piece


def _unless_main(match: re.Match[str]) -> str:
    """抓紧推进… loses its 抓紧, 抓紧新校区建设 does not: there it is the verb."""
    word = match[0]
    return word if word == "抓紧" and not starts_with_verb(match.string, match.end()) else ""


def _without_time(piece: str, due: str) -> str:
    if due and due in piece:
        for extra in ("力争", "确保", "务必于", "务必在", "并于", "最迟", "于", "在"):
            if extra + due in piece:
                due = extra + due
                break
        head, _, rest = piece.partition(due)
        if not (rest[:1] in ("的", "度") or rest.startswith(("工作要点", "工作计划"))):
            rest = rest[1:] if rest[:1] in ("就", "再") and len(rest) > 2 and head else rest
            piece = head + rest
    if "前" in piece or "内" in piece:
        piece = _WEEKDAY_EVENT.sub("", piece) if "前" in piece else piece
        piece = _LENGTH.sub(_unless_standard, piece) if "内" in piece else piece
        piece = _TIMED_BY.sub(_unless_needed, piece) if "前" in piece or "内" in piece else piece
    return piece


def _unless_standard(match: re.Match[str]) -> str:
    """控制在90分钟以内, 压缩到三个工作日内: what is to be reached, not by when."""
    return match[0] if _STANDARD.search(match.string, 0, match.start() + (match[0][0] in "到至在")) else ""


def _unless_needed(match: re.Match[str]) -> str:
    said = _unless_standard(match)
    if not said:
        return _unless_date(match)
    return said


def _unless_date(match: re.Match[str]) -> str:
    said = match[0]
    return "" if said.endswith(("前", "内")) and said[0] not in "每第" and len(said) > 1 else said


def _opening_end(piece: str, head: int, bodies: tuple[str, ...], may: int) -> int:
    """Where a clause goes on behind the word, the time or the bodies it opens with, 0 when it opens with none."""
    if head & _OPENS_WITH and (opening := _OPENING.match(piece)) and opening.end():
        return opening.end()
    timed = _TIMED.match(piece) if head & _TIMES else None
    if timed and len(timed[0]) > 1 and (timed[0].endswith(_TIME_ENDS) or _goes_on_to_act(piece, timed.end())):
        return timed.end()
    if head & _CALLS or (bodies and piece.startswith(bodies)):
        return _after_bodies(piece, bodies, may)
    return _some_body_end(piece, 0, may)


def _some_body_end(piece: str, at: int, may: int) -> int:
    some = _SOME_BODY.match(piece, at) if may & BODY and _MAY_BE_BODY.search(piece) else None
    return some.end() if some else 0


def _goes_on_to_act(piece: str, at: int) -> bool:
    return piece[at : at + 1] in _ACTS_NEXT or starts_with_verb(piece, at)


def _after_bodies(piece: str, bodies: tuple[str, ...], may: int) -> int:
    """Where the clause goes on behind the bodies it begins with (会同 and 由 with them), 0 when it begins with none."""
    at = 1 if piece.startswith("由") else 0
    first = piece[at : at + 1]
    person = _PERSON.match(piece, at) if first in ("小", "老") else None
    if person:
        return person.end()
    partner = _WITH.match(piece, at) if first in _WITH_FIRST else None
    told = bool(at or (partner and partner.end()))
    at = partner.end() if partner else at
    end = _bodies_end(piece, at, bodies)
    if end == at:
        if told:
            return _before_verb(piece, at) if piece.startswith(("会同", "联合")) else 0
        return _some_body_end(piece, at, may)
    contact = _CONTACT.match(piece, end)
    if contact:
        return contact.end()
    if told or end == len(piece) or _WITH.match(piece, end):
        return end
    called = (
        _CALLED_AFTER.match(piece, end)
        or DUTY.match(piece, end)
        or acts(piece, end)
        or _TIMED.match(piece, end)
    )
    return end if called or starts_with_verb(piece, end) else 0


def _before_verb(piece: str, at: int) -> int:
    """Where the first verb stands behind a partner nobody knows (会同区职业中专推进…), 0 when there is none near."""
    return next(
        (end for end in range(at + 3, min(at + 16, len(piece) - 2)) if starts_with_verb(piece, end)), 0
    )


def by_bodies(text: str, bodies: tuple[str, ...]) -> str:
    """The text without 由X in the middle of a clause; 由X负责 and the like go with it."""
    for body in bodies:
        at = text.find("由" + body)
        if at > 0 and text[at - 1] not in _CLAUSE_ENDS:
            end = at + 1 + _bodies_end(text[at + 1 : at + 60], 0, bodies)
            if text.startswith(_MADE_OF, end):
                continue
            duty = _DUTY_ONLY.match(text, end) or _DUTY_FIRST.match(text, end)
            text = text[:at] + text[duty.end() if duty else end :]
    return text


_CLAUSE_ENDS = frozenset("，,；;：:。！？!?")
_MADE_OF = ("担任", "任", "为", "组成", "兼任", "参加的", "构成")  # 成立由局长担任组长的专班
_DUTY_FIRST = re.compile(r"(?:具体)?(?:负责|牵头)(?!人|单位|部门)")
_DUTY_ONLY = re.compile(r"(?:负责|牵头|负总责|承担|统筹|主办)(?=[，,；;。]|$)")


def _bodies_end(piece: str, at: int, bodies: tuple[str, ...]) -> int:
    while bodies and piece.startswith(bodies, at):
        at += len(next(body for body in bodies if piece.startswith(body, at)))
        post = _POST.match(piece, at)
        at = post.end() if post else at
        tail = _BODY_TAIL.match(piece, at)
        if not (tail and piece.startswith(bodies, tail.end())):
            break
        at = tail.end()
    return at
