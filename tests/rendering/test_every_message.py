"""Every message of the shipped knowledge: how long, how plain, and what it never says."""

import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

import pytest

from bot.domain.turns.doubts import LONGEST_QUESTION
from bot.domain.turns.replies import Advice, AskQuestion, Card, Overview
from bot.domain.turns.session_replies import SessionOutcome, SessionStep
from bot.library.checks.words import MOST_WORDS, reading_grade, sentences
from tests.rendering.every_message import Shown, advices, cards, fixed, guided, others, overviews, questions, shown

MOST_CHARACTERS = 1_000  # S-45
_HIGHEST_GRADE = 8  # S-44
_WORD = re.compile(r"[A-Za-z][A-Za-z'\u2019-]*")
_FORBIDDEN = re.compile(
    r"\b(cures?|treats?|treatment|heals?|fix(es)?|prevents?|diagnos\w+|miracle|proven|guaranteed|detox|unblocks? energy"
    r"|instead of medicine)\b",
    re.IGNORECASE,
)
_YOU_HAVE = re.compile(r"\byou (have|suffer|are suffering)\b", re.IGNORECASE)


@cache
def everything() -> tuple[Shown, ...]:
    """All messages."""
    return tuple(each for make in (cards, overviews, advices, fixed, others, guided) for each in shown(iter(make())))


@pytest.mark.safety("S-45")
def test_no_message_is_longer_than_a_thousand_characters() -> None:
    assert {each.text for each in everything() if len(each.text) > MOST_CHARACTERS} == set()


@pytest.mark.safety("S-3")
def test_no_advice_for_a_red_flag_is_longer_than_eight_hundred_characters() -> None:
    long = {each.text for each in shown(advices()) if len(each.text) > 800}
    assert long == set()


@pytest.mark.safety("S-39")
def test_every_red_flag_question_fits_a_phone_screen() -> None:
    assert {each.text for each in shown(questions()) if len(each.text) > 320} == set()
    again = (replace(each, repeated=True) for each in questions())
    assert {each.text for each in shown(again) if len(each.text) > LONGEST_QUESTION} == set()


@pytest.mark.safety("S-44")
@pytest.mark.parametrize("kind", [Card, Overview, Advice, AskQuestion, SessionStep, SessionOutcome])
def test_sentences_are_short_and_words_plain(kind: type) -> None:
    texts = {each.text for each in everything() if isinstance(each.reply, kind)}
    long = {sentence for text in texts for sentence in sentences(text) if len(_WORD.findall(sentence)) > MOST_WORDS}
    assert long == set()
    assert {text for text in texts if reading_grade(text) > _HIGHEST_GRADE} == set()


@pytest.mark.safety("S-40", "S-36")
def test_nothing_is_promised() -> None:
    said = {
        found.group() for each in everything() for found in _FORBIDDEN.finditer(re.sub(r"Sources:.*", "", each.text))
    }
    assert said == set()


@pytest.mark.safety("S-41")
def test_a_recommendation_says_you_asked_about_and_never_you_have() -> None:
    for each in everything():
        if isinstance(each.reply, Overview):
            assert "You asked about" in each.text
            rules = re.sub(r"if you have any of these", "", each.text)
            assert not _YOU_HAVE.search(rules), each.text


@pytest.mark.safety("S-26")
def test_no_question_assumes_a_sex() -> None:
    for each in shown(questions()):
        assert not re.search(r"\b(he|she|his|her|him|ladies|women|woman|men|man|girl|boy)\b", each.text, re.IGNORECASE)


class _Tags(HTMLParser):
    """Collects what is wrong with the markup."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        if tag not in {"b", "i"} or attrs:
            self.wrong.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"/{tag}")


def faults(html: str) -> list[str]:
    """What is wrong with the markup of a message."""
    tags = _Tags()
    tags.feed(html)
    tags.close()
    bare = re.findall(r"&(?!(?:amp|lt|gt|quot|#39|#x27);)", html)
    twice = re.findall(r"&amp;(?:amp|lt|gt|quot|#)", html)
    return [*tags.wrong, *tags.open, *bare, *twice]


@pytest.mark.safety("S-64")
def test_every_message_is_sound_html_of_bold_and_italics_alone() -> None:
    assert {each.message.html: found for each in everything() if (found := faults(each.message.html))} == {}


@pytest.mark.safety("S-46")
def test_every_button_says_what_it_does_without_its_emoji() -> None:
    for each in everything():
        labels = [re.sub(r"[^\w ,'&().-]", "", button.label).strip() for row in each.message.buttons for button in row]
        said = [re.fullmatch(r"\d{1,2}(00)?", label) or re.search(r"[A-Za-z]{2}", label) for label in labels]
        assert all(said), labels  # a score or an hour says itself
        assert len(labels) == len({label.casefold() for label in labels}), labels


def test_button_labels_are_short_and_few() -> None:
    for each in everything():
        buttons = [button for row in each.message.buttons for button in row]
        assert len(buttons) <= 100
        assert {button.label for button in buttons if len(button.label) > 34} == set()
