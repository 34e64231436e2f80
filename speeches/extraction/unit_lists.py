"""The list of bodies that begins at a place of a passage, when what stands around tells them to act. Internal to units."""

import re
from dataclasses import dataclass, field

from speeches.extraction.heads import first_chars
from speeches.extraction.model import Responsible
from speeches.extraction.unit_grammar import CO, LEADS, PARTNER, ROLE, acts, goes_on, told_to
from speeches.extraction.unit_names import (
    BRACKETS,
    LINK,
    OPENING_VERBS,
    Known,
    could_be_name,
    is_body,
    is_collective,
    is_firm,
    is_institution,
    is_named,
    is_plain_name,
    is_post,
    is_several,
    opens_with_verb,
    split_names,
)
from speeches.extraction.unit_passage import Passage

Found = tuple[list[str], int]
"""The names of a list and where the text goes on behind them."""
NOBODY = Responsible()


@dataclass(slots=True)
class Named:
    """The bodies found so far by what they are told to be."""

    lead: list[str] = field(default_factory=list)
    main: list[str] = field(default_factory=list)
    co: list[str] = field(default_factory=list)

    def responsible(self, text: str) -> Responsible:
        """牵头 first, then in the order of `text`; without one the first body named leads, as official lists do (列首位者牵头)."""
        if not (self.lead or self.main or self.co):
            return NOBODY
        everyone = [*self.lead, *sorted(self.main, key=text.find), *self.co]
        ordered = list(dict.fromkeys(everyone))
        leads = list(dict.fromkeys(self.lead)) or ordered[:1]
        return Responsible(tuple(leads), tuple(name for name in ordered if name not in leads))


def file_bodies(passage: Passage, names: list[str], end: int, named: Named) -> None:
    """Put the bodies under what they are told to be, with the partner named right after them."""
    text = passage.text
    if LEADS.match(text, end):
        named.lead += names
    elif helping := CO.match(text, end):
        if helped := bodies_at(passage, helping.end()):
            named.lead += helped[0]
        named.co += names
    else:
        named.main += names
    partner = PARTNER.match(text, end) if text[end : end + 1] in _PARTNER_FIRST else None
    if partner and (found := bodies_at(passage, partner.end(), told=True)):
        if not named.lead:
            named.lead += names[:1]
        named.co += found[0]


_PARTNER_FIRST = first_chars(PARTNER)
# 教育局，山区教学点的学生…; 七年级组：摸清学情
_CALLED = re.compile(r"[，,：:](?=[^\n])")
_FULL_TITLE = re.compile(r"[”\"]?(?:的(?:主要|分管)?(?:领导人?|负责人|负责同志|主要领导|同志))?")
_SHARED_DUTY = frozenset("办助同调")
# What stands here tells nobody before it to act.
_NOBODY_BEFORE = frozenset(["", *"、。；;！？!?\n）)"])
_TAIL_FIRST = frozenset('”"的')
# No body is named with one of these in front: the search may stop before it begins.
_NO_NAME_FIRST = frozenset("，,。；;：:、！？!?\n的了着把将让使向从是不也还那其此你您他它吗呢请在要）)》”")


def bodies_at(passage: Passage, start: int, *, told: bool = False, opening: bool = False) -> Found | None:
    """The list of bodies that begins at `start` and what follows tells to act; the longest such list.

    `told` when the words before already say so (由…, 请…): then any body will do, whatever follows. `opening` at the
    start of a sentence, where a proper name before a comma or colon is spoken to.
    """
    return (
        listed_at(passage, start, told=told, opening=opening) if may_open(passage, start, told=told) else None
    )


def may_open(passage: Passage, start: int, *, told: bool = False) -> bool:
    """A quick look whether a name may begin here."""
    text = passage.text
    if not told and (text[start : start + 1] in _NO_NAME_FIRST or not passage.may_be_name(start)):
        return False
    if text[start : start + 2] not in OPENING_VERBS or not opens_with_verb(text, start):
        return True
    own = passage.known.pattern if passage.own_names else None
    return own is not None and own.match(text, start) is not None


