"""The text layer of a PDF, without what repeats on every page, its printed lines joined into paragraphs."""

import re
import threading
from collections import Counter

import pypdfium2 as pdfium
from pypdfium2 import raw

from .chars import normalise
from .errors import UnreadableFile, too_large, unreadable
from .joiner import PrintedLine, close_gaps, join_lines
from .limits import DEFAULT, Limits

_LOCK = threading.Lock()  # pdfium is not made for several threads at once
_MARGIN_LINES = 2  # lines at the top and at the bottom of a page that may be header or footer
_LONGEST_HEADER = 60
_PAGE_NUMBER = re.compile(r"[\s\-–—－·~第]*(\d{1,4})[\s\-–—－·~页]*(?:[/,，共]*\d{1,4}页?)?")
_READABLE = 0.7  # share of real characters below which a text layer is rubbish

Page = list[PrintedLine]


def read_pdf(data: bytes, *, limits: Limits = DEFAULT) -> tuple[str, tuple[str, ...]]:
    """The text of a PDF and what was left out. UnreadableFile: encrypted, damaged, too_large, no_text."""
    with _LOCK:
        pages = _pages(data, limits)
    bare = [number for number, page in enumerate(pages, 1) if not page]
    pages, repeated = _without_margins(pages)
    lines = [line for page in pages for line in page]
    text = "\n".join(join_lines(lines))
    _check(text)
    notes = [f"删去页眉页脚 {repeated} 行"] if repeated else []
    if bare:
        notes.append(f"第 {'、'.join(map(str, bare))} 页没有文字层，没有读出")
    return text, tuple(notes)


def _check(text: str) -> None:
    letters = [char for char in text if not char.isspace()]
    if not letters:
        raise unreadable("no_text")
    real = sum(1 for char in letters if char != "\ufffd" and not "\ue000" <= char <= "\uf8ff")
    if real < _READABLE * len(letters):
        raise unreadable(
            "no_text", "PDF 里的文字层是乱码，读不出来。", "请上传 Word 原稿，或换一种方式重新导出 PDF。"
        )


def _pages(data: bytes, limits: Limits) -> list[Page]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _failure(error) from error
    try:
        if len(document) > limits.pages:
            raise too_large(f"PDF 超过 {limits.pages} 页。")
        pages: list[Page] = []
        left = limits.characters
        for number in range(len(document)):
            page, count = _page(document, number)
            left -= count
            if left < 0:
                raise too_large(f"文字超过 {limits.characters // 10_000} 万字。")
            pages.append(page)
        return pages
    except pdfium.PdfiumError as error:
        raise _failure(error) from error
    finally:
        document.close()


def _failure(error: pdfium.PdfiumError) -> UnreadableFile:
    return unreadable("encrypted" if "password" in str(error).lower() else "damaged")


def _page(document: pdfium.PdfDocument, number: int) -> tuple[Page, int]:
    page = document[number]
    text = page.get_textpage()
    try:
        count = text.count_chars()
        lines = [line for line in map(_printed, _split(text, count)) if line.text]
        return lines, count
    finally:
        text.close()
        page.close()


_Glyph = tuple[str, float, float, float]  # character, left, right, height


def _split(text: pdfium.PdfTextPage, count: int) -> list[list[_Glyph]]:
    """The characters of a page, line by line as pdfium breaks them."""
    lines: list[list[_Glyph]] = [[]]
    for at in range(count):
        char = chr(raw.FPDFText_GetUnicode(text, at))
        if char in "\r\n":
            if lines[-1]:
                lines.append([])
            continue
        left, bottom, right, top = text.get_charbox(at, loose=True)
        lines[-1].append((char, left, right, top - bottom))
    return lines


def _printed(glyphs: list[_Glyph]) -> PrintedLine:
    seen = [glyph for glyph in glyphs if not glyph[0].isspace()]
    # Rare characters come as two halves of UTF-16.
    whole = (
        "".join(glyph[0] for glyph in glyphs)
        .encode("utf-16-le", "surrogatepass")
        .decode("utf-16-le", "ignore")
    )
    said = close_gaps(re.sub(" +", " ", normalise(whole).replace("\n", " ")).strip())
    if not seen:
        return PrintedLine("", 0, 0, 0)
    heights = sorted(glyph[3] for glyph in seen)
    return PrintedLine(said, min(g[1] for g in seen), max(g[2] for g in seen), heights[len(heights) // 2])


def _without_margins(pages: list[Page]) -> tuple[list[Page], int]:
    """Pages without page numbers and without lines that stand at the edge of most pages."""
    seen = Counter(key for page in pages for key in {_key(page[at].text) for at in _edges(page)})
    often = max(3, 0.4 * len(pages))
    offsets = Counter(
        offset
        for number, page in enumerate(pages)
        for at in _edges(page)
        for offset in _offset(page[at].text, number)
    )
    kept: list[Page] = []
    for number, page in enumerate(pages):
        drop = {
            at
            for at in _edges(page)
            if (len(page[at].text) <= _LONGEST_HEADER and seen[_key(page[at].text)] >= often)
            or any(offsets[offset] > 1 or offset == -1 for offset in _offset(page[at].text, number))
        }
        kept.append([line for at, line in enumerate(page) if at not in drop])
    return kept, sum(map(len, pages)) - sum(map(len, kept))


def _edges(page: Page) -> set[int]:
    return {at for at in range(len(page)) if at < _MARGIN_LINES or at >= len(page) - _MARGIN_LINES}


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", text.replace(" ", ""))


def _offset(text: str, number: int) -> list[int]:
    """How far a page number runs behind its page (-1: they agree, counted from one); empty for other lines."""
    match = _PAGE_NUMBER.fullmatch(text)
    return [number - int(match[1])] if match else []
