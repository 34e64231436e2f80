"""会前检查: what an officer looks over before the meeting, computed from the agenda."""

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.meetings.report import Agenda, DepartmentRow, Row

# More numbers than these nobody reads in a side panel.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the list. `view` names the ledger view that holds the items concerned."""

    ok: bool
    text: str
    view: str = ""
    link: str = ""


def checks(agenda: Agenda) -> list[Check]:
    """All checks in the order of the page."""
    return [
        _figures_agree(agenda),
        *_overdue_told(agenda),
        _last_rulings(agenda),
        *_departments_heard(agenda),
        *_gaps(agenda),
    ]


def _figures_agree(agenda: Agenda) -> Check:
    """The arithmetic line, and the department table against the totals."""
    totals, sums = agenda.totals, agenda.department_total
    wrong = [] if totals.balances else ["在办数"]
    pairs = (
        ("在办", sums.open, totals.open),
        ("超期", sums.overdue, totals.overdue),
        ("办结", sums.closed, totals.closed),
    )
    wrong += [f"各单位{name}合计{found}，总数{told}" for name, found, told in pairs if found != told]
    return Check(not wrong, "各节数字与台账一致" if not wrong else "数字不一致：" + "；".join(wrong))


def _overdue_told(agenda: Agenda) -> Iterator[Check]:
    if not agenda.overdue:
        yield Check(True, "无超期事项")
        return
    silent = [row for row in agenda.overdue if not row.progress]
    yield Check(not silent, _said(silent, "超期事项均有最新进展", "没有进展"))
    vague = [row for row in agenda.overdue if not (row.problem and row.next_step)]
    yield Check(not vague, _said(vague, "超期事项均写明原因与下一步", "未写明原因或下一步"))
    open_ended = [row for row in agenda.overdue if not (row.proposal or row.ruling_kind)]
    yield Check(not open_ended, _said(open_ended, "超期事项均填写拟请明确", "未填拟请明确"))


def _last_rulings(agenda: Agenda) -> Check:
    if agenda.previous is None:
        return Check(True, "首次例会，没有上次会议意见")
    missing = max(0, agenda.previous_listed - agenda.previous_rulings)
    if missing:
        return Check(False, f"上次例会有{missing}件超期事项未记录会议意见")
    return Check(True, f"上次会议意见已逐条回写（{agenda.previous_rulings}条）")


def _departments_heard(agenda: Agenda) -> Iterator[Check]:
    quiet = agenda.without_material
    yield Check(not quiet, f"材料未报：{_names(quiet)}" if quiet else "各单位材料均已报")
    if agenda.totals.silent:
        yield Check(False, f"{agenda.totals.silent}件本期未反馈", view="silent", link="查看清单")
    else:
        yield Check(True, "无本期未反馈事项")


def _gaps(agenda: Agenda) -> Iterator[Check]:
    if agenda.no_lead:
        yield Check(False, f"{agenda.no_lead}件未明确单位", view="no-lead", link="查看清单")
    if agenda.no_due:
        yield Check(False, f"{agenda.no_due}件未明确时限", view="no-due", link="查看清单")


def _said(rows: list[Row], fine: str, missing: str) -> str:
    if not rows:
        return fine
    named = "、".join(row.number for row in rows[:_NAMED])
    rest = "等" if len(rows) > _NAMED else ""
    return f"{len(rows)}件超期事项{missing}：{named}{rest}"


def _names(departments: tuple[DepartmentRow, ...]) -> str:
    return "、".join(department.name for department in departments)
