"""What one person sends must not keep the others from being answered: not even what no part of the bot can read."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.storage.parked import Parked
from tests.end_to_end import every_kind
from tests.end_to_end.bot_api import PATIENCE, BotApi
from tests.end_to_end.people import Person
from tests.end_to_end.running_bot import RunningBot, running
from tests.end_to_end.test_telegram_crashes import answers, start
from tests.end_to_end.test_telegram_parking import LONG

CHEST = "crushing chest pain"


@pytest.fixture
def process(own_api: BotApi, tmp_path: Path) -> Iterator[None]:
    """A bot in a process of its own: if it hangs, it does not hang the tests."""
    running = start(own_api, tmp_path)
    yield
    running.kill()
    running.wait(PATIENCE)


@pytest.mark.usefixtures("process")
@pytest.mark.safety("S-17", "S-68")
def test_a_long_text_for_a_town_holds_nobody_up(own_api: BotApi) -> None:
    one, other = Person(own_api, 85_000), Person(own_api, 85_001)
    one.says("/remind")
    one.taps("These days")
    one.taps("18:00")
    own_api.feed({"message": one.message({"text": "\u00a0" * 3000 + "x"})})
    own_api.feed({"message": other.message({"text": CHEST})})
    own_api.wait(lambda: bool(answers(own_api, other)), "a warning sign was not answered")


def parked(bot: RunningBot, person: Person) -> int:
    return bot.services.store.stored_about(f"telegram:{person.id}")["parked"]


@pytest.mark.safety("S-17", "S-69")
def test_nothing_that_waits_for_its_answer_holds_up_the_others(own_api: BotApi, tmp_path: Path) -> None:
    """Every kind of thing a person can send, and a warning sign that replies to it, while Telegram makes all wait."""
    content = dict(every_kind.every_field())
    sent = [content[kind] for kind in ("contact", "venue", "game", "checklist", "poll", "sticker", "story")]
    people = [Person(own_api, 86_000 + number) for number in range(2 * len(sent) + 1)]
    replies = [{"text": CHEST, "reply_to_message": people[0].message(one)} for one in sent]
    for person in people:
        own_api.fail("sendMessage", LONG, chat=person.id)
    with running(own_api, tmp_path) as bot:
        for person, said in zip(people, [*sent, *replies, {"text": CHEST}], strict=True):
            own_api.feed({"message": person.message(said)})
        own_api.wait(lambda: all(answers(own_api, person) for person in people), "somebody was not answered")
        assert bot.services.counters.read().unreadable == 0
    assert all(len(own_api.calls_of("sendMessage", person.id)) == 2 for person in people)


UNREADABLE = ("", "{", "3", "[]", "null", '{"update_id": 1, "message": {"text": "x"}}', "[" * 9_999)


@pytest.mark.safety("S-17", "S-69")
def test_what_cannot_be_read_in_the_books_is_dropped_and_counted_and_the_others_go_on(
    own_api: BotApi, tmp_path: Path
) -> None:
    broken, other = Person(own_api, 87_000), Person(own_api, 87_001)
    with running(own_api, tmp_path) as bot:
        for number, body in enumerate(UNREADABLE):
            bot.services.store.park(Parked(f"telegram:{broken.id}", str(number), body), datetime.now(UTC))
        own_api.fail("sendMessage", LONG, chat=other.id)
        own_api.feed({"message": other.message({"text": CHEST})})
        own_api.wait(lambda: bool(answers(own_api, other)), "a warning sign was not answered")
        assert parked(bot, broken) == 0
        assert bot.services.counters.read().unreadable == len(UNREADABLE)
