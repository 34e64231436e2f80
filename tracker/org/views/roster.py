"""Departments and people by Excel: out, in with a preview, and what was refused."""

from django.contrib import messages
from django.core import signing
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDictKeyError
from django.views.decorators.http import require_GET, require_POST

from tracker.org import forms
from tracker.org.clock import today
from tracker.org.directory import LastAdministrator
from tracker.org.roster.applying import Account, carry_out
from tracker.org.roster.columns import COLUMNS
from tracker.org.roster.facts import Office
from tracker.org.roster.planning import Plan, plan
from tracker.org.roster.reading import Roster, RosterUnreadable, read_roster
from tracker.org.roster.workbook import refused_workbook, roster_workbook
from tracker.org.views.access import administrators_only, workbook_response

_SALT = "org.roster"
_PREVIEW_HOURS = 4


@administrators_only
def roster(request: HttpRequest) -> HttpResponse:
    """Upload a workbook: nothing is written, the preview comes back."""
    form = forms.RosterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            read = read_roster(form.cleaned_data["file"].read())
        except RosterUnreadable as error:
            form.add_error("file", str(error))
        else:
            return _preview(request, read)
    context = {"form": form, "tab": "roster", "sheets": COLUMNS}
    return render(request, "org/roster.html", context, status=422 if form.is_bound else 200)


def _preview(request: HttpRequest, read: Roster, *, moved: bool = False) -> HttpResponse:
    """What would happen. The rows travel with the page, signed, so that nothing has to be kept for them."""
    found = plan(read, Office.current())
    payload = signing.dumps([read.packed(), found.fingerprint], salt=_SALT, compress=True)
    context = {"plan": found, "payload": payload, "moved": moved, "tab": "roster"}
    return render(request, "org/roster_preview.html", context, status=409 if moved else 200)


@administrators_only
@require_POST
def roster_import(request: HttpRequest) -> HttpResponse:
    """Carry out what was shown; when the office has changed since, show it anew instead."""
    read, fingerprint = _received(request)
    if read is None:
        return _expired(request)
    found = plan(read, Office.current())
    if found.fingerprint != fingerprint:
        return _preview(request, read, moved=True)
    try:
        accounts = carry_out(found)
    except (IntegrityError, LastAdministrator):  # somebody changed the same rows in this very moment
        return _preview(request, read, moved=True)
    return _done(request, found, accounts)


def _done(request: HttpRequest, found: Plan, accounts: list[Account]) -> HttpResponse:
    if not accounts and not found.refused:
        messages.success(request, f"已导入：共写入{len(found.writes)}行。")
        return redirect("org:departments" if not found.people else "org:people")
    payload = request.POST["payload"]
    context = {"plan": found, "accounts": accounts, "payload": payload, "tab": "roster"}
    response = render(request, "org/roster_done.html", context)
    response["Cache-Control"] = "no-store"
    return response


@administrators_only
@require_POST
def roster_refused(request: HttpRequest) -> HttpResponse:
    """The refused rows with their reasons."""
    read, _ = _received(request)
    if read is None:
        return _expired(request)
    refused = plan(read, Office.current()).refused
    return workbook_response(refused_workbook(refused), f"未导入的行{today():%Y%m%d}.xlsx")


def _received(request: HttpRequest) -> tuple[Roster | None, str]:
    try:
        packed, fingerprint = signing.loads(
            request.POST["payload"], salt=_SALT, max_age=_PREVIEW_HOURS * 3600
        )
    except (signing.BadSignature, MultiValueDictKeyError):
        return None, ""
    return Roster.unpacked(packed), fingerprint


def _expired(request: HttpRequest) -> HttpResponse:
    messages.error(request, "预览已失效，请重新选择文件。")
    return redirect("org:roster")


@administrators_only
@require_GET
def roster_export(request: HttpRequest) -> HttpResponse:
    """Everything as it is, or a blank form."""
    blank = "blank" in request.GET
    name = "单位和人员名册（空表）.xlsx" if blank else f"单位和人员名册{today():%Y%m%d}.xlsx"
    return workbook_response(roster_workbook(Office() if blank else Office.current()), name)
