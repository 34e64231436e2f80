"""Who is told to do it: the bodies one task's text names.

Sources, surest first: the bracket officials put behind a task; 由…牵头, 请…, 会同…; the subject of an instruction
(各学校要…, 应急办建立…). Whoever only receives, is inspected or is mentioned is not responsible.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from speeches.extraction.brackets import find_brackets
from speeches.extraction.lexicon import VERB_HARD, VERB_MID, VERB_SOFT
from speeches.extraction.model import Directory, Responsible
from speeches.extraction.unit_names import (
    LAST,
    could_be_name,
    is_body,
    is_firm,
    known_names,
    opens_with_verb,
    split_list,
)


@dataclass(slots=True)
class _Named:
    """The bodies found so far by what they are told to be."""

    lead: list[str] = field(default_factory=list)
    main: list[str] = field(default_factory=list)
    co: list[str] = field(default_factory=list)

    def responsible(self) -> Responsible:
        """牵头 first; without one the first body named leads, as official lists do (列首位者牵头)."""
        everyone = [*self.lead, *self.main, *self.co]
        ordered = list(dict.fromkeys(everyone))
        leads = list(dict.fromkeys(self.lead)) or ordered[:1]
        return Responsible(tuple(leads), tuple(name for name in ordered if name not in leads))


def find_responsible(text: str, *, directory: Directory, inherited: tuple[str, ...] = ()) -> Responsible:
    """The bodies `text` (one task with its subject clause and trailing bracket) makes responsible, as written.

    `inherited` are bodies that govern the text from its lead-in or heading; they count when the text names none.
    When a bracket names the bodies, those of the sentence are only suggested.
    """
    brackets = find_brackets(text, directory=directory)
    named = _Named()
    for start, end in _outside(text, [(bracket.start, bracket.end) for bracket in brackets]):
        _read_passage(text[start:end], directory, named)
    said = named.responsible()
    if brackets:
        lead = tuple(dict.fromkeys(name for bracket in brackets for name in bracket.lead))
        co = tuple(dict.fromkeys(name for bracket in brackets for name in bracket.co if name not in lead))
        suggested = tuple(name for name in (*said.lead, *said.co) if name not in lead and name not in co)
        return Responsible(lead, co, suggested)
    if not said.lead and inherited:
        return Responsible(inherited[:1], inherited[1:])
    return said


def _outside(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end in spans:
        yield at, start
        at = end
    yield at, len(text)


# --- clauses ---------------------------------------------------------------------------------------------------

_CLAUSE = re.compile(r"(?:^|[，,；;。：:！？!?\n]|——)")
_WHEN = (
    r"(?:[在到于从自]?(?:20\d\d年|今年|明年|今明两年|本[周月年]|下个?[周月]|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}[日号]|底|[上中下]旬|份)?|年底|年内|月底|"
    r"[一二三四]季度末?|[上下]半年|[本这下]?周[一二三四五六日末]|会后|散会后|节前|年前|春节|清明|端午|中秋|国庆|开学|暑[期假]|寒假|汛期|近期|本学期|每[天日周月年]|每季度|每学期|目前|当前|现在|今后|放假)"
    r"(?:结束)?(?:之前|以前|前|之?内|后|起|期间|开始)?[，,]?)"
)
_LEAD_IN = re.compile(
    rf"(?:[\s“]|[（(][一二三四五六七八九十\d]{{1,3}}[）)]|\d{{1,2}}[.．、]|[一二三四五六七八九十]{{1,2}}(?:[、]|是(?=[^，。]{{2}}))|首先|其次|再次|最后|第[一二三四五六七八九十](?:步[,，、]?|[,，、])|每一?[位名个]|另外|同时|此外|因此|所以|对此|为此|其中|"
    rf"下一步|接下来|特别是|尤其是|但是?|而且|并且|那么|当然|具体|原则上|就(?=[先由])|{_WHEN})*"
)
_DUTY = re.compile(
    r"[，,]?(?:也|都|还|更|既|又|均|一定|自己|主要|具体|首先|今年|同志|一把手|同时|则|再|就|先)*(?:要(?!求|素|点)|必须|须|应(?!急|用|对|届)|应当|应该|务必|务须|得(?!到|以|出|知)|不得|不能|不要|不准|严禁|不许|需(?!求)|可以|可(?!能|是|靠)|拟|将|已?经?决定|已把|计划(?!生育)|负责|牵头|会同|"
    r"配合|密切配合|积极配合|协同|协助|参与|参加|主办|承办|抓总|包干|兜底|是[^，,。；;]{0,14}?责任(?:人|主体|单位)|为(?:第一|直接|主要)?责任(?:人|主体|单位)|一起(?=[一-龥])|顶上去|来(?=[一-龥])|去(?=[一-龥]))"
)
_MANNER = re.compile(
    r"[，,]?(?:在(?!内)|对(?!口|外)|把|按|从|向|以|围绕|结合|根据|通过|针对|利用|依托|于|认真|切实|及时|尽快|抓紧|逐|分别|共同|联合|各自|每|全部|一律|全面|进一步|积极|主动|不?定期|立即|马上|严格|深入|统一|统筹|全程|全过程|"
    r"不少于|至少|最迟|最晚|自行|自己|带头|上门|入户|下沉|随时|照此|按要求|务|尽|会后|本周|下周|本月|今年|年底|月底|春节|清明|放假|开学|暑|寒|\d+[月日个年周天]|[一二三四五六七八九十]{1,2}(?:月|日内|周内|季度|个工作日)|要?跟到底|盯到底|跟进|盯住|拿|报|管好|出|派)"
)
_DUTY_LATER = re.compile(rf"(?:{_WHEN}|(?:在|对|按|从|就)[^，,。；;：:]{{1,20}}?){_DUTY.pattern}")
_CO = re.compile(r"[，,]?(?:也|都|要|须|应|密切|积极|主动|共同|分别|深入)*(?:配合|协同|协助|参与|参加)")
_LEADS = re.compile(r"[，,]?(?:要|负责|总)*(?:牵头|主办|抓总)")
_VERBS = frozenset(verb for verb in (*VERB_HARD, *VERB_MID, *VERB_SOFT) if len(verb) >= 2)
_END = re.compile(r"[，,。；;：:！？!?\n]")
_ASIDE = r"(?:[（(][^（）()]{1,14}[）)])?"
_CANDIDATE = re.compile(f"(?:{LAST.pattern}){_ASIDE}")
_FULL_TITLE = re.compile(r"[”\"]?(?:的(?:主要|分管)?(?:领导人?|负责人|负责同志|主要领导|同志))?")


def _read_passage(text: str, directory: Directory, named: _Named) -> None:
    """Read one stretch outside brackets: every clause's subject, and the phrases that name bodies inside it."""
    if not (_CANDIDATE.search(text) or _VOCATIVE.search(text) or _has_known(text, directory)):
        return
    for match in _CLAUSE.finditer(text):
        _read_subject(text, match.end(), directory, named)
    _read_phrases(text, directory, named)


