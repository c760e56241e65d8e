"""Each phrase of the program must be there, with the right placeholders."""

from bot.library.checks.phrases import phrases_can_be_filled, placeholders
from tests.library.conftest import Folder

FILE = "texts/en/phrases/conversation.yaml"


def test_a_phrase_that_is_missing_is_reported_with_the_place_it_belongs_to(whole: Folder) -> None:
    whole.edit(FILE, 'emergency_line: "In', 'emergency_lin: "In')
    assert sorted(problem.split(": ", maxsplit=1)[1] for problem in whole.found(phrases_can_be_filled)) == [
        "emergency_line: this phrase is missing. Take it from the shipped knowledge (copy-knowledge).",
        'warning: emergency_lin: nothing uses this phrase. Did you mean "emergency_line"?',
    ]


def test_a_phrase_with_a_wrong_placeholder_is_reported(whole: Folder) -> None:
    whole.edit(FILE, "In an emergency, call {emergency} now.", "In an emergency, call {emergncy} now.")
    (problem,) = whole.found(phrases_can_be_filled)
    assert problem.endswith(
        "emergency_line: missing or unknown placeholder: {emergency}, {emergncy}. There must be: {emergency}."
    )


def test_a_phrase_with_broken_braces_is_reported(whole: Folder) -> None:
    whole.edit(FILE, "In an emergency, call {emergency} now.", "In an emergency, call {emergency now.")
    (problem,) = whole.found(phrases_can_be_filled)
    assert problem.endswith("the braces are broken. Write {name} for a placeholder and {{ for a brace.")


def test_the_order_of_placeholders_is_free() -> None:
    assert placeholders("{a} and {b}") == placeholders("{b}, {a}, {b}") == frozenset({"a", "b"})
    assert placeholders("a {{brace}}") == frozenset()
