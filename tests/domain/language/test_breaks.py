"""What separates words: nothing, a comma, what may be only a pause, or the end of a sentence."""

import pytest

from bot.domain.language.words import NONE, PAUSE, SOFT, STRONG, Break, clean, has_pause, words


@pytest.mark.safety("S-10")
@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("chest pain", NONE),
        ("chest-pain", NONE),
        ("chest, pain", SOFT),
        ("chest. pain", STRONG),
        ("chest? pain", STRONG),
        ("chest! pain", PAUSE),
        ("chest... pain", PAUSE),
        ("chest\u2026Pain", PAUSE),
        ("chest - Pain", PAUSE),
        ("chest \u2014 pain", PAUSE),
        ("chest: pain", PAUSE),
        ("chest; Pain", PAUSE),
        ("chest | pain", PAUSE),
        ("chest\npain", PAUSE),
        ("chest,\npain", PAUSE),
        ("chest\n- pain", PAUSE),
        ("chest\nI ache", PAUSE),
        ("chest\nI'm ill", PAUSE),
        ("CHEST\nPAIN", PAUSE),
        ("chest\n3 days", PAUSE),
        ("chest\nPain", STRONG),
        ("chest\n\npain", STRONG),
        ("chest.\npain", STRONG),
        ("chest...\nPain", STRONG),
        ("chest -> pain", STRONG),
        ("chest...? pain", STRONG),
    ],
)
def test_the_break_between_two_words(text: str, gap: Break) -> None:
    found = words(clean(text))
    assert found[1].gap is gap
    assert has_pause(found) is (gap is PAUSE)


@pytest.mark.parametrize("text", ["... chest", ": chest", "\nchest", "- chest"])
def test_the_first_word_begins_a_sentence(text: str) -> None:
    assert words(clean(text))[0].gap is STRONG
