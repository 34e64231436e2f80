"""Files that prove or explain: 佐证材料."""

from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models

from tracker.items.models.feedback import Feedback
from tracker.items.models.item import ActionItem
from tracker.items.models.request import ClosingRequest
from tracker.org import clock


def stored_name(attachment: Any, name: str) -> str:
    """A name of ours: what the file was called is kept in the row and never becomes a path."""
    return f"attachments/{clock.today():%Y/%m}/{uuid4().hex}"


class Attachment(models.Model):
    """A file on an item, with the report or the closing request it came with."""

    item = models.ForeignKey(ActionItem, on_delete=models.PROTECT, related_name="attachments")
    feedback = models.ForeignKey(
        Feedback, null=True, blank=True, on_delete=models.SET_NULL, related_name="attachments"
    )
    closing_request = models.ForeignKey(
        ClosingRequest, null=True, blank=True, on_delete=models.SET_NULL, related_name="attachments"
    )
    file = models.FileField("文件", upload_to=stored_name)
    name = models.CharField("文件名", max_length=120)
    size = models.PositiveBigIntegerField("大小")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("上传时间", default=clock.now)

    class Meta:
        verbose_name = "附件"
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.name
