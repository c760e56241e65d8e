"""The state of a chat: what expires, and when."""

from dataclasses import replace

import pytest

from bot.domain.state.dialogue import (
    Dialogue,
    Stage,
    about_person,
    erase_at,
    expire,
    is_blank,
    is_resting,
    recent_signs,
    restart_screening,
    with_revision,
    without_wish,
)
from bot.domain.state.durations import DAY, HOUR

NOW = 5_000_000.0


def answered(at: float = NOW) -> Dialogue:
    """A dialogue with everything answered at `at`."""
    return Dialogue(
        revision=3,
        began_at=at - 60,
        stage=Stage.RECOMMENDED,
        conditions=("neck_pain",),
        answered_none=("neck",),
        ticks=("skin_or_injury",),
        completed_at=at,
        first_completed_at=at,
        completed_for=("neck",),
        checklist_version="1",
    )


@pytest.mark.safety("S-20")
def test_a_day_without_points_is_known_for_a_day_and_for_no_longer() -> None:
    resting = replace(Dialogue(3, NOW), rest_at=NOW, misses=1)
    assert erase_at(resting) == NOW + HOUR
    after_an_hour = expire(resting, NOW + HOUR)
    assert (after_an_hour.rest_at, after_an_hour.misses) == (NOW, 0)
    assert erase_at(after_an_hour) == NOW + DAY
    assert is_resting(after_an_hour, NOW + DAY - 1)
    assert is_resting(after_an_hour, NOW - HOUR), "a clock set back keeps it"
    assert not is_resting(after_an_hour, NOW + DAY)
    rested = expire(replace(resting, first_completed_at=NOW + DAY - 1), NOW + DAY)
    assert (rested.rest_at, rested.revision) == (None, 4)


@pytest.mark.safety("S-12", "S-30")
def test_an_hour_and_a_day_are_what_they_say() -> None:
    assert (HOUR, DAY) == (3600, 86400)


@pytest.mark.safety("S-30")
def test_answers_are_erased_an_hour_after_they_were_completed() -> None:
    assert expire(answered(), NOW + HOUR - 1) == answered()
    gone = expire(answered(), NOW + HOUR)
    assert gone == Dialogue(revision=4, began_at=NOW + HOUR)


@pytest.mark.safety("S-30")
def test_completing_again_does_not_extend_the_hour() -> None:
    again = replace(answered(), completed_at=NOW + 0.9 * HOUR)
    assert expire(again, NOW + HOUR).completed_at is None


@pytest.mark.safety("S-30")
def test_answers_that_were_never_completed_go_an_hour_after_the_beginning() -> None:
    begun = replace(answered(), completed_at=None, first_completed_at=None, began_at=NOW)
    assert expire(begun, NOW + HOUR - 1).ticks
    assert not expire(begun, NOW + HOUR).ticks


@pytest.mark.safety("S-30")
def test_answers_from_the_future_are_no_answers() -> None:
    assert expire(answered(), NOW - 1).completed_at is None


@pytest.mark.safety("S-12")
def test_a_flag_is_remembered_for_a_day_and_not_longer() -> None:
    flagged = Dialogue(1, NOW, stage=Stage.FLAG, flags=("stroke",), flag_at=NOW)
    kept = expire(flagged, NOW + DAY - 1)
    assert (kept.flags, kept.stage) == (("stroke",), Stage.IDLE)
    assert expire(flagged, NOW + DAY).flags == ()


@pytest.mark.safety("S-12")
def test_a_flag_that_ends_within_the_hour_leaves_no_question_about_it() -> None:
    asked = replace(answered(), stage=Stage.FLAG_CHECK, flags=("stroke",), flag_at=NOW - DAY + 60)
    later = expire(asked, NOW + 60)
    assert (later.flags, later.stage, later.completed_at) == ((), Stage.IDLE, NOW)
    assert later.revision == asked.revision + 1, "its buttons are old"


@pytest.mark.safety("S-12")
def test_a_flag_that_ends_takes_with_it_what_was_said_about_it_and_nothing_else() -> None:
    checked = replace(answered(), flags=("stroke",), flag_at=NOW - DAY + 60, flag_checked=True)
    assert expire(checked, NOW + 60) == replace(answered(), revision=4)


