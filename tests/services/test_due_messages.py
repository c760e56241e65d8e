"""What is due and what a person writes just then: the one neither loses nor doubles the other."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.state.reminders import Reminders
from bot.library.library import Library
from bot.library.shipped import shipped
from bot.services.chat_state import keep_reminders
from bot.storage.records import LEASE
from tests.services.test_conversation import NOON, Talk

ANN = "telegram:1"
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.open(shipped(), datetime.now(UTC))


@pytest.fixture
def talk(library: Library, tmp_path: Path) -> Talk:
    """Reminders at one o'clock; yesterday's has had no answer."""
    talk = Talk(library, tmp_path)
    set_for = Reminders(tuple(range(7)), 13, "+00:00", "2031-05-01", "2031-05-03", unanswered=1)
    with talk.store.chat(ANN) as row:
        keep_reminders(row, set_for, NOON.timestamp())
    return talk


def test_a_late_reminder_still_comes_when_the_person_has_written_meanwhile(talk: Talk) -> None:
    talk.now = NOON + 2 * HOUR
    talk.say("thank you", ANN)
    (due,) = talk.due_messages.take("telegram")
    action = talk.due_messages.action(due)
    assert action is not None
    assert action.send is not None


def test_while_a_reminder_is_on_its_way_writing_does_not_send_it_twice(talk: Talk) -> None:
    talk.now = NOON + HOUR
    (due,) = talk.due_messages.take("telegram")
    talk.say("thank you", ANN)
    assert talk.due_messages.take("telegram") == []
    action = talk.due_messages.action(due)
    assert action is not None
    talk.due_messages.done(action, 7)
    talk.now += LEASE
    assert talk.due_messages.take("telegram") == []


def test_another_hour_holds_from_now_on(talk: Talk) -> None:
    with talk.store.chat(ANN) as row:
        keep_reminders(row, Reminders(tuple(range(7)), 15, "+00:00", "2031-05-04"), NOON.timestamp())
    talk.now = NOON + 2 * HOUR
    assert talk.due_messages.take("telegram") == []
    talk.now = NOON + 3 * HOUR
    assert len(talk.due_messages.take("telegram")) == 1
