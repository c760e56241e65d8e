"""S-86 in people's own words: who feels ill in a session is never answered with a list of aches."""

import pytest

from tests.safety.sayings import COMPLAINTS, Saying
from tests.safety.world import World

NECK = COMPLAINTS[3]
ILL = (
    "dizzy", "im dizzy", "i feel faint now", "light headed", "going numb", "tingling", "pins and needles",
    "seeing spots", "my vision is blurry", "it burns", "worse", "its getting worse", "cold sweat", "something popped",
    "i heard a crack", "im scared", "i want to stop", "help", "help me", "not good", "no", "cant move my neck",
    "i feel sick", "strange", "aua", "\U0001f635", "asdf", "the phone rang", "wibble", "LI44", "???", "it hurts more",
)  # fmt: skip
SERVED = ("yes", "ok", "okay", "thanks", "ok thanks", "go on", "ready", "hello")
ORDERS = {"pause": "Paused", "wait": "Paused", "next": "Point 1 of", "skip": "Point 1 of", "other side": "RIGHT"}


def begun(world: World) -> World:
    """A session of the neck, ten seconds old."""
    world.says("ann", NECK)
    for label in ("None of these", "None of these", "Start guided session", "4"):
        world.press("ann", label)
    world.later(seconds=10)
    assert world.last("ann").text.startswith("Point 1 of")
    return world


def stopped(world: World) -> bool:
    """Whether the clock stands still: nothing that comes by itself shows a point."""
    shown = len(world.buttons)
    for _ in range(3):
        world.later(minutes=5)
        world.tick()
    return not any(button.on.points for button in world.buttons[shown:])


@pytest.mark.safety("S-86")
@pytest.mark.parametrize("text", ILL)
@pytest.mark.parametrize("paused", [False, True])
def test_who_feels_ill_in_a_session_stops_the_clock_and_is_asked_or_told_to_stop(
    world: World,
    text: str,
    paused: bool,
) -> None:
    begun(world)
    if paused:
        world.press("ann", "Pause")
    shown = len(world.buttons)
    world.types("ann", text)
    new = [button.on for button in world.buttons[shown:]]
    assert new
    assert all("I know common aches" not in message.text and not message.points for message in new)
    asks = {"wrong", "half_heard", "question", "advice"}
    assert world.last("ann").kind in asks or new[0].text.startswith("The session is over")
    assert stopped(world)


@pytest.mark.safety("S-86")
@pytest.mark.parametrize("text", SERVED)
def test_control_words_and_small_talk_keep_the_clock_running(world: World, text: str) -> None:
    begun(world)
    world.types("ann", text)
    assert world.last("ann").text.startswith("Point 1 of")
    assert "Paused" not in world.last("ann").text


@pytest.mark.safety("S-86", "S-47")
@pytest.mark.parametrize("text", ORDERS)
def test_orders_that_have_a_button_can_be_typed_in_other_words(world: World, text: str) -> None:
    begun(world)
    world.types("ann", text)
    assert ORDERS[text] in world.last("ann").text


@pytest.mark.safety("S-86")
@pytest.mark.parametrize(("text", "goes_on"), [("no", True), ("all fine", True), ("im ok", True), ("yes", False)])
def test_the_question_whether_something_is_wrong_can_be_answered_in_words(
    world: World,
    text: str,
    goes_on: bool,
) -> None:
    begun(world)
    world.types("ann", "something is at the door")
    world.types("ann", text)
    assert world.last("ann").text.startswith("Point 1 of") == goes_on
    assert goes_on or "How strong is it now?" in world.last("ann").text


@pytest.mark.safety("S-86")
def test_a_complaint_denied_as_a_sign_still_asks_whether_something_is_wrong(world: World) -> None:
    begun(world)
    world.says("ann", Saying("my throat feels odd and rather thick"))
    assert world.last("ann").kind == "half_heard"
    while world.last("ann").kind == "half_heard":
        world.press("ann", "No")
    assert world.last("ann").kind == "wrong"


@pytest.mark.safety("S-86")
@pytest.mark.parametrize("text", ["dizzy", "it burns", "im shaking", "sweating"])
def test_a_few_words_in_a_session_are_about_the_pressing_before_they_are_a_sign(world: World, text: str) -> None:
    begun(world)
    world.types("ann", text)
    assert world.last("ann").kind == "wrong"
