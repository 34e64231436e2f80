"""Dates, percentages and numerals as documents write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.documents.contexts.breakdown import breakdown_title
from tracker.documents.contexts.meeting import said_of
from tracker.documents.wording import day, names, numeral, shares, short_day
from tracker.meetings.report import Row


def test_a_day_of_this_year_needs_no_year():
    today = date(2026, 4, 15)
    assert (short_day(date(2026, 5, 1), today=today), short_day(date(2025, 5, 1), today=today)) == (
        "5月1日",
        "2025年5月1日",
    )


def test_a_missing_day_says_so():
    assert day(None, otherwise="未明确时限") == "未明确时限"


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九"), (100, "100")]
)
def test_numerals(number, text):
    assert numeral(number) == text


def test_thirds_add_up():
    assert shares([1, 1, 1]) == ["33.4%", "33.3%", "33.3%"]


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=8))
def test_shares_always_add_up_to_a_hundred(parts):
    tenths = sum(round(float(share.rstrip("%")) * 10) for share in shares(parts))
    assert tenths == (1000 if sum(parts) else 0)


def test_names_are_told_once():
    assert names(["甲科", "", "乙科", "甲科"]) == "甲科、乙科"


@pytest.mark.parametrize(
    ("speaker", "title", "expected"),
    [
        ("秦望舒", "在工作例会上的讲话", "秦望舒同志《在工作例会上的讲话》任务分解表"),
        ("秦局长", "在工作例会上的讲话", "秦局长《在工作例会上的讲话》任务分解表"),
        ("秦局长", "秦局长在工作例会上的讲话", "《秦局长在工作例会上的讲话》任务分解表"),
        ("", "在工作例会上的讲话", "《在工作例会上的讲话》任务分解表"),
    ],
)
def test_the_speaker_is_named_once_and_not_by_office_and_comrade(speaker, title, expected):
    assert breakdown_title(speaker, title) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("改由办公室牵头", "改由办公室牵头。"),
        ("月底前报结果。", "改由办公室牵头。月底前报结果。"),
        ("", "改由办公室牵头。"),
    ],
)
def test_what_the_meeting_said_is_not_said_twice(text, expected):
    row = Row(
        item_id=1,
        number="〔2026〕1号",
        title="事项",
        ruling_kind="reassign",
        ruling_lead="办公室",
        ruling=text,
    )
    assert said_of(row) == expected
