"""Renews a claim while a long step runs, so that a lease says "alive" and not "fast"."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

logger = logging.getLogger(__name__)


@contextmanager
def heartbeat(beat: Callable[[], object], *, every: float) -> Iterator[None]:
    """Call `beat` every `every` seconds from a thread of its own as long as the block runs.

    A frozen or killed process beats no more. What `beat` raises is logged: the next step notices a lost claim anyway.
    """
    done = threading.Event()

    def run() -> None:
        try:
            while not done.wait(every):
                beat()
        except Exception:
            logger.exception("heartbeat stopped")
        finally:
            connection.close()  # this thread's own

    thread = threading.Thread(target=run, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
