"""Bulk changes: shown first, then done; taken back while they are fresh."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tracker.items.access import get_item, person, require_officer
from tracker.items.bulk import FieldEdit, MoveMany, Outcome, operation_of
from tracker.items.bulk_form import BulkForm
from tracker.items.bulk_run import full, preview, proceed, result_of, start
from tracker.items.bulk_undo import undo
from tracker.items.listing import Listing
from tracker.items.models import BulkChange
from tracker.items.views.detail import detail_page, full_items
from tracker.items.views.ledger import list_page, workbook

SHOWN = 200  # rows of a preview or result; the rest is only counted
_ASKED_AGAIN = ("text", "staged", "despite_parts")  # fields the preview shows itself
Picks = dict[int, int | None]


@require_POST
def bulk_action(request: HttpRequest) -> HttpResponse:
    """One operation on the selected items: its form, its preview, or with `confirm` the operation itself."""
    user = person(request)
    listing = Listing(user, QueryDict(request.POST.get("state", "")))
    form = BulkForm(request.POST)
    if not user.is_officer and request.POST.get("action") != "export":
        raise PermissionDenied
    picks = _picks(request, listing)
    if not form.is_valid():
        return _refused(request, listing, form, picks)
    if not picks:
        messages.warning(request, "没有选中事项，未作任何改动。")
        return redirect(listing.url)
    if form.cleaned_data["action"] == "export":
        return _export(request, listing, picks)
    if _item_named(request) is not None:
        return _do(request, listing, form, picks)
    if form.cleaned_data["action"] == "edit" and ("back" in request.POST or not form.sets_something):
        return _edit_page(request, listing, form, picks)
    return _preview_or_do(request, listing, form, picks)


def _export(request: HttpRequest, listing: Listing, picks: Picks) -> HttpResponse:
    chosen = listing.seen.filter(pk__in=picks).with_light(listing.now).with_latest_feedback().for_rows()
    known = chosen.with_part_counts().with_changed_on()  # for columns that were chosen
    rows = list(known.order_by("light", "number_year", "number_seq"))
    return workbook(listing, rows, chosen=True, own_columns=request.POST.get("columns") == "chosen")


def _preview_or_do(request: HttpRequest, listing: Listing, form: BulkForm, picks: Picks) -> HttpResponse:
    operation = operation_of(form.cleaned_data, by=listing.user)
    if "confirm" not in request.POST:
        return _preview_page(request, listing, form, picks, operation)
    if isinstance(operation, MoveMany) and operation.needs_reason and not operation.reason:
        form.add_error("text", f"{operation.label}需要写明原因。")
        return _preview_page(request, listing, form, picks, operation)
    return _do(request, listing, form, picks)


def _do(request: HttpRequest, listing: Listing, form: BulkForm, picks: Picks) -> HttpResponse:
    change = start(
        form=form, picked=list(picks.items()), by=require_officer(request), back=_return_to(request, listing)
    )
    proceed(change)
    return redirect("items:bulk-change", change.pk) if change.waiting else _finished(request, change)


def _finished(request: HttpRequest, change: BulkChange) -> HttpResponse:
    """Say what became of it; back to the list, at the first row that changed."""
    result = result_of(change)
    said = result.sentence(f"已{change.label}")
    messages.add_message(request, messages.WARNING if result.skipped else messages.SUCCESS, said)
    first = change.lines.filter(outcome=Outcome.CHANGED).values_list("item", flat=True).first()
    row = f"#i{first}" if first and change.back.startswith(reverse("items:ledger")) else ""
    return redirect(change.back + row)


def _refused(request: HttpRequest, listing: Listing, form: BulkForm, picks: Picks) -> HttpResponse:
    pk = _item_named(request)
    if pk is not None:
        return detail_page(request, get_item(request, pk, full_items()), bulk=form, back=listing.state)
    if request.POST.get("action") == "edit":
        return _edit_page(request, listing, form, picks)
    return list_page(request, listing, form=form, picked=set(picks))


def _edit_page(request: HttpRequest, listing: Listing, form: BulkForm, picks: Picks) -> HttpResponse:
    """The form with every field. Refused only when something was typed that cannot be used."""
    context = {"listing": listing, "bulk": form, "picks": _joined(picks), "count": len(picks)}
    return render(request, "items/bulk_edit.html", context, status=422 if form.errors else 200)


def _preview_page(
    request: HttpRequest, listing: Listing, form: BulkForm, picks: Picks, operation: FieldEdit | MoveMany
) -> HttpResponse:
    found = {item.pk: item for item in full(listing.seen.filter(pk__in=picks))}
    made = preview(operation, [found[pk] for pk in picks if pk in found], picks, now=listing.now, told=SHOWN)
    context = {
        "listing": listing, "bulk": form, "operation": operation, "preview": made, "shown": SHOWN,
        "picks": _joined(picks), "hidden": _hidden(form), "edits": form.cleaned_data["action"] == "edit",
        "closes": form.cleaned_data["action"] == "close", "needs_reason": getattr(operation, "needs_reason", False),
    }  # fmt: skip
    return render(request, "items/bulk_preview.html", context, status=422 if form.errors else 200)


def _hidden(form: BulkForm) -> list[tuple[str, str]]:
    """What was chosen, to be sent again."""
    data: Any = form.data
    return [
        (name, value)
        for name in form.fields
        if name not in _ASKED_AGAIN
        for value in data.getlist(name)
        if value != ""
    ]


def _return_to(request: HttpRequest, listing: Listing) -> str:
    """The item's page for an action taken there, else the list."""
    pk = _item_named(request)
    if pk is None:
        return listing.url
    wrapper = QueryDict(mutable=True)
    wrapper["back"] = listing.state
    return get_item(request, pk).get_absolute_url() + (f"?{wrapper.urlencode()}" if listing.state else "")


