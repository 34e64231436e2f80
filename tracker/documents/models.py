"""Documents, the jobs that make them, their numbers, and the templates the office replaced."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils import timezone

from tracker.documents.kinds import Form, Kind, Series, form_of
from tracker.items.models import ActionItem
from tracker.org.models import Person


class DocumentTemplate(models.Model):
    """A template the office uploaded for one form. The latest current one is used, else the shipped sample."""

    kind = models.CharField("文书", max_length=20, choices=Kind.choices)
    file = models.FileField("文件", upload_to="document-templates/")
    file_name = models.CharField("文件名", max_length=200)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)
    is_current = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = "文书模板"
        ordering = ["-uploaded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(is_current=True), name="one_current_template_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.file_name}"


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents, the latest first."""

    def visible_to(self, user: Person | AnonymousUser) -> "DocumentQuerySet":
        """All for those who see all items; else one's own."""
        if not isinstance(user, Person):
            return self.none()
        return self if user.sees_everything else self.filter(requested_by=user)

    def stale(self) -> "DocumentQuerySet":
        """Waiting longer than a doorbell takes, or claimed by a worker that fell silent."""
        now = timezone.now()
        waiting = Q(state=Document.State.QUEUED, queued_at__lt=now - timedelta(seconds=5))
        return self.filter(waiting | Q(state=Document.State.WORKING, lease_until__lt=now))

    def expired(self) -> "DocumentQuerySet":
        """Done, with a file whose time is over."""
        return self.filter(state=Document.State.DONE, expires_at__lt=timezone.now()).exclude(file="")


class Document(models.Model):
    """One document asked for. The row is the job as well (docs/adr/0003): state, lease, progress and error stand here.

    The file goes after its time; the snapshot and the numbers stay, so that it can be made again as it was.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "待生成"
        WORKING = "working", "生成中"
        DONE = "done", "已生成"
        FAILED = "failed", "未生成"

    kind = models.CharField("文书", max_length=20, choices=Kind.choices)
    title = models.CharField("名称", max_length=200, blank=True)
    parameters = models.JSONField(default=dict, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField("生成时间", auto_now_add=True)

    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.QUEUED)
    queued_at = models.DateTimeField(default=timezone.now)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempt = models.PositiveIntegerField(default=0)
    interruptions = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    error_code = models.CharField(max_length=30, blank=True)
    error_message = models.TextField("错误", blank=True)
    error_advice = models.CharField("处理办法", max_length=300, blank=True)

    snapshot = models.JSONField(default=dict, blank=True)
    taken_at = models.DateTimeField("数据截至", null=True, blank=True)
    agreed = models.JSONField("数字核对", default=list, blank=True)
    file = models.FileField("文件", max_length=200, blank=True)
    file_name = models.CharField("文件名", max_length=200, blank=True)
    annex = models.FileField("附件", max_length=200, blank=True)
    annex_name = models.CharField("附件名", max_length=200, blank=True)
    expires_at = models.DateTimeField("保留至", null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "公文"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="working") | Q(lease_until__isnull=False),
                name="working_document_has_a_lease",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(error_message=""), name="failed_document_says_why"
            ),
        ]
        indexes = [models.Index(fields=["state", "queued_at"], name="document_queue")]

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        """The document's page: progress first, then the download."""
        return reverse("documents:detail", args=[self.pk])

    @property
    def form(self) -> Form:
        """What kind of document it is."""
        return form_of(self.kind)

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.state in (self.State.DONE, self.State.FAILED)

    @property
    def is_available(self) -> bool:
        """Whether the file is there to be downloaded."""
        return bool(self.state == self.State.DONE and self.file)

    def claim(self, *, lease: timedelta) -> bool:
        """Take the row. Of two workers one wins; a silent worker loses its claim with its lease."""
        now = timezone.now()
        silent = Q(state=self.State.WORKING, lease_until__lt=now)
        mine = self.attempt + 1
        won = Document.objects.filter(
            Q(state=self.State.QUEUED) | silent, pk=self.pk, attempt=self.attempt
        ).update(
            state=self.State.WORKING,
            done=0,
            total=0,
            attempt=mine,
            lease_until=now + lease,
            interruptions=F("interruptions")
            + Case(When(silent, then=1), default=0, output_field=models.IntegerField()),
        )
        if won:
            self.refresh_from_db()
            self.attempt = mine
        return bool(won)

    def advance(self, done: int, total: int, *, lease: timedelta) -> bool:
        """Show n/N and renew the lease; False when the claim is lost."""
        return bool(self._mine().update(done=done, total=total, lease_until=timezone.now() + lease))

    def keep(self, *, lease: timedelta, **fields: Any) -> bool:
        """Keep what was taken, so that a second attempt prints the same; False when the claim is lost."""
        return bool(self._mine().update(lease_until=timezone.now() + lease, **fields))

    def fail(self, *, code: str, message: str, advice: str) -> bool:
        """Note a failure with what to do about it; False when the claim has been lost."""
        return bool(
            self._mine().update(
                state=self.State.FAILED,
                error_code=code,
                error_message=message,
                error_advice=advice[:300],
                lease_until=None,
                interruptions=0,
            )
        )

    def finish(self, **fields: Any) -> bool:
        """Mark as done; False when the claim has been lost. Call it inside the storing transaction."""
        clear = {"error_code": "", "error_message": "", "error_advice": "", "interruptions": 0}
        done = {"state": self.State.DONE, "lease_until": None}
        return bool(self._mine().update(**done, **clear, **fields))

    def requeue(self, *, fresh: bool = False) -> bool:
        """Queue a finished row again; False when it is being worked on. `fresh` forgets a snapshot without numbers."""
        fields: dict[str, Any] = {
            "state": self.State.QUEUED,
            "queued_at": timezone.now(),
            "lease_until": None,
        }
        if fresh and not self.numbers.exists():
            fields |= {"snapshot": {}, "taken_at": None}
        finished = Document.objects.filter(pk=self.pk, state__in=[self.State.FAILED, self.State.DONE])
        return bool(finished.update(**fields))

    def _mine(self) -> DocumentQuerySet:
        return Document.objects.filter(pk=self.pk, state=self.State.WORKING, attempt=self.attempt)


class DocumentNumber(models.Model):
    """One number given out (文号登记): never deleted, never given twice."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="numbers")
    series = models.CharField("文号", max_length=20, choices=Series.choices)
    year = models.PositiveSmallIntegerField("年份")
    seq = models.PositiveIntegerField("序号")
    text = models.CharField("文号", max_length=60)
    place = models.PositiveIntegerField("第几张", default=0)
    item = models.ForeignKey(
        ActionItem, null=True, blank=True, on_delete=models.PROTECT, related_name="document_numbers"
    )
    given_at = models.DateTimeField("编号时间", default=timezone.now)

    class Meta:
        verbose_name = "文号"
        ordering = ["document", "place"]
        constraints = [
            models.UniqueConstraint(fields=["series", "year", "seq"], name="document_number_unique"),
            models.UniqueConstraint(fields=["document", "place"], name="one_number_a_sheet"),
        ]

    def __str__(self) -> str:
        return self.text
