"""S-82: a corrected spelling may support a warning sign, and is never its only evidence for a stop."""

from collections.abc import Iterator
from string import ascii_lowercase

import pytest

from bot.domain.understanding.second_reader import MOST
from bot.domain.understanding.understand import Understanding
from bot.domain.understanding.understood import BY_PATTERN
from bot.library.reading.minimum.built_in import minimums
from tests.domain.shipped import lines, stops
from tests.domain.understanding.test_understanding_metamorphic import LONG, slips

COMMON = [word.lower() for line in lines("common_words.txt") for word in line.split()]
PARTS = 12  # of that list, each tested by itself
CORE = [message for messages in minimums()["en"].messages.values() for message in messages]


def edits(word: str) -> Iterator[str]:
    """Every text that is one letter more, less or otherwise, or with two neighbours swapped."""
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield from (before + letter + after for letter in ascii_lowercase)
        if after:
            yield before + after[1:]
            yield before + after[1:2] + after[:1] + after[2:]
            yield from (before + letter + after[1:] for letter in ascii_lowercase)


@pytest.mark.safety("S-82")
@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.slow) for part in range(1, PARTS))])
def test_no_slip_in_an_everyday_word_stops_anybody(english: Understanding, part: int) -> None:
    """The slips that are no words themselves: those are what they say."""
    stopped = [
        slip
        for word in COMMON[part::PARTS]
        for slip in dict.fromkeys(edits(word))
        if not english.knows(slip) and stops(english.understand(f"{slip}. i saw a {slip} today"))
    ]
    assert stopped == []


@pytest.mark.safety("S-10", "S-82")
def test_one_slip_in_a_core_message_loses_none(english: Understanding) -> None:
    """It is stopped or asked about. A slip that is a word itself ("burnt", "brunt") cannot be seen."""
    lost = []
    for message in CORE:
        words = message.split()
        if stops(english.understand(message)):
            for at, word in enumerate(words):
                for slip in slips(word) if word.isalpha() and len(word) >= LONG else ():
                    understood = english.understand(" ".join([*words[:at], slip, *words[at + 1 :]]))
                    if not stops(understood) and not understood.half_heard and not english.knows(slip):
                        lost.append((message, slip))
    assert lost == []


@pytest.mark.safety("S-80", "S-82")
@pytest.mark.parametrize(
    ("said", "flag", "quote"),
    [
        ("a starke contrast", "stroke", "starke"),
        ("he had a strokke", "stroke", "strokke"),
        ("my brother has jaunndice", "jaundice", "jaunndice"),
        ("i was raaped", "danger_from_others", "raaped"),
    ],
)
def test_a_sign_of_corrected_words_alone_is_asked_about_first(
    english: Understanding, said: str, flag: str, quote: str
) -> None:
    understood = english.understand(said)
    assert not stops(understood)
    assert understood.half_heard[0] == (flag, BY_PATTERN, quote)
    assert len(understood.half_heard) <= MOST


@pytest.mark.safety("S-10", "S-82")
@pytest.mark.parametrize(
    "said",
    [
        "chst pain",
        "chest paiin",
        "chestpain",
        "cantbreathe",
        "i cant braethe",
        "haert attack",
        "face droping and armm weak",
        "he had a strooooke",
        "anafilaxis",
        "suiside",
        "unconcious",
        "my mum has colapsed",
        "seziures",
    ],
)
def test_one_word_spelled_right_a_listed_misspelling_or_a_drawn_out_word_is_enough(
    english: Understanding, said: str
) -> None:
    assert stops(english.understand(said))


@pytest.mark.safety("S-82")
def test_the_answer_to_a_question_that_holds_a_doubtful_sign_is_no_answer(english: Understanding) -> None:
    understood = english.understand("yes, jaunndice")
    assert understood.answer is None
    assert understood.half_heard
