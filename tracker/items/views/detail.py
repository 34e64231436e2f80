"""One item's page: what is told of it, and what the reader may do with it now."""

from collections import defaultdict
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tracker.items.access import get_item, may_open_department, may_report, person, why_no_report
from tracker.items.bulk_form import BulkForm
from tracker.items.extensions import why_no_extension
from tracker.items.files import ACCEPT
from tracker.items.forms import ReportForm
from tracker.items.listing import Listing
from tracker.items.measures import measures_of
from tracker.items.models import ActionItem, Attachment, ClosingRequest, ExtensionRequest, RequestState
from tracker.items.parts import in_force
from tracker.items.permissions import actions_of, moves_for
from tracker.items.querysets import ActionItemQuerySet
from tracker.items.reckoning import Reckoning
from tracker.items.request_forms import AttachForm, DecisionForm, ExtensionForm, InstructionForm, PartForm
from tracker.items.states import MOVES, EventKind, Status
from tracker.items.timeline import REMINDER, lines_of
from tracker.items.workflow import proposer_of
from tracker.org.models import Department, Membership, Office, Person

# Moves that answer what is pending stand beside it, not among the others.
_ANSWERS = {
    Status.SUBMITTED: ("close", "return", "recall"),
    Status.APPROVAL: ("approve", "send_back"),
}


def full_items() -> ActionItemQuerySet:
    """Items with all that their page shows, in a fixed number of queries."""
    people = ("by", "department", "decided_by")
    return (
        ActionItem.objects.for_rows()
        .select_related("owner", "lead__leader")
        .prefetch_related(
            "feedbacks__author",
            "feedbacks__department",
            "events__by",
            "quotes",
            "supporting__memberships__person",
            "parts_given__department",
            Prefetch("attachments", Attachment.objects.select_related("by")),
            Prefetch("extension_requests", ExtensionRequest.objects.select_related(*people, "reviewed_by")),
            Prefetch("closing_requests", ClosingRequest.objects.select_related(*people)),
        )
    )


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One item with its quotes, its line of events and what may be done with it."""
    return detail_page(request, get_item(request, pk, full_items()), back=request.GET.get("back", ""))


def again(request: HttpRequest, pk: int, **typed: Any) -> HttpResponse:
    """The item's page once more with a form that could not be accepted, and what was typed into it."""
    return detail_page(
        request, get_item(request, pk, full_items()), back=request.POST.get("back", ""), **typed
    )


def detail_page(request: HttpRequest, item: ActionItem, *, back: str = "", **typed: Any) -> HttpResponse:
    """The item's page. `typed` are forms that could not be accepted, by the names the templates know them by."""
    user, now = person(request), Reckoning.now()
    listing = Listing(user, QueryDict(back), now)
    context = {
        "item": item,
        "now": now,
        "listing": listing,
        "neighbours": listing.around(item.pk) if back else None,
        "reads_speeches": user.sees_everything or user.is_leader,
        "opens_lead": item.lead is not None and may_open_department(item.lead, user),
        **_facts(item, now),
        **_requests(item, user),
        **_parts(item, user),
        **_doable(item, user, now),
        **typed,
    }
    return render(request, "items/detail.html", context, status=422 if typed else 200)


def _facts(item: ActionItem, now: Reckoning) -> dict[str, Any]:
    """What the page says of the item, whoever reads it."""
    lines = lines_of(item, now)
    until = item.closed_on or now.today
    return {
        "lines": lines,
        "recorded": sum(line.css != "late" for line in lines),
        "chase_count": sum(
            event.kind == EventKind.CHASED and event.after != REMINDER for event in item.events.all()
        )
        + 1,
        "handed_out": item.status not in (Status.DRAFT, Status.APPROVAL, Status.ON_HOLD) and item.is_open,
        "helpers": [(unit, _liaisons(unit)) for unit in item.supporting.all()],
        "late": now.calendar.days_late(item.due, until) if item.due else 0,
        "late_original": now.calendar.days_late(item.original_due, until) if item.original_due else 0,
        "issued_late": item.status in (Status.DRAFT, Status.APPROVAL) and now.has_passed(item.due),
        "days_left": now.days_left(item.due) if item.due else None,
        "last_report": next(iter(item.feedbacks.all()), None),
        "silent": ActionItem.objects.filter(pk=item.pk).without_feedback(now).exists(),
        "stagnant": _stagnant(item, now),
        "measures": measures_of(item),
    }


