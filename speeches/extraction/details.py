"""What an instruction asks in the columns of a 任务分解表: what is to be done, by whom, by when, with which figures.

Every question is put to all instructions of a text before the next one: its patterns and tables then stay in the
processor's cache, which saves a tenth of the time of the whole engine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from speeches.extraction.deadlines import best_deadline
from speeches.extraction.figures import find_figures, find_items
from speeches.extraction.firing import rules_of
from speeches.extraction.model import Deadline, Directory, Found, Kind, Reason, Responsible, Role
from speeches.extraction.score import Verdict, reasons
from speeches.extraction.title import title_of
from speeches.extraction.units import find_responsible
from speeches.extraction.view import LONGEST, View

_SUGGESTING = ("鼓励", "提倡", "倡导", "支持")
_FORBIDDEN, _DONE_FIRST, _DECIDED = rules_of("forbid"), rules_of("verb.hard", "head"), rules_of("decided")
_MAY, _MUST = rules_of("may.first"), rules_of("must")


@dataclass(slots=True)
class Directive:
    """A task or a requirement before it is taken apart.

    `words` are its own, `closing` the bracket or the boxes beside it that say who answers for it, `inherited` the bodies
    that govern it from above. `start` and `end` also take in what goes with it: the boxes, a fragment that completes it.
    """

    view: View
    verdict: Verdict
    role: Role
    words: str
    closing: str
    inherited: tuple[str, ...]
    start: int
    end: int


def described(
    text: str, directives: Sequence[Directive], *, spoken_on: date, directory: Directory
) -> list[Found]:
    """Each directive of `text` with all its columns. Deadlines count from `spoken_on`."""
    shown = [one.words[:LONGEST] for one in directives]
    said = [words + one.closing for words, one in zip(shown, directives, strict=True)]
    who = [
        find_responsible(words, directory=directory, inherited=one.inherited)
        for words, one in zip(said, directives, strict=True)
    ]
    due = [best_deadline(words, spoken_on=spoken_on, directory=directory) for words in said]
    titles = [_title(*three) for three in zip(directives, who, due, strict=True)]
    figures = [find_figures(words) for words in shown]
    items = [find_items(words) for words in shown]
    why = [_reasons(*two) for two in zip(directives, who, strict=True)]
    return [
        Found(
            start=one.start,
            end=one.end,
            quote=text[one.start : one.end],
            title=title,
            section=one.view.place.path,
            kind=_kind(one.view),
            lead=bodies.lead,
            co=bodies.co,
            suggested=bodies.suggested,
            due=time.due if time else None,
            due_phrase=time.phrase if time else "",
            due_rule=time.rule if time else "",
            reckoned=time.reckoned if time else False,
            recur=time.recur if time else None,
            figures=numbers,
            items=parts,
            score=one.verdict.confidence,
            reasons=because,
        )
        for one, bodies, time, title, numbers, parts, because in zip(
            directives, who, due, titles, figures, items, why, strict=True
        )
    ]


def _title(one: Directive, who: Responsible, due: Deadline | None) -> str:
    # A time that is no date has no column of its own and stays in the title.
    phrase = due.phrase if due and due.due else ""
    return title_of(one.view, quote=one.words, bodies=(*who.lead, *who.co, *who.suggested), due_phrase=phrase)


def _reasons(one: Directive, who: Responsible) -> tuple[Reason, ...]:
    """The rules that fired; and why a task carries a unit its own words do not name, which says nothing for or against it."""
    if not who.inherited:
        return reasons(one.view)
    above = f"责任单位承接上文：{'、'.join((*who.lead, *who.co))}"
    return (*reasons(one.view), Reason("who.inherited", above, 0.0))


def _kind(view: View) -> Kind:
    held = view.held
    if held & _FORBIDDEN and not held & _DONE_FIRST:
        return Kind.FORBID
    if held & _DECIDED:
        return Kind.COMMIT
    if held & _MAY or (view.main.verb in _SUGGESTING and not held & _MUST):
        return Kind.SUGGEST
    return Kind.DO
