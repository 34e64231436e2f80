"""回收站: drafts and withdrawn items that were put away, and the way back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from tracker.items.access import get_item, require, require_officer
from tracker.items.models import ActionItem, Event
from tracker.items.states import EventKind, MoveRefused
from tracker.items.views.detail import here

PAGE = 50


@require_safe
def recycle_bin(request: HttpRequest) -> HttpResponse:
    """What was put away, the latest first, with who did it and why."""
    require_officer(request)
    last = Event.objects.filter(item=OuterRef("pk"), kind=EventKind.DISCARDED).order_by("-at", "-pk")
    rows = (
        ActionItem.everything.discarded()
        .select_related("lead")
        .prefetch_related("groups")
        .annotate(by_name=Subquery(last.values("by__name")[:1]), reason=Subquery(last.values("text")[:1]))
        .order_by("-discarded_at", "-pk")
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "items/bin.html", {"page": page})


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """移入回收站, with the reason."""
    user, item = require_officer(request), get_item(request, pk)
    require("discard", item, user)
    reason = request.POST.get("reason", "").strip()[:500]
    if not reason:
        messages.error(request, "移入回收站需要写明原因。")
        return here(request, item)
    try:
        item.discard(by=user, reason=reason)
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
        return here(request, item)
    messages.success(request, f"{item.number} 已移入回收站，可随时恢复。")
    return redirect("items:bin")


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """恢复."""
    user = require_officer(request)
    item = get_object_or_404(ActionItem.everything, pk=pk)
    item.restore(by=user)
    messages.success(request, f"{item.number} 已恢复。")
    return redirect(item)
