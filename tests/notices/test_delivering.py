"""On the way out: at most once, in hours only, one channel never waiting for another, failures shown."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.factories import ActionItemFactory, PersonFactory
from tests.notices.servers import SECRET, robot_server, smtp_server
from tracker.notices import delivering
from tracker.notices.delivering import begin, claim, due_channels, resend, send_channel, send_test, sweep
from tracker.notices.models import MOST_ATTEMPTS, Channel, Delivery, Message
from tracker.notices.outbox import Draft, post_all

pytestmark = pytest.mark.usefixtures("wednesday")


@pytest.fixture
def mailbox():
    with smtp_server() as box:
        yield box


@pytest.fixture
def mail(mailbox, db):
    return Channel.objects.create(
        kind="email",
        name="邮件",
        host="127.0.0.1",
        port=mailbox.port,
        security="none",
        sender="duban@example.cn",
    )


@pytest.fixture
def robots():
    with robot_server() as server:
        yield server


@pytest.fixture
def group(robots, db):
    return Channel.objects.create(kind="feishu", name="局群", url=robots.url("feishu"), secret=SECRET)


@pytest.fixture
def reader(db):
    return PersonFactory(name="方联络", email="fang@example.cn")


def tell(person=None, channel=None, subject="交办：〔2026〕12号 修缮校舍", item=None, **fields):
    return post_all(
        [
            Draft(
                person=person, channel=channel, kind=Message.Kind.ISSUED, subject=subject, item=item, **fields
            )
        ]
    )


def states():
    return [delivery.state for delivery in Delivery.objects.order_by("pk")]


def test_a_mail_arrives_with_its_link(mail, mailbox, reader):
    item = ActionItemFactory()
    from tracker.notices.models import NoticeSettings

    NoticeSettings(pk=1, site_url="http://10.1.2.3:8000/").save()
    tell(reader, item=item, text="请签收。")
    assert send_channel(mail.pk) == 1
    sent = mailbox.mails[0]
    assert (sent["To"], sent["From"], sent["Auto-Submitted"]) == (
        "fang@example.cn",
        "duban@example.cn",
        "auto-generated",
    )
    assert sent["Subject"].strip() == "【督办】交办：〔2026〕12号 修缮校舍"
    assert f"http://10.1.2.3:8000/items/{item.pk}/" in sent.get_content()


def test_what_waits_for_one_person_is_one_mail(mail, mailbox, reader):
    for item in ActionItemFactory.create_batch(40):
        tell(reader, item=item, subject=f"交办：{item}")
    tell(PersonFactory(email="b@example.cn"))
    send_channel(mail.pk)
    assert mailbox.to == ["fang@example.cn", "b@example.cn"]
    assert mailbox.mails[0]["Subject"].strip() == "【督办】40条消息"
    assert states() == ["sent"] * 41


def test_the_same_is_told_once_a_day(mail, reader):
    item = ActionItemFactory()
    assert [tell(reader, item=item), tell(reader, item=item)] == [1, 0]
    with time_machine.travel("2026-04-16T09:00:00+08:00"):
        assert tell(reader, item=item) == 1


def test_somebody_without_an_address_is_told_in_the_product_only(mail):
    tell(PersonFactory(email=""))
    assert Message.objects.count() == 1
    assert not Delivery.objects.exists()


def test_mail_with_a_password_logs_in(reader):
    with smtp_server(password="geheim") as box:
        channel = Channel.objects.create(
            kind="email", name="邮件", host="127.0.0.1", port=box.port, security="none", username="duban",
            secret="geheim", sender="duban@example.cn",
        )  # fmt: skip
        assert send_test(channel, to="a@example.cn") == ""
        channel.secret = "falsch"
        assert "账号或密码被拒绝" in send_test(channel, to="a@example.cn")
    assert box.to == ["a@example.cn"]


def test_a_newline_in_a_title_makes_no_second_header(mail, mailbox, reader):
    tell(reader, subject="交办：一\r\nBcc: x@example.cn\n二")
    send_channel(mail.pk)
    assert mailbox.to == ["fang@example.cn"]
    assert mailbox.mails[0]["Bcc"] is None


@pytest.mark.parametrize(
    ("moment", "goes"),
    [
        pytest.param("2026-04-15T08:29:00+08:00", False, id="before hours"),
        pytest.param("2026-04-15T08:30:00+08:00", True, id="hours begin"),
        pytest.param("2026-04-15T17:59:00+08:00", True, id="last minute"),
        pytest.param("2026-04-15T18:00:00+08:00", False, id="after hours"),
        pytest.param("2026-04-18T10:00:00+08:00", False, id="Saturday"),
        pytest.param("2026-05-01T10:00:00+08:00", False, id="holiday"),
        pytest.param("2026-05-09T10:00:00+08:00", True, id="Saturday worked instead"),
    ],
)
def test_nothing_leaves_outside_the_hours(mail, reader, moment, goes):
    with time_machine.travel(moment):
        tell(reader)
        assert due_channels() == ([mail.pk] if goes else [])


def test_what_was_kept_overnight_goes_in_the_morning(mail, mailbox, reader):
    with time_machine.travel("2026-04-17T20:00:00+08:00"):  # Friday evening
        tell(reader)
    with time_machine.travel("2026-04-20T08:31:00+08:00"):  # Monday
        sweep()
        for pk in due_channels():
            send_channel(pk)
    assert mailbox.to == ["fang@example.cn"]


def test_a_dead_channel_blocks_no_other_and_rests(mail, mailbox, group, robots, reader):
    robots.mode = "broken"
    tell(channel=group)
    tell(reader)
    for pk in due_channels():
        send_channel(pk)
    group.refresh_from_db()
    assert mailbox.to == ["fang@example.cn"]
    assert (group.failures, group.last_error) == (1, "对方服务器返回 HTTP 502")
    assert due_channels() == []


def test_it_is_tried_again_later_and_later_and_then_given_up(group, robots):
    robots.mode = "broken"
    tell(channel=group)
    moment = timezone.now()
    for _ in range(MOST_ATTEMPTS + 3):
        with time_machine.travel(moment, tick=False):
            send_channel(group.pk)
        moment += timedelta(hours=3, minutes=1)
    assert len(robots.asked) == MOST_ATTEMPTS
    assert states() == ["failed"]


def test_after_a_pause_it_arrives_and_the_channel_is_well_again(group, robots):
    robots.mode = "broken"
    tell(channel=group)
    send_channel(group.pk)
    robots.mode = ""
    with time_machine.travel("2026-04-15T09:42:00+08:00"):
        send_channel(group.pk)
    group.refresh_from_db()
    assert (len(robots.texts), group.failures, group.last_error) == (1, 0, "")
    assert group.last_ok_at is not None


def test_a_refused_address_fails_alone(mail, mailbox, reader):
    bad = PersonFactory(email="gone@example.cn")
    mailbox.refuse.add("gone@example.cn")
    tell(bad)
    tell(reader)
    send_channel(mail.pk)
    mail.refresh_from_db()
    assert (states(), mail.failures) == (["failed", "sent"], 0)


def test_no_answer_after_sending_is_never_sent_twice(group, robots):
    robots.mode = "hang up"
    tell(channel=group)
    send_channel(group.pk)
    robots.mode = ""
    with time_machine.travel("2026-04-15T15:00:00+08:00"):
        sweep()
        send_channel(group.pk)
    assert len(robots.asked) == 1
    assert "可能已经送达" in Delivery.objects.get().error


def test_of_two_workers_each_row_goes_to_one(mail, reader):
    for item in ActionItemFactory.create_batch(3):
        tell(reader, item=item)
    first, second = claim(mail), claim(mail)
    assert (len(first), second) == (3, [])


def test_killed_before_the_first_byte_another_takes_it(group, robots):
    tell(channel=group)
    claim(group)  # and the worker dies
    sweep()
    assert states() == ["sending"]
    with time_machine.travel("2026-04-15T09:43:00+08:00"):
        sweep()
        send_channel(group.pk)
    assert len(robots.texts) == 1


def test_killed_while_sending_it_is_shown_and_not_sent_again(group, robots):
    tell(channel=group)
    begin(claim(group))  # and the worker dies
    with time_machine.travel("2026-04-15T09:43:00+08:00"):
        sweep()
        send_channel(group.pk)
    assert robots.texts == []
    assert states() == ["failed"]


def test_a_worker_that_lost_its_claim_sends_nothing(group, robots, monkeypatch):
    tell(channel=group)
    batch = claim(group)
    with time_machine.travel("2026-04-15T09:43:00+08:00"):
        sweep()
        claim(group)
    assert not begin(batch)


def test_the_administrator_may_send_it_again(group, robots):
    tell(channel=group)
    begin(claim(group))
    with time_machine.travel("2026-04-15T09:43:00+08:00"):
        sweep()
        assert resend(Delivery.objects.get())
        assert not resend(Delivery.objects.get())
        send_channel(group.pk)
    assert len(robots.texts) == 1


def test_yesterdays_digest_is_not_sent_today(mail, mailbox, reader):
    post_all([Draft(person=reader, kind=Message.Kind.DIGEST, subject="4月15日督办汇总")])
    with time_machine.travel("2026-04-16T09:00:00+08:00"):
        sweep()
        send_channel(mail.pk)
    assert (mailbox.to, states()) == ([], ["failed"])


def test_an_unexpected_error_is_logged_and_not_repeated(group, monkeypatch, caplog):
    tell(channel=group)
    monkeypatch.setattr(delivering.robots, "post", lambda *_, **__: 1 / 0)
    send_channel(group.pk)
    assert "ZeroDivisionError" in caplog.text
    assert states() == ["failed"]


def test_a_server_named_in_the_environment_becomes_a_channel(db, settings, mailbox, reader):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mailbox.port
    sweep()
    sweep()
    tell(reader)
    send_channel(Channel.objects.get().pk)
    assert mailbox.to == ["fang@example.cn"]


def test_a_queue_of_one_round_is_limited(mail, mailbox):
    for person in PersonFactory.create_batch(20):
        person.email = f"{person.username}@example.cn"
        person.save()
        tell(person)
    assert send_channel(mail.pk) == delivering.MOST_POSTS
    assert date(2026, 4, 15) == timezone.localdate()
    assert send_channel(mail.pk) == 20 - delivering.MOST_POSTS


def test_what_was_kept_over_the_longest_holiday_still_goes_out(mail, mailbox, reader):
    with time_machine.travel("2026-02-13T19:00:00+08:00"):  # the evening before the Spring Festival
        tell(reader)
    with time_machine.travel("2026-02-24T09:00:00+08:00"):
        sweep()
        for pk in due_channels():
            send_channel(pk)
    assert mailbox.to == ["fang@example.cn"]
