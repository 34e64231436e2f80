"""Periods: 周 月 季 半年 年 学期, this one or an earlier one, or days of one's own. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)
# What a year of weeks needs; further back the ledger has its own filters.
FURTHEST = 60


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both included, with its name."""

    label: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Term:
    """A school term as periods need it."""

    name: str
    starts: date
    ends: date


KINDS = (
    ("week", "周"), ("month", "月"), ("quarter", "季度"), ("half", "半年"), ("year", "年"), ("term", "学期"), ("own", "自定"),
)  # fmt: skip


def period_of(kind: str, *, today: date, back: int = 0, terms: Sequence[Term] = ()) -> Period:
    """The period of `kind` that `today` lies in, or the `back`-th before it. Without terms a 学期 is a half year."""
    back = min(max(back, 0), FURTHEST)
    if kind == "term":
        return _term(today, back, terms)
    return _STEPS.get(kind, _year)(today, back)


def own_period(start: date, end: date) -> Period:
    """From `start` to `end`; the other way round is put right."""
    start, end = min(start, end), max(start, end)
    return Period(
        f"{start.year}年{start.month}月{start.day}日至{end.year}年{end.month}月{end.day}日", start, end
    )


def months_of(period: Period) -> list[Period]:
    """The calendar months of a period, cut to it: the rows of 按月."""
    found, day = [], period.start
    while day <= period.end:
        whole = _month(day, 0)
        found.append(Period(whole.label, max(whole.start, period.start), min(whole.end, period.end)))
        day = whole.end + _DAY
    return found


def _week(today: date, back: int) -> Period:
    monday = today - timedelta(days=today.weekday() + 7 * back)
    sunday = monday + timedelta(days=6)
    return Period(
        f"{monday.year}年{monday.month}月{monday.day}日—{sunday.month}月{sunday.day}日", monday, sunday
    )


def _span(today: date, back: int, months: int) -> tuple[date, date]:
    """The `months`-long part of the year that lies `back` parts before the one of `today`."""
    index = (today.year * 12 + today.month - 1) // months - back
    first, after = index * months, (index + 1) * months
    start = date(first // 12, first % 12 + 1, 1)
    return start, date(after // 12, after % 12 + 1, 1) - _DAY


def _month(today: date, back: int) -> Period:
    start, end = _span(today, back, 1)
    return Period(f"{start.year}年{start.month}月", start, end)


def _quarter(today: date, back: int) -> Period:
    start, end = _span(today, back, 3)
    return Period(f"{start.year}年第{'一二三四'[start.month // 3]}季度", start, end)


def _half(today: date, back: int) -> Period:
    start, end = _span(today, back, 6)
    return Period(f"{start.year}年{'上' if start.month == 1 else '下'}半年", start, end)


def _year(today: date, back: int) -> Period:
    start, end = _span(today, back, 12)
    return Period(f"{start.year}年", start, end)


_STEPS: dict[str, Callable[[date, int], Period]] = {
    "week": _week, "month": _month, "quarter": _quarter, "half": _half, "year": _year,
}  # fmt: skip


def _term(today: date, back: int, terms: Sequence[Term]) -> Period:
    begun = sorted((term for term in terms if term.starts <= today), key=lambda term: term.starts)
    if back >= len(begun):
        return _half(today, back)
    term = begun[-1 - back]
    return Period(term.name, term.starts, term.ends)
