"""What follows from naming a lead department."""

from typing import Any

from tracker.items.models import ActionItem
from tracker.items.register import handler_of
from tracker.org.models import Department


def lead_changes(item: ActionItem, lead: Department | None) -> dict[str, Any]:
    """The fields that change with the lead: its leader and handler come along, and it supports no longer."""
    if lead is None or item.lead_id == lead.pk:
        return {"lead": lead}
    changes: dict[str, Any] = {"lead": lead, "leader": lead.leader, "owner": handler_of(lead)}
    supporting = list(item.supporting.all())
    if lead in supporting:
        changes["supporting"] = [department for department in supporting if department != lead]
    return changes
