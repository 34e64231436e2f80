"""Scores the engine against gold labels: the same units and definitions as the gold's own scorer, on engine results."""

import itertools
import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from speeches.extraction.analysis import analyse
from speeches.extraction.model import Extraction
from speeches.extraction.score import judge, reasons

_ENUM = (
    r"(?:[一二三四五六七八九十]{1,3}(?:是|要)(?=[^\s，。、]{2})|首先|其次|再次|再者|最后[,，要]|"
    r"第[一二三四五六七八九十]{1,2}[,，、]|[（(][一二三四五六七八九十]{1,3}[）)])"
)
_BREAK = re.compile(r"[。！？!?；;\n]+[”’」』）)\"]*")
_ENUM_AT = re.compile(r"(?<=[：:，,])(?=" + _ENUM + ")")


def gold_units(text: str) -> list[tuple[int, int]]:
    """The units labels refer to: sentences, cut at semicolons and before inline enumerators. Offsets in `text`."""
    cuts, start = [], 0
    for match in _BREAK.finditer(text):
        cuts.append((start, match.end()))
        start = match.end()
    cuts.append((start, len(text)))
    units = []
    for begin, end in cuts:
        points = [begin, *(begin + match.start() for match in _ENUM_AT.finditer(text[begin:end])), end]
        for low, high in itertools.pairwise(points):
            piece = text[low:high]
            if any(character.isalnum() for character in piece):
                units.append((low + len(piece) - len(piece.lstrip()), low + len(piece.rstrip())))
    return units


def offsets(body: str, source: str) -> list[int]:
    """For each offset of the cleaned body the offset in the source it came from."""
    if body == source:
        return list(range(len(body) + 1))
    at = [0] * (len(body) + 1)
    for block in SequenceMatcher(None, body, source, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            at[block.a + step] = block.b + step
    for index in range(1, len(at)):
        at[index] = max(at[index], at[index - 1])
    return at


@dataclass(slots=True)
class Tally:
    """Units of one text: T found and missed, noise (N taken) and soft (S taken), with the places of each error."""

    found: int = 0
    missed: int = 0
    noise: int = 0
    soft: int = 0
    tasks: int = 0
    errors: list[tuple[str, int, int]] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Count another text in."""
        for name in ("found", "missed", "noise", "soft", "tasks"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def precision(self) -> float:
        return _ratio(self.found, self.found + self.noise + self.soft)

    @property
    def lenient_precision(self) -> float:
        return _ratio(self.found, self.found + self.noise)

    @property
    def recall(self) -> float:
        return _ratio(self.found, self.found + self.missed)

    @property
    def f1(self) -> float:
        return _ratio(2 * self.precision * self.recall, self.precision + self.recall)

    def line(self, name: str) -> str:
        """One row of the table."""
        return (
            f"{name:38s} T={self.found + self.missed:4d} tasks={self.tasks:4d} P={self.precision:.3f} R={self.recall:.3f} "
            f"F1={self.f1:.3f} lenientP={self.lenient_precision:.3f} noise={self.noise} soft={self.soft}"
        )


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def score(extraction: Extraction, *, source: str, labels: list[str]) -> Tally:
    """Compare one result with the labels (T, S, H, N) of the units of `source`. H is neutral."""
    at = offsets(extraction.body, source)
    covered = bytearray(len(source))
    for task in extraction.tasks:
        low, high = at[task.start], at[max(task.start, task.end - 1)] + 1
        covered[low:high] = b"\1" * (high - low)
    units = gold_units(source)
    if len(units) != len(labels):
        raise ValueError(f"{len(units)} units but {len(labels)} labels")
    tally = Tally(tasks=len(extraction.tasks))
    for (low, high), label in zip(units, labels, strict=True):
        letters = [index for index in range(low, high) if source[index].isalnum()]
        taken = sum(covered[index] for index in letters) * 2 >= len(letters)
        _count(tally, label, taken, low, high)
    return tally


def _count(tally: Tally, label: str, taken: bool, low: int, high: int) -> None:
    if label == "T" and taken:
        tally.found += 1
    elif label == "T":
        tally.missed += 1
        tally.errors.append(("missed", low, high))
    elif taken and label in "NS":
        tally.noise += label == "N"
        tally.soft += label == "S"
        tally.errors.append((label, low, high))


_KINDS = {"missed": "漏报", "N": "误报", "S": "软要求误作任务"}


def explained(tally: Tally, *, body: str, source: str) -> list[str]:
    """Each miss and false hit with the zone it stands in and the reasons, for people."""
    at = offsets(body, source)
    views = [(at[view.segment.start], at[view.segment.end - 1] + 1, view) for view in analyse(body)]
    lines = []
    for kind, low, high in tally.errors:
        _, _, view = max(views, key=lambda one: min(high, one[1]) - max(low, one[0]))
        verdict = judge(view)
        why = " ".join(f"{reason.rule}{reason.weight:+.1f}" for reason in reasons(view)[:14])
        place = f"{view.zone.value}{' 标题' if view.place.heading else ''}"
        lines.append(
            f"  {_KINDS[kind]} [{place} {verdict.directive:+.1f} {verdict.definite:+.1f}] {source[low:high]!r}"
        )
        lines.append(f"      {why}")
    return lines
