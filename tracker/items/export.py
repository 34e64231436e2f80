"""The ledger as an Excel workbook (督办台账), ready to print: landscape A4, header on every page."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from tracker.items.facts import original_lateness
from tracker.items.models import ActionItem
from tracker.items.reckoning import Light, Reckoning

HEADER_ROW = 3
MARKS = "_版本"
# What a department fills in by hand when the sheet is sent to it: shown although nothing stands in it yet.
_FILLED_IN = {"progress", "problem", "next", "percent"}
_EDGE = Side(style="thin", color="FF8A857C")
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_HEAD_FILL = PatternFill("solid", fgColor="FFF1EEE8")
_FORMULA_STARTS = ("=", "+", "-", "@")
_OVERDUE = "FFC4141B"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet. `read` gets the item with `with_latest_feedback`; widths are in characters."""

    title: str
    width: float
    read: Callable[[ActionItem, Reckoning], Any]
    centred: bool = False
    key: str = ""  # the ledger's column it belongs to


def _contact(item: ActionItem) -> str:
    return f"{item.owner}\n{item.owner.phone}".strip() if item.owner else ""


def _progress(item: ActionItem) -> str:
    day: date | None = getattr(item, "feedback_day", None)
    return f"{day.month}月{day.day}日 {getattr(item, 'feedback_text', '')}" if day else ""


def _percent(item: ActionItem) -> float | None:
    percent = getattr(item, "feedback_percent", None)
    return None if percent is None else percent / 100


def _name(value: object) -> str:
    return "" if value is None else str(value)


COLUMNS = (
    Column("编号", 12, lambda item, now: item.number, centred=True, key="number"),
    Column("来源", 13, lambda item, now: item.source, key="title"),
    Column("督办事项", 27, lambda item, now: item.title, key="title"),
    Column("任务级别", 6, lambda item, now: item.level, centred=True, key="level"),
    Column("责任领导", 7, lambda item, now: _name(item.leader), centred=True, key="leader"),
    Column("牵头单位", 9.5, lambda item, now: item.unit_words, key="lead"),
    Column(
        "配合单位",
        15,
        lambda item, now: item.supporting_words,
        key="supporting",
    ),
    Column("责任人／电话", 10, lambda item, now: _contact(item), key="owner"),
    Column("交办日期", 10, lambda item, now: item.issued_on, centred=True, key="issued"),
    Column("原定时限", 10, lambda item, now: item.original_due, centred=True, key="original"),
    Column("现时限", 10, lambda item, now: item.due, centred=True, key="due"),
    Column("延期次数", 5, lambda item, now: item.extensions or None, centred=True, key="extensions"),
    Column("反馈周期", 6.5, lambda item, now: item.get_feedback_cycle_display(), centred=True, key="cycle"),
    Column("最新进展", 25, lambda item, now: _progress(item), key="progress"),
    Column(
        "存在问题、需协调事项", 14, lambda item, now: getattr(item, "feedback_problem", ""), key="problem"
    ),
    Column("下一步", 13, lambda item, now: getattr(item, "feedback_next", ""), key="next"),
    Column("完成率", 6, lambda item, now: _percent(item), centred=True, key="percent"),
    Column("状态", 7.5, lambda item, now: item.get_status_display(), centred=True, key="status"),
    Column("灯", 9, lambda item, now: now.light_text(item), centred=True, key="light"),
    Column("办结日期", 10, lambda item, now: item.closed_on, centred=True, key="closed"),
    Column("办结方式", 7, lambda item, now: item.get_closing_kind_display(), centred=True, key="closed"),
    Column("督办人", 7, lambda item, now: _name(item.officer), centred=True, key="officer"),
)
# Only where they were asked for: the official ledger does not have them.
_MORE = (
    Column("来源日期", 10, lambda item, now: item.source_date, centred=True, key="source_date"),
    Column("分办完成数", 7, lambda item, now: _parts(item), centred=True, key="parts"),
    Column("停滞工作日", 6, lambda item, now: _still(item, now), centred=True, key="still"),
    Column(
        "按原定时限超期工作日",
        8,
        lambda item, now: original_lateness(item, now) or None,
        centred=True,
        key="on_original",
    ),
)


def columns_for(keys: Sequence[str]) -> tuple[Column, ...]:
    """The sheet's columns of the ledger's chosen ones, in their order."""
    return tuple(column for key in keys for column in (*COLUMNS, *_MORE) if column.key == key)


def _parts(item: ActionItem) -> str:
    total = getattr(item, "parts_total", 0)
    return f"{getattr(item, 'parts_done', 0)}/{total}" if total else ""


