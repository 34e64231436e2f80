"""Parts of an item (分办): a step of its own, or a group member's share of the whole."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from tracker.items.models.item import ActionItem
from tracker.items.states import EventKind, MoveRefused
from tracker.org import clock
from tracker.org.models import Department, Person


class PartMoved(MoveRefused):
    """Somebody was faster, or the part is not in that state."""

    def __init__(self, part: "Part") -> None:
        super().__init__(f"该分办现为“{part.get_state_display()}”，请刷新后再操作。")


class Part(models.Model):
    """What one department does of an item. Without a title it is the whole item, handed to a member of a group."""

    class State(models.TextChoices):
        TO_SIGN = "to_sign", "待签收"
        IN_PROGRESS = "in_progress", "办理中"
        DONE = "done", "已完成"
        REFUSED = "refused", "已退回"
        DROPPED = "dropped", "已撤销"

    item = models.ForeignKey(ActionItem, on_delete=models.PROTECT, related_name="parts_given")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="parts")
    title = models.CharField("分办事项", max_length=200, blank=True)
    due = models.DateField("分办时限", null=True, blank=True)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.TO_SIGN)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    given_on = models.DateField("分办日期")
    signed_on = models.DateField("签收日期", null=True, blank=True)
    done_on = models.DateField("完成日期", null=True, blank=True)
    note = models.TextField("完成情况", blank=True)

    class Meta:
        verbose_name = "分办"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["item", "department"],
                condition=Q(title="") & ~Q(state="dropped"),
                name="one_share_a_department",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_on__isnull=False), name="part_done_has_a_day"
            ),
        ]

    OPEN = (State.TO_SIGN, State.IN_PROGRESS, State.REFUSED)

    def __str__(self) -> str:
        return f"{self.department} {self.what}"

    @property
    def what(self) -> str:
        """What is to be done: its own title, or the item's."""
        return self.title or self.item.title

    @property
    def deadline(self) -> date | None:
        """Its own date, or the item's."""
        return self.due or self.item.due

    def sign(self, *, by: Person) -> None:
        """签收. Raises `PartMoved` unless it waits to be signed for."""
        self._to(
            self.State.IN_PROGRESS, (self.State.TO_SIGN,), EventKind.PART_SIGNED, by, signed_on=clock.today()
        )

    def refuse(self, *, by: Person, reason: str) -> None:
        """Not ours: back to who gave it. Raises `PartMoved`."""
        self._to(self.State.REFUSED, (self.State.TO_SIGN,), EventKind.PART_REFUSED, by, text=reason)

    def finish(self, *, by: Person, note: str) -> None:
        """Done, in the department's words. Raises `PartMoved` unless it is in hand."""
        sources = (self.State.TO_SIGN, self.State.IN_PROGRESS)
        self._to(
            self.State.DONE, sources, EventKind.PART_DONE, by, text=note, note=note, done_on=clock.today()
        )

    def drop(self, *, by: Person, reason: str = "") -> None:
        """Taken back by who gave it. Raises `PartMoved` when it is done or dropped already."""
        self._to(self.State.DROPPED, self.OPEN, EventKind.PART_DROPPED, by, text=reason)

    def drop_unsigned(self, *, by: Person, reason: str) -> None:
        """Taken back unless its department has signed for it. Raises `PartMoved` when it has."""
        sources = (self.State.TO_SIGN, self.State.REFUSED)
        self._to(self.State.DROPPED, sources, EventKind.PART_DROPPED, by, text=reason)

    def set_due(self, due: date, *, by: Person, reason: str) -> None:
        """Another date for an open part, with the reason in its event. Raises `PartMoved` when somebody was faster."""
        old = self.due
        with transaction.atomic():
            won = Part.objects.filter(pk=self.pk, state__in=self.OPEN, due=old).update(due=due)
            self.refresh_from_db()
            if not won:
                raise PartMoved(self)
            moved = f"{clock.day_words(old) if old else '未另定'} → {clock.day_words(due)}"
            said = f"{self.department}：{self.title or '本单位部分'}，时限 {moved}。{reason}"
            self.item.record(EventKind.PART_DUE, by=by, text=said)

    def _to(
        self,
        state: str,
        sources: tuple[str, ...],
        kind: EventKind,
        by: Person,
        *,
        text: str = "",
        **also: object,
    ) -> None:
        """A conditional UPDATE with its event, like the moves of an item."""
        with transaction.atomic():
            won = Part.objects.filter(pk=self.pk, state__in=sources).update(state=state, **also)
            self.refresh_from_db()
            if not won:
                raise PartMoved(self)
            said = f"{self.department}：{self.title or '本单位部分'}"
            self.item.record(kind, by=by, text=f"{said}。{text}" if text else said)
