"""A database row that is a job: claimed by a conditional UPDATE with a lease, swept up again when its worker falls silent.

The broker is only a doorbell (docs/adr/0003-database-row-is-the-job.md).
"""

from datetime import timedelta
from functools import partial
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Case, F, Q, When
from django.utils import timezone

from tracker.org.doorbell import send_id

# A worker that dies on the same row this often in a row would die again.
MOST_INTERRUPTIONS = 3


class LostClaim(Exception):
    """Another worker holds the row now."""


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", "待确认"
    QUEUED = "queued", "待处理"
    WORKING = "working", "处理中"
    DONE = "done", "完成"
    FAILED = "failed", "失败"


class LeasedJob(models.Model):
    """The columns of a job and the conditional updates between its states."""

    State = JobState

    state = models.CharField("状态", max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    queued_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveIntegerField(default=0)
    interruptions = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField("已处理", default=0)
    total = models.PositiveIntegerField("共", default=0)
    error_message = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    @classmethod
    def stale(cls) -> "models.QuerySet[Self]":
        """Waiting longer than a doorbell takes, or claimed by a worker that fell silent."""
        now = timezone.now()
        waiting = Q(state=JobState.QUEUED, queued_at__lt=now - timedelta(seconds=5))
        return cls._default_manager.filter(waiting | Q(state=JobState.WORKING, lease_until__lt=now))

    @property
    def is_moving(self) -> bool:
        """Whether something will happen by itself."""
        return self.state in (JobState.QUEUED, JobState.WORKING)

    def claim(self, *, lease: timedelta) -> bool:
        """Take the row. Of two workers one wins; a silent worker loses its claim with its lease."""
        now = timezone.now()
        silent = Q(state=JobState.WORKING, lease_until__lt=now)
        free = Q(state=JobState.QUEUED) | silent
        interrupted = Case(When(silent, then=1), default=0, output_field=models.IntegerField())
        won = self._rows().filter(free, attempt=self.attempt).update(
            state=JobState.WORKING,
            attempt=F("attempt") + 1,
            lease_until=now + lease,
            interruptions=F("interruptions") + interrupted,
        )  # fmt: skip
        if won:
            self.refresh_from_db()
        return bool(won)

    def advance(self, done: int, total: int, *, lease: timedelta) -> None:
        """Show n/N and renew the lease. Raises `LostClaim`."""
        self.keep(done=done, total=total, lease_until=timezone.now() + lease)

    def keep(self, **fields: Any) -> None:
        """Write columns while holding the row. Raises `LostClaim`."""
        if not self._mine().update(**fields):
            raise LostClaim

    def finish(self, state: JobState = JobState.DONE, **fields: Any) -> None:
        """Let go of the row. Raises `LostClaim`."""
        self.keep(state=state, lease_until=None, interruptions=0, **fields)

    def requeue(self, *, source: JobState, **fields: Any) -> bool:
        """From a resting state back to the workers; False when somebody was faster."""
        changes = {"state": JobState.QUEUED, "queued_at": timezone.now(), "done": 0, "error_message": ""}
        return bool(self._rows().filter(state=source).update(**changes, **fields))

    def _rows(self) -> "models.QuerySet[Self]":
        return type(self)._default_manager.filter(pk=self.pk)

    def _mine(self) -> "models.QuerySet[Self]":
        return self._rows().filter(state=JobState.WORKING, attempt=self.attempt)


def ring(task: str, pk: int) -> None:
    """Send a row's id to the workers once the transaction is committed. Never raises for a broker that is down.

    (`delay_on_commit` would raise after the commit, when nothing can be undone any more.)
    """
    transaction.on_commit(partial(send_id, task, pk))
