"""The first screen: what each role sees, and that every number equals the list it opens."""

import random
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from tests.factories import (
    ActionItemFactory,
    CandidateFactory,
    DepartmentFactory,
    MeetingFactory,
    PersonFactory,
    SpeechFactory,
)
from tracker.desk.board import build_board
from tracker.items.extensions import ask_extension
from tracker.items.models import ActionItem, Feedback
from tracker.items.reckoning import Reckoning
from tracker.items.states import Status
from tracker.items.tabs import TABS
from tracker.items.workflow import make_move
from tracker.org.models import Office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]
TODAY = date(2026, 4, 15)
at = datetime.fromisoformat
HOME = "/"
QUERIES = 51


def overdue(**fields):
    return ActionItemFactory(due=TODAY - timedelta(days=9), **fields)


def random_items(seed: int, number: int) -> None:
    """Items in every state around today, some without a lead or a date, some with feedback."""
    chance = random.Random(seed)
    departments = [DepartmentFactory() for _ in range(4)]
    for _ in range(number):
        status = chance.choice([status for status in Status if status != Status.CLOSED])
        item = ActionItemFactory(
            lead=chance.choice([*departments, None]),
            status=status,
            due=chance.choice([None, *(TODAY + timedelta(days=n) for n in range(-20, 20))]),
            feedback_cycle=chance.choice(["once", "weekly", "monthly"]),
            issued_on=TODAY - timedelta(days=chance.randrange(60)),
        )
        if chance.random() < 0.4:
            day = TODAY - timedelta(days=chance.randrange(40))
            Feedback.objects.create(item=item, department=item.lead, day=day, progress="已完成一半")


@pytest.mark.parametrize("seed", range(6))
def test_every_number_equals_the_list_it_opens(officer, seed):
    random_items(seed, number=40)
    board = build_board(officer)
    for count in (*board.counts, *board.waiting):
        behind = TABS[count.view].choose(ActionItem.objects.visible_to(officer), Reckoning.now())
        assert count.number == behind.count(), count.label


def test_what_waits_for_a_word_is_counted_and_opens_its_list(as_officer, officer, liaison, department):
    ActionItemFactory(status=Status.APPROVAL)
    asked = ActionItemFactory(lead=department, due=TODAY + timedelta(days=9), issued_on=TODAY)
    ask_extension(
        item=asked,
        by=liaison,
        department=department,
        wanted=TODAY + timedelta(days=30),
        reason="降雨",
        done="主体",
    )
    ActionItemFactory(status=Status.ISSUED, issued_on=TODAY - timedelta(days=9))
    ActionItemFactory(issued_on=TODAY - timedelta(days=60), due=TODAY + timedelta(days=60))
    board = build_board(officer)
    assert [(count.view, count.number) for count in board.waiting] == [
        ("approval", 1), ("extension", 1), ("unsigned", 1), ("stagnant", 1),
    ]  # fmt: skip
    page = as_officer.get(HOME).content.decode()
    assert all(f"{reverse('items:ledger')}?view={count.view}" in page for count in board.waiting)


def test_a_leader_counts_what_waits_in_their_departments_only(leader, department):
    ActionItemFactory(status=Status.APPROVAL, lead=department)
    ActionItemFactory(status=Status.APPROVAL)
    assert build_board(leader).waiting[0].number == 1


def test_the_tables_end_at_twenty_rows_and_say_how_many_there_are(as_officer, officer, other_department):
    lead = DepartmentFactory(position=1)
    for _ in range(23):
        overdue(lead=lead)
    board = build_board(officer)
    assert (len(board.overdue), board.overdue_total, board.counts[0].number) == (20, 23, 23)
    assert "全部 23 件</a>，此处按单位顺序列前 20 件" in as_officer.get(HOME).content.decode()