def _has_known(text: str, directory: Directory) -> bool:
    pattern = known_names(directory).pattern
    return bool(pattern and pattern.search(text))


def _read_subject(text: str, at: int, directory: Directory, named: _Named) -> None:
    lead_in = _LEAD_IN.match(text, at)
    start = lead_in.end() if lead_in else at
    if not (found := _bodies_at(text, start, directory)):
        return
    names, end = found
    if _LEADS.match(text, end):
        named.lead += names
    elif _CO.match(text, end):
        named.co += names
    else:
        named.main += names


def _bodies_at(
    text: str, start: int, directory: Directory, *, told: bool = False
) -> tuple[list[str], int] | None:
    """The list of bodies that begins at `start` and what follows tells to act; the longest such list.

    `told` when the words before already say so (由…, 请…): then any body will do, whatever follows.
    """
    known = known_names(directory).pattern
    if opens_with_verb(text, start) and not (known and known.match(text, start)):
        return None
    stop = _END.search(text, start)
    limit = min(stop.start() if stop else len(text), start + 60)
    ends = {match.end() for match in _CANDIDATE.finditer(text, start, limit)}
    if known:
        ends |= {match.end() for match in known.finditer(text, start, limit)}
    loose = None
    for end in sorted(ends, reverse=True):
        tail = _FULL_TITLE.match(text, end)
        after = tail.end() if tail else end
        firmness = (
            2 if _DUTY.match(text, after) or _DUTY_LATER.match(text, after) else int(_acts(text, after))
        )
        if not firmness and not (told and loose is None and _may_follow(text, after)):
            continue
        names = [_unquoted(name) for name in split_list(text[start:after], directory)]
        if _all_bodies(names, directory, firm_only=firmness < 2 and not told):
            if firmness:
                return names, after
            loose = names, after
    return loose


def _unquoted(name: str) -> str:
    """“两站两员” without the marks when only one of them belongs to the cut."""
    return name.strip('“”"') if name.count("“") != name.count("”") else name


