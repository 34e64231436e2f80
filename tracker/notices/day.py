"""What is done once a working day: the ladder, then the digests (which mention what the ladder proposes)."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from tracker.items.reckoning import Reckoning
from tracker.notices.digest import make_digests
from tracker.notices.hours import digest_is_due, in_hours
from tracker.notices.ladder import climb
from tracker.notices.models import Channel, DayJob, Message, NoticeSettings
from tracker.notices.outbox import Draft, post_all
from tracker.org.models import Membership, Person

LEASE = timedelta(minutes=5)


def do_the_day() -> list[str]:
    """Do what is due now and not done today. Returns the names of what was done."""
    moment, office, now = timezone.now(), NoticeSettings.current(), Reckoning.now()
    done = []
    if in_hours(moment, office, now.calendar):
        tell_of_failing_channels()
        if _claim("ladder", now, moment):
            climb(now)
            done += _finish("ladder", now)
    if digest_is_due(moment, office, now.calendar) and _claim("digest", now, moment):
        make_digests(now)
        done += _finish("digest", now)
    return done


def _claim(name: str, now: Reckoning, moment: datetime) -> bool:
    """Of two beats one gets the day; a killed one's day is free again with its lease."""
    try:
        with transaction.atomic():
            DayJob.objects.create(name=name, day=now.today, lease_until=moment + LEASE)
    except IntegrityError:
        mine = DayJob.objects.filter(name=name, day=now.today, done_at__isnull=True, lease_until__lt=moment)
        return bool(mine.update(lease_until=moment + LEASE, attempts=F("attempts") + 1))
    return True


def _finish(name: str, now: Reckoning) -> list[str]:
    DayJob.objects.filter(name=name, day=now.today).update(done_at=timezone.now())
    return [name]


def tell_of_failing_channels() -> int:
    """Tell the administrators, once a day and channel, in the product: the channel itself may be the one that fails."""
    failing = list(Channel.objects.failing())
    if not failing:
        return 0
    administrators = Person.objects.filter(memberships__role=Membership.Role.ADMIN, is_active=True).distinct()
    return post_all(
        Draft(
            person=person, kind=Message.Kind.CHANNEL, variant=str(channel.pk)[:12],
            subject=f"通知渠道“{channel.name}”发送失败", text=f"{channel.last_error}。请到 设置—通知渠道 检查并发送测试。",
        )
        for person in administrators
        for channel in failing
    )  # fmt: skip
