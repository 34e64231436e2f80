"""The pages of the 例会: the list, the report of one meeting, the projector."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models.fields.json import KeyTransform
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tracker.items.models import ActionItem, Quote
from tracker.items.states import IllegalMove
from tracker.meetings.agenda import agenda_of
from tracker.meetings.checks import checks
from tracker.meetings.forms import MeetingForm, ProposalForm, RulingForm, next_meeting
from tracker.meetings.models import Meeting, MeetingClosed, RulingKind
from tracker.meetings.report import Agenda, Row
from tracker.meetings.rulings import RulingIncomplete, close_meeting, propose, record_ruling

END = "end"


def _meeting(request: HttpRequest, pk: int, *, change: bool = False) -> Meeting:
    """The meeting, if this person may see it (404) and, for `change`, may prepare it (403)."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)  # type: ignore[arg-type]
    if change:
        _officers_only(request)
    return meeting


def _officers_only(request: HttpRequest) -> None:
    if not request.user.is_officer:  # type: ignore[union-attr]
        raise PermissionDenied


def meeting_list(request: HttpRequest) -> HttpResponse:
    """Planned meetings and past ones with the figures they froze."""
    meetings = Meeting.objects.visible_to(request.user).defer("snapshot")  # type: ignore[arg-type]
    past = meetings.closed().annotate(totals=KeyTransform("totals", "snapshot"))
    page = Paginator(past, 20).get_page(request.GET.get("page"))
    planned = meetings.filter(closed_at__isnull=True).order_by("held_at")
    return render(request, "meetings/list.html", {"planned": planned, "page": page})


