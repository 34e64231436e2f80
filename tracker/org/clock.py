"""The office's clock. Everything asks here, so that a replay can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """This moment, aware."""
    return _pretended.get() or timezone.now()


def today() -> date:
    """The office's current date."""
    return timezone.localtime(now()).date()


def day_words(day: date) -> str:
    """4月10日; with the year when it is not this one: 1月8日 in November would be taken for a day gone by."""
    year = "" if day.year == today().year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let what happens inside happen at `moment`. For the demo's replay: history is append-only, so it must be right
    when it is written."""
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)
