"""Reading a 台账 somebody made in Excel: the sheet, the line of headings, the rows under it."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from tracker.exchange.fields import guess, text_of
from tracker.items.export import MARKS

MAX_BYTES = 30 * 1024 * 1024
MAX_ROWS = 50_000
_MAX_UNPACKED = 600 * 1024 * 1024
_MOST_COLUMNS = 60
_HEADING_WITHIN = 15
_LONGEST_HEADING = 20
_FIGURE = re.compile(r"\d")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


class SheetUnreadable(Exception):
    """The file holds no table we can read. `str()` says what to do."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its place (from 0), its words, what it seems to be, and the first values under it."""

    place: int
    words: str
    guess: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as it was found. `at` is the line of the headings (from 1)."""

    sheet: str
    at: int
    headings: tuple[Heading, ...]
    rows: int


def survey(data: bytes) -> Table:
    """Find the table: of the first lines of each sheet the one with the most words that are headings.

    Where none has two of them, the first line that looks like headings: a person says which column is what.
    Raises `SheetUnreadable`.
    """
    book = _book(data)
    best: tuple[int, str, int, list[Any]] = (0, "", 0, [])
    unknown: tuple[int, str, int, list[Any]] | None = None
    for sheet in book.worksheets:
        if sheet.title == MARKS:
            continue
        sheet.reset_dimensions()
        lines = sheet.iter_rows(max_row=_HEADING_WITHIN, max_col=_MOST_COLUMNS, values_only=True)
        for number, line in enumerate(lines, start=1):
            known = len({guess(cell) for cell in line} - {""})
            if known > best[0]:
                best = (known, sheet.title, number, list(line))
            if unknown is None and _looks_like_headings(line):
                unknown = (known, sheet.title, number, list(line))
    if best[0] < 2 and unknown is not None:
        best = unknown
    elif best[0] < 2:
        raise SheetUnreadable(
            "没有找到台账的表头：请确认前 15 行中有一行写着“督办事项”“牵头单位”“完成时限”等列名。"
        )
    _, title, at, line = best
    rows = list(_below(book[title], at))
    if len(rows) > MAX_ROWS:
        raise SheetUnreadable(f"超过 {MAX_ROWS:,} 行，请分成几份导入。")
    return Table(title, at, tuple(_headings(line, rows)), len(rows))


def _looks_like_headings(line: tuple[Any, ...]) -> bool:
    """At least three cells, all different, all short words and no numbers or dates."""
    cells = [cell for cell in line if cell not in (None, "")]
    words = {
        cell
        for cell in cells
        if isinstance(cell, str) and len(cell) <= _LONGEST_HEADING and not _FIGURE.search(cell)
    }
    return len(cells) == len(words) >= 3


def rows_of(data: bytes, *, sheet: str, at: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """(line number, cells) of each row that is not empty. Raises `SheetUnreadable`."""
    yield from _below(_book(data)[sheet], at)


def marks_of(data: bytes) -> dict[str, int]:
    """{number: version} our own export put beside the table; empty for a sheet that is not ours."""
    book = _book(data)
    if MARKS not in book.sheetnames:
        return {}
    lines = book[MARKS].iter_rows(max_col=2, values_only=True)
    return {str(number): version for number, version in lines if number and isinstance(version, int)}


def _book(data: bytes) -> Any:
    if data.startswith(_OLD_EXCEL):
        raise SheetUnreadable("这是旧版（.xls）或加了密码的 Excel 文件，请去掉密码并另存为 .xlsx 后重试。")
    if len(data) > MAX_BYTES:
        raise SheetUnreadable(f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请删去无关的工作表和图片。")
    try:
        unpacked = sum(entry.file_size for entry in zipfile.ZipFile(BytesIO(data)).infolist())
        if unpacked > _MAX_UNPACKED:
            raise SheetUnreadable("文件展开后过大，请只保留台账所在的工作表。")
        return load_workbook(BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise SheetUnreadable(
            "不是 Excel 工作簿（.xlsx）或文件已损坏，请用 Excel 或 WPS 另存为 .xlsx 后重试。"
        ) from error


def _below(sheet: Any, at: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
    sheet.reset_dimensions()
    lines = sheet.iter_rows(
        min_row=at + 1, max_row=at + MAX_ROWS + 1, max_col=_MOST_COLUMNS, values_only=True
    )
    for number, line in enumerate(lines, start=at + 1):
        if any(cell not in (None, "") for cell in line):
            yield number, line


def _headings(line: list[Any], rows: list[tuple[int, tuple[Any, ...]]]) -> Iterator[Heading]:
    taken: set[str] = set()
    for place, cell in enumerate(line):
        words = text_of(cell).replace("\n", "")
        if not words:
            continue
        field = guess(cell)
        samples = [text_of(row[place]) for _, row in rows[:200] if place < len(row) and text_of(row[place])]
        # Of two columns that seem to be the same thing the first is taken; a person may choose otherwise.
        yield Heading(
            place, words, "" if field in taken else field, tuple(sample[:40] for sample in samples[:3])
        )
        taken.add(field)
