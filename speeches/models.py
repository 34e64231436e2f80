"""Speeches and the candidate tasks found in them."""

from datetime import date, timedelta
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils import timezone

from tracker.items.models import ActionItem
from tracker.org.models import Person


class SpeechQuerySet(models.QuerySet["Speech"]):
    """Speeches, the latest first."""

    def visible_to(self, user: Person) -> "SpeechQuerySet":
        """Officers and leaders read speeches; departments see the quotes on their items instead."""
        return self if user.sees_everything or user.is_leader else self.none()

    def to_review(self) -> "SpeechQuerySet":
        """Extracted and not yet 核对完毕."""
        return self.filter(state=Speech.State.DONE, reviewed_at__isnull=True)

    def stale(self) -> "SpeechQuerySet":
        """Waiting longer than a doorbell takes, or claimed by a worker that fell silent."""
        now = timezone.now()
        waiting = Q(state=Speech.State.QUEUED, queued_at__lt=now - timedelta(seconds=5))
        return self.filter(waiting | Q(state=Speech.State.WORKING, lease_until__lt=now))

    def with_counts(self) -> "SpeechQuerySet":
        """Annotate `candidate_count`, `pending_count`, `decided_count`, `accepted_count`, as the review counts them:

        without soft requirements unless somebody made a task of one, and without what was split into its halves.
        """
        taken = Q(candidates__status__in=Candidate.TAKEN)
        tasks = (Q(candidates__is_requirement=False) | taken) & ~Q(candidates__status=Candidate.Status.SPLIT)
        return self.annotate(
            candidate_count=models.Count("candidates", filter=tasks),
            pending_count=models.Count(
                "candidates", filter=tasks & Q(candidates__status__in=Candidate.UNDECIDED)
            ),
            accepted_count=models.Count("candidates", filter=Q(candidates__item__isnull=False)),
            decided_count=F("candidate_count") - F("pending_count"),
        )


