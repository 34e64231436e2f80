"""附件: which files are taken, told by their content, and how they are kept with an item."""

from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import Any

from django.core.files.base import File
from django.db import transaction

from tracker.items.models import ActionItem, Attachment, ClosingRequest, Feedback
from tracker.items.states import EventKind
from tracker.org.models import Person

LIMIT_BYTES = 20 * 1024 * 1024
MOST_AT_ONCE = 10
_ZIP = (b"PK\x03\x04",)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What a text never begins with: programs, packages, pictures, documents.
_BINARY = (
    b"MZ",
    b"\x7fELF",
    b"PK\x03\x04",
    b"%PDF",
    _OLE,
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
)


class FileRefused(Exception):
    """A file that is not taken. `str()` is a sentence for the person who chose it."""


def _starts(*heads: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(heads)


def _package(member: bytes) -> Callable[[bytes], bool]:
    """A ZIP package whose list of members, which is never compressed, names `member`."""
    return lambda data: data.startswith(_ZIP) and member in data


def _text(data: bytes) -> bool:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return not data.startswith(_BINARY) and (wide or b"\0" not in data)


def _office(member: bytes) -> Callable[[bytes], bool]:
    """WPS writes its own suffixes in the old container and in the new package."""
    return lambda data: data.startswith(_OLE) or _package(member)(data)


# suffix: whether the content is what the suffix says
_KINDS: dict[str, Callable[[bytes], bool]] = {
    "pdf": lambda data: b"%PDF-" in data[:1024],
    "doc": _starts(_OLE),
    "docx": _package(b"word/"),
    "xls": _starts(_OLE),
    "xlsx": _package(b"xl/"),
    "ppt": _starts(_OLE),
    "pptx": _package(b"ppt/"),
    "wps": _office(b"word/"),
    "et": _office(b"xl/"),
    "ofd": _package(b"OFD.xml"),
    "jpg": _starts(b"\xff\xd8\xff"),
    "jpeg": _starts(b"\xff\xd8\xff"),
    "png": _starts(b"\x89PNG\r\n\x1a\n"),
    "txt": _text,
    "zip": _starts(*_ZIP, b"PK\x05\x06"),
}
KINDS_IN_WORDS = "pdf、doc、docx、xls、xlsx、ppt、pptx、wps、et、ofd、jpg、png、txt、zip"
# For the file field of a page: a phone offers its camera for image/*.
ACCEPT = ",".join(["image/jpeg", "image/png", *(f".{suffix}" for suffix in _KINDS)])


def check_files(files: Sequence[File[Any]]) -> None:
    """Raise `FileRefused` for the first that is too big, empty, of no kind we take, or not what its name says."""
    if len(files) > MOST_AT_ONCE:
        raise FileRefused(f"一次最多上传 {MOST_AT_ONCE} 个附件，请分次上传。")
    for file in files:
        _check(file)


def _check(file: File[Any]) -> None:
    name = plain_name(file.name or "")
    suffix = PurePath(name).suffix[1:].lower()
    if suffix not in _KINDS:
        raise FileRefused(f"“{name}”不能上传：附件限 {KINDS_IN_WORDS} 格式。")
    if not file.size:
        raise FileRefused(f"“{name}”是空文件，请核对后重新选择。")
    if file.size > LIMIT_BYTES:
        raise FileRefused(f"“{name}”有 {file.size / 1024 / 1024:.1f} MB，超过单个附件 20 MB 的上限。")
    file.seek(0)
    data = file.read()
    file.seek(0)
    if not _KINDS[suffix](data):
        raise FileRefused(f"“{name}”的内容不是 {suffix} 格式，可能改过后缀名或文件已损坏，请核对后重新选择。")


def plain_name(name: str) -> str:
    """The file's name without folders and control characters, cut to fit with its suffix kept."""
    last = PurePath(name.replace("\\", "/")).name
    clean = "".join(mark for mark in last if mark.isprintable()).strip() or "未命名"
    suffix = PurePath(clean).suffix
    return clean if len(clean) <= 120 else clean[: 120 - len(suffix)] + suffix


@transaction.atomic
def attach(
    *,
    item: ActionItem,
    by: Person,
    files: Sequence[File[Any]],
    feedback: Feedback | None = None,
    closing_request: ClosingRequest | None = None,
) -> list[Attachment]:
    """Keep checked files with an item, alone or with the report or request they prove.

    The same file a second time is the first one. Raises `FileRefused`.
    """
    check_files(files)
    fresh = [file for file in files if not _is_there(item, file)]
    rows = [
        Attachment.objects.create(
            item=item, by=by, feedback=feedback, closing_request=closing_request,
            file=file, name=plain_name(file.name or ""), size=file.size,
        )
        for file in fresh
    ]  # fmt: skip
    if rows and feedback is None:  # a report's line in the history names its files itself
        item.record(EventKind.ATTACHED, by=by, text="、".join(row.name for row in rows))
    return rows


def _is_there(item: ActionItem, file: File[Any]) -> bool:
    """Whether the item has this very file: the same name, the same bytes."""
    twins = item.attachments.filter(name=plain_name(file.name or ""), size=file.size)
    return any(_bytes(twin.file) == _bytes(file) for twin in twins)


def _bytes(file: Any) -> bytes:
    file.seek(0)
    data: bytes = file.read()
    file.seek(0)
    return data
