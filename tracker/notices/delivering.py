"""Getting messages out: claim, say that it begins, send, note the end. At most once, one channel never waiting for another.

Killed before the first byte: the lease runs out and another worker takes it. Killed later: nobody knows whether it
arrived, so it is shown to the administrator and not sent again.
"""

import logging
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from uuid import uuid4

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from tracker.notices import mail, robots
from tracker.notices.errors import TransportError
from tracker.notices.hours import in_hours
from tracker.notices.models import (
    MOST_ATTEMPTS,
    PAUSES,
    Channel,
    Delivery,
    DeliveryQuerySet,
    Message,
    NoticeSettings,
)
from tracker.notices.wording import body_of, subject_of
from tracker.org.calendar import office_calendar

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=120)
# One letter or post holds what waits for the same reader, so that forty items issued at once are one e-mail.
MOST_TOGETHER = 50
# A round per channel; the next beat goes on. 20 a minute is what the robots allow.
MOST_POSTS = 15
# News older than this is none. Longer than the longest holiday: what was kept over it must still go out.
STALE = timedelta(days=14)
UNCERTAIN = "发送时中断，可能已经送达；为免重复，不再自动重发"

State = Delivery.State


def due_channels() -> list[int]:
    """The channels with something to send now; none outside the hours."""
    now, office = timezone.now(), NoticeSettings.current()
    if not in_hours(now, office, office_calendar()):
        return []
    waiting = Delivery.objects.due(now).values("channel")
    ready = Channel.objects.usable().exclude(paused_until__gt=now).filter(pk__in=waiting)
    return list(ready.order_by("pk").values_list("pk", flat=True))


def sweep() -> None:
    """Put right what killed workers left, and give up what has waited too long."""
    now = timezone.now()
    silent = Delivery.objects.filter(state=State.SENDING, lease_until__lt=now)
    silent.filter(started_at__isnull=True).update(state=State.QUEUED, lease_until=None, claim="")
    silent.filter(started_at__isnull=False).update(state=State.FAILED, error=UNCERTAIN, done_at=now)
    # Yesterday's digest is of no use, and what nobody could send for days is shown as failed.
    old_digest = Q(message__kind=Message.Kind.DIGEST, message__day__lt=timezone.localdate(now))
    old = Q(message__created_at__lt=now - STALE)
    waiting = Delivery.objects.filter(state=State.QUEUED).filter(old_digest | old)
    expired = list(waiting.values_list("pk", flat=True)[:500])
    Delivery.objects.filter(pk__in=expired, state=State.QUEUED).update(
        state=State.FAILED, error="等待过久，已放弃", done_at=now
    )
    _environment_channel()


def send_channel(pk: int) -> int:
    """Send what waits on one channel, until nothing does, it fails, or its round is over. Returns how many posts."""
    channel = Channel.objects.usable().filter(pk=pk).exclude(paused_until__gt=timezone.now()).first()
    if channel is None:
        return 0
    sent = 0
    try:
        with ExitStack() as stack:
            post = _poster(channel, stack)
            while sent < MOST_POSTS and (batch := claim(channel)):
                if not _send(channel, batch, post):
                    break
                sent += 1
    except TransportError as error:  # no connection at all: nothing was claimed
        logger.warning("channel %s: %s", channel.pk, error)
        channel.failed(str(error))
    return sent


def claim(channel: Channel) -> list[Delivery]:
    """Take what waits for one reader on this channel. Of two workers each row goes to one."""
    now = timezone.now()
    due = channel.deliveries.due(now).select_related("message").order_by("pk")
    first = due.first()
    if first is None:
        return []
    together = due.filter(message__person=first.message.person_id).values_list("pk", flat=True)
    token = uuid4().hex
    Delivery.objects.filter(pk__in=list(together[:MOST_TOGETHER]), state=State.QUEUED).update(
        state=State.SENDING, claim=token, lease_until=now + LEASE, started_at=None, attempts=F("attempts") + 1
    )
    mine = Delivery.objects.filter(claim=token, state=State.SENDING)
    return list(mine.select_related("message__person", "message__item").order_by("pk"))


