"""Time phrases of a sentence, and the day or rhythm each one fixes."""

import re
from datetime import date

from speeches.extraction.model import Deadline, Directory

_YEAR_END = re.compile(r"年底(?:之?前)?|年末(?:之?前)?|年内")


def find_deadlines(text: str, *, spoken_on: date, directory: Directory) -> list[Deadline]:
    """Every time phrase of `text`, in order, offsets in `text`; `due` is never before `spoken_on`."""
    return [
        Deadline(match.start(), match.end(), match[0], due=date(spoken_on.year, 12, 31), rule="取当年12月31日")
        for match in _YEAR_END.finditer(text)
    ]


def best_deadline(text: str, *, spoken_on: date, directory: Directory) -> Deadline | None:
    """The one deadline a task row made of `text` should carry, or None when the text names none."""
    found = find_deadlines(text, spoken_on=spoken_on, directory=directory)
    return found[-1] if found else None
