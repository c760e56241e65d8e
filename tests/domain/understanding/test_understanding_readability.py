"""Texts in other languages or without words are told apart from what can be read."""

import pytest

from bot.domain.understanding.understand import Understanding


@pytest.mark.parametrize(
    "message",
    [
        "mir tut der Rücken weh",
        "me duele mucho la cabeza",
        "j'ai mal au dos",
        "😀😀",
        "\u0443 \u043c\u0435\u043d\u044f \u0431\u043e\u043b\u0438\u0442",
        "头疼",
        "...",
    ],
)
def test_text_in_other_languages_or_without_words_is_not_readable(english: Understanding, message: str) -> None:
    assert not english.understand(message).readable


@pytest.mark.parametrize("message", ["my neck is stiff", "ok", "LI4", "合谷", "no", "qwertz asdf"])
def test_english_and_names_of_points_are_readable(english: Understanding, message: str) -> None:
    assert english.understand(message).readable
