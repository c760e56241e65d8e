"""Updates whose answer has to wait longer than anything may be held up for it: kept encrypted, tried again when due.

A long "retry after", or a Telegram that cannot be reached: the intake is told that the update is done, for from then
on we keep it, also across a crash, and any process that shares the database may answer it.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from telegram import Bot, Update
from telegram.constants import ChatType
from telegram.error import RetryAfter

from bot.channels.telegram.calls import repeatable, seconds_of
from bot.storage.errors import StorageError
from bot.storage.parked import LEASE, Parked
from bot.storage.store import Store

LOOKS_EVERY: Final = 1.0  # seconds
AFTER_FAILURE: Final = 20.0  # seconds until Telegram is tried again that could not be reached
NAMES: Final = ("first_name", "last_name", "username", "language_code", "title")

Handle = Callable[[Update], Awaitable[object]]

log = logging.getLogger(__name__)


class Parking:
    """Parks updates of private chats and has them handled when they are due."""

    def __init__(self, store: Store, bot: Bot) -> None:
        self._store = store
        self._bot = bot
        self._again: dict[int, bool] = {}  # those at work that stand in the books: whether they wait once more

    async def park(self, update: Update, seconds: float) -> bool:
        """Whether the update is kept for later: not one that has waited too long, nor while nothing can be kept."""
        kept = await self._keep(update, seconds)
        if update.update_id in self._again:
            self._again[update.update_id] = kept
        return kept

    async def insure(self, update: Update) -> None:
        """Keeps an update that is at work and that Telegram is about to forget: a crash must not lose it."""
        self._again[update.update_id] = False
        await self._keep(update, LEASE.total_seconds())

    async def finish(self, update: Update, work: asyncio.Task[None]) -> None:
        """Forgets an insured update when its work is done, unless it has to wait once more."""
        await asyncio.wait((work,))
        await self._leave(update)

    async def run(self, handle: Handle) -> None:
        """Has what is due handled, again and again, until cancelled."""
        while True:
            await asyncio.sleep(LOOKS_EVERY)
            try:
                due = await asyncio.to_thread(self._store.take_parked)
            except StorageError as error:
                log.warning("parked updates could not be looked for: %s", error)
                continue
            updates = [Update.de_json(json.loads(one.body), self._bot) for one in due]
            await asyncio.gather(*(self._try(update, handle) for update in updates))

    async def _try(self, update: Update, handle: Handle) -> None:
        self._again[update.update_id] = False
        await handle(update)
        await self._leave(update)

    async def _keep(self, update: Update, seconds: float) -> bool:
        if update.effective_chat is None or update.effective_chat.type != ChatType.PRIVATE:
            return False
        one = Parked(chat_key(update), str(update.update_id), json.dumps(_nameless(update.to_dict())))
        try:
            return await asyncio.to_thread(self._store.park, one, datetime.now(UTC) + timedelta(seconds=seconds))
        except StorageError as error:
            log.warning("an update could not be parked: %s", error)
            return False

    async def _leave(self, update: Update) -> None:
        if self._again.pop(update.update_id, False):
            return
        try:
            await asyncio.to_thread(self._store.leave_parked, chat_key(update), str(update.update_id))
        except StorageError as error:
            log.warning("a parked update could not be taken out and will come again: %s", error)


def wait_for(error: BaseException | None) -> float | None:
    """How many seconds later it is worth trying again what failed so; None where it is not."""
    if isinstance(error, RetryAfter):
        return seconds_of(error)
    return AFTER_FAILURE if repeatable(error) else None


def chat_key(update: Update) -> str:
    """A chat's name in our own books."""
    return f"telegram:{update.effective_chat.id}" if update.effective_chat else "telegram:"


def _nameless(value: Any) -> Any:  # noqa: ANN401 - JSON
    """An update without the names in it: nobody needs them to answer."""
    if isinstance(value, dict):
        kept = {key: _nameless(inner) for key, inner in value.items() if key not in NAMES}
        return {**kept, "first_name": ""} if "is_bot" in kept else kept
    return [_nameless(inner) for inner in value] if isinstance(value, list) else value
