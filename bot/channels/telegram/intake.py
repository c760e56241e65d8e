"""How updates come in: long polling, and one queue for each chat."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from telegram import Update
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Application, BaseUpdateProcessor
from telegram.request import BaseRequest

from bot.channels.telegram.deferred import DeferredUpdates
from bot.channels.telegram.reading import Reader
from bot.channels.telegram.retries import CONNECTION_PAUSES, retried, without_end
from bot.channels.telegram.transport import JsonParameters

log = logging.getLogger(__name__)

ALLOWED_UPDATES = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY)
MOST_UPDATES = 10_000  # updates held in memory; the outbox and the worker threads limit how many are worked on
POLL_SECONDS = 30  # that Telegram holds a poll open when there is no update
BATCH_SECONDS = 1.0  # the longest wait before a batch is confirmed, so that slow chats do not delay the others
START_SECONDS = 10.0  # in which another process with our token makes this one give up

UNKNOWN_BOT = (
    "Telegram does not know this bot token. Copy it again from @BotFather into TELEGRAM_BOT_TOKEN, "
    "and check TELEGRAM_API_BASE_URL if you set it."
)
ANOTHER_PROCESS = "Another process already runs this bot with the same token. Stop it first, then start this one again."

AnyApplication = Application[Any, Any, Any, Any, Any, Any]
_Result = TypeVar("_Result")


class CannotRunError(Exception):
    """The bot cannot run with its settings. The text tells the operator why and what to do."""


@dataclass(slots=True)
class _ChatQueue:
    """The queue of one chat. asyncio's lock is acquired in the order of the requests."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    updates: int = 0


class ChatQueues(BaseUpdateProcessor):
    """Handles the updates of one chat in order and one at a time (S-69), different chats at the same time.

    The library acquires its own limit before our lock for the chat, so one flooder could exhaust it: it is set so high
    that it is never reached. Empty queues are deleted.
    """

    def __init__(self) -> None:
        super().__init__(MOST_UPDATES)
        self._queues: dict[tuple[str, int], _ChatQueue] = {}

    def waiting_behind(self, update: Update) -> int:
        """How many updates of the same chat wait behind this one, which is being handled."""
        return self._queues[_queue_key(update)].updates - 1

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Awaits the handling of an update in the queue of its chat. Called by the library."""
        await self._in_turn(_queue_key(update), coroutine)

    async def run_in_turn(self, chat: int, coroutine: Awaitable[Any]) -> None:
        """Awaits work other than an update in the queue of a chat."""
        await self._in_turn(("chat", chat), coroutine)

    async def _in_turn(self, key: tuple[str, int], coroutine: Awaitable[Any]) -> None:
        queue = self._queues.setdefault(key, _ChatQueue())
        queue.updates += 1
        try:
            async with queue.turn:
                await coroutine
        finally:
            queue.updates -= 1
            if not queue.updates:
                del self._queues[key]

    async def initialize(self) -> None:
        """Does nothing: there is nothing to prepare."""

    async def shutdown(self) -> None:
        """Does nothing: there is nothing to free."""


class Poller:
    """Polls for updates and has them handled.

    A batch is confirmed once it is handled or, after `BATCH_SECONDS`, once its unfinished updates are stored. An update
    that cannot be read is confirmed with the others. `is_receiving`: whether Telegram answered the last poll.
    """

    def __init__(
        self, application: AnyApplication, polling: BaseRequest, reader: Reader, deferred: DeferredUpdates
    ) -> None:
        """`polling`: the connection that is used for polling only."""
        self._application = application
        self._polling = polling
        self._reader = reader
        self._deferred = deferred
        self._offset = 0
        self.is_receiving = False

    async def run(self) -> None:
        """Polls until cancelled. Raises CannotRunError for an unknown token or another process with the same one."""
        started = time.monotonic()

        def seconds_to_wait(error: Exception, pause: float) -> float | None:
            give_up_if_useless(error, time.monotonic() - started)
            self.is_receiving = False
            return _seconds_to_wait(error, pause)

        while True:
            fetched = await retried(
                lambda: self._fetch(timeout=POLL_SECONDS), without_end(CONNECTION_PAUSES), seconds_to_wait
            )
            self.is_receiving = True
            await self._handle(fetched)

    async def finish(self) -> None:
        """Waits for the updates being handled, then confirms them to Telegram, so that they are not sent again."""
        await self._application.stop()
        if self._offset:
            await self._fetch(timeout=0)

    async def _fetch(self, timeout: int) -> Sequence[object]:  # noqa: ASYNC109 - Telegram's long poll, not ours
        """The waiting updates as JSON. The library's own call fails as a whole if it cannot read one of them."""
        call = JsonParameters({"offset": self._offset, "timeout": timeout, "allowed_updates": ALLOWED_UPDATES})
        seconds = (self._polling.read_timeout or 0) + timeout
        fetched = await self._polling.post(f"{self._application.bot.base_url}/getUpdates", call, read_timeout=seconds)
        if not isinstance(fetched, list) or (fetched and not _update_ids(fetched)):
            raise TelegramError("these are no updates")  # without ids they could not be confirmed
        return fetched

    async def _handle(self, fetched: Sequence[object]) -> None:
        if fetched:
            self._offset = max(_update_ids(fetched)) + 1  # confirmed by the next poll or by `finish`
        updates = [update for raw in fetched if (update := self._reader.read(raw))]
        if not updates:
            return
        create = self._application.create_task
        tasks = {create(process(self._application, update), update): update for update in updates}
        _, late = await asyncio.wait(tasks, timeout=BATCH_SECONDS)
        await asyncio.gather(*(self._deferred.secure(tasks[task]) for task in late))
        for task in late:
            create(self._deferred.release(tasks[task], task), tasks[task])


