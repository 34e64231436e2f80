"""The one short transaction that stores what was found.

A re-run refreshes the engine's own undecided candidates, keeps the row of a span it finds again, and touches nothing a
person has decided, flagged or added.

Stored forms (JSON): figures [{"text", "direction"}], reasons [{"rule", "phrase", "weight"}],
sentences [start, end, role, directive, [section, ...]], parts [title, start, end].
"""

from collections.abc import Container, Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction

from speeches.extraction import ENGINE_VERSION, Extraction
from speeches.extraction.model import Found
from speeches.models import Candidate, Speech
from speeches.reading import Metadata

Span = tuple[int, int]
# What the engine says of a span; everything else on a candidate belongs to people.
FACTS = (
    "is_requirement", "title", "quote", "section", "kind", "lead", "supporting", "suggested", "due", "due_phrase",
    "due_rule", "due_reckoned", "recur", "figures", "items", "score", "reasons",
)  # fmt: skip


def save(
    speech: Speech,
    *,
    body: str,
    extraction: Extraction,
    spoken_on: date,
    meta: Metadata | None = None,
    notes: Iterable[str] = (),
) -> bool:
    """Store an extraction and finish the speech; False, with nothing written, when the claim has been lost."""
    with transaction.atomic():
        # Locked first: a person may edit the details or decide a candidate at this very moment.
        current = Speech.objects.select_for_update().get(pk=speech.pk)
        fields: dict[str, Any] = {
            "sentences": [_sentence(s) for s in extraction.sentences],
            "parts": [[part.title, part.start, part.end] for part in extraction.parts],
            "engine_version": ENGINE_VERSION,
            "counted_from": spoken_on,
            "progress": speech.progress,
        }
        if meta is not None:
            fields |= {"body": body, "notes": list(notes), **proposals(current, meta)}
        if not speech.finish(**fields):
            return False
        _replace_undecided(current, body, extraction)
        if current.reviewed_at and current.candidates.tasks().pending().exists():
            # New tasks have come to light: the review is open again.
            Speech.objects.filter(pk=speech.pk).update(reviewed_at=None, reviewed_by=None)
    return True


def proposals(speech: Speech, meta: Metadata) -> dict[str, Any]:
    """What the text says of itself, for the fields nobody has filled."""
    said = {
        "title": meta.title[:200],
        "speaker": meta.speaker[:60],
        "meeting": meta.meeting[:120],
        "held_on": meta.held_on,
        "kind": meta.kind,
    }
    return {name: value for name, value in said.items() if value and not getattr(speech, name)}


def _replace_undecided(speech: Speech, body: str, extraction: Extraction) -> None:
    existing = list(speech.candidates.select_for_update())
    found = _candidates(speech, body, extraction)
    targets = {c.merged_into_id for c in existing}  # what others were merged into carries their decision
    mine = {
        _span(c): c for c in existing if _is_engines(c, found) and (c.pk not in targets or _span(c) in found)
    }
    kept = [_span(c) for c in existing if _span(c) not in mine]
    wanted = {span: c for span, c in found.items() if span in mine or not _taken(span, kept)}
    gone = [c.pk for span, c in mine.items() if span not in wanted]
    Candidate.objects.filter(pk__in=gone).delete()
    again = [_refreshed(c, wanted[span]) for span, c in mine.items() if span in wanted]
    Candidate.objects.bulk_update(again, FACTS, batch_size=50)
    Candidate.objects.bulk_create((c for span, c in wanted.items() if span not in mine), batch_size=200)


def _is_engines(candidate: Candidate, found: Container[Span]) -> bool:
    """Whether a re-run may change it. A flagged one is a person's mark: refreshed if found again, else left alone."""
    if candidate.origin != Candidate.Origin.ENGINE or not candidate.is_pending:
        return False
    return candidate.status == Candidate.Status.PENDING or _span(candidate) in found


def _taken(span: Span, kept: Iterable[Span]) -> bool:
    """Whether a person has already dealt with most of this stretch: showing it again would be a duplicate."""
    start, end = span
    return any(
        2 * (min(end, kept_end) - max(start, kept_start)) > min(end - start, kept_end - kept_start)
        for kept_start, kept_end in kept
    )


def _candidates(speech: Speech, body: str, extraction: Extraction) -> dict[Span, Candidate]:
    """By span; where a task and a requirement share one, the task stands."""
    result: dict[Span, Candidate] = {}
    for is_requirement, group in ((False, extraction.tasks), (True, extraction.requirements)):
        for found in group:
            candidate = _candidate(speech, body, found, is_requirement=is_requirement)
            result.setdefault((found.start, found.end), candidate)
    return result


def _candidate(speech: Speech, body: str, found: Found, *, is_requirement: bool) -> Candidate:
    return Candidate(
        speech=speech,
        start=found.start,
        end=found.end,
        is_requirement=is_requirement,
        title=found.title[:200],
        quote=body[found.start : found.end],
        section=list(found.section),
        kind=found.kind,
        lead=list(found.lead),
        supporting=list(found.co),
        suggested=list(found.suggested),
        due=found.due,
        due_phrase=found.due_phrase[:60],
        due_rule=found.due_rule[:120],
        due_reckoned=found.reckoned,
        recur=found.recur or "",
        figures=[asdict(figure) for figure in found.figures],
        items=list(found.items),
        score=found.score,
        reasons=[asdict(reason) for reason in found.reasons],
    )


def _refreshed(old: Candidate, new: Candidate) -> Candidate:
    for name in FACTS:
        setattr(old, name, getattr(new, name))
    return old


def _sentence(sentence: Any) -> list[Any]:
    return [sentence.start, sentence.end, str(sentence.role), sentence.directive, list(sentence.section)]


def _span(candidate: Candidate) -> Span:
    return candidate.start, candidate.end
