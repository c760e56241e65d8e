"""Every button can be typed (S-47): by its label, or by its number in a list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.screening.steps import Clearance
from bot.domain.screening.triage import Plan
from bot.domain.state.dialogue import Dialogue, Stage
from bot.domain.turns import session_pages
from bot.domain.turns.events import Action, Press
from bot.domain.turns.replies import AskChecklist, AskQuestion, Card, Reply, Say
from bot.domain.turns.session_replies import SessionStep
from bot.rendering import Button, render
from bot.services.typed_buttons import typed_press
from tests.rendering.every_message import cards, fixed, guided, others, overview, recommended
from tests.shipped_knowledge import plain_wording


def buttons(reply: Reply) -> list[Button]:
    """The buttons of a message."""
    return [button for row in render(reply, plain_wording()).buttons for button in row]


def typed(text: str, reply: Reply) -> Press | None:
    """What a text does while this message is shown."""
    return typed_press(text, buttons(reply), plain_wording())


@pytest.mark.safety("S-47")
def test_every_button_of_every_message_can_be_typed_as_it_reads() -> None:
    for reply in (*fixed(), *others(), *guided(), *cards(), *(overview((id_,)) for id_ in recommended())):
        for button in buttons(reply):
            for text in (button.label, button.label.upper(), f"  {button.label} ", button.label.strip("☐☑◀▶ ")):
                assert typed(text, reply) == button.press, (text, reply)


@pytest.mark.safety("S-47")
@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("i don't have these", Action.NO_FLAG),
        ("I DONT HAVE THESE!", Action.NO_FLAG),
        ("i don\u2019t have these.", Action.NO_FLAG),
        ("i don\u00b4t have these", Action.NO_FLAG),
        ("i don`t have these", Action.NO_FLAG),
    ],
)
def test_case_apostrophes_and_marks_make_no_difference(text: str, action: Action) -> None:
    shown = [Button("I don't have these", Press(Action.NO_FLAG))]
    found = typed_press(text, shown, plain_wording())
    assert found == Press(action)


@pytest.mark.safety("S-47")
def test_a_number_ticks_its_row_and_a_row_may_be_typed_without_its_number() -> None:
    open_list = AskChecklist((), "")
    assert typed("2", open_list) == Press(Action.TICK, "varicose_veins")
    assert typed(" 7. ", open_list) == Press(Action.TICK, "under_18")
    assert typed("8", open_list) is None
    assert typed("0", open_list) is None
    assert typed("pregnant", open_list) == Press(Action.TICK, "pregnancy")
    assert typed("none of these", open_list) == Press(Action.DONE)


@pytest.mark.safety("S-31", "S-47")
def test_saying_again_what_is_ticked_does_not_untick_it() -> None:
    assert typed("pregnant", AskChecklist(("pregnancy",), "")) is None
    assert typed("1", AskChecklist(("pregnancy",), "")) == Press(Action.UNTICK, "pregnancy")


def test_a_number_opens_the_point_of_a_recommendation_and_means_nothing_on_a_card() -> None:
    shown = overview(("low_back_pain",))
    assert typed("2", shown) == Press(Action.CARD, shown.plan.points[1])
    codes = ("BL23", "LI4", "LR3")
    card = Card(Clearance(codes), "LI4", Plan(codes, (), ()))
    assert typed("1", card) is None
    assert typed("next", card) == Press(Action.CARD, "LR3")


@pytest.mark.safety("S-24")
@given(st.text(max_size=80))
def test_only_a_whole_label_presses_a_button(text: str) -> None:
    question = AskQuestion("neck", ("neck_pain",), "")
    press = typed(text, question)
    assert press is None or press.action is not Action.ANSWER_NONE or "none" in text.casefold()


@pytest.mark.safety("S-24")
@pytest.mark.parametrize(
    "text", ["", " ", "!!!", "none of these are new", "not none of these", "none of these " * 10, "noneofthese", "1"]
)
def test_what_is_near_a_label_is_no_press(text: str) -> None:
    assert typed(text, AskQuestion("neck", ("neck_pain",), "")) is None


@pytest.mark.safety("S-47")
@pytest.mark.parametrize(("text", "score"), [("6", "6"), ("10", "10"), ("0", "0"), ("7/10", "7"), ("8 out of 10", "8")])
def test_a_score_can_be_typed(text: str, score: str) -> None:
    asked = session_pages.ask_rating(Dialogue(1, 0.0, stage=Stage.AFTER))
    assert typed(text, asked) == Press(Action.RATE, score)
    assert typed("11", asked) is None
    assert typed("6 or 7", asked) is None


@pytest.mark.safety("S-47")
@pytest.mark.parametrize("text", ["stop", "Ouch!", "it hurts", "It hurts: stop", "THAT HURTS"])
def test_whoever_is_hurt_need_not_find_the_button(text: str) -> None:
    step = SessionStep(Clearance(("LI4",)), "LI4", "left", 0, 1, 1, 30, 30, 60.0)
    assert typed(text, step) == Press(Action.HURTS)
    assert typed(text, Say("ask.what_hurts")) is None
