"""A database that is locked, full or restarted: nobody is forgotten, and the next message works."""

import resource
import sqlite3
import sys
from pathlib import Path

import pytest

from tests.end_to_end import faults
from tests.end_to_end.bot_api import BotApi
from tests.end_to_end.people import Person, shown
from tests.end_to_end.running_bot import running
from tests.end_to_end.test_telegram_crashes import start
from tests.end_to_end.test_telegram_webhook import hooked, said
from tests.patience import PATIENCE
from tests.postgres import Server
from tests.processes import stop


def all_answered(api: BotApi, people: list[Person]) -> None:
    def answered() -> bool:
        return all(any(not call.error for call in api.calls_of("sendMessage", person.id)) for person in people)

    api.wait(answered, "somebody waits")


def test_while_another_program_locks_the_file_messages_wait_and_are_answered(own_api: BotApi, tmp_path: Path) -> None:
    people = [Person(own_api, 85_000 + number) for number in range(5)]
    with running(own_api, tmp_path) as bot:
        people[0].says("my neck hurts")
        lock = sqlite3.connect(tmp_path / "data/bot.sqlite3", isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        before = bot.services.counters.read().updates
        for person in people[1:]:
            own_api.feed({"message": person.message({"text": "my neck hurts"})})
        own_api.wait(lambda: bot.services.counters.read().updates == before + 4, "they were not taken")
        assert not any(own_api.calls_of("sendMessage", person.id) for person in people[1:])
        lock.execute("ROLLBACK")
        lock.close()
        all_answered(own_api, people)
        assert bot.services.counters.read().errors == 0


@pytest.mark.skipif(sys.platform != "linux", reason="limits of another process are Linux's")
def test_on_a_full_disk_the_person_is_told_and_with_room_the_bot_goes_on(own_api: BotApi, tmp_path: Path) -> None:
    person = Person(own_api, 86_000)
    process = start(own_api, tmp_path)
    person.says("my neck hurts")
    _, hard = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (4096, hard))
    own_api.feed({"message": person.message({"text": "my knee hurts"})})
    own_api.wait(lambda: len(own_api.calls_of("sendMessage", person.id)) > 1, "the person was not told")
    told = shown(own_api.calls_of("sendMessage", person.id)[-1])
    assert "something went wrong" in told
    assert "In an emergency, call" in told
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (hard, hard))
    own_api.feed({"message": person.message({"text": "my knee hurts"})})
    own_api.wait(lambda: len(own_api.calls_of("sendMessage", person.id)) > 2, "it does not go on")
    assert "Knee pain" in shown(own_api.calls_of("sendMessage", person.id)[-1])
    stop(process)


@pytest.mark.safety("S-69")
def test_postgresql_may_be_restarted_under_load(own_api: BotApi, tmp_path: Path, postgres: Server) -> None:
    people = [Person(own_api, 87_000 + number) for number in range(30)]
    with hooked(own_api, tmp_path, postgres.new_database()) as bot:
        posts = [bot.post_aside(said(person, "my neck hurts")) for person in people[:10]]
        postgres.restart()
        posts += [bot.post_aside(said(person, "my neck hurts")) for person in people[10:]]
        for post in posts:
            post.join(PATIENCE)
        all_answered(own_api, people)
    assert all(len(own_api.calls_of("sendMessage", person.id)) == 1 for person in people)


@pytest.mark.safety("S-69")
def test_updates_may_come_in_any_order(own_api: BotApi, tmp_path: Path) -> None:
    people = [Person(own_api, 88_000 + number) for number in range(3)]
    with hooked(own_api, tmp_path) as bot:
        for number, person in zip((30, 10, 20), people, strict=True):
            bot.post(said(person, "my neck hurts"), number=number)
        bot.post(said(people[0], "my knee hurts"), number=29)
    assert [len(own_api.calls_of("sendMessage", person.id)) for person in people] == [2, 1, 1]


@pytest.mark.safety("S-67")
def test_in_a_storm_of_retry_after_everybody_is_answered_once(own_api: BotApi, tmp_path: Path) -> None:
    people = [Person(own_api, 89_000 + number) for number in range(30)]
    for person in people:
        own_api.fail("sendMessage", faults.TOO_MANY, chat=person.id)
    with running(own_api, tmp_path):
        for person in people:
            own_api.feed({"message": person.message({"text": "my neck hurts"})})
        all_answered(own_api, people)
    assert all([bool(c.error) for c in own_api.calls_of("sendMessage", p.id)] == [True, False] for p in people)