def test_the_long_ones_are_counted_beyond_the_table(officer):
    for _ in range(21):
        ActionItemFactory(original_due=date(2026, 3, 18), due=date(2026, 4, 10))
    ActionItemFactory(due=date(2026, 4, 10))
    ActionItemFactory(original_due=date(2026, 3, 18), due=date(2026, 4, 10), issued_on=date(2026, 4, 1))
    for day in ("2026-03-20T09:00+08:00", "2026-04-03T09:00+08:00"):
        MeetingFactory(held_at=at(day), closed_at=at(day))
    assert build_board(officer).counts[0].definition == "其中连续3次例会未完成 21 件"


def test_the_numbers_of_a_leader_count_only_their_departments(leader, department):
    overdue(lead=department)
    overdue()
    board = build_board(leader)
    assert [count.number for count in board.counts] == [1, 0, 1, 0]
    assert [row.item.lead for row in board.overdue] == [department]


def test_the_page_shows_the_definition_of_each_figure(as_officer):
    overdue()
    page = as_officer.get(HOME).content.decode()
    assert "反馈周期已到、无反馈记录" in page
    assert "至19日，不含已超期" in page
    assert f"{reverse('items:ledger')}?view=overdue" in page


def test_overdue_items_stand_in_office_order_not_worst_first(officer):
    second, first = DepartmentFactory(position=2), DepartmentFactory(position=1)
    overdue(lead=second)
    ActionItemFactory(lead=first, due=TODAY - timedelta(days=2))
    assert [row.item.lead for row in build_board(officer).overdue] == [first, second]


def test_departments_without_overdue_items_are_named(as_officer, department, other_department):
    overdue(lead=department)
    page = as_officer.get(HOME).content.decode()
    assert f"无超期事项的单位（1）：{other_department}" in page


def test_an_extended_item_shows_its_original_date_struck_through(as_officer, department):
    ActionItemFactory(lead=department, original_due=date(2026, 3, 31), due=date(2026, 4, 10), extensions=1)
    page = as_officer.get(HOME).content.decode()
    assert "3月31日</s>" in page
    assert "超期3个工作日" in page


def test_the_streak_counts_the_meetings_that_saw_the_item_late(officer):
    ActionItemFactory(original_due=date(2026, 3, 18), due=date(2026, 4, 10))
    ActionItemFactory(due=date(2026, 4, 10))
    for day in ("2026-03-20T09:00+08:00", "2026-04-03T09:00+08:00"):
        MeetingFactory(held_at=at(day), closed_at=at(day))
    assert [row.streak for row in build_board(officer).overdue] == [3, 1]


def test_the_next_meeting_is_shown_with_its_agenda(as_officer):
    overdue()
    MeetingFactory(number=8, held_at=at("2026-04-17T09:00+08:00"), place="三楼会议室")
    page = as_officer.get(HOME).content.decode()
    assert "后天" in page
    assert "超期 1" in page
    assert "三楼会议室" in page


def test_speeches_to_review_are_counted_with_their_pending_candidates(as_officer):
    speech = SpeechFactory()
    CandidateFactory.create_batch(2, speech=speech)
    CandidateFactory(speech=speech, is_requirement=True)
    page = as_officer.get(HOME).content.decode()
    assert "待核对候选 2 条" in page
    assert speech.title in page


@pytest.mark.parametrize("role", ["officer", "principal", "leader"])
def test_those_who_oversee_see_the_first_screen(client, role):
    client.force_login(PersonFactory(roles=[role]))
    response = client.get(HOME)
    assert response.status_code == 200
    assert ("上传讲话" in response.content.decode()) == (role == "officer")


def test_a_liaison_is_sent_to_their_own_items(as_liaison):
    assert as_liaison.get(HOME).url == reverse("items:mine")


def test_a_stranger_must_sign_in(client):
    assert client.get(HOME).url.startswith(reverse("login"))


def test_an_empty_office_says_what_is_empty(as_officer):
    page = as_officer.get(HOME).content.decode()
    for sentence in ("没有超期事项", "本周无到期事项", "没有待核对的讲话", "尚未安排", "还没有动态"):
        assert sentence in page


@pytest.fixture
def asked(liaison, department):
    """An item whose department asks for more time."""
    item = ActionItemFactory(lead=department, due=TODAY + timedelta(days=9), issued_on=TODAY)
    wanted = TODAY + timedelta(days=30)
    ask_extension(item=item, by=liaison, department=department, wanted=wanted, reason="降雨", done="主体")
    return item


