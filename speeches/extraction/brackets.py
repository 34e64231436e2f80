"""Bracketed responsibilities: （A牵头，B、C配合）, （责任单位：A、B；完成时限：6月底）, （A、B负责，下同）.

What officials write after a task is the surest source there is of who does it: it is read by itself, and it goes before
whatever the sentence says.
"""

import re
from dataclasses import dataclass

from speeches.extraction.model import Directory
from speeches.extraction.unit_names import is_body, is_firm, known_names, split_list


@dataclass(frozen=True, slots=True)
class Bracket:
    """One passage that names bodies: its span in the text, who leads, who supports, and the time it sets, verbatim."""

    start: int
    end: int
    lead: tuple[str, ...] = ()
    co: tuple[str, ...] = ()
    time: str = ""


_EMPTY = Directory()
_BRACKET = re.compile(
    r"[（(【〔\[]((?:[^（）()【】〔〕\[\]\n]|[（(〔\[][^（）()〔〕\[\]\n]{0,20}[）)〕\]]){2,400})(?:[）)】〕\]]|$)"
)
# 政府（管委会）要…, 民政局（老龄办）牵头: another name of the body before it, when the sentence goes on
_OTHER_NAME = re.compile("(?:政府|党委|[局委办厅部院会])$")
_GOES_ON = re.compile("[\u4e00-\u9fff]")
_LABEL = re.compile(
    r"(?P<lead>牵头(?:责任)?(?:单位|部门|科室|处室)|主办(?:单位|部门|科室)|主责(?:单位|部门)|第一责任(?:单位|部门))[：:为]"
    r"|(?P<duty>(?:责任|承办|落实|实施|负责)(?:单位|部门|科室|股室|主体)|责任(?:配合)?单位)[：:为]"
    r"|(?P<co>(?:责任)?(?:配合|协办|参与|参加|协同|协助)(?:责任)?(?:单位|部门|科室)[：:为]|配合[：:])"
    r"|(?P<person>(?:牵头|责任|分管|包保|挂点|包案)(?:县|市|区|镇|校|局)?(?:领导|人))[：:为]"
    r"|(?P<time>(?:完成|办结|整改|推进)?(?:时限|时间|期限)(?:要求)?)[：:为]"
)
_ROLE = re.compile(
    r"(?P<name>[^，,；;。]*?)(?P<do>(?:总)?牵头(?:负责|抓总|落实|实施|组织实施|推进|，)?|主办|抓总|(?:积极|密切|共同|分别|协同|予以|做好)?(?:配合|协助|参与|参加|协办)(?:落实|实施|做好)?|"
    r"(?:按(?:照)?(?:各自)?(?:职责|职能|任务)(?:分工|任务)?)?(?:分别|分头|各自|共同|具体|组织|联合)?(?:负责|承办|落实|组织实施|推进|实施)(?:落实|实施)?)$"
)
_CO = re.compile(r"配合|协助|参与|参加|协办")
_LEADS = re.compile(r"牵头|主办|抓总")
_TOGETHER = re.compile(r"会同|(?<!共)同(?=[一-龥]{2,10}(?:局|委|办|部|厅))|联合")
_NOISE = re.compile(
    r"排在?(?:在)?第一位|列(?:在)?第一位|列(?:在)?首位|下同|以下同|为牵头|持续实施|长期坚持|持续推进|不再列出"
)
_NOTE = re.compile(r"[（(][^（）()]*(?:第一位|首位|下同)[^（）()]*[)）]")
_TIMEY = re.compile(
    r"(?:[年月日周底末旬季]|时间|长期|节前|期前|开学).{0,8}?(?:完成|前|底|内|到位|启动|推进|办结|报送)?"
)
_TAIL = re.compile(r"(?:等(?:有关|相关|各)?(?:部门|单位|地区|方面)?|等)$")
# Every label ends so.
_SAYS = re.compile("[位门室体合导人限间求][：:为]")
_MAY_ASSIGN = re.compile(r"[（(【〔\[位门室体合导人限间求](?:(?<=[（(【〔\[])|[：:为])")
_UNLABELLED = re.compile(rf"(?:^|(?<=[。；;\s]))(?={_LABEL.pattern.replace('?P<', '?P<x')})[^\n。]{{3,300}}")


def find_brackets(text: str, *, directory: Directory = _EMPTY) -> list[Bracket]:
    """The passages of `text` that assign responsibility, in order. Other brackets (（街道）, （试行）) are left alone."""
    if not _MAY_ASSIGN.search(text):
        return []
    found = []
    for match in _BRACKET.finditer(text):
        if _OTHER_NAME.search(text, 0, match.start()) and _GOES_ON.match(text, match.end()):
            continue
        if bracket := _read(match[1], match.start(), match.end(), directory):
            found.append(bracket)
    if not found and _SAYS.search(text) and (plain := _UNLABELLED.search(text)):
        bracket = _read(plain[0], plain.start(), plain.end(), directory)
        found = [bracket] if bracket else []
    return found


