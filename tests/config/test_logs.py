"""Whatever is logged, no secret and no person shows up in it."""

import json
import logging
from collections.abc import Iterator
from datetime import datetime

import httpx
import pytest

from bot.config.logs import CHATTY, set_up_logging
from bot.config.settings import Secret

TOKEN = "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-ab"
log = logging.getLogger("bot.test")


@pytest.fixture(autouse=True)
def logging_left_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in CHATTY}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


def test_a_line_says_when_how_bad_where_and_what(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("INFO")
    log.info("knowledge loaded: %d points", 54)
    assert capsys.readouterr().err.endswith(" INFO bot.test: knowledge loaded: 54 points\n")


def test_a_structured_line_is_one_json_object_with_nothing_about_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("INFO", [Secret("geheim")], structured=True)
    log.info('user 123456789 said "geheim"\nand more, with %s', TOKEN)
    (line,) = capsys.readouterr().err.splitlines()
    read = json.loads(line)
    assert (read["level"], read["logger"]) == ("INFO", "bot.test")
    assert read["message"] == 'user [hidden] said "[hidden]"\nand more, with [hidden]'
    assert datetime.fromisoformat(read["time"]).tzinfo is not None


def test_the_level_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("ERROR")
    log.warning("quiet")
    assert capsys.readouterr().err == ""


@pytest.mark.safety("S-55", "S-60")
def test_a_token_is_hidden_in_messages_arguments_and_tracebacks(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("DEBUG", [Secret("another secret")])
    log.info("https://api.telegram.org/bot%s/getMe", TOKEN)
    log.info("key: another secret")
    log.error("sending failed", exc_info=RuntimeError(f"https://api.telegram.org/bot{TOKEN}/sendMessage"))
    shown = capsys.readouterr().err
    assert TOKEN not in shown
    assert TOKEN.partition(":")[2] not in shown
    assert "another secret" not in shown
    assert shown.count("[hidden]") == 3
    assert "sending failed" in shown


@pytest.mark.safety("S-55", "S-60")
def test_the_http_client_does_not_log_the_token(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("DEBUG")
    transport = httpx.MockTransport(lambda _: httpx.Response(200))
    httpx.Client(transport=transport).get(f"https://api.telegram.org/bot{TOKEN}/getMe")
    assert capsys.readouterr().err == ""


@pytest.mark.safety("S-55")
@pytest.mark.parametrize("name", ["telegram", "telegram.ext.Application", "telegram.Bot", "sqlalchemy.engine.Engine"])
def test_libraries_that_log_what_people_said_are_kept_quiet(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("DEBUG")
    logging.getLogger(name).debug("Processing update: my chest hurts")
    logging.getLogger(name).info("Processing update: my chest hurts")
    assert capsys.readouterr().err == ""


@pytest.mark.safety("S-55")
@pytest.mark.parametrize("number", ["987654321", "-1001234567890", "123456", "123456."])
def test_ids_of_users_and_chats_are_hidden(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("INFO")
    log.warning("Group migrated to supergroup. New chat id: %s", number)
    shown = capsys.readouterr().err
    assert number.strip(".") not in shown
    assert "New chat id: [hidden]" in shown


def test_counts_times_and_versions_stay_readable(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("INFO")
    log.info("version 5f3a1234567890ab, 12345 updates, 0.412345 s, port 8081")
    assert "version 5f3a1234567890ab, 12345 updates, 0.412345 s, port 8081" in capsys.readouterr().err
