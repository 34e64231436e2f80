"""The figures: what counts, that sums agree, that a number equals its list, and that they are the ledger's own."""

import random
from datetime import date, timedelta

import pytest
import time_machine
from django.http import QueryDict

from tests.factories import ActionItemFactory, DepartmentFactory
from tracker.items.extensions import ask_extension, decide_extension
from tracker.items.models import ActionItem, Quote
from tracker.items.reckoning import Reckoning
from tracker.items.states import ClosingKind, Status
from tracker.items.workflow import make_move
from tracker.org.models import DepartmentGroup
from tracker.stats.charts import due_calendar, flow, trend
from tracker.stats.facts import Workdays
from tracker.stats.figures import FIGURES
from tracker.stats.page import StatsPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]


def page(user, query="period=year"):
    return StatsPage(user, QueryDict(query))


@pytest.fixture
def ledger(department, other_department):
    """Random items of two departments, some closed, some held, some late; one department has none."""
    DepartmentFactory(name="无事项科")
    schools = DepartmentGroup.objects.create(name="各学校")
    chance = random.Random(7)
    for _ in range(60):
        issued = date(2025, 11, 1) + timedelta(days=chance.randrange(160))
        due = issued + timedelta(days=chance.randrange(5, 90))
        status = chance.choice([*Status, Status.IN_PROGRESS, Status.CLOSED])
        closed = min(issued + timedelta(days=chance.randrange(1, 80)), date(2026, 4, 15))
        item = ActionItemFactory(
            lead=chance.choice([department, other_department, None]),
            issued_on=None if status in (Status.DRAFT, Status.APPROVAL) else issued,
            due=due,
            status=status,
            closed_on=closed if status == Status.CLOSED else None,
            closing_kind=chance.choice(ClosingKind.values) if status == Status.CLOSED else "",
            feedback_cycle=chance.choice(["once", "weekly", "monthly"]),
        )
        item.groups.set([schools] if chance.random() < 0.5 else [])


@pytest.mark.parametrize(
    "period", ["period=year", "period=quarter&back=1", "period=month", "period=week&back=3"]
)
@pytest.mark.parametrize("by", ["department", "leader", "source"])
def test_lines_sum_to_the_last_one_and_a_number_is_its_list(officer, ledger, period, by):
    shown = page(officer, f"{period}&by={by}")
    for figure in FIGURES.values():
        assert sum(row.counts[figure.key] for row in shown.rows) == shown.total.counts[figure.key]
        for group, row in zip(shown.groups, shown.rows, strict=False):
            if group.key == row.key:
                assert shown.listed(figure, group).count() == row.counts[figure.key]


@pytest.mark.parametrize("period", ["period=year", "period=quarter&back=1", "period=half"])
def test_what_was_in_hand_is_closed_or_open(officer, ledger, period):
    counts = page(officer, period).total.counts
    assert counts["total"] == counts["closed"] + counts["open"]


def test_the_current_figures_are_the_ledgers_own(officer, ledger):
    counts, items, now = page(officer).total.counts, ActionItem.objects, Reckoning.now()
    issued = items.exclude(issued_on=None)
    assert counts["overdue"] == issued.overdue(now).count() > 0
    assert counts["open"] == issued.open().exclude(status__in=["draft", "approval"]).count()
    assert counts["silent"] == items.without_feedback(now).count() > 0


def test_every_department_has_its_row_in_the_official_order(officer, ledger):
    labels = [row.label for row in page(officer).rows]
    assert labels == ["未明确单位", "基础教育科", "计划财务科", "无事项科", "各学校"]
    assert page(officer).rows[-2].counts["total"] == 0
    assert [number for number, _ in page(officer).numbered] == ["—", 1, 2, 3, "—"]


def test_what_a_group_shares_is_the_groups_and_not_nobodys(officer, department):
    schools = DepartmentGroup.objects.create(name="各学校")
    for lead in (None, department):
        ActionItemFactory(lead=lead).groups.set([schools])
    counts = {row.label: row.counts["total"] for row in page(officer).rows}
    assert counts == {"基础教育科": 1, "各学校": 1}
    assert not ActionItem.objects.without_lead().exists()
    assert {each.department for each in flow(ActionItem.objects.all())} == {"基础教育科", "各学校"}


