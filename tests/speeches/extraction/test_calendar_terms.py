"""Calendar words as dates: festivals that move, working days, school terms."""

from datetime import date

import pytest

from speeches.extraction import calendar_terms as terms
from speeches.extraction.model import Directory, Term
from speeches.extraction.numerals import read_number, read_upper


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("春节", 2026, date(2026, 2, 17)),
        ("春节", 2027, date(2027, 2, 6)),
        ("春节", 2030, date(2030, 2, 3)),
        ("端午节", 2028, date(2028, 5, 28)),
        ("中秋节", 2025, date(2025, 10, 6)),
        ("清明节", 2024, date(2024, 4, 4)),
        ("清明节", 2026, date(2026, 4, 5)),
        ("元宵节", 2026, date(2026, 3, 3)),
        ("除夕", 2026, date(2026, 2, 16)),
        ("国庆节", 2031, date(2031, 10, 1)),
        ("春节", 2090, None),
    ],
)
def test_a_festival_falls_on_its_day(name, year, day):
    assert terms.festival(name, year) == day


@pytest.mark.parametrize(
    ("month", "day", "expected"),
    [("腊月", 20, date(2026, 2, 7)), ("正月", 15, date(2026, 3, 3)), ("腊月", 30, None), ("腊月", 31, None)],
)
def test_a_lunar_day_is_found_or_the_month_is_too_short(month, day, expected):
    assert terms.lunar_day(month, day, 2026) == expected  # the 腊月 before it has 29 days


def test_months_end_where_the_shorter_month_ends():
    assert terms.add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert terms.add_months(date(2026, 11, 30), 15) == date(2028, 2, 29)
    assert terms.month_end(2024, 2) == date(2024, 2, 29)


def test_working_days_end_even_when_every_day_is_a_holiday():
    always = Directory(
        holidays=frozenset(date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(1500))
    )
    assert terms.add_workdays(date(2026, 1, 1), 5, always).year == 2028


def test_terms_of_the_office_take_the_place_of_the_usual_ones():
    calendar = terms.SchoolCalendar((Term("第二学期", date(2026, 2, 20), date(2026, 7, 3)),))
    assert calendar.spring(2026) == (date(2026, 2, 20), date(2026, 7, 3), True)
    assert calendar.autumn(2026) == (date(2026, 9, 1), date(2027, 1, 20), False)
    assert calendar.summer(2026)[0] == date(2026, 7, 4)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("15", 15),
        ("十五", 15),
        ("二十", 20),
        ("廿三", 23),
        ("一百二十", 120),
        ("二〇二六", 2026),
        ("二○二六", 2026),
        ("三", 3),
        ("两", 2),
        ("", None),
        ("几", None),
    ],
)
def test_a_numeral_is_read(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "number"), [("三到五", 5), ("3—5", 5), ("两三", 3), ("三五", 5), ("十", 10), ("20", 20)]
)
def test_a_vague_amount_gives_its_upper_end(text, number):
    assert read_upper(text) == number
