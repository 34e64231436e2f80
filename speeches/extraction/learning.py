"""Learns what each rule is worth from labelled segments: logistic regression over the rules that fired, nothing else.

Used by the script that writes `weights.py`; the engine itself only adds the numbers up.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

ROUNDS = 30
LONGEST_STEP = 1.0
ENOUGH = 5e-3


@dataclass(frozen=True, slots=True)
class Example:
    """The rules that fired on one segment, the right answer, and how much the segment counts."""

    ids: Sequence[str]
    wanted: bool
    counts: float = 1.0


def fit(examples: Sequence[Example], *, decay: float) -> dict[str, float]:
    """Weights by rule id, with the starting value under "". Same examples, same weights.

    Coordinate descent with Newton steps; `decay` pulls each weight towards 0 (the starting value is free).
    """
    rows_of: dict[str, list[int]] = {"": list(range(len(examples)))}
    for row, example in enumerate(examples):
        for name in example.ids:
            rows_of.setdefault(name, []).append(row)
    weights = dict.fromkeys(rows_of, 0.0)
    sums = [0.0] * len(examples)
    for _ in range(ROUNDS):
        largest = 0.0
        for name in sorted(rows_of):
            step = _step(examples, sums, rows_of[name], weights[name], decay if name else 0.0)
            weights[name] += step
            for row in rows_of[name]:
                sums[row] += step
            largest = max(largest, abs(step))
        if largest < ENOUGH:
            break
    return weights


def total(weights: dict[str, float], ids: Sequence[str]) -> float:
    """The sum that decides: above 0 is yes."""
    return weights[""] + sum(weights.get(name, 0.0) for name in ids)


def _step(
    examples: Sequence[Example], sums: list[float], rows: list[int], weight: float, decay: float
) -> float:
    slope, bend = decay * weight, decay + 1e-9
    for row in rows:
        chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, sums[row]))))
        counts = examples[row].counts
        slope += counts * (chance - examples[row].wanted)
        bend += counts * chance * (1 - chance)
    return max(-LONGEST_STEP, min(LONGEST_STEP, -slope / bend))
