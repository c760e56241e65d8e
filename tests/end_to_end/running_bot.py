"""The real bot, in a thread of the test's own process, talking HTTP to the tests' Bot API server."""

import asyncio
import base64
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.channels.telegram.application import serve
from bot.config.settings import Settings, load_settings
from bot.library.shipped import shipped
from bot.wiring import Services, build
from tests.end_to_end.bot_api import TOKEN, BotApi
from tests.patience import PATIENCE

ADMIN = 4242
DATA_KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()


def environ(api: BotApi, folder: Path) -> dict[str, str]:
    """The settings of a bot that keeps its data in `folder`."""
    return {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE_URL": api.url,
        "DATABASE_URL": f"sqlite:///{folder}/data/bot.sqlite3",
        "DATA_KEY": DATA_KEY,
        "ADMIN_IDS": str(ADMIN),
    }


def real_time() -> datetime:
    return datetime.now(UTC)


class RunningBot:
    """A bot between `start` and `stop`. `error` is what ended it, if anything but `stop` did."""

    def __init__(self, settings: Settings, services: Services) -> None:
        self.services = services
        self.error: Exception | None = None
        self._settings = settings
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self.wait_until_over()

    def is_over(self) -> bool:
        return not self._thread.is_alive()

    def wait_until_over(self) -> None:
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), "the bot did not stop"

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(serve(self._settings, self.services, self._stop))
        except Exception as error:  # noqa: BLE001 - the test looks at it
            self.error = error
        finally:
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()


@contextmanager
def running(
    api: BotApi, folder: Path, knowledge: Path | None = None, clock: Callable[[], datetime] = real_time
) -> Iterator[RunningBot]:
    """A bot that runs with this knowledge (by default the shipped one) for as long as the block lasts."""
    settings = load_settings(environ(api, folder), folder)
    bot = RunningBot(settings, build(settings, knowledge or shipped(), clock))
    bot.start()
    try:
        yield bot
    finally:
        bot.stop()
        bot.services.close()
