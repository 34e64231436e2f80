"""Taking a bulk change back: every item that nobody has touched since gets its old values."""

import time
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from tracker.items.bulk import Outcome, Writer, snapshot
from tracker.items.bulk_run import BATCH, SECONDS, full
from tracker.items.models import ActionItem, BulkChange, BulkLine, Event
from tracker.items.models.item import MANY
from tracker.items.states import EventKind
from tracker.org import clock
from tracker.org.models import Department, DepartmentGroup, Person

TOUCHED = "之后又有改动，保持现状"


def undo(change: BulkChange, *, by: Person, seconds: float = SECONDS) -> bool:
    """Take it back for about `seconds`. True when nothing is left; call again otherwise. A second undo does nothing."""
    until = time.monotonic() + seconds
    while change.undone_at is None:
        if not _batch(change, by):
            change.undone_at = clock.now()
            change.save(update_fields=["undone_at"])
        elif time.monotonic() > until:
            return False
    return True


@transaction.atomic
def _batch(change: BulkChange, by: Person) -> int:
    """Undo some lines; returns how many were looked at."""
    BulkChange.objects.select_for_update().get(pk=change.pk)
    lines = list(change.lines.filter(outcome=Outcome.CHANGED).order_by("pk")[:BATCH])
    pks = [line.item_id for line in lines]
    list(ActionItem.everything.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))
    items = {item.pk: item for item in full(ActionItem.everything.filter(pk__in=pks))}
    names, writer, events = _Names(), Writer(), []
    for line in lines:
        item = items[line.item_id]
        if item.version != line.version:
            line.outcome, line.reason = Outcome.KEPT, TOUCHED
            continue
        line.outcome = Outcome.UNDONE
        events.append(_event(item, line.before, change, by, names))
        columns = {name: value for name, value in line.before.items() if name not in MANY}
        many = {name: names.existing(name, pks) for name, pks in line.before.items() if name in MANY}
        writer.add(item, {_attname(name): _value(name, value) for name, value in columns.items()}, many)
    writer.write()
    Event.objects.bulk_create(events)
    BulkLine.objects.bulk_update(lines, ["outcome", "reason"], batch_size=BATCH)
    return len(lines)


def _attname(name: str) -> str:
    column: Any = ActionItem._meta.get_field(name)
    return str(column.attname)


def _value(name: str, plain: Any) -> Any:
    """The column's value out of JSON."""
    column: Any = ActionItem._meta.get_field(name)
    return None if plain is None else (column.target_field if column.is_relation else column).to_python(plain)


class _Names:
    """What rows are called, for the event's words; read once a batch."""

    def __init__(self) -> None:
        people = {person.pk: str(person) for person in Person.objects.only("name", "username")}
        units = {unit.pk: str(unit) for unit in Department.objects.all()}
        groups = {group.pk: str(group) for group in DepartmentGroup.objects.all()}
        self._rows: Mapping[str, dict[int, str]] = {
            "lead": units, "supporting": units, "groups": groups, "leader": people, "owner": people, "officer": people,
        }  # fmt: skip

    def existing(self, name: str, pks: list[int]) -> list[int]:
        """Those that still exist."""
        return [pk for pk in pks if pk in self._rows[name]]

    def words(self, name: str, plain: Any) -> str:
        """A column's JSON in words, as events have it."""
        rows = self._rows.get(name)
        if rows is None:
            return "" if plain is None else str(plain)
        keys = plain if name in MANY else [plain]
        return "、".join(rows.get(key, "") for key in keys if key is not None)


# Bookkeeping that says nothing to a reader.
_SILENT = ("status", "status_before", "extensions", "held_days", "discarded_at")


def _event(
    item: ActionItem, before: Mapping[str, Any], change: BulkChange, by: Person, names: _Names
) -> Event:
    now = snapshot(item, before)
    told = {
        name: [names.words(name, now[name]), names.words(name, then)]
        for name, then in before.items()
        if name not in _SILENT and now[name] != then
    }
    return Event(
        item=item, kind=EventKind.UNDONE, by=by, text=change.label, changes=told,
        before=item.status if "status" in before else "", after=before.get("status", ""),
    )  # fmt: skip
