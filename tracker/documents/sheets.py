"""Excel: 任务分解表 and 落实情况汇总表, ready to print: A4 landscape, head row on every page, words never formulas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from tracker.documents.contexts.bulletin import overall
from tracker.documents.contexts.common import annex_rows, department_rows
from tracker.documents.figures import Snapshot
from tracker.documents.wording import moment

_EDGE = Side(style="thin", color="FF8A857C")
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_HEAD_FILL = PatternFill("solid", fgColor="FFF1EEE8")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: which value of a row, and its width in characters."""

    title: str
    width: float
    centred: bool = False
    key: str = ""

    @property
    def name(self) -> str:
        """The key of the row's value."""
        return self.key or self.title


_BREAKDOWN = (
    Column("序号", 5, True), Column("重点任务", 18, key="类别"), Column("工作任务", 30), Column("原文依据", 42), Column("责任领导", 9, True),
    Column("牵头单位", 11, True), Column("配合单位", 16), Column("完成时限", 14, True), Column("成果形式、完成标准", 20, key="成果形式"),
    Column("反馈周期", 8, True), Column("备注", 13),
)  # fmt: skip
_SUMMARY = (
    Column("序号", 5, True), Column("编号", 12, True), Column("来源", 11), Column("督办事项", 26), Column("责任领导", 7, True),
    Column("牵头单位", 10, True), Column("配合单位", 13), Column("交办日期", 10, True), Column("原定时限", 10, True), Column("现时限", 10, True),
    Column("状态", 7.5, True), Column("办结日期", 10, True), Column("最新进展", 26), Column("存在问题", 15), Column("下一步", 15), Column("备注", 13),
)  # fmt: skip
_DEPARTMENTS = (
    Column("序号", 6, True), Column("单位", 24), Column("总数", 9, True), Column("已办结", 9, True), Column("按期办结", 9, True),
    Column("办理中", 9, True), Column("超期", 9, True), Column("延期", 9, True), Column("未反馈", 9, True), Column("中止", 9, True),
)  # fmt: skip


def breakdown_sheet(context: Mapping[str, Any]) -> bytes:
    """任务分解表 with merged category cells; `context` is the Word form's."""
    book = Workbook()
    sheet: Any = book.active
    rows = [row | {"类别": part["类别"]} for part in context["各部分"] for row in part["各项"]]
    facts = f"会议时间：{context['会议时间']}　讲话人：{context['讲话人']}　制表单位：{context['办公室']}　制表日期：{context['制发日期']}　共{context['件数']}件　数据截至{context['数据截至']}"
    first = _fill(sheet, "任务分解表", context["标题"], [facts, "牵头单位为第一责任单位。"], _BREAKDOWN, rows)
    for part in context["各部分"]:
        last = first + len(part["各项"]) - 1
        if last > first:
            sheet.merge_cells(start_row=first, end_row=last, start_column=2, end_column=2)
        first = last + 1
    return _bytes(book)


def summary_sheet(snapshot: Snapshot) -> bytes:
    """落实情况汇总表 and, on a second sheet, the figures of every department."""
    book = Workbook()
    office, upto = snapshot.office.name, f"数据截至{moment(snapshot.taken_at)}"
    notes = [f"{snapshot.scope}　{upto}", overall(snapshot.figures)]
    _fill(book.active, "汇总表", f"{office}督办事项落实情况汇总表", notes, _SUMMARY, annex_rows(snapshot))
    counts = department_rows(snapshot)
    _fill(book.create_sheet(), "各单位统计", f"{office}各单位督办事项落实情况统计表",
          [f"单位：件　{upto}　按固定顺序排列，不作排名"], _DEPARTMENTS, counts)  # fmt: skip
    return _bytes(book)


def _fill(
    sheet: Any,
    name: str,
    title: str,
    notes: Sequence[str],
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, Any]],
) -> int:
    """Write one sheet; returns the number of its first row of data."""
    sheet.title = name
    for at, text in enumerate([title, *notes], start=1):
        _put(
            sheet,
            at,
            1,
            text,
            Font(name="宋体", size=18, bold=True) if at == 1 else Font(name="宋体", size=10),
        )
        sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=len(columns))
        sheet.cell(at, 1).alignment = Alignment(
            horizontal="center" if at == 1 else "left", vertical="center", wrap_text=True
        )
    sheet.row_dimensions[1].height = 30
    head = len(notes) + 2
    for at, column in enumerate(columns, start=1):
        _put(
            sheet, head, at, column.title, Font(name="黑体", size=10), centred=True, boxed=True
        ).fill = _HEAD_FILL
        dimension = sheet.column_dimensions[get_column_letter(at)]
        dimension.width = column.width
        # A column without a single entry only makes the print smaller; it stays in its place, hidden.
        dimension.hidden = bool(rows) and all(row[column.name] in ("", None) for row in rows)
    for number, row in enumerate(rows, start=head + 1):
        for at, column in enumerate(columns, start=1):
            _put(
                sheet,
                number,
                at,
                row[column.name],
                Font(name="宋体", size=10),
                centred=column.centred,
                boxed=True,
            )
        lines = max(_lines(row[column.name], column.width) for column in columns if column.name != "类别")
        sheet.row_dimensions[number].height = min(400, 6 + 13 * lines)
    _for_print(sheet, head)
    return head + 1


def _put(
    sheet: Any, row: int, column: int, value: Any, font: Font, *, centred: bool = False, boxed: bool = False
) -> Any:
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell = sheet.cell(row, column)
    cell.value = None if value == "" else value
    cell.font = font
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        # Words, never a formula: neither when opened nor when the cell is edited later.
        cell.data_type = "s"
        cell.quotePrefix = True
    if boxed:
        cell.border = _BOX
        cell.alignment = Alignment(
            horizontal="center" if centred else "left", vertical="center", wrap_text=True
        )
    return cell


def _lines(value: Any, width: float) -> int:
    if not isinstance(value, str):
        return 1
    ems = [sum(2 if ord(sign) > 0x2E7F else 1.1 for sign in line) for line in value.split("\n")]
    return sum(max(1, ceil(em / (width - 0.8))) for em in ems)


def _for_print(sheet: Any, head: int) -> None:
    sheet.freeze_panes = sheet.cell(head + 1, 3)
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.7
    sheet.page_margins.footer = 0.3
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"


def _bytes(book: Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
