"""The red-flag question of each complaint asks for every sign that belongs to it, with help as urgent as it needs."""

import pytest

from bot.domain.knowledge import Tier
from tests.knowledge.expected import expected
from tests.shipped_knowledge import knowledge

EXPECTED = expected("questions_expected.yaml")
QUESTIONS = knowledge().texts["en"].questions
CONDITIONS = knowledge().conditions

INFORMATION_ONLY = {"asthma", "bells_palsy", "hernia", "rheumatoid_arthritis"}
ASKED_BY = {condition: question for question, entry in EXPECTED.items() for condition in entry["conditions"]}


def unasked(signs: list[list[str]], lines: tuple[str, ...]) -> list[list[str]]:
    """The signs whose words no line of the question holds together."""
    held = [line.casefold() for line in lines]
    return [sign for sign in signs if not any(all(word in line for word in sign) for line in held)]


@pytest.mark.safety("S-38")
def test_every_complaint_has_its_question_or_is_for_information_only() -> None:
    assert ASKED_BY.keys() | INFORMATION_ONLY == CONDITIONS.keys()
    assert EXPECTED.keys() == QUESTIONS.keys()
    assert {id_: entry.question for id_, entry in CONDITIONS.items() if entry.question} == ASKED_BY


@pytest.mark.safety("S-38", "S-33")
@pytest.mark.parametrize("condition", sorted(INFORMATION_ONLY))
def test_a_complaint_without_a_question_never_gets_points_and_says_what_is_an_emergency(condition: str) -> None:
    entry = CONDITIONS[condition]
    assert (entry.question, entry.tier, entry.points) == (None, Tier.REFER, ())
    assert "emergency" in knowledge().texts["en"].conditions[condition].instead


@pytest.mark.safety("S-38")
@pytest.mark.parametrize("question", EXPECTED)
def test_a_question_asks_for_every_sign_of_its_complaints(question: str) -> None:
    asked = QUESTIONS[question]
    signs = [*EXPECTED[question]["now"], *EXPECTED[question]["today"]]
    assert unasked(signs, (*asked.emergency, *asked.same_day)) == []


@pytest.mark.safety("S-38")
@pytest.mark.parametrize("question", EXPECTED)
def test_a_sign_that_needs_help_now_is_never_put_off_to_later_today(question: str) -> None:
    assert unasked(EXPECTED[question]["now"], QUESTIONS[question].emergency) == []


@pytest.mark.safety("S-15", "S-38")
def test_a_yes_about_the_mood_names_the_crisis_contact() -> None:
    assert "{crisis}" in QUESTIONS["mood"].note
    assert {condition for condition, question in ASKED_BY.items() if question == "mood"} == {
        "stress_anxiety",
        "sleep_problems",
        "fatigue",
        "depression",
    }


@pytest.mark.safety("S-39")
@pytest.mark.parametrize("question", EXPECTED)
def test_a_sign_is_one_short_line_without_a_question_or_a_full_sentence(question: str) -> None:
    asked = QUESTIONS[question]
    for line in (*asked.emergency, *asked.same_day):
        assert len(line.split()) <= 8
        assert line[-1].isalpha() or line[-1].isdigit()
        assert line.isascii()
