"""Action items (督办事项)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse

from tracker.items import units
from tracker.items.models.event import Event
from tracker.items.querysets import ActionItemQuerySet
from tracker.items.states import (
    ENDED,
    MOVES,
    ClosingKind,
    EventKind,
    IllegalMove,
    LeadRequired,
    Move,
    MoveRefused,
    ReasonRequired,
    Status,
)
from tracker.org import clock
from tracker.org.calendar import office_calendar
from tracker.org.models import Department, DepartmentGroup, Person

# A new lead brings its own leader and handler, and is no longer supporting: that is still one 改派.
_REASSIGNING = {"lead", "leader", "owner", "supporting"}
MANY = ("supporting", "groups")
# Not issued yet: a date set now is still the original one.
_UNISSUED = (Status.DRAFT, Status.APPROVAL)
_IN_HAND = (Status.ISSUED, Status.IN_PROGRESS, Status.RETURNED)


class EditConflict(Exception):
    """Somebody changed the item since it was shown. `current` is the item as it is now."""

    def __init__(self, current: "ActionItem") -> None:
        self.current = current
        super().__init__("该事项刚刚被他人修改，请核对后重新保存。")


_Manager = models.Manager.from_queryset(ActionItemQuerySet)


class ActionItemManager(_Manager["ActionItem"]):
    """All items but those in the recycle bin."""

    def get_queryset(self) -> ActionItemQuerySet:
        """Without the recycle bin."""
        return cast(ActionItemQuerySet, super().get_queryset().filter(discarded_at__isnull=True))


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
    # 各学校: on issue each member gets its own part to sign for and to report on.
    groups = models.ManyToManyField(
        DepartmentGroup, verbose_name="分办范围", blank=True, related_name="items"
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
    # What 恢复办理 and 撤回办结申请 go back to.
    status_before = models.CharField(max_length=12, choices=Status.choices, blank=True)
    issued_on = models.DateField("交办日期", null=True, blank=True)
    # The day it last went to its present lead: 签收 is waited for from then on.
    sent_on = models.DateField("送交日期", null=True, blank=True)
    held_on = models.DateField("挂起日期", null=True, blank=True)
    held_days = models.PositiveIntegerField("挂起工作日", default=0)
    original_due = models.DateField("原定时限", null=True, blank=True)
    due = models.DateField("现时限", null=True, blank=True)
    due_phrase = models.CharField("时限出处", max_length=60, blank=True)
    extensions = models.PositiveSmallIntegerField("延期次数", default=0)
    feedback_cycle = models.CharField("反馈周期", max_length=10, choices=Cycle.choices, default=Cycle.MONTHLY)
    figures = models.JSONField("数量目标", default=list, blank=True)
    parts = models.JSONField("分项", default=list, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    closing_kind = models.CharField("办结方式", max_length=10, choices=ClosingKind.choices, blank=True)
    created_at = models.DateTimeField("立项时间", default=clock.now, editable=False)
    discarded_at = models.DateTimeField("移入回收站时间", null=True, blank=True, db_index=True)
    version = models.PositiveIntegerField(default=1)

    objects = ActionItemManager()
    everything = ActionItemQuerySet.as_manager()  # with what is in the recycle bin

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
    def supporting_words(self) -> str:
        """配合单位 in one line: those the directory knows in its order, then what it does not know, as written."""
        known = sorted(self.supporting.all(), key=_office_order)
        return "、".join(filter(None, [*map(str, known), self.supporting_text]))

    @property
    def group_words(self) -> str:
        """Who shares an item without a lead (各学校, see `items.units`); empty with one. Prefetch `groups`."""
        return "" if self.lead_id else "、".join(group.name for group in self.groups.all())

    @property
    def has_unit(self) -> bool:
        """Whether it has a lead or groups that share it: one row of `with_unit`. Prefetch `groups`."""
        return self.lead_id is not None or bool(self.group_words)

    @property
    def unit_words(self) -> str:
        """Whose it is, in a row (see `items.units`). Empty: 未明确单位."""
        return units.unit_words(str(self.lead or ""), self.group_words, self.lead_text)

    @property
    def is_open(self) -> bool:
        """Neither closed nor withdrawn."""
        return self.status not in ENDED

    @property
    def assessed_due(self) -> date | None:
        """The day punctuality counts against: the original date, later by the working days on hold (挂起不计时)."""
        if self.original_due is None or not self.held_days:
            return self.original_due
        return office_calendar().add(self.original_due, self.held_days)

    def move(
        self,
        name: str,
        *,
        by: Person,
        reason: str = "",
        on: date | None = None,
        done_on: date | None = None,
        staged: bool = False,
    ) -> None:
        """Make one move of the state table and write its event; what else a move brings along is in `workflow`.

        `done_on` is the day the work was reported done (a close counts as late or not by it; default `on`), `staged`
        closes as 阶段性办结. A conditional UPDATE: of two people who press at once one wins, the other gets
        `IllegalMove`. Raises `ReasonRequired` when the move needs a reason and has none, `LeadRequired` when nobody
        could sign.
        """
        move, day = MOVES[name], on or clock.today()
        if move.needs_reason and not reason.strip():
            raise ReasonRequired(move)
        with transaction.atomic():
            current = ActionItem.everything.select_for_update().get(pk=self.pk)
            current._must_not_be_binned()
            if current.status not in move.sources:
                raise IllegalMove(move, current.status)
            changes, told = current._changes_of(move, day, done_on or day, staged=staged)
            won = ActionItem.objects.filter(pk=self.pk, status=current.status).update(
                **changes, version=F("version") + 1
            )
            if not won:
                raise IllegalMove(move, ActionItem.objects.values_list("status", flat=True).get(pk=self.pk))
            self.refresh_from_db()
            self.record(
                move.event, by=by, text=reason, before=current.status, after=self.status, changes=told
            )

    def _changes_of(
        self, move: Move, day: date, done_on: date, *, staged: bool
    ) -> tuple[dict[str, Any], dict[str, list[str]]]:
        """The columns `move` sets, and what its event tells of them as {field: [old, new]}."""
        target = move.target or self.status_before or Status.IN_PROGRESS
        changes: dict[str, Any] = {"status": target}
        if move.remembers:
            changes["status_before"] = self.status
        if move.hands_out and self.lead_id is None and not self.groups.exists():
            raise LeadRequired(move)
        if target == Status.ISSUED and move.target:
            changes |= {"issued_on": day, "sent_on": day}
        elif move.name == "hold":
            changes["held_on"] = day
        elif self.status == Status.ON_HOLD:
            changes |= self._clock_restarted(day)
        elif move.name == "close":
            changes |= {"closed_on": day, "closing_kind": self._closing_kind(done_on, staged=staged)}
        elif move.name == "reopen":
            changes |= {"closed_on": None, "closing_kind": ""}
        told = {
            name: [_words(getattr(self, name)), _words(changes[name])]
            for name in ("due", "closed_on", "closing_kind")
            if name in changes and changes[name] != getattr(self, name)
        }
        return changes, told

    def _clock_restarted(self, day: date) -> dict[str, Any]:
        """挂起 stops the clock: the date moves by the working days that passed, which is no extension."""
        calendar = office_calendar()
        held = calendar.count(self.held_on, day) if self.held_on else 0
        due = calendar.add(self.due, held) if self.due and held else self.due
        return {"held_on": None, "held_days": self.held_days + held, "due": due}

    def _closing_kind(self, done_on: date, *, staged: bool) -> ClosingKind:
        if staged:
            return ClosingKind.STAGED
        limit = self.assessed_due
        late = limit is not None and office_calendar().days_late(limit, done_on) > 0
        return ClosingKind.LATE if late else ClosingKind.ON_TIME

    def _must_not_be_binned(self) -> None:
        if self.discarded_at is not None:
            raise MoveRefused(f"{self.number} 已移入回收站，请先恢复。")

    def discard(self, *, by: Person, reason: str = "") -> None:
        """Into the recycle bin, which is no deletion. Only what is not with a department: 拟办 or 中止.

        Raises `MoveRefused` otherwise. A second call changes nothing.
        """
        with transaction.atomic():
            own = ActionItem.objects.filter(pk=self.pk, status__in=(Status.DRAFT, Status.WITHDRAWN))
            if own.update(discarded_at=clock.now(), version=F("version") + 1):
                self.record(EventKind.DISCARDED, by=by, text=reason)
            elif ActionItem.objects.filter(pk=self.pk).exists():
                raise MoveRefused(f"{self.number} 已交办，不能移入回收站；不再办理的请先“中止”。")

    def restore(self, *, by: Person) -> None:
        """Out of the recycle bin, as it was. A second call changes nothing."""
        with transaction.atomic():
            binned = ActionItem.everything.filter(pk=self.pk, discarded_at__isnull=False)
            if binned.update(discarded_at=None, version=F("version") + 1):
                self.record(EventKind.RESTORED, by=by)

    def grant_extension(self, due: date) -> dict[str, list[str]]:
        """Move the date as an approved extension does. Returns {"due": [old, new]} for the event.

        Call it in the transaction that writes the event.
        """
        old = self.due
        ActionItem.objects.filter(pk=self.pk).update(
            due=due, extensions=F("extensions") + 1, version=F("version") + 1
        )
        self.refresh_from_db()
        return {"due": [_words(old), _words(due)]}

    def edit(
        self, changes: Mapping[str, Any], *, by: Person, version: int | None = None, text: str = ""
    ) -> bool:
        """Set fields, with one event that holds old → new of each; False when nothing differs.

        `supporting` and `groups` take lists. Another lead has to sign for the item again. Setting `due` for the first
        time sets the original as well; later it counts as an extension. Raises `EditConflict` when `version` is given
        and is no longer the current one.
        """
        with transaction.atomic():
            current = ActionItem.everything.select_for_update().get(pk=self.pk)
            current._must_not_be_binned()
            if version is not None and current.version != version:
                raise EditConflict(current)
            difference = current.difference(changes)
            if not difference:
                return False
            before = current.status
            current._apply(changes, difference)
            moved = {"before": before, "after": current.status} if current.status != before else {}
            kind = kind_of_edit(difference, current.extensions)
            current.record(kind, by=by, text=text, changes=difference, **moved)
        self.refresh_from_db()
        return True

    def difference(self, changes: Mapping[str, Any]) -> dict[str, list[str]]:
        """{field: [old, new]} in words, of the fields that really change."""
        result = {}
        for name, new in changes.items():
            if name in MANY:
                old_words = "、".join(map(str, getattr(self, name).all()))
                new_words = "、".join(map(str, sorted(new, key=_office_order)))
            else:
                old_words, new_words = _words(getattr(self, name)), _words(new)
            if old_words != new_words:
                result[name] = [old_words, new_words]
        return result

    def columns_for(self, changes: Mapping[str, Any], difference: Mapping[str, list[str]]) -> dict[str, Any]:
        """The columns an edit sets: what differs, and what a new date brings along. Without what has its own table."""
        columns = {name: changes[name] for name in difference if name not in MANY}
        due = columns.get("due")
        if due is not None:
            if self.original_due is None or self.status in _UNISSUED:
                columns["original_due"] = due
            elif difference["due"][0]:
                columns["extensions"] = self.extensions + 1
        if difference.get("lead", [""])[0] and columns["lead"] and self.status in _IN_HAND:
            # Another department has not seen it yet: it signs for it as the first one did.
            columns |= {"status": Status.ISSUED, "sent_on": clock.today()}
        return columns

    def _apply(self, changes: Mapping[str, Any], difference: Mapping[str, list[str]]) -> None:
        columns = self.columns_for(changes, difference)
        for name, value in columns.items():
            setattr(self, name, value)
        for name in set(difference) & set(MANY):
            getattr(self, name).set(changes[name])
        if "supporting" in difference and self.supporting_text:
            # Somebody has said who supports: the words of the speech, which stand in the quote, no longer do.
            self.supporting_text = columns["supporting_text"] = ""
        self.version += 1
        self.save(update_fields=[*columns, "version"])

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


def kind_of_edit(difference: Mapping[str, list[str]], extensions: int) -> EventKind:
    """What an edit is called: 调整时限 once there was a date, 改派 once there was a lead, else 修改."""
    if set(difference) == {"due"} and extensions:
        return EventKind.DUE_CHANGED
    if difference.get("lead", [""])[0] and set(difference) <= _REASSIGNING:
        return EventKind.REASSIGNED
    return EventKind.EDITED


def _words(value: Any) -> str:
    return "" if value is None else str(value)


def _office_order(row: Department | DepartmentGroup) -> tuple[int, str, int]:
    """As the relation's own default order has them."""
    return (row.position, "", row.pk) if isinstance(row, Department) else (0, row.name, row.pk)
