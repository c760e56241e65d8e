"""Thresholds can be moved for a while, and nothing keeps the trace."""

from benchmarks.outcomes import Outcome
from benchmarks.pictures import steps_of
from benchmarks.thresholds import threshold, thresholds, values_around
from bot.domain.understanding import ranking, understand


def now() -> tuple[float, float]:
    """The threshold where it stands, and where it is read by name."""
    return ranking.ACCEPTED, vars(understand)["ACCEPTED"]


def test_a_threshold_moves_wherever_it_is_read_and_comes_back() -> None:
    before, everything = now(), thresholds()
    with threshold("ACCEPTED", 0.123):
        assert now() == (0.123, 0.123)
    assert now() == before
    assert thresholds() == everything


def test_every_threshold_is_tried_at_what_it_is() -> None:
    assert {"ACCEPTED", "OFFERED"} <= thresholds().keys()
    for value in thresholds().values():
        assert value in values_around(value)


def test_neighbouring_values_that_change_nothing_are_one_step() -> None:
    one, other = Outcome(1.0, 1.0, 0.0, 1.0, 0.1), Outcome(1.0, 0.5, 0.0, 1.0, 0.1)
    assert steps_of({0.1: one, 0.2: one, 0.3: other}) == [([0.1, 0.2], one), ([0.3], other)]
