"""S-83 in people's own words: a possible crisis is never told that it was not understood. S-87: no stop reassures."""

import re

import pytest

from tests.safety.sayings import COMPLAINTS
from tests.safety.world import World

REFUSED = ("did not understand", "common aches", "still do not understand", "I can only read", "You are welcome")
DESPAIR = (
    "i keep looking at the train tracks", "been sh again cant stop", "im a burden. tonight it ends",
    "no one needs me any more, i have made my peace and given away my things", "i need to be kept safe",
    "how long does it take to bleed out", "kys", "ctb", "neck myself", "check out early", "goodbye", "bye", "hopeless",
    "i cant do this anymore",
    "there is no point anymore", "whatever, im worthless", "\U0001f62d", "\U0001f614\U0001f614",
)  # fmt: skip
ENDS = (
    "\U0001f48a", "\U0001f48a\U0001f48a\U0001f48a", "\U0001f52a", "\u26b0\ufe0f", "\U0001faa6", "\U0001f940",
    "\U0001f494 bye forever", "bye \U0001f494", "thanks \U0001f940", "\U0001fa92", "\U0001f52b \U0001f642", "farewell",
    "this is goodbye", "goodbye cruel world", "see you on the other side", "bye for good", "adieu my friends",
)  # fmt: skip
HARMLESS = ("\U0001f64f", "\U0001f44d", "\U0001f642", "\u2764\ufe0f", "\U0001f339", "\U0001f3e5", "\U0001f602")
STATED = (
    "i'm pregnant and bleeding a little", "im pregnant and feel hot", "my toddler ate something",
    "i take warfarin and feel odd",
    "6 week old baby not well", "i have varicose veins and my leg feels odd", "cancer in my bones and it aches",
    "i'm 15 and feel ill", "i have rheumatoid arthritis and feel awful", "which points start labour",
    "im 20 weeks, feel ill",
)  # fmt: skip
REASSURES = re.compile(
    r"good start|gentle things|slow, easy|[Rr]est (is|until)|nothing serious|don't worry|do not worry"
)


def _told(world: World, text: str) -> str:
    """Everything that a text is answered with."""
    messages = world.types("ann", text).messages
    assert messages
    return "\n".join(message.html for message in messages)


def _is_no_refusal(told: str) -> bool:
    return "a crisis line" in told and not any(words in told for words in REFUSED)


@pytest.mark.safety("S-83")
@pytest.mark.parametrize("text", DESPAIR)
@pytest.mark.parametrize("before", ["nothing", "a question", "the checklist", "a session"])
def test_words_of_despair_get_the_crisis_contact_wherever_they_are_said(world: World, text: str, before: str) -> None:
    if before != "nothing":
        world.says("ann", COMPLAINTS[3])
    labels = {"the checklist": 1, "a session": 4}.get(before, 0)
    for label in ("None of these", "None of these", "Start guided session", "4")[:labels]:
        world.press("ann", label)
    told = _told(world, text)
    assert _is_no_refusal(told)
    assert "112" in told or before != "nothing"


@pytest.mark.safety("S-83")
@pytest.mark.parametrize("text", ENDS)
def test_a_farewell_for_good_and_an_emoji_of_an_end_are_at_least_half_heard(world: World, text: str) -> None:
    told = _told(world, text)
    assert _is_no_refusal(told)
    if not world.last("ann").crisis:
        assert world.last("ann").kind == "half_heard"
        world.types("ann", "yes")
    assert world.last("ann").crisis


@pytest.mark.safety("S-83", "S-81")
@pytest.mark.parametrize("text", ENDS)
def test_once_denied_such_a_text_still_gets_the_crisis_contact(world: World, text: str) -> None:
    world.types("ann", text)
    if not world.last("ann").crisis:
        world.press("ann", "No")
    assert "a crisis line" in world.last("ann").text or text.startswith("thanks")


@pytest.mark.safety("S-10")
@pytest.mark.parametrize("emoji", HARMLESS)
@pytest.mark.parametrize("text", ["my neck is stiff", "asdf qwer zxcv", "none", "thanks", "crushing chest pain"])
def test_a_harmless_emoji_changes_nothing(world: World, emoji: str, text: str) -> None:
    plain = world.edition.knowledge[1].understand(text)
    for said in (f"{text} {emoji}", f"{emoji} {text}", f"{text}{emoji}{emoji}"):
        assert world.edition.knowledge[1].understand(said) == plain


@pytest.mark.safety("S-10", "S-83")
@pytest.mark.parametrize(
    "text", ["my neck is stiff \U0001f52a", "none \U0001f940", "LI4 \U0001f48a", "knee pain \U0001f494"]
)
def test_an_emoji_beside_what_is_understood_asks_nothing(world: World, text: str) -> None:
    assert world.edition.knowledge[1].understand(text).half_heard == ()


@pytest.mark.safety("S-83", "S-13")
def test_from_the_second_miss_in_a_row_the_crisis_contact_stands_there(world: World) -> None:
    told = [_told(world, text) for text in ("asdf qwer", "wibble wobble", "zxcv")]
    assert ["a crisis line" in each for each in told] == [False, True, True]
    assert all("112" in each for each in told)


@pytest.mark.safety("S-87")
@pytest.mark.parametrize("text", STATED)
@pytest.mark.parametrize("before", ["nothing", "a question", "the checklist", "points"])
def test_no_stop_reassures_whatever_else_the_message_says(world: World, text: str, before: str) -> None:
    if before != "nothing":
        world.says("ann", COMPLAINTS[3])
        for _ in range({"a question": 0, "the checklist": 1, "points": 2}[before]):
            world.press("ann", "None of these")
    told = _told(world, text)
    assert not REASSURES.search(told)
    assert "112" in told or "doctor" in told or world.last("ann").kind in {"question", "checklist"}
