"""Learns what each rule is worth from labelled segments: a linear model over the rules that fired, nothing else.

Used by the script that writes `weights.py`; the engine itself only adds the numbers up.
"""

import math
import random
from collections.abc import Sequence

Example = tuple[Sequence[str], bool]


def fit(
    examples: Sequence[Example], *, decay: float, rounds: int = 60, rate: float = 0.5
) -> dict[str, float]:
    """Weights by rule id, with the threshold under "" (add it to the sum). Same examples, same weights."""
    shuffled = random.Random(0)
    weights: dict[str, float] = {"": 0.0}
    squares: dict[str, float] = {"": 1e-6}
    order = list(range(len(examples)))
    for _ in range(rounds):
        shuffled.shuffle(order)
        for at in order:
            ids, wanted = examples[at]
            error = _chance(weights, ids) - wanted
            _step(weights, squares, "", error, rate)
            for name in ids:
                _step(weights, squares, name, error + decay * weights.get(name, 0.0), rate)
    return weights


def total(weights: dict[str, float], ids: Sequence[str]) -> float:
    """The sum that decides: above 0 is yes."""
    return weights[""] + sum(weights.get(name, 0.0) for name in ids)


def _chance(weights: dict[str, float], ids: Sequence[str]) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total(weights, ids)))))


def _step(weights: dict[str, float], squares: dict[str, float], name: str, slope: float, rate: float) -> None:
    squares[name] = squares.get(name, 1e-6) + slope * slope
    weights[name] = weights.get(name, 0.0) - rate * slope / math.sqrt(squares[name])
