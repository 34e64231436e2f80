"""The values the engine takes and gives. Plain frozen data: no behaviour that needs anything outside this file.

What a text has by the hundred is a named tuple, which is made several times faster than a dataclass.

Offsets everywhere are Unicode code points of the cleaned body given to `extract`, end exclusive.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What a sentence does in the speech. Every sentence has exactly one."""

    TASK = "task"
    REQUIREMENT = "requirement"
    HEADING = "heading"
    REVIEW = "review"
    PROBLEM = "problem"
    RATIONALE = "rationale"
    PROCEDURE = "procedure"
    FURNITURE = "furniture"


class Kind(StrEnum):
    """How a task binds: 必须做, 禁止, 承诺, 建议."""

    DO = "do"
    FORBID = "forbid"
    COMMIT = "commit"
    SUGGEST = "suggest"


class Recur(StrEnum):
    """A stated rhythm."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    TERMLY = "termly"
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True)
class Term:
    """One school term of the office's calendar, both days included."""

    name: str
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class Unit:
    """A body of the office's directory. `aliases` are other spellings, `groups` the collective names it belongs to (各学校)."""

    name: str
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Directory:
    """What the engine may know of the office: plain data, filled by one factory. `Directory()` knows nothing."""

    units: tuple[Unit, ...] = ()
    terms: tuple[Term, ...] = ()
    holidays: frozenset[date] = frozenset()
    extra_workdays: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time phrase with what it means.

    `due` is None for a rhythm, a start date or a phrase that fixes no day (尽快); `rule` says in Chinese how the day
    was reckoned, and `reckoned` whether it was (推算) rather than read as written.
    """

    start: int
    end: int
    phrase: str
    due: date | None = None
    recur: Recur | None = None
    rule: str = ""
    reckoned: bool = False


@dataclass(frozen=True, slots=True)
class Responsible:
    """The bodies a text names, verbatim: 牵头 first, then 配合. `suggested` stand near but not in the sentence.

    `inherited` when the text names none and these govern it from what stands before.
    """

    lead: tuple[str, ...] = ()
    co: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A numeric target, verbatim, with its direction (">=", "<=", "=")."""

    text: str
    direction: str = "="


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: the rule's id, its phrase for the clerk, and whether it spoke for (+) or against (-)."""

    rule: str
    phrase: str
    weight: float


class Found(NamedTuple):
    """A task or a requirement with the exact span it came from."""

    start: int
    end: int
    quote: str
    title: str
    section: tuple[str, ...] = ()
    kind: Kind = Kind.DO
    lead: tuple[str, ...] = ()
    co: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()
    due: date | None = None
    due_phrase: str = ""
    due_rule: str = ""
    reckoned: bool = False
    recur: Recur | None = None
    figures: tuple[Figure, ...] = ()
    items: tuple[str, ...] = ()
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()


class Sentence(NamedTuple):
    """One sentence of the body with its single role. `section` is the heading path it stands under."""

    start: int
    end: int
    role: Role
    section: tuple[str, ...] = ()
    directive: bool = False  # looks like an instruction: if nothing claims it, the coverage meter shows it


@dataclass(frozen=True, slots=True)
class Part:
    """One speech of a file that holds several."""

    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Extraction:
    """All the engine says of one text."""

    body: str
    parts: tuple[Part, ...] = ()
    tasks: tuple[Found, ...] = ()
    requirements: tuple[Found, ...] = ()
    sentences: tuple[Sentence, ...] = field(default=())
