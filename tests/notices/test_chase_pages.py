"""The pages of 催办督查."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories import ActionItemFactory
from tracker.items.feedback import report_no_change
from tracker.items.reckoning import Reckoning
from tracker.items.states import EventKind, Status
from tracker.notices.chasing import Order, chase
from tracker.notices.ladder import climb
from tracker.notices.models import Chase

CHASE = reverse("notices:chase")
CHASES = reverse("notices:chases")
DECIDE = reverse("notices:decide")


def sending(*items, **fields):
    return {
        "items": ",".join(str(item.pk) for item in items),
        "send": "1",
        "step": "urge",
        "to_lead": "on",
        **fields,
    }


def said(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def test_the_ledger_selection_opens_the_page_and_changes_nothing(as_officer, item):
    draft = ActionItemFactory(status=Status.DRAFT)
    form = {"ids": [f"{item.pk}-1", f"{draft.pk}-1"], "state": "view=all"}
    response = as_officer.post(CHASE, form)
    assertContains(response, item.title)
    assertContains(response, "不发：尚未交办")
    assert not Chase.objects.exists()


def test_all_means_the_whole_filtered_list(as_officer, wednesday):
    ActionItemFactory.create_batch(25, due=date(2026, 4, 1))
    ActionItemFactory(due=date(2026, 9, 1))
    response = as_officer.post(CHASE, {"all": "1", "state": "view=overdue&page=2"})
    assertContains(response, "发出 25 件")


def test_sending_returns_to_the_same_place_of_the_ledger(as_officer, item, other_department):
    form = sending(item, to_supporting="on", text="请抓紧", deadline="4月22日", state="view=overdue&page=2")
    response = as_officer.post(CHASE, form)
    assert response.url.endswith("?view=overdue&page=2")
    made = Chase.objects.get()
    assert (made.deadline, made.text, made.recipients.count()) == (date(2026, 4, 22), "请抓紧", 2)


def test_from_an_item_it_returns_to_the_item(as_officer, item):
    assertContains(as_officer.get(CHASE, {"item": item.pk}), "发出 1 件")
    response = as_officer.post(CHASE, sending(item, item=str(item.pk)), follow=True)
    assert response.redirect_chain[0][0] == item.get_absolute_url()
    assert "已发催办单 1 件。" in said(response)
    assertContains(response, "第1次催办")


def test_twice_is_harmless(as_officer, item):
    as_officer.post(CHASE, sending(item))
    response = as_officer.post(CHASE, sending(item), follow=True)
    assert "今天已发过催办单" in said(response)
    assert item.events.filter(kind=EventKind.CHASED).count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({"to_lead": ""}, "请至少选择一个发送对象", id="nobody"),
        pytest.param({"step": "x"}, "选择", id="unknown kind"),
        pytest.param({"deadline": "2026-04-14"}, "责令期限不能早于今天", id="past deadline"),
        pytest.param({"deadline": "9999-12-31"}, "不是有效日期", id="far deadline"),
        pytest.param({"copied": "99999999999999999999"}, "", id="unknown department"),
    ],
)
def test_what_cannot_be_sent_is_said_and_typed_text_stays(as_officer, item, fields, words):
    response = as_officer.post(CHASE, sending(item, text="请抓紧办理", **fields))
    assert response.status_code == 422
    assertContains(response, words, status_code=422)
    assertContains(response, "请抓紧办理", status_code=422)
    assert not Chase.objects.exists()


@pytest.mark.parametrize("ids", [["x"], ["-"], ["99999999999999999999-1"], []])
def test_nonsense_selects_nothing(as_officer, ids):
    assert "没有选中事项" in said(as_officer.post(CHASE, {"ids": ids, "state": ""}, follow=True))


def test_only_officers_chase(as_liaison, item):
    assert as_liaison.get(CHASE, {"item": item.pk}).status_code == 403
    assert as_liaison.post(CHASE, sending(item)).status_code == 403
    assert as_liaison.post(DECIDE, {"all": "1"}).status_code == 403
    assert as_liaison.get(DECIDE).status_code == 405


def test_proposals_are_issued_in_one_click(as_officer, item, now):
    climb(now)
    assertContains(as_officer.get(CHASES), "超期3个工作日")
    response = as_officer.post(DECIDE, {"all": "1", "action": "issue"}, follow=True)
    assert "已签发 1 件。" in said(response)
    assertContains(response, "催办单")
    assert Chase.objects.get().state == "issued"


def test_chosen_proposals_are_dropped_and_the_rest_stay(as_officer, item, now):
    ActionItemFactory(due=date(2026, 4, 9))
    climb(now)
    first = Chase.objects.first()
    as_officer.post(DECIDE, {"ids": [str(first.pk), "x"], "action": "drop"})
    assert {row.state for row in Chase.objects.all()} == {"dropped", "proposed"}


@pytest.mark.parametrize("standing", ["running", "expired", "answered", "ended", "dropped"])
def test_the_filter_finds_what_the_light_says(as_officer, officer, department, ladder, standing):
    """Every row of every standing: the database's rule is the model's rule."""
    with time_machine.travel("2026-04-01T09:00:00+08:00"):
        for status in (Status.IN_PROGRESS, Status.RETURNED, Status.ISSUED):
            made = ActionItemFactory(due=date(2026, 3, 20), status=status, lead=department)
            chase(made, Order(step=ladder["urge"]), by=officer, now=Reckoning.now())
    with time_machine.travel("2026-04-15T09:00:00+08:00"):
        items = [row.item for row in Chase.objects.order_by("pk")]
        items[0].move("close", by=officer)
        report_no_change(item=items[1], by=officer, department=department)  # no answer
        items[1].feedbacks.create(
            department=department, author=officer, day=date(2026, 4, 15), progress="已办"
        )
        fresh = ActionItemFactory(due=date(2026, 4, 10))
        chase(fresh, Order(step=ladder["urge"]), by=officer, now=Reckoning.now())
        Chase.objects.create(item=fresh, step="red", name="红", state="dropped", day=date(2026, 4, 15))
        response = as_officer.get(CHASES, {"standing": standing})
    assert [where for _, where in response.context["rows"]] == [standing]


def test_departments_see_their_own_and_no_proposals(client, outsider, liaison, item, ladder, officer, now):
    climb(now)
    far = ActionItemFactory(title="与两家都无关的事项")
    chase(far, Order(step=ladder["urge"]), by=officer, now=now)
    client.force_login(liaison)
    response = client.get(CHASES)
    assertNotContains(response, "与两家都无关的事项")
    assertNotContains(response, "待签发")


@pytest.mark.parametrize("rows", [5, 25])
def test_the_list_takes_the_same_queries_for_few_and_many(
    as_officer, officer, ladder, now, rows, django_assert_max_num_queries
):
    for made in ActionItemFactory.create_batch(rows, due=date(2026, 4, 1)):
        chase(made, Order(step=ladder["urge"], to_supporting=True), by=officer, now=now)
    ActionItemFactory.create_batch(rows, due=date(2026, 4, 2))
    climb(now)
    with django_assert_max_num_queries(20):
        as_officer.get(CHASES)
