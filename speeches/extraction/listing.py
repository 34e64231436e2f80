"""Reads a list of departments from a file: TSV, JSON or one name a line. The one place where the engine meets a file."""

import json
from pathlib import Path

from speeches.extraction.model import Directory, Unit


def directory_from_file(path: Path) -> Directory:
    """The directory a file lists.

    TSV and text: name, then aliases (tab separated; aliases split at 、). JSON: a list of names, or of objects with
    name, short_name, aliases, groups. Raises OSError, ValueError.
    """
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix.lower() == ".json":
        return Directory(units=tuple(_unit(entry) for entry in json.loads(text)))
    rows = (line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return Directory(units=tuple(_row(row) for row in rows))


def _unit(entry: object) -> Unit:
    if isinstance(entry, str):
        return Unit(name=entry)
    if not isinstance(entry, dict) or not entry.get("name"):
        raise ValueError(f"not a department: {entry!r}")
    return Unit(
        name=str(entry["name"]),
        short_name=str(entry.get("short_name", "")),
        aliases=tuple(map(str, entry.get("aliases", ()))),
        groups=tuple(map(str, entry.get("groups", ()))),
    )


def _row(row: list[str]) -> Unit:
    name, *others = (cell.strip() for cell in row)
    aliases = tuple(alias for cell in others for alias in cell.split("、") if alias)
    return Unit(name=name, aliases=aliases)