def listed_at(passage: Passage, start: int, *, told: bool = False, opening: bool = False) -> Found | None:
    """The same where a name may open."""
    ends = passage.ends_from(start)
    if not ends:
        return None
    text, known = passage.text, passage.known.units
    link = LINK.search(text, start, ends[0])
    listed = link.start() if link else len(text)
    hopeless: bool | None = None  # whether the first of a list is no body, once a list is met
    loose: Found | None = None
    end = 0
    for cut in ends:
        longer, end = end, cut
        following = text[end : end + 1]
        if following in _NOBODY_BEFORE and not told:
            continue
        if following in _SHARED_DUTY and text.endswith("科协", start, end):
            continue  # 消保科协办: the 科 helps, no 科协 is there
        tail = _FULL_TITLE.match(text, end) if following in _TAIL_FIRST else None
        after = tail.end() if tail else end
        # To look at a name is quicker than to look at what follows it: most cuts are no name.
        if listed >= after:
            name = _unquoted(text[start:after]) if passage.quotes else text[start:after]
            if name not in known and not is_named(name):
                continue
            names, bodies = [name], True
        else:
            hopeless = _begins_without_body(passage, start, listed) if hopeless is None else hopeless
            if hopeless and not ROLE.match(text, after) and not is_collective(text[start:after]):
                continue
            names = split_names(text[start:after], known)
            if passage.quotes:
                names = [_unquoted(name) for name in names]
            bodies = all_bodies(names, passage.known)
            if not bodies and (len(names) < 2 or not ROLE.match(text, after)):
                continue
        if following in _CUT_FIRST and _CUT.match(text, end):
            continue  # 学校|长, 办|公室: the name goes on
        firmness = _firmness(text, after, proper=not told)
        if firmness == 1 and not told and _CASE.match(text, after):
            continue
        if not (bodies and (firmness == 2 or told or _any_firm(names, passage.known))) and not (
            firmness == 2
            and len(names) > 1
            and ROLE.match(text, after)
            and _share_a_role(names, passage.known)
        ):
            continue
        if firmness:
            return names, after
        if told:
            loose = loose or ((names, after) if _may_follow(text, after) else None)
        elif _is_called(text, after, opening=opening):
            if _stands_alone(passage, after, names):
                return names, after
        elif not _is_head(passage, start, end, longer) and _act(passage, names, after):
            return names, after
    return loose


def _begins_without_body(passage: Passage, start: int, link: int) -> bool:
    """Whether a list is surely cut at its first 、, and what stands before it is no body."""
    first = passage.text[start:link]
    if passage.text[link] != "、" or first[:1] == "各" or BRACKETS.search(first):
        return False
    return first not in passage.known.units and not is_named(first)


def _is_head(passage: Passage, start: int, end: int, longer: int) -> bool:
    """各乡|镇已经…: where the longer name is no doer, its head is none either."""
    return 0 < longer - end <= 2 and is_body(split_names(passage.text[start:longer], passage.known.units)[-1])


def _act(passage: Passage, names: list[str], after: int) -> bool:
    """Whether bodies that nobody tells to act do so: any words after them say what they do."""
    text, known = passage.text, passage.known.units
    return (
        goes_on(text, after)
        and all(name in known or _acts_alone(name) for name in names)
        and not _TOPIC_OF.match(text, after)
    )


