"""手工登记事项."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tracker.items.access import require_officer
from tracker.items.forms import CreateForm
from tracker.items.models import ActionItem
from tracker.items.reckoning import Reckoning
from tracker.items.register import QuoteData, register_item
from tracker.items.states import Status
from tracker.items.workflow import send_out
from tracker.org.models import Office, Person


def create(request: HttpRequest) -> HttpResponse:
    """Register one item by hand, and issue it at once if asked to (or propose it, where it must be approved)."""
    user = require_officer(request)
    form = CreateForm(request.POST or None)
    late = request.method == "POST" and form.is_valid() and _late_at_once(form)
    if request.method == "POST" and form.is_valid() and not (late and "despite_date" not in request.POST):
        item = _register(form, user)
        sent = {Status.ISSUED: "并交办", Status.APPROVAL: "并报请审定"}.get(Status(item.status), "")
        messages.success(request, f"已登记{sent} {item.number}。")
        return redirect(item)
    context = {"form": form, "late": late, "needs_approval": Office.current().needs_approval}
    return render(request, "items/create.html", context, status=422 if form.errors or late else 200)


def _late_at_once(form: CreateForm) -> bool:
    """Whether it would be issued now with a date that lies behind: asked once more, not forbidden."""
    data = form.cleaned_data
    return data["issue_now"] and Reckoning.now().has_passed(data["due"])


@transaction.atomic
def _register(form: CreateForm, user: Person) -> ActionItem:
    data = dict(form.cleaned_data)
    issue_now, words, groups = data.pop("issue_now"), data.pop("quote").strip(), data.pop("groups")
    quote = QuoteData(text=words, speech_title=data["source"], said_on=data["source_date"])
    # What was left blank follows from the lead department.
    fields = {name: value for name, value in data.items() if value is not None}
    told = "" if data["lead"] else "、".join(map(str, groups))[:200]
    item = register_item(by=user, quotes=[quote] if words else [], lead_text=told, **fields)
    item.groups.set(groups)
    if issue_now:
        send_out(item=item, by=user)
    return item
