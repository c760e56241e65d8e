"""Exact bounds of a share that was counted (Clopper and Pearson, 1934)."""

import math
from collections.abc import Callable

CONFIDENCE = 0.95
STEPS = 50  # halvings: far finer than what is printed


def bounds(hits: int, total: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Between which shares the true one lies with at least this confidence."""
    tail = (1 - confidence) / 2
    least = 0.0 if hits == 0 else _first(lambda share: _at_least(hits, total, share) >= tail)
    most = 1.0 if hits == total else _first(lambda share: _at_least(hits + 1, total, share) > 1 - tail)
    return least, most


def _at_least(hits: int, total: int, share: float) -> float:
    """How likely so many hits or more are. Grows with the share."""
    yes, no = math.log(share), math.log1p(-share)
    return math.fsum(
        math.exp(_log_ways(each, total) + each * yes + (total - each) * no) for each in range(hits, total + 1)
    )


def _log_ways(hits: int, total: int) -> float:
    return math.lgamma(total + 1) - math.lgamma(hits + 1) - math.lgamma(total - hits + 1)


def _first(enough: Callable[[float], bool]) -> float:
    """The least share from 0 to 1 that is enough."""
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high
