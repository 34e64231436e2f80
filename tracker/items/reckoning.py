"""What depends on the clock: lights, days late, days left. Computed here, never stored."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING, Self

from tracker.items.states import ENDED, Status
from tracker.org.calendar import office_calendar, today
from tracker.org.models import Office
from tracker.org.workdays import WorkCalendar

if TYPE_CHECKING:
    from tracker.items.models import ActionItem


class Light(IntEnum):
    """The light of an item. The order is the ledger's default order."""

    OVERDUE = 1
    SOON = 2
    HELD = 3
    NORMAL = 4
    ENDED = 5


LIGHT_WORDS = {
    Light.OVERDUE: "超期",
    Light.SOON: "临期",
    Light.HELD: "挂起",
    Light.NORMAL: "正常",
    Light.ENDED: "已办结",
}
LIGHT_MARKS = {Light.OVERDUE: "■", Light.SOON: "▲", Light.HELD: "◆", Light.NORMAL: "●", Light.ENDED: "✓"}
LIGHT_CLASSES = {
    Light.OVERDUE: "is-over",
    Light.SOON: "is-soon",
    Light.HELD: "is-hold",
    Light.NORMAL: "is-ok",
    Light.ENDED: "is-ok",
}


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Today, the working calendar and the 临期 threshold: all that a light needs. Made once a request."""

    today: date
    calendar: WorkCalendar
    soon_days: int = 3
    sign_days: int = 2
    stagnant_days: int = 10

    @classmethod
    def now(cls) -> Self:
        """For this moment, from the clock, the calendar table and the office's settings. Two queries."""
        office = Office.current()
        return cls(
            today=today(),
            calendar=office_calendar(),
            soon_days=office.due_soon_days,
            sign_days=office.sign_days,
            stagnant_days=office.stagnant_days,
        )

    @property
    def overdue_until(self) -> date:
        """Items due on this day or earlier are overdue."""
        return self.calendar.overdue_until(self.today)

    @property
    def soon_until(self) -> date:
        """Items due on this day or earlier are due soon, if not overdue."""
        return self.calendar.soon_until(self.today, self.soon_days)

    @property
    def issued_until(self) -> date:
        """What was issued on this day or earlier should have been signed for: more than `sign_days` working days ago."""
        return self.calendar.add(self.today, -self.sign_days - 1)

    @property
    def changed_until(self) -> date:
        """What last changed on this day or earlier stands still: `stagnant_days` working days ago."""
        return self.calendar.add(self.today, -self.stagnant_days)

    def workdays_since(self, day: date) -> int:
        """Working days from `day` to today."""
        return self.calendar.count(day, self.today)

    @property
    def week_end(self) -> date:
        """The Sunday of this week."""
        return date.fromordinal(self.today.toordinal() + 6 - self.today.weekday())

    def light(self, item: "ActionItem") -> Light:
        """The light of one item; the same rule as `ActionItemQuerySet.with_light`."""
        if item.status in ENDED:
            return Light.ENDED
        if item.status == Status.ON_HOLD:
            return Light.HELD
        if item.due is None or item.due > self.soon_until:
            return Light.NORMAL
        return Light.OVERDUE if item.due <= self.overdue_until else Light.SOON

    def days_late(self, due: date | None) -> int:
        """Working days past `due`."""
        return self.calendar.days_late(due, self.today) if due else 0

    def has_passed(self, due: date | None) -> bool:
        """Whether a date, moved on to a working day, lies behind: what would be issued with it is late from the first."""
        return due is not None and self.calendar.next_workday(due) < self.today

    def days_left(self, due: date) -> int:
        """Working days to `due`, 0 for today."""
        return self.calendar.days_left(due, self.today)

    def light_short(self, item: "ActionItem") -> str:
        """The light for a narrow column: 超期 3, 临期, 正常."""
        if item.status == Status.WITHDRAWN:
            return "中止"
        light = self.light(item)
        late = f" {self.days_late(item.due)}" if light == Light.OVERDUE else ""
        return LIGHT_WORDS[light] + late

    def light_text(self, item: "ActionItem") -> str:
        """The light in words: 超期3个工作日, 剩2个工作日, 今日, 正常."""
        light = self.light(item)
        if light == Light.OVERDUE:
            return f"超期{self.days_late(item.due)}个工作日"
        if light == Light.SOON and item.due is not None:
            left = self.days_left(item.due)
            # On a weekend, what was due on Friday has fallen due but no working day has passed since.
            at_zero = "已到期" if self.calendar.next_workday(item.due) < self.today else "今日到期"
            return f"剩{left}个工作日" if left else at_zero
        return LIGHT_WORDS[light] if item.status != Status.WITHDRAWN else "中止"
