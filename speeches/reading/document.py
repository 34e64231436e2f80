"""The way in: the bytes of a file, or a pasted text, to a Reading."""

from .clean import clean
from .docx import read_docx
from .encodings import decode
from .errors import too_large, unreadable
from .html import looks_like_html, text_of
from .joiner import unwrap
from .limits import DEFAULT, MEGABYTE, Limits
from .metadata import propose_metadata
from .model import Reading
from .pdf import read_pdf
from .sniff import kind_of


def read_document(data: bytes, *, name: str = "", limits: Limits = DEFAULT) -> Reading:
    """Read a .docx, a text file, a saved web page or a PDF with text, told apart by content.

    `name` is the file's name and only helps to propose a title. Raises UnreadableFile, and nothing else, for what
    cannot be read.
    """
    if len(data) > limits.file_size:
        raise too_large(f"文件超过 {limits.file_size // MEGABYTE} MB。")
    kind = kind_of(data)
    if kind == "text":
        return read_text(decode(data), name=name, limits=limits)
    text, notes = read_docx(data, limits=limits) if kind == "zip" else read_pdf(data, limits=limits)
    return _reading(text, name=name, notes=notes, limits=limits)


def read_text(text: str, *, name: str = "", limits: Limits = DEFAULT) -> Reading:
    """Read a pasted text, or the source of a web page. UnreadableFile when nothing is in it or far too much."""
    if looks_like_html(text):
        return _reading(text_of(text), name=name, notes=("去掉网页标记",), limits=limits)
    unwrapped = unwrap(text)
    notes = () if unwrapped == text else ("接回按固定宽度折断的行",)
    return _reading(unwrapped, name=name, notes=notes, limits=limits)


def _reading(text: str, *, name: str, limits: Limits, notes: tuple[str, ...] = ()) -> Reading:
    if len(text) > limits.characters:
        raise too_large(f"文字超过 {limits.characters // 10_000} 万字。")
    cleaned = clean(text)
    if not any(char.isalnum() for char in cleaned.body):
        raise unreadable(
            "empty", "文档里没有文字。", "请确认选对了文件；如果内容是图片，请换成带文字的文档。"
        )
    meta = propose_metadata(cleaned.body, name=name, hints=cleaned.hints)
    return Reading(body=cleaned.body, meta=meta, notes=notes + cleaned.notes)
