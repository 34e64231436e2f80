"""What beat rings for. Messages carry ids only; the rows are the jobs."""

from celery import shared_task

from tracker.notices import day, delivering, events, pruning


@shared_task(name="tracker.notices.celery_tasks.read_events")
def read_events() -> int:
    """Tell of what has happened to items."""
    return events.read_events()


@shared_task(name="tracker.notices.celery_tasks.do_the_day")
def do_the_day() -> list[str]:
    """The ladder and the digests, when their time has come."""
    return day.do_the_day()


@shared_task(name="tracker.notices.celery_tasks.prune_messages")
def prune_messages() -> int:
    """Delete old messages that were read."""
    return pruning.prune()


@shared_task(name="tracker.notices.celery_tasks.send_due")
def send_due() -> int:
    """Wake one sender a channel, so that a slow one keeps nobody waiting."""
    delivering.sweep()
    channels = delivering.due_channels()
    for pk in channels:
        send_channel.apply_async(args=(pk,), expires=19)
    return len(channels)


@shared_task(name="tracker.notices.celery_tasks.send_channel")
def send_channel(pk: int) -> int:
    """Send what waits on one channel."""
    return delivering.send_channel(pk)
