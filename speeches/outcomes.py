"""What became of each candidate, measured against what the engine had proposed.

`Candidate.is_requirement` is the engine's word and no decision changes it; a decided row is never written by a re-run.
So everything here can be told from the stored rows alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import TextChoices

from speeches.models import Candidate, CandidateQuerySet

_Status = Candidate.Status
_TAKEN = Candidate.TAKEN


class Outcome(TextChoices):
    """Each counted candidate has exactly one. The values also name lists of the review page: `?show=edited`."""

    # a task the engine proposed
    WAITING = "waiting", "提取任务待核对"
    ACCEPTED = "accepted", "原样采纳"
    EDITED = "edited", "修改后采纳"
    MERGED = "merged", "并入"
    SPLIT = "split", "拆分"
    TO_REQUIREMENT = "to_requirement", "转为一般要求"
    PRINCIPLE = "principle", "不作为任务·原则要求"
    SITUATION = "situation", "不作为任务·情况介绍"
    DUPLICATE = "duplicate", "不作为任务·重复"
    ELSEWHERE = "elsewhere", "不作为任务·非本单位"
    # a task that was taken though the engine had not proposed it so
    PIECE = "piece", "拆分后采纳"
    PROMOTED = "promoted", "要求转为任务"
    ADDED = "added", "人工补充"


@dataclass(frozen=True, slots=True)
class Fate:
    """One counted candidate and its outcome."""

    pk: int
    speech: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class _Row:
    pk: int
    speech: int
    origin: str
    is_requirement: bool
    status: str
    reason: str
    parent: int | None


_FIELDS = ("pk", "speech_id", "origin", "is_requirement", "status", "reject_reason", "split_from_id")
_TASK_OUTCOMES = {
    _Status.PENDING: Outcome.WAITING,
    _Status.FLAGGED: Outcome.WAITING,
    _Status.ACCEPTED: Outcome.ACCEPTED,
    _Status.EDITED: Outcome.EDITED,
    _Status.MERGED: Outcome.MERGED,
    _Status.SPLIT: Outcome.SPLIT,
    _Status.REQUIREMENT: Outcome.TO_REQUIREMENT,
}


def fates(candidates: CandidateQuerySet) -> Iterator[Fate]:
    """The outcome of every candidate that has one, in one query. Pass all candidates of a speech or none.

    Without one are: requirements left as such, and what was added by hand or split off and then not taken.
    """
    rows = {values[0]: _Row(*values) for values in candidates.order_by("pk").values_list(*_FIELDS)}
    for row in rows.values():
        outcome = _outcome(row, rows)
        if outcome is not None:
            yield Fate(row.pk, row.speech, outcome)


def _outcome(row: _Row, rows: Mapping[int, _Row]) -> Outcome | None:
    root = _root(row, rows)
    if root is row and _is_proposed_task(row):
        is_rejected = row.status == _Status.REJECTED
        return Outcome(row.reason) if is_rejected else _TASK_OUTCOMES[_Status(row.status)]
    if row.status not in _TAKEN:
        return None
    if root.origin == Candidate.Origin.HAND:
        return Outcome.ADDED
    return Outcome.PIECE if _is_proposed_task(root) else Outcome.PROMOTED


def _is_proposed_task(row: _Row) -> bool:
    return row.origin == Candidate.Origin.ENGINE and not row.is_requirement


def _root(row: _Row, rows: Mapping[int, _Row]) -> _Row:
    """What a piece was split from in the end: a piece of a missed sentence is a missed one, of a task is none."""
    while row.parent is not None and row.parent in rows:
        row = rows[row.parent]
    return row
