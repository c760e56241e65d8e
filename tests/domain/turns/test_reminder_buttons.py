"""Setting reminders up, changing them, answering and stopping them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.state.dialogue import Stage
from bot.domain.state.diary import Diary, DiaryEntry
from bot.domain.state.durations import DAY
from bot.domain.state.reminders import Reminders
from bot.domain.turns.events import Action
from bot.domain.turns.replies import Say
from bot.domain.understanding.understood import Understood
from tests.chatting import START, Chat

TODAY = datetime.fromtimestamp(START, UTC).date().isoformat()


def key(chat: Chat) -> str:
    """The key of the first reply, which must be a fixed text."""
    reply = chat.last()[0]
    assert isinstance(reply, Say)
    return reply.key


def kept(chat: Chat) -> Reminders:
    """The reminders that are on."""
    assert chat.dialogue.reminders is not None
    return chat.dialogue.reminders


def set_up(chat: Chat, hour: str = "18", zone: str = "berlin") -> Chat:
    chat.command("remind")
    chat.press(Action.REMIND_DAYS)
    chat.press(Action.REMIND_HOUR, hour)
    chat.press(Action.REMIND_ZONE, zone)
    chat.press(Action.REMIND_ON)
    return chat


def test_days_hour_and_zone_and_only_then_they_are_on() -> None:
    chat = Chat()
    chat.command("remind")
    assert (chat.stage, key(chat)) == (Stage.REMIND_DAYS, "remind.days")
    chat.press(Action.REMIND_DAY, "5")
    chat.press(Action.REMIND_DAY, "6")
    chat.press(Action.REMIND_DAY, "6")
    chat.press(Action.REMIND_DAYS)
    assert key(chat) == "remind.hour"
    chat.press(Action.REMIND_HOUR, "18")
    assert key(chat) == "remind.zone"
    chat.press(Action.REMIND_ZONE, "berlin")
    assert key(chat) == "remind.sure"
    assert chat.dialogue.reminders is None
    chat.press(Action.REMIND_ON)
    assert chat.dialogue.reminders == Reminders((0, 1, 2, 3, 4, 6), 18, "Europe/Berlin", TODAY)
    assert (chat.dialogue.draft, chat.stage) == (None, Stage.IDLE)


def test_a_zone_may_be_typed_and_one_that_is_not_known_is_asked_again() -> None:
    chat = Chat()
    chat.command("remind")
    chat.press(Action.REMIND_DAYS)
    chat.press(Action.REMIND_HOUR, "9")
    chat.say(Understood())
    assert (key(chat), chat.stage) == ("remind.unknown_zone", Stage.REMIND_ZONE)
    chat.press(Action.REMIND_ZONE, "+05:30")  # what a typed offset becomes
    chat.press(Action.REMIND_ON)
    assert chat.dialogue.reminders is not None
    assert chat.dialogue.reminders.zone == "+05:30"


def test_one_day_at_least_stays() -> None:
    chat = Chat()
    chat.command("remind")
    for day in "0123456":
        chat.press(Action.REMIND_DAY, day)
    assert chat.dialogue.draft is not None
    assert chat.dialogue.draft.days == (6,)


@pytest.mark.safety("S-51")
def test_left_in_the_middle_nothing_is_kept() -> None:
    chat = Chat()
    chat.command("remind")
    chat.wants("neck_pain")
    assert (chat.dialogue.draft, chat.dialogue.reminders) == (None, None)


def test_changed_the_same_day_it_is_not_sent_twice() -> None:
    chat = set_up(Chat())
    chat.dialogue = replace(chat.dialogue, reminders=replace(kept(chat), last=TODAY))
    chat.command("remind")
    assert key(chat) == "remind.status"
    chat.press(Action.REMIND, "new")
    chat.press(Action.REMIND_DAYS)
    chat.press(Action.REMIND_HOUR, "20")
    chat.press(Action.REMIND_ZONE, "berlin")
    chat.press(Action.REMIND_ON)
    assert kept(chat).last == TODAY
    assert kept(chat).hour == 20


def test_the_buttons_of_a_reminder_work_on_a_new_day() -> None:
    chat = set_up(Chat())
    chat.later(DAY)
    for action in (Action.REMIND_SKIP, Action.REMIND_LATER):
        assert not chat.press(action, revision=0).stale
        assert chat.dialogue.reminders is not None
    chat.press(Action.REMIND_OFF, revision=0)
    assert (key(chat), chat.dialogue.reminders) == ("remind.off", None)
    for action in (Action.REMIND_SKIP, Action.REMIND_LATER):
        chat.press(action, revision=0)
        assert key(chat) == "remind.off"


def test_whatever_a_person_does_counts_as_an_answer() -> None:
    chat = set_up(Chat())
    chat.dialogue = replace(chat.dialogue, reminders=replace(kept(chat), unanswered=2))
    chat.say(Understood())
    assert kept(chat).unanswered == 0


@pytest.mark.safety("S-20")
def test_start_leads_to_the_questions_of_the_last_complaint_and_never_to_points() -> None:
    chat = set_up(Chat())
    chat.press(Action.REMIND_START, revision=0)
    assert chat.stage is Stage.WHERE
    chat.dialogue = replace(chat.dialogue, diary=Diary((DiaryEntry(0.0, ("neck_pain",), ("GB20",), 6, 4),)))
    chat.press(Action.REMIND_START, revision=0)
    assert (chat.stage, chat.dialogue.conditions) == (Stage.QUESTION, ("neck_pain",))
    assert not chat.points


@pytest.mark.safety("S-12")
def test_start_after_a_warning_sign_asks_about_it_first() -> None:
    chat = set_up(Chat())
    chat.dialogue = replace(
        chat.dialogue,
        flags=("stroke",),
        flag_at=chat.now,
        diary=Diary((DiaryEntry(0.0, ("neck_pain",), ("GB20",), 6, 4),)),
    )
    chat.press(Action.REMIND_START, revision=0)
    assert chat.stage is Stage.FLAG_CHECK
