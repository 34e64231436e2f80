"""Old messages that were read are deleted; unread ones and what is on its way out stay."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tracker.items.models import Event
from tracker.notices.celery_tasks import prune_messages
from tracker.notices.models import Channel, Delivery, Message
from tracker.notices.pruning import prune

pytestmark = pytest.mark.usefixtures("wednesday")


@pytest.fixture
def group(db):
    return Channel.objects.create(kind="wecom", name="局群", url="https://example.cn/hook?key=1")


def message(reader, *, age: int, read: bool = False, state: str = "") -> Message:
    """A message `age` days old, its delivery in `state`."""
    then = timezone.now() - timedelta(days=age)
    who = {"channel": reader} if isinstance(reader, Channel) else {"person": reader}
    made = Message.objects.create(
        **who, kind="issued", variant=str(Message.objects.count()), day=then.date(), subject="交办", created_at=then,
        read_at=then if read else None,
    )  # fmt: skip
    if state:
        channel = reader if isinstance(reader, Channel) else Channel.objects.create(kind="feishu", name="群")
        Delivery.objects.create(message=made, channel=channel, state=state)
    return made


@pytest.mark.parametrize(
    ("age", "read", "state", "stays"),
    [
        pytest.param(181, True, "", False, id="old and read"),
        pytest.param(179, True, "", True, id="young"),
        pytest.param(400, False, "", True, id="unread"),
        pytest.param(181, True, "sent", False, id="read and sent"),
        pytest.param(181, True, "queued", True, id="still to be sent"),
    ],
)
def test_what_goes_and_what_stays(liaison, age, read, state, stays):
    message(liaison, age=age, read=read, state=state)
    assert prune_messages() == (0 if stays else 1)
    assert Message.objects.exists() == stays
    assert Delivery.objects.exists() == (stays and bool(state))


@pytest.mark.parametrize(("state", "stays"), [("sent", False), ("failed", False), ("queued", True)])
def test_a_group_has_read_what_it_was_sent(group, state, stays):
    message(group, age=200, state=state)
    prune()
    assert Message.objects.exists() == stays


def test_the_setting_says_how_long_and_zero_keeps_all(liaison, settings):
    message(liaison, age=31, read=True)
    settings.MESSAGE_KEEP_DAYS = 0
    assert prune() == 0
    settings.MESSAGE_KEEP_DAYS = 30
    assert prune() == 1


def test_many_go_in_batches_and_the_history_stays(liaison, item):
    item.record("issued", by=None)
    for _ in range(5):
        message(liaison, age=200, read=True)
    assert prune(batch=2) == 5
    assert Event.objects.filter(item=item).exists()
