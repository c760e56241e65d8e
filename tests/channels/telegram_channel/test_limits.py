"""Texts are cut to Telegram's limits without breaking their tags."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram import limits
from tests.end_to_end.telegram_rules import visible

words = st.text(alphabet="ab &<>\n\U0001f9d8é", min_size=1, max_size=30).map(escape)
markups = st.lists(
    st.one_of(words, words.map("<b>{}</b>".format), words.map("<i>x <b>{}</b> y</i>".format), st.just("\n\n")),
    min_size=1,
    max_size=12,
).map("".join)


@pytest.mark.safety("S-67")
@given(markups, st.integers(min_value=5, max_value=60))
def test_every_piece_of_a_split_text_fits_and_has_all_its_tags_in_order(markup: str, limit: int) -> None:
    for piece in limits.split(markup, limit):
        assert limits.length(visible(piece, "HTML")) <= limit


@given(markups, st.integers(min_value=5, max_value=60))
def test_splitting_loses_nothing_but_white_space(markup: str, limit: int) -> None:
    together = "".join(visible(piece, "HTML") for piece in limits.split(markup, limit))
    assert "".join(together.split()) == "".join(visible(markup, "HTML").split())


def test_a_text_that_fits_stays_as_it_is() -> None:
    assert limits.split("<b>Hello</b> &amp; welcome", 100) == ["<b>Hello</b> &amp; welcome"]


def test_a_cut_falls_between_paragraphs_rather_than_lines_or_words() -> None:
    assert limits.split("one two\nthree\n\nfour five\nsix", 22) == ["one two\nthree", "four five\nsix"]


def test_a_cut_falls_between_words_where_there_is_no_other_border() -> None:
    assert limits.split("one two three", 9) == ["one two", "three"]


def test_a_tag_open_at_the_cut_is_closed_and_opened_again() -> None:
    assert limits.split("<b>one two</b> and more", 5) == ["<b>one</b>", "<b>two</b>", "and", "more"]


@given(st.text(max_size=300), st.integers(min_value=1, max_value=200))
def test_a_cut_plain_text_fits_and_says_that_something_is_missing(text: str, limit: int) -> None:
    short = limits.cut(text, limit)
    assert limits.length(short) <= limit
    assert short == text or short.endswith("…")
