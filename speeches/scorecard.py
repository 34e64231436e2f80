"""提取质量: how far the engine's proposals held, told from the decisions of the review. Pure queries, nothing is stored.

The parts add up: proposed = waiting + decided; decided = accepted + edited + merged + split + turned into requirements +
rejected by its four reasons; taken = accepted + edited + merged + pieces + promoted requirements + added by hand.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce

from speeches.models import Candidate, Speech, SpeechQuerySet
from speeches.outcomes import Outcome, fates

_SHOWN = 100  # speeches with a line of their own; earlier ones share one line, so that the sums still agree
_RULES = 8
_ADOPTED = (Outcome.ACCEPTED, Outcome.EDITED, Outcome.MERGED)
_REJECTED = (Outcome.PRINCIPLE, Outcome.SITUATION, Outcome.DUPLICATE, Outcome.ELSEWHERE)
_DECIDED = (*_ADOPTED, Outcome.SPLIT, Outcome.TO_REQUIREMENT, *_REJECTED)
_BESIDES = (Outcome.PIECE, Outcome.PROMOTED, Outcome.ADDED)


@dataclass(frozen=True, slots=True)
class Share:
    """n of m."""

    part: int
    whole: int

    @property
    def percent(self) -> str:
        """85.2%; a dash where there is nothing to divide by."""
        return f"{100 * self.part / self.whole:.1f}%" if self.whole else "—"


@dataclass(frozen=True, slots=True)
class Tally:
    """Candidates by outcome, and the unclaimed sentences that were waved through as no task."""

    counts: Counter[Outcome] = field(default_factory=Counter)
    dismissed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.counts + other.counts, self.dismissed + other.dismissed)

    def of(self, *outcomes: Outcome) -> int:
        """How many have one of these outcomes."""
        return sum(self.counts[outcome] for outcome in outcomes)

    @property
    def proposed(self) -> int:
        """Tasks the engine proposed: 提取任务."""
        return self.of(Outcome.WAITING) + self.decided

    @property
    def decided(self) -> int:
        """Those of them that a person has decided: 已处理."""
        return self.of(*_DECIDED)

    @property
    def rejected(self) -> int:
        """不作为任务, for whatever reason."""
        return self.of(*_REJECTED)

    @property
    def to_requirement(self) -> int:
        """Proposed as tasks, turned into requirements: 转为一般要求."""
        return self.of(Outcome.TO_REQUIREMENT)

    @property
    def promoted(self) -> int:
        """Proposed as requirements, taken as tasks: 要求转任务."""
        return self.of(Outcome.PROMOTED)

    @property
    def taken(self) -> int:
        """All candidates taken as tasks, wherever they came from: 采纳合计."""
        return self.of(*_ADOPTED, *_BESIDES)

    @property
    def adoption(self) -> Share:
        """采纳率."""
        return Share(self.of(*_ADOPTED), self.decided)

    @property
    def rejection(self) -> Share:
        """不作为任务 among the decided: what a rule's own share is to be measured by."""
        return Share(self.rejected, self.decided)

    @property
    def missed(self) -> Share:
        """漏提率."""
        return Share(self.of(Outcome.ADDED), self.taken)

    @property
    def has_begun(self) -> bool:
        """Whether anybody has decided anything."""
        return bool(self.decided or self.taken or self.dismissed)


@dataclass(frozen=True, slots=True)
class Line:
    """One speech."""

    speech: Speech
    tally: Tally


@dataclass(frozen=True, slots=True)
class Version:
    """The speeches last extracted by one version of the engine; `name` is blank where none was noted."""

    name: str
    speeches: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class RuleCount:
    """A rule that spoke for tasks: in how many decided ones it fired, how many of those were not taken."""

    rule: str
    phrase: str
    fired: int
    rejected: int
    to_requirement: int

    @property
    def rejection(self) -> Share:
        """The rejected among those it fired in."""
        return Share(self.rejected, self.fired)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The whole page. `total` covers `lines` and `earlier`; `earlier` is what has no line of its own."""

    lines: tuple[Line, ...]
    earlier: Tally
    earlier_count: int
    total: Tally
    finished: int
    versions: tuple[Version, ...]
    rules: tuple[RuleCount, ...]

    @property
    def count(self) -> int:
        """The speeches that are reviewed, wholly or in part."""
        return len(self.lines) + self.earlier_count

    @property
    def unfinished(self) -> int:
        """Those reviewed in part."""
        return self.count - self.finished


def scorecard(*, speeches: SpeechQuerySet, shown: int = _SHOWN) -> Scorecard:
    """The figures of those `speeches` whose review has begun, in their order. Three queries, whatever their number."""
    lines = _lines(speeches)
    rest = [line.tally for line in lines[shown:]]
    return Scorecard(
        lines=tuple(lines[:shown]),
        earlier=_sum(rest),
        earlier_count=len(rest),
        total=_sum(line.tally for line in lines),
        finished=sum(line.speech.reviewed_at is not None for line in lines),
        versions=_versions(lines),
        rules=misleading_rules(speeches=speeches),
    )


def misleading_rules(*, speeches: SpeechQuerySet, at_most: int = _RULES) -> tuple[RuleCount, ...]:
    """The rules that fired most often in tasks which were rejected; one that spoke against a task misled nobody.

    The phrase is the one the latest speech stored. One query.
    """
    tasks = Candidate.objects.filter(
        speech__in=speeches.order_by(), origin=Candidate.Origin.ENGINE, is_requirement=False
    ).exclude(status__in=Candidate.UNDECIDED)
    fired: Counter[str] = Counter()
    not_taken: Counter[tuple[str, str]] = Counter()
    phrases: dict[str, str] = {}
    for status, reasons in tasks.order_by("pk").values_list("status", "reasons"):
        spoke_for = {row["rule"]: row["phrase"] for row in reasons if row.get("weight", 0) > 0}
        phrases |= spoke_for
        fired.update(spoke_for.keys())
        not_taken.update((rule, status) for rule in spoke_for)
    counts = [
        RuleCount(rule, phrases[rule], n, not_taken[rule, "rejected"], not_taken[rule, "requirement"])
        for rule, n in fired.items()
    ]
    counts = [count for count in counts if count.rejected]
    return tuple(sorted(counts, key=lambda count: (-count.rejected, count.fired, count.rule))[:at_most])


def _lines(speeches: SpeechQuerySet) -> list[Line]:
    counts: dict[int, Counter[Outcome]] = {}
    for fate in fates(Candidate.objects.filter(speech__in=speeches.order_by())):
        counts.setdefault(fate.speech, Counter())[fate.outcome] += 1
    rows = speeches.only("title", "file_name", "held_on", "engine_version", "reviewed_at", "dismissed")
    lines = [Line(row, Tally(counts.get(row.pk, Counter()), len(row.dismissed))) for row in rows]
    return [line for line in lines if line.speech.reviewed_at or line.tally.has_begun]


def _versions(lines: Iterable[Line]) -> tuple[Version, ...]:
    """The latest version first; what has no version comes last."""
    groups: dict[str, list[Tally]] = {}
    for line in lines:
        groups.setdefault(line.speech.engine_version, []).append(line.tally)
    names = sorted(groups, key=lambda name: [(len(part), part) for part in name.split(".")], reverse=True)
    return tuple(Version(name, len(groups[name]), _sum(groups[name])) for name in names)


def _sum(tallies: Iterable[Tally]) -> Tally:
    return reduce(Tally.__add__, tallies, Tally())
