"""A Word template and plain words make a document. Templates come from people: they run in a sandbox."""

import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

# What XML cannot hold. Line breaks stay: they become breaks in Word.
_ILLEGAL = re.compile("[\x00-\x09\x0b-\x1f\ufffe\uffff\ue000\ue001]|[\ud800-\udfff]")
# Stands for the how-many-th number of the document until the transaction that stores it gives the numbers out.
_MARK = re.compile("\ue000(\\d+)\ue001")
_CELL_ORDER = (
    "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection", "tcFitText",
    "vAlign", "hideMark",
)  # fmt: skip


def environment() -> ImmutableSandboxedEnvironment:
    """Values are escaped, an unknown placeholder is an error, and nothing but the values given can be reached."""
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def number_mark(place: int) -> str:
    """What stands for number `place` until `fill_numbers`."""
    return f"\ue000{place}\ue001"


def render(template: bytes, context: Mapping[str, Any]) -> bytes:
    """The document's bytes. Raises jinja2's errors: `checking.py` makes them words."""
    document = DocxTemplate(BytesIO(template))
    document.render(_clean(context), environment(), autoescape=True)
    _order_cells(document)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        # The marks of numbers are ours; anything like them in somebody's text is dropped.
        return value if _MARK.fullmatch(value) else _ILLEGAL.sub("", _marks_out(value))
    if isinstance(value, Mapping):
        return {key: _clean(one) for key, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list | tuple) else value


def _marks_out(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\t", " ")


def _order_cells(document: DocxTemplate) -> None:
    """Merging and colouring put their elements where they come; Word wants the order of the schema."""
    for properties in document.docx.element.body.iter("{*}tcPr"):
        children = sorted(properties, key=lambda child: _CELL_ORDER.index(child.tag.rpartition("}")[2]))
        properties[:] = children


def fill_numbers(content: bytes, numbers: Mapping[int, str]) -> bytes:
    """The same .docx with the marks replaced by `numbers`."""
    return _rewrite(content, lambda text: _MARK.sub(lambda found: numbers[int(found[1])], text))


def _rewrite(content: bytes, change: Callable[[str], str]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename.endswith(".xml"):
                data = change(data.decode()).encode()
            elif entry.filename.endswith(".docx"):
                data = _rewrite(data, change)
            new.writestr(change(entry.filename), data)
    return stream.getvalue()
