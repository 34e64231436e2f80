"""The ledger as Excel."""

from datetime import date, datetime
from io import BytesIO
from urllib.parse import quote

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories import ActionItemFactory
from tracker.items.export import COLUMNS, HEADER_ROW

pytestmark = pytest.mark.usefixtures("wednesday")
EXPORT = reverse("items:export")


def rows_of(response):
    """[{column title: value}] of the workbook in a response."""
    sheet = load_workbook(BytesIO(response.content)).active
    lines = list(sheet.iter_rows(min_row=HEADER_ROW, values_only=True))
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def test_exactly_what_is_filtered_is_exported_in_its_order(as_officer):
    ActionItemFactory(number_seq=1, due=date(2026, 4, 1))
    ActionItemFactory(number_seq=2, due=date(2026, 4, 9))
    ActionItemFactory(number_seq=3, due=date(2026, 9, 1))
    rows = rows_of(as_officer.get(EXPORT, {"view": "overdue", "sort": "-due", "page": 7}))
    assert [row["编号"] for row in rows] == ["〔2026〕02号", "〔2026〕01号"]


def test_the_columns_of_the_official_ledger_are_there(as_officer, department, other_department, officer):
    item = ActionItemFactory(
        title="加固二号桥",
        lead=department,
        supporting=[other_department],
        due=date(2026, 4, 10),
        owner=officer,
    )
    item.feedbacks.create(
        day=date(2026, 4, 8), progress="桩基完成", problem="缺水泥", next_step="浇筑", percent=60
    )
    row = rows_of(as_officer.get(EXPORT))[0]
    assert row["现时限"] == datetime(2026, 4, 10)
    assert row["最新进展"] == "4月8日 桩基完成"
    assert (row["存在问题、需协调事项"], row["下一步"], row["完成率"]) == ("缺水泥", "浇筑", 0.6)
    assert (row["牵头单位"], row["配合单位"], row["灯"]) == ("基础教育科", "计划财务科", "超期3个工作日")
    assert list(row) == ["序号", *(column.title for column in COLUMNS)]


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_words_that_look_like_a_formula_stay_words(as_officer, start):
    ActionItemFactory(title=f'{start}HYPERLINK("http://x")')
    sheet = load_workbook(BytesIO(as_officer.get(EXPORT).content)).active
    cell = next(cell for cell in sheet[HEADER_ROW + 1] if str(cell.value).startswith(start))
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_control_characters_do_not_break_the_file(as_officer):
    ActionItemFactory(title="加固\x0b二号桥")
    assert rows_of(as_officer.get(EXPORT))[0]["督办事项"] == "加固二号桥"


def test_the_sheet_is_made_for_printing(as_officer):
    ActionItemFactory()
    sheet = load_workbook(BytesIO(as_officer.get(EXPORT).content)).active
    assert sheet.page_setup.orientation == "landscape"
    assert int(sheet.page_setup.paperSize) == 9  # A4
    assert sheet.print_title_rows.replace("$", "") == f"{HEADER_ROW}:{HEADER_ROW}"
    assert sheet.freeze_panes == f"E{HEADER_ROW + 1}"


def test_the_file_has_a_chinese_name(as_officer):
    disposition = as_officer.get(EXPORT).headers["Content-Disposition"]
    assert "filename*=utf-8''" + quote("督办台账（在办）20260415.xlsx") in disposition


def test_a_department_exports_only_its_own(as_liaison, department):
    ActionItemFactory(title="自己牵头", lead=department)
    ActionItemFactory(title="别人牵头")
    assert [row["督办事项"] for row in rows_of(as_liaison.get(EXPORT, {"view": "all"}))] == ["自己牵头"]
