"""What one person sends must not keep the others from being answered: not even what no part of the bot can read."""

from collections.abc import Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from bot.storage.deferred import DeferredUpdate
from tests.end_to_end import every_kind
from tests.end_to_end.bot_api import BotApi
from tests.end_to_end.faults import DEFERRING
from tests.end_to_end.people import Group, Person, shown
from tests.end_to_end.running_bot import RunningBot, running
from tests.end_to_end.test_telegram_crashes import answers, start
from tests.end_to_end.test_telegram_webhook import hooked
from tests.patience import PATIENCE

Json = dict[str, Any]

CHEST = "crushing chest pain"
OLD_OPTION = {"text": "x", "voter_count": 1}
OLD_POLL = {"id": "1", "question": "x", "options": [OLD_OPTION], "total_voter_count": 1, "is_closed": False,
            "is_anonymous": True, "type": "regular", "allows_multiple_answers": False}  # fmt: skip
NEVER_READ: dict[str, Json] = {
    "a poll of an older server": {"poll": OLD_POLL},
    "a sticker without its kind": {"sticker": {"file_id": "x", "file_unique_id": "x"}},
    "a date out of range": {"date": 2**62},
    "a person without a name": {"from": {"id": 1, "is_bot": False}},
    "a list for a thing": {"photo": {"file_id": 3}, "entities": 7},
    "a contact of nobody": {"contact": []},
}


JUNK: list[Json] = [{}, {"message": None}, {"message": []}, {"callback_query": 3}, {"inline_query": {}}]


def spoiled(api: BotApi, first: int) -> list[tuple[Person, Json]]:
    """Warning signs in messages that the library cannot read, each from a person of its own."""
    contents = [{"text": CHEST, **content} for content in NEVER_READ.values()]
    contents += [{"text": CHEST, "reply_to_message": content} for content in NEVER_READ.values()]
    contents += [{"caption": CHEST, **NEVER_READ["a sticker without its kind"]}]
    people = [Person(api, first + number) for number in range(len(contents) + 1)]
    messages = [one.message(content) for one, content in zip(people, contents, strict=False)]
    deep = people[-1].message({"text": CHEST})
    for _ in range(300):
        deep = {**deep, "reply_to_message": deep}
    return list(zip(people, [*messages, deep], strict=True))


def helped(api: BotApi, person: Person) -> bool:
    return any(shown(call).startswith("Get emergency help now") for call in answers(api, person))


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
    return bot.services.store.stored_about(f"telegram:{person.id}")["deferred"]


@pytest.mark.safety("S-17", "S-69")
def test_nothing_that_waits_for_its_answer_holds_up_the_others(own_api: BotApi, tmp_path: Path) -> None:
    """Every kind of thing a person can send, and a warning sign that replies to it, while Telegram makes all wait."""
    content = dict(every_kind.every_field())
    sent = [content[kind] for kind in ("contact", "venue", "game", "checklist", "poll", "sticker", "story")]
    people = [Person(own_api, 86_000 + number) for number in range(2 * len(sent) + 1)]
    replies = [{"text": CHEST, "reply_to_message": people[0].message(one)} for one in sent]
    for person in people:
        own_api.fail("sendMessage", DEFERRING, chat=person.id)
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
            bot.services.store.defer(DeferredUpdate(f"telegram:{broken.id}", str(number), body), datetime.now(UTC))
        own_api.fail("sendMessage", DEFERRING, chat=other.id)
        own_api.feed({"message": other.message({"text": CHEST})})
        own_api.wait(lambda: bool(answers(own_api, other)), "a warning sign was not answered")
        assert parked(bot, broken) == 0
        assert bot.services.counters.read().unreadable == len(UNREADABLE)


@pytest.mark.safety("S-17")
def test_polling_goes_on_past_what_cannot_be_read_and_answers_its_text(own_api: BotApi, tmp_path: Path) -> None:
    sent, other = spoiled(own_api, 88_000), Person(own_api, 88_100)
    with running(own_api, tmp_path) as bot:
        for _, message in sent:
            own_api.feed({"message": message})
        for junk in JUNK:
            own_api.feed(junk)
        own_api.wait_until_confirmed(own_api.feed({"message": other.message({"text": CHEST})}))
        own_api.wait(lambda: all(helped(own_api, person) for person, _ in [*sent, (other, {})]), "somebody waits")
        assert bot.services.counters.read().unreadable > len(NEVER_READ)
    own_api.wait_until_all_is_confirmed()


@pytest.mark.safety("S-17")
def test_the_webhook_answers_the_text_of_what_cannot_be_read(own_api: BotApi, tmp_path: Path) -> None:
    sent = spoiled(own_api, 89_000)
    with hooked(own_api, tmp_path) as bot:
        assert [bot.post({"message": message}) for _, message in sent] == [HTTPStatus.OK] * len(sent)
        assert all(helped(own_api, person) for person, _ in sent)
        assert "acupressure_unreadable_total 0" not in bot.get("/metrics")[1]


@pytest.mark.safety("S-1", "S-17")
def test_what_cannot_be_read_is_answered_in_a_group_only_where_it_is_a_warning_sign(
    group: Group, person: Person
) -> None:
    assert len(group.says(person, CHEST, poll=OLD_POLL)) == 1
    assert group.says(person, "my neck hurts", poll=OLD_POLL) == []
    other = {"id": 77, "is_bot": True, "first_name": "Other"}
    assert group.says(person, CHEST, poll=OLD_POLL, **{"from": other}) == []


def test_a_picture_that_cannot_be_read_is_answered_as_one_and_a_service_message_not(person: Person) -> None:
    assert "I can only read" in person.sends({"poll": OLD_POLL})
    assert person.sends({"pinned_message": {"message_id": 5, "date": 1, "chat": 3}}) == ""
