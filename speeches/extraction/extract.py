"""The engine: text in, every sentence with its role and every task with its span and its reasons out."""

from datetime import date

from speeches.extraction.analysis import analyse
from speeches.extraction.boxes import BOX, ITEMS_A_BOX_ANSWERS_FOR, boxes_near, closing_bracket
from speeches.extraction.details import Directive, described
from speeches.extraction.firing import rules_of
from speeches.extraction.governing import Governing
from speeches.extraction.model import Directory, Extraction, Role, Sentence
from speeches.extraction.parts import parts_of
from speeches.extraction.score import Verdict, fingerprint, judge
from speeches.extraction.view import ACTING, View
from speeches.extraction.zones import Zone

ENGINE_VERSION = f"5-{fingerprint()}"
"""Changes whenever the same text may give another result."""

_INSTRUCTIONS = (Role.TASK, Role.REQUIREMENT)
_TROUBLED, _UNFINISHED = rules_of("problem.many"), rules_of("unfinished")
_SAID_TO_OPEN_OR_CLOSE = rules_of("procedure", "rhetoric")
_OVER = rules_of("done", "already", "past", "achieved")
_MORE_THAN_A_LIST = rules_of("figure", "must", "forbid", "by", "due", "state.end", "target")


def extract(text: str, *, spoken_on: date, directory: Directory) -> Extraction:
    """All the engine says of `text`, a cleaned body. Deadlines count from `spoken_on`. Same input, same output."""
    sentences, directives = _sorted_out(text, directory)
    found = described(text, directives, spoken_on=spoken_on, directory=directory)
    sorted_out = list(zip(directives, found, strict=True))
    return Extraction(
        body=text,
        parts=parts_of(text),
        tasks=tuple([task for one, task in sorted_out if one.role is Role.TASK]),
        requirements=tuple([asked for one, asked in sorted_out if one.role is not Role.TASK]),
        sentences=tuple(sentences),
    )


def _sorted_out(text: str, directory: Directory) -> tuple[list[Sentence], list[Directive]]:
    """Every sentence with its role, and those that are instructions with what stands around them."""
    views = analyse(text)
    boxed = any(view.held & BOX for view in views)  # most speeches hold no form, and no boxes to look for
    sentences: list[Sentence] = []
    directives: list[Directive] = []
    task: Directive | None = None
    governing = Governing()
    opened: int | None = None  # where the boxes (责任单位：…) begin that stand before the item they belong to
    verdicts = [judge(view) for view in views]
    for at, (view, verdict) in enumerate(zip(views, verdicts, strict=True)):
        role = role_of(view, verdict)
        governing.see(view, directory)
        start, end, path = view.segment.start, view.segment.end, view.place.path
        if task and role is not Role.HEADING and _goes_with(text, task, view, verdict):
            task.end = end
            sentences.append(Sentence(start, end, Role.TASK, path))
            continue
        if boxed and view.held & BOX and _await_item(views, at):
            opened = start if opened is None else opened
            sentences.append(Sentence(start, end, Role.TASK, path))
            continue
        sentences.append(Sentence(start, end, role, path, verdict.is_directive))
        if role in _INSTRUCTIONS:
            closing = (
                closing_bracket(views, at) or governing.bracket or (boxed and boxes_near(views, at)) or ""
            )
            inherited = governing.units_for(view, directory)
            start, opened = start if opened is None else opened, None
            words = text[view.segment.start : end]
            directives.append(Directive(view, verdict, role, words, closing, inherited, start, end))
            task = directives[-1] if role is Role.TASK else task
    return sentences, directives


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


def _completes(text: str, task: Directive, view: View, verdict: Verdict) -> bool:
    """A fragment without a verb after a semicolon only goes on with the list of the task before it."""
    return (
        text[task.end - 1] in "；;"
        and not view.segment.first
        and not view.place.rank
        and 0 <= view.segment.start - task.end <= 1
        and not verdict.is_task
        and not view.facts & ACTING
        and not view.held & _MORE_THAN_A_LIST
    )


def _goes_with(text: str, task: Directive, view: View, verdict: Verdict) -> bool:
    """A fragment that completes the task, or a box of a form (责任单位：…) right below it."""
    if view.held & BOX:
        return not text[task.end : view.segment.start].strip()
    return _completes(text, task, view, verdict)


def _await_item(views: list[View], at: int) -> bool:
    """Whether boxes of a form are followed at once by the task they speak of."""
    near = views[at : at + 1 + ITEMS_A_BOX_ANSWERS_FOR]
    after = next((view for view in near if not view.held & BOX), None)
    return after is not None and not after.place.heading and judge(after).is_task