def _item_named(request: HttpRequest) -> int | None:
    """The item whose own page sent the action."""
    pk = request.POST.get("item", "")
    return int(pk) if pk.isdecimal() and len(pk) < 19 else None


def _picks(request: HttpRequest, listing: Listing) -> Picks:
    """{item: version seen}: the whole filtered list with `all`, else those ticked or previewed, as `pk-version`."""
    if request.POST.get("all"):
        return dict(listing.marks)
    ticked = [*request.POST.getlist("ids"), *request.POST.get("picks", "").split(",")]
    found: Picks = {}
    for value in ticked:
        pk, _, version = value.partition("-")
        if pk.isdecimal() and version.isdecimal() and max(len(pk), len(version)) < 19:
            found[int(pk)] = int(version)
    known = set(listing.seen.filter(pk__in=found).values_list("pk", flat=True))
    return {pk: version for pk, version in found.items() if pk in known}


def _joined(picks: Mapping[int, int | None]) -> str:
    return ",".join(f"{pk}-{version}" for pk, version in picks.items())


@require_safe
def bulk_change(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of a bulk change, or how far it is."""
    change = _own_change(request, pk)
    lines = change.lines.select_related("item")
    context = {
        "change": change,
        "result": result_of(change),
        "left_out": lines.filter(outcome__in=(Outcome.SKIPPED, Outcome.KEPT))[:SHOWN],
        "shown": SHOWN,
    }
    return render(request, "items/bulk_change.html", context)


@require_POST
def bulk_continue(request: HttpRequest, pk: int) -> HttpResponse:
    """Do the next part of a big one."""
    change = _own_change(request, pk)
    proceed(change)
    return redirect("items:bulk-change", pk) if change.waiting else _finished(request, change)


@require_POST
def bulk_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """撤销: only the person's own last bulk change, while it is fresh."""
    change = _own_change(request, pk)
    latest = BulkChange.objects.latest_of(change.by)
    if not change.can_be_undone or latest != change:
        messages.error(request, "这次批量修改不能撤销：只能撤销本人最近一次、两小时以内、可撤销的批量修改。")
        return redirect("items:bulk-change", pk)
    if not undo(change, by=change.by):
        messages.warning(request, "尚未全部撤销，请再点一次“撤销”。")
        return redirect("items:bulk-change", pk)
    kept = change.lines.filter(outcome=Outcome.KEPT).count()
    undone = change.lines.filter(outcome=Outcome.UNDONE).count()
    said = (
        f"已撤销“{change.label}”{undone} 件" + (f"；{kept} 件之后又有改动，保持现状" if kept else "") + "。"
    )
    messages.add_message(request, messages.WARNING if kept else messages.SUCCESS, said)
    return redirect(change.back or "items:ledger")


def _own_change(request: HttpRequest, pk: int) -> BulkChange:
    return get_object_or_404(BulkChange, pk=pk, by=require_officer(request))
