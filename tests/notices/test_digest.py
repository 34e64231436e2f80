"""The digest: one a working day at its hour, only when there is something, whatever the beats and kills."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.factories import ActionItemFactory, PersonFactory
from tests.notices.servers import smtp_server
from tracker.items.reckoning import Reckoning
from tracker.items.states import Status
from tracker.notices import day as day_module
from tracker.notices.day import do_the_day
from tracker.notices.delivering import due_channels, send_channel, sweep
from tracker.notices.digest import make_digests
from tracker.notices.models import Channel, DayJob, Message, NoticeSettings
from tracker.org.models import CalendarDay

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), SHANGHAI)


def digests(person=None):
    found = Message.objects.filter(kind="digest")
    return found.filter(person=person) if person else found


@pytest.fixture
def busy(department, liaison, wednesday):
    """Something of every kind for the department."""
    ActionItemFactory(lead=department, title="甲", status=Status.ISSUED, due=date(2026, 5, 20))
    ActionItemFactory(lead=department, title="乙", due=date(2026, 4, 10))
    ActionItemFactory(lead=department, title="丙", due=date(2026, 4, 17))
    ActionItemFactory(lead=department, title="丁", status=Status.RETURNED, due=date(2026, 6, 1))
    ActionItemFactory(title="别家的事项", due=date(2026, 4, 1))


def test_a_liaison_reads_what_is_to_be_done(busy, liaison):
    make_digests(Reckoning.now())
    message = digests(liaison).get()
    assert message.subject == "4月15日督办汇总：待签收 1，退回重办 1，超期 1，临期 1，待反馈 2"
    assert "乙（超期3个工作日）" in message.text
    assert "别家的事项" not in message.text


def test_nothing_to_do_is_no_message(liaison, wednesday):
    make_digests(Reckoning.now())
    assert not digests(liaison).exists()


def test_officers_and_leaders_read_what_concerns_them(busy, officer, leader, principal):
    ActionItemFactory(status=Status.SUBMITTED, due=date(2026, 6, 1))
    make_digests(Reckoning.now())
    assert "待审核 1，" in digests(officer).get().subject
    assert "超期 2" in digests(principal).get().subject
    assert "超期 1" in digests(leader).get().subject


def test_a_long_list_is_cut_with_its_number(liaison, department, wednesday):
    ActionItemFactory.create_batch(9, lead=department, status=Status.ISSUED, due=date(2026, 6, 1))
    make_digests(Reckoning.now())
    assert "其余 4 件请登录系统查看" in digests(liaison).get().text


def test_a_group_gets_its_own_digest(busy, department):
    Channel.objects.create(kind="wecom", name="群", url="https://example.cn/?key=k", department=department)
    make_digests(Reckoning.now())
    assert "别家" not in digests().get(channel__isnull=False).text


@pytest.mark.parametrize(
    ("moment", "made"),
    [
        pytest.param(at(date(2026, 4, 15), 8, 29), False, id="too early"),
        pytest.param(at(date(2026, 4, 15), 8, 30), True, id="its hour"),
        pytest.param(at(date(2026, 4, 15), 17, 0), True, id="late, the system was down"),
        pytest.param(at(date(2026, 4, 15), 18, 1), False, id="after hours"),
        pytest.param(at(date(2026, 4, 18)), False, id="Saturday"),
        pytest.param(at(date(2026, 5, 1)), False, id="holiday"),
    ],
)
def test_it_has_its_hour(busy, liaison, moment, made):
    with time_machine.travel(moment):
        do_the_day()
    assert digests(liaison).exists() is made


def test_switched_off_it_stays_off(busy, liaison):
    NoticeSettings(pk=1, digest_on=False).save()
    do_the_day()
    assert not digests().exists()


def test_two_beats_make_one(busy, liaison):
    assert do_the_day() == ["ladder", "digest"]
    assert do_the_day() == []
    assert digests(liaison).count() == 1


def test_killed_half_way_it_is_finished_later_and_nobody_gets_two(busy, liaison, officer, monkeypatch):
    real = day_module.make_digests

    def killed(now):
        real(now)
        Message.objects.filter(person=officer, kind="digest").delete()  # not reached yet
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(day_module, "make_digests", killed)
        with pytest.raises(KeyboardInterrupt):
            do_the_day()
    assert do_the_day() == []  # the dead one still holds the day
    with time_machine.travel("2026-04-15T09:46:00+08:00"):
        assert do_the_day() == ["digest"]
    assert (digests(liaison).count(), digests(officer).count()) == (1, 1)
    assert DayJob.objects.get(name="digest").attempts == 2


def test_a_month_of_digests(department, other_department, liaison):
    """2026-04-20 to 2026-05-19 with the May holiday, a Saturday worked instead and a local day off."""
    liaison.email = "fang@example.cn"
    liaison.save()
    CalendarDay.objects.create(day=date(2026, 5, 12), is_workday=False, note="校庆")
    ActionItemFactory(lead=department, due=date(2026, 4, 15))
    with smtp_server() as box:
        Channel.objects.create(
            kind="email", name="邮件", host="127.0.0.1", port=box.port, security="none", sender="d@example.cn"
        )
        got = []
        for offset in range(30):
            today = date(2026, 4, 20) + timedelta(days=offset)
            for minute in range(0, 24 * 60, 120):  # a beat every two hours, all day and night
                with time_machine.travel(
                    at(today) - timedelta(hours=9) + timedelta(minutes=minute), tick=False
                ):
                    do_the_day()
                    sweep()
                    for pk in due_channels():
                        send_channel(pk)
            got += [today] * (len(box.mails) - len(got))
    free = {date(2026, 5, day) for day in (1, 2, 3, 4, 5, 12)}
    worked = [
        day
        for day in (date(2026, 4, 20) + timedelta(days=n) for n in range(30))
        if (day.weekday() < 5 or day == date(2026, 5, 9)) and day not in free
    ]
    assert got == worked
    assert digests(liaison).count() == len(worked)


def test_people_without_a_role_get_none(busy):
    nobody = PersonFactory(name="无角色")
    make_digests(Reckoning.now())
    assert not digests(nobody).exists()


def test_failing_channels_are_told_to_the_administrators_once_a_day(administrator, wednesday):
    channel = Channel.objects.create(kind="wecom", name="局群", url="https://example.cn/?key=k")
    channel.failed("对方拒绝连接")
    do_the_day()
    do_the_day()
    message = Message.objects.get(kind="channel")
    assert (message.person, message.subject) == (administrator, "通知渠道“局群”发送失败")
