"""Real .docx and .pdf bytes, made by code: raw XML for what python-docx cannot say, a bare PDF with a text layer."""

import io
import zipfile
from collections.abc import Sequence

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def docx(body: str, *, numbering: str = "", styles: str = "", main: str = WORD_MAIN, **more: str) -> bytes:
    """A Word document whose w:body holds `body`; `more` are further parts by name."""
    types = f'<Types xmlns="t"><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    rels = f'<Relationships xmlns="r"><Relationship Id="a" Type="{RELATION}/officeDocument" Target="word/document.xml"/></Relationships>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": types,
        "_rels/.rels": rels,
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
    }
    if numbering:
        parts["word/numbering.xml"] = f"<w:numbering {SPACES}>{numbering}</w:numbering>"
    if styles:
        parts["word/styles.xml"] = f"<w:styles {SPACES}>{styles}</w:styles>"
    return zipped({**parts, **more})


def p(text: str = "", *, num: int | None = None, level: int = 0, style: str = "", inside: str = "") -> str:
    """A paragraph; `inside` is XML put after its text."""
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>' if num is not None else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{named}{place}</w:pPr>{run}{inside}</w:p>"


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def levels(*formats: tuple[str, str]) -> str:
    """w:lvl elements from (format, text) pairs."""
    return "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (fmt, text) in enumerate(formats)
    )


def numbering(*formats: tuple[str, str]) -> str:
    """One list, number 1, with these levels."""
    return (
        f'<w:abstractNum w:abstractNumId="0">{levels(*formats)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )


def table(*rows: Sequence[str]) -> str:
    """A table; cells that start with < are XML."""
    cells = [
        "".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in row) for row in rows
    ]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


Line = tuple[float, float, str]
"""Distance from the left and from the bottom in points, and the text."""


def pdf(*pages: Sequence[Line], size: int = 16, trailer: str = "") -> bytes:
    """A PDF with a text layer in a Chinese font that is not embedded, as many office printers write it."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{6 + 2 * at} 0 R' for at in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 5 0 R "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
        "/Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
    ]
    for at, lines in enumerate(pages):
        shown = "".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"
            for x, y, text in lines
        )
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {7 + 2 * at} 0 R >>"
        )
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}endstream")
    return _file(objects, trailer)


def _file(objects: Sequence[str], trailer: str) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table_at = len(out)
    rows = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}".encode()
    return (
        out
        + f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{table_at}\n%%EOF".encode()
    )


def printed(
    *paragraphs: str, width: int = 28, left: float = 73, top: float = 770, size: int = 16
) -> list[Line]:
    """Paragraphs set as on official paper: two characters indented, broken at the width, 16 points."""
    lines: list[Line] = []
    y = top
    for paragraph in paragraphs:
        indent, rest = 2, paragraph
        while rest:
            room = width - indent
            lines.append((left + indent * size, y, rest[:room]))
            rest, indent, y = rest[room:], 0, y - 28
    return lines
