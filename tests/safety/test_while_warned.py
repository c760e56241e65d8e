"""A warning is a state for an hour (S-85), in whole talks with the shipped knowledge. The oracle judges every step."""

import pytest

from tests.safety.choices import COMMANDS, PAYLOADS
from tests.safety.sayings import AFTER_A_WARNING, ANSWERS, FLAGS, HALF_HEARD, OTHER, POINTS, Saying
from tests.safety.world import World

CRISIS = next(saying for saying in FLAGS if "kill" in saying.text)
WHATEVER = (*AFTER_A_WARNING, *ANSWERS, *OTHER, *HALF_HEARD, *POINTS)


@pytest.mark.safety("S-12", "S-85")
@pytest.mark.parametrize("flag", FLAGS, ids=lambda saying: saying.text)
def test_whatever_is_written_tapped_or_ordered_the_action_leads(world: World, flag: Saying) -> None:
    world.says("ann", Saying("it hurts", vague=True))
    world.commands("ann", "points")
    older = list(world.buttons)
    world.says("ann", flag)
    for saying in WHATEVER:
        world.says("ann", saying)
        world.later(seconds=20)
    for command in COMMANDS:
        if command != "preview":
            world.commands("ann", command)
    for payload in PAYLOADS:
        world.commands("ann", "start", payload)
    for button in older:
        world.presses(button)
    world.sends_other("ann")


@pytest.mark.safety("S-85", "S-80")
def test_pills_taken_after_a_crisis_get_the_call_first(world: World) -> None:
    world.says("ann", CRISIS)
    world.says("ann", Saying("i took the pills"))
    assert world.last("ann").text.startswith("Call 112 now, even if you feel fine.")
    world.says("ann", Saying("what should i do"))
    assert world.last("ann").text.startswith("Call 112 now, even if you feel fine.")


@pytest.mark.safety("S-85", "S-53")
def test_deletion_in_a_crisis_comes_below_its_lines(world: World) -> None:
    world.says("ann", CRISIS)
    answer = world.says("ann", Saying("delete everything"))
    assert "a crisis line" in answer.messages[0].html
    assert world.press("ann", "Yes, erase it").kind == "forgotten"
