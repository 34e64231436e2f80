"""Join the demo's items to the candidates the engine found, as a review would have left them."""

from datetime import datetime, time
from typing import Any

from django.utils import timezone

from speeches.models import Candidate, Speech
from speeches.review import dismiss, gaps_of
from tracker.items.models import ActionItem, Quote
from tracker.org.models import Person


def link_candidates(*, speeches: list[Speech], items: list[ActionItem], by: Person) -> None:
    """Accept what became items. The two older speeches are reviewed to the end, the newest is half done."""
    for speech in speeches:
        decided = _decided_at(speech)
        for quote in Quote.objects.filter(speech_ref=speech.pk, item__in=items).select_related("item"):
            _accept(speech, quote, by=by, at=decided)
        if speech != speeches[-1]:
            _finish(speech, by=by, at=decided)


def _decided_at(speech: Speech) -> datetime:
    day = speech.held_on or timezone.localdate()
    return datetime.combine(day, time(18, 20), tzinfo=timezone.get_current_timezone())


def _accept(speech: Speech, quote: Quote, *, by: Person, at: datetime) -> None:
    decision = {"status": Candidate.Status.ACCEPTED, "decided_by": by, "decided_at": at, "item": quote.item}
    overlapping = speech.candidates.filter(start__lt=quote.end, end__gt=quote.start, item__isnull=True)
    if not overlapping.update(**decision):
        Candidate.objects.get_or_create(
            speech=speech,
            start=quote.start,
            end=quote.end,
            defaults={
                **decision,
                "origin": Candidate.Origin.HAND,
                "title": quote.item.title,
                "quote": quote.text,
                "section": quote.section.split(" › ") if quote.section else [],
            },
        )


def _finish(speech: Speech, *, by: Person, at: datetime) -> None:
    """Nothing is left undecided: details join the item before them in their section, the rest is no task of its own."""
    rest = {"decided_by": by, "decided_at": at}
    taken: dict[tuple[str, ...], Candidate] = {}
    for candidate in speech.candidates.select_related("item"):
        path = tuple(candidate.section)
        # Up to the second level of headings; a speech without headings is one section.
        depths = range(len(path), min(len(path) - 1, 1), -1) if path else [0]
        nearest = next((taken[path[:depth]] for depth in depths if path[:depth] in taken), None)
        if candidate.item_id:
            taken |= {path[:depth]: candidate for depth in range(len(path) + 1)}
        elif candidate.is_requirement:
            _set(candidate, status=Candidate.Status.REQUIREMENT, **rest)
        elif nearest:
            _set(candidate, status=Candidate.Status.MERGED, merged_into=nearest, item=nearest.item, **rest)
        else:
            reason = Candidate.RejectReason.PRINCIPLE
            _set(candidate, status=Candidate.Status.REJECTED, reject_reason=reason, **rest)
    for gap in gaps_of(speech):
        dismiss(speech=speech, start=gap.start, end=gap.end)
    Speech.objects.filter(pk=speech.pk).update(reviewed_at=at, reviewed_by=by, uploaded_at=at)


def _set(candidate: Candidate, **fields: Any) -> None:
    Candidate.objects.filter(pk=candidate.pk, item__isnull=True).update(**fields)