def test_rates_say_what_they_divide(officer, department):
    for kind in (ClosingKind.ON_TIME, ClosingKind.LATE, ClosingKind.STAGED):
        ActionItemFactory(
            lead=department,
            status=Status.CLOSED,
            closed_on=date(2026, 3, 16),
            closing_kind=kind,
            issued_on=date(2026, 3, 2),
        )
    ActionItemFactory(lead=department, issued_on=date(2026, 4, 13))
    row = page(officer).rows[0]
    assert (row.closing_rate, row.punctuality) == (3 / 4, 1 / 2)
    assert row.mean_days == (10 * 3 + 2) / 4


def test_a_past_day_is_judged_by_the_date_that_stood_then(officer, liaison, department):
    with time_machine.travel("2026-03-02T09:00:00+08:00", tick=False):
        item = ActionItemFactory(lead=department, due=date(2026, 3, 20), issued_on=date(2026, 3, 2))
        ask = {"item": item, "by": liaison, "department": department, "reason": "雨季", "done": "过半"}
        asked = ask_extension(wanted=date(2026, 4, 30), **ask)
    with time_machine.travel("2026-03-26T09:00:00+08:00", tick=False):
        decide_extension(request=asked, by=officer, granted=True)
    overdue = {point.day: point.overdue for point in trend(page(officer).scope.facts, Reckoning.now())}
    assert (overdue[date(2026, 3, 20)], overdue[date(2026, 3, 27)], overdue[date(2026, 4, 15)]) == (0, 0, 0)
    assert page(officer, "period=own&from=2026-03-01&to=2026-03-25").total.counts["overdue"] == 1
    assert page(officer, "period=month&back=1").total.counts["extended"] == 1
    assert page(officer, "period=month").total.counts["extended"] == 0


def test_withdrawn_items_and_drafts_are_no_work(officer, department):
    item = ActionItemFactory(lead=department)
    make_move(item=item, name="withdraw", by=officer, reason="上级统一部署")
    ActionItemFactory(lead=department, status=Status.DRAFT, issued_on=None)
    assert page(officer).total.counts["total"] == 0


def test_the_due_calendar_accounts_for_every_open_item(officer, ledger):
    calendar = due_calendar(ActionItem.objects.all(), Reckoning.now())
    parts = (
        calendar.shown,
        calendar.overdue,
        calendar.held,
        calendar.unissued,
        calendar.no_due,
        calendar.later,
    )
    assert sum(parts) == calendar.open > 0


def test_a_day_of_the_due_calendar_counts_what_its_list_shows(as_officer):
    for status in (Status.DRAFT, Status.ISSUED, Status.ON_HOLD, Status.WITHDRAWN):
        ActionItemFactory(status=status, due=date(2026, 4, 20))
    calendar = due_calendar(ActionItem.objects.all(), Reckoning.now())
    day = next(
        day for week in calendar.months[0].weeks for day in week if day and day.day == date(2026, 4, 20)
    )
    listed = as_officer.get("/items/?view=open&due_from=2026-04-20&due_to=2026-04-20")
    assert (day.due, listed.context["table"].page.paginator.count) == (3, 3)


def test_the_flow_counts_every_item_once(officer, ledger):
    issued = ActionItem.objects.exclude(status__in=["draft", "approval"])
    assert sum(each.count for each in flow(ActionItem.objects.all())) == issued.count()


def test_workdays_count_as_the_calendar_does():
    calendar = Reckoning.now().calendar
    workdays = Workdays(calendar, date(2026, 1, 1), date(2026, 4, 15))
    pairs = [
        (date(2026, 1, 1), date(2026, 4, 15)),
        (date(2026, 2, 13), date(2026, 2, 27)),
        (date(2026, 4, 3), date(2026, 4, 3)),
    ]
    assert [workdays.between(*pair) for pair in pairs] == [calendar.count(*pair) for pair in pairs]


def test_the_flow_of_one_speech_starts_at_its_sections(officer, department):
    for section in ("一、保安全 › （一）校车", "一、保安全", "二、提质量"):
        item = ActionItemFactory(lead=department)
        Quote.objects.create(
            item=item, text="要办。", section=section, speech_ref=7, speech_title="在局务会上的讲话"
        )
    found = {(each.source, each.count) for each in flow(ActionItem.objects.all(), speech=7)}
    assert found == {("一、保安全", 2), ("二、提质量", 1)}
