"""Imports and exports of the ledger: each row is a job a worker does."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from tracker.org.leasing import LeasedJob
from tracker.org.models import Person

KEPT = timedelta(days=7)


class ImportJob(LeasedJob):
    """One uploaded 台账: its columns are matched, it is checked (nothing written), then written."""

    class Phase(models.TextChoices):
        MATCH = "match", "对应列"
        CHECK = "check", "核对"
        WRITE = "write", "写入"

    phase = models.CharField(max_length=6, choices=Phase.choices, default=Phase.MATCH)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    file = models.FileField(upload_to="exchange/%Y/%m")
    file_name = models.CharField(max_length=200)
    table = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    samples = models.JSONField(default=dict)
    refused = models.FileField(upload_to="exchange/%Y/%m", blank=True)

    class Meta:
        verbose_name = "导入"
        ordering: ClassVar[list[str]] = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """The import's page."""
        return reverse("exchange:import", args=[self.pk])


class ExportJob(LeasedJob):
    """A large export; the file is kept for some days."""

    class What(models.TextChoices):
        LEDGER = "ledger", "督办台账"
        HISTORY = "history", "办理过程"

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    what = models.CharField(max_length=8, choices=What.choices, default=What.LEDGER)
    query = models.TextField(blank=True)
    columns = models.JSONField(default=list)
    file = models.FileField(upload_to="exchange/%Y/%m", blank=True)
    file_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "导出"
        ordering: ClassVar[list[str]] = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.file_name or "导出"

    def get_absolute_url(self) -> str:
        """The export's page."""
        return reverse("exchange:export", args=[self.pk])

    @property
    def is_available(self) -> bool:
        """Whether the file is still there."""
        return bool(self.state == self.State.DONE and self.file)

    def may_be_read_by(self, user: Person) -> bool:
        """Whoever asked for it: it shows what they may see."""
        return self.by_id == user.pk
