"""kill -9 at random moments of a conversation load: every message is answered; what is answered twice is counted."""

import os
import random
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from tests import processes
from tests.end_to_end.bot_api import BotApi, Call
from tests.end_to_end.people import Person, shown
from tests.end_to_end.running_bot import environ

ROOT = Path(__file__).parents[2]
PEOPLE = 12  # who write between two kills, on average
MOST_AT_WORK = 4  # messages; what had left and was not yet noted when the kill came is sent twice


def start(api: BotApi, folder: Path, database: str = "") -> subprocess.Popen[str]:
    """A bot in a process of its own; with SQLite in `folder` unless another database is named."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LOG_LEVEL": "ERROR", **environ(api, folder)}
    environment["DATABASE_URL"] = database or environment["DATABASE_URL"]
    return processes.start([sys.executable, "-m", "bot", "run"], cwd=folder, env=environment)


def write(api: BotApi, people: Iterator[Person], most: int) -> None:
    """So many people write, one after the other; a few of them wait for their answers at any time."""
    waiting: deque[Person] = deque()
    for person in islice(people, most):
        api.feed({"message": person.message({"text": "my neck hurts"})})
        waiting.append(person)
        if len(waiting) == MOST_AT_WORK:
            first = waiting.popleft()
            api.wait(lambda first=first: bool(answers(api, first)), "somebody waits")  # type: ignore[misc]


def answers(api: BotApi, person: Person) -> list[Call]:
    return [call for call in api.calls_of("sendMessage", person.id) if not call.error]


@pytest.mark.safety("S-69")
@pytest.mark.parametrize("kills", [3, pytest.param(20, marks=pytest.mark.slow)])
def test_killed_at_any_moment_the_bot_answers_everybody(
    own_api: BotApi, tmp_path: Path, database: str, kills: int
) -> None:
    chance = random.Random(4)
    people = [Person(own_api, 80_000 + number) for number in range(kills * PEOPLE)]
    writing = iter(people)
    for _ in range(kills):
        process = start(own_api, tmp_path, database)
        own_api.wait(lambda: (calls := own_api.calls_of("getMe")) != [] and not calls[-1].error, "it did not start")
        write(own_api, writing, chance.randrange(1, 2 * PEOPLE))
        processes.kill(process)
    process = start(own_api, tmp_path, database)
    write(own_api, writing, len(people))
    own_api.wait(lambda: all(answers(own_api, person) for person in people), "somebody waits")
    processes.stop(process)
    doubled = sum(len(answers(own_api, person)) - 1 for person in people)
    texts = {shown(answers(own_api, person)[-1]) for person in people}
    assert all("do you have any of these?" in text for text in texts), texts
    # How many is a matter of time, and only reported; that one kill repeats one answer at most once is not.
    assert all(len(answers(own_api, person)) <= 1 + kills for person in people)
    kind = database.partition(":")[0]
    sys.stdout.write(f"{kind}: {kills} kills, {len(people)} messages, 0 lost, {doubled} doubled\n")
