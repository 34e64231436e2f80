"""The tables of the 例会."""

from tracker.meetings.models.meeting import Meeting, MeetingClosed, MeetingLedger, MeetingNote, MeetingSeries
from tracker.meetings.models.ruling import AgendaEntry, Ruling, RulingKind

__all__ = [
    "AgendaEntry", "Meeting", "MeetingClosed", "MeetingLedger", "MeetingNote", "MeetingSeries", "Ruling", "RulingKind",
]  # fmt: skip
