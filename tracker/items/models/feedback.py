"""What departments report."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tracker.org import clock
from tracker.org.models import Department


class Feedback(models.Model):
    """One report of a department: what was done, what is in the way, what comes next."""

    item = models.ForeignKey("items.ActionItem", on_delete=models.CASCADE, related_name="feedbacks")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    day = models.DateField("日期")
    at = models.DateTimeField(default=clock.now)
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
