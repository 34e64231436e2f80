"""The words an item stands on."""

from django.db import models


class Quote(models.Model):
    """The exact words an item came from, frozen: ledger pages and documents never need the speech.

    `speech_ref` is the speech's id where it came from one of ours; it is no foreign key because the ledger does not
    know speeches (docs/adr/0002-imports-go-one-way.md).
    """

    item = models.ForeignKey("items.ActionItem", on_delete=models.CASCADE, related_name="quotes")
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
