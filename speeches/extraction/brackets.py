"""Bracketed responsibilities: （A牵头，B、C配合）, （责任单位：A、B）, （A、B负责）."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bracket:
    """One bracket that names bodies or a time: its span in the text and what it says."""

    start: int
    end: int
    lead: tuple[str, ...] = ()
    co: tuple[str, ...] = ()
    time: str = ""


def find_brackets(text: str) -> list[Bracket]:
    """The brackets of `text` that assign responsibility, in order. Other brackets are left alone."""
    return []
