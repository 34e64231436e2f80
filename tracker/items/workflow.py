"""A move of an item with all it brings along: parts for a group's members, requests answered, nothing left open."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from tracker.items.models import ActionItem, ClosingRequest, ExtensionRequest, Part, RequestState
from tracker.items.parts import hand_to_groups
from tracker.items.states import (
    ApprovalRequired,
    EventKind,
    PartsOpen,
    SecondPersonRequired,
    Status,
)
from tracker.org import clock
from tracker.org.models import Department, Office, Person


@transaction.atomic
def make_move(
    *,
    item: ActionItem,
    name: str,
    by: Person,
    reason: str = "",
    on: date | None = None,
    staged: bool = False,
    department: Department | None = None,
    despite_parts: bool = False,
) -> None:
    """Make the move `name` of `states.MOVES`.

    `staged` asks for, or grants, a 阶段性办结; `department` is who a 联络员 moves for; `despite_parts` closes although
    parts are not done. Raises a `MoveRefused`: `IllegalMove`, `ReasonRequired`, `LeadRequired`, `ApprovalRequired`,
    `SecondPersonRequired`, `PartsOpen`.
    """
    _guard(item, name, by, despite_parts=despite_parts)
    request = _open_closing_request(item)
    if name == "close" and request:
        staged = staged or request.staged
    done_on = timezone.localdate(request.at) if request and name == "close" else None
    item.move(name, by=by, reason=reason, on=on, done_on=done_on, staged=staged)
    if item.status == Status.ISSUED and name in ("issue", "approve"):
        hand_to_groups(item=item, by=by)
    elif name == "submit":
        ClosingRequest.objects.create(item=item, department=department, by=by, text=reason, staged=staged)
    elif request and name in _VERDICTS:
        _answer(request, _VERDICTS[name], by=by, text=reason, closing_kind=item.closing_kind)
    if not item.is_open:
        _let_lapse(item, by=by)


def send_out(*, item: ActionItem, by: Person, reason: str = "") -> None:
    """交办 a draft, or 报请审定 where the office wants that first. Raises what `make_move` raises."""
    name = "propose" if Office.current().needs_approval else "issue"
    make_move(item=item, name=name, by=by, reason=reason)


_VERDICTS = {
    "close": RequestState.GRANTED,
    "return": RequestState.REFUSED,
    "recall": RequestState.RECALLED,
}


def _guard(item: ActionItem, name: str, by: Person, *, despite_parts: bool) -> None:
    if name == "issue" and Office.current().needs_approval:
        raise ApprovalRequired
    if name == "approve" and proposer_of(item) == by:
        raise SecondPersonRequired
    if name == "close" and not despite_parts:
        left = Part.objects.filter(item=item, state__in=Part.OPEN).count()
        if left:
            raise PartsOpen(left)


def proposer_of(item: ActionItem) -> Person | None:
    """Who sent the item to be approved last."""
    proposed = item.events.filter(kind=EventKind.PROPOSED).select_related("by").order_by("-at", "-pk").first()
    return proposed.by if proposed else None


def _open_closing_request(item: ActionItem) -> ClosingRequest | None:
    return item.closing_requests.filter(state=RequestState.PENDING).first()


def _answer(
    request: ClosingRequest, state: RequestState, *, by: Person, text: str, closing_kind: str
) -> None:
    request.state, request.answer, request.closing_kind = state, text, closing_kind
    request.decided_by, request.decided_at = by, clock.now()
    request.save(update_fields=["state", "answer", "closing_kind", "decided_by", "decided_at"])


def _let_lapse(item: ActionItem, *, by: Person) -> None:
    """An item that has ended needs no more time."""
    pending = ExtensionRequest.objects.filter(item=item, state=RequestState.PENDING)
    pending.update(state=RequestState.RECALLED, answer="事项已结束", decided_by=by, decided_at=clock.now())
