"""Action items (督办事项) with their quotes, feedback and events."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from tracker.items.querysets import ActionItemQuerySet
from tracker.items.states import (
    MOVES,
    ClosingKind,
    EventKind,
    IllegalMove,
    LeadRequired,
    ReasonRequired,
    Status,
)
from tracker.org.models import Department, Person

# A new lead brings its own leader and handler, and is no longer supporting: that is still one 改派.
_REASSIGNING = {"lead", "leader", "owner", "supporting"}


class EditConflict(Exception):
    """Somebody changed the item since it was shown. `current` is the item as it is now."""

    def __init__(self, current: "ActionItem") -> None:
        self.current = current
        super().__init__("该事项刚刚被他人修改，请核对后重新保存。")


class NumberSeries(models.Model):
    """The last number given in one series of one year: 〔2026〕12号 has no gaps and no doubles."""

    kind = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="one_series_a_year")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"

    @classmethod
    def allot(cls, *, kind: str, year: int) -> int:
        """The next number. Must run inside the transaction that uses it, so that a failure leaves no gap."""
        cls.objects.get_or_create(kind=kind, year=year)
        cls.objects.filter(kind=kind, year=year).update(last=F("last") + 1)
        return cls.objects.get(kind=kind, year=year).last


class ActionItem(models.Model):
    """One thing to be done, supervised until it is closed."""

    class Cycle(models.TextChoices):
        ONCE = "once", "一次性"
        WEEKLY = "weekly", "每周"
        BIWEEKLY = "biweekly", "每两周"
        MONTHLY = "monthly", "每月"
        QUARTERLY = "quarterly", "每季度"
        STAGED = "staged", "阶段性"

    number_year = models.PositiveSmallIntegerField("年份")
    number_seq = models.PositiveIntegerField("序号")
    title = models.CharField("督办事项", max_length=200)
    requirement = models.TextField("办理要求", blank=True)
    source = models.CharField("来源", max_length=120, blank=True)
    source_date = models.DateField("来源日期", null=True, blank=True)
    level = models.CharField("任务级别", max_length=20, blank=True)

    lead = models.ForeignKey(
        Department,
        verbose_name="牵头单位",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="led_items",
    )
    supporting = models.ManyToManyField(
        Department, verbose_name="配合单位", blank=True, related_name="supported_items"
    )
    # Bodies the speech names that the directory does not know: kept as written, never guessed.
    lead_text = models.CharField("原文牵头单位", max_length=200, blank=True)
    supporting_text = models.CharField("原文配合单位", max_length=200, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="责任人",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="责任领导",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="督办人",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    status = models.CharField("状态", max_length=12, choices=Status.choices, default=Status.DRAFT)
    issued_on = models.DateField("交办日期", null=True, blank=True)
    original_due = models.DateField("原定时限", null=True, blank=True)
    due = models.DateField("现时限", null=True, blank=True)
    due_phrase = models.CharField("时限出处", max_length=60, blank=True)
    extensions = models.PositiveSmallIntegerField("延期次数", default=0)
    feedback_cycle = models.CharField("反馈周期", max_length=10, choices=Cycle.choices, default=Cycle.MONTHLY)
    figures = models.JSONField("数量目标", default=list, blank=True)
    parts = models.JSONField("分项", default=list, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    closing_kind = models.CharField("办结方式", max_length=10, choices=ClosingKind.choices, blank=True)
    created_at = models.DateTimeField("立项时间", auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        verbose_name = "督办事项"
        ordering = ["-number_year", "-number_seq"]
        constraints = [
            models.UniqueConstraint(fields=["number_year", "number_seq"], name="item_number_unique"),
            models.CheckConstraint(condition=~Q(title=""), name="item_has_a_title"),
            models.CheckConstraint(
                condition=Q(status="closed", closed_on__isnull=False) | ~Q(status="closed"),
                name="closed_item_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(due__isnull=True) | Q(original_due__isnull=False), name="due_keeps_its_original"
            ),
        ]
        indexes = [models.Index(fields=["status", "due"], name="item_status_due")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        """The item's page."""
        return reverse("items:detail", args=[self.pk])

    @property
    def number(self) -> str:
        """〔2026〕12号, without the office's prefix."""
        return f"〔{self.number_year}〕{self.number_seq:02d}号"

    @property
    def is_open(self) -> bool:
        """Neither closed nor withdrawn."""
        return self.status not in (Status.CLOSED, Status.WITHDRAWN)

    def moves_for(self, user: Person) -> list[str]:
        """The names of the moves `user` may make now, in the order of the table."""
        if user.is_officer:
            return [move.name for move in MOVES.values() if self.status in move.sources]
        if self.lead_id and self.lead_id in {department.pk for department in user.liaison_departments}:
            return [move.name for move in MOVES.values() if move.department and self.status in move.sources]
        return []

    def move(self, name: str, *, by: Person, reason: str = "", on: date | None = None) -> None:
        """Make one move of the state table and write its event.

        A conditional UPDATE: of two people who press at once one wins, the other gets `IllegalMove`.
        Raises `ReasonRequired` when the move needs a reason and has none, `LeadRequired` when nobody could sign.
        """
        move, day = MOVES[name], on or timezone.localdate()
        if move.needs_reason and not reason.strip():
            raise ReasonRequired(move)
        if name == "issue" and self.lead_id is None:
            raise LeadRequired
        changes: dict[str, Any] = {"status": move.target, "version": F("version") + 1}
        if name == "issue":
            changes["issued_on"] = day
        if name == "close":
            late = self.original_due is not None and day > self.original_due
            changes |= {"closed_on": day, "closing_kind": ClosingKind.LATE if late else ClosingKind.ON_TIME}
        with transaction.atomic():
            before = self.status
            won = ActionItem.objects.filter(pk=self.pk, status__in=move.sources).update(**changes)
            if not won:
                raise IllegalMove(move, ActionItem.objects.values_list("status", flat=True).get(pk=self.pk))
            self.refresh_from_db()
            self.record(move.event, by=by, text=reason, before=before, after=move.target)

    def edit(
        self, changes: Mapping[str, Any], *, by: Person, version: int | None = None, text: str = ""
    ) -> bool:
        """Set fields, with one event that holds old → new of each; False when nothing differs.

        `supporting` takes a list of departments. Setting `due` for the first time sets the original as well; later it
        counts as an extension. Raises `EditConflict` when `version` is given and is no longer the current one.
        """
        with transaction.atomic():
            current = ActionItem.objects.select_for_update().get(pk=self.pk)
            if version is not None and current.version != version:
                raise EditConflict(current)
            difference = current._difference(changes)
            if not difference:
                return False
            current._apply(changes, difference)
            kind = EventKind.EDITED
            if set(difference) == {"due"} and current.extensions:
                kind = EventKind.DUE_CHANGED
            elif difference.get("lead", [""])[0] and set(difference) <= _REASSIGNING:
                kind = EventKind.REASSIGNED
            current.record(kind, by=by, text=text, changes=difference)
        self.refresh_from_db()
        return True

    def _difference(self, changes: Mapping[str, Any]) -> dict[str, list[str]]:
        """{field: [old, new]} in words, of the fields that really change."""
        result = {}
        for name, new in changes.items():
            if name == "supporting":
                old_words = "、".join(str(d) for d in self.supporting.all())
                new_words = "、".join(str(d) for d in sorted(new, key=lambda d: (d.position, d.pk)))
            else:
                old_words, new_words = _words(getattr(self, name)), _words(new)
            if old_words != new_words:
                result[name] = [old_words, new_words]
        return result

    def _apply(self, changes: Mapping[str, Any], difference: Mapping[str, Any]) -> None:
        for name in difference:
            if name == "supporting":
                self.supporting.set(changes[name])
            else:
                setattr(self, name, changes[name])
        fields = [name for name in difference if name != "supporting"]
        if "due" in difference and self.due is not None:
            if self.original_due is None or self.status == Status.DRAFT:
                self.original_due = self.due
            elif difference["due"][0]:
                self.extensions += 1
            fields += ["original_due", "extensions"]
        self.version += 1
        self.save(update_fields=[*fields, "version"])

    def record(
        self,
        kind: EventKind,
        *,
        by: Person | None,
        text: str = "",
        before: str = "",
        after: str = "",
        changes: Mapping[str, list[str]] | None = None,
    ) -> "Event":
        """Append one event. Call it in the transaction of the change it describes."""
        return Event.objects.create(
            item=self, kind=kind, by=by, text=text, before=before, after=after, changes=dict(changes or {})
        )


