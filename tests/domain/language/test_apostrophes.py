"""S-10: whatever sign stands for an apostrophe, and be it left out, a contraction is the same word."""

import re
import unicodedata
from collections.abc import Callable, Iterator

import pytest

from bot.domain.knowledge import Knowledge
from bot.domain.language.words import APOSTROPHES, clean, words
from bot.domain.understanding.understand import Understanding
from tests.domain.shipped import pairs, stops

STEMS = {  # English contractions by their ending
    "t": "can won don shan ain isn aren wasn weren hasn haven hadn doesn didn couldn wouldn shouldn mustn",
    "s": "he she it that there here what where who how let",
    "m": "i",
    "re": "you we they",
    "ve": "i you we they could would should",
    "ll": "i you he she it we they that",
    "d": "i you he she we they",
}
KEYBOARD = {  # what is typed or scanned most: the table of the program may hold more, but never less
    "grave": "`", "acute": "\u00b4", "right quote": "\u2019", "left quote": "\u2018", "high quote": "\u201b",
    "prime": "\u2032", "reversed prime": "\u2035", "letter apostrophe": "\u02bc", "letter prime": "\u02b9",
    "okina": "\u02bb", "full width": "\uff07", "Armenian": "\u055a", "saltillo": "\ua78c",
}  # fmt: skip
APART: dict[str, Callable[[str, str], str]] = {
    "a blank": lambda stem, end: f"{stem} {end}",
    "a blank after it": lambda stem, end: f"{stem}' {end}",
    "a blank before it": lambda stem, end: f"{stem} '{end}",
    "blanks around it": lambda stem, end: f"{stem} \u00b4 {end}",
    "the key beside it": lambda stem, end: f"{stem};{end}",
    "the shifted key": lambda stem, end: f'{stem}"{end}',
    "a lost letter": lambda stem, end: f"{stem}?{end}",
    "a lost letter's sign": lambda stem, end: f"{stem}\ufffd{end}",
}


def texts(text: str) -> list[tuple[str, bool]]:
    """The words of a text, and whether something parts them from the words before."""
    return [(word.text, bool(word.gap)) for word in words(clean(text))]


def contractions(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Each contraction that the knowledge understands, as its stem and its ending."""
    vocabulary = knowledge.texts["en"].vocabulary
    ways = " ".join(way for each in vocabulary.concepts.values() for way in each)
    known = {*re.findall(r"\w+", ways)}
    return ((stem, end) for end, stems in STEMS.items() for stem in stems.split() if stem + end in known)


@pytest.mark.safety("S-10")
def test_every_mark_of_the_keyboards_is_an_apostrophe() -> None:
    missing = [unicodedata.name(mark) for mark in KEYBOARD.values() if mark not in APOSTROPHES]
    assert missing == []


@pytest.mark.safety("S-10")
@pytest.mark.parametrize("mark", sorted({*APOSTROPHES, *KEYBOARD.values()}), ids=unicodedata.name)
def test_every_mark_makes_the_same_word_of_every_contraction(shipped_knowledge: Knowledge, mark: str) -> None:
    found = list(contractions(shipped_knowledge))
    assert len(found) > 30
    for stem, end in found:
        for text in ("{} go, please", "please {} go", "PLEASE {} GO\u2026"):
            plain, other = text.format(f"{stem}'{end}"), text.format(f"{stem}{mark}{end}")
            assert texts(other) == texts(plain), other


@pytest.mark.safety("S-10")
@pytest.mark.parametrize("way", APART.values(), ids=APART)
def test_a_contraction_written_apart_is_one_word(shipped_knowledge: Knowledge, way: Callable[[str, str], str]) -> None:
    for stem, end in contractions(shipped_knowledge):
        assert texts(f"please {way(stem, end)} go") == texts(f"please {stem}'{end} go"), (stem, end)


@pytest.mark.safety("S-10")
@pytest.mark.parametrize("mark", KEYBOARD.values(), ids=KEYBOARD)
def test_marks_never_hide_an_emergency(english: Understanding, mark: str) -> None:
    messages = [message for _, message in pairs("emergencies.txt") if "'" in message]
    assert len(messages) > 100
    lost = [message for message in messages if not stops(english.understand(message.replace("'", mark)))]
    assert lost == []


@pytest.mark.safety("S-10")
@pytest.mark.parametrize(
    "message",
    ["i can{}t breathe", "he isn{}t breathing", "she won{}t wake up", "can{}t stop bleeding", "can{}t feel my legs"],
)
@pytest.mark.parametrize("between", ["\u00b4", "`", "\u2032", "' ", " ", ";"])
def test_who_cannot_breathe_is_understood(english: Understanding, message: str, between: str) -> None:
    assert stops(english.understand(message.format(between)))


@pytest.mark.parametrize(
    "text", ["`chest` pain", "```chest pain```", "`chest pain`", "my `chest`, `pain`", "```\nchest pain\n```"]
)
def test_backticks_around_words_are_no_apostrophes(text: str) -> None:
    plain = text.replace("`", "")
    assert texts(text) == texts(plain)
    assert [word.written for word in words(clean(text))] == [word.written for word in words(clean(plain))]


def test_the_words_stay_as_they_were_written() -> None:
    assert [word.written for word in words(clean("i can' t breathe"))] == ["i", "can' t", "breathe"]


@pytest.mark.parametrize("text", ["vitamin d", "is it? s", "what, s", "i can. t", "plan t", "take it d"])
def test_other_single_letters_stay_words(text: str) -> None:
    assert len(words(clean(text))) == len(re.findall(r"\w+", text))