def _still(item: ActionItem, now: Reckoning) -> int | None:
    day: date | None = getattr(item, "changed_on", None)
    return max(now.workdays_since(day), 0) or None if day and item.is_open else None


def ledger_workbook(
    *,
    items: Iterable[ActionItem],
    now: Reckoning,
    office_name: str,
    scope: str,
    keys: Sequence[str] | None = None,
) -> bytes:
    """The workbook's bytes. `scope` says in words what the rows are and how many; `keys` are the ledger's columns to
    have (all of the official ledger by default).
    """
    columns = COLUMNS if keys is None else columns_for(keys)
    rows = [(item, [column.read(item, now) for column in columns]) for item in items]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("督办台账")
    _set_up(sheet, columns, [values for _, values in rows])
    sheet.append([_cell(sheet, f"{office_name}督办台账", font=Font(name="黑体", size=18))])
    sheet.append([_cell(sheet, scope, font=Font(name="宋体", size=10, color="FF626A73"))])
    sheet.append([_head(sheet, title) for title in ("序号", *(column.title for column in columns))])
    for position, (item, values) in enumerate(rows, start=1):
        late = now.light(item) == Light.OVERDUE
        cells = _row(sheet, columns, values, late=late)
        sheet.append([_cell(sheet, position, centred=True, boxed=True), *cells])
    _mark(book, [item for item, _ in rows])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _mark(book: Workbook, items: Iterable[ActionItem]) -> None:
    """The version of each item, on a hidden sheet: an import tells with it what was changed here in the meantime."""
    sheet = book.create_sheet(MARKS)
    sheet.sheet_state = "hidden"
    for item in items:
        sheet.append([item.number, item.version])


def safe_text(sheet: Any, value: Any) -> Any:
    """A cell for a write-only sheet in which words are never a formula."""
    return _cell(sheet, value)


def _set_up(sheet: Any, columns: Sequence[Column], rows: list[list[Any]]) -> None:
    # Write-only sheets take all of this before the first row or not at all.
    sheet.freeze_panes = f"{'E' if columns is COLUMNS else 'B'}{HEADER_ROW + 1}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.25
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5
    sheet.page_margins.header = sheet.page_margins.footer = 0.25
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.column_dimensions["A"].width = 5
    for index, column in enumerate(columns):
        dimension = sheet.column_dimensions[get_column_letter(index + 2)]
        dimension.width = column.width
        # A column without a single entry only makes the print smaller; it stays in its place, hidden.
        empty = bool(rows) and not any(row[index] for row in rows)
        dimension.hidden = empty and column.key not in _FILLED_IN
    sheet.row_dimensions[1].height = 28
    sheet.row_dimensions[HEADER_ROW].height = 30
    for number, row in enumerate(rows, start=HEADER_ROW + 1):
        lines = max(_lines(value, column.width) for value, column in zip(row, columns, strict=True))
        sheet.row_dimensions[number].height = 6 + 13 * lines


def _lines(value: Any, width: float) -> int:
    """How many lines a text needs in a column: not every program measures rows on opening."""
    if not isinstance(value, str):
        return 1
    ems = [sum(2 if ord(sign) > 0x2E7F else 1.1 for sign in line) for line in value.split("\n")]
    return sum(max(1, ceil(em / (width - 0.8))) for em in ems)


def _row(sheet: Any, columns: Sequence[Column], values: list[Any], *, late: bool) -> Iterator[Any]:
    for column, value in zip(columns, values, strict=True):
        red = late and column.title == "灯"
        font = Font(name="宋体", size=10, bold=red, color=_OVERDUE if red else None)
        yield _cell(sheet, value, font=font, centred=column.centred, boxed=True)


def _head(sheet: Any, title: str) -> Any:
    cell = _cell(sheet, title, font=Font(name="黑体", size=10), centred=True, boxed=True)
    cell.fill = _HEAD_FILL
    return cell


def _cell(
    sheet: Any, value: Any, *, font: Font | None = None, centred: bool = False, boxed: bool = False
) -> Any:
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell = WriteOnlyCell(sheet, value=value if value != "" else None)
    cell.font = font or Font(name="宋体", size=10)
    if boxed:
        cell.border = _BOX
        cell.alignment = Alignment(
            horizontal="center" if centred else "left", vertical="center", wrap_text=True
        )
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        # Words, never a formula: neither when opened nor when the cell is edited later.
        cell.data_type = "s"
        cell.quotePrefix = True
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, float):
        cell.number_format = "0%"
    return cell
