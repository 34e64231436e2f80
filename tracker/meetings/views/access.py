"""Who may open a meeting, and who may prepare it."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from tracker.items.access import person, require_officer
from tracker.meetings.models import Meeting


def get_meeting(request: HttpRequest, pk: int, *, change: bool = False) -> Meeting:
    """The meeting, if this person may see it (404) and, for `change`, may prepare it (403)."""
    meeting = get_object_or_404(Meeting.objects.visible_to(person(request)), pk=pk)
    if change:
        require_officer(request)
    return meeting


def may_change(request: HttpRequest, meeting: Meeting) -> bool:
    """Whether this person may write on the meeting's pages now."""
    return person(request).is_officer and not meeting.is_closed