class Speech(models.Model):
    """One uploaded or pasted text. The row is the extraction job as well: state, lease, stage and error stand here.

    `body` is written once, after cleaning; every span of every candidate indexes it.
    """

    class Kind(models.TextChoices):
        SPEECH = "speech", "讲话"
        MINUTES = "minutes", "会议纪要"
        INSTRUCTION = "instruction", "批示"
        DOCUMENT = "document", "文件"

    class State(models.TextChoices):
        QUEUED = "queued", "待处理"
        WORKING = "working", "提取中"
        DONE = "done", "已提取"
        FAILED = "failed", "失败"

    class Stage(models.TextChoices):
        READ = "read", "读取"
        CLEAN = "clean", "清理"
        SPLIT = "split", "断句"
        EXTRACT = "extract", "提取"
        STORE = "store", "保存"

    title = models.CharField("标题", max_length=200, blank=True)
    speaker = models.CharField("讲话人", max_length=60, blank=True)
    meeting = models.CharField("会议", max_length=120, blank=True)
    held_on = models.DateField("会议日期", null=True, blank=True)
    # Blank until somebody has chosen or the text was read: a proposal must not overwrite what a person typed.
    kind = models.CharField("类别", max_length=12, choices=Kind.choices, default=Kind.SPEECH, blank=True)
    file = models.FileField("文件", upload_to="speeches/%Y/%m")
    file_name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64, unique=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)

    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.QUEUED)
    stage = models.CharField("阶段", max_length=8, choices=Stage.choices, blank=True)
    progress = models.JSONField(default=dict, blank=True)  # {stage: what it found, in words}
    queued_at = models.DateTimeField(default=timezone.now)
    attempt = models.PositiveIntegerField(default=0)
    # How often in a row a worker fell silent on it: a file that kills its workers must not be handed on for ever.
    interruptions = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    error_code = models.CharField(max_length=30, blank=True)
    error_message = models.CharField("错误", max_length=300, blank=True)
    error_advice = models.CharField("处理办法", max_length=300, blank=True)
    extracted_at = models.DateTimeField(null=True, blank=True)
    # The day the candidates' deadlines were counted from; differs from `counts_from` once the date is edited.
    counted_from = models.DateField(null=True, blank=True)
    engine_version = models.CharField(max_length=30, blank=True)

    body = models.TextField("正文", blank=True)
    # What the engine said of every sentence ([start, end, role, directive, section]) and of the parts of the file
    # ([title, start, end]): written in one go with the candidates and only ever read whole.
    sentences = models.JSONField(default=list, blank=True)
    parts = models.JSONField(default=list, blank=True)
    notes = models.JSONField("清理说明", default=list, blank=True)
    dismissed = models.JSONField(
        default=list, blank=True
    )  # [start, end] of unclaimed sentences waved through
    reviewed_at = models.DateTimeField("核对完毕", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = SpeechQuerySet.as_manager()

    class Meta:
        verbose_name = "讲话"
        verbose_name_plural = "讲话"
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="working") | Q(lease_until__isnull=False),
                name="working_speech_has_a_lease",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(error_message=""), name="failed_speech_says_why"
            ),
        ]
        indexes = [models.Index(fields=["state", "queued_at"], name="speech_queue")]

    def __str__(self) -> str:
        return self.title or PurePath(self.file_name).stem

    def get_absolute_url(self) -> str:
        """The speech's page: the review once extracted, the progress before."""
        return reverse("speeches:detail", args=[self.pk])

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen by itself: extracted or failed."""
        return self.state in (self.State.DONE, self.State.FAILED)

    @property
    def counts_from(self) -> date:
        """The day deadlines are counted from: the meeting's, or as long as that is unknown the upload's."""
        return self.held_on or timezone.localdate(self.uploaded_at)

    @property
    def date_has_moved(self) -> bool:
        """Whether the meeting date was changed after the deadlines had been counted: 重新提取 is offered."""
        return self.counted_from is not None and self.counted_from != self.counts_from

    def claim(self, *, lease: timedelta) -> bool:
        """Take the row for extraction. Of two workers one wins; a silent worker loses its claim with its lease."""
        now = timezone.now()
        silent = Q(state=self.State.WORKING, lease_until__lt=now)
        mine = self.attempt + 1  # named before the update: read afterwards it might be another worker's
        won = Speech.objects.filter(
            Q(state=self.State.QUEUED) | silent, pk=self.pk, attempt=self.attempt
        ).update(
            state=self.State.WORKING,
            stage="",
            progress={},
            attempt=mine,
            lease_until=now + lease,
            interruptions=F("interruptions")
            + Case(When(silent, then=1), default=0, output_field=models.IntegerField()),
        )
        if won:
            self.refresh_from_db()
            self.attempt = mine
        return bool(won)

    def advance(self, stage: "Speech.Stage", *, lease: timedelta, found: str = "") -> bool:
        """Show the stage now begun and what the one before `found`, and renew the lease; False when the claim is lost."""
        if self.stage and found:
            self.progress[self.stage] = found
        self.stage = stage
        return bool(
            self._mine().update(stage=stage, progress=self.progress, lease_until=timezone.now() + lease)
        )

    def renew(self, *, lease: timedelta) -> bool:
        """Say that the worker is alive; False when the claim has been lost."""
        return bool(self._mine().update(lease_until=timezone.now() + lease))

    def fail(self, *, code: str, message: str, advice: str) -> bool:
        """Note a failure on the row with what to do about it; False when the claim has been lost."""
        return bool(
            self._mine().update(
                state=self.State.FAILED,
                error_code=code,
                error_message=message[:300],
                error_advice=advice[:300],
                lease_until=None,
                interruptions=0,
            )
        )

    def finish(self, **fields: Any) -> bool:
        """Mark the row as extracted; False when the claim has been lost. Call it inside the storing transaction."""
        done = {"state": self.State.DONE, "stage": "", "lease_until": None, "extracted_at": timezone.now()}
        clear = {"error_code": "", "error_message": "", "error_advice": "", "interruptions": 0}
        return bool(self._mine().update(**done, **clear, **fields))

    def requeue(self) -> bool:
        """重试 or 重新提取: queue a finished row again; False when it is queued or being worked on already."""
        finished = Speech.objects.filter(pk=self.pk, state__in=[self.State.FAILED, self.State.DONE])
        return bool(
            finished.update(state=self.State.QUEUED, stage="", queued_at=timezone.now(), lease_until=None)
        )

    def _mine(self) -> SpeechQuerySet:
        return Speech.objects.filter(pk=self.pk, state=self.State.WORKING, attempt=self.attempt)


class CandidateQuerySet(models.QuerySet["Candidate"]):
    """Candidates in the order of the speech."""

    def tasks(self) -> "CandidateQuerySet":
        """Without the soft requirements."""
        return self.filter(is_requirement=False)

    def pending(self) -> "CandidateQuerySet":
        """Not decided yet (存疑 counts as pending: somebody must still decide)."""
        return self.filter(status__in=Candidate.UNDECIDED)


class Candidate(models.Model):
    """A stretch of a speech that the engine, or a person, takes for a task.

    The facts found by the engine stay as they were found; what a person decides goes to the item. Decided rows are
    never touched by a re-run.
    """

    class Status(models.TextChoices):
        PENDING = "pending", "待核对"
        FLAGGED = "flagged", "存疑"
        ACCEPTED = "accepted", "已采纳"
        EDITED = "edited", "修改后采纳"
        MERGED = "merged", "已合并"
        REJECTED = "rejected", "不作为任务"
        REQUIREMENT = "requirement", "一般要求"
        SPLIT = "split", "已拆分"

    UNDECIDED = (Status.PENDING, Status.FLAGGED)
    # What became, or became part of, an item.
    TAKEN = (Status.ACCEPTED, Status.EDITED, Status.MERGED)

    class Origin(models.TextChoices):
        ENGINE = "engine", "自动提取"
        HAND = "hand", "人工补充"

    class RejectReason(models.TextChoices):
        PRINCIPLE = "principle", "原则要求"
        SITUATION = "situation", "情况介绍"
        DUPLICATE = "duplicate", "重复"
        ELSEWHERE = "elsewhere", "非本单位"

    speech = models.ForeignKey(Speech, on_delete=models.CASCADE, related_name="candidates")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    is_requirement = models.BooleanField("一般要求", default=False)
    origin = models.CharField("来源", max_length=6, choices=Origin.choices, default=Origin.ENGINE)
    title = models.CharField("事项名称", max_length=200)
    quote = models.TextField("原文")
    section = models.JSONField(default=list, blank=True)
    kind = models.CharField(max_length=8, default="do")
    lead = models.JSONField(default=list, blank=True)
    supporting = models.JSONField(default=list, blank=True)
    suggested = models.JSONField(default=list, blank=True)
    due = models.DateField(null=True, blank=True)
    due_phrase = models.CharField(max_length=60, blank=True)
    due_rule = models.CharField(max_length=120, blank=True)
    due_reckoned = models.BooleanField(default=False)
    recur = models.CharField(max_length=10, blank=True)
    figures = models.JSONField(default=list, blank=True)
    items = models.JSONField(default=list, blank=True)
    score = models.FloatField(default=0)
    reasons = models.JSONField(default=list, blank=True)

    status = models.CharField("状态", max_length=12, choices=Status.choices, default=Status.PENDING)
    reject_reason = models.CharField(max_length=10, choices=RejectReason.choices, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    item = models.ForeignKey(
        ActionItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="candidates"
    )
    # RESTRICT: a re-run that dropped the row others were merged into or split from would lose a decision.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.RESTRICT, related_name="merged"
    )
    split_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.RESTRICT, related_name="pieces"
    )

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = "候选事项"
        ordering = ["start", "end"]
        constraints = [
            models.UniqueConstraint(fields=["speech", "start", "end"], name="candidate_span_unique"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="candidate_span_not_empty"),
            models.CheckConstraint(
                condition=Q(status__in=["pending", "flagged"]) | Q(decided_at__isnull=False),
                name="decided_candidate_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_pending(self) -> bool:
        """Whether somebody must still decide."""
        return self.status in self.UNDECIDED
