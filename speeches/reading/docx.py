"""The text of a Word document: our own walk over its XML, because no library keeps the automatic numbers.

Kept: numbers, tracked insertions, tables, text boxes once, content controls, hyperlinks. Left out: tracked deletions,
hidden text, comments, headers and footers, field codes, tables of contents.
"""

from dataclasses import dataclass, field

from lxml import etree

from .limits import DEFAULT, Limits
from .numbering import Numbering, value
from .package import Package

W = "{*}"
CELL_GAP = "｜"
_LONG_CELL = 120  # characters: a cell of several paragraphs beyond this is prose, not an entry

_SKIPPED_WORDS = """
    pPr rPr del moveFrom delText instrText delInstrText comment commentReference annotationRef footnoteReference
    endnoteReference footnoteRef endnoteRef sectPr tblPr tblGrid trPr tcPr sdtPr sdtEndPr rt rubyPr object
    oMathParaPr ctrlPr bookmarkStart bookmarkEnd softHyphen lastRenderedPageBreak
"""
_SKIPPED = frozenset(_SKIPPED_WORDS.split())
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(slots=True)
class _Walk:
    """The state of one reading: the numbering, and what was left out."""

    numbering: Numbering
    left_out: dict[str, int] = field(default_factory=dict)
    carried: str = ""  # text of a paragraph whose end mark was deleted: it runs on into the next

    def skip(self, what: str) -> None:
        self.left_out[what] = self.left_out.get(what, 0) + 1

    def blocks(self, parent: etree._Element) -> list[str]:
        """The lines of a body, a cell, a text box or a content control."""
        lines: list[str] = []
        for child in parent:
            name = _name(child)
            if name == "p":
                lines += self.paragraph(child)
            elif name == "tbl":
                lines += self.table(child)
            elif name == "sdt" and _is_contents(child):
                self.skip("目录")
            elif name == "AlternateContent":
                lines += self.blocks(_choice(child))
            elif name not in _SKIPPED:
                lines += self.blocks(child)
        return lines

    def paragraph(self, element: etree._Element) -> list[str]:
        properties = element.find(f"{W}pPr")
        if value(properties, f"{W}pStyle").lower().startswith("toc"):
            self.skip("目录")
            return []
        boxes: list[str] = []
        text = self.inline(element, boxes)
        if _mark_deleted(properties):
            self.carried += text
            return boxes
        text, self.carried = self.carried + text, ""
        label = self.numbering.label(properties)  # Word counts empty paragraphs as well
        if text.strip():
            text = label + text
        return [*text.split("\n"), *boxes]

    def inline(self, element: etree._Element, boxes: list[str]) -> str:
        """The text of runs; text boxes anchored in them go to `boxes`."""
        said: list[str] = []
        for child in element:
            name = _name(child)
            if name == "t":
                said.append(child.text or "")
            elif name in _SIGNS:
                said.append(_SIGNS[name])
            elif name == "r" and _hidden(child):
                self.skip("隐藏文字")
            elif name in ("del", "moveFrom"):
                self.skip("修订中已删除的文字")
            elif name in ("footnoteReference", "endnoteReference"):
                self.skip("脚注尾注")
            elif name == "AlternateContent":
                said.append(self.inline(_choice(child), boxes))
            elif name == "txbxContent":
                boxes += self.blocks(child)
            elif name not in _SKIPPED:
                said.append(self.inline(child, boxes))
        return "".join(said)

    def table(self, element: etree._Element) -> list[str]:
        lines: list[str] = []
        for row in _within(element, "tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                self.skip("修订中已删除的文字")
                continue
            cells = [self.cell(cell) for cell in _within(row, "tc") if not _continued(cell)]
            lines += _row([cell for cell in cells if cell])
        return lines

    def cell(self, element: etree._Element) -> list[str]:
        return [line for line in self.blocks(element) if line.strip()]


def read_docx(data: bytes, *, limits: Limits = DEFAULT) -> tuple[str, tuple[str, ...]]:
    """The text of a .docx and what was left out. UnreadableFile when it is damaged, protected or something else."""
    package = Package(data, limits=limits)
    root = package.xml(package.main)
    walk = _Walk(Numbering(package.related("numbering"), package.related("styles")))
    lines = [] if root is None else walk.blocks(root)
    if walk.carried:
        lines.append(walk.carried)
    notes = tuple(f"略去{what} {count} 处" for what, count in walk.left_out.items())
    return "\n".join(lines), notes


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _choice(element: etree._Element) -> etree._Element:
    """The branch of mc:AlternateContent that holds text: both say the same, in new and old drawing."""
    for branch in element:
        if branch.find(f".//{W}txbxContent") is not None or branch.find(f".//{W}t") is not None:
            return branch
    return element[0] if len(element) else element


def _within(element: etree._Element, wanted: str) -> list[etree._Element]:
    """Rows of a table or cells of a row, also inside content controls, but not those of a nested table."""
    found: list[etree._Element] = []
    for child in element:
        name = _name(child)
        if name == wanted:
            found.append(child)
        elif name not in _SKIPPED and name not in ("tbl", "p", "tc", "tr"):
            found += _within(child, wanted)
    return found


def _row(cells: list[list[str]]) -> list[str]:
    """One line for a row of entries; the lines themselves where the table only lays out prose."""
    prose = any(len(cell) > 1 and sum(map(len, cell)) > _LONG_CELL for cell in cells)
    if prose or len(cells) == 1:
        return [line for cell in cells for line in cell]
    return [CELL_GAP.join(" ".join(cell) for cell in cells)] if cells else []


def _continued(cell: etree._Element) -> bool:
    """Covered by a merged cell above or to the left, which has the text."""
    for path in (f"{W}tcPr/{W}vMerge", f"{W}tcPr/{W}hMerge"):
        merge = cell.find(path)
        if merge is not None and value(cell, path, "continue") == "continue":
            return True
    return False


def _hidden(run: etree._Element) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and value(run, f"{W}rPr/{W}vanish", "1") not in ("0", "false", "off")


def _mark_deleted(properties: etree._Element | None) -> bool:
    return properties is not None and properties.find(f"{W}rPr/{W}del") is not None


def _is_contents(control: etree._Element) -> bool:
    return value(control, f"{W}sdtPr/{W}docPartObj/{W}docPartGallery") == "Table of Contents"
