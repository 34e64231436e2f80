"""When a series meets next."""

from datetime import date, time

import pytest

from tracker.meetings.forms import next_meeting
from tracker.meetings.models import Meeting, MeetingSeries
from tracker.meetings.series import next_day
from tracker.org.workdays import WorkCalendar

FRIDAY = MeetingSeries.Weekday.FRIDAY
# 2026: 清明 4-4 to 4-6, 劳动节 5-1 to 5-5 by the notice; made plain here so that no library decides the test.
CALENDAR = WorkCalendar(overrides={date(2026, 5, day): False for day in (1, 4, 5)} | {date(2026, 5, 9): True})


@pytest.mark.parametrize(
    ("rhythm", "week", "after", "expected"),
    [
        pytest.param("weekly", 1, date(2026, 4, 17), date(2026, 4, 24), id="weekly"),
        pytest.param("biweekly", 1, date(2026, 4, 3), date(2026, 4, 17), id="biweekly"),
        pytest.param("biweekly", 1, date(2026, 4, 17), date(2026, 5, 6), id="a-holiday-moves-it-on"),
        pytest.param("biweekly", 1, date(2026, 5, 6), date(2026, 5, 22), id="and-the-weekday-comes-back"),
        pytest.param("monthly", 1, date(2026, 4, 3), date(2026, 5, 6), id="monthly-first-moved"),
        pytest.param("monthly", 3, date(2026, 4, 1), date(2026, 4, 17), id="monthly-this-month"),
        pytest.param("monthly", 3, date(2026, 4, 17), date(2026, 5, 15), id="monthly-next-month"),
        pytest.param("monthly", 5, date(2026, 4, 24), date(2026, 5, 29), id="the-last-of-five"),
        pytest.param("monthly", 5, date(2026, 6, 1), date(2026, 6, 26), id="the-last-of-four"),
        pytest.param("monthly", 1, date(2026, 12, 4), date(2027, 1, 4), id="over-new-year"),
    ],
)
def test_the_next_day_of_a_series(rhythm, week, after, expected):
    series = MeetingSeries(rhythm=rhythm, weekday=FRIDAY, week=week)
    assert next_day(series, after=after, calendar=CALENDAR) == expected


@pytest.mark.django_db
def test_two_series_count_apart(wednesday, officer):
    weekly = MeetingSeries.objects.create(name="局务例会", rhythm="weekly", starts_at=time(9))
    monthly = MeetingSeries.objects.create(name="安全例会", rhythm="monthly", starts_at=time(9))
    first = next_meeting(weekly)
    first["series"] = weekly
    Meeting.objects.create(**first)
    assert (next_meeting(weekly)["number"], next_meeting(monthly)["number"]) == (2, 1)
    assert next_meeting(weekly)["title"] == "第2次局务例会"
