"""Normalisation and bounds: any text is read, always the same way, with work that grows with its length alone."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.knowledge import Knowledge
from bot.domain.language.words import MOST_WORDS, clean, normalised, words
from bot.domain.understanding.understand import MATCHED_CHARACTERS, Understanding
from tests.domain.shipped import accepted, flags

LONGEST = 4_096
any_text = st.text(max_size=300)
ASCII_WORDS = st.lists(
    st.sampled_from(
        ["my", "back", "neck", "hurts", "no", "and", "but", "chest", "pain", ",", ".", "12", "LI4", "can't"]
    ),
    max_size=40,
)


@given(any_text)
def test_cleaning_a_clean_text_changes_nothing(text: str) -> None:
    once = clean(clean(text))
    assert [word.text for word in words(clean(once))] == [word.text for word in words(once)]


@given(any_text)
def test_words_are_tidy_and_stand_in_the_text_as_written(text: str) -> None:
    cleaned = clean(text)
    for word in words(cleaned):
        assert word.text == word.text.casefold()
        assert " " not in word.text
        assert all(part in cleaned for part in word.written.split())


@given(any_text)
def test_the_normalised_text_is_stable(text: str) -> None:
    assert normalised(text) == normalised(text.upper().lower()) or not text.isascii()


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("I CANNOT sleep", "i can't sleep"),
        ("do not", "don't"),
        ("<b>sore</b> neck", "sore neck"),
        ("sore\u200b neck", "sore neck"),
        ("s\u00f6re n\u00e9ck", "sore neck"),
        ("\uff53\uff4f\uff52\uff45 neck", "sore neck"),
        ("sore &amp; stiff", "sore & stiff"),
        ("soooooore neck", "soore neck"),
        ("don\u2019t", "dont"),
    ],
)
def test_spellings_of_the_same_text_become_the_same_words(text: str, same: str) -> None:
    assert normalised(text) == normalised(same)


@settings(max_examples=60, deadline=None)
@given(text=any_text)
def test_any_text_is_understood_twice_the_same(english: Understanding, text: str) -> None:
    assert english.understand(text) == english.understand(text)


@settings(max_examples=40, deadline=None)
@given(said=ASCII_WORDS)
def test_a_new_understanding_of_the_same_knowledge_gives_the_same_answer(
    english: Understanding, again: Understanding, said: list[str]
) -> None:
    assert english.understand(" ".join(said)) == again.understand(" ".join(said))


@pytest.fixture(scope="module")
def again(shipped_knowledge: Knowledge) -> Understanding:
    """Built a second time."""
    return Understanding(shipped_knowledge, "en")


def calls_of(work: Callable[[], object]) -> int:
    """How many Python functions are called: work counted without a clock."""
    count = 0

    def counter(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(counter)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


WORST = {
    "one word": "pain ",
    "sentence": "my back hurts and ",
    "commas": "headache, ",
    "denials": "no not never ",
    "numbers": "12/34 ",
    "letters": "b ",
    "everything": "knee hurts leg hurts back pain chest tight not numb ",
    "unknown words": "qzxwv kjhgq vbnmz wxcvq ",
    "a long word": "painful",
    "markup": "<b>&amp;",
}


@pytest.mark.safety("S-68")
@pytest.mark.parametrize("pattern", WORST.values(), ids=list(WORST))
def test_work_grows_with_the_length_of_a_text_and_no_faster(english: Understanding, pattern: str) -> None:
    whole = (pattern * LONGEST)[:LONGEST]
    half = whole[: LONGEST // 2]
    english.understand(whole)
    small = calls_of(lambda: english.understand(half))
    big = calls_of(lambda: english.understand(whole))
    assert big <= 2.6 * small + 2_000
    assert big < 400_000


@pytest.mark.safety("S-68")
def test_no_text_has_more_words_than_are_read() -> None:
    assert len(words("a " * LONGEST)) <= MOST_WORDS
    assert MOST_WORDS >= LONGEST / 2


def test_a_complaint_at_the_edge_of_what_is_matched_is_found(english: Understanding) -> None:
    fits = "x" * (MATCHED_CHARACTERS - 20) + ". my knee hurts"
    assert accepted(english.understand(fits)) == ["knee_pain"]
    assert flags(english.understand("")) == []
