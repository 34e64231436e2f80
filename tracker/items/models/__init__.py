"""The ledger's tables."""

from tracker.items.models.attachment import Attachment
from tracker.items.models.bulk_change import BulkChange, BulkLine
from tracker.items.models.event import Event
from tracker.items.models.feedback import Feedback
from tracker.items.models.item import ActionItem, EditConflict
from tracker.items.models.part import Part, PartMoved
from tracker.items.models.quote import Quote
from tracker.items.models.request import ClosingRequest, ExtensionRequest, RequestState
from tracker.items.models.saved_view import LedgerChoice, SavedView
from tracker.items.models.series import NumberSeries

__all__ = [
    "ActionItem",
    "Attachment",
    "BulkChange",
    "BulkLine",
    "ClosingRequest",
    "EditConflict",
    "Event",
    "ExtensionRequest",
    "Feedback",
    "LedgerChoice",
    "NumberSeries",
    "Part",
    "PartMoved",
    "Quote",
    "RequestState",
    "SavedView",
]
