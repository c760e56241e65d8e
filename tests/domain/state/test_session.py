"""A session's clock: which point and side is when, however late somebody looks."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.state.session import (
    BOTH,
    CHANGE_SECONDS,
    LEFT,
    MIDDLE,
    RIGHT,
    Session,
    advanced_to,
    ended,
    other_side,
    paused,
    prepared,
    resumed,
    seconds_left,
    skipped,
    total_seconds,
)
from tests.knowledge_for_tests import point

NOW = 1_000_000.0
TWO = prepared([point("GB20", "neck"), point("LI4", "hand")])
RUNNING = resumed(TWO, NOW)
waits = st.lists(st.floats(0, 60), max_size=20)


def test_the_points_keep_their_order_and_the_left_side_comes_first() -> None:
    assert TWO.steps == (("GB20", LEFT, 30), ("GB20", RIGHT, 30), ("LI4", LEFT, 30), ("LI4", RIGHT, 30))


def test_a_point_pressed_with_both_hands_at_once_is_one_step_and_the_midline_too() -> None:
    both, midline = replace(point("GB20", "neck"), both_at_once=True), replace(point("CV17", "chest"), bilateral=False)
    assert prepared([both, midline]).steps == (("GB20", BOTH, 30), ("CV17", MIDDLE, 30))


def test_a_session_runs_by_itself_to_its_end() -> None:
    assert advanced_to(RUNNING, NOW + 29).place == 0
    assert advanced_to(RUNNING, NOW + 31).place == 1
    assert advanced_to(RUNNING, NOW + total_seconds(TWO) - CHANGE_SECONDS - 1).place == 3
    assert advanced_to(RUNNING, NOW + total_seconds(TWO)).over


@given(waits)
def test_however_often_and_late_one_looks_it_is_the_same_session(looks: list[float]) -> None:
    looked, now = RUNNING, NOW
    for wait in looks:
        now += wait
        looked = advanced_to(looked, now)
    assert looked == advanced_to(RUNNING, now)


@given(st.floats(0, 29), st.floats(0, 3000))
def test_a_pause_of_any_length_takes_nothing_from_the_step(before: float, pause: float) -> None:
    stopped = paused(RUNNING, NOW + before)
    later = resumed(advanced_to(stopped, NOW + before + pause), NOW + before + pause)
    assert seconds_left(later, NOW + before + pause) == pytest.approx(30 - before)


def test_while_the_hand_moves_the_clock_stands() -> None:
    session = advanced_to(RUNNING, NOW + 30)
    assert seconds_left(session, NOW + 30) == 30
    assert seconds_left(session, NOW + 30 + CHANGE_SECONDS + 10) == 20


def test_the_other_side_begins_anew_and_the_first_one_follows() -> None:
    session = other_side(RUNNING, NOW + 10)
    assert [step[1] for step in session.steps[:2]] == [RIGHT, LEFT]
    assert seconds_left(session, NOW + 10) == 30
    assert advanced_to(session, NOW + 10 + CHANGE_SECONDS + 30).side == LEFT


def test_the_other_side_of_the_second_side_is_the_first_again() -> None:
    session = other_side(advanced_to(RUNNING, NOW + 31), NOW + 31)
    assert (session.place, session.side) == (1, LEFT)


def test_a_point_without_sides_has_no_other_one() -> None:
    one = Session((("CV12", "", 60),), ends_at=NOW + 60)
    assert other_side(one, NOW) == one


def test_only_what_was_pressed_for_half_of_its_time_counts() -> None:
    session = skipped(skipped(RUNNING, NOW + 5), NOW + 10)
    assert session.pressed == ()
    assert skipped(session, NOW + 10 + CHANGE_SECONDS + 20).pressed == ("LI4",)


def test_ended_in_the_middle_nothing_later_counts() -> None:
    assert ended(advanced_to(RUNNING, NOW + 31), NOW + 40).pressed == ("GB20",)
    assert ended(RUNNING, NOW + 1).pressed == ()