def _update_ids(fetched: Sequence[object]) -> list[int]:
    update_ids = [raw.get("update_id") for raw in fetched if isinstance(raw, dict)]
    return [number for number in update_ids if isinstance(number, int)]


async def process(application: AnyApplication, update: Update) -> None:
    """Handles one update in the queue of its chat. Failures go to the application's error handler."""
    await application.update_processor.process_update(update, application.process_update(update))


async def until_telegram_answers(call: Callable[[], Awaitable[_Result]]) -> _Result:
    """Repeats a call of the Bot API, with pauses, until it succeeds. Raises CannotRunError for an unknown token."""
    return await retried(call, without_end(CONNECTION_PAUSES), _seconds_to_wait)


def give_up_if_useless(error: Exception, running: float) -> None:
    """Raises CannotRunError for an unknown token, and for another polling process found in the first seconds.

    `running`: seconds since the start. Later, the other process may be our successor in a deployment, or a mistake that
    gets corrected, so polling goes on.
    """
    if isinstance(error, InvalidToken):
        raise CannotRunError(UNKNOWN_BOT) from None  # the library's own message quotes the token
    if isinstance(error, Conflict) and running < START_SECONDS:
        raise CannotRunError(ANOTHER_PROCESS) from None


def _seconds_to_wait(error: Exception, pause: float) -> float | None:
    """The pause, after a log line, for every error of Telegram but an unknown token; None for any other error."""
    if isinstance(error, InvalidToken):
        raise CannotRunError(UNKNOWN_BOT) from None  # the library's own message quotes the token
    if not isinstance(error, TelegramError):
        return None
    log.warning("Telegram does not answer as it should (%s); next try in %g s", type(error).__name__, pause)
    return pause


def _queue_key(update: object) -> tuple[str, int]:
    """The key of an update's queue: its chat, or for an inline query a queue of the person's own."""
    if not isinstance(update, Update):
        return "?", 0
    if update.inline_query:
        return "inline", update.inline_query.from_user.id
    owner = update.effective_chat or update.effective_user  # a private chat has the person's id
    return "chat", owner.id if owner else 0
