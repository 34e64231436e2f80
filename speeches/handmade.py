"""Candidates that a person makes: a missed sentence, the halves of a split one. The engine reads them for facts."""

import logging
import re
from dataclasses import asdict

from speeches.directory import current_directory
from speeches.extraction import extract
from speeches.extraction.model import Found
from speeches.models import Candidate, Speech
from tracker.org.models import Person

logger = logging.getLogger(__name__)

_EDGES = re.compile(r"^[，,；;、。：:\s]+|[，,；;、。：:！!\s]+$")
_TITLE = 40


def make(speech: Speech, start: int, end: int, *, by: Person) -> Candidate:
    """An unsaved candidate for a stretch of the body, with the units, date and figures that stand in it."""
    quote = speech.body[start:end]
    candidate = Candidate(
        speech=speech,
        start=start,
        end=end,
        quote=quote,
        title=title_of(quote),
        section=section_at(speech, start),
        origin=Candidate.Origin.HAND,
        reasons=[{"rule": "hand", "phrase": f"{by}从原文中选取", "weight": 1}],
    )
    found = _read(speech, quote)
    if found is not None:
        _fill(candidate, found)
    return candidate


def title_of(quote: str) -> str:
    """The stretch without the marks at its ends; long ones end at a clause."""
    text = _EDGES.sub("", re.sub(r"\s+", "", quote))
    if len(text) <= _TITLE:
        return text or quote.strip()[:_TITLE]
    cut = max(text.rfind(mark, 0, _TITLE) for mark in "，、；,")
    return text[:cut] if cut >= _TITLE // 2 else text[:_TITLE]


def section_at(speech: Speech, at: int) -> list[str]:
    """The heading path of the sentence that holds an offset."""
    for start, end, _role, _directive, section in speech.sentences:
        if start <= at < end:
            return list(section)
    return []


def _read(speech: Speech, quote: str) -> Found | None:
    """What the engine finds in the stretch by itself: the first task, else the first requirement.

    An engine that fails must not stop a person from entering a task by hand.
    """
    try:
        extraction = extract(quote, spoken_on=speech.counts_from, directory=current_directory())
    except Exception:
        logger.exception("speech %s: the engine failed on a stretch chosen by hand", speech.pk)
        return None
    return next(iter((*extraction.tasks, *extraction.requirements)), None)


def _fill(candidate: Candidate, found: Found) -> None:
    candidate.title = found.title[:200] or candidate.title
    candidate.kind = found.kind
    candidate.lead, candidate.supporting = list(found.lead), list(found.co)
    candidate.suggested = list(found.suggested)
    candidate.due, candidate.due_phrase = found.due, found.due_phrase[:60]
    candidate.due_rule, candidate.due_reckoned = found.due_rule[:120], found.reckoned
    candidate.recur = found.recur or ""
    candidate.figures = [asdict(figure) for figure in found.figures]
    candidate.items = list(found.items)
