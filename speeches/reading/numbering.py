"""Automatic numbers of a Word document, counted as Word counts them."""

import re
from dataclasses import dataclass, field

from lxml import etree

from .numerals import numeral

W = "{*}"
_LEVELS = 9
_LONGEST_LABEL = 60  # characters; it is written out in front of every paragraph
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is written. `text` holds %1 … %9 for the numbers of the levels."""

    start: int = 1
    fmt: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None  # the level after which it starts anew; 0 never, None after any higher one
    legal: bool = False  # all numbers in digits
    style: str = ""


@dataclass(slots=True)
class _List:
    """A list in use: `key` is shared by all numbers that count together."""

    key: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


def value(parent: etree._Element | None, path: str, default: str = "") -> str:
    """The w:val of the element at `path`."""
    found = None if parent is None else parent.find(path)
    return default if found is None else _attribute(found, "val", default)


def _attribute(element: etree._Element, name: str, default: str = "") -> str:
    for key, text in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(text)
    return default


def _number(text: str, default: int = 0) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else default


class Numbering:
    """Gives each paragraph its number in turn; paragraphs must come in the order of the document."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._abstracts: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._by_style: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if numbering is not None:
            self._read_abstracts(numbering)
            self._read_lists(numbering)
        self._styles = {} if styles is None else self._read_styles(styles)

    def label(self, properties: etree._Element | None) -> str:
        """The number of the paragraph with these properties (w:pPr), with its suffix; empty without a number."""
        num, level = self._place(properties)
        used = self._lists.get(num)
        if used is None or level not in used.levels:
            return ""
        counts = self._count(num, used, level)
        style = used.levels[level]

        def said(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = used.levels.get(at, Level())
            number = counts.get(at, used.starts.get(at, other.start))
            return str(number) if style.legal else numeral(number, other.fmt)

        if style.fmt == "bullet":
            return style.text if style.text in ("—", "——") else ""
        text = _PLACE.sub(said, style.text)
        return text + _gap(text, style.suffix)

    def _count(self, num: str, used: _List, level: int) -> dict[int, int]:
        counts = self._counts.setdefault(used.key, {})
        if (num, level) not in self._begun and level in used.starts:
            counts.pop(level, None)  # a list with its own start begins anew where it is first used
        self._begun.add((num, level))
        first = used.starts.get(level, used.levels[level].start)
        counts[level] = counts[level] + 1 if level in counts else first
        for lower in range(level + 1, _LEVELS):
            restart = used.levels.get(lower, Level()).restart
            if restart is None or (restart and level < restart):
                counts.pop(lower, None)
        return counts

    def _place(self, properties: etree._Element | None) -> tuple[str, int]:
        style = value(properties, f"{W}pStyle")
        inherited = self._styles.get(style, ("", 0))
        own = None if properties is None else properties.find(f"{W}numPr")
        if own is None:
            return inherited
        num = value(own, f"{W}numId") or inherited[0]
        level = value(own, f"{W}ilvl")
        return num, _number(level) if level else (inherited[1] if num == inherited[0] else 0)

    def _read_abstracts(self, root: etree._Element) -> None:
        for abstract in root.iterfind(f"{W}abstractNum"):
            key = _attribute(abstract, "abstractNumId")
            self._abstracts[key] = dict(map(_level, abstract.iterfind(f"{W}lvl")))
            link = value(abstract, f"{W}styleLink")
            if link:
                self._links[link] = key
        for abstract in root.iterfind(f"{W}abstractNum"):
            key, link = _attribute(abstract, "abstractNumId"), value(abstract, f"{W}numStyleLink")
            if link in self._links and not self._abstracts[key]:
                self._abstracts[key] = self._abstracts[self._links[link]]

    def _read_lists(self, root: etree._Element) -> None:
        for entry in root.iterfind(f"{W}num"):
            num, key = _attribute(entry, "numId"), value(entry, f"{W}abstractNumId")
            levels, starts = dict(self._abstracts.get(key, {})), {}
            for change in entry.iterfind(f"{W}lvlOverride"):
                at = _number(_attribute(change, "ilvl"))
                own = change.find(f"{W}lvl")
                if own is not None:
                    levels[at] = _level(own)[1]
                begin = value(change, f"{W}startOverride")
                if begin:
                    starts[at] = _number(begin, 1)
            self._lists[num] = _List(key, levels, starts)
            for at, level in levels.items():
                if level.style:
                    self._by_style.setdefault(level.style, (num, at))

    def _read_styles(self, root: etree._Element) -> dict[str, tuple[str, int]]:
        parents: dict[str, str] = {}
        own: dict[str, tuple[str, int]] = {}
        for style in root.iterfind(f"{W}style"):
            name = _attribute(style, "styleId")
            parents[name] = value(style, f"{W}basedOn")
            place = style.find(f"{W}pPr/{W}numPr")
            if name in self._by_style:
                own[name] = self._by_style[name]
            elif place is not None:
                own[name] = value(place, f"{W}numId"), _number(value(place, f"{W}ilvl"))
        return {name: _inherited(name, parents, own) for name in parents}


def _inherited(name: str, parents: dict[str, str], own: dict[str, tuple[str, int]]) -> tuple[str, int]:
    seen: set[str] = set()
    while name and name not in seen:
        if name in own:
            return own[name]
        seen.add(name)
        name = parents.get(name, "")
    return "", 0


def _level(element: etree._Element) -> tuple[int, Level]:
    restart = value(element, f"{W}lvlRestart")
    legal = element.find(f"{W}isLgl")
    # Word 2010 hides its newer formats in mc:AlternateContent; the plain one is inside the fallback.
    fmt = value(element, f"{W}numFmt") or value(element, f".//{W}numFmt", "decimal")
    return _number(_attribute(element, "ilvl")), Level(
        start=_number(value(element, f"{W}start", "0")),
        fmt=fmt,
        text=value(element, f"{W}lvlText")[:_LONGEST_LABEL],
        suffix=value(element, f"{W}suff", "tab"),
        restart=_number(restart) if restart else None,
        legal=legal is not None and _attribute(legal, "val", "1") not in ("0", "false", "off"),
        style=value(element, f"{W}pStyle"),
    )


def _gap(text: str, suffix: str) -> str:
    """Word's tab after a number; needless after a mark that already separates."""
    if suffix == "nothing" or not text:
        return ""
    apart = text[-1] in "章节条款编部篇" or (text[-1].isascii() and text[-1] not in ".,):")
    return " " if apart else ""
