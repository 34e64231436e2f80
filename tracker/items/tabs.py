"""The views of the ledger that everybody needs: each is one queryset method, so a count equals its list."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count

from tracker.items.querysets import ActionItemQuerySet
from tracker.items.reckoning import Reckoning
from tracker.items.states import ENDED, OPEN, Status

Chooser = Callable[[ActionItemQuerySet, Reckoning], ActionItemQuerySet]


@dataclass(frozen=True, slots=True)
class Tab:
    """One view. `key` is its name in the query string (`?view=overdue`).

    `statuses` says that the view is just those, which all such views are counted by at once; `more` puts it under 更多.
    """

    key: str
    label: str
    choose: Chooser
    meaning: str
    statuses: tuple[str, ...] = ()
    more: bool = False


DEFAULT_TAB = "open"
# What a search without a view looks through: a closed item must be found by its number as well.
SEARCH_TAB = "all"
_EVERY = (*OPEN, *ENDED)

TABS: dict[str, Tab] = {
    tab.key: tab
    for tab in (
        Tab("open", "在办", lambda items, now: items.open(), "未办结、未中止的事项", statuses=OPEN),
        Tab("overdue", "超期", lambda items, now: items.overdue(now), "现时限已过，挂起的不计"),
        Tab("soon", "临期", lambda items, now: items.due_soon(now), "临近现时限，尚未超期"),
        Tab("week", "本周到期", lambda items, now: items.due_this_week(now), "现时限在本周日以前，尚未超期"),
        Tab("silent", "本期未反馈", lambda items, now: items.without_feedback(now), "一个反馈周期内没有反馈"),
        Tab("review", "待审核", lambda items, now: items.awaiting_decision(), "已报办结，等待审核", statuses=(Status.SUBMITTED,)),
        Tab("extension", "延期待批复", lambda items, now: items.asking_extension(), "延期申请尚未批复"),
        Tab("closed", "已办结", lambda items, now: items.closed(), "已办结销号", statuses=(Status.CLOSED,)),
        Tab("all", "全部", lambda items, now: items, "含已办结和中止", statuses=_EVERY),
        Tab("approval", "待审定", lambda items, now: items.awaiting_approval(), "报请审定，尚未交办", statuses=(Status.APPROVAL,), more=True),
        Tab("issued", "待签收", lambda items, now: items.to_sign(), "已交办，牵头单位尚未签收", statuses=(Status.ISSUED,), more=True),
        Tab("unsigned", "逾期未签收", lambda items, now: items.unsigned(now), "交办后超过规定工作日，牵头或分办单位仍未签收", more=True),
        Tab("stagnant", "停滞", lambda items, now: items.stagnant(now), "连续多个工作日没有实质进展", more=True),
        Tab("returned", "退回重办", lambda items, now: items.returned(), "审核退回，正在重办", statuses=(Status.RETURNED,), more=True),
        Tab("held", "挂起", lambda items, now: items.held(), "挂起期间不计时", statuses=(Status.ON_HOLD,), more=True),
        Tab("no-lead", "未明确单位", lambda items, now: items.without_lead(), "在办，没有牵头单位，也没有分办范围", more=True),
        Tab("no-due", "未明确时限", lambda items, now: items.without_due(), "在办，没有完成时限", more=True),
        Tab("meeting", "需会议协调", lambda items, now: items.needing_coordination(), "最近一次反馈提请会议协调", more=True),
    )
}  # fmt: skip
# The tabs on the ledger page; 临期 is a light there and has no tab of its own.
LEDGER_TABS = tuple(tab for tab in TABS.values() if tab.key != "soon")


def count_tabs(items: ActionItemQuerySet, now: Reckoning) -> dict[str, int]:
    """{key: number of items} of the ledger's tabs: one query for those by status, one for each other."""
    rows = items.order_by().values("status").annotate(n=Count("pk", distinct=True))
    found = {row["status"]: row["n"] for row in rows}
    return {
        tab.key: sum(found.get(status, 0) for status in tab.statuses)
        if tab.statuses
        else tab.choose(items, now).count()
        for tab in LEDGER_TABS
    }
