"""What a candidate would become if it were accepted as it stands: the card shows it, a person confirms or changes it."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from speeches.models import Candidate
from speeches.units import Matched, UnitBook
from tracker.items.models import ActionItem
from tracker.org.models import Department, DepartmentGroup

Cycle = ActionItem.Cycle
# 每天 becomes 每周: the 减负 rules forbid daily reports. 每学期 and 每年 are too rare to report by: 每季度.
_CYCLES = {
    "daily": Cycle.WEEKLY,
    "weekly": Cycle.WEEKLY,
    "biweekly": Cycle.BIWEEKLY,
    "monthly": Cycle.MONTHLY,
    "quarterly": Cycle.QUARTERLY,
    "termly": Cycle.QUARTERLY,
    "yearly": Cycle.QUARTERLY,
}
# The engine knows no rhythm between a week and a month: the words tell.
_FORTNIGHT = re.compile(r"[两二2]个?(?:周|星期)|双周|隔周|半个?月")
_SOON = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Choice:
    """The facts of the item to be: all a reviewer may change on the card. Departments are sorted as in lists."""

    title: str
    lead: Department | None = None
    supporting: tuple[Department, ...] = ()
    due: date | None = None
    cycle: str = Cycle.MONTHLY

    def differs_from(self, other: "Choice") -> bool:
        """Whether a person changed anything."""
        return self != other


@dataclass(frozen=True, slots=True)
class Proposal:
    """The prefilled choice, with what the directory does not know kept as written.

    `groups` are those that the text makes responsible (各学校要…): issued without a lead, each member gets its share.
    """

    choice: Choice
    lead_text: str = ""
    supporting_text: str = ""
    suggested: tuple[Department, ...] = ()
    groups: tuple[DepartmentGroup, ...] = ()

    def groups_for(self, choice: Choice) -> tuple[DepartmentGroup, ...]:
        """Whom the item goes to beside its lead: nobody once a reviewer has named one."""
        return self.groups if choice.lead is None else ()


def propose(candidate: Candidate, *, book: UnitBook, spoken_on: date | None) -> Proposal:
    """Prefill from what stands in the text. The first-named unit leads; of several, the others support.

    A first-named unit that the directory does not know leaves the lead blank: the second one is not promoted.
    """
    lead = book.match(candidate.lead)
    supporting = book.match(candidate.supporting)
    first = book.find(candidate.lead[0]) if candidate.lead else None
    others = _without(first, (*lead.departments, *supporting.departments))
    choice = Choice(
        title=candidate.title,
        lead=first,
        supporting=in_order(others),
        due=candidate.due,
        cycle=cycle_for(rhythm_of(candidate), due=candidate.due, spoken_on=spoken_on),
    )
    return Proposal(
        choice,
        _join(lead),
        _join(supporting),
        book.match(candidate.suggested).departments,
        book.groups_in(candidate.lead) if first is None else (),
    )


def in_order(departments: tuple[Department, ...]) -> tuple[Department, ...]:
    """Each once, in the official order."""
    unique = {department.pk: department for department in departments}
    return tuple(sorted(unique.values(), key=lambda department: (department.position, department.pk)))


def rhythm_of(candidate: Candidate) -> str:
    """The stated rhythm; "biweekly" where the words say 每两周 or 每半月. Empty when none is stated."""
    often = candidate.recur in ("weekly", "monthly")
    return "biweekly" if often and _FORTNIGHT.search(candidate.due_phrase) else candidate.recur


def cycle_for(recur: str, *, due: date | None, spoken_on: date | None) -> str:
    """反馈周期: the stated rhythm; else 一次性 when due within 31 days of the speech, else 每月."""
    if recur in _CYCLES:
        return _CYCLES[recur]
    if due is not None and spoken_on is not None and due - spoken_on <= _SOON:
        return Cycle.ONCE
    return Cycle.MONTHLY


def stands_in_text(candidate: Candidate, proposal: Proposal) -> bool:
    """Whether unit and date are both certain: a known department or group, and a date that is written, not reckoned."""
    written = candidate.due is not None and bool(candidate.due_phrase) and not candidate.due_reckoned
    return (proposal.choice.lead is not None or bool(proposal.groups)) and written


def _without(lead: Department | None, departments: tuple[Department, ...]) -> tuple[Department, ...]:
    return tuple(department for department in departments if lead is None or department.pk != lead.pk)


def _join(matched: Matched) -> str:
    return "、".join(matched.unknown)[:200]
