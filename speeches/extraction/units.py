"""Who is told to do it: the bodies one task's text names.

Sources, surest first: the bracket officials put behind a task; 由…牵头, 请…, 会同…; the subject of an instruction
(各学校要…, 应急办建立…). Whoever only receives, is inspected or is mentioned is not responsible.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from speeches.extraction.brackets import find_brackets
from speeches.extraction.model import Directory, Responsible
from speeches.extraction.unit_grammar import (
    CO,
    LEADS,
    PARTNER,
    ROLE,
    TIME,
    TIME_FIRST,
    acts,
    goes_on,
    told_to,
)
from speeches.extraction.unit_names import (
    LAST,
    LAST_CHARS,
    LINK,
    Known,
    could_be_name,
    is_body,
    is_firm,
    is_institution,
    is_named,
    is_plain_name,
    is_post,
    is_several,
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

    def responsible(self, text: str) -> Responsible:
        """牵头 first, then in the order of `text`; without one the first body named leads, as official lists do (列首位者牵头)."""
        if not (self.lead or self.main or self.co):
            return Responsible()
        everyone = [*self.lead, *sorted(self.main, key=text.find), *self.co]
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
    said = named.responsible(text)
    if brackets:
        lead = tuple(dict.fromkeys(name for bracket in brackets for name in bracket.lead))
        co = tuple(dict.fromkeys(name for bracket in brackets for name in bracket.co if name not in lead))
        suggested = tuple(name for name in (*said.lead, *said.co) if name not in lead and name not in co)
        return Responsible(lead, co, suggested)
    if said.lead:
        return said
    if inherited:
        return Responsible(inherited[:1], inherited[1:], inherited=True)
    return _set_to_work(text, directory)


def _set_to_work(text: str, directory: Directory) -> Responsible:
    """Those somebody unnamed is to set to work (组织各学校开展…): the bodies nearest to the work."""
    for match in _SET_TO_WORK.finditer(text) if _MAY_SET_TO_WORK.search(text) else ():
        found = _bodies_at(text, match.end(), directory)
        if found and _all_bodies(found[0], directory, firm_only=True):
            return Responsible(tuple(found[0][:1]), tuple(found[0][1:]))
    return Responsible()


def subject_of(text: str, *, directory: Directory) -> tuple[str, ...]:
    """The bodies that are the one subject of a sentence, which go on acting in its later parts (各校要…；建立…).

    () when nobody is, or when several clauses have a subject each.
    """
    if not _may_name(text, directory):
        return ()
    named, subjects = _Named(), 0
    ends, stops = _places(text, directory)
    for at in [0, *(match.end() for match in _CLAUSE.finditer(text) if match[0] != "、")]:
        before = len(named.lead) + len(named.main) + len(named.co)
        if _may_begin(text, at, ends, stops):
            _read_subject(text, at, directory, named)
        subjects += len(named.lead) + len(named.main) + len(named.co) > before
    said = named.responsible(text)
    return (*said.lead, *said.co) if subjects == 1 or named.lead else ()


_NUMBERED = re.compile(
    r"^[\s　]*(?:[（(]?[一二三四五六七八九十百\d]{1,4}[）)、.．]|第[一二三四五六七八九十\d]{1,3}[，,、])*[\s　]*"
)


def bodies_of_heading(heading: str, *, directory: Directory) -> tuple[str, ...]:
    """The bodies a heading consists of (六、德育处 / 教务处： / （三）各乡镇、各部门), which govern what stands under it.

    () for a heading that says anything more; its bracket, when it has one, goes before (（县教育局牵头）).
    """
    if brackets := find_brackets(heading, directory=directory):
        return tuple(dict.fromkeys(name for bracket in brackets for name in (*bracket.lead, *bracket.co)))
    number = _NUMBERED.match(heading)
    bare = heading[number.end() if number else 0 :].strip(" 　\n：:。，,")
    if not 2 <= len(bare) <= 40:
        return ()
    names = split_list(bare, directory)
    firm = _all_bodies(names, directory, firm_only=True) and not _LABEL_LIKE.fullmatch(names[-1])
    return tuple(names) if firm else ()


def _outside(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end in spans:
        yield at, start
        at = end
    yield at, len(text)


# --- clauses ---------------------------------------------------------------------------------------------------

_CLAUSE = re.compile(r"[，,；;。：:！？!?\n、—](?:(?<!—)|—)")
_ROLE_SAID = ("牵头", "负责", "配合")  # 党政办牵头、组织办配合
_ORDINAL = r"[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、]|[一二三四五六七八九十]{1,2}(?:[、]|是(?=[^，。]{2}))|首先|其次|再次|最后|第[一二三四五六七八九十](?:步[,，、]?|[,，、])"
_LEAD_IN = re.compile(
    rf"(?!周[所局站科院校镇乡县部处股书主])(?:[\s“]|{_ORDINAL}|[你您]们(?=[一-龥]{{2,6}}(?:站|局|所|办|科|镇|乡|村|处|部|院|校|公司))|每一?[位名个](?!月|学校|村|科室|乡|镇|街道|单位|部门|企业|社区|幼儿园|支部|年级|班)|另外|同时|此外|因此|所以|对此|为此|其中|下一步|接下来|特别是|尤其是?|但是?|而且|并且|那么|当然|具体|原则上|就(?=[先由])|"
    rf"目前|当前|现在|今后|近期|还有|再有|再就是|再一个|我看|对了|好了?[，,]|那(?![一-龥]?[个些里])|[一-龥]{{1,4}}(?:完|后|好)(?={TIME})|(?:这|那)(?:个|件|项|块|笔|批)?(?:事情?|活|工作|任务|问题|钱|账|方面)|{TIME}[，,]?)*"
)
# Where no list of names goes on: a mark, 要, or a word no name holds.
_END = re.compile(r"[，,。；;：:！？!?\n了着把也还你您他她它吗呢《》要](?<![重主需纪摘机]要)")
_ASIDE = r"(?:[（(][^（）()]{1,14}[）)])?"
_CANDIDATE = re.compile(f"(?:{LAST.pattern}){_ASIDE}")
# The same where nothing of the kind below stands: one set of characters is searched several times faster.
_PLAIN_END = re.compile(f"[{LAST_CHARS}]")
_RARE_ENDS = re.compile("[小老志所处（(]")
_FULL_TITLE = re.compile(r"[”\"]?(?:的(?:主要|分管)?(?:领导人?|负责人|负责同志|主要领导|同志))?")


_TAIL_FIRST = ("”", '"', "的")


def _read_passage(text: str, directory: Directory, named: _Named) -> None:
    """Read one stretch outside brackets: every clause's subject, and the phrases that name bodies inside it."""
    if not _may_name(text, directory):
        return
    ends, stops = _places(text, directory)
    for at in _clause_starts(text):
        if _may_begin(text, at, ends, stops):
            _read_subject(text, at, directory, named)
    _read_phrases(text, directory, named)


