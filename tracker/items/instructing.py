"""批示: what a leader writes on an item."""

from django.db import transaction

from tracker.items.models import ActionItem, Event
from tracker.items.states import EventKind, MoveRefused
from tracker.org import clock
from tracker.org.models import Person


class InstructionRefused(MoveRefused):
    """Why nothing was written. `str()` is a sentence for the leader."""


@transaction.atomic
def instruct(*, item: ActionItem, by: Person, text: str) -> Event:
    """Write a 批示 into the item's history, where its department reads it.

    The same words on the same day are one. Raises `InstructionRefused` for no words or an item that has ended.
    """
    text = text.strip()
    if not text:
        raise InstructionRefused("请写明批示内容。")
    if not item.is_open:
        raise InstructionRefused(f"事项现为“{item.get_status_display()}”，不再批示。")
    said = item.events.filter(kind=EventKind.INSTRUCTED, by=by, text=text, at__date=clock.today()).first()
    return said or item.record(EventKind.INSTRUCTED, by=by, text=text)
