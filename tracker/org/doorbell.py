"""Tells a worker that a row waits. Only a doorbell: when nobody hears it, the sweep finds the row."""

import logging

from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)
# One short try: a person waits for the page, and the row is safe already.
_ONE_TRY = {"max_retries": 0, "socket_connect_timeout": 1, "socket_timeout": 1}


def send_id(task: str, pk: int, *, expires: float | None = None) -> bool:
    """Send a row's id to the workers of `task`; False, within about a second, when the broker does not answer."""
    options = {**settings.CELERY_BROKER_TRANSPORT_OPTIONS, **_ONE_TRY}
    try:
        with current_app.connection_for_write(connect_timeout=1, transport_options=options) as connection:
            current_app.send_task(task, args=[pk], connection=connection, retry=False, expires=expires)
    except (OperationalError, OSError) as error:
        logger.warning("%s %s: the broker is not reachable, the sweep will send it (%s)", task, pk, error)
        return False
    return True
