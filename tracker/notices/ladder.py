"""From 提醒单 to 红色督查单: which step is due for which item. Proposed to the officer, or sent, once a working day."""

import logging
from collections.abc import Mapping, Sequence

from tracker.items.models import ActionItem
from tracker.items.reckoning import Light, Reckoning
from tracker.notices.chasing import (
    ChaseRefused,
    chase,
    deadline_for,
    open_for_chasing,
    order_for,
    steps,
)
from tracker.notices.models import Chase, NoticeSettings, Step

logger = logging.getLogger(__name__)


def next_step(ladder: Sequence[Step], *, late: int, left: int, taken: Mapping[str, bool]) -> Step | None:
    """The step now due, if any.

    `late` and `left` are working days; `taken` maps the steps already taken (or decided against) for this due date to
    whether they expired without result. A step is never taken twice and never below one already taken.
    """
    reached = max((at for at, step in enumerate(ladder) if step.key in taken), default=-1)
    for at, step in enumerate(ladder[reached + 1 :], start=reached + 1):
        if not _is_time(step, late=late, left=left):
            continue
        if step.after_previous and not (at and taken.get(ladder[at - 1].key)):
            continue
        return step
    return None


def _is_time(step: Step, *, late: int, left: int) -> bool:
    if step.when == Step.When.LATE:
        return late >= step.days
    return not late and left <= step.days


def climb(now: Reckoning) -> int:
    """Find the due steps, propose or send them, and take back proposals that have lost their reason. Returns how many.

    Every item stands by itself: an interrupted run is simply run again.
    """
    ladder = [step for step in steps() if step.enabled]
    by_itself = NoticeSettings.current().escalates_itself
    soonest = max((step.days for step in ladder if step.when == Step.When.LEFT), default=0)
    items = ActionItem.objects.filter(open_for_chasing(now, soonest)).select_related("lead")
    proposed = {proposal.item_id: proposal for proposal in Chase.objects.proposed()}
    history = _history(items)
    made = 0
    for item in items.order_by("pk").distinct():
        past = history.get(item.pk, [])
        standing, wanted = proposed.pop(item.pk, None), _wanted(item, past, ladder, now)
        if standing and wanted and standing.step == wanted.key and not by_itself:
            continue
        if standing:
            standing.delete()
        if wanted:
            made += _send(item, wanted, now) if by_itself else _propose(item, wanted, now)
    Chase.objects.proposed().filter(pk__in=[proposal.pk for proposal in proposed.values()]).delete()
    return made


def _history(items: "Sequence[ActionItem] | object") -> dict[int, list[Chase]]:
    rows = Chase.objects.exclude(state=Chase.State.PROPOSED).filter(item__in=items).select_related("item")
    found: dict[int, list[Chase]] = {}
    for row in rows.with_answer():
        found.setdefault(row.item_id, []).append(row)
    return found


def _wanted(item: ActionItem, past: list[Chase], ladder: Sequence[Step], now: Reckoning) -> Step | None:
    if item.due is None or any(row.day == now.today and row.state == Chase.State.ISSUED for row in past):
        return None  # one paper a day is enough, whoever sent it
    taken = {row.step: row.standing(now) == "expired" for row in past if row.due == item.due}
    return next_step(ladder, late=now.days_late(item.due), left=now.days_left(item.due), taken=taken)


def _propose(item: ActionItem, step: Step, now: Reckoning) -> bool:
    proposal = Chase(
        item=item, step=step.key, name=step.name, colour=step.colour, due=item.due, day=now.today,
        deadline=deadline_for(item, step, now), reason=reason_for(item, step, now),
    )  # fmt: skip
    # Two at once: the unique row lets one in.
    return bool(Chase.objects.bulk_create([proposal], ignore_conflicts=True))


def _send(item: ActionItem, step: Step, now: Reckoning) -> bool:
    try:
        chase(item, order_for(step), by=None, now=now)
    except ChaseRefused as reason:
        logger.info("item %s: %s", item.pk, reason)
        return False
    return True


def reason_for(item: ActionItem, step: Step, now: Reckoning) -> str:
    """Why this step, in words: 超期3个工作日，上一步到期未见结果."""
    words = now.light_text(item)
    if item.due and now.light(item) not in (Light.OVERDUE, Light.SOON):
        words = f"剩{now.days_left(item.due)}个工作日"
    return words + ("，上一步到期未见结果" if step.after_previous else "")
