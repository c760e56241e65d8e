"""A long "retry after", an unreachable Telegram: the answer waits, nobody else does, and no crash loses it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.end_to_end import faults
from tests.end_to_end.bot_api import BotApi
from tests.end_to_end.faults import Fault
from tests.end_to_end.people import Person
from tests.end_to_end.running_bot import running
from tests.end_to_end.test_telegram_crashes import start
from tests.processes import kill, stop

LONG = Fault(429, "Too Many Requests: retry after 600", retry_after=600)


def fall_due(folder: Path) -> None:
    """Makes every deferred update due now."""
    with closing(sqlite3.connect(folder / "data" / "bot.sqlite3")) as database, database:
        database.execute("UPDATE parked SET due = 0")


def answered(api: BotApi, person: Person) -> Callable[[], bool]:
    return lambda: any(not call.error for call in api.calls_of("sendMessage", person.id))


@pytest.mark.safety("S-67")
def test_a_long_retry_after_is_waited_for_in_the_books_and_delays_nobody(own_api: BotApi, tmp_path: Path) -> None:
    slow, others = Person(own_api, 81_000), [Person(own_api, 81_001 + number) for number in range(8)]
    own_api.fail("sendMessage", LONG, chat=slow.id)
    with running(own_api, tmp_path) as bot:
        own_api.feed({"message": slow.message({"text": "my neck hurts"})})
        own_api.wait(lambda: bot.services.store.stored_about(f"telegram:{slow.id}")["deferred"] == 1, "not deferred")
        for other in others:
            assert "Neck pain" in other.says("my neck hurts")
        assert not answered(own_api, slow)()
        fall_due(tmp_path)
        own_api.wait(answered(own_api, slow), "the answer never came")
        own_api.wait(
            lambda: bot.services.store.stored_about(f"telegram:{slow.id}")["deferred"] == 0, "it stayed in the books"
        )
    assert [bool(call.error) for call in own_api.calls_of("sendMessage", slow.id)] == [True, False]


@pytest.mark.safety("S-69")
def test_an_answer_that_waits_survives_kill_9(own_api: BotApi, tmp_path: Path) -> None:
    person = Person(own_api, 82_000)
    own_api.fail("sendMessage", LONG, chat=person.id)
    process = start(own_api, tmp_path)
    own_api.wait_until_confirmed(own_api.feed({"message": person.message({"text": "my neck hurts"})}))
    own_api.wait(lambda: bool(own_api.calls_of("sendMessage", person.id)), "it was not tried")
    kill(process)
    fall_due(tmp_path)
    process = start(own_api, tmp_path)
    own_api.wait(answered(own_api, person), "the answer was lost")
    stop(process)


@pytest.mark.safety("S-69")
def test_an_update_still_at_work_when_its_batch_is_confirmed_survives_kill_9(own_api: BotApi, tmp_path: Path) -> None:
    person = Person(own_api, 83_000)
    gate = own_api.hold("sendMessage", person.id)
    process = start(own_api, tmp_path)
    own_api.wait_until_confirmed(own_api.feed({"message": person.message({"text": "my neck hurts"})}))
    kill(process)
    gate.open()
    own_api.wait(answered(own_api, person), "the answer that nobody heard did not end")
    fall_due(tmp_path)
    with running(own_api, tmp_path):
        own_api.wait(lambda: len(own_api.calls_of("sendMessage", person.id)) > 1, "the update was lost")


@pytest.mark.safety("S-67")
def test_a_telegram_that_cannot_be_reached_for_long_is_tried_again_later(own_api: BotApi, tmp_path: Path) -> None:
    person = Person(own_api, 84_000)
    own_api.fail("sendMessage", faults.BROKEN, chat=person.id, times=3)
    with running(own_api, tmp_path) as bot:
        own_api.wait_until_confirmed(own_api.feed({"message": person.message({"text": "my neck hurts"})}))
        own_api.wait(lambda: bot.services.store.stored_about(f"telegram:{person.id}")["deferred"] == 1, "not deferred")
