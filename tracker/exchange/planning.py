"""What each row of a sheet would do. Nothing is written: the dry run shows it, the write does it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Any

from tracker.exchange.fields import FIELDS, Unreadable, text_of
from tracker.items.models import ActionItem
from tracker.items.search import parse_number
from tracker.items.states import Status
from tracker.items.units import as_written
from tracker.org.models import Department, Person
from tracker.org.roster.facts import Office as Directory

BATCH = 200
Cells = tuple[Any, ...]


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGE = "change"
    SAME = "same"
    REFUSED = "refused"


@dataclass(slots=True)
class RowPlan:
    """One row. `changes` are (label, old, new) in words; `edits`, `report` and `fresh` are what is written."""

    line: int
    cells: Cells
    outcome: Outcome = Outcome.SAME
    number: str = ""
    title: str = ""
    item: ActionItem | None = None
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    edits: dict[str, Any] = field(default_factory=dict)
    report: dict[str, Any] = field(default_factory=dict)
    fresh: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Planner:
    """Plans rows against the ledger and the directory. `mapping` is {place of a column: field}."""

    mapping: Mapping[int, str]
    marks: Mapping[str, int]
    today: date
    departments: dict[str, Department]
    people: dict[str, Person | None]
    seen: set[tuple[int, int]] = field(default_factory=set)

    @classmethod
    def now(cls, *, mapping: Mapping[int, str], marks: Mapping[str, int], today: date) -> "Planner":
        """With the directory as it is."""
        by_name = {department.name: department for department in Department.objects.all()}
        spellings = {
            text: by_name[name] for text, name in Directory.current().spellings.items() if name in by_name
        }
        people: dict[str, Person | None] = {}
        for person in Person.objects.filter(is_active=True):
            people[person.name] = None if person.name in people else person
        return cls(mapping, marks, today, spellings, people)

    def plan(self, rows: Iterable[tuple[int, Cells]]) -> Iterator[list[RowPlan]]:
        """The plans in batches, each read against the ledger in a fixed number of queries."""
        lines = iter(rows)
        while batch := list(islice(lines, BATCH)):
            yield self._batch(batch)

    def _batch(self, rows: Sequence[tuple[int, Cells]]) -> list[RowPlan]:
        read = [self._read(line, cells) for line, cells in rows]
        known, twins = _items([plan for plan, _ in read]), _twins([values for _, values in read])
        for plan, values in read:
            if not plan.reasons:
                self._decide(plan, values, known, twins)
            if plan.reasons:
                plan.outcome = Outcome.REFUSED
        return [plan for plan, _ in read]

    def _read(self, line: int, cells: Cells) -> tuple[RowPlan, dict[str, Any]]:
        """The cells as values; what cannot be read is the row's reason."""
        plan, values = RowPlan(line, cells), {}
        for place, key in self.mapping.items():
            try:
                value = FIELDS[key].read(cells[place] if place < len(cells) else None)
            except Unreadable as error:
                if key == "due":  # 尽快, 长期: no date is an honest blank, the words are kept
                    words = text_of(cells[place])
                    plan.notes.append(f"时限“{words[:20]}”不是日期，按未明确时限登记")
                    values["due_phrase"] = words[:60]
                else:
                    plan.reasons.append(str(error))
                continue
            if value not in (None, "", ()):
                values[key] = value
        plan.number, plan.title = values.get("number", ""), values.get("title", "")[:200]
        if len(values.get("title", "")) > 200:
            plan.reasons.append("督办事项超过200字，请把要求写入“办理要求”列")
        return plan, values

    def _decide(
        self,
        plan: RowPlan,
        values: dict[str, Any],
        known: Mapping[tuple[int, int], ActionItem],
        twins: set[tuple[str, int | None]],
    ) -> None:
        key = _key(plan.number)
        if plan.number and key is None:
            plan.reasons.append(f"编号“{plan.number[:20]}”不合规，应如〔2026〕12号")
            return
        if key and key in self.seen:
            plan.reasons.append(f"编号{plan.number}在表中重复")
            return
        if key:
            self.seen.add(key)
        directory = self._resolved(values, plan)
        if key and key in known:
            self._change(plan, known[key], values | directory)
        else:
            self._fresh(plan, values | directory, key, twins)

    def _resolved(self, values: dict[str, Any], plan: RowPlan) -> dict[str, Any]:
        """Names of the sheet as rows of the directory; an unknown one is kept as written, never guessed."""
        found: dict[str, Any] = {}
        if "lead" in values:
            found["lead"] = self.departments.get(values["lead"])
            if found["lead"] is None:
                written = as_written(values["lead"])
                if written:
                    plan.notes.append(f"没有名为“{written[:20]}”的单位，按原文保留，待明确")
                found["lead_text"] = written[:200]
        if "supporting" in values:
            found["supporting"] = [
                self.departments[name] for name in values["supporting"] if name in self.departments
            ]
            unknown = [name for name in values["supporting"] if name not in self.departments]
            if unknown:
                plan.notes.append(f"配合单位“{'、'.join(unknown)[:40]}”不在单位目录，按原文保留")
                found["supporting_text"] = "、".join(unknown)[:200]
        for role in ("leader", "owner"):
            if role in values:
                found[role] = self.people.get(values[role])
                if found[role] is None:
                    plan.notes.append(
                        f"{FIELDS[role].label}“{values[role][:10]}”没有对应的人员（或有重名），未填"
                    )
        return found

    def _change(self, plan: RowPlan, item: ActionItem, values: dict[str, Any]) -> None:
        """A row of an existing item: what differs is changed, what is blank stays."""
        plan.item, plan.title = item, item.title
        edits = {
            key: values[key]
            for key, field in FIELDS.items()
            if field.kind == "item" and key in values and values[key] is not None
        }
        if "lead" in edits and edits["lead"] in edits.get("supporting", ()):
            edits["supporting"] = [each for each in edits["supporting"] if each != edits["lead"]]
        told = item.difference(edits)
        report = {
            key: values[key] for key, field in FIELDS.items() if field.kind == "report" and key in values
        }
        plan.report = report if _says_more(item, report) else {}
        plan.edits = {key: edits[key] for key in told}
        if not told and not plan.report:
            return
        mark = self.marks.get(item.number)
        if told and mark is not None and mark != item.version:
            plan.reasons.append("导出以后该事项已在系统内改动，请重新导出再填")
        if not item.is_open:
            plan.reasons.append(f"事项{item.get_status_display()}，不能通过导入修改")
        plan.outcome = Outcome.CHANGE
        plan.changes = [(FIELDS[key].label, old, new) for key, (old, new) in told.items()]
        plan.changes += [(FIELDS[key].label, "", str(value)) for key, value in plan.report.items()]

    def _fresh(
        self,
        plan: RowPlan,
        values: dict[str, Any],
        key: tuple[int, int] | None,
        twins: set[tuple[str, int | None]],
    ) -> None:
        """A row of an item the ledger does not have."""
        if not plan.title:
            plan.reasons.append("没有写督办事项")
            return
        lead = values.get("lead")
        if key is None and (plan.title, lead.pk if lead else None) in twins:
            plan.notes.append("已有同一单位的同名事项，未重复登记")
            return
        status = values.get("status") or (
            Status.IN_PROGRESS if lead and "issued_on" in values else Status.DRAFT
        )
        if status not in (Status.DRAFT, Status.APPROVAL, Status.WITHDRAWN) and lead is None:
            plan.notes.append("没有可识别的牵头单位，登记为拟办")
            status = Status.DRAFT
        if status == Status.CLOSED and "closed_on" not in values:
            plan.reasons.append("已办结的事项须写办结日期")
        plan.outcome, plan.item = Outcome.NEW, None
        plan.fresh = {"values": values, "status": status, "key": key}
        twins.add((plan.title, lead.pk if lead else None))


