"""The working calendar's page: a year at a glance, one day clicked, the official notice pasted."""

from datetime import date

import pytest
from django.urls import reverse

from tests.org.test_holidays import NOTICE_2026
from tracker.org.calendar import office_calendar
from tracker.org.models import CalendarDay
from tracker.org.yearplan import DayKind, planned_day, year_plan

pytestmark = pytest.mark.django_db
LINE_2027 = (
    "元旦：1月1日（周五）至3日（周日）放假，共3天。国庆节：10月1日至7日放假调休，共7天。10月9日（周六）上班。"
)


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


def calendar(client, **query):
    return client.get(reverse("org:calendar"), query).content.decode()


@pytest.mark.parametrize(
    ("day", "kind", "reason"),
    [
        (date(2026, 4, 15), DayKind.WORK, "工作日"),
        (date(2026, 4, 18), DayKind.WEEKEND, "周末"),
        (date(2026, 5, 1), DayKind.HOLIDAY, "劳动节放假"),
        (date(2026, 5, 9), DayKind.SHIFTED, "劳动节调休"),
        (date(2041, 4, 4), DayKind.WORK, "工作日"),
        (date(2041, 5, 1), DayKind.HOLIDAY, "劳动节放假"),
    ],
)
def test_each_day_says_what_it_is_and_why(day, kind, reason):
    found = planned_day(day)
    assert (found.kind, found.reason) == (kind, reason)


@pytest.mark.parametrize(
    ("day", "is_workday", "kind"),
    [
        (date(2026, 4, 15), False, DayKind.HOLIDAY),
        (date(2026, 4, 18), True, DayKind.SHIFTED),
        (date(2026, 5, 9), True, DayKind.SHIFTED),
        (date(2026, 4, 15), True, DayKind.WORK),
    ],
)
def test_the_offices_own_entry_wins(day, is_workday, kind):
    own = CalendarDay(day=day, is_workday=is_workday, note="防汛")
    assert (planned_day(day, own).kind, planned_day(day, own).reason) == (kind, "防汛")


@pytest.mark.parametrize("year", [2024, 2026, 2028])
def test_the_year_counts_the_workdays_the_reckoning_counts(year):
    CalendarDay.objects.create(day=date(year, 7, 7), is_workday=False)
    own = {row.day: row for row in CalendarDay.objects.all()}
    counted = office_calendar().count(date(year - 1, 12, 31), date(year, 12, 31))
    assert sum(month.workdays for month in year_plan(year, own)) == counted


@pytest.mark.usefixtures("wednesday")
def test_a_year_within_the_library_has_no_warning(admin):
    page = calendar(admin, year=2025)
    assert "法定节假日数据只到" not in page
    assert page.count("<caption>") == 12


def test_beyond_the_library_the_page_says_so_plainly(admin):
    page = calendar(admin, year=2031)
    assert "法定节假日数据只到2026年，其后按周一至周五计" in page
    assert "请据国务院办公厅通知补录" in page


@pytest.mark.parametrize(
    "query", [{"year": "abc"}, {"year": "1"}, {"day": "2026-02-30"}, {"day": "9999-01-01"}]
)
@pytest.mark.usefixtures("wednesday")
def test_a_year_that_is_none_opens_the_present_one(admin, query):
    assert "2026年</h2>" in calendar(admin, **query)


def test_a_clicked_day_fills_the_form(admin):
    page = calendar(admin, day="2026-05-09")
    assert 'value="2026-05-09"' in page
    assert "现为上班（劳动节调休）" in page


def test_saving_a_day_returns_to_its_month(admin):
    response = admin.post(reverse("org:calendar"), {"day": "2027-07-06", "is_workday": "0"})
    assert response.url.endswith("?year=2027#m7")


@pytest.mark.parametrize("days", [5, 25])
def test_the_year_takes_the_same_queries_for_any_number_of_entries(
    admin, django_assert_max_num_queries, days
):
    CalendarDay.objects.bulk_create(
        CalendarDay(day=date(2026, 7, number + 1), is_workday=False) for number in range(days)
    )
    with django_assert_max_num_queries(8):
        calendar(admin, year=2026)


def test_a_notice_is_shown_first_and_entered_when_confirmed(admin):
    sent = {"year": "2027", "text": LINE_2027}
    shown = admin.post(reverse("org:notice"), sent).content.decode()
    assert "识别结果，请核对" in shown
    assert not CalendarDay.objects.exists()
    for _ in range(2):
        admin.post(reverse("org:notice"), sent | {"confirm": "1"})
    assert CalendarDay.objects.count() == 11
    assert office_calendar().is_workday(date(2027, 10, 9))
    assert not office_calendar().is_workday(date(2027, 10, 4))


def test_a_notice_that_does_not_agree_is_not_entered(admin):
    sent = {"year": "2027", "text": "元旦：1月1日至3日放假，共9天。", "confirm": "1"}
    response = admin.post(reverse("org:notice"), sent)
    assert response.status_code == 422
    assert "写明共9天，推算为3天" in response.content.decode()
    assert not CalendarDay.objects.exists()


def test_a_notice_the_library_knows_needs_no_entry(admin):
    page = admin.post(reverse("org:notice"), {"year": "2027", "text": NOTICE_2026}).content.decode()
    assert "与系统内置的法定节假日一致" in page
    assert "登记到工作日历（" not in page
