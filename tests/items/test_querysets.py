"""What a department has to sign and to report; what each view counts."""

from datetime import date

import pytest

from tests.factories import ActionItemFactory
from tracker.items.feedback import report_no_change, report_progress
from tracker.items.models import ActionItem
from tracker.items.reckoning import Reckoning
from tracker.items.states import Status

pytestmark = pytest.mark.usefixtures("wednesday")


@pytest.mark.parametrize(
    ("fields", "reported", "expected"),
    [
        pytest.param({"due": date(2026, 4, 10)}, None, True, id="overdue-and-silent"),
        pytest.param({"due": date(2026, 4, 10)}, date(2026, 4, 8), True, id="overdue-reported-last-week"),
        pytest.param({"due": date(2026, 4, 10)}, date(2026, 4, 14), False, id="overdue-reported-this-week"),
        pytest.param({"due": date(2026, 4, 17)}, None, True, id="due-soon"),
        pytest.param({"due": date(2026, 6, 30)}, None, False, id="far-away-once"),
        pytest.param(
            {"due": date(2026, 6, 30), "feedback_cycle": "weekly"}, date(2026, 4, 1), True, id="silent-for-its-cycle"
        ),
        pytest.param({"due": date(2026, 6, 30), "status": Status.RETURNED}, None, True, id="returned"),
        pytest.param({"due": date(2026, 4, 10), "status": Status.SUBMITTED}, None, False, id="waiting-for-the-officer"),
        pytest.param({"due": date(2026, 4, 10), "status": Status.ISSUED}, None, False, id="to-sign-first"),
        pytest.param({"due": date(2026, 4, 10), "status": Status.ON_HOLD}, None, False, id="on-hold"),
    ],
)  # fmt: skip
def test_what_a_department_must_report_on(officer, fields, reported, expected):
    item = ActionItemFactory(**fields)
    if reported:
        report_progress(item=item, by=officer, department=item.lead, progress="已开工", on=reported)
    assert ActionItem.objects.to_report(Reckoning.now()).filter(pk=item.pk).exists() is expected


def test_signing_and_reporting_together_are_what_is_to_handle(officer):
    ActionItemFactory(status=Status.ISSUED)
    ActionItemFactory(due=date(2026, 4, 1))
    ActionItemFactory(due=date(2026, 6, 1))
    now, items = Reckoning.now(), ActionItem.objects.all()
    assert items.to_handle(now).count() == items.to_sign().count() + items.to_report(now).count() == 2


def test_the_same_report_twice_is_one(officer, department):
    item = ActionItemFactory(lead=department)
    for _ in range(2):
        report_progress(item=item, by=officer, department=department, progress="已完成初稿")
        report_no_change(item=item, by=officer, department=department)
    assert item.feedbacks.count() == item.events.count() == 2
