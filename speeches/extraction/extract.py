"""The engine: text in, every sentence with its role and every task with its span and its reasons out."""

import re
from datetime import date
from itertools import takewhile

from speeches.extraction.analysis import analyse
from speeches.extraction.deadlines import best_deadline
from speeches.extraction.figures import find_figures, find_items
from speeches.extraction.firing import rules_of
from speeches.extraction.governing import Governing
from speeches.extraction.model import Directory, Extraction, Found, Kind, Reason, Role, Sentence
from speeches.extraction.parts import parts_of
from speeches.extraction.score import Verdict, fingerprint, judge, reasons
from speeches.extraction.segment import OWNER_BRACKET
from speeches.extraction.title import title_of
from speeches.extraction.units import find_responsible
from speeches.extraction.view import ACTING, LONGEST, OWNED, View
from speeches.extraction.zones import Zone

ENGINE_VERSION = f"5-{fingerprint()}"
"""Changes whenever the same text may give another result."""

ITEMS_A_BOX_ANSWERS_FOR = 12
_ANSWERING = re.compile(
    "(?:责任|牵头|配合|协同|主办|协办|承办|参与|落实|实施)(?:责任|配合|协同)?(?:单位|部门|科室|处室)|(?:整改|完成|办结|推进)(?:时|期)"
)
_SUGGESTING = ("鼓励", "提倡", "倡导", "支持")
_TROUBLED, _UNFINISHED = rules_of("problem.many"), rules_of("unfinished")
_SAID_TO_OPEN_OR_CLOSE = rules_of("procedure", "rhetoric")
_OVER = rules_of("done", "already", "past", "achieved")
_MORE_THAN_A_LIST = rules_of("figure", "must", "forbid", "by", "due", "state.end", "target")
_FORBIDDEN, _DONE_FIRST, _DECIDED = rules_of("forbid"), rules_of("verb.hard", "head"), rules_of("decided")
_MAY, _MUST, _BOX = rules_of("may.first"), rules_of("must"), rules_of("form.box")


def extract(text: str, *, spoken_on: date, directory: Directory) -> Extraction:
    """All the engine says of `text`, a cleaned body. Deadlines count from `spoken_on`. Same input, same output."""
    views = analyse(text)
    boxed = any(view.held & _BOX for view in views)  # most speeches hold no form, and no boxes to look for
    tasks: list[Found] = []
    requirements: list[Found] = []
    sentences: list[Sentence] = []
    governing = Governing()
    opened: int | None = None  # where the boxes (责任单位：…) begin that stand before the item they belong to
    for at, view in enumerate(views):
        verdict = judge(view)
        role = role_of(view, verdict)
        governing.see(view, directory)
        if tasks and role is not Role.HEADING and _goes_with(text, tasks[-1], view, verdict):
            tasks[-1] = _extended(text, tasks[-1], view)
            sentences.append(Sentence(view.segment.start, view.segment.end, Role.TASK, view.place.path))
            continue
        start, end = view.segment.start, view.segment.end
        if view.held & _BOX and _await_item(views, at):
            opened = start if opened is None else opened
            sentences.append(Sentence(start, end, Role.TASK, view.place.path))
            continue
        sentences.append(Sentence(start, end, role, view.place.path, directive=verdict.is_directive))
        if role in (Role.TASK, Role.REQUIREMENT):
            closing = _closing_bracket(views, at) or governing.bracket
            if boxed and not closing:
                closing = _boxes_near(views, at)
            found = _found(
                text,
                view,
                verdict,
                spoken_on=spoken_on,
                directory=directory,
                closing=closing,
                inherited=governing.units_for(view, directory),
            )
            if opened is not None:
                found, opened = found._replace(start=opened, quote=text[opened:end]), None
            (tasks if role is Role.TASK else requirements).append(found)
    return Extraction(
        body=text,
        parts=parts_of(text),
        tasks=tuple(tasks),
        requirements=tuple(requirements),
        sentences=tuple(sentences),
    )


def role_of(view: View, verdict: Verdict) -> Role:
    """The one role of a segment."""
    held, zone = view.held, view.zone
    if view.place.heading:
        return Role.HEADING
    if verdict.is_task:
        return Role.TASK
    if verdict.is_directive:
        return Role.REQUIREMENT
    if zone is Zone.REVIEW:
        return Role.REVIEW
    if zone is Zone.PROBLEM or held & _TROUBLED:
        return Role.PROBLEM
    if held & _SAID_TO_OPEN_OR_CLOSE or zone in (Zone.INTRO, Zone.CLOSING):
        return Role.PROCEDURE
    if held & _OVER:
        return Role.REVIEW
    return Role.FURNITURE if held & _UNFINISHED else Role.RATIONALE


