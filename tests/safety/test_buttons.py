"""Buttons: taps at the same time, old ones, those of another chat, typed answers. The oracle judges every step."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from bot.services.messages import Answer
from tests.safety.reading import read_message
from tests.safety.sayings import COMPLAINTS
from tests.safety.world import Button, World

BACK = COMPLAINTS[0]
NONE = "None of these"


def to_checklist(world: World) -> None:
    world.says("ann", BACK)
    assert world.press("ann", NONE).kind == "checklist"


def to_points(world: World) -> None:
    to_checklist(world)
    assert world.press("ann", NONE).kind == "overview"


@pytest.mark.safety("S-31", "S-29")
def test_a_late_tick_on_an_older_message_withdraws_the_points(world: World) -> None:
    to_checklist(world)
    pregnant = world.newest("ann", "☐ 1 Pregnant")
    overview = world.press("ann", NONE)
    world.presses(pregnant)
    assert world.last("ann").kind == "stopped"
    for label in overview.labels:
        world.press("ann", label)


@pytest.mark.safety("S-31")
def test_a_tick_withdraws_the_older_buttons_at_once(world: World) -> None:
    to_checklist(world)
    older = world.newest("ann", NONE)
    world.press("ann", "Pregnant")
    world.presses(older)
    assert world.last("ann").kind == "checklist"
    assert world.last("ann").ids == ("pregnancy",)


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
    assert world.stored("ann") == {
        "conversation": None,
        "erase_at": None,
        "updates": 0,
        "unmatched": 0,
        "deferred": 0,
        "records": {},
    }
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
