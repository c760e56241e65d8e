"""kill -9 at random moments of a conversation load: every message is answered; what is answered twice is counted."""

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.end_to_end.bot_api import PATIENCE, BotApi
from tests.end_to_end.people import Person
from tests.end_to_end.running_bot import environ

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("CRASHES", "3"))  # CRASHES=20 for a release
PEOPLE = 12  # who write between two kills
MOST_DOUBLED = 0.8  # of the messages: each kill falls into the burst in which most of them leave


def start(api: BotApi, folder: Path, database: str = "") -> subprocess.Popen[bytes]:
    """A bot in a process of its own; with SQLite in `folder` unless another database is named."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LOG_LEVEL": "ERROR", **environ(api, folder)}
    environment["DATABASE_URL"] = database or environment["DATABASE_URL"]
    return subprocess.Popen([sys.executable, "-m", "bot", "run"], cwd=folder, env=environment)


def end(process: subprocess.Popen[bytes]) -> None:
    """Stops it politely."""
    process.send_signal(signal.SIGTERM)
    process.wait(PATIENCE)


@pytest.mark.safety("S-69")
def test_killed_at_any_moment_the_bot_answers_everybody(own_api: BotApi, tmp_path: Path, database: str) -> None:
    chance = random.Random(4)
    people = [Person(own_api, 80_000 + number) for number in range(KILLS * PEOPLE)]
    for kill in range(KILLS):
        process = start(own_api, tmp_path, database)
        last = 0
        for person in people[kill * PEOPLE : (kill + 1) * PEOPLE]:
            last = own_api.feed({"message": person.message({"text": "my neck hurts"})})
        moment = chance.randrange(PEOPLE)
        before = len(own_api.calls)
        own_api.wait(lambda calls=before + moment: len(own_api.calls) > calls, "the bot said nothing")  # type: ignore[misc]
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE)
    process = start(own_api, tmp_path, database)
    try:
        own_api.wait_until_confirmed(last)
        own_api.wait(lambda: all(own_api.calls_of("sendMessage", person.id) for person in people), "somebody waits")
    finally:
        end(process)
    answered = Counter(call.chat for call in own_api.calls_of("sendMessage") if not call.error)
    doubled = sum(times - 1 for times in answered.values())
    assert set(answered) == {person.id for person in people}
    assert doubled <= MOST_DOUBLED * len(people), doubled
    kind = database.partition(":")[0]
    sys.stdout.write(f"{kind}: {KILLS} kills, {len(people)} messages, 0 lost, {doubled} doubled\n")
