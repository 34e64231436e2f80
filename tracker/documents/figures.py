"""The frozen snapshot a document is written from: one line an item, and the figures counted from the lines.

Whatever a document says stands here: sentences, tables and annex are made from the same lines, so that they cannot
tell different stories. `agreement.py` checks that they do not.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self

from tracker.items.units import NOBODY, Unit, unit_of
from tracker.meetings.plain import from_plain, to_plain

CLOSED, OPEN, WITHDRAWN = "closed", "open", "withdrawn"


@dataclass(frozen=True, slots=True)
class Words:
    """The words an item stands on."""

    text: str
    section: str = ""
    speech_ref: int | None = None
    speech_title: str = ""
    speaker: str = ""
    said_on: date | None = None
    start: int = 0


@dataclass(frozen=True, slots=True)
class Application:
    """延期申请 as it was filed and, if it was, decided. The two signatures have a name and a day."""

    asked_on: date
    due_then: date
    wanted: date
    reason: str = ""
    done: str = ""
    next_step: str = ""
    head: str = ""
    review: str = ""
    reviewed_by: str = ""
    reviewed_on: date | None = None
    answer: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    approved: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One item at the moment of the snapshot. Days late and left are working days."""

    item_id: int
    number: str
    title: str
    state: str = OPEN
    status: str = ""
    department_id: int | None = None
    groups: str = ""  # who shares an item without a lead
    department: str = ""
    department_name: str = ""
    supporting: str = ""
    supporting_leaders: str = ""
    leader: str = ""
    owner: str = ""
    owner_phone: str = ""
    officer: str = ""
    officer_phone: str = ""
    level: str = ""
    requirement: str = ""
    measures: str = ""
    source: str = ""
    source_date: date | None = None
    issued_on: date | None = None
    original_due: date | None = None
    due: date | None = None
    extensions: int = 0
    cycle: str = ""
    closed_on: date | None = None
    closing: str = ""
    light: str = ""
    overdue: bool = False
    due_soon: bool = False
    silent: bool = False
    days_late: int = 0
    days_late_original: int = 0
    days_left: int = 0
    chased: int = 0
    previous_card: str = ""
    progress: str = ""
    progress_on: date | None = None
    problem: str = ""
    next_step: str = ""
    percent: int | None = None
    words: tuple[Words, ...] = ()
    application: Application | None = None

    @property
    def was_extended(self) -> bool:
        """Whether its due date was ever moved."""
        return self.extensions > 0


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers of items. `unsaid` were closed without saying how. `overdue`, `due_soon`, `silent` are among the open ones, `extended` among all."""

    total: int = 0
    closed: int = 0
    open: int = 0
    withdrawn: int = 0
    on_time: int = 0
    late: int = 0
    staged: int = 0
    unsaid: int = 0
    overdue: int = 0
    due_soon: int = 0
    silent: int = 0
    extended: int = 0
    statuses: tuple[tuple[str, int], ...] = ()


def count(lines: Sequence[Line]) -> Figures:
    """The figures of some lines."""
    closings = Counter(line.closing for line in lines if line.state == CLOSED)
    return Figures(
        total=len(lines),
        closed=sum(line.state == CLOSED for line in lines),
        open=sum(line.state == OPEN for line in lines),
        withdrawn=sum(line.state == WITHDRAWN for line in lines),
        on_time=closings["按期办结"],
        late=closings["超期办结"],
        staged=closings["阶段性办结"],
        unsaid=closings[""],
        overdue=sum(line.overdue for line in lines),
        due_soon=sum(line.due_soon for line in lines),
        silent=sum(line.silent for line in lines),
        extended=sum(line.was_extended for line in lines),
        statuses=tuple(Counter(line.status for line in lines).items()),
    )


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of one department (or one source), zero or not."""

    name: str
    figures: Figures
    key: int | None = None


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """The office's names as they were."""

    name: str
    short_name: str = ""
    prefix: str = ""

    @property
    def signs(self) -> str:
        """How it calls itself in running text."""
        return self.short_name or self.name


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Lines in the office's order with their figures. `scope` says in words what they are."""

    taken_at: datetime
    today: date
    office: OfficeFacts
    scope: str = ""
    lines: tuple[Line, ...] = ()
    figures: Figures = Figures()
    departments: tuple[Group, ...] = ()
    sources: tuple[Group, ...] = ()
    due_soon_days: int = 3
    # What only one document needs: the speech's title, the meeting's facts.
    facts: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(
        cls, lines: Iterable[Line], *, departments: Iterable[tuple[int | None, str]] = (), **facts: Any
    ) -> Self:
        """Count the figures of `lines`. `departments` names those that are listed even with zero items."""
        rows = tuple(lines)
        return cls(
            lines=rows,
            figures=count(rows),
            departments=_by_department(rows, departments),
            sources=_by_source(rows),
            **facts,
        )

    def plain(self) -> dict[str, Any]:
        """As JSON values."""
        return to_plain(self)  # type: ignore[no-any-return]

    @classmethod
    def revive(cls, data: dict[str, Any]) -> Self:
        """From JSON values."""
        return from_plain(cls, data)


def _by_department(lines: Sequence[Line], listed: Iterable[tuple[int | None, str]]) -> tuple[Group, ...]:
    # A department that was closed, what groups share, and bodies the directory does not know, follow at the end.
    names: dict[Unit, str] = dict(listed)
    rows: dict[Unit, list[Line]] = {key: [] for key in names}
    for line in lines:
        unit = unit_of(line.department_id, line.groups)
        names.setdefault(unit, NOBODY if unit is None else line.groups or line.department)
        rows.setdefault(unit, []).append(line)
    return tuple(
        Group(names[key], count(found), key if isinstance(key, int) else None) for key, found in rows.items()
    )


def _by_source(lines: Sequence[Line]) -> tuple[Group, ...]:
    rows: dict[str, list[Line]] = {}
    for line in lines:
        rows.setdefault(line.source or "其他", []).append(line)
    return tuple(Group(name, count(found)) for name, found in rows.items())