def _words(value: Any) -> str:
    return "" if value is None else str(value)


class Quote(models.Model):
    """The exact words an item came from, frozen: ledger pages and documents never need the speech.

    `speech_ref` is the speech's id where it came from one of ours; it is no foreign key because the ledger does not
    know speeches (docs/adr/0002-imports-go-one-way.md).
    """

    item = models.ForeignKey(ActionItem, on_delete=models.CASCADE, related_name="quotes")
    text = models.TextField("原文")
    before = models.CharField("上文", max_length=120, blank=True)
    after = models.CharField("下文", max_length=120, blank=True)
    section = models.CharField("所在部分", max_length=200, blank=True)
    speech_ref = models.PositiveBigIntegerField(null=True, blank=True, db_index=True)
    speech_title = models.CharField("讲话", max_length=200, blank=True)
    speaker = models.CharField("讲话人", max_length=60, blank=True)
    said_on = models.DateField("讲话日期", null=True, blank=True)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "原文依据"
        ordering = ["said_on", "pk"]

    def __str__(self) -> str:
        return self.text[:40]


class Feedback(models.Model):
    """One report of a department: what was done, what is in the way, what comes next."""

    item = models.ForeignKey(ActionItem, on_delete=models.CASCADE, related_name="feedbacks")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    day = models.DateField("日期")
    at = models.DateTimeField(auto_now_add=True)
    progress = models.TextField("本期进展")
    problem = models.TextField("存在问题、需协调事项", blank=True)
    next_step = models.TextField("下一步", blank=True)
    percent = models.PositiveSmallIntegerField("完成率", null=True, blank=True)
    needs_meeting = models.BooleanField("需会议协调", default=False)
    no_change = models.BooleanField("无新进展", default=False)

    class Meta:
        verbose_name = "进展反馈"
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100), name="percent_at_most_100"
            )
        ]
        indexes = [models.Index(fields=["item", "-day"], name="feedback_latest")]

    def __str__(self) -> str:
        return f"{self.day} {self.progress[:30]}"


class Event(models.Model):
    """Something that happened to an item: who, when, from, to, why. Only ever added."""

    item = models.ForeignKey(ActionItem, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=EventKind.choices)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(blank=True)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12, blank=True)
    changes = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "办理过程"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["item", "-at"], name="event_line"),
            models.Index(fields=["kind", "at"], name="event_kind_at"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
