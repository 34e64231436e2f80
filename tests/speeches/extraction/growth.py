"""How the cost of a rule grows with its text: told by the processor time of two lengths, which other work on the machine
does not touch."""

import time
from collections.abc import Callable

FEW, TIMES = 1000, 16
SLACK = 6
"""Sixteen times the text may cost 16 x 6 = 96 times as much; a quadratic rule takes 256 times."""
CHEAP = 0.5
"""Seconds nobody minds, too short to compare."""


def grows_with_its_text(run: Callable[[int], object]) -> bool:
    """Whether `run(16,000)` costs no more than a rule that is linear in its argument would, measured at 1,000."""
    run(50)
    few = min(_seconds(run, FEW) for _ in range(3))
    return _seconds(run, FEW * TIMES) < max(CHEAP, few * TIMES * SLACK)


def _seconds(run: Callable[[int], object], times: int) -> float:
    began = time.process_time()
    run(times)
    return time.process_time() - began