_YOU = ("你", "您")


def _clause_starts(text: str) -> Iterator[int]:
    yield 0
    for match in _CLAUSE.finditer(text):
        if match[0] != "、" or text.endswith(_ROLE_SAID, 0, match.start()):
            yield match.end()


def _may_begin(text: str, at: int, ends: list[int], stops: list[int]) -> bool:
    """Whether a name that begins at `at` may end before a mark does, or somebody is spoken to there."""
    if text[at : at + 1] in _YOU:
        return True
    end = bisect_right(ends, at + 1)
    if end == len(ends) or ends[end] > at + LONGEST_LIST:
        return False
    stop = bisect_left(stops, at)
    return stop == len(stops) or ends[end] <= stops[stop]


def _may_name(text: str, directory: Directory) -> bool:
    return bool(_places(text, directory)[0]) or _has_vocative(text)


def _read_subject(text: str, at: int, directory: Directory, named: _Named) -> None:
    lead_in = _LEAD_IN.match(text, at) if _may_lead_in(text, at) else None
    topic = _topic_end(text, at)
    if not topic and (lead_in is None or lead_in.end() == at):
        if found := _bodies_at(text, at, directory, opening=_opens_sentence(text, at)):
            _file(text, *found, directory, named)
        return
    for start in sorted({at, lead_in.end() if lead_in else at, topic or at}, reverse=True):
        if found := _bodies_at(
            text, start, directory, opening=not (topic and start == topic) and _opens_sentence(text, at)
        ):
            _file(text, *found, directory, named)
            return