# 警力下沉比例要…, 门诊楼年底前…: what follows is a thing that something is said of
_TOPIC_OF = re.compile(
    r"[^，,。；;：:对在按从把向以于与和]{2,12}?(?<!也)(?:要(?!求|素|点|闻|道)|必须|应当?|务必|达到|提高到|降到|不低于|不少于|[年月]底前)"
    r"|[在到][^，,。；;]{1,24}(?:发现|反映|看到)|[^，,。；;：:]{2,16}?(?:后|时|之?前|中|的|以来|方面|上)[，,]"
    r"|[^，,。；;：:]{0,12}?(?:(?<![除为完])了(?![解结])|年均|占比|焕然|有限|[^，,。；;：:]{0,4}全覆盖|不[足高强够力齐全多少]|薄弱|滞后|混乱|偏[低少高弱]|落后|[较很][大多少低高好差]|突出|严重|明显|显著|逐年|(?:增长|下降|上升|提升|改善|加快|提高|好转|增加|减少)(?=[，,。；;\d]|$))"
)
_CASE = re.compile(r"[^，,。；;：:]{1,24}的[，,]")  # 学校一周之内重复检查的，…: the case something is said of
LABEL_LIKE = re.compile(r"(?:单位|部门|领导|责任人|负责人|联系人|人员|领导小组)$")
_CUT = re.compile(
    r"(?<=部)门|(?<=机关)事业单位|(?<=纪委)监|(?<=行)业|(?<=系)统|(?<=门)[口户诊]|(?<=管)委|(?<=委)(?:(?:宣传|组织|统战)部|政法委|政研|办公|编制|巡察[办组]|网信|机构|老干|党校|常委)|(?<=办)[法理学案事好妥结到成]|(?<=队)伍|(?<=组)[织建成]|(?<=部)[分署]|(?<=局)[面部势]|(?<=所)[需有得以属]|(?<=处)[理置罚于分在]|(?<=站)[位稳岗]|(?<=室)内|(?<=校)[园舍]|(?<=区)域|(?<=村)[庄民口]|(?<=科)[学技研]|(?<=县)[域城]|(?<=市)[场民]|(?<=委)[托派]|(?<=股)份|(?<=中)[心央学]|(?<=院)校|(?<=镇)域|(?<=乡)[村愁]|(?<=[校局县市区镇乡村处科所站院组队部厅厂园])长(?![期久远效年])|公室|公厅|事处|员会|公司|书记|支书|主任|机关|(?:建设|管理|监督|规划|发展|保障|服务|教育|治理|保护|执法|统计|卫生|财政|公安|水务|水利|交通|农业|应急|市场|文化|体育|综合|环境|资源|信息)[一-龥]{0,8}?(?:局(?![面部势])|委(?![托任])|厅|中心(?!校?工作)|办(?![法理公事学])|指挥部)"
)
_CUT_FIRST = first_chars(_CUT)


def _firmness(text: str, at: int, *, proper: bool) -> int:
    if told_to(text, at):
        return 2
    return int(acts(text, at, proper=proper))


_PARTNER_CHARS = frozenset("跟同商会联协对与")


def _is_called(text: str, at: int, *, opening: bool) -> bool:
    if opening and _CALLED.match(text, at):
        return True
    if text[at : at + 1] not in _PARTNER_FIRST:
        return False
    return not _PARTNER_CHARS.isdisjoint(text[at : at + 24]) and PARTNER.match(text, at) is not None


def _stands_alone(passage: Passage, at: int, names: list[str]) -> bool:
    """Whether a name before a comma or colon is spoken to, or a partner is named right after it."""
    text = passage.text
    if _CALLED.match(text, at):
        return not LABEL_LIKE.search(names[-1]) and all(
            name in passage.known.units or is_plain_name(name) for name in names
        )
    partner = PARTNER.match(text, at)
    return bool(partner and bodies_at(passage, partner.end(), told=True))


def _unquoted(name: str) -> str:
    """“两站两员” without the marks when only one of them belongs to the cut."""
    if "“" not in name and "”" not in name:
        return name
    return name.strip('“”"') if name.count("“") != name.count("”") else name


def _may_follow(text: str, at: int) -> bool:
    return text[at : at + 1] not in _GOES_WITH_NAMES


_GOES_WITH_NAMES = frozenset("的长、和与及之内间里")


def _acts_alone(name: str) -> bool:
    """Whether any words after a body say what it does: a sure one, no post (网格员报酬…) but each of them (各支部书记)."""
    return is_institution(name) or (
        name[0] != "每" and is_firm(name) and (name[0] == "各" or not is_post(name)) and is_plain_name(name)
    )


def _share_a_role(names: list[str], known: Known) -> bool:
    """网安、特警配合: what is named beside a body with a role is one too, however short."""
    return all_bodies(names[-1:], known, firm_only=True) and all(
        2 <= len(name) <= 5 and could_be_name(name) and not name.endswith(("工作", "建设", "管理", "部门"))
        for name in names[:-1]
    )


def all_bodies(names: list[str], known: Known, *, firm_only: bool = False) -> bool:
    """Whether every one of the names is that of a body, and with `firm_only` one of them surely so."""
    for name in _without_their_own(names):
        if name not in known.units and not is_named(name):
            return False
    return bool(names) and (not firm_only or _any_firm(names, known))


def _any_firm(names: list[str], known: Known) -> bool:
    return any(name in known.units or is_firm(name) or is_several(name) for name in _without_their_own(names))


def _without_their_own(names: list[str]) -> list[str]:
    """各乡镇党委、政府: what belongs to the first name is no name of its own."""
    if len(names) > 1 and is_firm(names[0]):
        return [name for name in names if name not in ("政府", "党委", "人大", "政协")]
    return names
