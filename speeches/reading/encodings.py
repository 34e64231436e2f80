"""Bytes of a text file to str: never by guess where it can be checked, never with replacement characters."""

import codecs
from collections.abc import Iterator

from charset_normalizer import from_bytes

from .errors import unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_SAMPLE = 4_000  # characters looked at when judging whether a text can be what it seems
_COMMON = 0.7  # share of everyday characters below which a decoding is not believed; real texts have over 0.9


def decode(data: bytes) -> str:
    """The text, or UnreadableFile `encoding` when no encoding gives believable Chinese, `unknown_type` for binary."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _marked(data, mark, name)
    for text in _candidates(data):
        if text is not None and believable(text):
            return text
    raise unreadable("unknown_type" if _binary(data) else "encoding")


def _marked(data: bytes, mark: bytes, name: str) -> str:
    text = _strictly(data, name)
    if text is None:
        raise unreadable("encoding", "文字编码与文件开头的标记不符，可能没有传完整。")
    return text.removeprefix("\ufeff")


def _candidates(data: bytes) -> Iterator[str | None]:
    yield _strictly(data, "utf-8")
    if b"\0" in data:
        yield from _sixteen(data)
    yield _strictly(data, "gb18030")
    yield _strictly(data, "big5hkscs")
    if b"\0" not in data:
        yield from _sixteen(data)
    best = from_bytes(data).best()
    yield None if best is None else _strictly(data, best.encoding)


def _sixteen(data: bytes) -> Iterator[str | None]:
    """UTF-16 without a mark: the zero halves of digits and line ends say which byte comes first."""
    little_first = data[1::2].count(0) >= data[0::2].count(0)
    names = ("utf-16-le", "utf-16-be")
    for name in names if little_first else reversed(names):
        yield _strictly(data, name)


def _strictly(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def believable(text: str) -> bool:
    """Whether a text looks written: hardly any control characters, and everyday characters where it is Chinese.

    Big5 read as GB18030, or either byte order of UTF-16 read as the other, decodes without error into rare characters.
    """
    sample = text[:_SAMPLE] + text[-_SAMPLE:]
    controls = sum(1 for char in sample if char < " " and char not in "\t\n\r\x0b\x0c\x1a")
    if controls * 100 > len(sample):
        return False
    odd = [char for char in sample if ord(char) > 0x2E7F]
    words = [char for char in odd if not _is_mark(char)]
    return not words or sum(map(_everyday, words)) >= _COMMON * len(words)


def _is_mark(char: str) -> bool:
    return "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uffef"


def _everyday(char: str) -> bool:
    """In the first, frequent level of GB 2312 or of Big5."""
    for name, first, last in (("gb2312", 0xB0A1, 0xD7F9), ("big5", 0xA440, 0xC67E)):
        code = char.encode(name, "ignore")
        if len(code) == 2 and first <= int.from_bytes(code, "big") <= last:
            return True
    return False


def _binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    return sum(1 for byte in sample if byte < 32 and byte not in b"\t\n\r\x0c\x1a") * 20 > len(sample)