def _read(inner: str, start: int, end: int, directory: Directory) -> Bracket | None:
    lead, co, time = _labelled(inner, directory) if _LABEL.search(inner) else _by_roles(inner, directory)
    if not lead and co:
        lead, co = co[:1], co[1:]
    if not lead:
        return None
    lead = list(dict.fromkeys(lead))
    co = [name for name in dict.fromkeys(co) if name not in lead]
    return Bracket(start, end, tuple(lead), tuple(co), time)


def _labelled(inner: str, directory: Directory) -> tuple[list[str], list[str], str]:
    """责任单位：…；牵头单位：…；配合单位：…；完成时限：…"""
    lead, duty, co, time = [], [], [], ""
    labels = list(_LABEL.finditer(inner))
    time = _time_of(inner[: labels[0].start()])
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        value = inner[label.end() : following.start() if following else len(inner)].strip("；;，,。 　\n")
        kind = label.lastgroup
        if kind == "time":
            time = value
        elif kind == "lead":
            lead += _names(value, directory)
        elif kind == "co":
            co += _names(value, directory)
        elif kind == "duty":
            duty += _duty_names(value, co, directory)
    if lead:
        return lead, duty + co, time
    return duty[:1], duty[1:] + co, time


def _duty_names(value: str, co: list[str], directory: Directory) -> list[str]:
    """The names after 责任单位：, where some write （牵头） or 牵头 behind one of them."""
    value = _NOTE.sub("", value)
    if not _LEADS.search(value) and not _CO.search(value):
        return _names(value, directory)
    lead, others, _ = _by_roles(value, directory)
    return lead + others


def _by_roles(inner: str, directory: Directory) -> tuple[list[str], list[str], str]:
    """A牵头，B、C配合 / A、B按职责分工负责 / 6月底完成，X牵头 / a bare list of bodies."""
    lead: list[str] = []
    main: list[str] = []
    co: list[str] = []
    time, waiting, said = "", [], False
    for clause in re.split(r"[，,；;。]", inner):
        clause = clause.strip()
        role = _ROLE.fullmatch(clause)
        if _NOISE.search(clause):
            continue
        if role is None or not role["name"].strip("由：:"):
            if not _bodies_only(clause, directory):
                time = time or _time_of(clause)
                said = said or role is not None
            else:
                waiting += _names(clause, directory)
            said = said or role is not None
            continue
        said = True
        names, partners = _with_partners(role["name"], directory)
        co += partners
        if _LEADS.search(role["do"]):
            lead += [*waiting, *names][-len(names) :]
            main += waiting
        elif _CO.search(role["do"]):
            co += [*waiting, *names]
        else:
            main += [*waiting, *names]
        waiting = []
    if not said and not _surely_bodies(waiting, directory):
        return [], [], ""
    main += waiting if not lead else []
    co += waiting if lead else []
    if not lead:
        lead, main = main[:1], main[1:]
    return lead, main + co, time


def _with_partners(text: str, directory: Directory) -> tuple[list[str], list[str]]:
    """由A会同B、C: the names before and after 会同."""
    text = text.strip().removeprefix("由")
    if together := _TOGETHER.search(text):
        return _names(text[: together.start()], directory), _names(text[together.end() :], directory)
    return _names(text, directory), []


def _names(text: str, directory: Directory) -> list[str]:
    names = []
    for chunk in re.split(
        r"[，,；;\s]+|(?<=[局委办科股处室站所厅部门组])(?:会同|会商|联合|商(?=[一-龥]{2}))", text
    ):
        for name in split_list(chunk, directory, shared_ending=False):
            name = _TAIL.sub("", name.strip("：: 　由")).strip()
            if 2 <= len(name) <= 30 and not _NOISE.search(name):
                names.append(name)
    return names


def _bodies_only(text: str, directory: Directory) -> bool:
    names = _names(text, directory)
    known = known_names(directory).units
    return bool(names) and all(name in known or is_body(name) for name in names)


def _surely_bodies(names: list[str], directory: Directory) -> bool:
    """Whether a list without 负责 or 牵头 can only be bodies: （县教育局、县财政局） but not （街道）."""
    known = known_names(directory).units
    return (
        bool(names)
        and all(name in known or (len(name) > 2 and is_firm(name)) for name in names)
        and len(names[0]) > 2
    )


def _time_of(text: str) -> str:
    text = text.strip("，,；;。：: ")
    return text if text and _TIMEY.search(text) else ""