def _says_more(item: ActionItem, report: Mapping[str, Any]) -> bool:
    """Whether the row's report says something the latest one does not."""
    latest = {
        "progress": item.feedback_text or "",  # type: ignore[attr-defined]
        "problem": item.feedback_problem or "",  # type: ignore[attr-defined]
        "next_step": item.feedback_next or "",  # type: ignore[attr-defined]
        "percent": item.feedback_percent,  # type: ignore[attr-defined]
    }
    return any(value != latest[key] for key, value in report.items())


def _key(number: str) -> tuple[int, int] | None:
    found = parse_number(number) if number else None
    return (found.year, found.seq) if found and found.year and found.seq else None


def _items(plans: Sequence[RowPlan]) -> dict[tuple[int, int], ActionItem]:
    keys = {key for plan in plans if (key := _key(plan.number))}
    if not keys:
        return {}
    years, numbers = {year for year, _ in keys}, {seq for _, seq in keys}
    rows = ActionItem.objects.filter(number_year__in=years, number_seq__in=numbers)
    found = rows.with_latest_feedback().for_rows().prefetch_related("groups")
    return {(item.number_year, item.number_seq): item for item in found}


def _twins(rows: Sequence[Mapping[str, Any]]) -> set[tuple[str, int | None]]:
    titles = {row["title"] for row in rows if row.get("title")}
    found = ActionItem.objects.open().filter(title__in=titles)
    return set(found.values_list("title", "lead_id"))
