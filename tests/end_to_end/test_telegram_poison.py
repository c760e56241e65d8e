"""What one person sends must not keep the others from being answered: not even what no part of the bot can read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.bot_api import PATIENCE, BotApi
from tests.end_to_end.people import Person
from tests.end_to_end.test_telegram_crashes import answers, start

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
