"""A saved web page to plain text. The page is decoded to str before: lxml given bytes of gb2312 loses text silently."""

import re
from collections.abc import Iterator

from lxml import etree, html

from .errors import unreadable

_START = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta)\b", re.I | re.S
)
_TAG = re.compile(r"</?(?:p|div|span|br|td|tr|table|font|strong|h[1-6]|section)\b[^<>]*>", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_MANY_TAGS = 6

_SILENT_WORDS = """
    script style head noscript nav aside template iframe form button select textarea svg object canvas title
"""
_SILENT = frozenset(_SILENT_WORDS.split())
_BLOCKS_WORDS = """
    address article aside blockquote body dd div dl dt fieldset figure footer h1 h2 h3 h4 h5 h6 header hr li main ol
    p pre section table tbody thead tr ul center br
"""
_BLOCKS = frozenset(_BLOCKS_WORDS.split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def looks_like_html(text: str) -> bool:
    """Whether a text is the source of a page, or a piece of one."""
    return bool(_START.match(text[:5000])) or len(_TAG.findall(text[:20_000])) >= _MANY_TAGS


def text_of(source: str) -> str:
    """The text of a page, one line for each block and each table row."""
    parser = html.HTMLParser(no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(_DECLARATION.sub("", source).replace("\0", ""), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise unreadable(
            "damaged", "网页文件不完整，读不出文字。", "请在浏览器里复制正文，直接粘贴。"
        ) from error
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        # The parser goes on after it without a word, and what stands deeper would be lost.
        raise unreadable("unsafe", "网页嵌套太深，读不完整。", "请在浏览器里复制正文，直接粘贴。")
    return "".join(_pieces(root))


def _pieces(root: etree._Element) -> Iterator[str]:
    """Text in order, without recursion: pages nest as deep as they like."""
    silent: etree._Element | None = None
    verbatim = 0  # how many <pre> we are inside: there, line ends are line ends
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            verbatim += name == "pre"
            if silent is None and _is_silent(name, element):
                silent = element
            if silent is None:
                yield ("\n" if name in _BLOCKS else "") + _flat(element.text, verbatim)
            continue
        verbatim -= name == "pre"
        if silent is None:
            yield _after(name, element)
        elif silent is element:
            silent = None
        if silent is None and element is not root:
            yield _flat(element.tail, verbatim)


def _is_silent(name: str, element: etree._Element) -> bool:
    return not name or name in _SILENT or bool(_HIDDEN.search(element.get("style") or ""))


def _after(name: str, element: etree._Element) -> str:
    if name in ("td", "th") and element.getnext() is not None:
        return "｜"
    return "\n" if name in _BLOCKS else ""


def _flat(text: str | None, verbatim: int) -> str:
    """Line ends in a page's source are mere blanks, and between Chinese characters nothing at all."""
    return (text or "") if verbatim else re.sub(r"\s*\n\s*", _blank, text or "")


def _blank(match: re.Match[str]) -> str:
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    return " " if before.isascii() and after.isascii() and before and after else ""