def _acts(text: str, at: int) -> bool:
    """Whether a verb or an adverb of doing follows: a body that acts, not one that is spoken about."""
    if text[at : at + 2] in _VERBS or text[at : at + 4] in _VERBS:
        return not re.match(r"(?:.{2})?(?:的|水平|质量|能力|工作(?:要|必须)|情况)", text[at + 2 : at + 12])
    return bool(_MANNER.match(text, at))


def _may_follow(text: str, at: int) -> bool:
    return at >= len(text) or not re.match(r"[的长、和与及之内间里]", text[at])


def _all_bodies(names: list[str], directory: Directory, *, firm_only: bool) -> bool:
    known = known_names(directory).units
    if not names or not all(
        name in known or is_body(name) or _is_shared(name) or _is_people_of(name) for name in names
    ):
        return False
    return not firm_only or any(name in known or is_firm(name) for name in names)


_SHARED = re.compile(
    r"^[一-龥]{1,8}(?:、[一-龥]{1,8})+等?(?:有关|相关)?(?:部门|单位|(?:[一二三四五六七八九十两\d]+个)?(?:村|镇|乡|街道|社区|学校)|两级政府|[两三四五]家)(?:的[一-龥]{2,6})?$"
)
_PEOPLE_OF = re.compile(
    r"^[一-龥、]{2,20}(?:部门|单位|局|委|办|学校|乡镇|村)的?(?:主要|分管)?(?:领导人?|负责人|负责同志|同志)$"
)


def _is_shared(name: str) -> bool:
    return bool(_SHARED.match(name)) and could_be_name(name)


def _is_people_of(name: str) -> bool:
    return bool(_PEOPLE_OF.match(name)) and could_be_name(name)


# --- phrases that name the doer inside a clause ----------------------------------------------------------------

_PHRASE = re.compile(
    r"(?P<by>(?<![理自经缘来])由(?!于|此|来))|(?P<ask>(?:^|(?<=[，,。；;：:\n]))(?:就)?(?:请|责成|委托|要求|希望|拜托|交由|交给))|(?P<co>(?:会同|联合|协同|(?<=[，,])配合))|(?P<own>的(?=[一-龥]{2,8}自己))|(?P<in>在(?:全[县市区镇乡校省])?(?=各))"
)
_SPREAD = re.compile(r"(?:中)?(?:开展|展开|推行|推广|实施|启动)")
# 小刘你负责, 县文旅局老王，你来牵头, 小周盯着; but 小学, 小组, 老师, 老区 are no persons
_PERSON = (
    r"(?:小(?![学区组型微麦额康城孩朋时程班队雨雪企店吃商])|老(?![师人旧百年区城化干党板乡街小弱大]))[一-龥]"
)
_VOCATIVE = re.compile(
    rf"(?:^|[，,。；;：:！？!?\n“])(?:请)?(?P<who>(?:[一-龥]{{1,8}}(?:局|委|办|科|股|站|所|镇|乡|村|校))?{_PERSON}(?=(?:同志)?(?:[，,]?[你您]|负责|牵头|盯|跟到底|跟进))"
    r"|[一-龥]{1,3}(?:局长|镇长|主任|书记|校长|科长|所长|站长|院长|部长|县长|同志)(?=[，,]?[你您]))(?:同志)?"
    r"(?P<team>[，,]?[你您]们(?:[一-龥]{0,4}?(?:科|股|局|所|办|站|室|村|组|校|队|中心)))?"
)


def _read_phrases(text: str, directory: Directory, named: _Named) -> None:
    for match in _PHRASE.finditer(text):
        found = _bodies_at(text, match.end(), directory, told=match.lastgroup not in ("in", "own"))
        if match.lastgroup == "in":
            named.main += _spread_over(text, match.end(), directory)
            continue
        if not found:
            continue
        names, end = found
        if match.lastgroup == "co":
            named.co += names
        elif _LEADS.match(text, end):
            named.lead += names
        else:
            named.main += names
    for match in _VOCATIVE.finditer(text):
        team = (match["team"] or "").lstrip("，,")
        named.main.append(f"{match['who']}{team}")


def _spread_over(text: str, start: int, directory: Directory) -> list[str]:
    """要在各学校、幼儿园开展…: those it is to be done at do it."""
    for match in reversed(list(_CANDIDATE.finditer(text, start, min(len(text), start + 40)))):
        if _SPREAD.match(text, match.end()):
            names = split_list(text[start : match.end()], directory)
            return names if _all_bodies(names, directory, firm_only=False) else []
    return []
