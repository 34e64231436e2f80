"""A zipped office document, opened with limits: nothing is unpacked to disk and no part is read past its limit."""

import io
import posixpath
import zipfile
import zlib

from lxml import etree

from .errors import UnreadableFile, too_large, unreadable
from .limits import DEFAULT, MEGABYTE, RATIO_FLOOR, Limits

_KINDS = (
    ("macroEnabled", "macro"),
    ("spreadsheetml", "spreadsheet"),
    ("presentationml", "presentation"),
)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


class Package:
    """The parts of an Office Open XML document by their names. `main` is the name of the part with the text."""

    def __init__(self, data: bytes, *, limits: Limits = DEFAULT) -> None:
        self._limits = limits
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except _BROKEN as error:
            raise unreadable("damaged") from error
        self._names = {entry.filename.lstrip("/"): entry for entry in entries}
        self._check(entries, len(data))
        self.main = self._main()

    def xml(self, name: str) -> etree._Element | None:
        """The root of a part, or None when the document has no such part."""
        if name not in self._names:
            return None
        return parse_xml(self._read(name))

    def related(self, kind: str) -> etree._Element | None:
        """The root of the part that the text refers to as its `kind` (numbering, styles)."""
        folder, name = posixpath.split(self.main)
        target = self._target(f"{folder}/_rels/{name}.rels", kind, folder)
        return self.xml(target or f"{folder}/{kind}.xml")

    def _check(self, entries: list[zipfile.ZipInfo], packed: int) -> None:
        if len(entries) > self._limits.zip_entries:
            raise unreadable("unsafe")
        if any(entry.flag_bits & 1 for entry in entries):
            raise unreadable("encrypted")
        size = sum(entry.file_size for entry in entries)
        if size > self._limits.unzipped_size:
            raise unreadable("unsafe")
        if size > RATIO_FLOOR and size > packed * self._limits.zip_ratio:
            raise unreadable("unsafe")

    def _read(self, name: str) -> bytes:
        limit = self._limits.part_size
        try:
            with self._zip.open(self._names[name]) as part:
                data = part.read(limit + 1)  # the size in the directory may lie
        except _BROKEN as error:
            raise unreadable("damaged") from error
        if len(data) > limit:
            raise too_large(f"文档正文展开后超过 {limit // MEGABYTE} MB。")
        return data

    def _main(self) -> str:
        types = self.xml("[Content_Types].xml")
        if types is None:
            raise self._other()
        for kind in types.iter("{*}Override"):
            content = kind.get("ContentType", "")
            if not content.endswith("main+xml"):
                continue
            for mark, code in _KINDS:
                if mark in content:
                    raise unreadable(code)
        if any(name.endswith("vbaProject.bin") for name in self._names):
            raise unreadable("macro")
        target = self._target("_rels/.rels", "officeDocument", "") or "word/document.xml"
        if target not in self._names:
            raise self._other()
        return target

    def _target(self, rels: str, kind: str, folder: str) -> str:
        root = self.xml(rels)
        for relation in () if root is None else root.iter("{*}Relationship"):
            if relation.get("Type", "").endswith("/" + kind) and relation.get("TargetMode") != "External":
                return posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        return ""

    def _other(self) -> UnreadableFile:
        """A zip that is no Word document."""
        if "OFD.xml" in self._names:
            return unreadable("ofd")
        if "mimetype" in self._names and b"opendocument" in self._read("mimetype"):
            return unreadable("legacy", "这是 ODF 格式的文档，目前不能直接读取。")
        if any(name.startswith(("word/", "_rels/")) for name in self._names):
            return unreadable("damaged")
        return unreadable("archive")


def parse_xml(data: bytes) -> etree._Element:
    """The root of an XML part: no entities, no network, no document type, depth and size as libxml2 bounds them."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise unreadable("damaged") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise unreadable("unsafe")
    return root
