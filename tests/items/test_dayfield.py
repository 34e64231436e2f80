"""Dates as people type them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tracker.items.dayfield import DayField


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2026-04-20", date(2026, 4, 20)),
        ("2026年4月20日", date(2026, 4, 20)),
        ("2026.4.20", date(2026, 4, 20)),
        ("2027/1/5", date(2027, 1, 5)),
        ("20260420", date(2026, 4, 20)),
        ("4月20日", date(2026, 4, 20)),
        ("4.20", date(2026, 4, 20)),
        (" 4月 20日 ", date(2026, 4, 20)),
    ],
)
def test_usual_spellings_are_read(wednesday, typed, expected):
    assert DayField().clean(typed) == expected


@pytest.mark.parametrize("typed", ["2026-02-30", "13月1日", "尽快", "4月", "2026-4-20-1", "0420"])
def test_what_is_no_date_is_repeated_in_the_error(wednesday, typed):
    with pytest.raises(ValidationError, match=f"“{typed}”不是有效日期"):
        DayField().clean(typed)


def test_nothing_is_no_date_and_no_error():
    assert DayField(required=False).clean("") is None
