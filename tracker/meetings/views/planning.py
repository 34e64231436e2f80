"""The list of meetings, planning one, and the series they belong to."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models.fields.json import KeyTransform
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from tracker.items.access import person, require_officer
from tracker.meetings.forms import MeetingForm, SeriesForm, next_meeting
from tracker.meetings.models import Meeting, MeetingSeries


def meeting_list(request: HttpRequest) -> HttpResponse:
    """Planned meetings and past ones with the figures they froze."""
    meetings = Meeting.objects.visible_to(person(request)).select_related("series").defer("snapshot")
    past = meetings.closed().annotate(totals=KeyTransform("totals", "snapshot"))
    context = {
        "planned": meetings.filter(closed_at__isnull=True).order_by("held_at"),
        "page": Paginator(past, 20).get_page(request.GET.get("page")),
        "series": MeetingSeries.objects.filter(is_active=True),
    }
    return render(request, "meetings/list.html", context)


def plan(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Plan a meeting, or change one that is not closed."""
    require_officer(request)
    meeting = get_object_or_404(Meeting, pk=pk, closed_at__isnull=True) if pk else None
    initial = {} if meeting else next_meeting(_series_asked(request))
    form = MeetingForm(request.POST or None, instance=meeting, initial=initial)
    if request.method == "POST" and form.is_valid():
        return redirect(form.save())
    context = {"form": form, "meeting": meeting}
    return render(request, "meetings/plan.html", context, status=422 if form.is_bound else 200)


def _series_asked(request: HttpRequest) -> MeetingSeries | None:
    pk = request.GET.get("series", "")
    known = MeetingSeries.objects.filter(is_active=True)
    return known.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 10 else None


def series(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new series, or an existing one."""
    require_officer(request)
    instance = get_object_or_404(MeetingSeries, pk=pk) if pk else None
    form = SeriesForm(request.POST or None, instance=instance)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, f"“{saved}”已保存。")
        return redirect("meetings:list")
    context = {"form": form, "instance": instance}
    return render(request, "meetings/series.html", context, status=422 if form.is_bound else 200)
