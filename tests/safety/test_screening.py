"""The screening by hand: its hour, its stops and what takes them back. The oracle judges every step as well."""

import pytest

from tests.safety.sayings import COMPLAINTS, DOCTOR_FIRST, REFERRED, STATEMENTS, Saying
from tests.safety.world import World

BACK = COMPLAINTS[0]
KNEE = COMPLAINTS[1]
DENTAL = next(saying for saying in COMPLAINTS if saying.text == "toothache")
NONE = "None of these"


def to_checklist(world: World, complaint: Saying = BACK) -> None:
    world.says("ann", complaint)
    assert world.press("ann", NONE).kind == "checklist"


def to_points(world: World, complaint: Saying = BACK) -> None:
    to_checklist(world, complaint)
    assert world.press("ann", NONE).kind == "overview"


@pytest.mark.safety("S-20", "S-34")
@pytest.mark.parametrize("complaint", COMPLAINTS, ids=lambda saying: saying.text)
def test_a_healthy_person_gets_the_overview_and_a_card_for_each_of_its_points(world: World, complaint: Saying) -> None:
    world.says("ann", complaint)
    while world.last("ann").kind == "question":
        world.press("ann", NONE)
    overview = world.press("ann", NONE)
    assert overview.kind == "overview"
    for code in overview.points:
        world.press("ann", next(label for label in overview.labels if label.startswith(f"{code} ")))
        assert code in world.last("ann").points


@pytest.mark.safety("S-30")
def test_answers_hold_until_just_before_the_hour_and_not_a_second_longer(world: World) -> None:
    to_points(world)
    world.later(minutes=59, seconds=59)
    card = next(label for label in world.last("ann").labels if label.startswith("LI4 "))
    assert world.press("ann", card).points
    world.later(seconds=1)
    world.press("ann", "Back")
    world.says("ann", BACK)
    assert world.last("ann").kind == "question"


@pytest.mark.safety("S-30")
def test_using_the_cards_does_not_extend_the_hour(world: World) -> None:
    to_points(world)
    for _ in range(4):
        world.later(minutes=14)
        world.says("ann", BACK)
        assert world.last("ann").kind == "overview"
    world.later(minutes=4)
    world.says("ann", BACK)
    assert world.last("ann").kind == "question"


@pytest.mark.safety("S-30")
def test_completing_the_checklist_again_does_not_extend_the_hour(world: World) -> None:
    to_points(world)
    world.later(minutes=50)
    world.press("ann", "Change my answers")
    assert world.press("ann", NONE).kind == "overview"
    world.later(minutes=10)
    world.says("ann", BACK)
    assert world.last("ann").kind == "question"


@pytest.mark.safety("S-30")
def test_a_checklist_shown_in_another_wording_meanwhile_cannot_be_answered_after_going_back(world: World) -> None:
    to_checklist(world)
    world.reload()
    world.types("ann", "99")
    assert "Bulging veins" in world.last("ann").text
    world.reload()
    assert world.press("ann", NONE).kind == "checklist"
    assert "Varicose veins" in world.last("ann").text


@pytest.mark.safety("S-31")
def test_answers_that_are_being_changed_no_longer_count_for_what_was_asked_before(world: World) -> None:
    world.commands("ann", "points", Saying("ST36"))
    world.press("ann", "Show how to press")
    world.press("ann", NONE)
    world.press("ann", NONE)
    world.press("ann", "Change my answers")
    world.says("ann", DENTAL)
    world.press("ann", NONE)
    assert world.press("ann", NONE).kind == "overview"
    world.commands("ann", "points", Saying("ST36"))
    assert not world.press("ann", "Show how to press").points


@pytest.mark.safety("S-20")
@pytest.mark.parametrize("steps", range(3))
def test_a_reload_that_takes_a_complaint_away_ends_its_screening_and_nothing_breaks(world: World, steps: int) -> None:
    world.reload()
    world.commands("ann", "start", Saying("c_thumb_pain", frozenset({"thumb_pain"})))
    for _ in range(steps):
        world.press("ann", NONE)
    older = list(world.buttons)
    world.reload()
    world.types("ann", NONE)
    for button in older:
        world.presses(button)
    world.says("ann", BACK)
    assert not world.last("ann").points


@pytest.mark.safety("S-30")
def test_a_reworded_checklist_is_asked_again_even_if_the_old_one_is_still_on_the_screen(world: World) -> None:
    to_checklist(world)
    world.reload()
    world.types("ann", "none")
    assert world.last("ann").kind == "checklist"
    assert world.press("ann", NONE).kind == "overview"
    world.reload()
    world.says("ann", BACK)
    assert not world.last("ann").points


