"""Tells a worker that a document waits (see `tracker.org.doorbell`)."""

from functools import partial

from django.db import transaction

from tracker.org.doorbell import send_id

MAKE = "tracker.documents.celery_tasks.make_document"


def ring(pk: int) -> None:
    """Send the document's id once the transaction is committed. Never raises for a broker that is down."""
    transaction.on_commit(partial(send, pk))


def send(pk: int, *, expires: float | None = None) -> bool:
    """Send it now; False, within about a second, when the broker does not answer."""
    return send_id(MAKE, pk, expires=expires)
