"""The ledger: list, export, bulk actions, and a department's own list."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from tracker.items import bulk
from tracker.items.access import get_item, may_open_department, person, require_officer
from tracker.items.export import ledger_workbook
from tracker.items.forms import BULK_ACTIONS, BulkForm
from tracker.items.listing import Listing
from tracker.items.models import ActionItem
from tracker.items.tabs import LEDGER_TABS, TABS
from tracker.items.views.detail import detail_page
from tracker.org.models import Department, Office, Person

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EMPTY = "台账还没有事项：上传讲话并核对候选，或点右上角“登记事项”手工登记"
_DEPARTMENT_TABS = tuple(
    TABS[key] for key in ("open", "overdue", "week", "silent", "review", "closed", "all")
)


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """督办台账."""
    return _page(request, Listing(person(request), request.GET))


@require_safe
def department(request: HttpRequest, pk: int) -> HttpResponse:
    """What one department leads and supports, for its own people and those in charge of it."""
    user, shown = person(request), get_object_or_404(Department, pk=pk)
    if not may_open_department(shown, user):
        raise Http404
    query = request.GET.copy()
    query["department"] = str(pk)
    return _page(request, Listing(user, query))


def _page(
    request: HttpRequest, listing: Listing, *, form: BulkForm | None = None, picked: "set[int] | None" = None
) -> HttpResponse:
    user = person(request)
    table = listing.table(picks=user.is_officer)
    table.picked = picked or set()
    if not listing.is_filtered and not listing.tab_counts["all"]:
        table.empty_text = _EMPTY if user.is_officer else "还没有事项"
    context: dict[str, Any] = {
        "listing": listing,
        "table": table,
        "form": listing.filter.form,
        "bulk": form or BulkForm(),
        "tabs": [
            (tab, listing.tab_counts[tab.key], listing.state_for_tab(tab))
            for tab in (_DEPARTMENT_TABS if listing.department else LEDGER_TABS)
        ],
        "now": listing.now,
        "picked": picked,
    }
    if listing.department:
        context |= _department_facts(listing, listing.department)
    template = "items/department.html" if listing.department else "items/ledger.html"
    return render(request, template, context, status=422 if form else 200)


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
    """The filtered list as Excel."""
    listing = Listing(person(request), request.GET)
    return _workbook(listing, list(listing.rows))


def _workbook(listing: Listing, items: list[ActionItem], *, chosen: bool = False) -> HttpResponse:
    stamp = timezone.localtime()
    what = "所选事项" if chosen else listing.tab.label + ("（已筛选）" if listing.is_filtered else "")
    whose = f"{listing.department}　" if listing.department else ""
    scope = f"{whose}{what}　共 {len(items)} 件　数据截至 {stamp:%Y年%-m月%-d日 %-H:%M}"
    content = ledger_workbook(items=items, now=listing.now, office_name=Office.current().name, scope=scope)
    name = f"督办台账（{what.removesuffix('（已筛选）')}）{stamp:%Y%m%d}.xlsx"
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})


@require_POST
def bulk_action(request: HttpRequest) -> HttpResponse:
    """One action on the selected items, or on one item from its own page (`item`)."""
    user = person(request)
    listing = Listing(user, QueryDict(request.POST.get("state", "")))
    form = BulkForm(request.POST)
    if not user.is_officer and request.POST.get("action") != "export":
        raise PermissionDenied
    picked = _picked(request, listing)
    if not form.is_valid():
        return _bulk_refused(request, listing, form, {one.item.pk for one in picked})
    if not picked:
        messages.warning(request, "没有选中事项，未作任何改动。")
    elif form.cleaned_data["action"] == "export":
        return _workbook(listing, [one.item for one in picked], chosen=True)
    else:
        result = _act(form, picked, require_officer(request))
        said = result.sentence("已" + dict(BULK_ACTIONS)[form.cleaned_data["action"]])
        messages.add_message(request, messages.WARNING if result.skipped else messages.SUCCESS, said)
    return redirect(_return_to(request, listing))


def _return_to(request: HttpRequest, listing: Listing) -> str:
    """The item's page for an action taken there, else the list."""
    pk = _item_named(request)
    if pk is None:
        return listing.url
    return get_item(request, pk).get_absolute_url() + (f"?{_back(listing)}" if listing.state else "")


def _item_named(request: HttpRequest) -> int | None:
    """The item whose own page sent the action."""
    pk = request.POST.get("item", "")
    return int(pk) if pk.isdecimal() and len(pk) < 19 else None


def _back(listing: Listing) -> str:
    wrapper = QueryDict(mutable=True)
    wrapper["back"] = listing.state
    return wrapper.urlencode()


def _bulk_refused(request: HttpRequest, listing: Listing, form: BulkForm, picked: set[int]) -> HttpResponse:
    pk = _item_named(request)
    if pk is not None:
        return detail_page(request, get_item(request, pk), bulk=form, back=listing.state)
    return _page(request, listing, form=form, picked=picked)


def _picked(request: HttpRequest, listing: Listing) -> list[bulk.Picked]:
    """The selected items: the whole filtered list with `all`, else those ticked, each as `pk-version`."""
    if request.POST.get("all"):
        return [bulk.Picked(item) for item in listing.rows]
    versions = {}
    for value in request.POST.getlist("ids"):
        pk, _, version = value.partition("-")
        if pk.isdecimal() and version.isdecimal() and max(len(pk), len(version)) < 19:
            versions[int(pk)] = int(version)
    items = listing.seen.filter(pk__in=versions).with_light(listing.now).with_latest_feedback().for_rows()
    return [
        bulk.Picked(item, versions[item.pk]) for item in items.order_by("light", "number_year", "number_seq")
    ]


def _act(form: BulkForm, picked: list[bulk.Picked], by: Person) -> bulk.BulkResult:
    data = form.cleaned_data
    match data["action"]:
        case "lead":
            return bulk.assign_lead(picked=picked, lead=data["lead"], by=by, text=data["text"])
        case "supporting":
            return bulk.add_supporting(picked=picked, department=data["supporting"], by=by, text=data["text"])
        case "due":
            return bulk.set_due(picked=picked, due=data["due"], by=by, text=data["text"])
        case _:
            return bulk.issue(picked=picked, by=by, text=data["text"])
