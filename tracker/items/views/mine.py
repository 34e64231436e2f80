"""我的事项: what a department has to sign, to report and to do; made for a phone."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.items.access import person, why_no_report
from tracker.items.extensions import why_no_extension
from tracker.items.files import ACCEPT
from tracker.items.forms import ReportForm
from tracker.items.models import ActionItem, ClosingRequest, ExtensionRequest, Part, Quote, RequestState
from tracker.items.parts import in_hand_of
from tracker.items.querysets import ActionItemQuerySet
from tracker.items.reckoning import Reckoning
from tracker.items.request_forms import ExtensionForm
from tracker.items.states import MOVES, Status
from tracker.org.models import Person

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


def _chosen_parts(tab: str, parts: list[Part], now: Reckoning) -> list[Part]:
    """分办 beside the items: to sign, or to be done soon. Nobody reports on a part by a rhythm."""
    to_sign = [part for part in parts if part.state == Part.State.TO_SIGN]
    match tab:
        case "sign":
            return to_sign
        case "open":
            return parts
        case "todo":
            until = now.soon_until
            return [part for part in parts if part in to_sign or (part.deadline and part.deadline <= until)]
        case _:
            return []


def _cards(items: ActionItemQuerySet, now: Reckoning) -> list[ActionItem]:
    """With all a card shows, what is to sign first, then by light and date."""
    pending = RequestState.PENDING
    rows = items.with_light(now).with_latest_feedback().with_changed_on().for_rows()
    asked = Prefetch("extension_requests", ExtensionRequest.objects.filter(state=pending), to_attr="asking")
    returned = Prefetch("closing_requests", ClosingRequest.objects.exclude(state=pending), to_attr="verdicts")
    quotes = Prefetch("quotes", Quote.objects.order_by("said_on", "pk"))
    cards = list(rows.prefetch_related(quotes, asked, returned).order_by("light", "due", "pk"))
    return sorted(cards, key=lambda item: item.status != "issued")


def _notes(card: ActionItem, now: Reckoning, silent: set[int]) -> dict[str, Any]:
    """What a card says beside its fields: why nothing can be done, and what has stood still."""
    changed = card.changed_on  # type: ignore[attr-defined]
    still = card.status in ("in_progress", "returned") and changed and changed <= now.changed_until
    return {
        "why": why_no_report(card),
        "no_extension": why_no_extension(card, now),
        "stagnant": now.workdays_since(changed) if still else 0,
        "silent": card.pk in silent,
    }


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The items and parts of the departments this person reports for."""
    user, now = person(request), Reckoning.now()
    return render(request, "items/mine.html", _lists(user, now, request.GET.get("tab", "todo")))


def _lists(user: Person, now: Reckoning, tab: str) -> dict[str, Any]:
    departments = user.liaison_departments
    seen = ActionItem.objects.visible_to(user)
    led, supported = seen.led_by(departments), seen.supported_by(departments).open()
    parts = list(
        in_hand_of(departments).select_related("department", "item__lead").prefetch_related("item__groups")
    )
    to_report = set(led.to_report(now).values_list("pk", flat=True))
    silent = set(led.without_feedback(now).values_list("pk", flat=True))
    cards, others = _led(tab, led, to_report, now) if tab != "co" else (_cards(supported, now), [])
    own_parts = _chosen_parts(tab, parts, now)
    return {
        "departments": departments,
        "several": len(departments) > 1,
        "tabs": [
            (key, label, _chosen(key, led, now).count() + len(_chosen_parts(key, parts, now)))
            for key, label in TABS
        ],
        "tab": tab,
        "cards": cards,
        "others": others,
        "own_parts": own_parts,
        "later_parts": [part for part in parts if part not in own_parts] if tab == "todo" else [],
        "supported_count": supported.count(),
        "to_report": to_report,
        # The first report that is due stands open: on most days it is the only thing to do here.
        "opened": next((item.pk for item in cards if item.pk in to_report), None) if tab == "todo" else None,
        "report": ReportForm(auto_id=False),
        "ask": ExtensionForm(auto_id=False),
        "accept": ACCEPT,
        "now": now,
        "notes": {item.pk: _notes(item, now, silent) for item in (*cards, *others)},
        "submit": MOVES["submit"],
        "recall": MOVES["recall"],
    }


def _led(
    tab: str, led: ActionItemQuerySet, to_report: set[int], now: Reckoning
) -> tuple[list[ActionItem], list[ActionItem]]:
    """What the tab asks for, and on 要处理 the other open ones below; read at once."""
    if tab in ("sign", "report", "open"):
        return _cards(_chosen(tab, led, now), now), []
    everything = _cards(led.open(), now)
    todo = [item for item in everything if item.pk in to_report or item.status == Status.ISSUED]
    chosen = {item.pk for item in todo}
    return todo, [item for item in everything if item.pk not in chosen]
