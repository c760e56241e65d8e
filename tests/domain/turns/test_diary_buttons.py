"""What is kept of a guided session: nothing without a diary; and what a diary changes."""

from dataclasses import replace

import pytest

from bot.domain.screening.steps import helpful_point
from bot.domain.state.dialogue import Stage
from bot.domain.state.diary import Diary, DiaryEntry
from bot.domain.state.durations import DAY, HOUR
from bot.domain.turns.events import Action
from bot.domain.turns.replies import Overview
from bot.domain.turns.session_replies import SessionOutcome
from tests.chatting import Chat, complaint
from tests.domain.turns.test_session_buttons import begun, through


@pytest.fixture
def chat() -> Chat:
    return Chat().screened("neck_pain")


def test_without_a_diary_nothing_of_a_session_is_kept_but_for_the_hour(chat: Chat) -> None:
    begun(chat)
    through(chat, "4")
    assert chat.dialogue.diary is None
    assert chat.dialogue.finished is not None
    chat.later(HOUR)
    chat.command("start")
    assert chat.dialogue.finished is None


@pytest.mark.safety("S-51")
def test_the_diary_begins_with_its_button_and_one_tap_erases_it(chat: Chat) -> None:
    begun(chat)
    through(chat, "4")
    chat.press(Action.DIARY_ON)
    entry = DiaryEntry(chat.now, ("neck_pain",), ("GB20", "GB21", "LI4"), 6, 4)
    assert chat.dialogue.diary == Diary((entry,))
    chat.press(Action.DIARY_OFF)
    assert chat.dialogue.diary is None


@pytest.mark.safety("S-51")
def test_with_a_diary_each_session_goes_into_it_and_the_hour_does_not_erase_it(chat: Chat) -> None:
    chat.press(Action.DIARY_ON)
    begun(chat)
    through(chat, "4")
    assert chat.last() == (SessionOutcome(6, 4, diary=True),)
    chat.later(3 * DAY)
    chat.command("start")
    assert chat.dialogue.diary is not None
    assert len(chat.dialogue.diary.entries) == 1


@pytest.mark.safety("S-51")
def test_a_session_is_kept_once(chat: Chat) -> None:
    chat.press(Action.DIARY_ON)
    begun(chat)
    through(chat, "4")
    chat.press(Action.DIARY_ON)
    assert chat.dialogue.diary is not None
    assert len(chat.dialogue.diary.entries) == 1


@pytest.mark.safety("S-51")
def test_a_session_for_somebody_else_is_not_kept() -> None:
    chat = Chat()
    chat.press(Action.DIARY_ON)
    chat.wants("neck_pain", about="mum")
    chat.press(Action.ANSWER_NONE)
    chat.press(Action.DONE)
    begun(chat)
    through(chat, "4")
    assert chat.last() == (SessionOutcome(6, 4, diary=None),)
    assert chat.dialogue.diary == Diary()


def with_diary(chat: Chat, *codes: str) -> None:
    """Three sessions in which these points did best."""
    other = DiaryEntry(0.0, ("neck_pain",), ("GB20",), 6, 6)
    entries = (other, *(DiaryEntry(0.0, ("neck_pain",), (code,), 6, 2) for code in codes))
    chat.dialogue = replace(chat.dialogue, diary=Diary(entries))


def test_what_helped_most_comes_first_and_the_overview_says_so() -> None:
    chat = Chat()
    with_diary(chat, "LI4", "LI4")
    (overview,) = chat.screened("neck_pain").last()
    assert isinstance(overview, Overview)
    assert (overview.plan.points, overview.helped) == (("LI4", "GB20", "GB21"), "LI4")


def test_what_helped_this_person_says_nothing_about_another_one_nor_about_a_point_by_name() -> None:
    chat = Chat()
    with_diary(chat, "LI4", "LI4")
    chat.wants("neck_pain", about="mum")
    chat.press(Action.ANSWER_NONE)
    chat.press(Action.DONE)
    (overview,) = chat.last()
    assert isinstance(overview, Overview)
    assert (overview.plan.points[0], overview.helped) == ("GB20", "")
    assert helpful_point(replace(chat.dialogue, about="", point="LI4"), overview.plan) == ""


@pytest.mark.safety("S-28")
def test_what_helped_most_is_not_shown_where_it_must_be_left_out() -> None:
    chat = Chat()
    chat.dialogue = replace(chat.dialogue, diary=Diary((DiaryEntry(0.0, ("wrist_pain",), ("HT7",), 6, 2),) * 3))
    chat.say(complaint("wrist_pain")._replace(contraindications=frozenset({"sore_wrist"})))
    (overview,) = chat.screened("wrist_pain").last()
    assert isinstance(overview, Overview)
    assert "HT7" not in overview.plan.points
    assert overview.helped == ""


@pytest.mark.safety("S-20")
def test_same_as_last_time_is_screened_like_any_wish() -> None:
    chat = Chat()
    with_diary(chat, "LI4")
    chat.press(Action.SAME)
    assert chat.stage is Stage.QUESTION
    assert chat.dialogue.conditions == ("neck_pain",)
