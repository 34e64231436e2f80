"""The ledger: list, export, and a department's own list."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from tracker.items.access import may_open_department, person
from tracker.items.bulk_form import BulkForm
from tracker.items.columns import offered
from tracker.items.export import ledger_workbook
from tracker.items.listing import Listing
from tracker.items.models import ActionItem, BulkChange, BulkLine, SavedView
from tracker.items.tables import LedgerTable
from tracker.items.tabs import LEDGER_TABS, TABS
from tracker.org.models import Department, Office, Person

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EMPTY = "台账还没有事项：上传讲话并核对候选，或点右上角“登记事项”手工登记"
_DEPARTMENT_TABS = tuple(
    TABS[key] for key in ("open", "overdue", "week", "silent", "review", "extension", "closed", "all")
)


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """督办台账. Without any query string it opens with the view the person chose for that."""
    listing = Listing(person(request), request.GET)
    if not request.GET and listing.choice and listing.choice.opens_with_id:
        chosen = SavedView.objects.usable_by(listing.user).filter(pk=listing.choice.opens_with_id).first()
        if chosen:
            return redirect(chosen.url)
    return list_page(request, listing)


@require_safe
def department(request: HttpRequest, pk: int) -> HttpResponse:
    """What one department leads and supports, for its own people and those in charge of it."""
    user, shown = person(request), get_object_or_404(Department, pk=pk)
    if not may_open_department(shown, user):
        raise Http404
    query = request.GET.copy()
    query["department"] = str(pk)
    return list_page(request, Listing(user, query))


def list_page(
    request: HttpRequest, listing: Listing, *, form: BulkForm | None = None, picked: "set[int] | None" = None
) -> HttpResponse:
    """The list; `form` is a bulk form that could not be accepted, shown with what was typed and ticked."""
    user = listing.user
    table = listing.table(picks=user.is_officer)
    table.picked = picked or set()
    if not listing.is_filtered and not listing.tab_counts["all"]:
        table.empty_text = _EMPTY if user.is_officer else "还没有事项"
    tabs = [
        (tab, listing.tab_counts[tab.key], listing.state_for_tab(tab))
        for tab in (_DEPARTMENT_TABS if listing.department else LEDGER_TABS)
    ]
    context: dict[str, Any] = {
        "listing": listing,
        "table": table,
        "form": listing.filter.form,
        "bulk": form or BulkForm(),
        "tabs": [row for row in tabs if not row[0].more],
        "more_tabs": [row for row in tabs if row[0].more],
        "now": listing.now,
        "picked": picked,
        "columns": offered(listing.columns),
    }
    context |= _department_facts(listing, listing.department) if listing.department else _own(listing, table)
    template = "items/department.html" if listing.department else "items/ledger.html"
    return render(request, template, context, status=422 if form else 200)


def _own(listing: Listing, table: LedgerTable) -> dict[str, Any]:
    """What belongs to this person: saved views, and the bulk change just made."""
    last = BulkChange.objects.latest_of(listing.user) if listing.user.is_officer else None
    if last and not last.is_marked:
        last = None
    if last:
        changed = last.lines.filter(outcome=BulkLine.Outcome.CHANGED, item__in=table.shown)
        table.changed = set(changed.values_list("item", flat=True))
    return {
        "views": list(SavedView.objects.usable_by(listing.user)),
        "opens_with": listing.choice.opens_with_id if listing.choice else None,
        "last_change": last,
    }


def _department_facts(listing: Listing, shown: Department) -> dict[str, Any]:
    return {
        "department": shown,
        "led_count": listing.seen.led_by([shown]).open().count(),
        "supported_count": listing.seen.supported_by([shown]).open().count(),
        "liaisons": Person.objects.filter(memberships__department=shown, memberships__role="liaison"),
        "part": listing.query.get("part", ""),
    }


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The filtered list as Excel; only the chosen columns with `columns=chosen`."""
    listing = Listing(person(request), request.GET)
    return workbook(listing, list(listing.rows), own_columns=request.GET.get("columns") == "chosen")


def workbook(
    listing: Listing, items: list[ActionItem], *, chosen: bool = False, own_columns: bool = False
) -> HttpResponse:
    """The workbook as a download. `chosen` says that the rows were ticked."""
    stamp = timezone.localtime()
    what = "所选事项" if chosen else listing.tab.label + ("（已筛选）" if listing.is_filtered else "")
    whose = f"{listing.department}　" if listing.department else ""
    scope = f"{whose}{what}　共 {len(items)} 件　数据截至 {stamp:%Y年%-m月%-d日 %-H:%M}"
    content = ledger_workbook(
        items=items, now=listing.now, office_name=Office.current().name, scope=scope,
        keys=listing.columns if own_columns else None,
    )  # fmt: skip
    name = f"督办台账（{what.removesuffix('（已筛选）')}）{stamp:%Y%m%d}.xlsx"
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})
