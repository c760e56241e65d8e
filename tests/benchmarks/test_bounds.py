"""Exact bounds of a counted share."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.bounds import bounds


@pytest.mark.parametrize(
    ("hits", "total", "least", "most"),
    [
        (0, 10, 0.0, 0.3085),
        (10, 10, 0.6915, 1.0),
        (5, 10, 0.1871, 0.8129),
        (1, 20, 0.0013, 0.2487),
        (0, 414, 0.0, 0.0089),
    ],
)
def test_bounds_are_those_of_published_tables(hits: int, total: int, least: float, most: float) -> None:
    assert bounds(hits, total) == pytest.approx((least, most), abs=1e-4)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 2_000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_bounds_hold_the_share_and_mirror_each_other(counted: tuple[int, int]) -> None:
    hits, total = counted
    least, most = bounds(hits, total)
    assert 0 <= least <= hits / total <= most <= 1
    assert bounds(total - hits, total) == pytest.approx((1 - most, 1 - least), abs=1e-9)
