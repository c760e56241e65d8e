"""Wording: no promises, plain words, no look-alike letters."""

import pytest

from bot.library.checks import words
from tests.library.conftest import Check, Folder, problem_line

TEXTS = "texts/en"
NECK_TEXT = f"{TEXTS}/conditions/neck_shoulder.yaml"

RULES: dict[Check, str] = {
    words.no_forbidden_words: "S-40",
    words.easy_to_read: "S-44",
}

BAD = [
    (
        words.no_forbidden_words,
        NECK_TEXT,
        "There are no trials.",
        "It cures pain.",
        '3: tight_neck: the word "cures" must not be said. Say it in other words.',
    ),
    (
        words.easy_to_read,
        NECK_TEXT,
        "There are no trials.",
        "There are " + "no " * 20 + "trials.",
        '3: warning: tight_neck: a sentence has 23 words: "There are no no no ...". Make two of it.',
    ),
    (
        words.easy_to_read,
        NECK_TEXT,
        'instead: ""',
        f"instead: {'Contemporary investigators occasionally recommended acupressure. ' * 6}",
        "1: warning: tight_neck: the reading grade is 29; 8 is meant. Use shorter words.",
    ),
    (
        words.no_look_alike_letters,
        f"{TEXTS}/points.yaml",
        "[LI-4, hoku]",
        "[LI-4, h\N{CYRILLIC SMALL LETTER O}ku]",
        '3: "h\N{CYRILLIC SMALL LETTER O}ku" has a look-alike letter: cyrillic small letter o. Type the word again.',
    ),
    (
        words.no_look_alike_letters,
        f"{TEXTS}/points.yaml",
        "[LI-4, hoku]",
        "[LI-4, ho\u200bku]",
        "3: an invisible character hides here. Type the line again.",
    ),
]


@pytest.mark.parametrize(
    ("check", "file", "old", "new", "problem"),
    [pytest.param(*bad, marks=pytest.mark.safety(RULES[bad[0]]) if bad[0] in RULES else ()) for bad in BAD],
)
def test_a_bad_folder_gets_one_clear_line(
    small: Folder, check: Check, file: str, old: str, new: str, problem: str
) -> None:
    small.edit(file, old, new)
    assert small.found(check)[0] == problem_line(file, problem)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("Health and healthy people.", False),
        ("A secure seat.", False),
        ("Heal yourself.", True),
        ("It treats pain.", True),
        ("a fixed point", True),
        ("It unblocks your energy.", True),
        ("Use it instead of your medicines.", True),
        ("Clinically PROVEN.", True),
        ("a treat", True),
    ],
)
@pytest.mark.safety("S-40")
def test_forbidden_words_are_found_as_whole_words(small: Folder, word: str, *, said: bool) -> None:
    small.edit(NECK_TEXT, "There are no trials.", word)
    assert bool(small.found(words.no_forbidden_words)) is said
