"""What a meeting is asked to decide on each item, and what it decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tracker.items.models import ActionItem
from tracker.meetings.models.meeting import Meeting
from tracker.org import clock
from tracker.org.models import Department


class RulingKind(models.TextChoices):
    """What a meeting can do with an item."""

    CONTINUE = "continue", "继续办理"
    RESET = "reset", "重定时限"
    REASSIGN = "reassign", "改派"
    CLOSE = "close", "办结"
    SUMMON = "summon", "约谈"
    NEW = "new", "新增事项"


class AgendaEntry(models.Model):
    """What the officer prepares for one item of one meeting: its place, and what the meeting is asked for (拟请明确)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="entries")
    item = models.ForeignKey(ActionItem, on_delete=models.PROTECT, related_name="agenda_entries")
    kind = models.CharField("拟作处理", max_length=10, choices=RulingKind.choices, blank=True)
    proposal = models.CharField("拟请明确", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("会上顺序", null=True, blank=True)
    added = models.BooleanField("加入议程", default=False)
    dropped = models.BooleanField("不上会", default=False)
    asked_at = models.DateTimeField("提请补报时间", null=True, blank=True)

    class Meta:
        verbose_name = "议题准备"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "item"], name="one_entry_an_item")]

    def __str__(self) -> str:
        return self.proposal


class Ruling(models.Model):
    """What a meeting said of one item (会议意见), and what that changed.

    `facts` is the item's row as the meeting saw it, `before` what the ruling changed and from which value: with the
    first the item stays on the meeting's list after it was dealt with, with the second a correction can take it back.
    """

    Kind = RulingKind

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="rulings")
    item = models.ForeignKey(ActionItem, on_delete=models.PROTECT, related_name="rulings")
    kind = models.CharField("处理", max_length=10, choices=RulingKind.choices, default=RulingKind.CONTINUE)
    text = models.TextField("会议意见", blank=True)
    due = models.DateField("重定时限至", null=True, blank=True)
    lead = models.ForeignKey(
        Department, verbose_name="改派至", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    facts = models.JSONField(default=dict, blank=True)
    before = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "会议意见"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "item"], name="one_ruling_an_item"),
            models.CheckConstraint(
                condition=~Q(kind="reset") | Q(due__isnull=False), name="reset_ruling_names_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(kind="reassign") | Q(lead__isnull=False),
                name="reassign_ruling_names_a_department",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.text[:30]}".strip()

    @property
    def mark(self) -> str:
        """Changes with every change of the ruling: a page says with it what it showed."""
        return f"{self.pk}-{self.at.isoformat()}"