@pytest.mark.safety("S-29")
@pytest.mark.parametrize("complaint", COMPLAINTS, ids=lambda saying: saying.text)
def test_who_tries_for_a_baby_gets_no_point_that_is_avoided_in_pregnancy(world: World, complaint: Saying) -> None:
    world.commands("ann", "help", Saying("we are trying for a baby", stated="pregnancy_points"))
    world.says("ann", complaint)
    while world.last("ann").kind in {"question", "checklist"}:
        world.press("ann", NONE)
    last = world.last("ann")
    assert last.kind in {"overview", "stopped"}
    assert not any(world.facts.points[code].avoid for code in last.points)


@pytest.mark.safety("S-31", "S-33")
def test_a_stop_is_taken_back_only_by_saying_that_it_was_wrong(world: World) -> None:
    to_checklist(world)
    world.press("ann", "Pregnant")
    assert world.press("ann", "Done").kind == "stopped"
    assert world.press("ann", "Change my answers").kind == "checklist"
    assert world.press("ann", "☑ 1 Pregnant").kind == "untick"
    assert world.press("ann", "No, it is right").ids == ("pregnancy",)
    world.press("ann", "☑ 1 Pregnant")
    assert world.press("ann", "Yes, it is wrong").ids == ()
    assert world.press("ann", NONE).kind == "overview"


@pytest.mark.safety("S-33")
@pytest.mark.parametrize("row", ["Pregnant", "Varicose veins", "Cancer in bones", "Rheumatoid", "Under 18"])
def test_a_stop_holds_for_its_hour_however_late_it_was_told_and_on_every_route(world: World, row: str) -> None:
    to_checklist(world)
    world.later(minutes=55)
    world.press("ann", row)
    world.press("ann", "Done")
    world.later(minutes=50)
    for complaint in (BACK, KNEE):
        world.says("ann", complaint)
        assert world.last("ann").kind == "stopped"
    world.commands("ann", "points", Saying("LI4"))
    assert world.press("ann", "Show how to press").kind == "stopped"


@pytest.mark.safety("S-32", "S-33")
def test_a_stop_told_long_after_the_screening_holds_for_an_hour_of_its_own(world: World) -> None:
    to_points(world)
    world.later(minutes=50)
    world.says("ann", Saying("I take warfarin", rows=frozenset({"clot_or_bleeding"})))
    world.later(minutes=50)
    world.says("ann", BACK)
    assert world.last("ann").kind == "stopped"


@pytest.mark.safety("S-33")
def test_a_referral_holds_for_an_hour_of_its_own_for_other_complaints_and_points_too(world: World) -> None:
    to_points(world)
    world.later(minutes=50)
    world.says("ann", REFERRED[0])
    world.later(minutes=50)
    world.says("ann", BACK)
    assert world.last("ann").kind == "refer"
    world.commands("ann", "start", Saying("p_LI4"))
    assert world.press("ann", "Show how to press").kind == "refer"


@pytest.mark.safety("S-33")
def test_a_referral_holds_for_its_hour_beside_a_precaution_that_was_told_long_before(world: World) -> None:
    world.says("ann", next(saying for saying in STATEMENTS if saying.conditions and saying.rows))
    world.later(minutes=50)
    world.says("ann", REFERRED[0])
    world.later(minutes=50)
    world.says("ann", BACK)
    assert world.last("ann").kind == "refer"


@pytest.mark.safety("S-33")
def test_a_complaint_that_a_doctor_should_see_first_gets_points_only_after_that(world: World) -> None:
    world.says("ann", DOCTOR_FIRST[0])
    assert world.press("ann", NONE).kind == "doctor"
    assert not world.press("ann", "Not yet").points
    world.says("ann", DOCTOR_FIRST[0])
    assert world.press("ann", "A doctor has checked it").kind == "checklist"
    assert world.press("ann", NONE).kind == "overview"


@pytest.mark.safety("S-28")
def test_what_a_tick_or_a_statement_leaves_out_is_left_out_and_said(world: World) -> None:
    to_checklist(world, KNEE)
    world.press("ann", "Skin, injury")
    overview = world.press("ann", "Done")
    assert overview.points == {"GB34", "ST36"}
    assert "Left out: ST35, BL39" in overview.text
    world.says("bob", Saying("i have osteoporosis", stated="osteoporosis"))
    world.says("bob", BACK)
    world.press("bob", NONE)
    assert world.press("bob", NONE).points == {"LI4", "LR3"}
