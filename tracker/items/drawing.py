"""The state machine as people read it: drawn and listed from `MOVES` and `MATRIX` for `docs/workflow.md`."""

from collections.abc import Iterator

from tracker.items.permissions import MATRIX, Standing
from tracker.items.states import ENDED, MOVES, Move, Status


def as_mermaid() -> str:
    """A Mermaid state diagram: every state, every move; GitHub and the usual editors draw it."""
    lines = ["stateDiagram-v2", *(f'    state "{status.label}" as {status.value}' for status in Status)]
    lines.append(f"    [*] --> {Status.DRAFT.value}: 立项")
    for move in MOVES.values():
        lines += [f"    {source} --> {target}: {move.label}" for source, target in _edges(move)]
    return "\n".join([*lines, *(f"    {status.value} --> [*]" for status in ENDED)])


def _edges(move: Move) -> Iterator[tuple[str, str]]:
    for source in move.sources:
        for target in _targets(move):
            yield source.value, target.value


def _targets(move: Move) -> tuple[Status, ...]:
    """Where a move leads; one that restores the state before leads to any it was remembered from."""
    if move.target:
        return (move.target,)
    remembered = [kept for kept in MOVES.values() if kept.remembers and kept.target in move.sources]
    return tuple(status for status in Status if any(status in kept.sources for kept in remembered))


def as_table() -> str:
    """The moves as a Markdown table: from, to, who, what must be written."""
    rows = [
        f"| {move.label} | {_words(move.sources)} | {_to(move)} | {_who(move.name)} | {'须写明' if move.needs_reason else '—'} |"
        for move in MOVES.values()
    ]
    return "\n".join(["| 操作 | 从 | 到 | 谁 | 原因或说明 |", "|---|---|---|---|---|", *rows])


def _words(statuses: tuple[Status, ...]) -> str:
    return "、".join(str(status.label) for status in statuses)


def _to(move: Move) -> str:
    return str(move.target.label) if move.target else f"原状态（{_words(_targets(move))}）"


def _who(name: str) -> str:
    may = MATRIX[name][1]
    return "；".join(standing.value for standing in Standing if standing in may)