def plan(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Plan a meeting, or change one that is not closed."""
    _officers_only(request)
    meeting = get_object_or_404(Meeting, pk=pk, closed_at__isnull=True) if pk else None
    initial = {} if meeting else next_meeting()
    form = MeetingForm(request.POST or None, instance=meeting, initial=initial)
    if request.method == "POST" and form.is_valid():
        return redirect(form.save())
    return render(
        request,
        "meetings/plan.html",
        {"form": form, "meeting": meeting},
        status=422 if form.is_bound else 200,
    )


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of a meeting: live while it is being prepared, the snapshot once it is closed."""
    meeting = _meeting(request, pk)
    agenda = agenda_of(meeting)
    found = checks(agenda)
    context = {
        "meeting": meeting,
        "agenda": agenda,
        "checks": found,
        "passed": sum(check.ok for check in found),
        "kinds": RulingKind.choices,
        "may_edit": request.user.is_officer and not meeting.is_closed,  # type: ignore[union-attr]
        "reachable": _reachable(request),
    }
    return render(request, "meetings/detail.html", context)


def _reachable(request: HttpRequest) -> set[int] | None:
    """The items this person may open; None for all. A leader's report names others' items without linking them."""
    if request.user.sees_everything:  # type: ignore[union-attr]
        return None
    return set(ActionItem.objects.visible_to(request.user).values_list("pk", flat=True))


@require_POST
def save_proposal(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Save one 拟请明确; htmx shows 已保存 beside it, a plain form comes back to its place."""
    meeting = _meeting(request, pk, change=True)
    item = get_object_or_404(ActionItem, pk=item_pk)
    form, problem = ProposalForm(request.POST), ""
    if not form.is_valid():
        problem = "未保存：请检查所填内容。"
    else:
        try:
            propose(meeting=meeting, item=item, **form.cleaned_data)
        except MeetingClosed as error:
            problem = str(error)
    if request.htmx:  # type: ignore[attr-defined]
        status = 409 if problem else 200
        return render(request, "meetings/_saved.html", {"problem": problem}, status=status)
    if problem:
        messages.error(request, problem)
    return redirect(f"{meeting.get_absolute_url()}#item-{item.pk}")


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """定稿. Pressing twice is harmless."""
    meeting = _meeting(request, pk, change=True)
    try:
        close_meeting(meeting=meeting, by=request.user)  # type: ignore[arg-type]
    except MeetingClosed:
        messages.info(request, "本次例会此前已定稿。")
    else:
        messages.success(request, f"{meeting.title}已定稿，下次例会自此起计。")
    return redirect(meeting)


def present(request: HttpRequest, pk: int) -> HttpResponse:
    """The projector: one item a screen, chosen by ?item=."""
    meeting = _meeting(request, pk)
    agenda = agenda_of(meeting)
    row = _screen(agenda, request.GET.get("item", ""))
    return _present(request, meeting, agenda, row, form=_ruling_form(row))


@require_POST
def rule(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Record what the meeting said of one item and go on to the next."""
    meeting = _meeting(request, pk, change=True)
    item = get_object_or_404(ActionItem, pk=item_pk)
    agenda = agenda_of(meeting)
    form, status = RulingForm(request.POST), 422
    if form.is_valid():
        try:
            record_ruling(meeting=meeting, item=item, by=request.user, agenda=agenda, **form.cleaned_data)  # type: ignore[arg-type]
            return redirect(_url(meeting, _neighbour(agenda, item.pk, +1)))
        except (MeetingClosed, RulingIncomplete, IllegalMove) as error:
            form.add_error(None, str(error))
            status = 409
    return _present(request, meeting, agenda, _screen(agenda, str(item.pk)), form=form, status=status)


def _present(
    request: HttpRequest, meeting: Meeting, agenda: Agenda, row: Row | None, *, form: Any, status: int = 200
) -> HttpResponse:
    at = agenda.screens.index(row) if row else len(agenda.screens)
    section, place, of = _place(agenda, row)
    context = {
        "meeting": meeting,
        "agenda": agenda,
        "row": row,
        "form": form,
        "section": section,
        "place": place,
        "of": of,
        "back": _url(meeting, agenda.screens[at - 1].item_id) if at else "",
        "on": _url(meeting, _neighbour(agenda, row.item_id, +1)) if row else "",
        "quotes": Quote.objects.filter(item=row.item_id) if row else (),
        "may_edit": request.user.is_officer and not meeting.is_closed,  # type: ignore[union-attr]
    }
    return render(request, "meetings/present.html", context, status=status)


def _place(agenda: Agenda, row: Row | None) -> tuple[str, int, int]:
    """Which section the screen belongs to, and the how many-th of how many it is there."""
    seen: set[int] = set()
    sections = (
        ("超期事项", agenda.overdue),
        ("需会议协调事项", agenda.coordinate),
        ("其他议定事项", agenda.others),
    )
    for label, rows in sections:
        ids = [each.item_id for each in rows if each.item_id not in seen]
        if row and row.item_id in ids:
            return label, ids.index(row.item_id) + 1, len(ids)
        seen.update(ids)
    return "", 0, 0


def _screen(agenda: Agenda, chosen: str) -> Row | None:
    """The chosen item's row; the first one by default; None at the end, or when there is nothing to go through."""
    if not agenda.screens or chosen == END:
        return None
    return next((row for row in agenda.screens if str(row.item_id) == chosen), agenda.screens[0])


def _neighbour(agenda: Agenda, item_pk: int, step: int) -> int | str:
    ids = [row.item_id for row in agenda.screens]
    at = ids.index(item_pk) + step if item_pk in ids else len(ids)
    return ids[at] if at < len(ids) else END


def _url(meeting: Meeting, item: int | str) -> str:
    return f"{reverse('meetings:present', args=[meeting.pk])}?item={item}"


def _ruling_form(row: Row | None) -> RulingForm:
    """What was ruled already, else what the officer proposes."""
    if row is None:
        return RulingForm()
    return RulingForm(
        initial={
            "kind": row.ruling_kind or row.proposal_kind or RulingKind.CONTINUE,
            "text": row.ruling if row.ruling_kind else row.proposal,
            "due": row.ruling_due,
        }
    )
