"""What people keep of the ledger: named views, and their own choice of columns."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from tracker.org.models import Person


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Lists of saved views."""

    def usable_by(self, user: Person) -> "SavedViewQuerySet":
        """One's own, and those an officer shares with everybody; one's own first."""
        mine = models.Case(models.When(owner=user, then=0), default=1)
        return (
            self.filter(Q(owner=user) | Q(shared=True)).select_related("owner").order_by(mine, "name", "pk")
        )


class SavedView(models.Model):
    """A place in the ledger under a name: view, filter and order, and the columns it is read with.

    `state` is the query string of that place. Whoever opens a shared view sees in it what they may see anyway.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="所有者", on_delete=models.CASCADE, related_name="saved_views"
    )
    name = models.CharField("名称", max_length=30)
    state = models.TextField("筛选条件", blank=True)
    columns = models.CharField("列", max_length=400, blank=True)
    shared = models.BooleanField("全体可用", default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = "保存的视图"
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner", "name"], name="one_view_a_name"),
            models.CheckConstraint(condition=~Q(name=""), name="view_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """The address of the place."""
        state = f"{self.state}&" if self.state else ""
        return f"{reverse('items:ledger')}?{state}saved={self.pk}"


class LedgerChoice(models.Model):
    """How one person likes the ledger: its columns, and the view it opens with."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="ledger_choice"
    )
    columns = models.CharField("列", max_length=400, blank=True)
    opens_with = models.ForeignKey(
        SavedView, verbose_name="默认视图", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "台账习惯"

    def __str__(self) -> str:
        return str(self.person)
