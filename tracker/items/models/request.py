"""What departments ask for: more time (延期申请), or to be let go (办结申请). One open request of a kind an item."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from tracker.items.states import ClosingKind
from tracker.org import clock
from tracker.org.models import Department


class RequestState(models.TextChoices):
    """Where a request stands."""

    PENDING = "pending", "待批复"
    GRANTED = "granted", "已同意"
    REFUSED = "refused", "未同意"
    RECALLED = "recalled", "已撤回"


def _person(label: str) -> "models.ForeignKey[settings.AUTH_USER_MODEL, settings.AUTH_USER_MODEL]":  # type: ignore[name-defined]
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )


class ExtensionRequest(models.Model):
    """延期申请（审批）表 of one item. The approved date may differ from the one asked for."""

    State = RequestState

    item = models.ForeignKey("items.ActionItem", on_delete=models.PROTECT, related_name="extension_requests")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    by = _person("申请人")
    at = models.DateTimeField("申请时间", default=clock.now)
    due_then = models.DateField("申请时的时限")
    wanted = models.DateField("申请延期至")
    reason = models.TextField("延期原因")
    done = models.TextField("已完成情况")
    next_step = models.TextField("下步计划", blank=True)
    head = models.CharField("单位负责人意见", max_length=200, blank=True)

    reviewed_by = _person("初审人")
    reviewed_at = models.DateTimeField("初审时间", null=True, blank=True)
    review = models.CharField("督查员初审意见", max_length=300, blank=True)

    state = models.CharField(
        "结果", max_length=10, choices=RequestState.choices, default=RequestState.PENDING
    )
    decided_by = _person("批复人")
    decided_at = models.DateTimeField("批复时间", null=True, blank=True)
    approved = models.DateField("批准延期至", null=True, blank=True)
    answer = models.CharField("批复意见", max_length=300, blank=True)

    class Meta:
        verbose_name = "延期申请"
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(state="pending"), name="one_open_extension_request"
            ),
            models.CheckConstraint(
                condition=~Q(state="granted") | Q(approved__isnull=False), name="granted_extension_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(wanted__gt=models.F("due_then")), name="extension_is_asked_for_a_later_day"
            ),
        ]

    def __str__(self) -> str:
        return f"延期至 {self.wanted}（{self.get_state_display()}）"


class ClosingRequest(models.Model):
    """办结申请 of one item, with the officer's verdict."""

    State = RequestState

    item = models.ForeignKey("items.ActionItem", on_delete=models.PROTECT, related_name="closing_requests")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    by = _person("申请人")
    at = models.DateTimeField("申请时间", default=clock.now)
    text = models.TextField("完成情况")
    staged = models.BooleanField("阶段性办结", default=False)
    state = models.CharField(
        "结果", max_length=10, choices=RequestState.choices, default=RequestState.PENDING
    )
    decided_by = _person("审核人")
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    answer = models.TextField("审核意见", blank=True)
    closing_kind = models.CharField("办结方式", max_length=10, choices=ClosingKind.choices, blank=True)

    class Meta:
        verbose_name = "办结申请"
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(state="pending"), name="one_open_closing_request"
            )
        ]

    def __str__(self) -> str:
        return f"{self.text[:30]}（{self.get_state_display()}）"
