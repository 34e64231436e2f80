"""The one definition of each list: every page, count and document uses these, so a number equals its list."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from tracker.items.reckoning import Light, Reckoning
from tracker.items.states import ENDED, OPEN, RUNNING, Status
from tracker.org.models import Department, Person

if TYPE_CHECKING:
    from tracker.items.models import (  # noqa: F401 (ActionItem: in the base class's subscript)
        ActionItem,
        Feedback,
        Part,
    )

# Days after which a period counts as passed without feedback (documents.md: 每周, 每两周, 每月, 每季度).
CYCLE_DAYS = {"weekly": 7, "biweekly": 14, "monthly": 31, "quarterly": 92}


class ActionItemQuerySet(models.QuerySet["ActionItem"]):
    """Lists of action items."""

    def visible_to(self, user: Person | AnonymousUser) -> "ActionItemQuerySet":
        """What `user` may see: all, the departments in their charge, or the department they report for."""
        if not isinstance(user, Person):
            return self.none()
        if user.sees_everything:
            return self
        mine = Department.objects.filter(
            Q(leader=user) | Q(memberships__person=user, memberships__role="liaison")
        ).values("pk")
        supports = self.model.supporting.through.objects.filter(
            actionitem_id=OuterRef("pk"), department_id__in=mine
        )
        issued = Q(lead__in=mine) | Exists(supports) | Exists(self._parts().filter(department__in=mine))
        # A draft is the officer's desk: departments see an item once it is issued.
        in_charge = Q(leader=user) | Q(lead__leader=user)
        return self.filter(in_charge | (issued & ~Q(status__in=[Status.DRAFT, Status.APPROVAL])))

    def open(self) -> "ActionItemQuerySet":
        """在办: neither closed nor withdrawn."""
        return self.filter(status__in=OPEN)

    def ended(self) -> "ActionItemQuerySet":
        """Closed or withdrawn."""
        return self.filter(status__in=ENDED)

    def closed(self) -> "ActionItemQuerySet":
        """已办结."""
        return self.filter(status=Status.CLOSED)

    def overdue(self, now: Reckoning) -> "ActionItemQuerySet":
        """超期: running, and a working day has passed since the (holiday-adjusted) due date."""
        return self.filter(status__in=RUNNING, due__lte=now.overdue_until)

    def due_soon(self, now: Reckoning) -> "ActionItemQuerySet":
        """临期: running, not overdue, at most the set number of working days left."""
        return self.filter(status__in=RUNNING, due__gt=now.overdue_until, due__lte=now.soon_until)

    def due_this_week(self, now: Reckoning) -> "ActionItemQuerySet":
        """本周到期: running, due by Sunday, without what is already overdue."""
        return self.filter(status__in=RUNNING, due__gt=now.overdue_until, due__lte=now.week_end)

    def without_lead(self) -> "ActionItemQuerySet":
        """未明确单位: no lead, and no group that shares it (see `items.units`)."""
        return self.open().filter(lead__isnull=True, groups__isnull=True)

    def with_unit(self) -> "ActionItemQuerySet":
        """Those a lead has or groups share: the opposite of `without_lead`, open or not."""
        return self.exclude(
            pk__in=self.model.everything.filter(lead__isnull=True, groups__isnull=True).values("pk")
        )

    def without_due(self) -> "ActionItemQuerySet":
        """未明确时限."""
        return self.open().filter(due__isnull=True)

    def without_feedback(self, now: Reckoning) -> "ActionItemQuerySet":
        """本期未反馈: issued, and nothing reported for a whole period (一次性: nothing at all by the due date)."""
        passed = Q(feedback_cycle="once", reported_on__isnull=True, due__lte=now.today)
        for cycle, days in CYCLE_DAYS.items():
            passed |= Q(feedback_cycle=cycle, waiting_since__lt=now.today - timedelta(days=days))
        running = self.filter(status__in=(Status.ISSUED, Status.IN_PROGRESS, Status.RETURNED))
        return running.with_reported_on().filter(passed)

    def needing_coordination(self) -> "ActionItemQuerySet":
        """需会议协调: the latest feedback asks the meeting for something."""
        latest = self._latest_feedback().values("needs_meeting")[:1]
        return self.open().annotate(asks_meeting=Subquery(latest)).filter(asks_meeting=True)

    def to_sign(self) -> "ActionItemQuerySet":
        """待签收: issued, not signed for."""
        return self.filter(status=Status.ISSUED)

    def to_report(self, now: Reckoning) -> "ActionItemQuerySet":
        """待反馈: returned, or worked on and silent for a period, or late or nearly so without a word this week."""
        monday = now.week_end - timedelta(days=6)
        silent = self.model.objects.without_feedback(now).values("pk")
        this_week = self._latest_feedback().filter(day__gte=monday)
        pressing = Q(due__lte=now.soon_until) & ~Exists(this_week)
        # Sent back, it waits for the department until that asks to close it again, whatever it reports meanwhile.
        returned = Q(status=Status.RETURNED)
        worked_on = self.filter(status__in=(Status.IN_PROGRESS, Status.RETURNED))
        return worked_on.filter(Q(pk__in=silent) | pressing | returned)

    def to_handle(self, now: Reckoning) -> "ActionItemQuerySet":
        """要处理: to sign or to report on."""
        return self.filter(Q(pk__in=self.to_sign().values("pk")) | Q(pk__in=self.to_report(now).values("pk")))

    def led_by(self, departments: "Iterable[Department]") -> "ActionItemQuerySet":
        """Where one of `departments` is 牵头单位."""
        return self.filter(lead__in=[department.pk for department in departments])

    def supported_by(self, departments: "Iterable[Department]") -> "ActionItemQuerySet":
        """Where one of `departments` is 配合单位; each item once."""
        through = self.model.supporting.through.objects.filter(
            actionitem_id=OuterRef("pk"), department_id__in=[department.pk for department in departments]
        )
        return self.filter(Exists(through))

    def shared_with(self, departments: "Iterable[Department]") -> "ActionItemQuerySet":
        """Where one of `departments` has a part (分办) that was not taken back."""
        return self.filter(Exists(self._parts().filter(department__in=[d.pk for d in departments])))

    def with_part_counts(self) -> "ActionItemQuerySet":
        """Annotate `parts_total`, `parts_signed` and `parts_done`: x/N of the parts in force."""
        parts = self._parts().order_by().values("item").annotate(n=models.Count("pk")).values("n")
        zero = Value(0)
        return self.annotate(
            parts_total=Coalesce(Subquery(parts), zero),
            parts_signed=Coalesce(Subquery(parts.filter(signed_on__isnull=False)), zero),
            parts_done=Coalesce(Subquery(parts.filter(state="done")), zero),
        )

    def awaiting_approval(self) -> "ActionItemQuerySet":
        """待审定."""
        return self.filter(status=Status.APPROVAL)

    def returned(self) -> "ActionItemQuerySet":
        """退回重办."""
        return self.filter(status=Status.RETURNED)

    def held(self) -> "ActionItemQuerySet":
        """挂起."""
        return self.filter(status=Status.ON_HOLD)

    def asking_extension(self) -> "ActionItemQuerySet":
        """延期审批中: a request for more time is open."""
        return self.filter(extension_requests__state="pending")

    def unsigned(self, now: Reckoning) -> "ActionItemQuerySet":
        """逾期未签收: issued, and neither the lead nor every part signed within the office's working days."""
        last = now.issued_until
        late_part = self._parts().filter(state="to_sign", given_on__lte=last)
        lead_late = Q(status=Status.ISSUED, lead__isnull=False, waiting_from__lte=last)
        running = self.filter(status__in=RUNNING).annotate(waiting_from=Coalesce("sent_on", "issued_on"))
        return running.filter(lead_late | Exists(late_part))

    def stagnant(self, now: Reckoning) -> "ActionItemQuerySet":
        """停滞: in hand, and no real change (a report other than 无新进展) for the office's working days."""
        worked_on = self.filter(status__in=(Status.IN_PROGRESS, Status.RETURNED))
        return worked_on.with_changed_on().filter(Q(changed_on__lte=now.changed_until))

    def with_changed_on(self) -> "ActionItemQuerySet":
        """Annotate `changed_on`: the day of the last real report, or of issue."""
        real = self._latest_feedback().filter(no_change=False).values("day")[:1]
        return self.annotate(changed_on=Coalesce(Subquery(real), "issued_on"))

    def discarded(self) -> "ActionItemQuerySet":
        """回收站. Ask it of `ActionItem.everything`."""
        return self.filter(discarded_at__isnull=False)

    def awaiting_decision(self) -> "ActionItemQuerySet":
        """待审核: reported as done, waiting for the officer's verdict."""
        return self.filter(status=Status.SUBMITTED)

    def with_reported_on(self) -> "ActionItemQuerySet":
        """Annotate `reported_on` (day of the latest feedback) and `waiting_since` (that, or the day of issue)."""
        latest = self._latest_feedback().values("day")[:1]
        return self.annotate(reported_on=Subquery(latest)).annotate(
            waiting_since=Coalesce("reported_on", "issued_on")
        )

    def with_light(self, now: Reckoning) -> "ActionItemQuerySet":
        """Annotate `light` (see `Light`) so that lists can filter and sort by it in the database."""
        return self.annotate(
            light=Case(
                When(status__in=ENDED, then=Value(Light.ENDED.value)),
                When(status=Status.ON_HOLD, then=Value(Light.HELD.value)),
                When(due__lte=now.overdue_until, then=Value(Light.OVERDUE.value)),
                When(due__lte=now.soon_until, then=Value(Light.SOON.value)),
                default=Value(Light.NORMAL.value),
                output_field=IntegerField(),
            )
        )

    def with_latest_feedback(self) -> "ActionItemQuerySet":
        """Annotate `feedback_text`, `_day`, `_problem`, `_next` and `_percent` of the latest report."""
        latest = self._latest_feedback()
        return self.annotate(
            feedback_text=Subquery(latest.values("progress")[:1]),
            feedback_day=Subquery(latest.values("day")[:1]),
            feedback_problem=Subquery(latest.values("problem")[:1]),
            feedback_next=Subquery(latest.values("next_step")[:1]),
            feedback_percent=Subquery(latest.values("percent")[:1]),
        )

    def in_office_order(self) -> "ActionItemQuerySet":
        """By department order, then number; items without a lead first, so that nobody overlooks them."""
        return self.order_by(F("lead__position").asc(nulls_first=True), "number_year", "number_seq")

    def for_rows(self) -> "ActionItemQuerySet":
        """With what a list row shows, in a fixed number of queries."""
        return self.select_related("lead", "leader", "owner", "officer").prefetch_related(
            "supporting", "groups"
        )

    def _parts(self) -> "models.QuerySet[Part]":
        """The parts in force of each item of an outer query."""
        part = cast("type[Part]", self.model._meta.get_field("parts_given").related_model)
        return part._default_manager.filter(item=OuterRef("pk")).exclude(state="dropped")

    def _latest_feedback(self) -> "models.QuerySet[Feedback]":
        # Through the relation, because models.py imports this module.
        feedback = cast("type[Feedback]", self.model._meta.get_field("feedbacks").related_model)
        return feedback._default_manager.filter(item=OuterRef("pk")).order_by("-day", "-pk")
