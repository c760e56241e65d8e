"""The screening by hand: its hour, its buttons, and two taps at once. The oracle judges every step as well."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from bot.messages import Answer
from tests.safety.reading import read_message
from tests.safety.sayings import COMPLAINTS, DOCTOR_FIRST, REFERRED, STATEMENTS, Saying
from tests.safety.world import Button, World

BACK = COMPLAINTS[0]
KNEE = COMPLAINTS[1]
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
def test_a_reworded_checklist_is_asked_again_even_if_the_old_one_is_still_on_the_screen(world: World) -> None:
    to_checklist(world)
    world.reload()
    assert world.press("ann", NONE).kind == "checklist"
    assert world.press("ann", NONE).kind == "overview"
    world.reload()
    world.says("ann", BACK)
    assert not world.last("ann").points


@pytest.mark.safety("S-31")
def test_a_tick_withdraws_the_older_buttons_at_once(world: World) -> None:
    to_checklist(world)
    older = world.newest("ann", NONE)
    world.press("ann", "Pregnant")
    world.presses(older)
    assert world.last("ann").kind == "checklist"
    assert world.last("ann").ids == ("pregnancy",)


@pytest.mark.safety("S-31", "S-29")
def test_a_late_tick_on_an_older_message_withdraws_the_points(world: World) -> None:
    to_checklist(world)
    pregnant = world.newest("ann", "☐ 1 Pregnant")
    overview = world.press("ann", NONE)
    world.presses(pregnant)
    assert world.last("ann").kind == "stopped"
    for label in overview.labels:
        world.press("ann", label)


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


@pytest.mark.safety("S-69")
@pytest.mark.parametrize("first", [0, 1])
def test_pregnant_and_an_old_none_tapped_one_after_the_other_never_end_in_points(world: World, first: int) -> None:
    to_checklist(world)
    taps = [world.newest("ann", "☐ 1 Pregnant"), world.newest("ann", NONE)]
    for tap in (taps[first], taps[1 - first]):
        world.presses(tap)
    assert not world.last("ann").points


@pytest.mark.safety("S-69")
def test_pregnant_and_none_tapped_at_the_same_moment_never_end_in_points(world: World) -> None:
    for _ in range(20):
        world.commands("ann", "forget")
        world.press("ann", "Yes, erase it")
        to_checklist(world)
        taps = [world.newest("ann", "☐ 1 Pregnant"), world.newest("ann", NONE)]
        together = Barrier(len(taps))

        def tap(button: Button, together: Barrier = together) -> Answer:
            together.wait()
            return world.sends(button)

        with ThreadPoolExecutor(len(taps)) as pool:
            list(pool.map(tap, taps))
        answer = world.sends(world.newest("ann", NONE))  # what is on the screen after both
        assert not any(read_message(message, world.facts).points for message in answer.messages)


@pytest.mark.safety("S-53")
def test_forget_erases_everything_and_kills_every_older_button(world: World) -> None:
    to_points(world)
    before = list(world.buttons)
    world.commands("ann", "forget")
    world.press("ann", "Yes, erase it")
    for button in before:
        world.presses(button)
        assert not world.last("ann").points
        world.commands("ann", "cancel")


@pytest.mark.safety("S-63")
def test_a_button_of_another_chat_does_nothing(world: World) -> None:
    to_points(world)
    world.says("bob", BACK)
    for button in [button for button in world.buttons if button.chat == "ann"]:
        answer = world.presses(button, "bob")
        assert answer.notice
        assert not answer.messages


@pytest.mark.safety("S-24")
def test_a_no_answers_only_what_stands_last_on_the_screen(world: World) -> None:
    world.says("ann", BACK)
    for _ in range(2):
        world.sends_other("ann")
        world.commands("ann", "about")
        world.commands("ann", "nonsense")
        assert world.last("ann").kind == "question"
    world.commands("ann", "start")
    world.types("ann", "no")
    assert world.last("ann").kind not in {"checklist", "overview"}
