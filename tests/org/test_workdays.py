"""The working calendar."""

from datetime import date

import pytest

from tracker.org.workdays import WorkCalendar

TODAY = date(2026, 4, 15)


@pytest.mark.parametrize(
    ("due", "late"),
    [
        pytest.param(date(2026, 4, 15), 0, id="due-today"),
        pytest.param(date(2026, 4, 14), 1, id="due-yesterday"),
        pytest.param(date(2026, 4, 10), 3, id="over-a-weekend"),
        pytest.param(date(2026, 3, 31), 10, id="over-qingming"),
        pytest.param(date(2026, 4, 4), 6, id="due-in-a-holiday-moves-to-the-7th"),
        pytest.param(date(2026, 4, 20), 0, id="still-ahead"),
    ],
)
def test_days_late_are_working_days_after_the_moved_due_date(due, late):
    assert WorkCalendar().days_late(due, TODAY) == late


@pytest.mark.parametrize("today", [date(2026, 4, day) for day in range(1, 29)], ids=str)
def test_the_overdue_cut_is_the_same_rule_as_days_late(today):
    calendar = WorkCalendar()
    for offset in range(-15, 6):
        due = date.fromordinal(today.toordinal() + offset)
        assert (due <= calendar.overdue_until(today)) == (calendar.days_late(due, today) > 0)


def test_an_item_due_on_a_saturday_is_not_overdue_on_the_monday():
    assert WorkCalendar().days_late(date(2026, 4, 18), date(2026, 4, 20)) == 0


def test_the_office_can_declare_a_day_off():
    calendar = WorkCalendar(overrides={date(2026, 4, 15): False})
    assert not calendar.is_workday(TODAY)
    assert calendar.next_workday(TODAY) == date(2026, 4, 16)


def test_a_shifted_saturday_is_worked():
    assert WorkCalendar().is_workday(date(2026, 2, 14))


def test_years_beyond_the_library_fall_back_to_monday_to_friday():
    assert WorkCalendar().is_workday(date(2041, 4, 15)) is True
    assert WorkCalendar().is_workday(date(2041, 4, 13)) is False


def test_what_is_due_on_a_sunday_has_until_monday():
    assert WorkCalendar().days_left(date(2026, 4, 19), date(2026, 4, 18)) == 1
