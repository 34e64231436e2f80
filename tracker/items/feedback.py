"""Progress reports."""

from datetime import date

from django.db import transaction

from tracker.items.models import ActionItem, Feedback
from tracker.items.states import EventKind
from tracker.org.calendar import today
from tracker.org.models import Department, Person

NO_CHANGE_TEXT = "无新进展"


@transaction.atomic
def report_progress(
    *,
    item: ActionItem,
    by: Person,
    department: Department | None,
    progress: str,
    problem: str = "",
    next_step: str = "",
    percent: int | None = None,
    needs_meeting: bool = False,
    no_change: bool = False,
    on: date | None = None,
) -> Feedback:
    """Record one report of a department with its event. `percent` is 0-100 or None.

    The same words by the same person on the same day are one report, however often the button is pressed.
    """
    said = item.feedbacks.filter(author=by, day=on or today(), progress=progress, problem=problem).first()
    if said:
        return said
    feedback = Feedback.objects.create(
        item=item,
        author=by,
        department=department,
        day=on or today(),
        progress=progress,
        problem=problem,
        next_step=next_step,
        percent=percent,
        needs_meeting=needs_meeting,
        no_change=no_change,
    )
    item.record(EventKind.FEEDBACK, by=by, text=progress)
    return feedback


def report_no_change(*, item: ActionItem, by: Person, department: Department | None) -> Feedback:
    """无新进展 in one click. A second click on the same day changes nothing."""
    existing = item.feedbacks.filter(day=today(), no_change=True, department=department).first()
    return existing or report_progress(
        item=item, by=by, department=department, progress=NO_CHANGE_TEXT, no_change=True
    )
