"""The row text of the 任务分解表: short, verb first, with object, figure and scope, without ornament."""

import re

from speeches.extraction.signals import FIGURE, FIRM_OBJECTS
from speeches.extraction.view import Clause, View

LIMIT = 40
SHORTEST = 4
_ORNAMENT = re.compile(
    r"切实|进一步|扎扎实实地?|扎实|认真(?!执行|落实|贯彻)|积极主动地?|积极|(?<!下)大力|着力|坚定不移地?|努力|全力|深入(?!实施|实际|基层|群众|一线|人心|调查|开展)|"
    r"更好地?|更加|不断|千方百计地?|想方设法|实实在在地?|毫不动摇地?|不折不扣地?|(?<!健)全面(?=加强|推进|落实|提高|提升|深化|开展|完成|推行|规范|强化|做好)|充分(?=发挥|利用|运用)"
)
_LEAD = re.compile(
    r"^(?:首先|其次|再次|再者|最后|同时|此外|另外|还有|因此|所以|为此|对此|总之|与此同时|一方面|另一方面|当然|而且|并且|并|但|但是|下一步|接下来|第[一二三四五]步)[，,、]?"
)
_WHO = re.compile(
    r"(?:^|[，,])(?:我们|大家|[各全本][\u4e00-\u9fff（）]{1,12}|[\u4e00-\u9fff、（）“”]{1,24}(?:局|委|办|厅|院|校|站|所|部|政府|部门|单位|镇|乡|街道|村|社区|支部|党委|纪委|公司|企业|书记|校长|"
    r"主任|负责人|同志|干部|人员|中心|小组|媒体|机构|组织|教师|督查室|督导室|财政|区|县|市|省))(?:都|还|也|就|分别|一定)?$|^(?:还|也|都|就|一定|更|既|又|同时|今年)*$"
)
_OCCASION = re.compile(
    r"^(?:在(?!建)|按照|根据|围绕|目前|当前|为|以|结合|针对|对于这|面对|从|到(?!20)|会上|刚才|今年$|近年|虽然|由于|随着|立足|着眼|紧扣|紧紧围绕|适应|顺应|要以|坚持以|脱贫|既然)"
)
_AS = re.compile(r"^(?:要|坚持|今年[^，,]{0,6})?以[^，,]{2,40}为[^，,]{0,8}$")
_OPEN_LIST = re.compile(r"^(?:分别|具体|主要|重点)?(?:是|为|包括|如下|即)$")
_NEEDED = re.compile(r"[对把将]|由[^，,]{2,}|的$|严禁|禁止|不得")
_BRACKET = re.compile(r"[（(][^（）()]*(?:负责|牵头|配合|责任单位|责任部门|完成)[^（）()]*[）)]")
_OPENED = re.compile(r"[（(][^（）()]*(?:负责|牵头|配合|责任单位|责任部门|完成)[^（）()]*$")
_ENDS = "。；;，,：:！!、 　\n"
_TRAILING = re.compile(r"[，,](?:同时|并|以及|而且|此外)$")
_RESULT = re.compile(
    r"^(?:使|让|确保|实现|形成|营造|促进|提高|提升|增强|推动|为[^，,]{2,}(?:提供|创造|赋能))"
)


def title_of(view: View) -> str:
    """A row text for one task: at most `LIMIT` characters."""
    clauses = _from_the_action(view)
    words = [_tidy(view, clause, first=at == 0) for at, clause in enumerate(clauses)]
    words = [
        word
        for at, word in enumerate(words)
        if len(word) >= (SHORTEST if at else 1) and not _OPEN_LIST.match(word)
    ]
    return _choose(words, firm=_is_firm(clauses[0])) or view.text.strip(_ENDS)[:LIMIT] or view.text[:LIMIT]


def _from_the_action(view: View) -> list[Clause]:
    """The clauses from where the row begins: what only names the occasion is left out."""
    shift = view.segment.start + view.place.skip
    bracket = _BRACKET.search(view.text)
    cut = shift + bracket.start() if bracket else view.segment.end
    clauses = [clause for clause in view.clauses if clause.start < cut] or view.clauses
    for at, clause in enumerate(clauses[:-1]):
        piece = view.words_of(clause)
        bare = _LEAD.sub("", piece)
        if (
            not bare
            or _AS.match(bare)
            or (not clause.told and not clause.initial and (view.pivot or _OCCASION.match(bare)))
        ):
            continue
        if _OCCASION.match(bare) and not clause.verb and any(later.verb for later in clauses[at + 1 :]):
            continue
        return clauses[at:]
    return clauses[-1:]


def _tidy(view: View, clause: Clause, *, first: bool) -> str:
    """One clause without its subject (the units stand in their own column), its 要 and its ornament."""
    shift = clause.start
    piece = _OPENED.sub("", _BRACKET.sub("", view.words_of(clause)))
    if clause.verb and clause.act_at > shift:
        subject = view.words_before(clause) if clause.modal else piece[: clause.act_at - shift]
        if (_WHO.search(subject) or clause.subject) and not _NEEDED.search(subject):
            piece = piece[clause.act_at - shift :]
    piece = re.sub(r"\s+", "", piece).strip(_ENDS)
    piece = _LEAD.sub("", piece) if first else piece
    piece = re.sub(r"^(?:还|也|都|就|更)?(?:要|必须|务必|应当|应该|须)(?=[\u4e00-\u9fff“《]{2})", "", piece)
    return _ORNAMENT.sub("", piece).strip(_ENDS)


def _is_firm(clause: Clause) -> bool:
    return not FIRM_OBJECTS.isdisjoint(clause.object_classes)


def _choose(words: list[str], *, firm: bool) -> str:
    """Whole clauses up to the limit: the first, the ones with figures, then the others as they fit, results last."""
    if not words:
        return ""
    if len(words[0]) > LIMIT:
        return _cut(words[0])
    order = sorted(
        range(1, len(words)),
        key=lambda at: (FIGURE.search(words[at]) is None, _RESULT.match(words[at]) is not None, at),
    )
    chosen, room = {0}, LIMIT - len(words[0])
    for at in order:
        if len(words[at]) + 1 <= room:
            chosen.add(at)
            room -= len(words[at]) + 1
    missing = [at for at in order if at not in chosen and FIGURE.search(words[at])]
    if (
        missing
        and not any(FIGURE.search(words[at]) for at in chosen)
        and len(words[0]) + len(words[missing[0]]) > LIMIT
    ):
        return _cut(words[missing[0]])
    return _TRAILING.sub("", "，".join(words[at] for at in sorted(chosen)))


def _cut(text: str) -> str:
    """The clause up to a list mark, with … for what is left out."""
    if len(text) <= LIMIT:
        return text
    cut = text[: LIMIT - 1]
    mark = max(cut.rfind("、"), cut.rfind("和"))
    return (cut[:mark] if mark >= 16 else cut) + "…"
