"""What other pages show of speeches. Templates join the two; the tracker's code does not know speeches."""

from typing import Any

from django import template
from django.db.models import Count, Q

from speeches.models import Candidate, Speech
from tracker.org.models import Person

register = template.Library()
_TASKS = Q(candidates__is_requirement=False)
_UNDECIDED = Q(candidates__status__in=[Candidate.Status.PENDING, Candidate.Status.FLAGGED])


def _to_review(user: Person) -> list[Speech]:
    """Speeches with undecided candidates or not signed off, the longest waiting first. One query."""
    return list(
        Speech.objects.visible_to(user)
        .to_review()
        .defer("body", "sentences", "parts", "notes")
        .annotate(task_count=Count("candidates", filter=_TASKS))
        .annotate(pending_count=Count("candidates", filter=_TASKS & _UNDECIDED))
        .order_by("uploaded_at")
    )


@register.simple_tag
def speeches_to_review(user: Person) -> dict[str, Any]:
    """{"speeches": [...], "number": n, "pending": undecided candidates}: for the tile and for the panel alike."""
    speeches = _to_review(user)
    return {
        "speeches": speeches,
        "number": len(speeches),
        "pending": sum(speech.pending_count for speech in speeches),  # type: ignore[attr-defined]
    }


@register.inclusion_tag("speeches/_review_tile.html")
def review_tile(review: dict[str, Any]) -> dict[str, Any]:
    """The figure 待核对讲话 with its pending candidates."""
    return review


@register.inclusion_tag("speeches/_review_panel.html")
def review_panel(review: dict[str, Any]) -> dict[str, Any]:
    """The list 待核对讲话."""
    return review
