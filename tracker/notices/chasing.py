"""Writing a 催办 to its item, with its number and its event, in one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from tracker.items.bulk import BulkResult
from tracker.items.models import ActionItem, NumberSeries, Part
from tracker.items.reckoning import Reckoning
from tracker.items.states import EventKind, Status
from tracker.notices.models import Chase, Recipient, Step, default_steps
from tracker.org import clock
from tracker.org.models import Department, Person

CHASEABLE = (Status.ISSUED, Status.IN_PROGRESS, Status.RETURNED)
_WHY_NOT = {
    Status.DRAFT: "尚未交办",
    Status.APPROVAL: "尚未交办",
    Status.SUBMITTED: "已报办结，等待审核",
    Status.ON_HOLD: "已挂起",
}


class ChaseRefused(Exception):
    """This item is not chased; `str()` says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be sent, and to whom. Without a `deadline` the step's own number of days counts."""

    step: Step
    to_lead: bool = True
    to_supporting: bool = False
    copied: tuple[Department, ...] = ()
    to_leader: bool = False
    text: str = ""
    deadline: date | None = None


def steps() -> list[Step]:
    """The ladder in its order; made on first use."""
    found = list(Step.objects.all())
    if not found:
        Step.objects.bulk_create([Step(**fields) for fields in default_steps()], ignore_conflicts=True)
        found = list(Step.objects.all())
    return found


def why_not(item: ActionItem) -> str:
    """Why the item cannot be chased now; empty when it can."""
    if item.status in CHASEABLE:
        return "" if item.lead_id or _open_parts(item) else "未明确牵头单位"
    return _WHY_NOT.get(Status(item.status), item.get_status_display())


def order_for(step: Step, *, text: str = "") -> Order:
    """What the ladder sends at one step: a reminder to the lead, the rest to the supporting departments as well."""
    return Order(step=step, to_supporting=step.key != Step.Key.REMIND, to_leader=step.to_leader, text=text)


@transaction.atomic
def chase(item: ActionItem, order: Order, *, by: Person | None, now: Reckoning) -> Chase:
    """Send one chase. `by` is None when the ladder does it by itself.

    Raises `ChaseRefused` when the item is in no department's hands, or has had this kind today.
    """
    # The lock makes two presses at once follow each other; the unique row stands behind it.
    item = ActionItem.objects.select_for_update().get(pk=item.pk)
    if reason := why_not(item):
        raise ChaseRefused(reason)
    if item.chases.issued().filter(step=order.step.key, day=now.today).exists():
        raise ChaseRefused(f"今天已发过{order.step.name}")
    recipients = _recipients(item, order)
    if not recipients:
        raise ChaseRefused("没有选择发送对象")
    made = _number(item, order, now)
    made.by, made.leader = by, _leader(item) if order.to_leader else None
    made.event = item.record(EventKind.CHASED, by=by, text=_event_text(made), after=order.step.key)
    item.chases.proposed().delete()  # overtaken by this one
    made.save()
    Recipient.objects.bulk_create(
        Recipient(chase=made, department=department, role=role) for department, role in recipients.items()
    )
    return made


def chase_many(items: Iterable[ActionItem], order: Order, *, by: Person, now: Reckoning) -> BulkResult:
    """Send the same to many; those left out are named with the reason.

    Each in a transaction of its own: a whole ledger in one would keep every other writer waiting.
    """
    result = BulkResult()
    for item in items:
        try:
            chase(item, order, by=by, now=now)
        except ChaseRefused as reason:
            result.skipped.append((item.number, str(reason)))
        else:
            result.changed += 1
    return result


def accept(proposals: Iterable[Chase], *, by: Person, now: Reckoning) -> BulkResult:
    """Send what the ladder proposed. A proposal somebody else has just dealt with is left out silently."""
    result, known = BulkResult(), {step.key: step for step in steps()}
    for proposal in proposals:
        try:
            if _accept(proposal, known[proposal.step], by=by, now=now):
                result.changed += 1
            else:
                result.unchanged += 1
        except ChaseRefused as reason:
            result.skipped.append((proposal.item.number, str(reason)))
    return result


@transaction.atomic
def _accept(proposal: Chase, step: Step, *, by: Person, now: Reckoning) -> bool:
    """The proposal makes room for the paper itself, whose number and day are today's."""
    if not Chase.objects.filter(pk=proposal.pk, state=Chase.State.PROPOSED).delete()[0]:
        return False
    chase(proposal.item, order_for(step), by=by, now=now)
    return True


def drop(proposals: Iterable[Chase], *, by: Person) -> int:
    """Decide against proposals: the step counts as taken for this due date. Returns how many."""
    pks = [proposal.pk for proposal in proposals]
    return Chase.objects.filter(pk__in=pks, state=Chase.State.PROPOSED).update(
        state=Chase.State.DROPPED, by=by, at=clock.now()
    )


def deadline_for(item: ActionItem, step: Step, now: Reckoning) -> date:
    """By when something must have happened: the due date while it lies ahead, else the step's own days."""
    if item.due and item.due >= now.today and step.key == Step.Key.REMIND:
        return item.due
    return now.calendar.add(now.today, step.answer_days)


def _number(item: ActionItem, order: Order, now: Reckoning) -> Chase:
    step, year = order.step, now.today.year
    before = item.chases.issued().order_by("at", "pk").last()
    # Chased before chases had rows of their own: the events know.
    urged = item.events.filter(kind=EventKind.CHASED).exclude(after=Step.Key.REMIND).count()
    return Chase(
        item=item, step=step.key, name=step.name, colour=step.colour, state=Chase.State.ISSUED,
        number_year=year, number_seq=NumberSeries.allot(kind=f"chase-{step.key}", year=year),
        nth=0 if step.key == Step.Key.REMIND else urged + 1,
        due=item.due, deadline=order.deadline or deadline_for(item, step, now),
        text=order.text, day=now.today, at=clock.now(), previous=before,
    )  # fmt: skip


def _event_text(made: Chase) -> str:
    """What the item's line says: which paper, by when, and what was written."""
    deadline = f"，请于{clock.day_words(made.deadline)}前反馈办理结果" if made.deadline else ""
    return f"{made.name}{made.number}{deadline}。{made.text}"


def _recipients(item: ActionItem, order: Order) -> dict[Department, Recipient.Role]:
    """Each department once, in its weightiest role."""
    found: dict[Department, Recipient.Role] = {}
    if order.to_lead and item.lead:
        found[item.lead] = Recipient.Role.LEAD
    for department in _open_parts(item) if order.to_lead else ():
        found.setdefault(department, Recipient.Role.PART)
    for department in item.supporting.all() if order.to_supporting else ():
        found.setdefault(department, Recipient.Role.SUPPORTING)
    for department in order.copied:
        found.setdefault(department, Recipient.Role.COPIED)
    return found


def _open_parts(item: ActionItem) -> list[Department]:
    """Those that have not done their part. Reads `parts_given` (prefetch them with their departments)."""
    return [part.department for part in item.parts_given.all() if part.state in Part.OPEN]


def _leader(item: ActionItem) -> Person | None:
    """Whose charge the item is: its own leader, else its department's."""
    return item.leader or (item.lead.leader if item.lead else None)


def open_for_chasing(now: Reckoning, soonest: int) -> Q:
    """What the ladder looks at: in a department's hands, due at most `soonest` working days ahead."""
    until = now.calendar.soon_until(now.today, soonest)
    in_hand = Q(lead__isnull=False) | Q(parts_given__state__in=Part.OPEN)
    return Q(status__in=CHASEABLE, due__lte=until) & in_hand
