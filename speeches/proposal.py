"""What a candidate would become if it were accepted as it stands: the card shows it, a person confirms or changes it."""

from dataclasses import dataclass
from datetime import date, timedelta

from speeches.models import Candidate
from speeches.units import Matched, UnitBook
from tracker.items.models import ActionItem
from tracker.org.models import Department

Cycle = ActionItem.Cycle
# 每天 becomes 每周: the 减负 rules forbid daily reports. 每学期 and 每年 are too rare to report by: 每季度.
_CYCLES = {
    "daily": Cycle.WEEKLY,
    "weekly": Cycle.WEEKLY,
    "monthly": Cycle.MONTHLY,
    "quarterly": Cycle.QUARTERLY,
    "termly": Cycle.QUARTERLY,
    "yearly": Cycle.QUARTERLY,
}
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
    """The prefilled choice, with what the directory does not know kept as written."""

    choice: Choice
    lead_text: str = ""
    supporting_text: str = ""
    suggested: tuple[Department, ...] = ()


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
        cycle=cycle_for(candidate.recur, due=candidate.due, spoken_on=spoken_on),
    )
    return Proposal(choice, _join(lead), _join(supporting), book.match(candidate.suggested).departments)


def in_order(departments: tuple[Department, ...]) -> tuple[Department, ...]:
    """Each once, in the official order."""
    unique = {department.pk: department for department in departments}
    return tuple(sorted(unique.values(), key=lambda department: (department.position, department.pk)))


def cycle_for(recur: str, *, due: date | None, spoken_on: date | None) -> str:
    """反馈周期: the stated rhythm; else 一次性 when due within 31 days of the speech, else 每月."""
    if recur in _CYCLES:
        return _CYCLES[recur]
    if due is not None and spoken_on is not None and due - spoken_on <= _SOON:
        return Cycle.ONCE
    return Cycle.MONTHLY


def stands_in_text(candidate: Candidate, proposal: Proposal) -> bool:
    """Whether unit and date are both certain: a known department leads, and the date is written, not reckoned."""
    written = candidate.due is not None and bool(candidate.due_phrase) and not candidate.due_reckoned
    return proposal.choice.lead is not None and written


def _without(lead: Department | None, departments: tuple[Department, ...]) -> tuple[Department, ...]:
    return tuple(department for department in departments if lead is None or department.pk != lead.pk)


def _join(matched: Matched) -> str:
    return "、".join(matched.unknown)[:200]
