"""What the first screen shows: the same querysets as the ledger's lists, so that a number equals the list behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q
from django.utils import timezone

from tracker.desk.approvals import Approval, approvals_of
from tracker.items.models import ActionItem, Event, ExtensionRequest
from tracker.items.querysets import ActionItemQuerySet
from tracker.items.reckoning import Reckoning
from tracker.meetings.agenda import build_agenda
from tracker.meetings.models import Meeting
from tracker.meetings.report import Agenda
from tracker.meetings.streak import Streaks
from tracker.org.models import Department, Office, Person

RECENT_EVENTS = 8
LONG_STREAK = 3
# A table on the first screen ends here; the ledger has the rest.
MOST_ROWS = 20
MOST_AWAITING = 8


@dataclass(frozen=True, slots=True)
class Count:
    """One figure of the first line. `view` is the ledger view that holds exactly these items."""

    label: str
    number: int
    definition: str
    view: str
    hot: bool = False


@dataclass(frozen=True, slots=True)
class OverdueRow:
    """An overdue item with the number of the meeting running that will see it unfinished."""

    item: ActionItem
    streak: int

    @property
    def is_long(self) -> bool:
        """At least three meetings running."""
        return self.streak >= LONG_STREAK


@dataclass(frozen=True, slots=True)
class Board:
    """Everything of the first screen that comes from items and meetings."""

    now: Reckoning
    counts: Sequence[Count]
    waiting: Sequence[Count]
    overdue: Sequence[OverdueRow]
    overdue_total: int
    without_overdue: Sequence[Department]
    this_week: Sequence[ActionItem]
    this_week_total: int
    awaiting: Sequence[ActionItem]
    awaiting_total: int
    approvals: Sequence[Approval]
    approvals_total: int
    extensions: Sequence[ExtensionRequest]
    decides: bool
    events: Sequence[Event]
    meeting: Meeting | None
    agenda: Agenda | None
    quarter_day: int

    @property
    def quarter_word(self) -> str:
        """一 to 四."""
        return "一二三四"[(self.now.today.month - 1) // 3]

    @property
    def approves(self) -> bool:
        """Whether any of what waits to be approved is for the reader to decide."""
        return any(not row.own for row in self.approvals)

    @property
    def overdue_left(self) -> int:
        """Overdue items the table does not show."""
        return self.overdue_total - len(self.overdue)

    @property
    def this_week_left(self) -> int:
        """Items due this week the table does not show."""
        return self.this_week_total - len(self.this_week)

    @property
    def days_to_meeting(self) -> str:
        """今天, 明天, 后天, 5天后; 已过时间 for one that was never closed."""
        if self.meeting is None:
            return ""
        days = (timezone.localdate(self.meeting.held_at) - self.now.today).days
        near = {0: "今天", 1: "明天", 2: "后天"}
        return near.get(days) or (f"{days}天后" if days > 0 else "已过会议时间，尚未定稿")


def build_board(user: Person) -> Board:
    """The first screen of `user`, limited to what they may see. A fixed number of queries and of rows."""
    now = Reckoning.now()
    items = ActionItem.objects.visible_to(user)
    overdue, this_week, awaiting = items.overdue(now), items.due_this_week(now), items.awaiting_decision()
    streaks = Streaks.before(None, calendar=now.calendar)
    waiting = _waiting(items, now)
    totals = (overdue.count(), this_week.count(), items.without_feedback(now).count(), awaiting.count())
    late = set(overdue.order_by().values_list("lead", flat=True).distinct())
    meeting = Meeting.objects.upcoming()
    week = this_week.for_rows().order_by("due", F("lead__position").asc(nulls_first=True), "pk")
    return Board(
        now=now,
        counts=_counts(user, now, totals, _long(overdue, streaks)),
        waiting=waiting,
        overdue=_rows(overdue, streaks),
        overdue_total=totals[0],
        without_overdue=[department for department in _departments(user) if department.pk not in late],
        this_week=list(week[:MOST_ROWS]),
        this_week_total=totals[1],
        awaiting=list(
            awaiting.select_related("lead").prefetch_related("groups").order_by("due", "pk")[:MOST_AWAITING]
        ),
        awaiting_total=totals[3],
        approvals=approvals_of(user, items, now, most=MOST_AWAITING),
        approvals_total=waiting[0].number,
        extensions=_extensions(items),
        decides=user.is_leader or (user.is_officer and not Office.current().leader_decides),
        events=_events(user, items),
        meeting=meeting,
        agenda=build_agenda(meeting, now=now) if meeting else None,
        quarter_day=_quarter_day(now),
    )


def _rows(overdue: ActionItemQuerySet, streaks: Streaks) -> list[OverdueRow]:
    late = overdue.for_rows().with_latest_feedback().in_office_order()[:MOST_ROWS]
    return [OverdueRow(item=item, streak=streaks.of(item)) for item in late]


def _long(overdue: ActionItemQuerySet, streaks: Streaks) -> int:
    """How many will be overdue at least `LONG_STREAK` meetings running: those the last but one closed meeting saw so.

    The coming meeting counts as one, and an item that was overdue at a meeting was so at every later one.
    """
    closed = sorted(streaks.meetings, reverse=True)
    if len(closed) < LONG_STREAK - 1:
        return 0
    day, late = closed[LONG_STREAK - 2]
    started = Q(issued_on__lte=day) | Q(issued_on__isnull=True, created_at__date__lte=day)
    return overdue.filter(started, original_due__lte=late).count()


def _counts(user: Person, now: Reckoning, totals: tuple[int, int, int, int], long: int) -> list[Count]:
    overdue, week, silent, awaiting = totals
    told = f"其中连续{LONG_STREAK}次例会未完成 {long} 件" if long else "已过现时限，按工作日计"
    end = now.week_end
    until = f"{end.day}日" if end.month == now.today.month else f"{end.month}月{end.day}日"
    return [
        Count("超期事项", overdue, told, "overdue", hot=bool(overdue)),
        Count("本周到期", week, f"至{until}，不含已超期", "week"),
        Count("本期未反馈", silent, "反馈周期已到、无反馈记录", "silent"),
        Count("待我审核" if user.is_officer else "待审核", awaiting, "已报办结、等待审核", "review"),
    ]


def _waiting(items: ActionItemQuerySet, now: Reckoning) -> list[Count]:
    """The second, quiet line: what waits for a word from somebody."""
    return [
        Count("待审定", items.awaiting_approval().count(), "已报请审定、尚未交办", "approval"),
        Count("延期待批复", items.asking_extension().count(), "延期申请尚未批复", "extension"),
        Count(
            "逾期未签收",
            items.unsigned(now).count(),
            f"交办、分办超过{now.sign_days}个工作日未签收",
            "unsigned",
        ),
        Count("停滞", items.stagnant(now).count(), f"{now.stagnant_days}个工作日没有实质进展", "stagnant"),
    ]


def _extensions(items: ActionItemQuerySet) -> list[ExtensionRequest]:
    """The first requests for more time nobody has answered, the nearest date first."""
    asking = ExtensionRequest.objects.filter(
        state=ExtensionRequest.State.PENDING, item__in=items.values("pk")
    )
    return list(asking.select_related("item", "department", "by").order_by("due_then", "pk")[:MOST_AWAITING])


def _departments(user: Person) -> list[Department]:
    """The departments this person watches over, in official order."""
    departments = Department.objects.active()
    if user.sees_everything:
        return list(departments)
    return list(
        departments.filter(
            Q(leader=user) | Q(memberships__person=user, memberships__role="liaison")
        ).distinct()
    )


def _events(user: Person, items: ActionItemQuerySet) -> list[Event]:
    """The latest on items this person may see."""
    events = Event.objects.select_related("item", "item__lead", "by")
    if not user.sees_everything:
        events = events.filter(item__in=items.values("pk"))
    return list(events[:RECENT_EVENTS])


def _quarter_day(now: Reckoning) -> int:
    """Which working day of the quarter today is (or the last one was)."""
    first = date(now.today.year, now.today.month - (now.today.month - 1) % 3, 1)
    return now.calendar.count(first - timedelta(days=1), now.today)
