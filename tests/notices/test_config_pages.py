"""The administrator's pages: hours, channels with their secrets, the ladder."""

from datetime import time

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from tests.notices.servers import SECRET, robot_server, smtp_server
from tracker.notices.forms import whereto
from tracker.notices.models import Channel, Delivery, Message, NoticeSettings, Step
from tracker.notices.sealing import PREFIX

CHANNELS = reverse("notices:channels")
URL = "https://open.feishu.cn/open-apis/bot/v2/hook/abcdef-123456"
ROBOT = {
    "name": "局群",
    "url": URL,
    "secret": "SEC-4711-geheim",
    "department": "",
    "sends_digest": "on",
    "enabled": "on",
}
MAIL = {
    "name": "邮件",
    "host": "mail.example.cn",
    "security": "ssl",
    "username": "d@example.cn",
    "secret": "geheim-4711",
}


@pytest.fixture
def as_admin(client, administrator):
    administrator.email = "admin@example.cn"
    administrator.save()
    client.force_login(administrator)
    return client


def new(kind):
    return reverse("notices:channel-new", args=[kind])


def said(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def test_a_channel_is_added_and_its_secrets_are_never_shown_again(as_admin):
    as_admin.post(new("feishu"), ROBOT)
    channel = Channel.objects.get()
    assert channel.opened == (URL, ROBOT["secret"])
    for page in (CHANNELS, reverse("notices:channel", args=[channel.pk])):
        response = as_admin.get(page)
        assertContains(response, "已设置")
        for part in ("abcdef", "3456", "SEC-4711", PREFIX):
            assertNotContains(response, part)


def test_left_blank_the_secrets_stay(as_admin):
    as_admin.post(new("feishu"), ROBOT)
    channel = Channel.objects.get()
    as_admin.post(
        reverse("notices:channel", args=[channel.pk]), {**ROBOT, "name": "新名", "url": "", "secret": ""}
    )
    channel.refresh_from_db()
    assert (channel.name, *channel.opened) == ("新名", URL, ROBOT["secret"])


def test_a_form_that_does_not_hold_shows_no_stored_secret(as_admin):
    as_admin.post(new("feishu"), ROBOT)
    page = reverse("notices:channel", args=[Channel.objects.get().pk])
    response = as_admin.post(page, {**ROBOT, "name": "", "url": "", "secret": ""})
    assert response.status_code == 422
    assertNotContains(response, "abcdef", status_code=422)
    assertNotContains(response, "SEC-4711", status_code=422)
    assertNotContains(response, PREFIX, status_code=422)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://example.cn/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "https://a b.cn/",
        "http://[::1",
    ],
)
def test_an_address_must_be_one_of_the_web(as_admin, url):
    assert as_admin.post(new("dingtalk"), {**ROBOT, "url": url}).status_code == 422
    assert not Channel.objects.exists()


def test_only_one_mail_server_is_in_use(as_admin):
    as_admin.post(new("email"), {**MAIL, "enabled": "on"})
    again = as_admin.post(new("email"), {**MAIL, "name": "另一个", "enabled": "on"})
    assertContains(again, "同时只能启用一个", status_code=422)
    assert as_admin.post(new("email"), {**MAIL, "name": "备用"}).status_code == 302


def test_wecom_has_no_second_secret(as_admin):
    assertNotContains(as_admin.get(new("wecom")), 'name="secret"')


def test_an_unknown_kind_is_not_found(as_admin):
    assert as_admin.get(new("pigeon")).status_code == 404


@pytest.mark.parametrize("kind", ["wecom", "dingtalk", "feishu"])
def test_a_test_message_goes_out_at_once(as_admin, kind):
    with robot_server() as robots:
        channel = Channel.objects.create(kind=kind, name="群", url=robots.url(kind), secret=SECRET)
        response = as_admin.post(reverse("notices:channel-test", args=[channel.pk]), follow=True)
    assert "测试已发出" in said(response)
    assert len(robots.texts) == 1
    assertContains(response, "正常")


def test_a_failed_test_says_why_and_shows(as_admin):
    channel = Channel.objects.create(kind="wecom", name="群", url="http://127.0.0.1:9/?key=geheim")
    response = as_admin.post(reverse("notices:channel-test", args=[channel.pk]), follow=True)
    assert "对方拒绝连接" in said(response)
    assertContains(response, "连续失败 1 次")
    assertNotContains(response, "geheim")


