"""What a meeting sees, as plain values: rows, figures, departments. A closed meeting is shown from these alone."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from tracker.items.states import ClosingKind
from tracker.meetings.models import RulingKind
from tracker.meetings.plain import from_plain, to_plain

if TYPE_CHECKING:
    from tracker.meetings.models import Ruling


@dataclass(frozen=True, slots=True)
class Row:
    """One item as the meeting sees it. Days late are working days; `streak` counts this meeting (1: first time)."""

    item_id: int
    number: str
    title: str
    position: int = 0
    department_id: int | None = None
    department: str = ""
    supporting: str = ""
    leader: str = ""
    status: str = ""
    source: str = ""
    source_date: date | None = None
    issued_on: date | None = None
    original_due: date | None = None
    due: date | None = None
    extensions: int = 0
    days_late: int = 0
    days_late_original: int = 0
    streak: int = 0
    closed_on: date | None = None
    closing: str = ""
    progress: str = ""
    progress_on: date | None = None
    problem: str = ""
    next_step: str = ""
    asks_meeting: bool = False
    proposal: str = ""
    proposal_kind: str = ""
    place: int = 0  # where the officer put it; 0: by department
    added: bool = False
    dropped: bool = False
    asked: bool = False
    previous_ruling: str = ""
    ruling: str = ""
    ruling_kind: str = ""
    ruling_due: date | None = None
    ruling_lead: str = ""
    lead_before: str = ""  # who led when the meeting came to the item
    silent: bool = False  # 本期未反馈
    # Dealt with at this meeting, so no longer overdue, but still on its list.
    settled: bool = False

    @property
    def was_extended(self) -> bool:
        """Whether the current due date is not the original one."""
        return self.due != self.original_due

    @property
    def proposal_label(self) -> str:
        """The proposed handling in words."""
        return RulingKind(self.proposal_kind).label if self.proposal_kind else ""

    @property
    def ruling_label(self) -> str:
        """What the meeting did, in words."""
        return RulingKind(self.ruling_kind).label if self.ruling_kind else ""

    def ruled(self, ruling: "Ruling") -> Self:
        """This row with what the meeting said of it."""
        return replace(
            self,
            ruling=ruling.text,
            ruling_kind=ruling.kind,
            ruling_due=ruling.due,
            ruling_lead=str(ruling.lead or ""),
            lead_before=ruling.facts.get("department", ""),
        )


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of section one. All are numbers of items."""

    open_before: int = 0
    new: int = 0
    reopened: int = 0
    closed: int = 0
    withdrawn: int = 0
    open: int = 0
    drafts: int = 0
    overdue: int = 0
    extended: int = 0
    silent: int = 0

    @property
    def balances(self) -> bool:
        """The arithmetic line: open before + new + reopened - closed - withdrawn = open."""
        return self.open_before + self.new + self.reopened - self.closed - self.withdrawn == self.open


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """One department's figures, zero or not; without a key it is nobody's or shared by groups. `material`: 已报, 未报, or blank when there was nothing to report."""

    department_id: int | None
    name: str
    open: int = 0
    overdue: int = 0
    due: int = 0
    closed: int = 0
    new: int = 0
    silent: int = 0
    material: str = ""


