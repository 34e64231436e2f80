"""What a page of rows shows beside the items' own columns: latest report, parts, standstill. A few queries a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.items.models import ActionItem, ExtensionRequest, RequestState
from tracker.items.reckoning import Reckoning

_REPORTED = ("feedback_text", "feedback_day", "feedback_problem", "feedback_next", "feedback_percent")


@dataclass(frozen=True, slots=True)
class Facts:
    """Of one item. `stagnant` and `silent` are the ledger's views of these names."""

    silent: bool = False
    stagnant: bool = False
    asks_extension: bool = False
    parts_done: int = 0
    parts_total: int = 0
    still: int = 0  # working days since the last real change

    @property
    def parts(self) -> str:
        """x/N of the parts in force; empty without any."""
        return f"{self.parts_done}/{self.parts_total}" if self.parts_total else ""


NO_FACTS = Facts()


def facts_of(items: Sequence[ActionItem], now: Reckoning) -> dict[int, Facts]:
    """{pk: facts} of one page. Sets the annotations of `with_latest_feedback` on the items as well."""
    pks = [item.pk for item in items]
    shown = ActionItem.objects.filter(pk__in=pks)
    rows = shown.with_latest_feedback().with_part_counts().with_changed_on()
    known = {
        row["pk"]: row for row in rows.values("pk", *_REPORTED, "parts_done", "parts_total", "changed_on")
    }
    silent = set(shown.without_feedback(now).values_list("pk", flat=True))
    stagnant = set(shown.stagnant(now).values_list("pk", flat=True))
    asking = ExtensionRequest.objects.filter(item__in=pks, state=RequestState.PENDING)
    asks = set(asking.values_list("item", flat=True))
    found = {}
    for item in items:
        row = known.get(item.pk)
        if row is None:
            continue
        for name in _REPORTED:
            setattr(item, name, row[name])
        found[item.pk] = Facts(
            silent=item.pk in silent,
            stagnant=item.pk in stagnant,
            asks_extension=item.pk in asks,
            parts_done=row["parts_done"],
            parts_total=row["parts_total"],
            still=_still(row["changed_on"], now) if item.is_open else 0,
        )
    return found


def _still(changed_on: date | None, now: Reckoning) -> int:
    return max(now.workdays_since(changed_on), 0) if changed_on else 0


def original_lateness(item: ActionItem, now: Reckoning) -> int:
    """Working days late against the original date (later by days on hold); of a closed item on the day it was closed."""
    limit = item.original_due
    if limit is None or item.issued_on is None:
        return 0
    if item.held_days:
        limit = now.calendar.add(limit, item.held_days)
    return now.calendar.days_late(limit, item.closed_on or now.today)
