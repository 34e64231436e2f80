"""One candidate as the review page shows it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from speeches.models import Candidate
from speeches.proposal import Choice, Proposal, propose, rhythm_of, stands_in_text
from speeches.prose import Mark
from speeches.units import UnitBook
from tracker.items.units import unit_words
from tracker.org.models import Department

Status = Candidate.Status
_TINTS = {
    Status.ACCEPTED: ("a", "✓"),
    Status.EDITED: ("a", "✓"),
    Status.MERGED: ("a", "⤷"),
    Status.REJECTED: ("x", "✕"),
    Status.REQUIREMENT: ("g", ""),
    Status.FLAGGED: ("p", "?"),
}
_CLAUSE = re.compile(r"[^，；。！？,;：]+[，；。！？,;：]*")
_RHYTHMS = {
    "daily": "每天", "weekly": "每周", "biweekly": "每两周", "monthly": "每月", "quarterly": "每季度", "termly": "每学期", "yearly": "每年",
}  # fmt: skip
_DIRECTIONS = {">=": "≥", "<=": "≤"}


@dataclass(frozen=True, slots=True)
class Card:
    """A candidate with its number among the tasks of its speech, and what its form holds."""

    candidate: Candidate
    number: str
    part: int
    proposal: Proposal
    choice: Choice
    errors: tuple[str, ...] = ()
    is_here: bool = False
    target: str = ""  # what it was merged into: 候选 12, 〔2026〕18号

    @property
    def key(self) -> str:
        """The id of the card on the page."""
        return f"c{self.candidate.pk}"

    @property
    def start(self) -> int:
        """Where it begins in the body; `?at=` names it by this."""
        return self.candidate.start

    @property
    def end(self) -> int:
        """Where it ends in the body."""
        return self.candidate.end

    @property
    def is_requirement(self) -> bool:
        """Whether it is listed under 一般要求 rather than among the tasks."""
        return is_requirement(self.candidate)

    @property
    def is_open(self) -> bool:
        """Whether it can be decided: a waiting task, or a requirement that could become one."""
        return self.candidate.is_pending

    @property
    def is_flagged(self) -> bool:
        """存疑."""
        return self.candidate.status == Status.FLAGGED

    @property
    def lacks_lead(self) -> bool:
        """未明确单位, by the rule of `items.units`: its item, or the item to be, has no lead and no groups that share it.

        A body that the text names and the directory does not know is no unit of ours.
        """
        item = self.candidate.item
        if item is not None:
            return item.is_open and item.discarded_at is None and not item.has_unit
        return self.proposal.choice.lead is None and not self.proposal.groups

    @property
    def waits_for_lead(self) -> bool:
        """Whether somebody has yet to say who leads: before it is decided, or in the draft it became."""
        row = self.candidate
        return self.lacks_lead and (
            row.is_pending or (row.status in Candidate.TAKEN and row.merged_into_id is None)
        )

    @property
    def lacks_due(self) -> bool:
        """未明确时限: neither a date nor a rhythm."""
        return self.candidate.due is None and not self.candidate.recur

    @property
    def is_ready(self) -> bool:
        """Whether a bulk accept takes it."""
        waiting = self.candidate.status == Status.PENDING and not self.is_requirement
        return waiting and stands_in_text(self.candidate, self.proposal)

    @property
    def tint(self) -> str:
        """The class of its words in the speech."""
        if self.is_here and self.is_open:
            return "c"
        return "g" if self.is_requirement else _TINTS.get(Status(self.candidate.status), ("p", ""))[0]

    @property
    def sign(self) -> str:
        """✓ taken, ⤷ merged, ✕ no task, ? doubtful."""
        return _TINTS.get(Status(self.candidate.status), ("", ""))[1]

    @property
    def mark(self) -> Mark:
        """Its words in the speech."""
        label = f"候选 {self.number}" if self.number else "一般要求"
        return Mark(self.start, self.end, self.key, self.tint, self.number, self.sign, label)

    @property
    def verdict(self) -> str:
        """What became of it, in words."""
        row = self.candidate
        if row.status == Status.MERGED:
            return f"并入{self.target}"
        if row.status == Status.REJECTED:
            return f"不作为任务·{row.get_reject_reason_display()}"
        if row.status == Status.REQUIREMENT:
            return "转一般要求"
        return "一般要求" if self.is_requirement else row.get_status_display()

    @property
    def lead_words(self) -> str:
        """Who leads: the item's unit, else as found (see `items.units`). Empty: 未明确单位."""
        item, groups = self.candidate.item, self.proposal.groups
        if item is not None:
            return item.unit_words
        written = "、".join(self.candidate.lead)
        return unit_words(str(self.choice.lead or ""), "、".join(map(str, groups)), written)

    @property
    def supporting_words(self) -> str:
        """Who supports."""
        item = self.candidate.item
        known = item.supporting.all() if item is not None else self.choice.supporting
        written = item.supporting_text if item is not None else self.proposal.supporting_text
        return "、".join(filter(None, [*(str(department) for department in known), written]))

    @property
    def due(self) -> date | None:
        """By when: the item's date, else as found."""
        item = self.candidate.item
        return item.due if item is not None else self.candidate.due

    @property
    def rhythm(self) -> str:
        """每月, where a rhythm is stated."""
        return _RHYTHMS.get(rhythm_of(self.candidate), "")

    @property
    def section(self) -> str:
        """The heading path in one line."""
        return " › ".join(self.candidate.section)

    @property
    def suggested(self) -> list[Department]:
        """Up to three departments that stand near but not in the sentence: offered, never filled in."""
        return list(self.proposal.suggested)[:3]

    @property
    def clauses(self) -> list[tuple[int, str]]:
        """The quote cut at its pauses: (offset in the body, text). Before each but the first it can be split."""
        quote = self.candidate.quote
        return [(self.start + match.start(), match[0]) for match in _CLAUSE.finditer(quote)]

    @property
    def figures(self) -> list[tuple[str, str]]:
        """(≥, 不少于1200人次)."""
        rows = self.candidate.figures
        return [(_DIRECTIONS.get(row.get("direction", ""), ""), row.get("text", "")) for row in rows]

    @property
    def reasons(self) -> list[tuple[bool, str]]:
        """(speaks for it, phrase), the strongest first, those against last."""
        rows = sorted(self.candidate.reasons, key=lambda row: -float(row.get("weight", 0)))
        return [(float(row.get("weight", 0)) >= 0, row["phrase"]) for row in rows if row.get("phrase")]


def is_requirement(candidate: Candidate) -> bool:
    """A soft requirement that nobody made a task of."""
    return candidate.is_requirement and candidate.status not in Candidate.TAKEN


def cards_of(rows: Iterable[Candidate], *, book: UnitBook, parts: Sequence[Sequence[Any]]) -> list[Card]:
    """Cards in the order of the speech. Tasks are numbered, anew in every part of the file."""
    starts = [int(part[1]) for part in parts[1:]]
    counts: Counter[int] = Counter()
    cards = []
    for row in rows:
        part = sum(start <= row.start for start in starts)
        number = ""
        if not is_requirement(row):
            counts[part] += 1
            number = str(counts[part])
        proposal = propose(row, book=book, spoken_on=row.speech.counts_from)
        cards.append(Card(row, number, part, proposal, proposal.choice))
    numbers = {card.candidate.pk: card.number for card in cards}
    return [replace(card, target=_target(card.candidate, numbers)) for card in cards]


def _target(row: Candidate, numbers: dict[int, str]) -> str:
    if row.merged_into_id is not None:
        return f"候选 {numbers.get(row.merged_into_id, '')}"
    return row.item.number if row.item is not None else "其他事项"
