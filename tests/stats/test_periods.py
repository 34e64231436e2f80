"""Periods and their names."""

from datetime import date

import pytest

from tracker.stats.periods import Term, months_of, own_period, period_of

TODAY = date(2026, 4, 15)
TERMS = (
    Term("2025年秋季学期", date(2025, 9, 1), date(2026, 1, 23)),
    Term("2026年春季学期", date(2026, 3, 2), date(2026, 7, 10)),
)


@pytest.mark.parametrize(
    ("kind", "back", "label", "start", "end"),
    [
        pytest.param("week", 0, "2026年4月13日—4月19日", date(2026, 4, 13), date(2026, 4, 19), id="week"),
        pytest.param("month", 0, "2026年4月", date(2026, 4, 1), date(2026, 4, 30), id="month"),
        pytest.param("month", 4, "2025年12月", date(2025, 12, 1), date(2025, 12, 31), id="over-new-year"),
        pytest.param("quarter", 0, "2026年第二季度", date(2026, 4, 1), date(2026, 6, 30), id="quarter"),
        pytest.param("quarter", 2, "2025年第四季度", date(2025, 10, 1), date(2025, 12, 31), id="quarter-back"),
        pytest.param("half", 1, "2025年下半年", date(2025, 7, 1), date(2025, 12, 31), id="half-back"),
        pytest.param("year", 0, "2026年", date(2026, 1, 1), date(2026, 12, 31), id="year"),
        pytest.param("term", 0, "2026年春季学期", date(2026, 3, 2), date(2026, 7, 10), id="term"),
        pytest.param("term", 1, "2025年秋季学期", date(2025, 9, 1), date(2026, 1, 23), id="term-back"),
        pytest.param("term", 2, "2025年上半年", date(2025, 1, 1), date(2025, 6, 30), id="term-unknown"),
    ],
)  # fmt: skip
def test_the_days_of_a_period(kind, back, label, start, end):
    period = period_of(kind, today=TODAY, back=back, terms=TERMS)
    assert (period.label, period.start, period.end) == (label, start, end)


def test_days_given_the_wrong_way_round_are_put_right():
    assert own_period(date(2026, 4, 1), date(2026, 3, 1)).start == date(2026, 3, 1)


def test_months_are_cut_to_the_period():
    months = months_of(own_period(date(2026, 1, 20), date(2026, 3, 5)))
    assert [(m.start.day, m.end.day) for m in months] == [(20, 31), (1, 28), (1, 5)]
