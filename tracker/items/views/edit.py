"""Changing an item while others may be changing it too."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString

from tracker.items.access import get_item, require_officer
from tracker.items.assigning import lead_changes
from tracker.items.forms import EditForm
from tracker.items.models import ActionItem, EditConflict, Event
from tracker.items.parts import TakenBack, hand_to_new_members, take_back_shares
from tracker.items.timeline import in_words


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """修改事项: only what was really changed is written; a field that somebody else changed meanwhile is asked about."""
    user, item = require_officer(request), get_item(request, pk)
    form = EditForm(request.POST or None, instance=get_item(request, pk))
    if request.method != "POST" or not form.is_valid():
        context = {
            "form": form,
            "item": item,
            "back": request.GET.get("back") or request.POST.get("back", ""),
        }
        return render(request, "items/edit.html", context, status=422 if form.errors else 200)
    changes = {
        name: value for name, value in form.changes().items() if request.POST.get(f"take_{name}") != "theirs"
    }
    try:
        changed, shares = _save(item, form, changes, user)
    except EditConflict as conflict:
        return _conflict(request, form, changes, conflict.current)
    told = f"{item.number} 已保存{f'；{shares}' if str(shares) else ''}。"
    messages.success(request, told if changed else "没有改动。")
    wrapper = QueryDict(mutable=True)
    wrapper["back"] = request.POST.get("back", "")
    return redirect(item.get_absolute_url() + (f"?{wrapper.urlencode()}" if wrapper["back"] else ""))


@transaction.atomic
def _save(item: ActionItem, form: EditForm, changes: dict[str, Any], user: Any) -> tuple[bool, TakenBack]:
    """Write the changes. Fields only others changed keep their value; the same field changed twice is a conflict.

    Returns whether anything changed, and what became of the shares of groups that left.
    """
    if not changes:
        return False, TakenBack()
    groups = list(item.groups.all())
    if "lead" in changes:
        changes = lead_changes(item, changes["lead"]) | changes
    version = form.cleaned_data["version"]
    if item.version != version and not _clashes(form, changes, item):
        version = item.version
    changed = item.edit(changes, by=user, version=version)
    if "groups" not in changes:
        return changed, TakenBack()
    hand_to_new_members(item=item, by=user)
    gone = [group for group in groups if group not in changes["groups"]]
    return changed, take_back_shares(item=item, gone=gone, by=user) if gone else TakenBack()


def _clashes(form: EditForm, changes: dict[str, Any], current: ActionItem) -> list[str]:
    """The changed fields whose present value is not the one the person saw."""
    present = model_to_dict(current, fields=list(changes))
    result = []
    for name in changes:
        bound, field = form[name], form.fields[name]
        if name not in form.changed_data:
            continue  # follows from the lead
        shown = form._widget_data_value(field.hidden_widget(), bound.html_initial_name)  # type: ignore[attr-defined]
        if field.has_changed(field.prepare_value(present[name]), shown):
            result.append(name)
    return result


def _conflict(
    request: HttpRequest, form: EditForm, changes: dict[str, Any], current: ActionItem
) -> HttpResponse:
    present = model_to_dict(current, fields=list(form.fields))
    clashing = _clashes(form, changes, current)
    rows = []
    for name in changes:
        if name in form.changed_data:
            value = getattr(current, name)
            theirs = in_words(name, value.all() if name in ("supporting", "groups") else value)
            mine = in_words(name, changes[name])
            rows.append((name, form.fields[name].label, mine, theirs, name in clashing))
    context = {
        "item": current,
        "rows": rows,
        "hidden": [_hidden(form, name, changes, present) for name in form.fields if name != "version"],
        "event": _last_edit(current),
        "back": request.POST.get("back", ""),
    }
    return render(request, "items/conflict.html", context, status=409)


def _last_edit(item: ActionItem) -> Event | None:
    """The latest recorded change, to say who was faster."""
    return item.events.select_related("by").order_by("-at", "-pk").first()


def _hidden(form: EditForm, name: str, changes: dict[str, Any], present: dict[str, Any]) -> SafeString:
    """The field's value as the person wants it, and the present one as what was shown."""
    field = form.fields[name]
    widget = field.hidden_widget()
    now = field.prepare_value(present[name])
    wanted = field.prepare_value(changes[name]) if name in changes else now
    return widget.render(name, wanted) + widget.render(form.add_initial_prefix(name), now)
