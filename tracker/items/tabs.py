"""The views of the ledger that everybody needs: each is one queryset method, so a count equals its list."""

from collections.abc import Callable
from dataclasses import dataclass

from tracker.items.querysets import ActionItemQuerySet
from tracker.items.reckoning import Reckoning

Chooser = Callable[[ActionItemQuerySet, Reckoning], ActionItemQuerySet]


@dataclass(frozen=True, slots=True)
class Tab:
    """One view. `key` is its name in the query string (`?view=overdue`)."""

    key: str
    label: str
    choose: Chooser
    meaning: str


DEFAULT_TAB = "open"
# What a search without a view looks through: a closed item must be found by its number as well.
SEARCH_TAB = "all"

TABS: dict[str, Tab] = {
    tab.key: tab
    for tab in (
        Tab("open", "在办", lambda items, now: items.open(), "未办结、未中止的事项"),
        Tab("overdue", "超期", lambda items, now: items.overdue(now), "现时限已过，挂起的不计"),
        Tab("soon", "临期", lambda items, now: items.due_soon(now), "临近现时限，尚未超期"),
        Tab("week", "本周到期", lambda items, now: items.due_this_week(now), "现时限在本周日以前，尚未超期"),
        Tab("silent", "本期未反馈", lambda items, now: items.without_feedback(now), "一个反馈周期内没有反馈"),
        Tab("no-lead", "未明确单位", lambda items, now: items.without_lead(), "在办，没有牵头单位"),
        Tab("no-due", "未明确时限", lambda items, now: items.without_due(), "在办，没有完成时限"),
        Tab("meeting", "需会议协调", lambda items, now: items.needing_coordination(), "最近一次反馈提请会议协调"),
        Tab("review", "待审核", lambda items, now: items.awaiting_decision(), "已报办结，等待审核"),
        Tab("closed", "已办结", lambda items, now: items.closed(), "已办结销号"),
        Tab("all", "全部", lambda items, now: items, "含已办结和中止"),
    )
}  # fmt: skip
# The tabs on the ledger page; 临期 is a light there and has no tab of its own.
LEDGER_TABS = tuple(tab for tab in TABS.values() if tab.key != "soon")


def count_tabs(items: ActionItemQuerySet, now: Reckoning) -> dict[str, int]:
    """{key: number of items} of the ledger's tabs, one query each."""
    return {tab.key: tab.choose(items, now).count() for tab in LEDGER_TABS}
