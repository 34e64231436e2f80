"""What waits to be approved (待审定), on the first screen of whoever may: the item, who asks, and whether it is late already."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, Subquery

from tracker.items.models import ActionItem, Event
from tracker.items.querysets import ActionItemQuerySet
from tracker.items.reckoning import Reckoning
from tracker.items.states import EventKind
from tracker.org.models import Person


@dataclass(frozen=True, slots=True)
class Approval:
    """One item that waits. `own`: the reader proposed it and leaves it to somebody else."""

    item: ActionItem
    proposer: str
    proposed_at: datetime | None
    own: bool
    past: bool  # its date lies behind


def approvals_of(user: Person, items: ActionItemQuerySet, now: Reckoning, *, most: int) -> list[Approval]:
    """The first `most` of `items` that wait, the longest waiting first. Everybody who sees one but its proposer decides."""
    last = Event.objects.filter(item=OuterRef("pk"), kind=EventKind.PROPOSED).order_by("-at", "-pk")
    waiting = items.awaiting_approval().annotate(
        proposer=Subquery(last.values("by")[:1]),
        proposer_name=Subquery(last.values("by__name")[:1]),
        proposed_at=Subquery(last.values("at")[:1]),
    )
    rows = waiting.for_rows().order_by(F("proposed_at").asc(nulls_first=True), "pk")[:most]
    return [_approval(item, user, now) for item in rows]


def _approval(item: ActionItem, user: Person, now: Reckoning) -> Approval:
    return Approval(
        item=item,
        proposer=item.proposer_name or "",  # type: ignore[attr-defined]
        proposed_at=item.proposed_at,  # type: ignore[attr-defined]
        own=item.proposer == user.pk,  # type: ignore[attr-defined]
        past=now.has_passed(item.due),
    )
