"""审定 before 交办, 批示, and the recycle bin, on the pages."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import ActionItemFactory
from tracker.items.models import ActionItem
from tracker.items.states import EventKind, Status
from tracker.items.workflow import make_move
from tracker.org.models import Office

pytestmark = pytest.mark.usefixtures("wednesday")


@pytest.fixture
def approval(db):
    return Office.objects.create(pk=1, needs_approval=True)


@pytest.fixture
def draft(department):
    return ActionItemFactory(lead=department, status=Status.DRAFT, issued_on=None)


def move(client, item, name, **form):
    return client.post(reverse("items:move", args=[item.pk, name]), form, follow=True)


def said(response):
    return " ".join(map(str, response.context["messages"]))


def test_who_proposed_sees_why_another_must_approve(approval, as_officer, draft):
    move(as_officer, draft, "propose")
    page = as_officer.get(draft.get_absolute_url()).content.decode()
    assert "由您报请，须由其他督查员或领导审定" in page
    assert "审定交办</button>" not in page
    assert "报请人以外" in said(move(as_officer, draft, "approve"))


def test_the_leader_in_charge_approves_or_sends_back(approval, client, draft, officer, leader):
    make_move(item=draft, name="propose", by=officer)
    client.force_login(leader)
    assert "审定交办</button>" in client.get(draft.get_absolute_url()).content.decode()
    move(client, draft, "send_back", reason="时限过紧")
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
    make_move(item=draft, name="propose", by=officer)
    move(client, draft, "approve")
    draft.refresh_from_db()
    assert draft.status == Status.ISSUED


def test_registering_proposes_where_it_must_be_approved(approval, as_officer, department):
    page = as_officer.get(reverse("items:create")).content.decode()
    assert "登记后立即报请审定" in page
    form = {"title": "修缮校舍", "feedback_cycle": "once", "lead": department.pk, "issue_now": "on"}
    assert "并报请审定" in said(as_officer.post(reverse("items:create"), form, follow=True))
    assert ActionItem.objects.get().status == Status.APPROVAL


def test_a_leader_writes_an_instruction_once_and_the_department_reads_it(client, leader, liaison, department):
    item = ActionItemFactory(lead=department)
    client.force_login(leader)
    for _ in range(2):
        client.post(reverse("items:instruct", args=[item.pk]), {"text": "务必赶在汛期前完工。"})
    assert item.events.filter(kind=EventKind.INSTRUCTED).count() == 1
    client.force_login(liaison)
    assert "务必赶在汛期前完工。" in client.get(item.get_absolute_url()).content.decode()
    assert client.post(reverse("items:instruct", args=[item.pk]), {"text": "x"}).status_code == 403


def test_an_empty_instruction_is_asked_for_again(client, leader, department):
    item = ActionItemFactory(lead=department)
    client.force_login(leader)
    response = client.post(reverse("items:instruct", args=[item.pk]), {"text": " "})
    assert response.status_code == 422
    assert "请写明批示内容" in response.content.decode()


def test_an_officer_does_not_write_for_the_leader(as_officer, department):
    item = ActionItemFactory(lead=department)
    assert as_officer.post(reverse("items:instruct", args=[item.pk]), {"text": "x"}).status_code == 403


def test_a_draft_goes_to_the_bin_with_a_reason_and_comes_back(as_officer, draft):
    discard, restore = (reverse(f"items:{name}", args=[draft.pk]) for name in ("discard", "restore"))
    assert "需要写明原因" in said(as_officer.post(discard, follow=True))
    for _ in range(2):
        as_officer.post(discard, {"reason": "重复登记"})
    page = as_officer.get(reverse("items:bin")).content.decode()
    assert "重复登记" in page
    assert draft.title in page
    assert as_officer.get(draft.get_absolute_url()).status_code == 404
    for _ in range(2):
        as_officer.post(restore)
    assert ActionItem.objects.filter(pk=draft.pk).exists()
    assert draft.events.filter(kind=EventKind.RESTORED).count() == 1


def test_what_a_department_has_does_not_go_to_the_bin(as_officer, department):
    item = ActionItemFactory(lead=department)
    response = as_officer.post(reverse("items:discard", args=[item.pk]), {"reason": "x"}, follow=True)
    assert "已交办，不能移入回收站" in said(response)


def test_the_bin_is_the_officers(as_liaison, draft):
    assert as_liaison.get(reverse("items:bin")).status_code == 403
    assert as_liaison.post(reverse("items:restore", args=[draft.pk])).status_code == 403


@pytest.mark.parametrize("rows", [5, 25])
def test_the_bin_asks_as_often_for_many_as_for_few(as_officer, officer, rows, django_assert_num_queries):
    for _ in range(rows):
        ActionItemFactory(status=Status.DRAFT).discard(by=officer, reason="重复")
    with django_assert_num_queries(7):
        as_officer.get(reverse("items:bin"))


def test_a_closing_request_is_answered_beside_its_words(as_officer, department, liaison):
    item = ActionItemFactory(lead=department, due=date(2026, 4, 30))
    make_move(item=item, name="submit", by=liaison, reason="三座桥已加固", staged=True, department=department)
    page = as_officer.get(item.get_absolute_url()).content.decode()
    assert "三座桥已加固" in page
    assert "申请阶段性办结" in page
    move(as_officer, item, "return", reason="缺验收单")
    page = as_officer.get(item.get_absolute_url()).content.decode()
    assert "退回重办。缺验收单" in page


def test_the_department_takes_its_closing_request_back(as_liaison, department, liaison):
    item = ActionItemFactory(lead=department)
    make_move(item=item, name="submit", by=liaison, reason="已加固")
    move(as_liaison, item, "recall")
    item.refresh_from_db()
    assert item.status == Status.IN_PROGRESS


def test_what_nobody_could_sign_for_is_not_proposed_and_named_by_the_step_refused(approval, as_officer):
    orphan = ActionItemFactory(lead=None, status=Status.DRAFT, issued_on=None)
    why = "尚未明确牵头单位，不能报请审定"
    assert why in as_officer.get(orphan.get_absolute_url()).content.decode()
    assert why in said(move(as_officer, orphan, "propose"))
    bulk = {"ids": f"{orphan.pk}-{orphan.version}", "action": "issue", "confirm": "1"}
    assert why in said(as_officer.post(reverse("items:bulk"), bulk, follow=True))
    orphan.refresh_from_db()
    assert orphan.status == Status.DRAFT
    form = {"title": "修缮校舍", "feedback_cycle": "once", "issue_now": "on"}
    assert "立即报请审定需要先明确" in as_officer.post(reverse("items:create"), form).content.decode()
