"""The subjects of clauses: the bodies that stand where a clause begins (各学校要…, 应急办建立…). Internal to units."""

import re

from speeches.extraction.heads import heads
from speeches.extraction.unit_grammar import TIME, TIME_FIRST
from speeches.extraction.unit_lists import Found, Named, bodies_at, file_bodies, listed_at, may_open
from speeches.extraction.unit_names import SURE_VERBS
from speeches.extraction.unit_passage import MAY_REACH_END, Passage

_CLAUSE = re.compile(r"[，,；;。：:！？!?\n—](?:(?<!—)|—)")
# A clause begins behind 、 too when a role is said before it: 党政办牵头、组织办配合.
_CLAUSE_OR_ROLE = re.compile(r"[，,；;。：:！？!?\n、—](?:(?<![、—])|(?<=—)—|(?<=(?:牵头|负责|配合)、))")
_ENDS_A_ROLE = re.compile("、(?<=(?:牵头|负责|配合)、)")
# A clause without dashes and roles, only where a name may follow: one search instead of a look at every clause.
_NAMED_CLAUSE = re.compile(rf"[，,；;。：:！？!?\n]{MAY_REACH_END}")
_ORDINAL = r"[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、]|[一二三四五六七八九十]{1,2}(?:[、]|是(?=[^，。]{2}))|首先|其次|再次|最后|第[一二三四五六七八九十](?:步[,，、]?|[,，、])"
# What may stand before a subject: words and numbers, what was done before (开完会后天…), the matter and the time.
_WORDS_BEFORE = rf"[\s“]|{_ORDINAL}|[你您]们(?=[一-龥]{{2,6}}(?:站|局|所|办|科|镇|乡|村|处|部|院|校|公司))|每一?[位名个](?!月|学校|村|科室|乡|镇|街道|单位|部门|企业|社区|幼儿园|支部|年级|班)|另外|同时|此外|因此|所以|对此|为此|其中|下一步|接下来|特别是|尤其是?|但是?|而且|并且|那么|当然|具体|原则上|就(?=[先由])|目前|当前|现在|今后|近期|还有|再有|再就是|再一个|我看|对了|好了?[，,]|那(?![一-龥]?[个些里])"
# 各村的, 12家, 全县三个: of how many of them
_COUNTED_ONES = r"各[村校镇乡县区科班站组]的(?=[一-龥]{3})|(?:[全本][市县区校省镇]|局?机关)?(?:\d{1,3}|[一二三四五六七八九十两几]{1,3})[个家支](?=[一-龥]{2,6}(?:组|队|专班|运营商|企业|公司|单位|部门|银行|学校))"
_MATTER_OR_TIME = (
    rf"{_COUNTED_ONES}|(?:这|那)(?:个|件|项|块|笔|批)?(?:事情?|活|工作|任务|问题|钱|账|方面)|{TIME}[，,]?"
)
_LEAD_IN = re.compile(
    rf"(?!周[所局站科院校镇乡县部处股书主])(?:{_WORDS_BEFORE}|[一-龥]{{1,4}}(?:完|后|好)(?={TIME})|{_MATTER_OR_TIME})*"
)
_YOU = ("你", "您")
_AFTER_A_VERB = frozenset("完后好")
_COUNTED = frozenset("0123456789一二三四五六七八九十两几局机全")
_LEAD_FIRST = (
    _COUNTED
    | frozenset("各（(第另同此因所对为其下接特尤但而并那当具原目现还我好这首再你您 　“\t")
    | TIME_FIRST
)
_LEAD_HEADS = heads(f"(?:{_WORDS_BEFORE}|{_MATTER_OR_TIME})*", may_be_empty=True, among=_LEAD_FIRST)
# A clause that begins with one of these verbs has no lead-in and names nobody.
_NO_LEAD_IN = frozenset(verb for verb in SURE_VERBS if _LEAD_HEADS.isdisjoint((verb, verb[0])))
_MAY_BE_ABOUT = re.compile("的[事活问工]")


def read_subjects(passage: Passage, named: Named, *, roles: bool = True) -> int:
    """File the subject of every clause; with `roles` one may begin behind 、 too. How many clauses have a subject."""
    text = passage.text
    finished = "完" in text or "后" in text or "好" in text
    about = "的" in text and _MAY_BE_ABOUT.search(text) is not None
    never = _NO_LEAD_IN if not (finished or about or passage.own_names) else frozenset[str]()
    subjects = 0
    for at in _clauses(passage, roles=roles):
        head = text[at : at + 2]
        if head in never:
            continue
        if (
            head in _LEAD_HEADS
            or head[:1] in _LEAD_HEADS
            or (finished and not _AFTER_A_VERB.isdisjoint(text[at + 1 : at + 5]))
            or (about and _topic_end(text, at))
        ):
            found = _behind_lead_in(passage, at)
        elif may_open(passage, at):
            found = listed_at(passage, at, opening=_opens_sentence(text, at))
        else:
            continue
        if found:
            file_bodies(passage, *found, named)
            subjects += 1
    return subjects


def _clauses(passage: Passage, *, roles: bool) -> list[int]:
    """Where clauses begin, at least those in which a name may begin at once."""
    text = passage.text
    roles = roles and "、" in text and _ENDS_A_ROLE.search(text) is not None
    if roles or passage.listed or "—" in text:
        clauses = _CLAUSE_OR_ROLE if roles else _CLAUSE
    else:
        clauses = _NAMED_CLAUSE
    return [0, *[match.end() for match in clauses.finditer(text)]]


def _behind_lead_in(passage: Passage, at: int) -> Found | None:
    text = passage.text
    if text[at : at + 1] not in _YOU and not passage.may_begin(at):
        return None
    lead_in = _LEAD_IN.match(text, at) if _may_lead_in(text, at) else None
    topic = _topic_end(text, at)
    for start in sorted({at, lead_in.end() if lead_in else at, topic or at}, reverse=True):
        opening = not (topic and start == topic) and _opens_sentence(text, at)
        if found := bodies_at(passage, start, opening=opening):
            return found
    return None


def _may_lead_in(text: str, at: int) -> bool:
    return (
        text[at : at + 2] in _LEAD_HEADS
        or text[at : at + 1] in _LEAD_HEADS
        or not _AFTER_A_VERB.isdisjoint(text[at + 1 : at + 5])
    )


_TOPIC = re.compile(
    r"[^，,。；;：:\n]{1,14}?的(?:事情?|活儿?|问题|工作(?!专班|组|小组|队|站|室|领导|委|办|机构))(?=[一-龥])"
)


def _topic_end(text: str, at: int) -> int:
    """西河水库的事|水库管理处自己解决: where the one who is told begins behind the matter, 0 without such a matter."""
    place = text.find("的", at + 1, at + 16)
    match = _TOPIC.match(text, at) if place > 0 and text[place + 1 : place + 2] in "事活问工" else None
    return match.end() if match else 0


def _opens_sentence(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in "。；;！？!?\n"
