"""One action on many items: one transaction, one event per item, and an account of what was left out and why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from tracker.items.assigning import lead_changes
from tracker.items.models import ActionItem, EditConflict
from tracker.items.states import ENDED, MoveRefused
from tracker.items.workflow import send_out
from tracker.org.models import Department, Person


@dataclass(frozen=True, slots=True)
class Picked:
    """An item as somebody saw and selected it. `version` is None when the whole list was selected."""

    item: ActionItem
    version: int | None = None


@dataclass(slots=True)
class BulkResult:
    """What became of a bulk action. `skipped` has (number, reason)."""

    changed: int = 0
    unchanged: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)

    def sentence(self, what: str) -> str:
        """已调整时限 3 件；1 件无变化；2 件未处理：〔2026〕05号 已办结 …"""
        parts = [f"{what} {self.changed} 件"]
        if self.unchanged:
            parts.append(f"{self.unchanged} 件本来如此，未改动")
        if self.skipped:
            shown = "、".join(f"{number}（{reason}）" for number, reason in self.skipped[:5])
            more = " 等" if len(self.skipped) > 5 else ""
            parts.append(f"{len(self.skipped)} 件未处理：{shown}{more}")
        return "；".join(parts) + "。"


class Skip(Exception):
    """This item is left out; `str()` says why."""


@transaction.atomic
def _for_each(picked: Iterable[Picked], act: Callable[[Picked], bool]) -> BulkResult:
    result = BulkResult()
    for one in picked:
        try:
            if act(one):
                result.changed += 1
            else:
                result.unchanged += 1
        except EditConflict:
            result.skipped.append((one.item.number, "刚刚被他人修改，请刷新后再试"))
        except (Skip, MoveRefused) as reason:
            result.skipped.append((one.item.number, str(reason).rstrip("。")))
    return result


def _must_be_open(item: ActionItem) -> None:
    if item.status in ENDED:
        raise Skip(item.get_status_display())


def assign_lead(*, picked: Iterable[Picked], lead: Department, by: Person, text: str = "") -> BulkResult:
    """Name the lead department; its leader and handler come along."""

    def act(one: Picked) -> bool:
        _must_be_open(one.item)
        return one.item.edit(lead_changes(one.item, lead), by=by, version=one.version, text=text)

    return _for_each(picked, act)


def add_supporting(
    *, picked: Iterable[Picked], department: Department, by: Person, text: str = ""
) -> BulkResult:
    """Add one supporting department."""

    def act(one: Picked) -> bool:
        _must_be_open(one.item)
        if one.item.lead_id == department.pk:
            raise Skip("该单位已是牵头单位")
        wanted = {*one.item.supporting.all(), department}
        return one.item.edit({"supporting": list(wanted)}, by=by, version=one.version, text=text)

    return _for_each(picked, act)


def set_due(*, picked: Iterable[Picked], due: date, by: Person, text: str = "") -> BulkResult:
    """Set the current due date; the original one stays for assessment."""

    def act(one: Picked) -> bool:
        _must_be_open(one.item)
        return one.item.edit({"due": due}, by=by, version=one.version, text=text)

    return _for_each(picked, act)


def issue(*, picked: Iterable[Picked], by: Person, text: str = "") -> BulkResult:
    """交办 those that are drafts."""

    def act(one: Picked) -> bool:
        send_out(item=one.item, by=by, reason=text)
        return True

    return _for_each(picked, act)
