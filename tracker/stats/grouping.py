"""Whose figures: by department in the official order with zero rows, by leader, speech, source, meeting or month."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tracker.items import units
from tracker.items.models import Quote
from tracker.items.reckoning import Reckoning
from tracker.meetings.models import Ruling
from tracker.org.models import Department, Person
from tracker.stats.facts import Fact, Workdays
from tracker.stats.figures import Row, Span, row_of
from tracker.stats.periods import Period, months_of

NOBODY = "none"
SHARED = "g:"  # before the names of groups, in the keys of their rows


@dataclass(frozen=True, slots=True)
class Group:
    """One row to be: its key in addresses, its name, its items, and its own days where rows differ in time."""

    key: str
    label: str
    facts: Sequence[Fact]
    span: Span


@dataclass(frozen=True, slots=True)
class Scope:
    """What a page counts: the facts, the days, the clock."""

    facts: Sequence[Fact]
    period: Period
    now: Reckoning

    @property
    def span(self) -> Span:
        """The part of the period that has passed."""
        return Span.of(self.period, self.now)


def by_department(scope: Scope) -> list[Group]:
    """Every department in use in its fixed order, zero rows included; a closed one only where it has items.

    Items that groups share have lines of their own at the end, by the rule of `items.units`.
    """
    own = _sorted_out(scope.facts, lambda fact: str(fact.unit or NOBODY))
    groups = [Group(NOBODY, units.NOBODY, own[NOBODY], scope.span)] if NOBODY in own else []
    for department in Department.objects.all():
        mine = own.get(str(department.pk), [])
        if department.is_active or mine:
            groups.append(Group(str(department.pk), department.name, mine, scope.span))
    shared = sorted({fact.unit for fact in scope.facts if isinstance(fact.unit, str)})
    return groups + [Group(f"{SHARED}{name}", name, own[name], scope.span) for name in shared]


def by_leader(scope: Scope) -> list[Group]:
    """责任领导 with items, in the order of the people."""
    own = _sorted_out(scope.facts, lambda fact: str(fact.leader_id or NOBODY))
    people = Person.objects.filter(pk__in=[key for key in own if key != NOBODY]).order_by("pk")
    groups = [Group(str(person.pk), str(person), own[str(person.pk)], scope.span) for person in people]
    return groups + ([Group(NOBODY, "未明确责任领导", own[NOBODY], scope.span)] if NOBODY in own else [])


def by_source(scope: Scope) -> list[Group]:
    """会议、讲话、批示 as the ledger has them, the latest issue first."""
    own = _sorted_out(scope.facts, lambda fact: fact.source or NOBODY)
    latest = sorted(own, key=lambda key: max(fact.issued_on for fact in own[key]), reverse=True)
    return [Group(key, "未注明来源" if key == NOBODY else key, own[key], scope.span) for key in latest]


def by_speech(scope: Scope) -> list[Group]:
    """Speeches whose words items stand on, the latest first. An item said at two of them counts under both."""
    facts = {fact.pk: fact for fact in scope.facts}
    said = Quote.objects.filter(item__in=facts, speech_ref__isnull=False).order_by("-said_on", "-speech_ref")
    own: dict[tuple[int, str], dict[int, Fact]] = {}
    for item, ref, title in said.values_list("item_id", "speech_ref", "speech_title"):
        if ref is not None:
            own.setdefault((ref, title), {})[item] = facts[item]
    return [Group(str(ref), title, list(mine.values()), scope.span) for (ref, title), mine in own.items()]


def by_meeting(scope: Scope) -> list[Group]:
    """例会 and the items each ruled on, the latest first. An item ruled on at several counts under each."""
    facts = {fact.pk: fact for fact in scope.facts}
    ruled = Ruling.objects.filter(item__in=facts).order_by("-meeting__held_at", "-meeting")
    own: dict[tuple[int, str], list[Fact]] = {}
    for item, meeting, title in ruled.values_list("item_id", "meeting_id", "meeting__title"):
        own.setdefault((meeting, title), []).append(facts[item])
    return [Group(str(meeting), title, mine, scope.span) for (meeting, title), mine in own.items()]


def by_month(scope: Scope) -> list[Group]:
    """The months of the period that have begun. An item in hand over several counts in each."""
    months = [month for month in months_of(scope.period) if month.start <= scope.now.today]
    return [Group(f"{m.start:%Y-%m}", m.label, scope.facts, Span.of(m, scope.now)) for m in months]


GROUPINGS: dict[str, tuple[str, Callable[[Scope], list[Group]]]] = {
    "department": ("按单位", by_department),
    "leader": ("按责任领导", by_leader),
    "speech": ("按讲话", by_speech),
    "meeting": ("按例会", by_meeting),
    "source": ("按来源", by_source),
    "month": ("按月", by_month),
}
# Where an item may stand in more than one row, the last line is no sum of the others.
OVERLAPPING = {"speech", "meeting", "month"}


def rows_of(groups: Iterable[Group], workdays: Workdays) -> list[Row]:
    """The figures of each group that has any, and of each that is shown with zeros."""
    return [row_of(group.key, group.label, group.facts, group.span, workdays) for group in groups]


def _sorted_out(facts: Sequence[Fact], key: Callable[[Fact], str]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(key(fact), []).append(fact)
    return found