@dataclass(frozen=True, slots=True)
class Agenda:
    """Everything the page of a meeting shows. `since` is the mark the previous meeting set."""

    taken_at: datetime
    until: date
    since: datetime | None = None
    previous_title: str = ""
    previous_number: int = 0
    previous: Totals | None = None
    previous_listed: int = 0
    previous_rulings: int = 0
    totals: Totals = Totals()
    closed: tuple[Row, ...] = ()
    withdrawn: tuple[Row, ...] = ()
    overdue: tuple[Row, ...] = ()
    due: tuple[Row, ...] = ()
    coordinate: tuple[Row, ...] = ()
    # Ruled on at the meeting without being overdue or asking for it.
    others: tuple[Row, ...] = ()
    new: tuple[Row, ...] = ()
    reopened: tuple[Row, ...] = ()
    departments: tuple[DepartmentRow, ...] = ()
    open_ids: tuple[int, ...] = ()
    # All that is open or has ended since, each once: read only for the annex of the report.
    ledger: tuple[Row, ...] = ()
    no_lead: int = 0
    no_due: int = 0

    @property
    def screens(self) -> tuple[Row, ...]:
        """The items gone through on the projector, each once: overdue, to coordinate, whatever else was ruled on."""
        listed = {row.item_id: row for row in (*self.others, *self.coordinate, *self.overdue)}
        order = {row.item_id: None for row in (*self.overdue, *self.coordinate, *self.others)}
        rows = [listed[item_id] for item_id in order]
        shown = [row for row in rows if not row.dropped or row.ruling_kind]
        # What the officer placed stands where it was put, the rest after it in the order of the departments.
        return tuple(sorted(shown, key=lambda row: row.place or len(rows) + 1))

    @property
    def dropped(self) -> tuple[Row, ...]:
        """不上会: listed and counted, not gone through."""
        shown = {row.item_id for row in self.screens}
        rows = {row.item_id: row for row in (*self.overdue, *self.coordinate)}
        return tuple(row for row in rows.values() if row.item_id not in shown)

    @property
    def handed_on(self) -> str:
        """The ids of what the meeting gave somebody to do, as a list in words: what 督办通知单 are made of."""
        rows = (row for row in self.screens if row.ruling_kind and row.ruling_kind != RulingKind.CLOSE)
        return ",".join(str(row.item_id) for row in rows)

    @property
    def settled(self) -> int:
        """How many of the overdue ones the meeting has dealt with."""
        return sum(row.settled for row in self.overdue)

    @property
    def silent_departments(self) -> tuple[DepartmentRow, ...]:
        """本期未反馈单位."""
        return tuple(row for row in self.departments if row.silent)

    @property
    def without_material(self) -> tuple[DepartmentRow, ...]:
        """Departments that have open items and reported nothing since the last meeting."""
        return tuple(row for row in self.departments if row.material == "未报")

    @property
    def closed_on_time(self) -> int:
        """Of the closed ones, those by their original date."""
        return self._closed_as(ClosingKind.ON_TIME)

    @property
    def closed_late(self) -> int:
        """Of the closed ones, those past their original date."""
        return self._closed_as(ClosingKind.LATE)

    @property
    def closed_staged(self) -> int:
        """Of the closed ones, those that go on in another form (阶段性办结)."""
        return self._closed_as(ClosingKind.STAGED)

    def _closed_as(self, kind: ClosingKind) -> int:
        return sum(row.closing == kind.label for row in self.closed)

    @property
    def new_by_status(self) -> dict[str, int]:
        """The new ones by where they stand now, in the order first met."""
        result: dict[str, int] = {}
        for row in self.new:
            result[row.status] = result.get(row.status, 0) + 1
        return result

    @property
    def proposals(self) -> list[tuple[str, list[Row]]]:
        """拟请会议明确: proposed handling in words → the items, in the order of the kinds; unsorted ones last."""
        asked = [row for row in self.screens if row.proposal or row.proposal_kind]
        groups = [(kind.label, [row for row in asked if row.proposal_kind == kind]) for kind in RulingKind]
        groups.append(("其他", [row for row in asked if not row.proposal_kind]))
        return [(label, rows) for label, rows in groups if rows]

    @property
    def department_total(self) -> DepartmentRow:
        """The last line of the department table, computed from its lines."""
        sums = {
            name: sum(getattr(row, name) for row in self.departments)
            for name in ("open", "overdue", "due", "closed", "new", "silent")
        }
        expected = [row for row in self.departments if row.material]
        reported = sum(row.material == "已报" for row in expected)
        return DepartmentRow(None, "合计", **sums, material=f"{reported}/{len(expected)}")


def snapshot(agenda: Agenda) -> dict[str, Any]:
    """The agenda as plain JSON values, to be frozen with the meeting."""
    return to_plain(agenda)  # type: ignore[no-any-return]


def facts(row: Row) -> dict[str, Any]:
    """One row as plain JSON values."""
    return to_plain(row)  # type: ignore[no-any-return]


def agenda_from(data: dict[str, Any]) -> Agenda:
    """The agenda a closed meeting froze; what an older snapshot does not hold keeps its default."""
    return from_plain(Agenda, data)


def totals_from(data: dict[str, Any]) -> Totals:
    """The figures a closed meeting froze."""
    return from_plain(Totals, data)


def row_from(data: dict[str, Any]) -> Row:
    """A row from its facts."""
    return from_plain(Row, data)
