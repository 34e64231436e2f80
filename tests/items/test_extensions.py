"""延期: asked for before the date, answered with a date that may differ, the original date kept."""

from datetime import date

import pytest

from tests.factories import ActionItemFactory
from tracker.items.extensions import (
    ExtensionImpossible,
    ask_extension,
    decide_extension,
    recall_extension,
    review_extension,
)
from tracker.items.models import ActionItem
from tracker.items.states import Status
from tracker.org.models import Office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]


@pytest.fixture
def item(department):
    return ActionItemFactory(lead=department, due=date(2026, 4, 30))


def ask(item, by, wanted=date(2026, 5, 29)):
    return ask_extension(
        item=item, by=by, department=item.lead, wanted=wanted, reason="连续降雨停工", done="主体完成"
    )


def test_the_granted_date_may_differ_and_the_original_stays(item, liaison, officer):
    asked = ask(item, liaison)
    decide_extension(request=asked, by=officer, granted=True, until=date(2026, 5, 15), answer="同意，从紧")
    item.refresh_from_db()
    assert (item.due, item.original_due, item.extensions) == (date(2026, 5, 15), date(2026, 4, 30), 1)
    told = item.events.first()
    assert told.text == "延期至2026年5月15日（申请延期至2026年5月29日）。同意，从紧"
    assert told.changes == {"due": ["2026-04-30", "2026-05-15"]}


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        pytest.param({"due": date(2026, 4, 14)}, "已过时限", id="the-day-after"),
        pytest.param({"due": None, "original_due": None}, "未明确时限", id="no-date"),
        pytest.param({"status": Status.ON_HOLD}, "挂起", id="on-hold"),
        pytest.param({"status": Status.CLOSED, "closed_on": date(2026, 4, 1)}, "已办结", id="closed"),
    ],
)
def test_too_late_or_out_of_place_is_refused(item, liaison, fields, why):
    ActionItem.objects.filter(pk=item.pk).update(**fields)
    with pytest.raises(ExtensionImpossible, match=why):
        ask(item, liaison)


def test_the_last_day_is_in_time(item, liaison):
    ActionItem.objects.filter(pk=item.pk).update(due=date(2026, 4, 15))
    assert ask(item, liaison).state == "pending"


def test_one_request_at_a_time(item, liaison):
    ask(item, liaison)
    with pytest.raises(ExtensionImpossible, match="待批复"):
        ask(item, liaison)


def test_an_earlier_date_is_no_extension(item, liaison):
    with pytest.raises(ExtensionImpossible, match="晚于现时限"):
        ask(item, liaison, wanted=date(2026, 4, 30))


def test_where_leaders_decide_the_officer_only_reviews(item, liaison, officer, principal):
    Office.objects.create(pk=1, leader_decides=True)
    asked = ask(item, liaison)
    with pytest.raises(ExtensionImpossible, match="须由领导批复"):
        decide_extension(request=asked, by=officer, granted=True)
    review_extension(request=asked, by=officer, opinion="情况属实")
    decide_extension(request=asked, by=principal, granted=True)
    item.refresh_from_db()
    assert item.due == date(2026, 5, 29)


def test_a_refusal_gives_its_reason_and_moves_nothing(item, liaison, officer):
    asked = ask(item, liaison)
    with pytest.raises(ExtensionImpossible, match="写明理由"):
        decide_extension(request=asked, by=officer, granted=False)
    decide_extension(request=asked, by=officer, granted=False, answer="不影响室内施工")
    item.refresh_from_db()
    assert (item.due, item.extensions) == (date(2026, 4, 30), 0)


def test_of_two_answers_the_first_holds(item, liaison, officer, second_officer):
    asked = ask(item, liaison)
    decide_extension(request=asked, by=officer, granted=True)
    with pytest.raises(ExtensionImpossible, match="该申请已同意"):
        decide_extension(request=asked, by=second_officer, granted=False, answer="不同意")


def test_a_recalled_request_makes_room_for_another(item, liaison):
    recall_extension(request=ask(item, liaison), by=liaison)
    assert ask(item, liaison).state == "pending"
