"""Plain answers to an open question. Doubt makes them unsure, a red flag makes them none."""

import pytest

from bot.domain.understanding.understand import Understanding
from bot.domain.understanding.understood import TypedAnswer


@pytest.mark.safety("S-24")
@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("no", TypedAnswer.NO),
        ("Nope!", TypedAnswer.NO),
        ("none of these", TypedAnswer.NO),
        ("no, none of those thanks", TypedAnswer.NO),
        ("yes", TypedAnswer.YES),
        ("yeah I do", TypedAnswer.YES),
        ("not sure", TypedAnswer.UNSURE),
        ("I don't think so", TypedAnswer.UNSURE),
        ("maybe", TypedAnswer.UNSURE),
        ("no idea", TypedAnswer.UNSURE),
        ("yes no", TypedAnswer.UNSURE),
        ("no not really", TypedAnswer.UNSURE),
        ("no pain but a fever", None),
        ("my knee", None),
        ("", None),
    ],
)
def test_plain_answers_are_recognised_and_doubt_makes_them_unsure(
    english: Understanding, message: str, answer: TypedAnswer | None
) -> None:
    assert english.understand(message).answer == answer


@pytest.mark.safety("S-25")
def test_an_answer_that_holds_a_red_flag_is_a_red_flag_and_no_answer(english: Understanding) -> None:
    understood = english.understand("no but my chest hurts")
    assert understood.answer is None
    assert understood.red_flags[0].id == "heart_attack"
