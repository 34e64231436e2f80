"""The statistics pages."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from tracker.items.access import person
from tracker.items.units import NOBODY, RULE
from tracker.org.models import Department, Office
from tracker.stats.charts import due_calendar, flow, speeches_of, trend
from tracker.stats.figures import FIGURES, RATES
from tracker.stats.grouping import GROUPINGS
from tracker.stats.page import StatsPage
from tracker.stats.periods import KINDS
from tracker.stats.workbook import stats_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """统计: one table, its definitions, its charts."""
    page = StatsPage(person(request), request.GET)
    points = trend(page.scope.facts, page.now)
    speech = _speech(request)
    flows = flow(page.items, speech=speech)
    context: dict[str, Any] = {
        "page": page,
        "figures": FIGURES.values(),
        "rates": RATES,
        "kinds": KINDS,
        "groupings": [(key, label) for key, (label, _) in GROUPINGS.items()],
        "points": points,
        "trend": [
            {"day": f"{p.day.month}.{p.day.day}", "open": p.open, "overdue": p.overdue} for p in points
        ],
        "calendar": due_calendar(page.items, page.now),
        "flows": flows,
        "flow_speech": speech,
        "speeches": speeches_of(page.items),
        "flow": [[f.source, f.department, f.state, f.count] for f in flows],
        "flow_order": list(
            dict.fromkeys([NOBODY, *map(str, Department.objects.all()), *(f.department for f in flows)])
        ),
        "unit_rule": RULE,
        "taken_at": timezone.localtime(),
    }
    return render(request, "stats/table.html", context)


def _speech(request: HttpRequest) -> int | None:
    asked = request.GET.get("speech", "")
    return int(asked) if asked.isdecimal() and len(asked) < 19 else None


@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """The list behind one figure."""
    page = StatsPage(person(request), request.GET)
    figure, group = page.figure, page.group
    if figure is None or group is None:
        raise Http404
    listed = page.listed(figure, group).with_light(page.now).for_rows().in_office_order()
    shown = Paginator(listed, 50).get_page(request.GET.get("page"))
    context = {"page": page, "figure": figure, "group": group, "shown": shown, "now": page.now}
    return render(request, "stats/items.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The table as Excel."""
    page, stamp = StatsPage(person(request), request.GET), timezone.localtime()
    as_of = f"{stamp:%Y年%-m月%-d日 %-H:%M}"
    content = stats_workbook(page, office_name=Office.current().name, as_of=as_of)
    name = f"督办统计（{page.period.label}）{stamp:%Y%m%d}.xlsx"
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})
