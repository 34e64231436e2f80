"""会前检查: each line says what is missing, or that nothing is."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tracker.items.tabs import TABS
from tracker.meetings.checks import checks
from tracker.meetings.report import Agenda, DepartmentRow, Row, Totals

TOLD = Row(
    1, "〔2026〕01号", "完成一件事", progress="已办", problem="缺人", next_step="补人", proposal="约谈"
)
FINE = Agenda(
    taken_at=datetime(2026, 4, 15, tzinfo=UTC),
    until=date(2026, 5, 1),
    previous=Totals(),
    previous_listed=2,
    previous_rulings=2,
    totals=Totals(open_before=1, open=1, overdue=1),
    overdue=(TOLD,),
    departments=(DepartmentRow(1, "办公室", open=1, overdue=1, material="已报"),),
)
BROKEN = [
    pytest.param({"totals": Totals(open_before=3, open=1, overdue=1)}, "数字不一致：在办数", id="arithmetic"),
    pytest.param({"totals": Totals(open_before=2, open=2, overdue=1)}, "各单位在办合计1，总数2", id="department sums"),
    pytest.param({"overdue": (replace(TOLD, progress=""),)}, "没有进展：〔2026〕01号", id="no progress"),
    pytest.param({"overdue": (replace(TOLD, next_step=""),)}, "未写明原因或下一步", id="no next step"),
    pytest.param({"overdue": (replace(TOLD, proposal=""),)}, "未填拟请明确", id="no proposal"),
    pytest.param({"previous_rulings": 1}, "上次例会有1件超期事项未记录会议意见", id="rulings missing"),
    pytest.param({"no_due": 2}, "2件未明确时限", id="no date"),
    pytest.param({"no_lead": 2}, "2件未明确单位", id="no department"),
]  # fmt: skip


def test_a_prepared_meeting_passes_everything():
    assert [check.text for check in checks(FINE) if not check.ok] == []


@pytest.mark.parametrize(("change", "sentence"), BROKEN)
def test_what_is_missing_is_named(change, sentence):
    failed = [check.text for check in checks(replace(FINE, **change)) if not check.ok]
    assert len(failed) == 1
    assert sentence in failed[0]


def test_departments_without_material_are_named():
    quiet = replace(FINE, departments=(replace(FINE.departments[0], material="未报"),))
    assert "材料未报：办公室" in [check.text for check in checks(quiet)]


def test_every_link_leads_to_a_view_of_the_ledger():
    gaps = replace(FINE, no_due=1, no_lead=1, totals=replace(FINE.totals, silent=1))
    views = {check.view for check in checks(gaps) if check.view}
    assert len(views) == 3
    assert views <= TABS.keys()
