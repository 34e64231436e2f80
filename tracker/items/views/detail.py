"""One item: its page, its moves, reports, edits and registration by hand."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tracker.items.access import (
    get_item,
    may_open_department,
    may_report,
    person,
    reporting_department,
    require,
    require_officer,
    why_no_report,
)
from tracker.items.feedback import report_no_change, report_progress
from tracker.items.bulk_form import BulkForm
from tracker.items.forms import CreateForm, ReportForm
from tracker.items.listing import Listing
from tracker.items.measures import measures_of
from tracker.items.models import ActionItem, Event
from tracker.items.permissions import moves_for
from tracker.items.reckoning import Reckoning
from tracker.items.register import QuoteData, register_item
from tracker.items.states import MOVES, EventKind, MoveRefused, Status
from tracker.items.timeline import REMINDER, lines_of
from tracker.items.workflow import make_move, send_out
from tracker.org.models import Department, Membership


def _full() -> Any:
    people = (
        "feedbacks__author",
        "feedbacks__department",
        "events__by",
        "quotes",
        "supporting__memberships__person",
        "parts_given__department",
    )
    return ActionItem.objects.for_rows().select_related("owner").prefetch_related(*people)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One item with its quotes, its line of events and what may be done with it."""
    return detail_page(request, get_item(request, pk, _full()), back=request.GET.get("back", ""))


def detail_page(
    request: HttpRequest,
    item: ActionItem,
    *,
    back: str = "",
    report: ReportForm | None = None,
    bulk: BulkForm | None = None,
) -> HttpResponse:
    """The item's page; `report` or `bulk` is a form that could not be accepted, shown with what was typed."""
    user, now = person(request), Reckoning.now()
    listing = Listing(user, QueryDict(back), now)
    context = {
        "item": item,
        "now": now,
        "listing": listing,
        "neighbours": listing.around(item.pk) if back else None,
        "moves": [MOVES[name] for name in moves_for(item, user)],
        "bulk": bulk or BulkForm(),
        "report": report or ReportForm(),
        "may_report": may_report(item, user),
        "why_no_report": why_no_report(item),
        "reads_speeches": user.sees_everything or user.is_leader,
        "opens_lead": item.lead is not None and may_open_department(item.lead, user),
        **_facts(item, now),
    }
    return render(request, "items/detail.html", context, status=422 if report or bulk else 200)


def _facts(item: ActionItem, now: Reckoning) -> dict[str, Any]:
    """What the page says of the item, whoever reads it."""
    lines = lines_of(item, now)
    until = item.closed_on or now.today
    return {
        "lines": lines,
        "recorded": sum(line.css != "late" for line in lines),
        "chase_count": sum(
            event.kind == EventKind.CHASED and event.after != REMINDER for event in item.events.all()
        )
        + 1,
        "handed_out": item.status not in (Status.DRAFT, Status.APPROVAL, Status.ON_HOLD) and item.is_open,
        "helpers": [(unit, _liaisons(unit)) for unit in item.supporting.all()],
        "late": now.calendar.days_late(item.due, until) if item.due else 0,
        "late_original": now.calendar.days_late(item.original_due, until) if item.original_due else 0,
        "days_left": now.days_left(item.due) if item.due else None,
        "last_report": next(iter(item.feedbacks.all()), None),
        "silent": ActionItem.objects.filter(pk=item.pk).without_feedback(now).exists(),
        "measures": measures_of(item),
    }


def _liaisons(unit: Department) -> list[str]:
    return [str(member.person) for member in unit.memberships.all() if member.role == Membership.Role.LIAISON]


def _here(request: HttpRequest, item: ActionItem) -> HttpResponse:
    """Back to where the button stood: 我的事项, or the item's page with its way back to the list."""
    if request.POST.get("from") == "mine":
        tab = request.POST.get("tab", "")
        return redirect(reverse("items:mine") + (f"?tab={tab}" if tab.isalpha() else "") + f"#i{item.pk}")
    wrapper = QueryDict(mutable=True)
    wrapper["back"] = request.POST.get("back", "")
    return redirect(item.get_absolute_url() + (f"?{wrapper.urlencode()}" if wrapper["back"] else ""))


@require_POST
def move(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One move of the state table: 签收, 办结销号, 退回重办 ..."""
    item, user = get_item(request, pk), person(request)
    if name not in MOVES:
        raise PermissionDenied
    require(name, item, user)
    data = request.POST
    try:
        make_move(
            item=item,
            name=name,
            by=user,
            reason=data.get("reason", "").strip(),
            staged="staged" in data,
            department=reporting_department(item, user),
            despite_parts="despite_parts" in data,
        )
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{item.number} 已{MOVES[name].label}。")
    if not ActionItem.objects.visible_to(user).filter(pk=pk).exists():
        return redirect("items:mine")  # refused: it has gone back to the officer's desk
    return _here(request, item)


@require_POST
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """本期进展 of the lead department, or of an officer on its behalf."""
    item, user = _reportable(request, pk)
    form = ReportForm(request.POST)
    reason = why_no_report(item)
    if reason:
        messages.error(request, f"{item.number} {reason}")
    elif form.is_valid():
        report_progress(item=item, by=user, department=reporting_department(item, user), **form.cleaned_data)
        messages.success(request, f"{item.number} 反馈已记录。")
    else:
        return detail_page(
            request, get_item(request, pk, _full()), report=form, back=request.POST.get("back", "")
        )
    return _here(request, item)


@require_POST
def no_change(request: HttpRequest, pk: int) -> HttpResponse:
    """无新进展 in one click."""
    item, user = _reportable(request, pk)
    reason = why_no_report(item)
    if reason:
        messages.error(request, f"{item.number} {reason}")
    else:
        report_no_change(item=item, by=user, department=reporting_department(item, user))
        messages.success(request, f"{item.number} 已记为无新进展。")
    return _here(request, item)


def _reportable(request: HttpRequest, pk: int) -> tuple[ActionItem, Any]:
    item, user = get_item(request, pk), person(request)
    if not may_report(item, user):
        raise PermissionDenied
    return item, user


def create(request: HttpRequest) -> HttpResponse:
    """手工登记事项."""
    user = require_officer(request)
    form = CreateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        item = _register(form, user)
        messages.success(request, f"已登记 {item.number}。")
        return redirect(item)
    return render(request, "items/create.html", {"form": form}, status=422 if form.errors else 200)


@transaction.atomic
def _register(form: CreateForm, user: Any) -> ActionItem:
    data = dict(form.cleaned_data)
    issue_now, words = data.pop("issue_now"), data.pop("quote").strip()
    quote = QuoteData(text=words, speech_title=data["source"], said_on=data["source_date"])
    # What was left blank follows from the lead department.
    fields = {name: value for name, value in data.items() if value is not None}
    item = register_item(by=user, quotes=[quote] if words else [], **fields)
    if issue_now:
        send_out(item=item, by=user)
    return item


def last_edit(item: ActionItem) -> Event | None:
    """The latest recorded change, to say who was faster."""
    return item.events.select_related("by").order_by("-at", "-pk").first()
