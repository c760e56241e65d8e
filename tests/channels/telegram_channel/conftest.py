"""An outbox on the tests' own server, over real HTTP."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from telegram import Bot

from bot.channels.telegram.file_ids import FileIds
from bot.channels.telegram.outbox import Outbox
from bot.channels.telegram.transport import Transport
from bot.storage.store import Store
from tests.channels.telegram_channel.outboxes import MP4, PNG, Do, Work
from tests.end_to_end.bot_api import TOKEN, BotApi


@pytest.fixture
def api() -> Iterator[BotApi]:
    server = BotApi()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path}/bot.sqlite3", bytes(32))
    yield opened
    opened.close()


@pytest.fixture
def pictures() -> dict[str, bytes]:
    """The pictures of the knowledge in use."""
    return {"hand.png": PNG, "press.mp4": MP4}


@pytest.fixture
def do(api: BotApi, store: Store, pictures: dict[str, bytes]) -> Do:
    """Runs a piece of work with an outbox, each time a new one: as after a restart."""

    def run(work: Work) -> None:
        async def main() -> None:
            async with Bot(TOKEN, f"{api.url}/bot", f"{api.url}/file/bot", request=Transport(99)) as bot:
                await work(Outbox(bot, FileIds(pictures.get, store, bot.id)))

        asyncio.run(main())

    return run
