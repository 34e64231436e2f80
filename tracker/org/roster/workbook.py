"""The roster as an Excel workbook: the two sheets, how to fill them in, and the rows that were refused."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from tracker.org.roster.columns import COLUMNS, DEPARTMENTS, GUIDE, PEOPLE, REASON, Column
from tracker.org.roster.facts import Office, department_cells, person_cells
from tracker.org.roster.planning import Planned

_EDGE = Side(style="thin", color="FFB9B2A6")
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_HEAD_FILL = PatternFill("solid", fgColor="FFF1EEE8")
_NEEDED = "FFC4141B"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t")
_BLANK_ROWS = 300
_CENTRED = {"position", "active", "kind"}
_REASON_COLUMN = Column("reason", REASON, 44, "")
_NOTES = (
    "先按“单位”、再按“人员”核对；可只保留其中一张表。导入前先显示预览，确认后才写入。",
    "没有的列不改动；有列而单元格为空的，别称、简称、分管领导、所属组、职务、电话、邮箱按清空处理。",
    "名册中没有列出的单位和人员不受影响，不会被删除；撤销、离岗请在“在用”列填否。",
    "新增人员的初始密码在导入完成时显示一次，本人首次登录须修改。",
    "多个值用顿号“、”隔开。列的顺序可以调整，多余的列不读取。",
)


def roster_workbook(office: Office) -> bytes:
    """Everything in the official order; importing it again changes nothing. An empty office gives a blank form."""
    departments = sorted(office.departments.values(), key=lambda row: (row.position, row.name))
    people = office.people.values()
    book = _book()
    _sheet(book, DEPARTMENTS, [department_cells(row, office) for row in departments])
    _sheet(book, PEOPLE, [person_cells(row, office) for row in people])
    _guide(book)
    return _bytes(book)


def refused_workbook(refused: Sequence[Planned]) -> bytes:
    """The refused rows as they were, each with its reason: to be put right there and imported again."""
    book = _book()
    for sheet in (DEPARTMENTS, PEOPLE):
        rows = [
            {**planned.row.values, "reason": "；".join(planned.reasons)}
            for planned in refused
            if planned.row.sheet == sheet
        ]
        if rows:
            keys = {key for row in rows for key in row}
            columns = [column for column in (*COLUMNS[sheet], _REASON_COLUMN) if column.key in keys]
            _sheet(book, sheet, rows, columns=columns)
    _guide(book)
    return _bytes(book)


def _book() -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    return book


def _bytes(book: Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _sheet(
    book: Workbook,
    title: str,
    rows: Sequence[Mapping[str, str]],
    *,
    columns: Sequence[Column] | None = None,
) -> None:
    columns = columns or COLUMNS[title]
    sheet = book.create_sheet(title)
    _page(sheet)
    sheet.freeze_panes = "B2"
    for at, column in enumerate(columns, start=1):
        _write(sheet, 1, at, column.title, head=True, color=_NEEDED if column.needed else None)
        sheet.column_dimensions[get_column_letter(at)].width = column.width
        if column.choices:
            _offer(sheet, at, column.choices, last=len(rows) + _BLANK_ROWS)
    sheet.row_dimensions[1].height = 24
    for number, row in enumerate(rows, start=2):
        for at, column in enumerate(columns, start=1):
            text = row.get(column.key, "")
            number_like = column.key == "position" and text.isdecimal()
            value = int(text) if number_like and len(text) < 6 else text
            _write(sheet, number, at, value, centred=column.key in _CENTRED)
        sheet.row_dimensions[number].height = 6 + 15 * max(
            _lines(row.get(c.key, ""), c.width) for c in columns
        )
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"


def _lines(text: str, width: float) -> int:
    """How many lines a text needs in a column: not every program measures rows on opening."""
    # A figure of the default font is one wide, a Chinese character two; the indent takes two.
    ems = (sum(2.05 if ord(sign) > 0x2E7F else 1.1 for sign in line) for line in text.split("\n"))
    return sum(max(1, ceil(em / (width - 2))) for em in ems)


def _page(sheet: Any) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.oddFooter.center.text = "&A　第 &P 页，共 &N 页"


def _offer(sheet: Any, at: int, choices: Iterable[str], *, last: int) -> None:
    rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    rule.errorTitle, rule.error = "请选择", f"可填：{'、'.join(choices)}"
    sheet.add_data_validation(rule)
    letter = get_column_letter(at)
    rule.add(f"{letter}2:{letter}{last}")


def _write(
    sheet: Any,
    row: int,
    column: int,
    value: str | int,
    *,
    head: bool = False,
    centred: bool = False,
    color: str | None = None,
) -> None:
    cell = sheet.cell(row=row, column=column)
    cell.font = Font(name="黑体" if head else "宋体", size=11, color=color)
    cell.border = _BOX
    cell.alignment = Alignment(
        horizontal="center" if head or centred else "left",
        vertical="center",
        wrap_text=True,
        indent=0 if head or centred else 1,
    )
    if head:
        cell.fill = _HEAD_FILL
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.number_format = "@"
    cell.value = value if value != "" else None
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        # Words, never a formula: neither when opened nor when the cell is edited later.
        cell.data_type = "s"
        cell.quotePrefix = True


def _guide(book: Workbook) -> None:
    sheet = book.create_sheet(GUIDE)
    _page(sheet)
    sheet.print_title_rows = None
    for at, (title, width) in enumerate((("工作表", 10), ("列", 12), ("必填", 8), ("怎样填写", 84), ("示例", 24)), start=1):  # fmt: skip
        _write(sheet, 1, at, title, head=True)
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.row_dimensions[1].height = 24
    row = 2
    for name, columns in COLUMNS.items():
        for column in columns:
            values = (name, column.title, "必填" if column.needed else "", column.hint, column.example)
            for at, value in enumerate(values, start=1):
                _write(sheet, row, at, value, centred=at <= 3)
            sheet.row_dimensions[row].height = 6 + 15 * _lines(column.hint, 84)
            row += 1
    for note in _NOTES:
        row += 1
        cell = sheet.cell(row=row, column=1, value=note)
        cell.font, cell.alignment = Font(name="宋体", size=11), Alignment(vertical="center", wrap_text=True)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=5)
        sheet.row_dimensions[row].height = 20
