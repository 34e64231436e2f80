"""我的事项: what a department has to sign, to report and to do; made for a phone."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.items.access import person, why_no_report
from tracker.items.forms import ReportForm
from tracker.items.models import ActionItem, Quote
from tracker.items.querysets import ActionItemQuerySet
from tracker.items.reckoning import Reckoning
from tracker.items.states import MOVES

TABS = (("todo", "要处理"), ("sign", "待签收"), ("report", "待反馈"), ("open", "全部在办"))


def _chosen(tab: str, led: ActionItemQuerySet, now: Reckoning) -> ActionItemQuerySet:
    match tab:
        case "sign":
            return led.to_sign()
        case "report":
            return led.to_report(now)
        case "open":
            return led.open()
        case _:
            return led.to_handle(now)


def _cards(items: ActionItemQuerySet, now: Reckoning) -> list[ActionItem]:
    """With all a card shows, what is to sign first, then by light and date."""
    rows = items.with_light(now).with_latest_feedback().for_rows()
    quotes = Prefetch("quotes", Quote.objects.order_by("said_on", "pk"))
    cards = list(rows.prefetch_related(quotes).order_by("light", "due", "pk"))
    return sorted(cards, key=lambda item: item.status != "issued")


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The items of the departments this person reports for."""
    user, now = person(request), Reckoning.now()
    departments = user.liaison_departments
    seen = ActionItem.objects.visible_to(user)
    led, supported = seen.led_by(departments), seen.supported_by(departments).open()
    tab = request.GET.get("tab", "todo")
    cards = _cards(supported if tab == "co" else _chosen(tab, led, now), now)
    others = _cards(led.open().exclude(pk__in=[item.pk for item in cards]), now) if tab == "todo" else []
    to_report = set(led.to_report(now).values_list("pk", flat=True))
    context = {
        "departments": departments,
        "tabs": [(key, label, _chosen(key, led, now).count()) for key, label in TABS],
        "tab": tab,
        "cards": cards,
        "others": others,
        "supported_count": supported.count(),
        "to_report": to_report,
        # The first report that is due stands open: on most days it is the only thing to do here.
        "opened": next((item.pk for item in cards if item.pk in to_report), None) if tab == "todo" else None,
        "report": ReportForm(auto_id=False),
        "now": now,
        "reasons": {item.pk: why_no_report(item) for item in (*cards, *others)},
        "submit": MOVES["submit"],
    }
    return render(request, "items/mine.html", context)
