"""What can be done with many items at once: to plan it for one item, and to do it with up to some hundred."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Count, F

from tracker.items.bulk_form import BULK_ACTIONS, EDITS, SETTABLE
from tracker.items.models import ActionItem, BulkLine, Event, Part
from tracker.items.models.item import MANY, kind_of_edit
from tracker.items.register import handler_of
from tracker.items.states import ENDED, MOVES, EventKind, LeadRequired, MoveRefused, PartsOpen, Status
from tracker.items.workflow import make_move
from tracker.org.models import Department, Office, Person

Outcome = BulkLine.Outcome
STALE = "刚刚被他人修改，请刷新后再试"
# Moves that only change the item itself: whoever was told of the others has acted on it since.
_UNDOABLE_MOVES = ("propose", "hold", "resume", "discard")
_MOVE_COLUMNS = ("status", "status_before", "held_on", "held_days", "due", "discarded_at")
_UNISSUED = (Status.DRAFT, Status.APPROVAL)


@dataclass(slots=True)
class BulkResult:
    """What became of a bulk action. `skipped` has (number, reason)."""

    changed: int = 0
    unchanged: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)

    def sentence(self, what: str) -> str:
        """已调整时限 3 件；1 件无变化；2 件未处理：〔2026〕05号 已办结 …"""
        parts = [f"{what} {self.changed} 件"]
        if self.unchanged:
            parts.append(f"{self.unchanged} 件本来如此，未改动")
        if self.skipped:
            shown = "、".join(f"{number}（{reason}）" for number, reason in self.skipped[:5])
            more = " 等" if len(self.skipped) > 5 else ""
            parts.append(f"{len(self.skipped)} 件未处理：{shown}{more}")
        return "；".join(parts) + "。"


class Skip(Exception):
    """This item is left out; `str()` says why."""


Picked = tuple[ActionItem, int | None]  # the item as it is now, and the version somebody saw
Words = Mapping[str, list[str]]  # {field: [old, new]}


class Operation(Protocol):
    """One thing to be done with every selected item."""

    @property
    def label(self) -> str:
        """What it is called."""
        ...

    @property
    def undoable(self) -> bool:
        """Whether it can be taken back."""
        ...

    def plan(self, items: Sequence[ActionItem]) -> dict[int, "Words | Skip"]:
        """{pk: what would change} without writing. Nothing changes where the words are empty."""
        ...

    def apply(self, picked: Sequence[Picked], *, by: Person) -> list[BulkLine]:
        """Do it, in the caller's transaction. One line an item, not saved yet."""
        ...


@dataclass(eq=False, kw_only=True)
class FieldEdit:
    """Set fields. `values` has model fields; a new lead brings its leader and handler along."""

    label: str
    values: Mapping[str, Any]
    add: Sequence[Department] = ()
    remove: Sequence[Department] = ()
    text: str = ""
    undoable: bool = True

    @cached_property
    def _with_lead(self) -> dict[str, Any]:
        lead: Department = self.values["lead"]
        return {"leader": lead.leader, "owner": handler_of(lead), **self.values}

    def changes_for(self, item: ActionItem) -> dict[str, Any]:
        """The fields to set on one item. Raises `Skip`."""
        if item.status in ENDED:
            raise Skip(item.get_status_display())
        if "groups" in self.values and item.status not in _UNISSUED:
            raise Skip("已交办，分办范围不再批量改动")
        lead = self.values.get("lead")
        moves_on = lead is not None and item.lead_id != lead.pk
        changes = dict(self._with_lead if moves_on else self.values)
        leads = lead.pk if lead else item.lead_id
        if any(unit.pk == leads for unit in self.add):
            raise Skip("该单位已是牵头单位")
        now = list(item.supporting.all())
        dropped = {unit.pk for unit in self.remove} | ({leads} if moves_on else set())
        wanted = [unit for unit in dict.fromkeys([*now, *self.add]) if unit.pk not in dropped]
        if set(wanted) != set(now):
            changes["supporting"] = wanted
        return changes

    def plan(self, items: Sequence[ActionItem]) -> dict[int, Words | Skip]:
        """See `Operation`."""
        planned: dict[int, Words | Skip] = {}
        for item in items:
            try:
                changes = self.changes_for(item)
            except Skip as reason:
                planned[item.pk] = reason
                continue
            told = item.difference(changes)
            columns = item.columns_for(changes, told)
            moved = {"status": [item.status, str(columns["status"])]} if "status" in columns else {}
            planned[item.pk] = {**told, **moved} if told else {}
        return planned

    def apply(self, picked: Sequence[Picked], *, by: Person) -> list[BulkLine]:
        """See `Operation`. A handful of statements, however many items."""
        lines, events, writer = [], [], Writer()
        for item, version in picked:
            line = BulkLine(item=item, outcome=Outcome.UNCHANGED)
            lines.append(line)
            try:
                if version not in (None, item.version):
                    raise Skip(STALE)
                changes = self.changes_for(item)
            except Skip as reason:
                line.outcome, line.reason = Outcome.SKIPPED, str(reason)
                continue
            told = item.difference(changes)
            if not told:
                continue
            columns = item.columns_for(changes, told)
            many = {name: [row.pk for row in changes[name]] for name in MANY if name in told}
            line.outcome, line.version = Outcome.CHANGED, item.version + 1
            line.before = snapshot(item, [*columns, *many])
            writer.add(item, columns, many)
            kind = kind_of_edit(told, columns.get("extensions", item.extensions))
            moved = {"before": item.status, "after": columns["status"]} if "status" in columns else {}
            events.append(Event(item=item, kind=kind, by=by, text=self.text, changes=dict(told), **moved))
        writer.write()
        Event.objects.bulk_create(events)
        return lines