@pytest.mark.safety("S-12", "S-30")
def test_after_the_hour_a_flag_its_check_and_the_language_are_left() -> None:
    checked = replace(answered(), language="de", flags=("stroke",), flag_at=NOW, flag_checked=True)
    left = Dialogue(4, NOW + HOUR, language="de", flags=("stroke",), flag_at=NOW, flag_checked=True)
    assert expire(checked, NOW + HOUR) == left


@pytest.mark.safety("S-5")
def test_the_signs_of_the_last_two_minutes_outlive_the_hour() -> None:
    recent = ((NOW + HOUR - 30, ("chest",)), (NOW + HOUR - 200, ("old",)))
    late = expire(replace(answered(), recent=recent), NOW + HOUR)
    assert late.recent == recent[:1]


@pytest.mark.safety("S-5")
def test_the_last_two_minutes_are_counted_from_now_back_and_never_from_the_future() -> None:
    recent = tuple((NOW - ago, (str(ago),)) for ago in (121, 120, 1, 0, -1))
    assert [NOW - at for at, _ in recent_signs(replace(answered(), recent=recent), NOW)] == [120, 1, 0]


@pytest.mark.safety("S-30", "S-12")
def test_the_row_is_due_when_the_first_thing_in_it_is() -> None:
    assert erase_at(Dialogue(1, NOW)) is None
    assert erase_at(answered()) == NOW + HOUR
    only_flag = Dialogue(1, NOW, flags=("stroke",), flag_at=NOW)
    assert erase_at(only_flag) == NOW + DAY
    ending = replace(answered(), flags=("stroke",), flag_at=NOW - DAY + 60)
    assert erase_at(ending) == NOW + 60
    both = replace(answered(), flags=("stroke",), flag_at=NOW)
    assert erase_at(both) == NOW + HOUR, "a flag keeps no answers"
    assert erase_at(replace(only_flag, flag_checked=True)) == NOW + DAY


def test_a_dialogue_is_blank_when_it_knows_nothing_but_the_language() -> None:
    assert is_blank(Dialogue(9, NOW))
    assert is_blank(Dialogue(9, NOW, language="de"))
    assert not is_blank(Dialogue(9, NOW, misses=1))


@pytest.mark.safety("S-31")
@pytest.mark.parametrize("change", [{"ticks": ("x",)}, {"about": "mum"}, {"stage": Stage.IDLE}, {"flags": ("x",)}])
def test_a_change_that_a_button_depends_on_makes_older_buttons_stale(change: dict[str, object]) -> None:
    changed = Dialogue(**{**{name: getattr(answered(), name) for name in Dialogue.__slots__}, **change})
    assert with_revision(answered(), changed).revision == 4
    assert with_revision(answered(), replace(answered(), page="how:")).revision == 3
    assert with_revision(answered(), replace(answered(), revision=9)).revision == 3


@pytest.mark.safety("S-27", "S-29")
def test_for_somebody_else_no_earlier_answer_holds() -> None:
    mum = about_person(answered(), "mum")
    assert (mum.answered_none, mum.checklist_version, mum.ticks) == ((), "", ("skin_or_injury",))
    assert about_person(replace(answered(), doctor_checked=("hip_pain",)), "mum").doctor_checked == ()
    assert about_person(answered(), "") == answered()


@pytest.mark.safety("S-30", "S-33")
def test_a_new_round_begins_its_own_hour_without_an_answer_but_the_ticks_it_is_given() -> None:
    told = replace(answered(), doctor_checked=("hip_pain",), stated=("medicines",))
    fresh = restart_screening(told, NOW + 9, ("pregnancy",))
    open_again = Dialogue(
        revision=3,
        began_at=NOW + 9,
        stage=Stage.RECOMMENDED,
        conditions=("neck_pain",),
        ticks=("pregnancy",),
        stated=("medicines",),
        checklist_version="1",
    )
    assert fresh == open_again


@pytest.mark.safety("S-33")
def test_without_a_wish_only_a_stop_a_referral_and_a_flag_are_left() -> None:
    held = Dialogue(3, NOW, ticks=("pregnancy",), referred=("asthma",), flags=("stroke",), flag_at=NOW)
    wished = replace(
        held,
        stage=Stage.UNTICK,
        page="how:",
        conditions=("neck_pain",),
        point="LI4",
        offered=("hip_pain",),
        unticking="pregnancy",
        about="mum",
    )
    assert without_wish(wished) == held
