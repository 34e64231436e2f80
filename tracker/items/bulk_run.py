"""A bulk change from its preview to its end: shown first, then done in batches, each batch in one transaction."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django.db import transaction
from django.db.models import F
from django.http import QueryDict

from tracker.items.bulk import STALE, BulkResult, FieldEdit, MoveMany, Outcome, Skip, Words, operation_of
from tracker.items.bulk_form import BulkForm
from tracker.items.models import ActionItem, BulkChange, BulkLine
from tracker.items.models.item import MANY
from tracker.items.querysets import ActionItemQuerySet
from tracker.items.reckoning import Reckoning
from tracker.items.timeline import in_words
from tracker.org.models import Person

BATCH = 500
# A move is some ten statements an item: smaller parts, so that nobody waits long for the database.
MOVE_BATCH = 100
# What one request works on: the rest is done by the next one, so that no proxy loses patience.
SECONDS = 8.0
GONE = "已移入回收站或不再可见"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one item in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What an operation would do: nothing is written."""

    changes: list[tuple[ActionItem, list[Difference]]]
    unchanged: list[ActionItem]
    skipped: list[tuple[ActionItem, str]]
    past: list[ActionItem]  # of the changes: would be issued with a date that lies behind


def full(items: ActionItemQuerySet) -> ActionItemQuerySet:
    """With what an operation reads, in a fixed number of queries."""
    people = items.select_related("lead", "leader", "owner", "officer")
    return people.prefetch_related("supporting", "groups")


def preview(
    operation: FieldEdit | MoveMany,
    items: Sequence[ActionItem],
    versions: dict[int, int | None],
    *,
    now: Reckoning,
    told: int = 200,
) -> Preview:
    """Old and new of each item, and who is left out for which reason. Put in words for the first `told` changes."""
    planned, made = operation.plan(items), Preview([], [], [], [])
    hands_out = isinstance(operation, MoveMany) and operation.hands_out
    for item in items:
        plan = planned[item.pk]
        if versions.get(item.pk) not in (None, item.version):
            made.skipped.append((item, STALE))
        elif isinstance(plan, Skip):
            made.skipped.append((item, str(plan).rstrip("。")))
        elif plan:
            made.changes.append((item, in_table(plan) if len(made.changes) < told else []))
            if hands_out and now.has_passed(item.due):
                made.past.append(item)
        else:
            made.unchanged.append(item)
    return made


def in_table(words: Words) -> list[Difference]:
    """The differences as a person reads them."""
    return [_difference(name, *pair) for name, pair in words.items()]


def _difference(name: str, old: str, new: str) -> Difference:
    if name == "discarded_at":
        return Difference("回收站", "—", "移入")
    column = ActionItem._meta.get_field(name)
    if name in MANY:
        return Difference(str(column.verbose_name), old or "（空）", new or "（空）")  # type: ignore[union-attr]
    return Difference(str(column.verbose_name), in_words(name, old), in_words(name, new))  # type: ignore[union-attr]


def start(*, form: BulkForm, picked: Sequence[tuple[int, int | None]], by: Person, back: str) -> BulkChange:
    """Note what is to be done; `proceed` does it. `picked` has (item, version seen), `back` the way back."""
    operation = operation_of(form.cleaned_data, by=by)
    BulkChange.objects.forgotten_of(by).delete()
    posted, kept = cast(QueryDict, form.data), QueryDict(mutable=True)
    for name in form.fields:
        kept.setlist(name, posted.getlist(name))
    return BulkChange.objects.create(
        by=by, label=operation.label, form=kept.urlencode(), undoable=operation.undoable, total=len(picked),
        waiting=[list(one) for one in picked], back=back,
    )  # fmt: skip


def proceed(change: BulkChange, *, seconds: float = SECONDS) -> None:
    """Work on a bulk change for about `seconds`. What is left stays in `waiting`; `change` is read anew."""
    form, until = BulkForm(QueryDict(change.form)), time.monotonic() + seconds
    if not form.is_valid():  # a department was closed since: nothing is guessed
        BulkChange.objects.filter(pk=change.pk).update(total=F("total") - change.left, waiting=[])
        change.refresh_from_db()
        return
    operation = operation_of(form.cleaned_data, by=change.by)
    while change.waiting:
        change = _batch(change, operation)
        if time.monotonic() > until:
            return


@transaction.atomic
def _batch(change: BulkChange, operation: FieldEdit | MoveMany) -> BulkChange:
    # The lock makes two requests for one change follow each other: no item is done twice.
    locked = BulkChange.objects.select_for_update().get(pk=change.pk)
    size = BATCH if isinstance(operation, FieldEdit) else MOVE_BATCH
    taken, locked.waiting = locked.waiting[:size], locked.waiting[size:]
    versions = dict(taken)
    mine = ActionItem.objects.visible_to(change.by).filter(pk__in=versions)
    # Locked by key alone: outer joins cannot be locked.
    list(
        ActionItem.objects.select_for_update().filter(pk__in=list(versions)).order_by("pk").values_list("pk")
    )
    items = {item.pk: item for item in full(ActionItem.objects.filter(pk__in=mine.values("pk")))}
    lines = operation.apply([(items[pk], seen) for pk, seen in taken if pk in items], by=change.by)
    lines += [
        BulkLine(item_id=pk, outcome=Outcome.SKIPPED, reason=GONE) for pk, _ in taken if pk not in items
    ]
    for line in lines:
        line.change = locked
    BulkLine.objects.bulk_create(lines, ignore_conflicts=True)
    locked.save(update_fields=["waiting"])
    change.waiting, change.total = locked.waiting, locked.total
    return change


def result_of(change: BulkChange) -> BulkResult:
    """What became of it so far."""
    counts = BulkResult()
    for outcome in change.lines.exclude(outcome=Outcome.SKIPPED).values_list("outcome", flat=True):
        if outcome == Outcome.UNCHANGED:
            counts.unchanged += 1
        else:
            counts.changed += 1
    skipped = change.lines.filter(outcome=Outcome.SKIPPED)
    rows = skipped.values_list("item__number_year", "item__number_seq", "reason")
    counts.skipped = [(f"〔{year}〕{seq:02d}号", reason) for year, seq, reason in rows]
    return counts
