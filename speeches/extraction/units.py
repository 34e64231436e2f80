"""Who is told to do it: the bodies one task's text names.

Sources, surest first: the bracket officials put behind a task; 由…牵头, 请…, 会同…; the subject of an instruction
(各学校要…, 应急办建立…). Whoever only receives, is inspected or is mentioned is not responsible.
"""

import re

from speeches.extraction.brackets import Bracket, find_brackets
from speeches.extraction.model import Directory, Responsible
from speeches.extraction.unit_lists import LABEL_LIKE, NOBODY, Named, all_bodies, bodies_at
from speeches.extraction.unit_names import known_names, split_list
from speeches.extraction.unit_passage import Passage
from speeches.extraction.unit_phrases import MAY_NAME, has_vocative, read_phrases
from speeches.extraction.unit_subjects import read_subjects


def find_responsible(text: str, *, directory: Directory, inherited: tuple[str, ...] = ()) -> Responsible:
    """The bodies `text` (one task with its subject clause and trailing bracket) makes responsible, as written.

    `inherited` are bodies that govern the text from its lead-in or heading; they count when the text names none.
    When a bracket names the bodies, those of the sentence are only suggested.
    """
    brackets = find_brackets(text, directory=directory)
    named = Named()
    at = 0
    for bracket in brackets:
        _read_passage(text[at : bracket.start], directory, named)
        at = bracket.end
    _read_passage(text[at:], directory, named)
    said = named.responsible(text)
    if brackets:
        return _bracketed(brackets, said)
    if said.lead:
        return said
    if inherited:
        return Responsible(inherited[:1], inherited[1:], inherited=True)
    return _set_to_work(text, directory) if _MAY_SET_TO_WORK.search(text) else NOBODY


def _bracketed(brackets: list[Bracket], said: Responsible) -> Responsible:
    lead = tuple(dict.fromkeys(name for bracket in brackets for name in bracket.lead))
    co = tuple(dict.fromkeys(name for bracket in brackets for name in bracket.co if name not in lead))
    suggested = tuple(name for name in (*said.lead, *said.co) if name not in lead and name not in co)
    return Responsible(lead, co, suggested)


def _read_passage(text: str, directory: Directory, named: Named) -> None:
    """Read one stretch outside brackets: every clause's subject, and the phrases that name bodies inside it."""
    passage = Passage(text, known_names(directory))
    read_subjects(passage, named)
    if MAY_NAME.search(text) and (passage.has_end() or has_vocative(text)):
        read_phrases(passage, named)


# 组织各学校开展…, 督促各施工企业足额缴存…: they do it, when nobody else is named
_SET_TO_WORK = re.compile(
    r"(?:^|[，,。；;：:\n]|[并要再先就]|[局委办厅府会](?=要求|督促|责令))(?:及时|尽快|抓紧|马上|立即|统一|继续|迅速|分批|分期|定期|严格|切实|认真|积极)?(?:组织|督促|敦促|通知|责令|安排|要求|动员|发动)(?=各|有关|相关|属地|[县市区镇])"
)
# A pattern that begins with letters is found quickly, one that begins with a look behind is not.
_MAY_SET_TO_WORK = re.compile(
    "(?:组织|督促|敦促|通知|责令|安排|要求|动员|发动)(?:各|有关|相关|属地|县|市|区|镇)"
)


def _set_to_work(text: str, directory: Directory) -> Responsible:
    """Those somebody unnamed is to set to work (组织各学校开展…): the bodies nearest to the work."""
    passage = Passage(text, known_names(directory))
    for match in _SET_TO_WORK.finditer(text):
        found = bodies_at(passage, match.end())
        if found and all_bodies(found[0], passage.known, firm_only=True):
            return Responsible(tuple(found[0][:1]), tuple(found[0][1:]))
    return NOBODY


def subject_of(text: str, *, directory: Directory) -> tuple[str, ...]:
    """The bodies that are the one subject of a sentence, which go on acting in its later parts (各校要…；建立…).

    () when nobody is, or when several clauses have a subject each.
    """
    named = Named()
    subjects = read_subjects(Passage(text, known_names(directory)), named, roles=False)
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
    firm = all_bodies(names, known_names(directory), firm_only=True) and not LABEL_LIKE.fullmatch(names[-1])
    return tuple(names) if firm else ()
