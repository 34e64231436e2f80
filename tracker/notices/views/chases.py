"""催办督查: writing to departments about one item or many, and the list of what was written."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.items.access import get_item, person, require_officer
from tracker.items.listing import Listing
from tracker.items.models import ActionItem
from tracker.items.reckoning import Reckoning
from tracker.notices.chasing import Order, accept, chase_many, deadline_for, drop, steps, why_not
from tracker.notices.forms import ChaseFilter, ChaseForm
from tracker.notices.listing import filtered
from tracker.notices.models import Chase, Step

PAGE = 30
# More than a whole large ledger; a hand-made request does not lock everything.
MOST_ITEMS = 1000


@require_http_methods(["GET", "HEAD", "POST"])
def chase(request: HttpRequest) -> HttpResponse:
    """Choose kind, recipients and deadline for the selected items; with `send`, send it."""
    user, now = require_officer(request), Reckoning.now()
    listing = Listing(user, QueryDict(request.POST.get("state", request.GET.get("state", ""))), now)
    items = _selected(request, listing)
    if not items:
        messages.warning(request, "没有选中事项，未作任何改动。")
        return redirect(listing.url)
    steps()  # the ladder exists from here on
    form = ChaseForm(request.POST if request.POST.get("send") else None, initial=_proposal(items, now))
    if form.is_bound and form.is_valid():
        result = chase_many(items, _order(form), by=user, now=now)
        said = result.sentence(f"已发{form.cleaned_data['step'].name}")
        messages.add_message(request, messages.WARNING if result.skipped else messages.SUCCESS, said)
        return redirect(_back(request, listing))
    return render(
        request,
        "notices/chase.html",
        _page(request, form, items, listing),
        status=422 if form.errors else 200,
    )


def _page(request: HttpRequest, form: ChaseForm, items: list[ActionItem], listing: Listing) -> dict[str, Any]:
    rows = [(item, why_not(item)) for item in items]
    example = next((item for item, reason in rows if not reason), items[0])
    return {
        "form": form,
        "rows": rows,
        "able": sum(not reason for _, reason in rows),
        "now": listing.now,
        "state": listing.state,
        "back": _back(request, listing),
        "from_item": _item_named(request),
        "ladder": [(step, deadline_for(example, step, listing.now)) for step in steps() if step.enabled],
        "single": len(items) == 1,
    }


def _selected(request: HttpRequest, listing: Listing) -> list[ActionItem]:
    """The whole filtered list with `all`, else those ticked (`ids`, each `pk` or `pk-version`) or linked (`item`)."""
    if request.POST.get("all") and not request.POST.get("send"):
        return list(listing.rows[:MOST_ITEMS])
    values = request.POST.getlist("ids") + request.POST.get("items", "").split(",")
    values += [request.GET.get("item", "")]
    heads = (value.partition("-")[0] for value in values)
    pks = {int(head) for head in heads if head.isdecimal() and len(head) < 19}
    chosen = (
        listing.seen.filter(pk__in=list(pks)[:MOST_ITEMS])
        .for_rows()
        .prefetch_related("parts_given__department")
    )
    return list(chosen.in_office_order())


def _proposal(items: list[ActionItem], now: Reckoning) -> dict[str, Any]:
    """提醒 while nothing is late, else 催办."""
    late = any(now.days_late(item.due) for item in items)
    ahead = all(item.due and item.due >= now.today for item in items)
    return {"step": Step.Key.REMIND if ahead and not late else Step.Key.URGE}


def _order(form: ChaseForm) -> Order:
    data = dict(form.cleaned_data)
    data["copied"] = tuple(data["copied"])
    return Order(**data)


def _item_named(request: HttpRequest) -> int | None:
    """The item whose own page this came from."""
    pk = request.POST.get("item", request.GET.get("item", ""))
    return int(pk) if pk.isdecimal() and len(pk) < 19 else None


def _back(request: HttpRequest, listing: Listing) -> str:
    pk = _item_named(request)
    if pk is None:
        return listing.url
    wrapper = QueryDict(mutable=True)
    wrapper["back"] = listing.state
    return get_item(request, pk).get_absolute_url() + (f"?{wrapper.urlencode()}" if listing.state else "")


@require_safe
def chases(request: HttpRequest) -> HttpResponse:
    """催办督查: what was written, to whom, and what came of it; for officers also what the ladder proposes."""
    user, now = person(request), Reckoning.now()
    ladder = steps()
    form = ChaseFilter(request.GET)
    seen = Chase.objects.visible_to(user)
    rows = filtered(seen, form.cleaned_data, now) if form.is_valid() else seen.none()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    proposed = seen.proposed().select_related("item__lead").prefetch_related("item__supporting")
    context = {
        "form": form,
        "now": now,
        "page": page,
        "rows": [(row, row.standing(now)) for row in page],
        "proposed": list(proposed.order_by("item__lead__position", "item__due", "pk")),
        "to_leader": {step.key for step in ladder if step.to_leader},
        "query": query.urlencode(),
    }
    return render(request, "notices/chases.html", context)


@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Send, or decide against, the ticked proposals."""
    user, now = require_officer(request), Reckoning.now()
    proposed = Chase.objects.proposed().select_related("item")
    if not request.POST.get("all"):
        pks = [int(pk) for pk in request.POST.getlist("ids") if pk.isdecimal() and len(pk) < 19]
        proposed = proposed.filter(pk__in=pks[:MOST_ITEMS])
    chosen = list(proposed.order_by("pk")[:MOST_ITEMS])
    if not chosen:
        messages.warning(request, "没有选中待签发的事项。")
    elif request.POST.get("action") == "drop":
        messages.success(request, f"{drop(chosen, by=user)} 件已决定不发。")
    else:
        result = accept(chosen, by=user, now=now)
        messages.add_message(
            request, messages.WARNING if result.skipped else messages.SUCCESS, result.sentence("已签发")
        )
    return redirect(reverse("notices:chases"))
