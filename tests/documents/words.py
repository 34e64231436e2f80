"""The text of what was made."""

import zipfile
from io import BytesIO

from docx import Document as WordDocument
from openpyxl import load_workbook


def docx_text(content: bytes) -> str:
    """Paragraphs and cells of the body, in order, one a line."""
    body = WordDocument(BytesIO(content)).element.body
    lines = []
    for paragraph in body.iter("{*}p"):
        lines.append("".join(node.text or "" for node in paragraph.iter("{*}t")))
    return "\n".join(lines)


def docx_rows(content: bytes, table: int) -> list[list[str]]:
    """The rows of one table; merged cells repeat."""
    found = WordDocument(BytesIO(content)).tables[table]
    return [[cell.text for cell in row.cells] for row in found.rows]


def xml_of(content: bytes, part: str = "word/document.xml") -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(part).decode()


def sheet_rows(content: bytes, name: str) -> list[tuple]:
    return list(load_workbook(BytesIO(content))[name].iter_rows(values_only=True))