@dataclass(eq=False, kw_only=True)
class MoveMany:
    """One move of the state table, or 移入回收站, for each item."""

    name: str
    by: Person
    reason: str = ""
    staged: bool = False
    despite_parts: bool = False

    @property
    def label(self) -> str:
        """What it is called."""
        return "移入回收站" if self.name == "discard" else MOVES[self.name].label

    @property
    def undoable(self) -> bool:
        """Whether it can be taken back."""
        return self.name in _UNDOABLE_MOVES

    @property
    def hands_out(self) -> bool:
        """Whether it brings items to their departments, or on the way there."""
        return self.name != "discard" and MOVES[self.name].hands_out

    @property
    def needs_reason(self) -> bool:
        """Whether it asks for a reason."""
        return self.name != "discard" and MOVES[self.name].needs_reason

    def plan(self, items: Sequence[ActionItem]) -> dict[int, Words | Skip]:
        """See `Operation`: the same refusals as the move itself, asked for all items at once."""
        hindered = self._hindered(items)
        return {item.pk: self._plan(item, hindered.get(item.pk)) for item in items}

    def _plan(self, item: ActionItem, hindrance: str | None) -> Words | Skip:
        if self.name == "discard":
            fits = item.status in (Status.DRAFT, Status.WITHDRAWN)
            return {"discarded_at": ["", "移入"]} if fits else Skip("已交办，请先“中止”")
        move = MOVES[self.name]
        if item.status not in move.sources:
            return Skip(f"现为“{item.get_status_display()}”")
        if hindrance:
            return Skip(hindrance)
        target = move.target or item.status_before or Status.IN_PROGRESS
        return {"status": [item.status, str(target)]}

    def _hindered(self, items: Sequence[ActionItem]) -> dict[int, str]:
        """{pk: why not} of what depends on other tables."""
        if self.hands_out:
            grouped = set(ActionItem.groups.through.objects.values_list("actionitem_id", flat=True))
            loose = [item.pk for item in items if not item.lead_id and item.pk not in grouped]
            found = dict.fromkeys(loose, str(LeadRequired(MOVES[self.name])))
            return (self._proposed_by_self() if self.name == "approve" else {}) | found
        if self.name == "close" and not self.despite_parts:
            open_parts = Part.objects.filter(state__in=Part.OPEN).values("item").annotate(n=Count("pk"))
            return {row["item"]: str(PartsOpen(row["n"])) for row in open_parts}
        return {}

    def _proposed_by_self(self) -> dict[int, str]:
        proposed = Event.objects.filter(kind=EventKind.PROPOSED, item__status=Status.APPROVAL)
        latest = dict(proposed.order_by("at", "pk").values_list("item", "by"))
        return {pk: "须由报请人以外的人员审定" for pk, by in latest.items() if by == self.by.pk}

    def apply(self, picked: Sequence[Picked], *, by: Person) -> list[BulkLine]:
        """See `Operation`."""
        return [self._apply(item, version, by) for item, version in picked]

    def _apply(self, item: ActionItem, version: int | None, by: Person) -> BulkLine:
        line = BulkLine(item=item, outcome=Outcome.SKIPPED)
        if version not in (None, item.version):
            line.reason = STALE
            return line
        before = snapshot(item, _MOVE_COLUMNS)
        try:
            with transaction.atomic():
                self._make(item, by)
        except MoveRefused as reason:
            line.reason = str(reason).rstrip("。")[:200]
            return line
        item = ActionItem.everything.get(pk=item.pk)
        after = snapshot(item, _MOVE_COLUMNS)
        line.outcome, line.version = Outcome.CHANGED, item.version
        line.before = {name: value for name, value in before.items() if value != after[name]}
        return line

    def _make(self, item: ActionItem, by: Person) -> None:
        if self.name == "discard":
            item.discard(by=by, reason=self.reason)
        else:
            make_move(
                item=item, name=self.name, by=by, reason=self.reason, staged=self.staged,
                despite_parts=self.despite_parts,
            )  # fmt: skip


