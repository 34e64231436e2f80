"""What a file is, by its first bytes. Its name is never believed."""

from .errors import unreadable

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\0\0\0\x0cjP", b"8BPS")
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")


def kind_of(data: bytes) -> str:
    """`zip`, `pdf` or `text`; UnreadableFile for what is surely something else."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise unreadable("empty")
    head = data[:8]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if head.startswith(_OLE):
        raise _ole(data)
    if head.startswith(b"{\\rtf"):
        raise unreadable("legacy", "这是 RTF 格式的文档，目前不能直接读取。")
    if data[:400].lstrip().startswith(b"MIME-Version:") or b"w:wordDocument" in data[:2000]:
        raise unreadable("legacy")
    _refuse(data[:64])
    return "text"


def _refuse(head: bytes) -> None:
    for marks, code in ((_PICTURES, "picture"), (_PROGRAMS, "program"), (_ARCHIVES, "archive")):
        mark = next((mark for mark in marks if head.startswith(mark)), b"")
        # Two letters alone may begin a text as well; a picture or a program goes on with zero bytes.
        if mark and (len(mark) > 2 or mark == b"\x1f\x8b" or b"\0" in head):
            raise unreadable(code)


def _ole(data: bytes) -> Exception:
    """The old binary container: a protected .docx, or .doc and .wps, or .xls and .ppt."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return unreadable("encrypted")
    if holds("WordDocument"):
        return unreadable("legacy", "这是旧格式的 .doc 或 .wps 文档，目前不能直接读取。")
    if holds("Workbook"):
        return unreadable("spreadsheet")
    if holds("PowerPoint Document"):
        return unreadable("presentation")
    return unreadable("legacy")
