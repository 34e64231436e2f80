"""The report of one meeting: preparing it, closing it, adding to it afterwards."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tracker.items.access import person
from tracker.items.models import ActionItem
from tracker.meetings import preparing
from tracker.meetings.agenda import agenda_of
from tracker.meetings.checks import checks
from tracker.meetings.forms import AddForm, NoteForm, ProposalForm
from tracker.meetings.models import Meeting, MeetingClosed, RulingKind
from tracker.meetings.rulings import add_note, close_meeting, propose
from tracker.meetings.views.access import get_meeting, may_change

PROPOSED = [choice for choice in RulingKind.choices if choice[0] != RulingKind.NEW]


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of a meeting: live while it is being prepared, the snapshot once it is closed."""
    meeting = get_meeting(request, pk)
    agenda = agenda_of(meeting)
    found = checks(agenda)
    may_edit = may_change(request, meeting)
    context = {
        "meeting": meeting,
        "agenda": agenda,
        "checks": found,
        "passed": sum(check.ok for check in found),
        "kinds": PROPOSED,
        "may_edit": may_edit,
        "unruled": sum(not row.ruling_kind for row in agenda.screens),
        "is_early": meeting.held_at > timezone.now(),
        "lacking": preparing.lacking(agenda) if may_edit else [],
        "notes": meeting.notes.select_related("by"),
        "may_note": meeting.is_closed and person(request).is_officer,
        "reachable": _reachable(request),
    }
    return render(request, "meetings/detail.html", context)


def _reachable(request: HttpRequest) -> set[int] | None:
    """The items this person may open; None for all. A leader's report names others' items without linking them."""
    user = person(request)
    return (
        None
        if user.sees_everything
        else set(ActionItem.objects.visible_to(user).values_list("pk", flat=True))
    )


@require_POST
def save_proposal(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Save one 拟请明确; htmx shows 已保存 beside it, a plain form comes back to its place."""
    meeting = get_meeting(request, pk, change=True)
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
def arrange(request: HttpRequest, pk: int, item_pk: int, how: str) -> HttpResponse:
    """up, down, on, off: where an item stands on the meeting's list."""
    meeting = get_meeting(request, pk, change=True)
    item = get_object_or_404(ActionItem, pk=item_pk)
    try:
        match how:
            case "on":
                preparing.put_on(meeting=meeting, item=item)
            case "off":
                preparing.take_off(meeting=meeting, item=item)
            case "up" | "down":
                step = -1 if how == "up" else 1
                preparing.move_one(meeting=meeting, agenda=agenda_of(meeting), item_id=item.pk, step=step)
            case _:
                raise Http404
    except MeetingClosed as error:
        messages.error(request, str(error))
    return redirect(f"{meeting.get_absolute_url()}#item-{item.pk}")


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """加入议程: an item by its number."""
    meeting = get_meeting(request, pk, change=True)
    form = AddForm(request.POST)
    if not form.is_valid():
        messages.error(request, "；".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect(meeting)
    item = form.cleaned_data["number"]
    try:
        preparing.put_on(meeting=meeting, item=item)
    except MeetingClosed as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{item.number} 已加入本次例会。")
    return redirect(f"{meeting.get_absolute_url()}#item-{item.pk}")


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """发材料提醒: ask the departments for the missing facts. Twice asks nobody twice."""
    meeting = get_meeting(request, pk, change=True)
    try:
        asked = preparing.ask_for_facts(meeting=meeting, agenda=agenda_of(meeting), by=person(request))
    except MeetingClosed as error:
        messages.error(request, str(error))
    else:
        said = f"已就 {asked} 件事项提请承办单位补报。" if asked else "各单位此前均已提醒，未重复发送。"
        messages.success(request, said)
    return redirect(meeting)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """定稿. Pressing twice is harmless."""
    meeting = get_meeting(request, pk, change=True)
    try:
        close_meeting(meeting=meeting, by=person(request))
    except MeetingClosed:
        messages.info(request, "本次例会此前已定稿。")
    else:
        messages.success(request, f"{meeting.title}已定稿，下次例会自此起计。")
    return redirect(meeting)


@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """更正与补充 beside a closed meeting."""
    meeting: Meeting = get_meeting(request, pk, change=True)
    form = NoteForm(request.POST)
    if not meeting.is_closed:
        messages.error(request, "例会尚未定稿，可直接修改。")
    elif form.is_valid():
        add_note(meeting=meeting, text=form.cleaned_data["text"], by=person(request))
        messages.success(request, "更正已记录，定稿内容不变。")
    else:
        messages.error(request, "请写明更正或补充的内容（不超过1000字）。")
    return redirect(f"{meeting.get_absolute_url()}#notes")
