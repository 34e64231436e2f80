"""Old messages go. The item's own history keeps every event; a message only told of one."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone

from tracker.notices.models import Delivery, Message

# Deleted at once: nobody waits long for the database.
BATCH = 500
_ON_ITS_WAY = (Delivery.State.QUEUED, Delivery.State.SENDING)


def prune(*, days: int | None = None, batch: int = BATCH) -> int:
    """Delete messages older than `days` (default: the setting) that were read; how many went.

    What nobody has read yet stays, however old, and so does what is still on its way out. A group reads what it was
    sent: it has no inbox. 0 days keeps everything.
    """
    days = settings.MESSAGE_KEEP_DAYS if days is None else days
    if days <= 0:
        return 0
    waiting = Delivery.objects.filter(message=OuterRef("pk"), state__in=_ON_ITS_WAY)
    old = Message.objects.filter(created_at__lt=timezone.now() - timedelta(days=days))
    read = old.exclude(person__isnull=False, read_at__isnull=True).exclude(Exists(waiting)).order_by("pk")
    gone = 0
    while found := list(read.values_list("pk", flat=True)[:batch]):
        # Asked again: one that was put back in the queue meanwhile stays.
        _, told = Message.objects.filter(pk__in=found).exclude(Exists(waiting)).delete()
        gone += told.get(Message._meta.label, 0)
    return gone
