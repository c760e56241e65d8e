"""S-5, S-52: the words of the last two minutes are in memory, few, and gone after that."""

import pytest

from bot.services.recent_texts import LONGEST, MOST_CHATS, RecentTexts


@pytest.mark.safety("S-5", "S-52")
def test_the_last_two_texts_of_a_chat_are_kept_for_two_minutes() -> None:
    texts = RecentTexts()
    for number, text in enumerate(("one", "two", "three")):
        texts.add("a", str(number), text, 1000.0 + number)
    assert texts.before("a", "9", 1003.0) == ("two", "three")
    assert texts.before("b", "9", 1003.0) == ()
    assert texts.before("a", "9", 1122.0) == ("three",)
    assert texts.before("a", "9", 1122.1) == ()
    assert texts.before("a", "9", 1003.0) == (), "what was too old is gone, also for a clock that is set back"


@pytest.mark.safety("S-5")
def test_an_update_that_comes_again_is_kept_once_and_does_not_come_before_itself() -> None:
    texts = RecentTexts()
    texts.add("a", "1", "cant", 1000.0)
    texts.add("a", "1", "cant", 1001.0)
    assert texts.before("a", "1", 1002.0) == ()
    assert texts.before("a", "2", 1002.0) == ("cant",)


@pytest.mark.safety("S-5")
def test_a_text_from_the_future_of_a_clock_set_back_is_not_read() -> None:
    texts = RecentTexts()
    texts.add("a", "1", "cant", 1000.0)
    assert texts.before("a", "2", 999.0) == ()


@pytest.mark.safety("S-52", "S-53")
def test_a_forgotten_chat_has_no_texts() -> None:
    texts = RecentTexts()
    texts.add("a", "1", "cant", 1000.0)
    texts.forget("a")
    texts.forget("b")
    assert texts.before("a", "2", 1000.0) == ()


@pytest.mark.safety("S-68")
def test_the_texts_are_short_and_the_chats_bounded() -> None:
    texts = RecentTexts()
    texts.add("first", "1", "x" * 5000, 1000.0)
    assert texts.before("first", "2", 1000.0) == ("x" * LONGEST,)
    for number in range(MOST_CHATS):
        texts.add(f"chat {number}", "1", "hello", 1000.0)
    assert texts.before("first", "2", 1000.0) == ()
    assert texts.before("chat 0", "2", 1000.0) == ("hello",)
