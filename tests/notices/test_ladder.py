"""The ladder: which step is due, proposed or sent, never two a day, never one before the last has expired in vain."""

from datetime import date

import pytest
import time_machine

from tests.factories import ActionItemFactory
from tracker.items.feedback import report_progress
from tracker.items.reckoning import Reckoning
from tracker.items.states import Status
from tracker.notices.chasing import Order, accept, chase, drop
from tracker.notices.ladder import climb, next_step
from tracker.notices.models import Chase, NoticeSettings, Step


@pytest.mark.parametrize(
    ("late", "left", "taken", "expected"),
    [
        pytest.param(0, 4, {}, None, id="time enough"),
        pytest.param(0, 3, {}, "remind", id="three days left"),
        pytest.param(0, 0, {}, "remind", id="last day"),
        pytest.param(0, 1, {"remind": False}, None, id="reminded"),
        pytest.param(1, 0, {"remind": True}, "urge", id="a day late"),
        pytest.param(9, 0, {}, "urge", id="never reminded"),
        pytest.param(2, 0, {"urge": False}, None, id="urged, deadline not over or answered"),
        pytest.param(4, 0, {"urge": True}, "blue", id="urged in vain"),
        pytest.param(9, 0, {"urge": True, "blue": True}, "amber", id="blue in vain"),
        pytest.param(20, 0, {"urge": True, "blue": True, "amber": False}, None, id="amber running"),
        pytest.param(30, 0, {"urge": True, "blue": True, "amber": True}, "red", id="amber in vain"),
        pytest.param(40, 0, {"amber": True, "red": True}, None, id="top reached"),
    ],
)
def test_the_next_step(ladder, late, left, taken, expected):
    step = next_step(list(ladder.values()), late=late, left=left, taken=taken)
    assert (step.key if step else None) == expected


def test_a_scheme_by_days_needs_no_expiry():
    """蓝 near the date, 黄 on it, 红 past it: as some places have it."""
    left, late = Step.When.LEFT, Step.When.LATE
    scheme = [
        Step(key="blue", position=1, name="蓝", when=left, days=5),
        Step(key="amber", position=2, name="黄", when=left, days=3),
        Step(key="red", position=3, name="红", when=late, days=1),
    ]
    assert next_step(scheme, late=0, left=4, taken={}).key == "blue"
    assert next_step(scheme, late=0, left=3, taken={"blue": False}).key == "amber"
    assert next_step(scheme, late=2, left=0, taken={"amber": False}).key == "red"


def test_steps_are_proposed_and_wait_for_the_officer(item, now, ladder):
    assert climb(now) == 1
    proposal = Chase.objects.get()
    assert (proposal.step, proposal.state, proposal.reason) == ("urge", "proposed", "超期3个工作日")
    assert not item.events.exists()
    assert climb(now) == 0


def test_by_itself_it_sends_and_only_one_a_day(item, now, ladder):
    NoticeSettings(pk=1, escalates_itself=True).save()
    climb(now)
    climb(now)
    made = Chase.objects.get()
    assert (made.step, made.state, made.by, item.events.count()) == ("urge", "issued", None, 1)


def test_a_colour_follows_only_when_the_one_before_expired_in_vain(item, officer, ladder, now):
    chase(item, Order(step=ladder["urge"]), by=officer, now=now)  # deadline 4月20日
    expected = {"2026-04-20": None, "2026-04-21": "blue"}
    for day, step in expected.items():
        with time_machine.travel(f"{day}T09:00:00+08:00"):
            climb(Reckoning.now())
        found = Chase.objects.proposed().first()
        assert (found.step if found else None) == step, day


def test_a_report_in_between_stops_the_ladder(item, officer, department, ladder, now):
    chase(item, Order(step=ladder["urge"]), by=officer, now=now)
    with time_machine.travel("2026-04-17T09:00:00+08:00"):
        report_progress(
            item=item, by=officer, department=department, progress="已完成三所学校", percent=50, problem="",
            next_step="", needs_meeting=False,
        )  # fmt: skip
    with time_machine.travel("2026-04-28T09:00:00+08:00"):
        assert climb(Reckoning.now()) == 0


def test_a_new_date_starts_the_ladder_anew(item, officer, ladder, now):
    chase(item, Order(step=ladder["urge"]), by=officer, now=now)
    item.edit({"due": date(2026, 5, 20)}, by=officer)
    with time_machine.travel("2026-05-18T09:00:00+08:00"):
        climb(Reckoning.now())
    assert Chase.objects.proposed().get().step == "remind"


def test_a_proposal_that_lost_its_reason_goes_away(item, officer, ladder, now):
    climb(now)
    item.move("close", by=officer)
    climb(now)
    assert not Chase.objects.proposed().exists()


def test_what_was_decided_against_is_not_proposed_again(item, officer, ladder, now):
    climb(now)
    drop(Chase.objects.proposed(), by=officer)
    with time_machine.travel("2026-04-30T09:00:00+08:00"):
        assert climb(Reckoning.now()) == 0


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED, Status.ON_HOLD, Status.CLOSED])
def test_only_what_is_in_hand_is_looked_at(status, ladder, now):
    ActionItemFactory(status=status, due=date(2026, 4, 1), closed_on=date(2026, 4, 2))
    assert climb(now) == 0


def test_a_ladder_step_switched_off_is_left_out(item, ladder, now):
    Step.objects.filter(key="urge").update(enabled=False)
    assert climb(now) == 0


def test_a_whole_climb_ends_at_the_leader(item, officer, ladder, now):
    """Day by day, each proposal signed at once: one paper a step, in order, the leader told from amber on."""
    for day in range(15, 31):
        with time_machine.travel(f"2026-04-{day}T09:00:00+08:00"):
            climb(Reckoning.now())
            accept(Chase.objects.proposed().select_related("item"), by=officer, now=Reckoning.now())
    with time_machine.travel("2026-05-15T09:00:00+08:00"):
        climb(Reckoning.now())
        accept(Chase.objects.proposed().select_related("item"), by=officer, now=Reckoning.now())
    found = list(Chase.objects.order_by("pk").values_list("step", "leader"))
    boss = item.leader_id
    assert found == [("urge", None), ("blue", None), ("amber", boss), ("red", boss)]
