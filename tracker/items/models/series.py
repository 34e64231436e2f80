"""Running numbers of a year."""

from django.db import models
from django.db.models import F


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
