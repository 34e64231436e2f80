"""From an uploaded workbook to rows of text. Knows nothing of the database."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook

from tracker.org.roster.columns import COLUMNS, DEPARTMENTS, GUIDE, PEOPLE, REASON, folded, headings

MAX_BYTES = 5 * 1024 * 1024
_MAX_UNPACKED = 80 * 1024 * 1024
MAX_ROWS = 2000
_HEADING_WITHIN = 10
_MOST_COLUMNS = 40
_LAST_ROW = 20_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\ufeff]")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
# What openpyxl throws at files that are not what they say.
_BROKEN = (
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    OSError,
    ParseError,
)


class RosterUnreadable(Exception):
    """The file cannot be read as a roster. `str()` says why and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `values` holds the columns its sheet has: one that is missing is not the same as one left blank."""

    sheet: str
    number: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Roster:
    """The rows of a workbook; `ignored` says in words which sheets and columns were not read."""

    departments: Sequence[Row] = ()
    people: Sequence[Row] = ()
    ignored: Sequence[str] = field(default=())

    def packed(self) -> dict[str, Any]:
        """As plain data, to travel with the preview."""
        return {
            "rows": [[row.sheet, row.number, dict(row.values)] for row in (*self.departments, *self.people)],
            "ignored": list(self.ignored),
        }

    @classmethod
    def unpacked(cls, data: Mapping[str, Any]) -> "Roster":
        """The roster that `packed` made."""
        return _roster([Row(*row) for row in data["rows"]], data["ignored"])


def read_roster(data: bytes) -> Roster:
    """Read the sheets 单位 and 人员, in one workbook or one of them. Raises `RosterUnreadable`."""
    _must_be_workbook(data)
    rows: list[Row] = []
    ignored: list[str] = []
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            rows += _sheet_rows(sheet, ignored)
    except _BROKEN as error:
        raise RosterUnreadable(
            "文件已损坏或不是 Excel 工作簿，请用 Excel 或 WPS 另存为 .xlsx 后重试。"
        ) from error
    if not rows:
        raise RosterUnreadable(
            "没有找到可导入的行：工作表第一行应有“名称”（单位）或“姓名、用户名”（人员）等列名。"
        )
    return _roster(rows, ignored)


def _roster(rows: Sequence[Row], ignored: Sequence[str]) -> Roster:
    departments = tuple(row for row in rows if row.sheet == DEPARTMENTS)
    return Roster(departments, tuple(row for row in rows if row.sheet == PEOPLE), tuple(ignored))


def _must_be_workbook(data: bytes) -> None:
    if data.startswith(_OLD_EXCEL):
        raise RosterUnreadable("这是旧版（.xls）或加了密码的 Excel 文件，请去掉密码并另存为 .xlsx 后重试。")
    if len(data) > MAX_BYTES:
        raise RosterUnreadable(f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请删去无关的工作表和图片。")
    try:
        unpacked = sum(entry.file_size for entry in zipfile.ZipFile(BytesIO(data)).infolist())
    except zipfile.BadZipFile as error:
        raise RosterUnreadable("不是 Excel 工作簿（.xlsx），请检查所选的文件。") from error
    if unpacked > _MAX_UNPACKED:
        raise RosterUnreadable("文件展开后过大，请只保留单位、人员两张工作表。")


def _sheet_rows(sheet: Any, ignored: list[str]) -> list[Row]:
    if sheet.title.strip() == GUIDE:
        return []
    sheet.reset_dimensions()  # some programs write a size that is not true
    lines = enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS, max_row=_LAST_ROW, values_only=True), start=1)
    texts = [(number, [_text(value) for value in line]) for number, line in lines if any(line)]
    at, kind = _heading([line for _, line in texts[:_HEADING_WITHIN]])
    if not kind:
        ignored.append(f"工作表“{sheet.title}”没有认出列名，未读取")
        return []
    places, unknown = _places(kind, texts[at][1])
    ignored += [f"“{kind}”表的“{heading}”列未读取" for heading in unknown]
    rows = [
        Row(kind, number, {key: line[place] for key, place in places.items()})
        for number, line in texts[at + 1 :]
        if any(line)
    ]
    if len(rows) > MAX_ROWS:
        raise RosterUnreadable(f"“{kind}”表超过 {MAX_ROWS} 行，请分次导入。")
    return rows


def _heading(lines: list[list[str]]) -> tuple[int, str]:
    """(which line, which sheet): the line with the most words that are headings; a sheet of '' when there is none."""
    best = (0, 0, "")
    for at, line in enumerate(lines):
        for sheet, keys in ((PEOPLE, {"username", "name"}), (DEPARTMENTS, {"name"})):
            known = headings(sheet)
            hits = {known[word] for word in map(folded, line) if word in known}
            if keys & hits and len(hits) > best[0]:
                best = (len(hits), at, sheet)
    return best[1:]


def _places(kind: str, line: list[str]) -> tuple[dict[str, int], list[str]]:
    """({column key: place}, headings nobody knows)."""
    known, places, unknown = headings(kind), dict[str, int](), list[str]()
    titles = {folded(column.title): column.key for column in COLUMNS[kind]}
    words = [folded(text) for text in line]
    for at, word in enumerate(words):  # the very title beats a synonym of it, wherever it stands
        if word in titles:
            places.setdefault(titles[word], at)
    for at, word in enumerate(words):
        key = known.get(word)
        if key and places.setdefault(key, at) == at:
            continue
        if word and word != REASON:
            unknown.append(line[at])
    return places, unknown


def _text(value: Any) -> str:
    """What stands in a cell, as typed: 13800000000 without .0, dates as dates, nothing as ''."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    return _CONTROL.sub("", str(value)).strip()
