"""The projector: one item a screen, rulings typed on the spot."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tracker.items.access import person
from tracker.items.models import ActionItem, Quote
from tracker.items.states import MoveRefused
from tracker.meetings.agenda import agenda_of
from tracker.meetings.forms import NewItemForm, RulingForm
from tracker.meetings.models import Meeting, MeetingClosed, Ruling, RulingKind
from tracker.meetings.report import Agenda, Row
from tracker.meetings.rulings import RulingClash, RulingIncomplete, new_item, record_ruling, take_back_ruling
from tracker.meetings.views.access import get_meeting, may_change

END = "end"


def present(request: HttpRequest, pk: int) -> HttpResponse:
    """The projector: one item a screen, chosen by ?item=."""
    meeting = get_meeting(request, pk)
    agenda = agenda_of(meeting)
    row = _screen(agenda, request.GET.get("item", ""))
    return _present(request, meeting, agenda, row, form=_ruling_form(row))


@require_POST
def rule(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Record what the meeting said of one item and go on to the next."""
    meeting = get_meeting(request, pk, change=True)
    item = get_object_or_404(ActionItem, pk=item_pk)
    agenda = agenda_of(meeting)
    form, status = RulingForm(request.POST), 422
    if form.is_valid():
        seen = request.POST.get("seen")
        try:
            record_ruling(
                meeting=meeting, item=item, by=person(request), agenda=agenda, seen=seen, **form.cleaned_data
            )
            return redirect(_url(meeting, _neighbour(agenda, item.pk, +1)))
        except (MeetingClosed, RulingIncomplete, RulingClash, MoveRefused) as error:
            form.add_error(None, str(error))
            status = 409
    return _present(request, meeting, agenda, _screen(agenda, str(item.pk)), form=form, status=status)


@require_POST
def take_back(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """撤销意见 while the meeting is open."""
    meeting = get_meeting(request, pk, change=True)
    item = get_object_or_404(ActionItem.everything, pk=item_pk)
    try:
        take_back_ruling(meeting=meeting, item=item, by=person(request))
    except MeetingClosed as error:
        messages.error(request, str(error))
    return redirect(_url(meeting, item.pk))


@require_POST
def hand_out(request: HttpRequest, pk: int) -> HttpResponse:
    """新增事项, on the spot; the screen it was typed on stays."""
    meeting = get_meeting(request, pk, change=True)
    here = request.POST.get("here", "")
    form = NewItemForm(request.POST)
    if not form.is_valid():
        agenda = agenda_of(meeting)
        row = _screen(agenda, here)
        return _present(request, meeting, agenda, row, form=_ruling_form(row), extra=form, status=422)
    try:
        ruling = new_item(meeting=meeting, by=person(request), **form.cleaned_data)
        messages.success(request, f"已登记新增事项 {ruling.item.number}，为拟办，会后交办。")
    except MeetingClosed as error:
        messages.error(request, str(error))
    return redirect(_url(meeting, here if here.isdecimal() else END))


def _present(
    request: HttpRequest,
    meeting: Meeting,
    agenda: Agenda,
    row: Row | None,
    *,
    form: Any,
    extra: NewItemForm | None = None,
    status: int = 200,
) -> HttpResponse:
    at = agenda.screens.index(row) if row else len(agenda.screens)
    section, place, of = _place(agenda, row)
    ruling = (
        Ruling.objects.filter(meeting=meeting, item=row.item_id).select_related("by").first() if row else None
    )
    context = {
        "meeting": meeting,
        "agenda": agenda,
        "row": row,
        "form": form,
        "extra": extra or NewItemForm(),
        "section": section,
        "place": place,
        "of": of,
        "back": _url(meeting, agenda.screens[at - 1].item_id) if at else "",
        "on": _url(meeting, _neighbour(agenda, row.item_id, +1)) if row else "",
        "quotes": Quote.objects.filter(item=row.item_id) if row else (),
        "ruling": ruling,
        "may_edit": may_change(request, meeting),
    }
    return render(request, "meetings/present.html", context, status=status)


def _place(agenda: Agenda, row: Row | None) -> tuple[str, int, int]:
    """Which section the screen belongs to, and the how many-th of how many it is there."""
    if row is None:
        return "", 0, 0
    own = _section(agenda, row)
    ids = [each.item_id for each in agenda.screens if _section(agenda, each) == own]
    return own, ids.index(row.item_id) + 1, len(ids)


def _section(agenda: Agenda, row: Row) -> str:
    if any(each.item_id == row.item_id for each in agenda.overdue):
        return "超期事项"
    asked = any(each.item_id == row.item_id for each in agenda.coordinate)
    return "需会议协调事项" if asked else "其他议定事项"


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
