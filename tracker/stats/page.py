"""One statistics page: what was asked for, and the rows that answer it."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import count

from django.http import QueryDict

from tracker.items.models import ActionItem
from tracker.items.querysets import ActionItemQuerySet
from tracker.items.reckoning import Reckoning
from tracker.org.calendar import FIRST_YEAR, LAST_YEAR
from tracker.org.models import Person, SchoolTerm
from tracker.stats.facts import Workdays, visible_facts
from tracker.stats.figures import FIGURES, Figure, Row, row_of
from tracker.stats.grouping import GROUPINGS, NOBODY, OVERLAPPING, SHARED, Group, Scope, rows_of
from tracker.stats.periods import KINDS, Period, Term, own_period, period_of

TOTAL = "all"


@dataclass(eq=False)
class StatsPage:
    """The statistics one person sees under one query string. Unknown values fall back to the defaults."""

    user: Person
    query: QueryDict
    now: Reckoning = field(default_factory=Reckoning.now)

    @cached_property
    def kind(self) -> str:
        """week, month, quarter, half, year, term or own."""
        asked = self.query.get("period", "")
        return asked if asked in dict(KINDS) else "year"

    @cached_property
    def back(self) -> int:
        """How many periods back."""
        asked = self.query.get("back", "")
        return min(int(asked), 99) if asked.isdecimal() and len(asked) < 4 else 0

    @cached_property
    def period(self) -> Period:
        """The period asked for."""
        if self.kind == "own":
            first, last = _day(self.query.get("from", "")), _day(self.query.get("to", ""))
            return own_period(first or date(self.now.today.year, 1, 1), last or self.now.today)
        terms = [Term(term.name, term.starts, term.ends) for term in SchoolTerm.objects.all()]
        return period_of(self.kind, today=self.now.today, back=self.back, terms=terms)

    @cached_property
    def by(self) -> str:
        """How the rows are grouped."""
        asked = self.query.get("by", "")
        return asked if asked in GROUPINGS else "department"

    @cached_property
    def items(self) -> ActionItemQuerySet:
        """All this person may see."""
        return ActionItem.objects.visible_to(self.user)

    @cached_property
    def scope(self) -> Scope:
        """The facts and days of the page."""
        facts = visible_facts(self.items, silent=self.items.without_feedback(self.now))
        return Scope(facts, self.period, self.now)

    @cached_property
    def groups(self) -> list[Group]:
        """The rows to be."""
        return GROUPINGS[self.by][1](self.scope)

    @cached_property
    def workdays(self) -> Workdays:
        """Working days from the first issue to the end of the period."""
        issued = [fact.issued_on for fact in self.scope.facts]
        return Workdays(self.now.calendar, min([*issued, self.now.today]), self.now.today)

    @cached_property
    def rows(self) -> list[Row]:
        """One row a group; other groupings than by department leave out what has nothing to show."""
        rows = rows_of(self.groups, self.workdays)
        return rows if self.by in ("department", "month") else [row for row in rows if row.counts["total"]]

    @property
    def numbered(self) -> list[tuple[int | str, Row]]:
        """The rows with their numbers; who is no department (未明确单位, 各学校) has none."""
        places = count(1)
        return [
            ("—" if row.key == NOBODY or row.key.startswith(SHARED) else next(places), row)
            for row in self.rows
        ]

    @cached_property
    def total(self) -> Row:
        """The last line, computed from the items and not from the lines: an item counts once."""
        return row_of(TOTAL, "合计", self.scope.facts, self.scope.span, self.workdays)

    @property
    def overlapping(self) -> bool:
        """Whether an item may stand in more than one row."""
        return self.by in OVERLAPPING

    @property
    def figure(self) -> Figure | None:
        """The figure whose list is asked for."""
        return FIGURES.get(self.query.get("figure", ""))

    @property
    def group(self) -> Group | None:
        """The row whose list is asked for; all of them for the last line."""
        key = self.query.get("row", TOTAL)
        if key == TOTAL:
            return Group(TOTAL, "合计", self.scope.facts, self.scope.span)
        return next((group for group in self.groups if group.key == key), None)

    def listed(self, figure: Figure, group: Group) -> ActionItemQuerySet:
        """The items behind one number."""
        held = [fact.pk for fact in group.facts if figure.holds(fact, group.span)]
        return self.items.filter(pk__in=held)

    def state_with(self, **changes: object) -> str:
        """The query string of this page with some parts changed; None drops one."""
        kept = QueryDict(mutable=True)
        known = {"period": self.kind, "back": self.back or None, "by": self.by}
        if self.kind == "own":
            known |= {"from": self.period.start.isoformat(), "to": self.period.end.isoformat()}
        for key, value in (known | changes).items():
            if value not in (None, ""):
                kept[key] = str(value)
        return kept.urlencode()

    @property
    def state(self) -> str:
        """The query string of this page."""
        return self.state_with()

    @property
    def earlier(self) -> str:
        """One period back."""
        return self.state_with(back=self.back + 1)

    @property
    def later(self) -> str:
        """One period on; empty for the current one."""
        return self.state_with(back=self.back - 1 or None) if self.back else ""


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