def test_a_test_mail_goes_to_the_administrator(as_admin):
    with smtp_server() as box:
        channel = Channel.objects.create(
            kind="email", name="邮件", host="127.0.0.1", port=box.port, security="none", sender="d@example.cn"
        )
        as_admin.post(reverse("notices:channel-test", args=[channel.pk]))
    assert box.to == ["admin@example.cn"]


def test_what_did_not_get_out_is_shown_and_sent_again(as_admin, wednesday):
    channel = Channel.objects.create(kind="wecom", name="群", url="http://127.0.0.1:9/")
    message = Message.objects.create(
        channel=channel, kind="issued", day=timezone.localdate(), subject="交办：甲"
    )
    lost = Delivery.objects.create(message=message, channel=channel, state="failed", error="等待过久")
    assertContains(as_admin.get(CHANNELS), "等待过久")
    for _ in range(2):
        as_admin.post(reverse("notices:delivery-resend", args=[lost.pk]))
    lost.refresh_from_db()
    assert (lost.state, lost.error) == ("queued", "")


def test_deleting_twice_is_harmless(as_admin):
    channel = Channel.objects.create(kind="wecom", name="群", url="http://127.0.0.1:9/")
    for _ in range(2):
        assert as_admin.post(reverse("notices:channel-delete", args=[channel.pk])).status_code == 302


HOURS = {
    "digest_on": "on",
    "digest_at": "09:00",
    "hours_from": "08:00",
    "hours_until": "17:30",
    "site_url": "",
}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({}, "", id="fine"),
        pytest.param({"digest_at": "18:00"}, "汇总时刻须在对外发送时段内", id="digest after hours"),
        pytest.param({"hours_until": "07:00"}, "须晚于开始时刻", id="backwards"),
        pytest.param({"site_url": "javascript:alert(1)"}, "有效", id="no address"),
    ],
)
def test_the_hours_are_set(as_admin, fields, words):
    response = as_admin.post(reverse("notices:settings"), {**HOURS, **fields})
    assert response.status_code == (422 if words else 302)
    if words:
        assertContains(response, words, status_code=422)
    assert NoticeSettings.current().digest_at == (time(8, 30) if words else time(9))


def ladder_form(as_admin, **changes):
    rows = as_admin.get(reverse("notices:ladder")).context["forms"]
    data = {"form-TOTAL_FORMS": "5", "form-INITIAL_FORMS": "5"}
    for form in rows:
        for name in (
            "id",
            "enabled",
            "name",
            "colour",
            "when",
            "days",
            "after_previous",
            "answer_days",
            "to_leader",
        ):
            value = form[name].value()
            if value not in (False, None):
                data[f"{form.prefix}-{name}"] = "on" if value is True else str(value)
    return {**data, **changes}


def test_the_ladder_takes_local_names_and_colours(as_admin, db):
    data = ladder_form(
        as_admin, **{"form-3-name": "橙色督查单", "form-3-colour": "orange", "escalates_itself": "on"}
    )
    assert as_admin.post(reverse("notices:ladder"), data).status_code == 302
    step = Step.objects.get(key="amber")
    assert (step.name, step.colour, NoticeSettings.current().escalates_itself) == (
        "橙色督查单",
        "orange",
        True,
    )


@pytest.mark.parametrize("days", ["0", "61", "-1", "x"])
def test_days_that_mean_nothing_are_refused(as_admin, db, days):
    response = as_admin.post(reverse("notices:ladder"), ladder_form(as_admin, **{"form-1-days": days}))
    assert response.status_code == 422
    assert Step.objects.get(key="urge").days == 1


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"kind": "feishu", "url": URL}, "open.feishu.cn　已设置"),
        ({"kind": "wecom", "url": "https://u:pw@example.cn/key-12345678"}, "example.cn　已设置"),
        ({"kind": "email", "host": "mail.example.cn"}, "mail.example.cn"),
        ({"kind": "email"}, "环境变量指定的服务器"),
    ],
)
def test_where_a_channel_leads_gives_nothing_away(fields, shown):
    assert whereto(Channel(**fields)) == shown
