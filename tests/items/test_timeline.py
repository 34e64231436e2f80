"""The line of events."""

from datetime import date

import pytest

from tests.factories import ActionItemFactory
from tracker.items.feedback import report_progress
from tracker.items.reckoning import Reckoning
from tracker.items.states import EventKind, Status
from tracker.items.timeline import lines_of

pytestmark = pytest.mark.usefixtures("wednesday")


def test_lines_stand_newest_first_with_counted_chases(officer):
    item = ActionItemFactory()
    for _ in range(2):
        item.record(EventKind.CHASED, by=officer)
    report_progress(item=item, by=officer, department=item.lead, progress="初勘完成", on=date(2026, 3, 20))
    titles = [line.title for line in lines_of(item, Reckoning.now())]
    assert titles == ["第2次催办（林督查）", "第1次催办（林督查）", f"{item.lead}反馈（林督查）"]


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        pytest.param({"due": date(2026, 4, 10)}, date(2026, 4, 13), id="friday-to-monday"),
        pytest.param({"due": date(2026, 4, 15)}, None, id="today"),
        pytest.param(
            {"due": date(2026, 4, 1), "status": Status.CLOSED, "closed_on": date(2026, 4, 1)}, None, id="closed-in-time"
        ),
        pytest.param({"due": None}, None, id="no-date"),
    ],
)  # fmt: skip
def test_overdue_is_computed_from_the_calendar(fields, day, db):
    late = [line for line in lines_of(ActionItemFactory(**fields), Reckoning.now()) if line.title == "超期"]
    assert [line.at.date() for line in late] == ([day] if day else [])


def test_changes_are_told_in_words(officer):
    item = ActionItemFactory(feedback_cycle="once", due=date(2026, 4, 30))
    item.edit({"feedback_cycle": "monthly", "due": date(2026, 5, 6)}, by=officer)
    changes = lines_of(item, Reckoning.now())[0].changes
    assert ("反馈周期", "一次性", "每月") in changes
    assert ("现时限", "2026年4月30日", "2026年5月6日") in changes