def begin(batch: Sequence[Delivery]) -> bool:
    """Say that the first byte is about to leave; False when the claim was lost meanwhile."""
    return _mine(batch).update(started_at=timezone.now()) == len(batch)


def _mine(batch: Sequence[Delivery]) -> DeliveryQuerySet:
    return Delivery.objects.filter(claim=batch[0].claim, state=State.SENDING)


Poster = Callable[[Sequence[Delivery]], None]


def _poster(channel: Channel, stack: ExitStack) -> Poster:
    """How this channel posts; a mail connection stays open for the round."""
    if channel.is_robot:
        return partial(_post_to_group, channel)
    connection = stack.enter_context(mail.mailer(channel))
    return partial(_post_mail, channel, connection)


def _post_to_group(channel: Channel, batch: Sequence[Delivery]) -> None:
    messages = [delivery.message for delivery in batch]
    text = f"【督办】{subject_of(messages)}\n{body_of(messages)}"
    url, secret = channel.opened
    robots.post(channel.kind, url=url, secret=secret, text=text, now=time.time())


def _post_mail(channel: Channel, connection: object, batch: Sequence[Delivery]) -> None:
    messages = [delivery.message for delivery in batch]
    person = messages[0].person
    if person is None or not person.email or not person.is_active:
        raise TransportError("没有邮箱地址，或已停用", recipient=True)
    mail.post(
        connection,
        channel,
        to=person.email,
        subject=f"【督办】{subject_of(messages)}",
        text=body_of(messages),
    )


def _send(channel: Channel, batch: Sequence[Delivery], post: Poster) -> bool:
    """Send one batch; False when the channel should rest."""
    if not begin(batch):
        return False
    try:
        post(batch)
    except TransportError as error:
        logger.warning("channel %s: %s", channel.pk, error)
        _failed(batch, error)
        if not error.recipient:
            channel.failed(str(error))
        return error.recipient
    except Exception:
        logger.exception("channel %s: unexpected error", channel.pk)
        _failed(batch, TransportError("意外错误，请看日志", uncertain=True))
        channel.failed("意外错误，请看日志")
        return False
    now = timezone.now()
    _mine(batch).update(state=State.SENT, done_at=now, lease_until=None, error="")
    channel.succeeded()
    return True


def _failed(batch: Sequence[Delivery], error: TransportError) -> None:
    now, words = timezone.now(), UNCERTAIN if error.uncertain else str(error)[:300]
    tries = max(delivery.attempts for delivery in batch)
    if error.recipient or error.uncertain or tries >= MOST_ATTEMPTS:
        _mine(batch).update(state=State.FAILED, error=words, done_at=now, lease_until=None)
        return
    pause = timedelta(minutes=PAUSES[min(tries, len(PAUSES)) - 1])
    _mine(batch).update(
        state=State.QUEUED, error=words, not_before=now + pause, lease_until=None, started_at=None, claim=""
    )


def resend(delivery: Delivery) -> bool:
    """The administrator's decision to send a failed one again, now."""
    return bool(
        Delivery.objects.filter(pk=delivery.pk, state=State.FAILED).update(
            state=State.QUEUED, attempts=0, not_before=timezone.now(), error="", started_at=None, claim=""
        )
    )


def send_test(channel: Channel, *, to: str = "") -> str:
    """Send one test post now, whatever the hour; the error in words, empty when it went out."""
    words = "这是一条测试消息。收到即表示该渠道可用。"
    try:
        if channel.is_robot:
            url, secret = channel.opened
            robots.post(channel.kind, url=url, secret=secret, text=f"【督办】{words}", now=time.time())
        else:
            with mail.mailer(channel) as connection:
                mail.post(connection, channel, to=to, subject="【督办】测试邮件", text=words)
    except TransportError as error:
        channel.failed(str(error))
        return str(error)
    channel.succeeded()
    return ""


def _environment_channel() -> None:
    """A server named in the environment shows up among the channels, where it can be switched off."""
    if settings.EMAIL_HOST and not Channel.objects.filter(kind=Channel.Kind.EMAIL).exists():
        Channel.objects.get_or_create(name="电子邮件", defaults={"kind": Channel.Kind.EMAIL})
