"""How updates come in: long polling, and each chat's updates one after the other while chats run beside each other."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from typing import Any

from telegram import Update
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Application, BaseUpdateProcessor
from telegram.request import BaseRequest

from bot.channels.telegram.deferred import DeferredUpdates
from bot.channels.telegram.reading import Reader
from bot.channels.telegram.transport import Plain

log = logging.getLogger(__name__)

ALLOWED = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY)
WAITING = 10_000  # updates held in memory; the outbox and the worker threads bound what is done at once
POLL_SECONDS = 30
BATCH_SECONDS = 1.0  # a batch is waited for this long before it is confirmed; slow chats do not hold up the rest
START_SECONDS = 10.0
PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)

UNKNOWN_BOT = (
    "Telegram does not know this bot token. Copy it again from @BotFather into TELEGRAM_BOT_TOKEN, "
    "and check TELEGRAM_API_BASE_URL if you set it."
)
RIVAL = "Another process already runs this bot with the same token. Stop it first, then start this one again."

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


class CannotRunError(Exception):
    """The bot cannot run with this token. The text is one sentence for the operator."""


@dataclass(slots=True)
class _Lane:
    """One chat's queue: asyncio's lock hands over in the order of asking."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    updates: int = 0


class ChatQueues(BaseUpdateProcessor):
    """Handles the updates of one chat in order and one at a time (S-69). An empty lane is dropped.

    The library's own limit is taken before the lane's turn, so a person who floods would fill it: it is set out of
    reach.
    """

    def __init__(self) -> None:
        super().__init__(WAITING)
        self._chat_queues: dict[tuple[str, int], _Lane] = {}

    def behind(self, update: Update) -> int:
        """How many updates of the same chat wait behind this one."""
        return self._chat_queues[_lane(update)].updates - 1

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        await self._in_turn(_lane(update), coroutine)

    async def alone(self, chat: int, coroutine: Awaitable[Any]) -> None:
        """Something that is no update, in its turn among the updates of a chat."""
        await self._in_turn(("chat", chat), coroutine)

    async def _in_turn(self, key: tuple[str, int], coroutine: Awaitable[Any]) -> None:
        lane = self._chat_queues.setdefault(key, _Lane())
        lane.updates += 1
        try:
            async with lane.turn:
                await coroutine
        finally:
            lane.updates -= 1
            if not lane.updates:
                del self._chat_queues[key]

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to free."""


class Poller:
    """Fetches updates and has them handled. A batch is confirmed once it is handled; what takes longer is parked first.

    Each update is read by itself: one that cannot be read is confirmed with the others. `taking`: whether the last poll
    was answered.
    """

    def __init__(
        self, application: AnyApplication, polls: BaseRequest, reader: Reader, deferred: DeferredUpdates
    ) -> None:
        """`polls`: the connection that the bot keeps for polling alone."""
        self._application = application
        self._polls = polls
        self._reader = reader
        self._deferred = deferred
        self._next = 0
        self.taking = False

    async def run(self) -> None:
        """Polls until cancelled. Raises CannotRunError if Telegram says that it is of no use."""
        started, failures = time.monotonic(), 0
        while True:
            try:
                fetched = await self._fetch(timeout=POLL_SECONDS)
            except TelegramError as error:
                give_up_if_useless(error, time.monotonic() - started)
                self.taking = False
                await pause(failures, error)
                failures += 1
                continue
            failures = 0
            self.taking = True
            await self._handle(fetched)

    async def finish(self) -> None:
        """Waits for what is in hand, and tells Telegram what was handled last, so that it does not come again."""
        await self._application.stop()
        if self._next:
            await self._fetch(timeout=0)

    async def _fetch(self, timeout: int) -> Sequence[object]:  # noqa: ASYNC109 - Telegram's long poll, not ours
        """What Telegram has for us, as it came. The library's own call gives all of it or nothing."""
        call = Plain({"offset": self._next, "timeout": timeout, "allowed_updates": ALLOWED})
        seconds = (self._polls.read_timeout or 0) + timeout
        fetched = await self._polls.post(f"{self._application.bot.base_url}/getUpdates", call, read_timeout=seconds)
        if not isinstance(fetched, list) or (fetched and not _numbers(fetched)):
            raise TelegramError("these are no updates")  # without their numbers they would come again at once
        return fetched

    async def _handle(self, fetched: Sequence[object]) -> None:
        if fetched:
            self._next = max(_numbers(fetched)) + 1  # what the next poll confirms, or `finish`
        updates = [update for raw in fetched if (update := self._reader.read(raw))]
        if not updates:
            return
        create = self._application.create_task
        tasks = {create(process(self._application, update), update): update for update in updates}
        _, late = await asyncio.wait(tasks, timeout=BATCH_SECONDS)
        await asyncio.gather(*(self._deferred.insure(tasks[task]) for task in late))
        for task in late:
            create(self._deferred.finish(tasks[task], task), tasks[task])


def _numbers(fetched: Sequence[object]) -> list[int]:
    numbers = [raw.get("update_id") for raw in fetched if isinstance(raw, dict)]
    return [number for number in numbers if isinstance(number, int)]


async def process(application: AnyApplication, update: Update) -> None:
    """Handles one update in its lane. What fails is told by the application's error handler."""
    await application.update_processor.process_update(update, application.process_update(update))


async def pause(failures: int, error: TelegramError) -> None:
    """Says that Telegram cannot be reached and waits, longer with each failure in a row."""
    seconds = PAUSES[min(failures, len(PAUSES) - 1)]
    log.warning("Telegram does not answer as it should (%s); next try in %g s", type(error).__name__, seconds)
    await asyncio.sleep(seconds)


def give_up_if_useless(error: TelegramError, running: float) -> None:
    """Raises CannotRunError where trying again is of no use: an unknown token, or a rival found at the start.

    Later on a rival may be our own successor in a deployment, or a mistake that somebody mends: then we go on trying.
    """
    if isinstance(error, InvalidToken):
        raise CannotRunError(UNKNOWN_BOT) from None
    if isinstance(error, Conflict) and running < START_SECONDS:
        raise CannotRunError(RIVAL) from None


def _lane(update: object) -> tuple[str, int]:
    """Whose queue an update stands in: its chat's, or for an inline query one of the person's own."""
    if not isinstance(update, Update):
        return "?", 0
    if update.inline_query:
        return "inline", update.inline_query.from_user.id
    owner = update.effective_chat or update.effective_user  # a private chat has the person's number
    return "chat", owner.id if owner else 0
