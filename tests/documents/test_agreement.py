"""Figures that disagree stop a document; figures counted from the lines never do."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.words import docx_rows, docx_text
from tracker.documents import agreement
from tracker.documents.agreement import FiguresDisagree
from tracker.documents.contexts.bulletin import bulletin, overall
from tracker.documents.contexts.common import annex_rows, department_rows
from tracker.documents.figures import CLOSED, OPEN, WITHDRAWN, Figures, Line, OfficeFacts, Snapshot
from tracker.documents.kinds import FORMS
from tracker.documents.making import make
from tracker.documents.shelf import shipped
from tracker.meetings.report import Agenda, DepartmentRow, Row, Totals

DEPARTMENTS = [(1, "办公室"), (2, "基础教育科"), (3, "计划财务科")]
FACTS = {
    "taken_at": datetime(2026, 4, 15, 1, 40, tzinfo=UTC),
    "today": date(2026, 4, 15),
    "office": OfficeFacts("云岭区教育局", "云岭区教育局", "云教督"),
    "scope": "所选督办事项",
}


def snapshot(*lines: Line) -> Snapshot:
    return Snapshot.of(lines, departments=DEPARTMENTS, **FACTS)


def line(number: int, **facts) -> Line:
    base = {
        "item_id": number,
        "number": f"〔2026〕{number:02d}号",
        "title": f"完成第{number}项",
        "status": "办理中",
    }
    return Line(**(base | {"department_id": 1, "department": "办公室", "source": "例会"} | facts))


CLOSED_LINE = {"state": CLOSED, "status": "已办结", "closing": "按期办结", "closed_on": date(2026, 4, 1)}


def test_counted_figures_agree():
    assert len(agreement.check(snapshot(line(1, overdue=True), line(2, **CLOSED_LINE)))) == 4


def test_twenty_eight_of_twenty_seven_is_refused():
    taken = snapshot(*(line(number) for number in range(1, 28)))
    wrong = replace(taken, figures=replace(taken.figures, open=28))
    with pytest.raises(FiguresDisagree, match="28≠27"):
        agreement.check(wrong)


@pytest.mark.parametrize(
    "name", ["total", "closed", "open", "withdrawn", "overdue", "silent", "extended", "on_time"]
)
def test_any_figure_that_is_off_by_one_is_refused(name):
    taken = snapshot(line(1), line(2, **CLOSED_LINE), line(3, overdue=True, silent=True, extensions=1))
    wrong = replace(taken, figures=replace(taken.figures, **{name: getattr(taken.figures, name) + 1}))
    with pytest.raises(FiguresDisagree):
        agreement.check(wrong)


def test_a_department_left_out_is_refused():
    taken = snapshot(line(1), line(2, department_id=2, department="基础教育科"))
    with pytest.raises(FiguresDisagree, match="各单位事项总数"):
        agreement.check(replace(taken, departments=taken.departments[:1]))


def test_the_same_item_twice_is_refused():
    with pytest.raises(FiguresDisagree, match="编号不重复"):
        agreement.check(snapshot(line(1), line(1)))


def test_a_closed_item_counted_as_overdue_is_refused():
    with pytest.raises(FiguresDisagree, match="已办结却计为超期"):
        agreement.check(snapshot(line(1, **CLOSED_LINE | {"overdue": True}), line(2)))


def test_a_sentence_is_read_back_against_the_annex():
    rows = annex_rows(snapshot(line(1), line(2, **CLOSED_LINE)))
    with pytest.raises(FiguresDisagree, match="“办理中2件”与附表不符（1≠2）"):
        agreement.check_text("共督办事项2件。其中，已办结1件；办理中2件。", rows)


def test_the_word_for_late_closing_is_not_taken_for_overdue():
    late = CLOSED_LINE | {"closing": "超期办结"}
    taken = snapshot(line(1, **late), line(2, overdue=True))
    assert "超期办结1件" in overall(taken.figures)
    assert agreement.check_text(overall(taken.figures), annex_rows(taken))


def test_an_agenda_whose_list_and_total_differ_is_refused():
    row = Row(item_id=1, number="〔2026〕01号", title="完成")
    agenda = Agenda(taken_at=FACTS["taken_at"], until=FACTS["today"], totals=Totals(open=1, new=1, overdue=1), new=(row,),
                    departments=(DepartmentRow(1, "办公室", open=1, new=1, overdue=1),))  # fmt: skip
    with pytest.raises(FiguresDisagree, match="超期清单与总数不符（0≠1）"):
        agreement.check_agenda(agenda)
    assert agreement.check_agenda(replace(agenda, overdue=(row,)))


def test_the_report_is_read_back_against_its_ledger():
    row = {"超期": False, "未反馈": False, "新增": True, "重新办理": False}
    annex = [row | {"类别": "在办", "超期": True}, row | {"类别": "办结"}]
    said = "现在办1件，其中超期1件、本期未反馈0件。上次例会以来，新增2件、办结1件。上次例会时在办0件，现在办1件。"
    assert agreement.check_report(said, annex)
    with pytest.raises(FiguresDisagree, match="“新增3件”与台账不符（2≠3）"):
        agreement.check_report(said.replace("新增2件", "新增3件"), annex)


# -- random ledgers ----------------------------------------------------------------------------------------------
@st.composite
def ledgers(draw):
    states = st.sampled_from([OPEN, OPEN, CLOSED, WITHDRAWN])
    lines = []
    for number in range(1, draw(st.integers(1, 25)) + 1):
        state = draw(states)
        department, name = draw(st.sampled_from([*DEPARTMENTS, (None, ""), (None, "各学校"), (9, "已撤科")]))
        running = state == OPEN
        lines.append(
            line(
                number,
                state=state,
                status={CLOSED: "已办结", WITHDRAWN: "中止"}.get(state)
                or draw(st.sampled_from(["办理中", "待签收", "挂起"])),
                department_id=department,
                department=name,
                groups="" if department else name,
                source=draw(st.sampled_from(["例会", "讲话", ""])),
                closing=draw(st.sampled_from(["按期办结", "超期办结", "阶段性办结", ""]))
                if state == CLOSED
                else "",
                overdue=running and draw(st.booleans()),
                silent=running and draw(st.booleans()),
                due_soon=False,
                extensions=draw(st.integers(0, 2)),
                days_late=draw(st.integers(1, 60)),
                progress=draw(st.sampled_from(["", "共87个，已完成30个。", "已办结99件材料"])),
                due=date(2026, 4, 1),
                original_due=date(2026, 3, 1),
            )
        )
    return snapshot(*lines)


@given(ledgers())
@settings(deadline=None)
def test_no_random_ledger_makes_figures_disagree(taken):
    agreement.check(taken)
    agreement.check_text(overall(taken.figures), annex_rows(taken))
    agreement.check(Snapshot.revive(taken.plain()))
    rows = department_rows(taken)
    for name in ("总数", "已办结", "办理中", "超期", "延期", "未反馈"):
        assert sum(row[name] for row in rows[:-1]) == rows[-1][name]


@given(ledgers())
@settings(deadline=None, max_examples=15)
def test_the_printed_bulletin_says_what_its_annex_says(taken):
    form = FORMS["bulletin"]
    made = make(form, taken, template=shipped(form), numbers=["第1期"], options={})
    text, annex = docx_text(made.file.content), docx_rows(made.file.content, 1)
    assert f"共督办事项{len(annex) - 1}件" in text
    assert [row[0] for row in annex[1:]] == [str(at) for at in range(1, len(taken.lines) + 1)]
    printed = {
        name: int(number) for name, number in re.findall(r"(已办结|办理中|超期)(\d+)件", overall_of(text))
    }
    assert printed["已办结"] == sum(row[7] == "已办结" for row in annex[1:])
    assert printed["办理中"] == sum(row[7] in ("办理中", "待签收", "挂起") for row in annex[1:])
    assert printed.get("超期", 0) == sum("个工作日" in row[8] for row in annex[1:])
    counts = docx_rows(made.file.content, 0)
    assert counts[-1][2] == str(len(annex) - 1)


def overall_of(text: str) -> str:
    return next(paragraph for paragraph in text.split("\n") if paragraph.startswith("共督办事项"))


def test_a_bulletin_without_closed_or_late_items_says_so():
    context = bulletin(snapshot(line(1)), number="第1期", options={})
    assert (context["办结情况"], context["滞后概述"]) == ("尚无事项办结。", "无超期事项。")


def test_figures_of_nothing_are_zero():
    assert snapshot().figures == Figures()