@dataclass(slots=True)
class Writer:
    """Collects new values of many items and writes equal ones together."""

    columns: dict[tuple[tuple[str, Any], ...], list[int]] = field(default_factory=lambda: defaultdict(list))
    added: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    dropped: dict[tuple[str, int], list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, item: ActionItem, columns: Mapping[str, Any], many: Mapping[str, Iterable[int]]) -> None:
        """Note the new values of one item; `many` has the whole new set of each relation."""
        self.columns[tuple(sorted(columns.items(), key=lambda pair: pair[0]))].append(item.pk)
        for name, wanted in many.items():
            now, then = {row.pk for row in getattr(item, name).all()}, set(wanted)
            self.added[name] += [(item.pk, pk) for pk in then - now]
            for pk in now - then:
                self.dropped[name, pk].append(item.pk)

    def write(self) -> None:
        """Write it all; every item's version goes up by one."""
        for columns, pks in self.columns.items():
            written = ActionItem.everything.filter(pk__in=pks)
            written.update(**dict(columns), version=F("version") + 1)
        for name, pairs in self.added.items():
            through, column = _through(name)
            rows = [through(**{"actionitem_id": item, column: pk}) for item, pk in pairs]
            through.objects.bulk_create(rows, ignore_conflicts=True)
        for (name, pk), items in self.dropped.items():
            through, column = _through(name)
            through.objects.filter(**{"actionitem_id__in": items, column: pk}).delete()


def _through(name: str) -> tuple[Any, str]:
    relation: Any = ActionItem._meta.get_field(name)
    return relation.remote_field.through, f"{relation.m2m_reverse_field_name()}_id"


def snapshot(item: ActionItem, names: Iterable[str]) -> dict[str, Any]:
    """Columns as JSON: dates as text, rows as keys."""
    return {name: _plain(item, name) for name in names}


def _plain(item: ActionItem, name: str) -> Any:
    if name in MANY:
        return sorted(row.pk for row in getattr(item, name).all())
    column: Any = ActionItem._meta.get_field(name)
    value = getattr(item, column.attname)
    return value.isoformat() if hasattr(value, "isoformat") else value


def operation_of(data: Mapping[str, Any], *, by: Person) -> FieldEdit | MoveMany:
    """The operation a valid `BulkForm` describes."""
    action, text = data["action"], data["text"].strip()
    if action in EDITS:
        names = (action,) if action != "edit" else SETTABLE
        values = {name: data[name] for name in names if data[name]}
        values |= {name: _EMPTY.get(name) for name in data["clear"]} if action == "edit" else {}
        values = {name: list(value) if name in MANY else value for name, value in values.items()}
        add, remove = (list(data[name]) if action == "edit" else [] for name in ("add", "remove"))
        return FieldEdit(label=BULK_ACTIONS[action], values=values, add=add, remove=remove, text=text)
    if action == "issue" and Office.current().needs_approval:
        action = "propose"
    return MoveMany(
        name=action, by=by, reason=text, staged=data["staged"], despite_parts=data["despite_parts"]
    )


_EMPTY: dict[str, Any] = {"level": "", "source": "", "groups": []}