_TOPIC = re.compile(r"[^，,。；;：:\n]{1,14}?的(?:事情?|活儿?|问题|工作)(?=[一-龥])")


def _topic_end(text: str, at: int) -> int:
    """西河水库的事|水库管理处自己解决: where the one who is told begins behind the matter, 0 without such a matter."""
    place = text.find("的", at + 1, at + 16)
    match = _TOPIC.match(text, at) if place > 0 and text[place + 1 : place + 2] in "事活问工" else None
    return match.end() if match else 0


_AFTER_A_VERB = frozenset("完后好")
_LEAD_FIRST = frozenset("（(第另同此因所对为其下接特尤但而并那当具原目现还我好这首再你您 　“\t")


def _may_lead_in(text: str, at: int) -> bool:
    return (
        text[at : at + 1] in _LEAD_FIRST
        or text[at : at + 1] in TIME_FIRST
        or not _AFTER_A_VERB.isdisjoint(text[at + 1 : at + 5])
    )


def _file(text: str, names: list[str], end: int, directory: Directory, named: _Named) -> None:
    """Put the bodies under what they are told to be, with the partner named right after them."""
    if LEADS.match(text, end):
        named.lead += names
    elif helping := CO.match(text, end):
        if helped := _bodies_at(text, helping.end(), directory):
            named.lead += helped[0]
        named.co += names
    else:
        named.main += names
    partner = PARTNER.match(text, end)
    if partner and (found := _bodies_at(text, partner.end(), directory, told=True)):
        if not named.lead:
            named.lead += names[:1]
        named.co += found[0]


