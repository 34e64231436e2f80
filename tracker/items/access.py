"""Who may do what with an item: pages fetch and authorise through here, and show the reason instead of a button."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from tracker.items.models import ActionItem
from tracker.items.permissions import allowed
from tracker.items.querysets import ActionItemQuerySet
from tracker.items.states import Status
from tracker.org.models import Department, Person

_NOT_REPORTABLE = {
    Status.DRAFT: "尚未交办，不需反馈。",
    Status.APPROVAL: "尚未交办，不需反馈。",
    Status.ISSUED: "请先签收，再反馈进展。",
    Status.SUBMITTED: "已报办结，等待审核。",
    Status.ON_HOLD: "已挂起，恢复办理后再反馈。",
    Status.CLOSED: "已办结，不再反馈。",
    Status.WITHDRAWN: "已中止，不再反馈。",
}


def person(request: HttpRequest) -> Person:
    """The signed-in person; every page requires one."""
    return cast(Person, request.user)


def get_item(request: HttpRequest, pk: int, items: ActionItemQuerySet | None = None) -> ActionItem:
    """An item the person may see; 404 for what is not theirs, so that nobody learns that it exists."""
    queryset = ActionItem.objects.all() if items is None else items
    return get_object_or_404(queryset.visible_to(person(request)), pk=pk)


def require_officer(request: HttpRequest) -> Person:
    """The signed-in 督查员; 403 for others."""
    user = person(request)
    if not user.is_officer:
        raise PermissionDenied
    return user


def may_open_department(department: Department, user: Person) -> bool:
    """A department's page is for its own people, those in charge of it, and those who see everything."""
    own = department.leader_id == user.pk or department in user.liaison_departments
    return user.sees_everything or own


def require(action: str, item: ActionItem, user: Person) -> None:
    """403 unless the matrix (`permissions`) lets `user` do `action` with `item`."""
    if not allowed(action, item, user):
        raise PermissionDenied


def reporting_department(item: ActionItem, user: Person) -> Department | None:
    """The department `user` reports for on this item: its lead (an officer on its behalf), or one that has a part."""
    own = user.liaison_departments
    if item.lead and (item.lead in own or user.is_officer):
        return item.lead
    parts = [part.department for part in item.parts_given.all() if part.state != part.State.DROPPED]
    return next((department for department in parts if department in own), None)


def may_report(item: ActionItem, user: Person) -> bool:
    """Whether reporting on this item is this person's business at all."""
    return allowed("report", item, user)


def why_no_report(item: ActionItem, user: Person | None = None) -> str:
    """Why `user` (or anybody) cannot report on the item now; empty when they can.

    A department that has signed for its part reports although the lead has not signed yet.
    """
    if user and item.status == Status.ISSUED:
        own = user.liaison_departments
        parts = item.parts_given.all()
        if any(part.state == part.State.IN_PROGRESS and part.department in own for part in parts):
            return ""
    return _NOT_REPORTABLE.get(Status(item.status), "")
