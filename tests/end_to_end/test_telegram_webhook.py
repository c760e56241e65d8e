"""The bot behind a webhook, over real HTTP: Telegram posts updates and is answered after the work."""

import http.client
import json
import os
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from bot.config.settings import load_settings
from bot.library.shipped import shipped
from bot.wiring import build
from tests.end_to_end.bot_api import BotApi
from tests.end_to_end.people import Person, entities
from tests.end_to_end.running_bot import RunningBot, environ, real_time
from tests.patience import LOOKS_EVERY, PATIENCE

SECRET = "a-secret-of-the-tests"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


PORTS = range(20_000, 32_000)  # below those that systems give to whoever asks for any: nobody gets one meanwhile


def free_port() -> int:
    """A port on which nothing listens, for a program that wants to be told one. No two calls return the same."""
    for port in _ports:
        with socket.socket() as opened, suppress(OSError):
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            opened.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


def _shuffled(ports: range) -> Iterator[int]:
    """All of them, in an order of this process's own: test runs beside each other do not try the same ones."""
    yield from random.Random(os.getpid()).sample(ports, len(ports))


_ports = _shuffled(PORTS)


@dataclass
class Hooked:
    """A bot behind a webhook, and Telegram's end of it."""

    api: BotApi
    port: int
    operating: int
    updates: int = 0

    def post(self, update: dict[str, Any] | bytes, secret: str = SECRET, number: int = 0) -> int:
        """The status that Telegram gets for an update."""
        self.updates += 1
        body = update if isinstance(update, bytes) else json.dumps({"update_id": number or self.updates, **update})
        return self._ask(self.port, "POST", "/hook", body, {HEADER: secret})[0]

    def post_aside(self, update: dict[str, Any]) -> threading.Thread:
        """Posts as Telegram does: beside other posts, and again until it is taken."""

        def until_taken(number: int) -> None:
            while self.post(update, number=number) != HTTPStatus.OK:
                time.sleep(LOOKS_EVERY)

        self.updates += 1
        posting = threading.Thread(target=until_taken, args=(self.updates + 1000,), daemon=True)
        posting.start()
        return posting

    def get(self, path: str) -> tuple[int, str]:
        return self._ask(self.operating, "GET", path, b"", {})

    def _ask(self, port: int, method: str, path: str, body: bytes | str, headers: dict[str, str]) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text


@contextmanager
def hooked(
    api: BotApi,
    folder: Path,
    database: str = "",
    knowledge: Path | None = None,
    clock: Callable[[], datetime] = real_time,
) -> Iterator[Hooked]:
    """A bot that runs for as long as the block lasts."""
    made = Hooked(api, free_port(), free_port())
    listen = {
        "WEBHOOK_URL": f"http://127.0.0.1:{made.port}/hook",
        "WEBHOOK_SECRET": SECRET,
        "WEBHOOK_LISTEN": f"127.0.0.1:{made.port}",
        "OPERATING_LISTEN": f"127.0.0.1:{made.operating}",
        **({"DATABASE_URL": database} if database else {}),
    }
    settings = load_settings(environ(api, folder) | listen, folder)
    bot = RunningBot(settings, build(settings, knowledge or shipped(), clock))
    before = len(api.calls)
    bot.start()
    try:
        api.wait(lambda: bot.is_over() or api.has_called("setWebhook", after=before), "it did not come up")
        assert bot.error is None
        with bot.services.running():
            yield made
    finally:
        bot.stop()
    assert bot.error is None


def said(person: Person, text: str) -> dict[str, Any]:
    return {"message": person.message({"text": text, **entities(text)})}


def test_an_update_is_acknowledged_only_after_its_answer_has_left(own_api: BotApi, tmp_path: Path) -> None:
    person = Person(own_api, 7001)
    with hooked(own_api, tmp_path) as bot:
        gate = own_api.hold("sendMessage", person.id)
        status: list[int] = []
        posting = threading.Thread(target=lambda: status.append(bot.post(said(person, "my neck hurts"))))
        posting.start()
        gate.wait_until_reached()
        assert not status
        gate.open()
        posting.join(PATIENCE)
        assert status == [HTTPStatus.OK]
        assert "Neck pain" in person.looks()


@pytest.mark.safety("S-69")
def test_an_update_that_comes_again_is_answered_once(own_api: BotApi, tmp_path: Path) -> None:
    person = Person(own_api, 7001)
    with hooked(own_api, tmp_path) as bot:
        statuses = [bot.post(said(person, "my neck hurts"), number=77) for _ in range(3)]
        assert statuses == [HTTPStatus.OK] * 3
    assert len(own_api.calls_of("sendMessage", person.id)) == 1


@pytest.mark.safety("S-61")
def test_who_does_not_know_the_secret_is_turned_away(own_api: BotApi, tmp_path: Path) -> None:
    person = Person(own_api, 7001)
    with hooked(own_api, tmp_path) as bot:
        assert bot.post(said(person, "my neck hurts"), secret="guessed") == HTTPStatus.FORBIDDEN
        assert bot.post(said(person, "my neck hurts"), secret="") == HTTPStatus.FORBIDDEN
    assert not own_api.calls_of("sendMessage", person.id)


def test_what_cannot_be_read_is_not_asked_for_again_and_what_is_too_big_is_refused(
    own_api: BotApi, tmp_path: Path
) -> None:
    with hooked(own_api, tmp_path) as bot:
        assert bot.post(b"no json") == HTTPStatus.OK
        assert bot.post(b'{"update_id": "x", "message": 3}') == HTTPStatus.OK
        assert bot.post(b"x" * 2_000_000) == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_telegram_is_told_where_to_post_and_what_to_show(own_api: BotApi, tmp_path: Path) -> None:
    with hooked(own_api, tmp_path) as bot:
        told = own_api.calls_of("setWebhook")[0].params
        assert told["url"] == f"http://127.0.0.1:{bot.port}/hook"
        assert told["secret_token"] == SECRET
        assert "callback_query" in told["allowed_updates"]
    assert not own_api.calls_of("deleteWebhook")


def test_health_readiness_and_metrics_say_how_it_goes_and_nothing_of_anybody(own_api: BotApi, tmp_path: Path) -> None:
    person = Person(own_api, 70_011_223)
    with hooked(own_api, tmp_path) as bot:
        bot.post(said(person, "my neck hurts, says the zebra"))
        bot.post(said(person, "i have crushing chest pain right now"))
        assert bot.get("/healthz") == (HTTPStatus.OK, "ok\n")
        assert bot.get("/readyz") == (HTTPStatus.OK, "ok\n")
        status, metrics = bot.get("/metrics")
    assert status == HTTPStatus.OK
    assert "acupressure_updates_total 2.0" in metrics
    assert "acupressure_red_flags_total 1.0" in metrics
    assert 'acupressure_turn_seconds_bucket{le="+Inf"} 2.0' in metrics
    assert "zebra" not in metrics
    assert str(person.id) not in metrics
