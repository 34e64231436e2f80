"""The ledger's tables."""

from tracker.items.models.item import ActionItem, EditConflict, Event, Feedback, NumberSeries, Quote

__all__ = ["ActionItem", "EditConflict", "Event", "Feedback", "NumberSeries", "Quote"]
