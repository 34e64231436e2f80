"""A .docx from parts: no theme, no leftovers, nothing that Word would have to mend. Always the same bytes."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

from tracker.documents.building.styles import W, font_table, settings_xml, style_sheet

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FIXED = (2026, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of pages of one orientation. Margins in millimetres: top, right, bottom, left."""

    body: str
    landscape: bool = False
    margins: tuple[float, float, float, float] = (37, 26, 35, 28)

    @property
    def properties(self) -> str:
        """w:sectPr."""
        width, height = (16838, 11906) if self.landscape else (11906, 16838)
        turned = ' w:orient="landscape"' if self.landscape else ""
        top, right, bottom, left = (round(mm * 56.6929) for mm in self.margins)
        return (
            f'<w:sectPr><w:footerReference w:type="default" r:id="rId10"/><w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
            f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="851" w:footer="{min(992, bottom // 2)}" w:gutter="0"/>'
            f"</w:sectPr>"
        )


def document(sections: Sequence[Section], *, title: str) -> bytes:
    """The bytes of the file."""
    body = ""
    for section in sections[:-1]:
        body += section.body + f'<w:p><w:pPr><w:pStyle w:val="SectionEnd"/>{section.properties}</w:pPr></w:p>'
    body += sections[-1].body + sections[-1].properties
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _rels(("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
                             ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")),
        "docProps/core.xml": _core(title),
        "word/_rels/document.xml.rels": _rels(
            ("rId1", f"{_OFFICE}/styles", "styles.xml"), ("rId2", f"{_OFFICE}/settings", "settings.xml"),
            ("rId3", f"{_OFFICE}/fontTable", "fontTable.xml"), ("rId10", f"{_OFFICE}/footer", "footer1.xml"),
        ),
        "word/document.xml": f'{_HEAD}<w:document xmlns:w="{W}" xmlns:r="{_OFFICE}"><w:body>{body}</w:body></w:document>',
        "word/footer1.xml": _footer(),
        "word/styles.xml": style_sheet(),
        "word/settings.xml": settings_xml(),
        "word/fontTable.xml": font_table(),
    }  # fmt: skip
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _FIXED), content, compress_type=zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _footer() -> str:
    """— 1 —, centred."""
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    text = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    return (
        f'{_HEAD}<w:ftr xmlns:w="{W}" xmlns:r="{_OFFICE}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f"{text.format('— ')}{field}{text.format(' —')}</w:p></w:ftr>"
    )


def _types() -> str:
    parts = {
        "document": "document.main", "styles": "styles", "settings": "settings", "fontTable": "fontTable", "footer1": "footer",
    }  # fmt: skip
    rows = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for part, kind in parts.items()
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}'
        f'<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _rels(*rows: tuple[str, str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in rows
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _core(title: str) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{escape(title)}</dc:title>'
        f"<dc:creator></dc:creator></cp:coreProperties>"
    )
