"""Paragraphs and tables as WordprocessingML: styles only, no run carries formatting of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape


def run(text: str, *, style: str = "") -> str:
    """One run; `style` names a character style, a tab in the text is a tab stop."""
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    words = "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\t"))
    return f"<w:r>{look}{words}</w:r>"


def p(text: str, style: str = "BodyText", *, lead: str = "", lead_style: str = "HeiText") -> str:
    """One paragraph; `lead` is a beginning in a character style."""
    head = run(lead, style=lead_style) if lead else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{head}{run(text)}</w:p>'


def tag(text: str) -> str:
    """A paragraph that holds only a template tag and vanishes: {%p if … %}."""
    return p("{%p " + text + " %}", "Normal")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: text (lines make paragraphs), paragraph style, how many columns it spans."""

    text: str = ""
    style: str = "TableText"
    span: int = 1
    bottom: bool = False
    signed: str = ""  # a line of its own at the right


def table(widths: Sequence[float], rows: Sequence[str]) -> str:
    """A table over the whole text width; `widths` are its columns in millimetres."""
    twips = [round(mm * 56.6929) for mm in widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="OfficialTable"/><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def row(
    widths: Sequence[float],
    cells: Sequence[Cell],
    *,
    head: bool = False,
    height: float = 0,
    split: bool = False,
) -> str:
    """One row: not broken over pages unless `split`; a `head` is repeated on every page; `height` in mm, at least."""
    properties = "" if split else "<w:cantSplit/>"
    properties += f'<w:trHeight w:val="{round(height * 56.6929)}" w:hRule="atLeast"/>' if height else ""
    properties += "<w:tblHeader/>" if head else ""
    at, inner = 0, ""
    for cell in cells:
        inner += _cell(cell, sum(widths[at : at + cell.span]))
        at += cell.span
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def _cell(cell: Cell, width: float) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    lines = cell.text.split("\n")
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{round(width * 56.6929)}" w:type="dxa"/>{span}'
        f'<w:vAlign w:val="{"bottom" if cell.bottom else "center"}"/></w:tcPr>'
        + "".join(p(line, cell.style) for line in lines)
        + (p(cell.signed, "TableRight") if cell.signed else "")
        + "</w:tc>"
    )


def loop(widths: Sequence[float], text: str) -> str:
    """A row that holds only a template tag and vanishes: {%tr for … %}."""
    return row(widths, [Cell("{%tr " + text + " %}", span=len(widths))])


def listing(
    widths: Sequence[float],
    heads: Sequence[str],
    cells: Sequence[Cell],
    *,
    over: str,
    head_style: str = "TableHead",
) -> str:
    """A table with a repeated head and one row for each of a list: `over` is 「项 in 附表」."""
    return table(
        widths,
        [
            row(widths, [Cell(head, head_style) for head in heads], head=True),
            loop(widths, f"for {over}"),
            row(widths, cells),
            loop(widths, "endfor"),
        ],
    )
