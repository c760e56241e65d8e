"""The action of a warning again: it leads, one sentence may follow, and nothing leads on to points (S-85)."""

import re

import pytest

from bot.domain.turns.events import Action
from bot.domain.turns.replies import ActionAgain
from bot.domain.turns.under_warning import ERASE
from bot.rendering import render
from tests.rendering.every_message import visible
from tests.shipped_knowledge import knowledge, plain_wording

TOPICS = [topic for topic in knowledge().texts["en"].topics if topic != ERASE]
BEGINS = {
    ("heart_attack",): "Get emergency help now.",
    ("dvt",): "Get medical advice today.",
    ("overdose_poisoning",): "Call your local emergency number now",
    ("choking",): "Give back blows now",
    ("suicidal_crisis",): "I am still here.",
    ("heart_attack", "suicidal_crisis"): "Get emergency help now.",
    (): "Get emergency help now.",
}


@pytest.mark.safety("S-84", "S-85")
@pytest.mark.parametrize("flags", BEGINS)
@pytest.mark.parametrize("topic", ["", *TOPICS])
def test_the_action_leads_and_at_most_one_sentence_follows(flags: tuple[str, ...], topic: str) -> None:
    alone = render(ActionAgain(flags, "", "", withdrawable=True), plain_wording())
    message = render(ActionAgain(flags, "", topic, withdrawable=True), plain_wording())
    assert visible(message.html).startswith(BEGINS[flags])
    more = [part for part in message.html.split("\n\n") if part not in alone.html.split("\n\n")]
    assert len(more) == bool(topic)
    assert all(len(re.findall(r"[.!?](?:\s|$)", part)) == 1 for part in more)
    assert [button.press.action for row in message.buttons for button in row] == [Action.NO_FLAG]


@pytest.mark.safety("S-4", "S-84")
def test_a_crisis_and_an_emergency_keep_both_contacts() -> None:
    text = visible(
        render(ActionAgain(("stroke", "suicidal_crisis"), "", "drive", withdrawable=False), plain_wording()).html
    )
    assert "emergency number" in text.split("\n\n")[0]
    assert "crisis line" in text


@pytest.mark.safety("S-36", "S-85")
@pytest.mark.parametrize("level", ["emergency", "today", "crisis"])
def test_a_medicine_is_left_to_the_person_on_the_phone_and_no_dose_is_named(level: str) -> None:
    sentence = plain_wording().phrase(f"follow_up.medicine.{level}")
    assert "ask" in sentence.casefold()
    assert not re.search(r"\d|mg|tablet", sentence)


@pytest.mark.safety("S-85")
@pytest.mark.parametrize("level", ["emergency", "today"])
def test_that_it_went_away_is_never_taken_for_better(level: str) -> None:
    assert "still needs to be looked at" in plain_wording().phrase(f"follow_up.went_away.{level}")
