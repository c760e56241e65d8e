"""S-8 to S-11: no wording around a warning sign, and no way to write it, makes it less urgent."""

from collections.abc import Callable

import pytest

from bot.domain.understanding.understand import Understanding
from tests.domain.shipped import pairs, stops

MESSAGES = [message for _, message in pairs("emergencies.txt")]
Change = Callable[[str], str]
MOST_ASKED = 0.015  # of the messages


def urgency(english: Understanding, message: str) -> str:
    """The highest urgency of the flags that are raised, or empty."""
    raised = english.understand(message).red_flags
    return raised[0].urgency if raised else ""


def check(english: Understanding, change: Change) -> None:
    """Nothing is lost. Now and then one is asked about instead of stopping, as a weak pattern may be (S-80)."""
    weaker = [message for message in MESSAGES if not stops(english.understand(change(message)))]
    assert [message for message in weaker if not english.understand(change(message)).half_heard] == []
    assert len(weaker) / len(MESSAGES) <= MOST_ASKED, weaker


@pytest.mark.safety("S-8")
@pytest.mark.parametrize(
    "change",
    [
        lambda text: f"{text}. it's probably nothing",
        lambda text: f"{text}, my husband says I'm fine",
        lambda text: f"{text} lol",
        lambda text: f"Don't want to bother anyone, {text}",
        lambda text: f"{text}. Not a big deal though",
    ],
)
def test_playing_it_down_changes_nothing(english: Understanding, change: Change) -> None:
    check(english, change)


@pytest.mark.safety("S-9")
@pytest.mark.parametrize(
    "change",
    [
        lambda text: f"{text}. It is getting worse",
        lambda text: f"{text}, and I feel sick and sweaty",
        lambda text: f"It started an hour ago. {text}",
    ],
)
def test_more_worrying_detail_never_lowers_the_urgency(english: Understanding, change: Change) -> None:
    order = ["", "see_gp", "same_day", "emergency"]
    lowered = [
        message
        for message in MESSAGES
        if order.index(urgency(english, change(message))) < order.index(urgency(english, message))
    ]
    assert lowered == []


@pytest.mark.safety("S-10")
@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        lambda text: text.replace("'", ""),
        lambda text: text.replace("'", "\u2019"),
        lambda text: f"\U0001f62d {text} \U0001f64f\U0001f3fd",
        lambda text: text.replace(" ", " \u200b").replace("e", "e\u200d"),
        lambda text: f"<b>{text}</b>",
        lambda text: text.replace(" ", "  \t "),
        lambda text: f"Hello, sorry to ask, {text}, please and thank you",
        lambda text: text.replace("a", "aaaa", 1),
        lambda text: text.replace(" ", "\u00a0"),
    ],
)
def test_how_it_is_written_changes_nothing(english: Understanding, change: Change) -> None:
    check(english, change)


@pytest.mark.safety("S-11")
@pytest.mark.parametrize(
    "change",
    [
        lambda text: f"which acupressure point for this: {text}",
        lambda text: f"{text}. Which point do I press?",
        lambda text: f"where do I press? {text}",
    ],
)
def test_asking_for_points_changes_nothing(english: Understanding, change: Change) -> None:
    check(english, change)


@pytest.mark.safety("S-7", "S-9")
@pytest.mark.parametrize(
    "change",
    [
        lambda text: f"I was watching a film. {text}",
        lambda text: f"My printer crashed today. {text}",
        lambda text: f"{text}. My dog is fine",
        lambda text: f"I did a first aid course once. {text}",
        lambda text: f"What is this? {text}",
        lambda text: f"{text}. What causes that? Is it common?",
        lambda text: f"My neighbour had a stroke in 2019. {text}",
        lambda text: f"{text}. My aunt is in hospital",
        lambda text: f"My ECG was normal last year. {text}",
        lambda text: f"This exam is killing me. {text}",
    ],
)
def test_what_else_is_told_takes_nothing_back(english: Understanding, change: Change) -> None:
    check(english, change)


LONG = 5


def slips(word: str) -> list[str]:
    """Three ways to mistype the middle of a word: a letter left out, doubled, and two swapped."""
    at = len(word) // 2
    return [
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
    ]


@pytest.mark.safety("S-10", "S-82")
def test_one_slip_in_a_long_word_is_nearly_always_forgiven(english: Understanding) -> None:
    """Some misspellings are everyday words themselves ("fever", "never"); those few cannot be recognised.

    Where the word is all that speaks for the sign ("storke"), it is asked about: then the slip is all there is.
    """
    tried = missed = asked = 0
    for message in MESSAGES:
        words = message.split()
        for at, word in enumerate(words):
            if word.isalpha() and len(word) >= LONG:
                for slip in slips(word):
                    tried += 1
                    understood = english.understand(" ".join([*words[:at], slip, *words[at + 1 :]]))
                    missed += not stops(understood) and not understood.half_heard
                    asked += not stops(understood)
    assert missed / tried < 0.001, f"{missed} of {tried}"
    assert asked / tried < 0.035, f"{asked} of {tried}"


@pytest.mark.safety("S-10")
def test_a_full_stop_after_a_word_that_ends_no_sentence_hides_nothing(english: Understanding) -> None:
    """Dictation puts one where the speaker takes breath. Elsewhere than after such words it ends the sentence."""
    tried = missed = 0
    for message in MESSAGES:
        words = message.split()
        for at, word in enumerate(words[:-1]):
            if word in {"in", "my", "his", "her", "of", "from", "on", "and", "with"}:
                tried += 1
                stopped = f"{word}. {words[at + 1].capitalize()}"
                missed += not stops(english.understand(" ".join([*words[:at], stopped, *words[at + 2 :]])))
    assert missed / tried < 0.02, f"{missed} of {tried}"
