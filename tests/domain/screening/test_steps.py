"""Which question is next, and the two locks before point text."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.knowledge import Checklist, Knowledge, PregnancyRule
from bot.domain.screening.steps import UNSURE, Step, current_stop, next_step, open_first_lock, row_stops, second_lock
from bot.domain.state.dialogue import Dialogue
from bot.domain.state.durations import DAY, HOUR
from tests.knowledge_for_tests import tiny

NOW = 9_000.0
AVOIDED = tuple(p.id for p in tiny().points.values() if p.avoid_in_pregnancy is not PregnancyRule.NOT_LISTED)
# A wish whose every question is answered; each step below breaks one thing more.
READY = Dialogue(
    revision=1,
    began_at=NOW - 100,
    conditions=("neck_pain", "hip_pain"),
    answered_none=("neck", "hip"),
    doctor_checked=("hip_pain",),
    completed_at=NOW - 50,
    first_completed_at=NOW - 50,
    completed_for=("neck", "hip"),
    checklist_version="1",
)
BROKEN: tuple[tuple[Step, dict[str, object]], ...] = (
    (Step.CHECKLIST, {"completed_at": None}),
    (Step.DOCTOR, {"doctor_checked": ()}),
    (Step.QUESTION, {"answered_none": ("neck",)}),
    (Step.STATED_STOP, {"stated": ("fever_infection",)}),
    (Step.REFER, {"referred": ("asthma",)}),
    (Step.FLAG_CHECK, {"flags": ("stroke",), "flag_at": NOW - 10}),
)


def changed(changes: dict[str, object]) -> Dialogue:
    """READY with these fields."""
    return Dialogue(**{**{name: getattr(READY, name) for name in Dialogue.__slots__}, **changes})


@pytest.mark.safety("S-20")
@pytest.mark.parametrize("count", range(1, len(BROKEN) + 1))
def test_the_questions_come_in_their_order(knowledge: Knowledge, count: int) -> None:
    missing: dict[str, object] = {}
    for _, change in BROKEN[:count]:
        missing |= change
    assert next_step(changed(missing), knowledge, NOW) is BROKEN[count - 1][0]
    assert open_first_lock(changed(missing), knowledge, NOW) is None


@pytest.mark.safety("S-20")
@pytest.mark.parametrize(("step", "change"), BROKEN)
def test_one_thing_missing_is_enough_to_keep_points_back(
    knowledge: Knowledge, step: Step, change: dict[str, object]
) -> None:
    assert next_step(changed(change), knowledge, NOW) is step
    assert open_first_lock(changed(change), knowledge, NOW) is None


def test_with_everything_answered_the_first_lock_opens_for_exactly_the_points_of_the_plan(knowledge: Knowledge) -> None:
    assert next_step(READY, knowledge, NOW) is Step.CLEAR
    clearance = open_first_lock(READY, knowledge, NOW)
    assert clearance is not None
    assert clearance.points == ("GB20", "ST36", "GB21", "LI4")


@pytest.mark.safety("S-16")
def test_without_red_flags_or_without_a_wish_the_first_lock_stays_shut(knowledge: Knowledge) -> None:
    assert open_first_lock(READY, replace(knowledge, red_flags={}), NOW) is None
    assert open_first_lock(replace(READY, conditions=()), knowledge, NOW) is None


@pytest.mark.safety("S-33")
def test_a_stop_comes_before_any_question(knowledge: Knowledge) -> None:
    stopped = replace(READY, ticks=("pregnancy",), answered_none=(), doctor_checked=())
    assert next_step(stopped, knowledge, NOW) is Step.STOP


@pytest.mark.safety("S-24")
def test_not_sure_about_the_checklist_stops(knowledge: Knowledge) -> None:
    assert next_step(replace(READY, ticks=(UNSURE,)), knowledge, NOW) is Step.STOP


@pytest.mark.safety("S-30")
@pytest.mark.parametrize("seconds", [HOUR - 51, HOUR - 50, -51.0])
def test_an_expired_checklist_is_asked_again(knowledge: Knowledge, seconds: float) -> None:
    expected = Step.CLEAR if 0 < seconds < HOUR - 50 else Step.CHECKLIST
    assert next_step(READY, knowledge, NOW + seconds) is expected


@pytest.mark.safety("S-30")
def test_another_region_asks_again(knowledge: Knowledge) -> None:
    moved = replace(READY, conditions=("low_back_pain",), answered_none=("spine",))
    assert next_step(moved, knowledge, NOW) is Step.CHECKLIST
    near = replace(READY, conditions=("neck_pain",))
    assert next_step(near, knowledge, NOW) is Step.CLEAR


@pytest.mark.safety("S-30")
def test_another_version_of_the_checklist_asks_again(knowledge: Knowledge) -> None:
    newer = replace(knowledge, checklist=Checklist("2", knowledge.checklist.rows))
    assert next_step(READY, newer, NOW) is Step.CHECKLIST


@pytest.mark.safety("S-12")
def test_a_checked_or_old_flag_lets_points_pass(knowledge: Knowledge) -> None:
    flagged = replace(READY, flags=("stroke",), flag_at=NOW)
    assert next_step(flagged, knowledge, NOW) is Step.FLAG_CHECK
    assert next_step(replace(flagged, flag_checked=True), knowledge, NOW) is Step.CLEAR
    assert next_step(replace(flagged, flag_at=NOW - DAY), knowledge, NOW) is Step.CLEAR


@pytest.mark.safety("S-28")
def test_when_every_point_is_left_out_nothing_is_shown(knowledge: Knowledge) -> None:
    wrist = replace(READY, conditions=("wrist_pain",), answered_none=("wrist",), completed_for=("wrist_hand",))
    assert next_step(replace(wrist, ticks=("skin_or_injury",)), knowledge, NOW) is Step.NOTHING_LEFT


@pytest.mark.safety("S-33")
def test_a_row_stops_for_the_places_it_was_ticked_for_on_every_route(knowledge: Knowledge) -> None:
    neck = replace(READY, ticks=("skin_or_injury",))
    assert current_stop(replace(neck, conditions=(), point="LI4"), knowledge) is not None
    wrist = replace(neck, completed_for=("wrist_hand",))
    assert current_stop(wrist, knowledge) is None
    assert current_stop(replace(wrist, completed_at=None), knowledge) is not None
    reopened = replace(neck, conditions=("wrist_pain",), completed_at=None)
    assert current_stop(reopened, knowledge) is not None, "it was ticked for the neck"


@pytest.mark.safety("S-31")
def test_which_rows_stop_depends_on_the_complaint(knowledge: Knowledge) -> None:
    assert row_stops("skin_or_injury", READY, knowledge)
    wrist = replace(READY, conditions=("wrist_pain",), completed_for=("wrist_hand",))
    assert not row_stops("skin_or_injury", wrist, knowledge)
    assert row_stops("pregnancy", wrist, knowledge)
    feverish = replace(wrist, stated=("fever_infection",))
    assert not row_stops("skin_or_injury", feverish, knowledge), "it is the fever that stops"


LOCKED: tuple[dict[str, object], ...] = (
    {"ticks": ("pregnancy",)},
    {"ticks": (UNSURE,)},
    {"stated": ("pregnancy",)},
    {"stated": ("pregnancy_points",)},
    {"completed_at": None},
    {"completed_at": NOW - HOUR},
    {"completed_at": NOW + 1},
    {"checklist_version": "0"},
)


@pytest.mark.safety("S-29")
@pytest.mark.parametrize("change", LOCKED)
@pytest.mark.parametrize("code", AVOIDED)
def test_the_second_lock_holds_without_the_first(knowledge: Knowledge, change: dict[str, object], code: str) -> None:
    assert second_lock((code,), READY, knowledge, NOW)
    assert not second_lock((code,), changed(change), knowledge, NOW)
    assert not second_lock(("GB20", code), changed(change), knowledge, NOW)


@pytest.mark.safety("S-29")
@given(st.lists(st.sampled_from(sorted(tiny().points)), min_size=1, unique=True), st.sampled_from(LOCKED))
def test_the_second_lock_opens_in_doubt_only_for_points_free_in_pregnancy(
    codes: list[str], change: dict[str, object]
) -> None:
    assert second_lock(tuple(codes), changed(change), tiny(), NOW) == (not set(codes) & set(AVOIDED))


@pytest.mark.safety("S-29")
def test_the_second_lock_opens_from_the_moment_of_the_answers_for_an_hour(knowledge: Knowledge) -> None:
    opened = [
        seconds for seconds in (-1, 0, HOUR - 1, HOUR) if second_lock(AVOIDED, READY, knowledge, NOW - 50 + seconds)
    ]
    assert opened == [0, HOUR - 1]
