"""`python -m bot run` as its own process: start, stop, what it says and what it never logs."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import processes
from tests.end_to_end import faults
from tests.end_to_end.bot_api import TOKEN, BotApi
from tests.end_to_end.people import Person
from tests.end_to_end.running_bot import ADMIN, environ
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]
CHEST = "i have crushing chest pain right now"


def start(api: BotApi, folder: Path, **more: str) -> subprocess.Popen[str]:
    """The bot as an operator starts it, in a folder without a .env."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LOG_LEVEL": "DEBUG", **environ(api, folder), **more}
    return processes.start([sys.executable, "-m", "bot", "run"], cwd=folder, env=environment, output=subprocess.PIPE)


@contextmanager
def started(api: BotApi, folder: Path) -> Iterator[subprocess.Popen[str]]:
    process = start(api, folder)
    try:
        yield process
    finally:
        process.kill()
        sys.stderr.write(process.communicate()[1])  # shown by pytest when a test fails


def stop(process: subprocess.Popen[str], number: signal.Signals = signal.SIGTERM) -> str:
    """Stops the bot; returns everything it wrote."""
    said = processes.stop(process, number)
    assert process.returncode == 0, said
    return said


@pytest.mark.safety("S-55", "S-60")
def test_the_log_holds_no_texts_names_ids_or_token_even_when_things_fail(own_api: BotApi, tmp_path: Path) -> None:
    person = Person(own_api, 70_011_223)
    with started(own_api, tmp_path) as process:
        person.says("my neck hurts, says the zebra")
        person.says(CHEST)
        own_api.fail("sendMessage", faults.BROKEN, chat=person.id, times=2)
        person.says("the zebra hurts")
        own_api.fail("sendMessage", faults.Fault(400, "Bad Request: zebra 70011223"), chat=person.id, times=2)
        person.says("/help")
        person.taps_data("forged zebra")
        Person(own_api, ADMIN).says("/status")
        own_api.feed({"message": {"text": "an unreadable zebra", "from": person.user()}})
        polls = own_api.polls
        own_api.wait(lambda: own_api.polls > polls + 1, "the bot stopped polling")
        log = stop(process)
    assert "event" in log
    for secret in ("zebra", "chest", str(person.id), "Ann", TOKEN, TOKEN.partition(":")[2], str(ADMIN)):
        found = re.search(rf"(?<![a-z]){re.escape(secret)}(?![a-z])", log, re.IGNORECASE)
        assert not found, f"{secret!r} stands in the log:\n{log}"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_the_bot_gracefully(own_api: BotApi, tmp_path: Path, number: signal.Signals) -> None:
    with started(own_api, tmp_path) as process:
        assert "Neck pain" in Person(own_api, 7001).says("my neck hurts")
        assert "Traceback" not in stop(process, number)


@pytest.mark.safety("S-69")
def test_buttons_still_work_after_a_restart_and_nothing_is_answered_twice(own_api: BotApi, tmp_path: Path) -> None:
    person = Person(own_api, 7001)
    with started(own_api, tmp_path) as process:
        person.says("my neck hurts")
        stop(process)
    with started(own_api, tmp_path) as process:
        assert "tick what is true" in person.taps("None of these")
        stop(process)
    assert len(own_api.calls_of("sendMessage", person.id)) == 1


def test_what_was_written_while_the_bot_was_down_is_answered(own_api: BotApi, tmp_path: Path) -> None:
    person = Person(own_api, 7001)
    update = own_api.feed({"message": person.message({"text": "my neck hurts"})})
    with started(own_api, tmp_path) as process:
        assert "Neck pain" in person.sees_after(update)
        stop(process)
    assert own_api.calls_of("deleteWebhook")[0].params.get("drop_pending_updates", "false") == "false"


@pytest.mark.parametrize(
    ("method", "fault", "words"),
    [("getMe", faults.UNKNOWN_TOKEN, "TELEGRAM_BOT_TOKEN"), ("getUpdates", faults.RIVAL, "Another process")],
    ids=["unknown token", "second process"],
)
def test_a_token_that_cannot_be_used_is_one_clear_line_and_exit_code_2(
    own_api: BotApi, tmp_path: Path, method: str, fault: faults.Fault, words: str
) -> None:
    own_api.fail(method, fault, times=9)
    process = start(own_api, tmp_path, LOG_LEVEL="WARNING")
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2, err
    assert words in err
    assert len((out + err).splitlines()) == 1
    assert TOKEN not in out + err


def test_a_telegram_that_cannot_be_reached_at_first_is_waited_for(own_api: BotApi, tmp_path: Path) -> None:
    own_api.fail("getMe", faults.BROKEN)
    with started(own_api, tmp_path) as process:
        assert "Neck pain" in Person(own_api, 7001).says("my neck hurts")
        assert "does not answer as it should" in stop(process)