def _opens_sentence(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in "。；;！？!?\n"


# 教育局，山区教学点的学生…; 七年级组：摸清学情
_CALLED = re.compile(r"[，,：:](?=[^\n])")


def _bodies_at(
    text: str, start: int, directory: Directory, *, told: bool = False, opening: bool = False
) -> tuple[list[str], int] | None:
    """The list of bodies that begins at `start` and what follows tells to act; the longest such list.

    `told` when the words before already say so (由…, 请…): then any body will do, whatever follows. `opening` at the
    start of a sentence, where a proper name before a comma or colon is spoken to.
    """
    if not told and text[start : start + 1] in _NO_NAME_FIRST:
        return None
    known = known_names(directory).pattern
    if opens_with_verb(text, start) and not (known and known.match(text, start)):
        return None
    loose = None
    longer = 0
    link = LINK.search(text, start, start + 2 * LONGEST_LIST)
    listed = link.start() if link else len(text)
    for end in reversed(_ends_from(text, start, directory)):
        longer, next_end = end, longer
        if text[end : end + 1] in _CUT_FIRST and _CUT.match(text, end):
            continue  # 学校|长, 办|公室: the name goes on
        tail = _FULL_TITLE.match(text, end) if text[end : end + 1] in _TAIL_FIRST else None
        after = tail.end() if tail else end
        # To look at a name is quicker than to look at what follows it: most cuts are no name.
        names = _names_in(text[start:after], directory) if listed < after else [_unquoted(text[start:after])]
        bodies = _all_bodies(names, directory, firm_only=False)
        if not bodies and len(names) < 2:
            continue
        firmness = _firmness(text, after, proper=not told)
        if firmness == 1 and not told and _CASE.match(text, after):
            continue
        called = not firmness and not told and _is_called(text, after, opening=opening)
        # 各乡|镇已经…: where the longer name is no doer, its head is none either
        acting = (
            not (firmness or called or told)
            and not (0 < next_end - end <= 2 and is_body(split_list(text[start:next_end], directory)[-1]))
            and goes_on(text, after)
            and not _TOPIC_OF.match(text, after)
        )
        if not (firmness or called or told or acting):
            continue
        if not (bodies and (firmness == 2 or told or _any_firm(names, directory))) and not (
            firmness == 2 and len(names) > 1 and ROLE.match(text, after) and _share_a_role(names, directory)
        ):
            continue
        if acting and not all(name in known_names(directory).units or _acts_alone(name) for name in names):
            continue
        if firmness or acting or (called and _stands_alone(text, after, names, directory)):
            return names, after
        if told and loose is None and _may_follow(text, after):
            loose = names, after
    return loose


# No body is named with one of these in front: the search may stop before it begins.
_NO_NAME_FIRST = frozenset("，,。；;：:、！？!?\n的了着把将让使向从是不也还那其此你您他它吗呢请在要）)》”")
LONGEST_LIST = 60


_Places = tuple[list[int], list[int]]
# One passage is asked many times in a row. To see that it is the same office's is quick, to hash the office is not.
_latest: list[tuple[str, Known | None, _Places]] = [("", None, ([], []))]


def _places(text: str, directory: Directory) -> _Places:
    """Every place of a passage where a name may end, and every mark that ends a list of names; both in order."""
    known = known_names(directory)
    last_text, last_known, places = _latest[0]
    if last_known is not known or last_text != text:
        places = _places_of(text, known)
        _latest[0] = text, known, places
    return places


def _places_of(text: str, known: Known) -> _Places:
    if _RARE_ENDS.search(text):
        ends = {match.end() for match in _CANDIDATE.finditer(text)}
    else:
        ends = {match.end() for match in _PLAIN_END.finditer(text)}
    stops = [match.start() for match in _END.finditer(text)]
    if known.pattern:
        spans = [match.span() for match in known.pattern.finditer(text)]
        ends.update(end for _, end in spans)
        inside = {at for start, end in spans for at in range(start, end)}
        stops = [stop for stop in stops if stop not in inside]
    return sorted(ends), stops


def _ends_from(text: str, start: int, directory: Directory) -> list[int]:
    """The places where a name that begins at `start` may end."""
    ends, stops = _places(text, directory)
    stop = bisect_left(stops, start)
    limit = min(stops[stop] if stop < len(stops) else len(text), start + LONGEST_LIST)
    return ends[bisect_right(ends, start + 1) : bisect_right(ends, limit)]


# 警力下沉比例要…, 门诊楼年底前…: what follows is a thing that something is said of
_TOPIC_OF = re.compile(
    r"[^，,。；;：:对在按从把向以于与和]{2,12}?(?<!也)(?:要(?!求|素|点|闻|道)|必须|应当?|务必|达到|提高到|降到|不低于|不少于|[年月]底前)"
    r"|[在到][^，,。；;]{1,24}(?:发现|反映|看到)|[^，,。；;：:]{2,16}?(?:后|时|之?前|中|的|以来|方面|上)[，,]"
    r"|[^，,。；;：:]{0,12}?(?:(?<![除为完])了(?![解结])|年均|占比|焕然|有限|[^，,。；;：:]{0,4}全覆盖|不[足高强够力齐全多少]|薄弱|滞后|混乱|偏[低少高弱]|落后|[较很][大多少低高好差]|突出|严重|明显|显著|逐年|(?:增长|下降|上升|提升|改善|加快|提高|好转|增加|减少)(?=[，,。；;\d]|$))"
)
_CASE = re.compile(r"[^，,。；;：:]{1,24}的[，,]")  # 学校一周之内重复检查的，…: the case something is said of
_LABEL_LIKE = re.compile(r"(?:单位|部门|领导|责任人|负责人|联系人|人员|领导小组)$")
_CUT = re.compile(
    r"(?<=部)门|(?<=机关)事业单位|(?<=纪委)监|(?<=行)业|(?<=系)统|(?<=门)[口户诊]|(?<=管)委|(?<=委)(?:(?:宣传|组织|统战)部|政法委|政研|办公|编制|巡察[办组]|网信|机构|老干|党校|常委)|(?<=办)[法理学案事好妥结到成]|(?<=队)伍|(?<=组)[织建成]|(?<=部)[分署]|(?<=局)[面部势]|(?<=所)[需有得以属]|(?<=处)[理置罚于分在]|(?<=站)[位稳岗]|(?<=室)内|(?<=校)[园舍]|(?<=区)域|(?<=村)[庄民口]|(?<=科)[学技研]|(?<=县)[域城]|(?<=市)[场民]|(?<=委)[托派]|(?<=股)份|(?<=中)[心央学]|(?<=院)校|(?<=镇)域|(?<=乡)[村愁]|(?<=[校局县市区镇乡村处科所站院组队部厅厂园])长(?![期久远效年])|公室|公厅|事处|员会|公司|书记|支书|主任|机关|(?:建设|管理|监督|规划|发展|保障|服务|教育|治理|保护|执法|统计|卫生|财政|公安|水务|水利|交通|农业|应急|市场|文化|体育|综合|环境|资源|信息)[一-龥]{0,8}?(?:局(?![面部势])|委(?![托任])|厅|中心(?!校?工作)|办(?![法理公事学])|指挥部)"
)


_CUT_FIRST = frozenset(_CUT.pattern)


def _firmness(text: str, at: int, *, proper: bool) -> int:
    if told_to(text, at):
        return 2
    return int(acts(text, at, proper=proper))


_PARTNER_CHARS = frozenset("跟同商会联协对与")


def _is_called(text: str, at: int, *, opening: bool) -> bool:
    if opening and _CALLED.match(text, at):
        return True
    return not _PARTNER_CHARS.isdisjoint(text[at : at + 24]) and PARTNER.match(text, at) is not None


def _stands_alone(text: str, at: int, names: list[str], directory: Directory) -> bool:
    """Whether a name before a comma or colon is spoken to, or a partner is named right after it."""
    if _CALLED.match(text, at):
        return not _LABEL_LIKE.search(names[-1]) and all(
            name in known_names(directory).units or is_plain_name(name) for name in names
        )
    partner = PARTNER.match(text, at)
    return bool(partner and _bodies_at(text, partner.end(), directory, told=True))


def _names_in(text: str, directory: Directory) -> list[str]:
    return [_unquoted(name) for name in split_list(text, directory)]


def _unquoted(name: str) -> str:
    """“两站两员” without the marks when only one of them belongs to the cut."""
    if "“" not in name and "”" not in name:
        return name
    return name.strip('“”"') if name.count("“") != name.count("”") else name


def _may_follow(text: str, at: int) -> bool:
    return at >= len(text) or not re.match(r"[的长、和与及之内间里]", text[at])


def _acts_alone(name: str) -> bool:
    """Whether any words after a body say what it does: a sure one, no post (网格员报酬…) but each of them (各支部书记)."""
    return is_institution(name) or (
        name[0] != "每" and is_firm(name) and (name[0] == "各" or not is_post(name)) and is_plain_name(name)
    )


def _share_a_role(names: list[str], directory: Directory) -> bool:
    """网安、特警配合: what is named beside a body with a role is one too, however short."""
    return _all_bodies(names[-1:], directory, firm_only=True) and all(
        2 <= len(name) <= 5 and could_be_name(name) and not name.endswith(("工作", "建设", "管理", "部门"))
        for name in names[:-1]
    )


def _all_bodies(names: list[str], directory: Directory, *, firm_only: bool) -> bool:
    known = known_names(directory).units
    for name in _without_their_own(names):
        if name not in known and not is_named(name):
            return False
    return bool(names) and (not firm_only or _any_firm(names, directory))


def _any_firm(names: list[str], directory: Directory) -> bool:
    known = known_names(directory).units
    return any(name in known or is_firm(name) or is_several(name) for name in _without_their_own(names))


def _without_their_own(names: list[str]) -> list[str]:
    """各乡镇党委、政府: what belongs to the first name is no name of its own."""
    if len(names) > 1 and is_firm(names[0]):
        return [name for name in names if name not in ("政府", "党委", "人大", "政协")]
    return names


# --- phrases that name the doer inside a clause ----------------------------------------------------------------

_PHRASE = re.compile(
    r"(?P<by>(?<![自经缘来])(?:(?<!理)|(?<=[整管办处受审代治修清护]理))由(?!于|此|来)|(?:还得|还是|只能|就得)(?:靠|让)?(?=[一-龥]{2,12}?来[一-龥])|点(?:一下|个名)[，,：:]?|(?<![移提递转上])交(?:给|与)(?=[一-龥、]{2,20}?(?:[去来办做管抓]|了?[，,。]|负责|牵头|统|落实|处理))|(?<![回总当同])归(?=[一-龥]{2,12}?(?:管(?![理委])|负责|牵头))|(?:责任|担子|任务)(?:就|主要|首先|都)?(?:落[到在给]|压[到给在]|(?<!任务)在)(?:于)?)"
    r"|(?P<ask>(?<![邀申聘提报呈宴恳延商函约])请(?![示假教求缨愿战客柬])|责成|委托|拜托|交由|(?:^|(?<=[，,。；;：:\n])|(?<=会议))(?:就)?(?:要求|希望))"
    r"|(?P<co>(?:会同|会商|联合(?!会|社|国)|协同|(?<=[，,])配合|(?<=[你您])[和跟同](?![我他她大谁])))|(?P<own>(?:^|(?<=[，,。；;：:\n就先]))(?:让|叫)(?=[一-龥]{2})|的(?!事|问题|工作)(?=[一-龥]{2,8}自己))|(?P<in>在(?:全[县市区镇乡校省])?(?=各))"
)
# 组织各学校开展…, 督促各施工企业足额缴存…: they do it, when nobody else is named
_SET_TO_WORK = re.compile(
    r"(?:^|[，,。；;：:\n]|[并要再先就]|[局委办厅府会](?=要求|督促|责令))(?:及时|尽快|抓紧|马上|立即|统一|继续|迅速|分批|分期|定期)?(?:组织|督促|敦促|通知|责令|安排|要求|动员|发动)(?=各|有关|相关|属地|[县市区镇])"
)
# A pattern that begins with letters is found quickly, one that begins with a look behind is not.
_MAY_SET_TO_WORK = re.compile(
    "(?:组织|督促|敦促|通知|责令|安排|要求|动员|发动)(?:各|有关|相关|属地|县|市|区|镇)"
)
_SPREAD = re.compile(r"(?:中)?(?:开展|展开|推行|推广|实施|启动)")
# 小刘你负责, 县文旅局老王，你来牵头, 小周盯着; but 小学, 小组, 老师, 老区 are no persons
_PERSON = r"(?:小(?![学区组型微麦额康城孩朋时程班队雨雪企店吃商事问伙])|老(?![师人旧百年区城化干党板乡街小弱大]))[一-龥]"
_SPOKEN_TO = r"(?:同志)?(?:[，,]?[你您]|负责|牵头|盯|跟到底|跟进|[记听看写做管跑抓帮催理][一着好完下把]|明天|今天|今晚|会后|先|再|去|把|这边|那边|来[一-龥]|抓紧|尽快|马上)"
_VOCATIVE = re.compile(
    rf"(?:^|[，,。；;：:！？!?\n“、和由让叫请]|(?<=[小老][一-龥])(?=[小老][一-龥][，,]?[你您]))(?:请)?(?P<who>(?:[一-龥]{{1,8}}(?:局|委|办|科|股|站|所|镇|乡|村|校)|[一-龥]{{2,4}}(?:的))?{_PERSON}(?={_SPOKEN_TO}|[和、]?(?:[小老][一-龥])[，,]?[你您])"
    r"|[一-龥]{0,4}(?:校长|局长|主任|书记|[镇乡县]长|部长|[院站所科]长)[一-龥]{2,3}(?=牵头|负责|带队|挂帅|主抓|包抓)"
    r"|[一-龥]{0,6}?[一-龥](?:老师|师傅)(?=[，,]?[你您](?!们))"
    r"|[一-龥]{1,3}(?:局长|镇长|主任|书记|校长|科长|所长|站长|院长|部长|县长|区长|市长|乡长|同志)(?=(?:同志)?[，,]?[你您]))(?:同志)?"
    r"(?P<team>[，,]?[你您]们(?:[一-龥]{0,4}?(?:科|股|局|所|办|站|室|村|组|校|队|中心|[镇乡街厂院部处]|街道|社区|公司|单位|支部)))?"
)
_SPEAKS_TO = re.compile(
    rf"你|您|牵头|负责|带队|挂帅|主抓|包抓|小[一-龥](?<={_PERSON})|老[一-龥](?<={_PERSON})"
)
_VOCATIVE_CHARS = frozenset("小老长任记师志")  # whoever is spoken to is called by one of these
# 秦满仓，你下周…: the full name of one who is spoken to
_BY_FULL_NAME = re.compile(
    r"(?:^|(?<=[。；;！？!?\n]))(?P<who>[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤苗温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗曲盛骆翁柴][一-龥]{1,2})(?=[，,][你您](?!们))"
)
# 条件好的学校可以…, 党员三人以上的村都要…: those of whom something is true
_SUCH = re.compile(
    r"(?:^|(?<=[，,。；;！？!?\n]))(?P<who>(?![对给在为把将向从让请由使以按被到凡据照与和帮助支持鼓励选落查通推建加完]|存在|发现|表彰|如果|所有|任何|我|你|这|那|其)"
    r"(?:[一-龥]{2,6}[大小多少好差高低强弱齐全足够远近]|[一-龥]{2,8}\d{1,5}[一-龥]{1,2}(?:以上|以下)|[一-龥]{2,10}[一二三四五六七八九十百]{1,3}[一-龥]{1,2}(?:以上|以下))的(?:学校|幼儿园|村|社区|乡镇|街道|单位|部门|企业|科室|县区|支部)"
    r"|(?:包户|包村|包片|带队|值班|分管|经办)的(?:人|干部|同志|领导)(?=[来去到要]))"
    r"(?=[来去到]|[，,]?(?:[^，,。；;]{0,6}前)?(?:也|都|还)?(?:可以(?!随时)|要|必须|应当?)(?!求|通报|予以|给予|严肃|从严|追责|问责|取消|扣|奖|表彰|约谈|纳入|列入|重点|有))"
)
# 钱一到账总务处马上组织: a well-known office inside a clause, with words that tell it to act
_MIDWAY = re.compile(
    r"(?<![县市区省镇乡对向给报由和与及同跟让请促导到为把在是经替的、，])(?P<who>总务处|教务处|政教处|德育处|后勤处|教导处|办公室|应急局|财政局|教育局|城管局|住建局|水务局|水利局|卫健局|民政局|督查室|督导室|派出所|居委会|村委会)(?=马上|立即|立刻|就要|必须|要(?!求)|负责(?!人)|牵头|组织|统一|抓紧|尽快)"
)
_MAY_BE_MIDWAY = re.compile("[处室局所队会](?:马上|立即|立刻|就要|必须|要|负责|牵头|组织|统一|抓紧|尽快)")
_STUCK = re.compile(r"[没不][一-龥]{1,3}的(?=[一-龥]{2})")  # 拆不掉的应急局组织挖机进场
_IN_CHARGE_OF = re.compile(
    r"(?:^|(?<=[，,、。；;行]))(?P<who>[一-龥]{2,6})包(?:[一-龥]{1,3})(?=[、，,。；;]|$)"
)
_SEATED = re.compile(r"办公室设在")


_LEFT_TO_THEM = re.compile(r"(?:自己|自行|自主)(?:定|选|决定|确定|选择|安排|掌握)")  # 课题由学校自己定


# A search for single characters is quick; the pattern with its looks behind is tried only where one stands.
_PHRASE_SECOND = (
    "(?<=[由请交归点叫让])|(?<=责)[成任]|(?<=委)托|(?<=要)求|(?<=希)望|(?<=拜)托|(?<=就)[要希得]|(?<=会)[同商]|(?<=[联配])合|(?<=协)同|"
    "(?<=在)[全各]|(?<=担)子|(?<=任)务|(?<=[你您][和跟同])|(?<=还)[得是]|(?<=只)能"
)
_PHRASE_FIRST = re.compile(f"[由请责委要希拜交就会联协配在归担任和跟同还只点让叫](?={_PHRASE_SECOND})")
_PHRASE_FIRST_OF_SELF = re.compile(
    f"[由请责委要希拜交就会联协配在归担任和跟同还只点让叫的](?={_PHRASE_SECOND}|(?<=的))"
)


def _phrases(text: str) -> Iterator[re.Match[str]]:
    last = 0
    first = _PHRASE_FIRST_OF_SELF if "自己" in text else _PHRASE_FIRST
    for place in first.finditer(text):
        if place.start() >= last and (match := _PHRASE.match(text, place.start())):
            last = match.end()
            yield match


def _has_vocative(text: str) -> bool:
    return _may_speak_to(text) and _VOCATIVE.search(text) is not None


def _may_speak_to(text: str) -> bool:
    return not _VOCATIVE_CHARS.isdisjoint(text) and _SPEAKS_TO.search(text) is not None


def _read_phrases(text: str, directory: Directory, named: _Named) -> None:
    for match in _phrases(text):
        found = _bodies_at(text, match.end(), directory, told=match.lastgroup not in ("in", "own"))
        if match.lastgroup == "in":
            named.main += _spread_over(text, match.end(), directory)
            continue
        if not found or _LEFT_TO_THEM.match(text, found[1]):
            continue
        names, end = found
        if match.lastgroup == "co":
            named.co += names
        else:
            _file(text, names, end, directory, named)
    for match in _VOCATIVE.finditer(text) if _may_speak_to(text) else ():
        team = (match["team"] or "").lstrip("，,")
        if team and match["who"] in named.main:
            named.main.remove(match["who"])
        named.main.append(f"{match['who']}{team}")
    if "，你" in text or "，您" in text:
        named.main += [match["who"] for match in _BY_FULL_NAME.finditer(text)]
    if "的" in text and not (named.main or named.lead):
        named.main += [match["who"] for match in _SUCH.finditer(text)]
    _read_rarer_phrases(text, directory, named)


def _read_rarer_phrases(text: str, directory: Directory, named: _Named) -> None:
    """Offices met midway, those left with what others cannot do, A包B、C包D, and where an office is seated."""
    if not (named.main or named.lead):
        named.main += [
            match["who"] for match in (_MIDWAY.finditer(text) if _MAY_BE_MIDWAY.search(text) else ())
        ]
    for match in _STUCK.finditer(text) if "的" in text else ():
        if (found := _bodies_at(text, match.end(), directory)) and _all_bodies(
            found[0], directory, firm_only=True
        ):
            named.main += found[0]
    charges = list(_IN_CHARGE_OF.finditer(text)) if text.count("包") > 1 else []
    if len(charges) > 1:
        named.main += [match["who"].removeprefix("实行") for match in charges]
    for match in _SEATED.finditer(text) if "设在" in text else ():
        if found := _bodies_at(text, match.end(), directory, told=True):
            named.main += found[0]


def _spread_over(text: str, start: int, directory: Directory) -> list[str]:
    """要在各学校、幼儿园开展…: those it is to be done at do it."""
    for match in reversed(list(_CANDIDATE.finditer(text, start, min(len(text), start + 40)))):
        if _SPREAD.match(text, match.end()):
            names = split_list(text[start : match.end()], directory)
            return names if _all_bodies(names, directory, firm_only=False) else []
    return []
