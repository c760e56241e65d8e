"""Plain answers to an open question. Doubt makes them unsure, a red flag makes them none."""

import pytest

from bot.domain.understanding.understand import Understanding
from bot.domain.understanding.understood import SmallTalk, TypedAnswer


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
        *((text, TypedAnswer.UNSURE) for text in ("idk", "a bit", "sometimes", "?", " ?? ", "yes?", "maybe?")),
        *((text, TypedAnswer.UNSURE) for text in ("why", "Why?", "none of your business", "I'd rather not say")),
        *((text, TypedAnswer.UNSURE) for text in ("no comment", "that's private", "why do you ask?")),
        *((text, TypedAnswer.NO) for text in ("nah", "nope", "I'm good", "nah, I'm good", "not that I know")),
        *(
            (text, TypedAnswer.NO)
            for text in ("none that I can think of", "not that I know of.", "no, I'm fine thanks")
        ),
        *((text, None) for text in ("none?", "no?", "none really", "no ?", "nope??", "?!", "...", "ok", "thanks")),
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


@pytest.mark.safety("S-24")
@pytest.mark.parametrize(
    ("message", "small_talk"),
    [
        *(
            (text, SmallTalk.THANKS)
            for text in ("thanks", "ok thanks", "Thank you so much!", "hi, thanks", "thx \U0001f64f")
        ),
        *((text, SmallTalk.HELLO) for text in ("hello", "Hi there", "good morning", "hey again")),
        *((text, SmallTalk.OK) for text in ("ok", "okay", "got it", "ok then")),
        *(
            (text, None)
            for text in ("no thanks", "ok my back hurts", "thanks for nothing", "please", "", "hello?? chest")
        ),
    ],
)
def test_small_talk_is_what_says_nothing_else(
    english: Understanding, message: str, small_talk: SmallTalk | None
) -> None:
    assert english.understand(message).small_talk == small_talk


@pytest.mark.safety("S-25")
def test_an_answer_that_holds_a_red_flag_is_a_red_flag_and_no_answer(english: Understanding) -> None:
    understood = english.understand("no but my chest hurts")
    assert understood.answer is None
    assert understood.red_flags[0].id == "heart_attack"
