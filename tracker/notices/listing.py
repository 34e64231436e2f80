"""Which chases the list shows."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from tracker.items.models import ActionItem
from tracker.items.reckoning import Reckoning
from tracker.items.search import search
from tracker.items.states import ENDED
from tracker.notices.models import Chase, ChaseQuerySet


def filtered(chases: ChaseQuerySet, chosen: Mapping[str, Any], now: Reckoning) -> ChaseQuerySet:
    """Those sent or decided against, narrowed by the form's `q`, `step`, `standing` and `department`."""
    rows = chases.exclude(state=Chase.State.PROPOSED).with_answer()
    if chosen.get("q"):
        rows = rows.filter(item__in=search(ActionItem.objects.all(), chosen["q"]).values("pk"))
    if chosen.get("step"):
        rows = rows.filter(step=chosen["step"].key)
    if chosen.get("department"):
        rows = rows.filter(recipients__department=chosen["department"])
    rows = rows.filter(_standing(chosen.get("standing", ""), now))
    full = rows.select_related("item__lead", "by", "leader", "previous")
    return full.prefetch_related("recipients__department").order_by("-at", "-pk")


def _standing(wanted: str, now: Reckoning) -> Q:
    """The same rule as `Chase.standing`, for the database."""
    if wanted == "dropped":
        return Q(state=Chase.State.DROPPED)
    issued, ended = Q(state=Chase.State.ISSUED), Q(item__status__in=ENDED)
    waiting = issued & ~ended & Q(reported=False)
    late = Q(deadline__lte=now.overdue_until)
    return {
        "ended": issued & ended,
        "answered": issued & ~ended & Q(reported=True),
        "expired": waiting & late,
        "running": waiting & ~late,
    }.get(wanted, Q())
