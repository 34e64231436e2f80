"""The figures, each with its written definition and the test that decides whether an item is in it.

A count, its list and a document that prints it ask the same function, so they cannot differ.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.items.reckoning import Reckoning
from tracker.stats.facts import Fact, Workdays
from tracker.stats.periods import Period


@dataclass(frozen=True, slots=True)
class Span:
    """A period as of today: a period that is not over ends today."""

    start: date
    end: date
    overdue_until: date
    is_current: bool

    @classmethod
    def of(cls, period: Period, now: Reckoning) -> "Span":
        """The part of `period` that has passed."""
        end = min(period.end, now.today)
        return cls(period.start, end, now.calendar.overdue_until(end), end == now.today)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of items."""

    key: str
    label: str
    definition: str
    holds: Callable[[Fact, Span], bool]


def _in_hand(fact: Fact, span: Span) -> bool:
    return fact.in_hand(span.start, span.end)


def _closed(fact: Fact, span: Span) -> bool:
    return fact.closed_on is not None and span.start <= fact.closed_on <= span.end


FIGURES: dict[str, Figure] = {
    figure.key: figure
    for figure in (
        Figure("total", "事项总数", "期内在办过的事项：期末以前交办、期初以前未办结，每件计一次（归在哪一行见“单位”），等于已办结加办理中；拟办、中止的不计。", _in_hand),
        Figure("issued", "其中新交办", "事项总数中，期内交办的。", lambda fact, span: span.start <= fact.issued_on <= span.end),
        Figure("closed", "已办结", "期内办结销号的事项。", _closed),
        Figure("on_time", "其中按期", "已办结中，在原定时限内报送办结的；延期后办结的不算按期，阶段性办结的不计入按期、也不计入超期。挂起的工作日顺延。", lambda fact, span: _closed(fact, span) and fact.on_time),
        Figure("open", "办理中", "期末仍未办结的事项。", lambda fact, span: fact.open_on(span.end)),
        Figure("overdue", "其中超期", "办理中，期末已过当时时限的；休息日到期的顺延至下一工作日，挂起的不计。", lambda fact, span: fact.overdue_on(span.end, span.overdue_until)),
        Figure("extended", "延期件数", "期内至少获准一次延期或重定时限的事项，同一事项只计一件。", lambda fact, span: _in_hand(fact, span) and any(span.start <= day <= span.end for day in fact.extended_on)),
        Figure("silent", "本期未反馈", "截至今天，一个反馈周期内没有反馈的事项；只在期末为今天时统计。", lambda fact, span: span.is_current and fact.silent),
    )
}  # fmt: skip

RATES = (
    ("closing_rate", "办结率", "已办结 ÷ 事项总数。各单位承担事项难易不同，仅供自我比较。"),
    ("punctuality", "按期办结率", "按期办结 ÷（已办结 － 阶段性办结）。"),
    ("mean_days", "平均办理工作日", "每件自交办至办结（未办结的至期末）的工作日数的平均，含办理中的事项。"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one group of items. Rates are None where there is nothing to divide by."""

    key: str
    label: str
    counts: dict[str, int]
    staged: int
    mean_days: float | None

    @property
    def closing_rate(self) -> float | None:
        """办结率, 0 to 1."""
        return _ratio(self.counts["closed"], self.counts["total"])

    @property
    def punctuality(self) -> float | None:
        """按期办结率, 0 to 1."""
        return _ratio(self.counts["on_time"], self.counts["closed"] - self.staged)

    @property
    def judged(self) -> int:
        """What 按期办结率 is a part of."""
        return self.counts["closed"] - self.staged


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def row_of(key: str, label: str, facts: Sequence[Fact], span: Span, workdays: Workdays) -> Row:
    """All figures of `facts`."""
    mine = [fact for fact in facts if _in_hand(fact, span)]
    days = [workdays.between(fact.issued_on, min(fact.closed_on or span.end, span.end)) for fact in mine]
    return Row(
        key=key,
        label=label,
        counts={figure.key: sum(figure.holds(fact, span) for fact in facts) for figure in FIGURES.values()},
        staged=sum(_closed(fact, span) and fact.staged for fact in mine),
        mean_days=sum(days) / len(days) if days else None,
    )