@pytest.mark.parametrize(("leader_decides", "heading"), [(True, "延期待批复"), (False, "延期待我批复")])
def test_a_request_for_more_time_stands_on_the_first_screen(as_officer, asked, leader_decides, heading):
    Office.objects.update_or_create(pk=1, defaults={"leader_decides": leader_decides})
    page = as_officer.get(HOME).content.decode()
    assert f"<h2>{heading}</h2>" in page
    assert f"{asked.get_absolute_url()}#extension" in page


def test_the_leader_who_decides_sees_it_as_his(client, leader, asked):
    Office.objects.update_or_create(pk=1, defaults={"leader_decides": True})
    client.force_login(leader)
    page = client.get(HOME).content.decode()
    assert "延期待我批复" in page
    assert asked.title in page


@pytest.fixture
def proposed(officer, department):
    """An item of the leader's department that waits to be approved, its date past."""
    item = ActionItemFactory(lead=department, status=Status.DRAFT, issued_on=None, due=date(2026, 4, 10))
    make_move(item=item, name="propose", by=officer)
    return item


def test_the_leader_approves_on_the_first_screen_and_stays_there(client, leader, proposed, officer):
    client.force_login(leader)
    page = client.get(HOME).content.decode()
    for words in (
        "<h2>待我审定</h2>",
        proposed.title,
        str(officer),
        "已过，交办即超期",
        proposed.get_absolute_url(),
    ):
        assert words in page
    answer = client.post(reverse("items:move", args=[proposed.pk, "approve"]), {"from": "desk"})
    assert answer.url == HOME
    proposed.refresh_from_db()
    assert proposed.status == Status.ISSUED
    assert 'id="approvals"' not in client.get(HOME).content.decode()


def test_the_leader_sends_back_with_a_reason_only(client, leader, proposed):
    client.force_login(leader)
    address = reverse("items:move", args=[proposed.pk, "send_back"])
    assert "退回修改需要写明原因。" in client.post(address, {"from": "desk"}, follow=True).content.decode()
    assert client.post(address, {"from": "desk", "reason": "时限过紧"}).url == HOME
    proposed.refresh_from_db()
    assert proposed.status == Status.DRAFT


def test_another_areas_leader_sees_no_item_to_approve(client, proposed):
    client.force_login(PersonFactory(roles=["leader"]))
    assert 'id="approvals"' not in client.get(HOME).content.decode()


def test_who_proposed_reads_that_somebody_else_decides(as_officer, proposed):
    page = as_officer.get(HOME).content.decode()
    assert "<h2>待审定</h2>" in page
    assert "由您报请，须由他人审定" in page
    assert "审定交办</button>" not in page


def test_the_list_to_approve_ends_and_says_how_many_there_are(client, principal, officer):
    for item in ActionItemFactory.create_batch(10, status=Status.DRAFT, issued_on=None):
        make_move(item=item, name="propose", by=officer)
    client.force_login(principal)
    board = client.get(HOME).context["board"]
    assert (len(board.approvals), board.approvals_total, board.approves) == (8, 10, True)


@pytest.mark.parametrize("rows", [5, 25])
def test_the_number_of_queries_does_not_grow_with_the_rows(as_officer, django_assert_num_queries, rows):
    MeetingFactory(held_at=at("2026-04-17T09:00+08:00"))
    for _ in range(rows):
        item = overdue(supporting=[DepartmentFactory()])
        item.record("feedback", by=None, text="已完成一半")
        ActionItemFactory(due=TODAY + timedelta(days=1), status=Status.SUBMITTED)
        ActionItemFactory(status=Status.APPROVAL)
        SpeechFactory()
    with django_assert_num_queries(QUERIES):
        as_officer.get(HOME)


def test_the_first_use_leads_the_administrator_to_the_settings(client, administrator):
    client.force_login(administrator)
    assert "首次使用" in client.get(HOME).content.decode()
    DepartmentFactory()
    assert "首次使用" not in client.get(HOME).content.decode()
