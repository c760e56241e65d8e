"""What is half heard in public is met with the emergency line and no question (S-57, S-80)."""

from datetime import UTC, datetime

import pytest

from bot.config.settings import Contacts
from bot.library.library import Library
from bot.library.shipped import shipped
from bot.services.group_answers import GroupAnswers

DOUBTFUL = "everyone would be lighter without me around"
LINE = "In an emergency, call the emergency number now."


@pytest.fixture(scope="module")
def groups() -> GroupAnswers:
    return GroupAnswers(Library.open(shipped(), datetime.now(UTC)), Contacts("the emergency number", "the crisis line"))


@pytest.mark.safety("S-57", "S-80")
def test_a_mention_gets_the_emergency_line_first_and_no_question(groups: GroupAnswers) -> None:
    (message,) = groups.group(DOUBTFUL, "", mentioned=True).messages
    assert message.html.startswith(LINE)
    assert "?" not in message.html
    (plain,) = groups.group("my neck is stiff", "", mentioned=True).messages
    assert LINE not in plain.html


@pytest.mark.safety("S-57", "S-80")
def test_who_does_not_mention_the_bot_hears_nothing(groups: GroupAnswers) -> None:
    assert groups.group(DOUBTFUL, "", mentioned=False).messages == ()


@pytest.mark.safety("S-80")
def test_an_inline_query_gets_the_emergency_line(groups: GroupAnswers) -> None:
    (article,) = groups.inline(DOUBTFUL)
    assert (article.id, article.html) == ("help", LINE)
    assert all(article.html.startswith(LINE) for article in groups.inline(f"LI4, {DOUBTFUL}"))
    assert all(LINE not in article.html for article in groups.inline("LI4"))
