"""The table of the page as an Excel workbook, with its definitions on a second sheet."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from tracker.items.units import RULE
from tracker.stats.figures import FIGURES, RATES, Row
from tracker.stats.page import StatsPage

_HEAD = Font(name="黑体", size=11)
_BODY = Font(name="宋体", size=11)


def stats_workbook(page: StatsPage, *, office_name: str, as_of: str) -> bytes:
    """The workbook's bytes."""
    book = Workbook()
    sheet = book.create_sheet("统计", 0)
    book.remove(book["Sheet"])
    sheet.append([f"{office_name}督办事项统计"])
    sheet.append([f"{page.period.label}　数据截至 {as_of}"])
    labels = [figure.label for figure in FIGURES.values()] + [label for _, label, _ in RATES]
    sheet.append(["序号", "单位" if page.by == "department" else "名称", *labels])
    for number, row in page.numbered:
        sheet.append([number, *_values(row)])
    sheet.append(["", *_values(page.total)])
    _dress(sheet)
    told = book.create_sheet("口径")
    for label, words in [(f.label, f.definition) for f in FIGURES.values()] + [r[1:] for r in RATES]:
        told.append([label, words])
    told.append(["单位", RULE])
    told.column_dimensions["A"].width, told.column_dimensions["B"].width = 16, 100
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _values(row: Row) -> list[str | int | float | None]:
    # A name that starts like a formula stays a name.
    name = f"'{row.label}" if row.label.startswith(("=", "+", "-", "@")) else row.label
    return [name, *row.counts.values(), row.closing_rate, row.punctuality, row.mean_days]


def _dress(sheet) -> None:  # type: ignore[no-untyped-def]  # openpyxl has no types for its sheets
    last = len(FIGURES) + 2
    for row in sheet.iter_rows(min_row=3):
        for cell in row:
            cell.font = _HEAD if cell.row == 3 else _BODY
            cell.alignment = Alignment(horizontal="left" if cell.column == 2 else "center", wrap_text=True)
            if cell.column in (last + 1, last + 2) and cell.row > 3:
                cell.number_format = "0.0%"
            elif cell.column == last + 3 and cell.row > 3:
                cell.number_format = "0.0"
    sheet["A1"].font = Font(name="黑体", size=16)
    sheet["A2"].font = Font(name="宋体", size=10)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 6, 30
    sheet.freeze_panes = "C4"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "3:3"
