"""Tells a worker that a document waits. Only a doorbell: when nobody hears it, the sweep finds the row."""

import logging
from functools import partial

from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

MAKE = "tracker.documents.celery_tasks.make_document"
# One short try: a person waits for the page, and the row is safe already.
_ONE_TRY = {"max_retries": 0, "socket_connect_timeout": 1, "socket_timeout": 1}


def ring(pk: int) -> None:
    """Send the document's id once the transaction is committed. Never raises for a broker that is down."""
    transaction.on_commit(partial(send, pk))


def send(pk: int, *, expires: float | None = None) -> bool:
    """Send it now; False, within about a second, when the broker does not answer."""
    options = {**settings.CELERY_BROKER_TRANSPORT_OPTIONS, **_ONE_TRY}
    try:
        with current_app.connection_for_write(connect_timeout=1, transport_options=options) as connection:
            current_app.send_task(MAKE, args=[pk], connection=connection, retry=False, expires=expires)
    except (OperationalError, OSError) as error:
        logger.warning("document %s: the broker is not reachable, the sweep will send it (%s)", pk, error)
        return False
    return True
