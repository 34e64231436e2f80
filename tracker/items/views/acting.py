"""What is done with one item: its moves, reports on it, a leader's 批示."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tracker.items.access import (
    get_item,
    may_report,
    person,
    reporting_department,
    require,
    why_no_report,
)
from tracker.items.feedback import report_no_change, report_progress
from tracker.items.files import attach
from tracker.items.forms import ReportForm
from tracker.items.instructing import instruct as write_instruction
from tracker.items.models import ActionItem
from tracker.items.request_forms import InstructionForm, MoveForm
from tracker.items.states import MOVES, MoveRefused, PartsOpen
from tracker.items.views.detail import again, here
from tracker.items.workflow import make_move
from tracker.org.models import Person


@require_POST
def move(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One move of the state table: 签收, 办结销号, 退回重办 ..."""
    item, user = get_item(request, pk), person(request)
    if name not in MOVES:
        raise PermissionDenied
    require(name, item, user)
    form = MoveForm(name, request.POST, request.FILES)
    if not form.is_valid():
        return again(request, pk, pressed=form)
    try:
        _make(form, item, user)
    except PartsOpen as refusal:
        form.refusal = str(refusal)
        return again(request, pk, pressed=form)
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{item.number} {MOVES[name].done}。")
    if not ActionItem.objects.visible_to(user).filter(pk=pk).exists():
        return redirect("items:mine")  # refused: it has gone back to the officer's desk
    return here(request, item)


@transaction.atomic
def _make(form: MoveForm, item: ActionItem, user: Person) -> None:
    data = form.cleaned_data
    make_move(
        item=item,
        name=form.move,
        by=user,
        reason=data["reason"],
        staged=data["staged"],
        department=reporting_department(item, user),
        despite_parts=data["despite_parts"],
    )
    if data["papers"]:
        request = item.closing_requests.first() if form.move == "submit" else None
        attach(item=item, by=user, files=data["papers"], closing_request=request)


@require_POST
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """本期进展 of the lead department or one with a part, or of an officer on the lead's behalf."""
    item, user = _reportable(request, pk)
    form = ReportForm(request.POST, request.FILES)
    reason = why_no_report(item, user)
    if reason:
        messages.error(request, f"{item.number} {reason}")
    elif form.is_valid():
        _report(form, item, user)
        messages.success(request, f"{item.number} 反馈已记录。")
    else:
        return again(request, pk, report=form)
    return here(request, item)


@transaction.atomic
def _report(form: ReportForm, item: ActionItem, user: Person) -> None:
    data: dict[str, Any] = dict(form.cleaned_data)
    files = data.pop("papers")
    told = report_progress(item=item, by=user, department=reporting_department(item, user), **data)
    attach(item=item, by=user, files=files, feedback=told)


@require_POST
def no_change(request: HttpRequest, pk: int) -> HttpResponse:
    """无新进展 in one click."""
    item, user = _reportable(request, pk)
    reason = why_no_report(item, user)
    if reason:
        messages.error(request, f"{item.number} {reason}")
    else:
        report_no_change(item=item, by=user, department=reporting_department(item, user))
        messages.success(request, f"{item.number} 已记为无新进展。")
    return here(request, item)


def _reportable(request: HttpRequest, pk: int) -> tuple[ActionItem, Person]:
    item, user = get_item(request, pk), person(request)
    if not may_report(item, user):
        raise PermissionDenied
    return item, user


@require_POST
def instruct(request: HttpRequest, pk: int) -> HttpResponse:
    """批示 of a leader."""
    item, user = get_item(request, pk), person(request)
    require("instruct", item, user)
    form = InstructionForm(request.POST)
    if not form.is_valid():
        return again(request, pk, instruction=form)
    try:
        write_instruction(item=item, by=user, text=form.cleaned_data["text"])
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "批示已记录，承办单位在事项页可见。")
    return here(request, item)
