"""The ledger's tables."""

from tracker.items.models.attachment import Attachment
from tracker.items.models.event import Event
from tracker.items.models.feedback import Feedback
from tracker.items.models.item import ActionItem, EditConflict
from tracker.items.models.part import Part, PartMoved
from tracker.items.models.quote import Quote
from tracker.items.models.request import ClosingRequest, ExtensionRequest, RequestState
from tracker.items.models.series import NumberSeries

__all__ = [
    "ActionItem",
    "Attachment",
    "ClosingRequest",
    "EditConflict",
    "Event",
    "ExtensionRequest",
    "Feedback",
    "NumberSeries",
    "Part",
    "PartMoved",
    "Quote",
    "RequestState",
]
