"""Tells a worker that a speech waits (see `tracker.org.doorbell`)."""

from functools import partial

from django.db import transaction

from tracker.org.doorbell import send_id

EXTRACT = "speeches.celery_tasks.extract_speech"


def ring(pk: int, *, expires: float | None = None) -> None:
    """Send the speech's id once the transaction is committed. Never raises for a broker that is down."""
    transaction.on_commit(partial(send, pk, expires=expires))


def send(pk: int, *, expires: float | None = None) -> bool:
    """Send it now; False, within about a second, when the broker does not answer."""
    return send_id(EXTRACT, pk, expires=expires)
