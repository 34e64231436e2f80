"""消息: one's own only, read and unread, each leading to its item."""

from datetime import date

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories import ActionItemFactory
from tracker.notices.models import Message

INBOX = reverse("notices:inbox")


def write(person, item=None, subject="交办：修缮校舍", **fields):
    return Message.objects.create(
        person=person, item=item, kind="issued", day=date(2026, 4, 15), subject=subject, **fields
    )


@pytest.fixture
def message(liaison, item):
    return write(liaison, item)


def test_messages_are_ones_own(as_liaison, message, outsider):
    write(outsider, subject="别人的消息")
    response = as_liaison.get(INBOX)
    assertContains(response, "交办：修缮校舍")
    assertNotContains(response, "别人的消息")


def test_opening_marks_as_read_and_leads_to_the_item(as_liaison, message, item):
    response = as_liaison.post(reverse("notices:read", args=[message.pk]), {"open": "1"})
    message.refresh_from_db()
    assert (response.url, message.read_at is not None) == (item.get_absolute_url(), True)


def test_read_twice_keeps_the_first_time(as_liaison, message):
    for _ in range(2):
        response = as_liaison.post(reverse("notices:read", args=[message.pk]))
        assert response.url == INBOX
    assertNotContains(as_liaison.get(INBOX, {"show": "unread"}), message.subject)


def test_others_cannot_read_mine(client, outsider, message):
    client.force_login(outsider)
    assert client.post(reverse("notices:read", args=[message.pk])).status_code == 404


def test_all_are_marked_at_once_and_only_ones_own(as_liaison, message, outsider):
    write(outsider)
    as_liaison.post(reverse("notices:read-all"))
    assert list(Message.objects.unread().values_list("person", flat=True)) == [outsider.pk]


@pytest.mark.parametrize(("count", "shown"), [(0, ""), (3, "3"), (120, "99+")])
def test_the_head_shows_how_many_are_new(as_liaison, liaison, db, count, shown):
    Message.objects.bulk_create(
        Message(person=liaison, kind="issued", variant=str(n), day=date(2026, 4, 15), subject="x")
        for n in range(count)
    )
    response = as_liaison.get(reverse("notices:unread"))
    assert shown in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"


def test_every_page_asks_for_the_number_after_it_is_there(as_liaison, db):
    assertContains(as_liaison.get(INBOX), 'hx-get="/notices/unread/" hx-trigger="load"')


def test_an_item_out_of_sight_is_told_without_a_link(as_liaison, liaison, wednesday):
    far = ActionItemFactory()
    write(liaison, far)
    assertNotContains(as_liaison.get(INBOX), 'name="open"')
    assertContains(as_liaison.get(INBOX), 'class="subject"')


def test_a_wrong_address_is_said_in_chinese(as_liaison):
    response = as_liaison.post(reverse("notices:own-mail"), {"email": "fang at home"})
    assertContains(response, "邮箱地址不对", status_code=422)


def test_markup_in_a_subject_is_text(as_liaison, liaison, db):
    write(liaison, subject="<script>alert(1)</script>")
    assertNotContains(as_liaison.get(INBOX), "<script>alert")


@pytest.mark.parametrize(
    ("typed", "status", "stored"),
    [("fang@example.cn", 302, "fang@example.cn"), ("", 302, ""), ("fang at home", 422, "old@example.cn")],
)
def test_people_name_their_own_address(as_liaison, liaison, typed, status, stored):
    liaison.email = "old@example.cn"
    liaison.save()
    response = as_liaison.post(reverse("notices:own-mail"), {"email": typed})
    liaison.refresh_from_db()
    assert (response.status_code, liaison.email) == (status, stored)


@pytest.mark.parametrize("rows", [5, 25])
def test_the_page_takes_the_same_queries_for_few_and_many(
    as_liaison, liaison, department, rows, django_assert_max_num_queries
):
    for item in ActionItemFactory.create_batch(rows, lead=department):
        write(liaison, item)
    with django_assert_max_num_queries(12):
        as_liaison.get(INBOX)