def _stagnant(item: ActionItem, now: Reckoning) -> int:
    """Working days since the last real change, where they are too many."""
    found = ActionItem.objects.filter(pk=item.pk).stagnant(now).first()
    return now.workdays_since(found.changed_on) if found else 0  # type: ignore[attr-defined]


def _liaisons(unit: Department) -> list[str]:
    return [str(member.person) for member in unit.memberships.all() if member.role == Membership.Role.LIAISON]


def _requests(item: ActionItem, user: Person) -> dict[str, Any]:
    """延期申请 and 办结申请, pending and answered, each closing request with its files."""
    files = defaultdict(list)
    for attachment in item.attachments.all():
        files[attachment.closing_request_id].append(attachment)
    extensions = list(item.extension_requests.all())
    closings = [(request, files[request.pk]) for request in item.closing_requests.all()]
    pending = next((row for row in extensions if row.state == RequestState.PENDING), None)
    leader_decides = Office.current().leader_decides
    proposer = proposer_of(item) if item.status == Status.APPROVAL else None
    return {
        "extension": pending,
        "extensions_answered": [row for row in extensions if row.state != RequestState.PENDING],
        "closing": next((pair for pair in closings if pair[0].state == RequestState.PENDING), None),
        "closings_answered": [pair for pair in closings if pair[0].state != RequestState.PENDING],
        "leader_decides": leader_decides,
        "decides": not leader_decides or user.is_leader,
        "decision": DecisionForm(initial={"until": pending.wanted}) if pending else None,
        "proposer": proposer,
        "proposed_it": proposer == user,
    }


def _parts(item: ActionItem, user: Person) -> dict[str, Any]:
    parts = in_force(item)
    own = {department.pk for department in user.liaison_departments}
    return {
        "parts": parts,
        "parts_signed": sum(part.signed_on is not None or part.state == part.State.DONE for part in parts),
        "parts_done": sum(part.state == part.State.DONE for part in parts),
        "parts_unsigned": [part for part in parts if part.state == part.State.TO_SIGN and not part.signed_on],
        "own_parts": [part for part in parts if part.department_id in own],
        "splittable": item.status in (Status.ISSUED, Status.IN_PROGRESS, Status.RETURNED),
    }


def _doable(item: ActionItem, user: Person, now: Reckoning) -> dict[str, Any]:
    """What this person may do, each with an empty form; or why it cannot be done now."""
    moves, beside = moves_for(item, user), _ANSWERS.get(Status(item.status), ())
    return {
        "may": actions_of(item, user),
        "moves": [MOVES[name] for name in moves if name not in beside],
        "answers": [MOVES[name] for name in moves if name in beside],
        "may_report": may_report(item, user),
        "why_no_report": why_no_report(item, user),
        "why_no_extension": why_no_extension(item, now),
        "bulk": BulkForm(),
        "report": ReportForm(),
        "ask": ExtensionForm(auto_id=False),
        "step": PartForm(item),
        "instruction": InstructionForm(),
        "attaching": AttachForm(auto_id=False),
        "accept": ACCEPT,
    }


def here(request: HttpRequest, item: ActionItem) -> HttpResponse:
    """Back to where the button stood: 我的事项, 工作台, or the item's page with its way back to the list."""
    if request.POST.get("from") == "desk":
        return redirect("desk:home")
    if request.POST.get("from") == "mine":
        tab = request.POST.get("tab", "")
        return redirect(reverse("items:mine") + (f"?tab={tab}" if tab.isalpha() else "") + f"#i{item.pk}")
    wrapper = QueryDict(mutable=True)
    wrapper["back"] = request.POST.get("back", "")
    return redirect(item.get_absolute_url() + (f"?{wrapper.urlencode()}" if wrapper["back"] else ""))
