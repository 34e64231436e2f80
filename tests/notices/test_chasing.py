"""催办: numbered, recorded with its event, once a day and kind, to whom it was meant for."""

from datetime import date

import pytest
import time_machine

from tests.factories import ActionItemFactory, DepartmentFactory, PersonFactory
from tracker.items.models import Event
from tracker.items.reckoning import Reckoning
from tracker.items.states import EventKind, Status
from tracker.notices.chasing import ChaseRefused, Order, accept, chase, chase_many, drop
from tracker.notices.models import Chase


def recipients(made: Chase) -> dict[str, str]:
    return {recipient.department.name: recipient.role for recipient in made.recipients.all()}


def test_a_chase_has_a_number_a_deadline_and_an_event(item, officer, ladder, now):
    made = chase(item, Order(step=ladder["urge"], text="请抓紧"), by=officer, now=now)
    event = item.events.get(kind=EventKind.CHASED)
    assert (str(made), made.nth, made.deadline) == ("催办单〔2026〕1号", 1, date(2026, 4, 20))
    assert (made.event, event.by, event.after) == (event, officer, "urge")
    assert event.text == "催办单〔2026〕1号，请于4月20日前反馈办理结果。请抓紧"


def test_recipients_are_lead_supporting_and_copied_each_once(item, officer, ladder, now, other_department):
    copied = (DepartmentFactory(name="装备中心"), other_department)
    order = Order(step=ladder["urge"], to_supporting=True, copied=copied)
    made = chase(item, order, by=officer, now=now)
    assert recipients(made) == {"基础教育科": "lead", "计划财务科": "supporting", "装备中心": "copied"}


def test_parts_not_done_are_chased_with_the_lead(item, officer, ladder, now):
    busy, ready = DepartmentFactory(name="第一中学"), DepartmentFactory(name="第二中学")
    item.parts_given.create(department=busy, given_on=date(2026, 4, 1))
    item.parts_given.create(
        department=ready, given_on=date(2026, 4, 1), state="done", done_on=date(2026, 4, 2)
    )
    made = chase(item, Order(step=ladder["urge"]), by=officer, now=now)
    assert recipients(made) == {"基础教育科": "lead", "第一中学": "part"}


def test_series_are_counted_by_kind_and_the_previous_one_is_named(item, officer, ladder, now):
    first = chase(item, Order(step=ladder["remind"]), by=officer, now=now)
    second = chase(item, Order(step=ladder["urge"]), by=officer, now=now)
    other = chase(ActionItemFactory(), Order(step=ladder["urge"]), by=officer, now=now)
    assert [str(made) for made in (first, second, other)] == [
        "提醒单〔2026〕1号",
        "催办单〔2026〕1号",
        "催办单〔2026〕2号",
    ]
    # A reminder is not counted as a 催办.
    assert (second.previous, first.nth, second.nth) == (first, 0, 1)


def test_the_same_kind_is_sent_once_a_day(item, officer, ladder, now):
    chase(item, Order(step=ladder["urge"]), by=officer, now=now)
    with pytest.raises(ChaseRefused, match="今天已发过催办单"):
        chase(item, Order(step=ladder["urge"]), by=officer, now=now)
    assert Event.objects.filter(kind=EventKind.CHASED).count() == 1
    with time_machine.travel("2026-04-16T09:00:00+08:00"):
        again = chase(item, Order(step=ladder["urge"]), by=officer, now=Reckoning.now())
    assert (again.nth, again.number_seq) == (2, 2)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        pytest.param({"status": Status.DRAFT}, "尚未交办", id="draft"),
        pytest.param({"status": Status.ON_HOLD}, "已挂起", id="on hold"),
        pytest.param({"status": Status.SUBMITTED}, "已报办结", id="reported done"),
        pytest.param({"status": Status.CLOSED, "closed_on": date(2026, 4, 1)}, "已办结", id="closed"),
        pytest.param({"lead": None}, "未明确牵头单位", id="nobody's"),
    ],
)
def test_what_no_department_has_in_hand_is_not_chased(officer, ladder, now, fields, reason):
    item = ActionItemFactory(**fields)
    with pytest.raises(ChaseRefused, match=reason):
        chase(item, Order(step=ladder["urge"]), by=officer, now=now)
    assert not Chase.objects.exists()
    assert not item.events.exists()


def test_a_refused_chase_leaves_no_gap_in_the_numbers(item, officer, ladder, now):
    with pytest.raises(ChaseRefused, match="没有选择发送对象"):
        chase(ActionItemFactory(), Order(step=ladder["urge"], to_lead=False), by=officer, now=now)
    assert chase(item, Order(step=ladder["urge"]), by=officer, now=now).number_seq == 1


def test_many_are_chased_and_the_rest_named(item, officer, ladder, now):
    draft = ActionItemFactory(status=Status.DRAFT)
    result = chase_many([item, draft], Order(step=ladder["urge"]), by=officer, now=now)
    assert result.changed == 1
    assert result.skipped == [(draft.number, "尚未交办")]


def test_the_leader_of_the_department_stands_in_where_the_item_names_none(item, officer, ladder, now):
    chief = PersonFactory(name="贺副局长")
    named = ActionItemFactory(lead=DepartmentFactory(leader=chief))
    order = Order(step=ladder["red"], to_leader=True)
    assert chase(named, order, by=officer, now=now).leader == chief
    assert chase(item, order, by=officer, now=now).leader == item.leader


def test_accepting_a_proposal_sends_it_once(item, officer, second_officer, ladder, now):
    proposal = Chase.objects.create(item=item, step="red", name="红色督查单", day=now.today, due=item.due)
    assert accept([proposal], by=officer, now=now).changed == 1
    assert accept([proposal], by=second_officer, now=now).unchanged == 1
    made = Chase.objects.get()
    assert (made.state, made.by, made.leader) == ("issued", officer, item.leader)


def test_a_proposal_decided_against_is_not_sent(item, officer, ladder, now):
    proposal = Chase.objects.create(item=item, step="urge", name="催办单", day=now.today, due=item.due)
    assert drop([proposal], by=officer) == 1
    assert accept([proposal], by=officer, now=now).changed == 0
    assert Chase.objects.get().state == "dropped"