def _completes(task: Found, view: View, verdict: Verdict) -> bool:
    """A fragment without a verb after a semicolon only goes on with the list of the task before it."""
    return (
        task.quote.endswith(("；", ";"))
        and not view.segment.first
        and not view.place.rank
        and 0 <= view.segment.start - task.end <= 1
        and not verdict.is_task
        and not view.facts & ACTING
        and not view.held & _MORE_THAN_A_LIST
    )


def _goes_with(text: str, task: Found, view: View, verdict: Verdict) -> bool:
    """A fragment that completes the task, or a box of a form (责任单位：…) right below it."""
    if view.held & _BOX:
        return not text[task.end : view.segment.start].strip()
    return _completes(task, view, verdict)


def _await_item(views: list[View], at: int) -> bool:
    """Whether boxes of a form are followed at once by the task they speak of."""
    near = views[at : at + 1 + ITEMS_A_BOX_ANSWERS_FOR]
    after = next((view for view in near if not view.held & _BOX), None)
    return after is not None and not after.place.heading and judge(after).is_task


def _extended(text: str, task: Found, view: View) -> Found:
    return task._replace(end=view.segment.end, quote=text[task.start : view.segment.end])


def _found(
    text: str,
    view: View,
    verdict: Verdict,
    *,
    spoken_on: date,
    directory: Directory,
    closing: str,
    inherited: tuple[str, ...],
) -> Found:
    start, end = view.segment.start, view.segment.end
    quote = text[start:end]
    whole = quote[:LONGEST] + closing
    who = find_responsible(whole, directory=directory, inherited=inherited)
    due = best_deadline(whole, spoken_on=spoken_on, directory=directory)
    return Found(
        start=start,
        end=end,
        quote=quote,
        title=title_of(
            view,
            quote=quote,
            bodies=(*who.lead, *who.co, *who.suggested),
            due_phrase=due.phrase
            if due and due.due
            else "",  # a time that is no date has no column of its own
        ),
        section=view.place.path,
        kind=_kind(view),
        lead=who.lead,
        co=who.co,
        suggested=who.suggested,
        due=due.due if due else None,
        due_phrase=due.phrase if due else "",
        due_rule=due.rule if due else "",
        reckoned=due.reckoned if due else False,
        recur=due.recur if due else None,
        figures=find_figures(quote[:LONGEST]),
        items=find_items(quote[:LONGEST]),
        score=verdict.confidence,
        reasons=(*reasons(view), _inherited_from_above((*who.lead, *who.co)))
        if who.inherited
        else reasons(view),
    )


def _inherited_from_above(units: tuple[str, ...]) -> Reason:
    """Why a task carries a unit its own words do not name; it says nothing for or against the task."""
    return Reason("who.inherited", f"责任单位承接上文：{'、'.join(units)}", 0.0)


def _kind(view: View) -> Kind:
    held = view.held
    if held & _FORBIDDEN and not held & _DONE_FIRST:
        return Kind.FORBID
    if held & _DECIDED:
        return Kind.COMMIT
    if held & _MAY or (view.main.verb in _SUGGESTING and not held & _MUST):
        return Kind.SUGGEST
    return Kind.DO


def _closing_bracket(views: list[View], at: int) -> str:
    """The responsibility bracket that closes the paragraph of a segment, when the segment has none of its own."""
    if not views[at].facts & OWNED or OWNER_BRACKET.search(views[at].text):
        return ""
    line = views[at].segment.line
    last = at
    while last + 1 < len(views) and views[last + 1].segment.line == line:
        last += 1
    bracket = OWNER_BRACKET.search(views[last].text)
    return bracket[0] if bracket else ""


def _boxes_near(views: list[View], at: int) -> str:
    """责任单位：A and 完成时限：B beside an item, written as the bracket they stand for: the lines below it, which answer
    for all numbered items right above them, or else those between its problem and itself."""
    named = _answers(_boxes_below(views, at)) or _answers(_boxes_above(views, at))
    return f"（{'；'.join(named)}）" if named and not OWNER_BRACKET.search(views[at].text) else ""


def _answers(boxes: list[View]) -> list[str]:
    texts = [view.text.strip().rstrip("。；;") for view in boxes]
    return [text for text in texts if _ANSWERING.match(text)]


def _boxes_below(views: list[View], at: int) -> list[View]:
    boxes: list[View] = []
    for number in range(at + 1, min(at + 1 + ITEMS_A_BOX_ANSWERS_FOR, len(views))):
        view = views[number]
        if view.held & _BOX:
            boxes.append(view)
        elif boxes or view.place.heading or not (view.place.rank or not view.segment.first):
            break
    return boxes


def _boxes_above(views: list[View], at: int) -> list[View]:
    near = reversed(views[max(0, at - ITEMS_A_BOX_ANSWERS_FOR) : at])
    return list(takewhile(lambda view: view.held & _BOX, near))[::-1]
