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

from telegram import Update
from telegram.constants import ChatType
from telegram.error import RetryAfter

from bot.channels.telegram.calls import repeatable, seconds_of
from bot.channels.telegram.reading import Reader
from bot.storage.deferred import LEASE, DeferredUpdate
from bot.storage.errors import StorageError
from bot.storage.store import Store

LOOKS_EVERY: Final = 1.0  # seconds
AFTER_FAILURE: Final = 20.0  # seconds until Telegram is tried again that could not be reached
NAMES: Final = frozenset(
    {"first_name", "last_name", "username", "language_code", "title", "phone_number", "vcard", "sender_user_name"}
)
GROUPS: Final = (ChatType.GROUP, ChatType.SUPERGROUP)

Handle = Callable[[Update], Awaitable[object]]

log = logging.getLogger(__name__)


class DeferredUpdates:
    """Parks updates of private chats, and warning signs of groups, and has them handled when they are due."""

    def __init__(self, store: Store, reader: Reader, warns: Callable[[Update], bool]) -> None:
        """`warns`: whether an update of a group is one that has to be answered, however late."""
        self._store = store
        self._reader = reader
        self._warns = warns
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
        await self._leave(update.update_id, chat_key(update))

    async def run(self, handle: Handle) -> None:
        """Has what is due handled until cancelled. One that cannot be read or handled harms no other."""
        while True:
            await asyncio.sleep(LOOKS_EVERY)
            try:
                due = await asyncio.to_thread(self._store.take_deferred)
            except StorageError as error:
                log.warning("parked updates could not be looked for: %s", error)
                continue
            await asyncio.gather(*(self._try(one, handle) for one in due))

    async def _try(self, one: DeferredUpdate, handle: Handle) -> None:
        update = self._reader.parse(one.body)
        if update is None:
            log.warning("a parked update could not be read and is dropped")
            await self._forget(one.chat, one.update_id)
            return
        self._again[update.update_id] = False
        try:
            await handle(update)
        except Exception as error:  # noqa: BLE001 - it comes again when its lease is over; the others go on
            log.error("a parked update failed: %s", type(error).__name__)  # noqa: TRY400 - a trace may quote a text
            del self._again[update.update_id]
            return
        await self._leave(update.update_id, one.chat)

    async def _keep(self, update: Update, seconds: float) -> bool:
        if not await self._is_worth_it(update):
            return False
        try:
            body = json.dumps(_nameless(update.to_dict()), default=_seconds)
        except (TypeError, ValueError, RecursionError) as error:
            log.warning("an update could not be written down: %s", type(error).__name__)
            return False
        one = DeferredUpdate(chat_key(update), str(update.update_id), body)
        try:
            return await asyncio.to_thread(self._store.defer, one, datetime.now(UTC) + timedelta(seconds=seconds))
        except StorageError as error:
            log.warning("an update could not be parked: %s", error)
            return False

    async def _is_worth_it(self, update: Update) -> bool:
        chat = update.effective_chat
        if chat is None or chat.type == ChatType.PRIVATE:
            return chat is not None
        return chat.type in GROUPS and await asyncio.to_thread(self._warns, update)

    async def _leave(self, number: int, chat: str) -> None:
        if not self._again.pop(number, False):
            await self._forget(chat, str(number))

    async def _forget(self, chat: str, number: str) -> None:
        try:
            await asyncio.to_thread(self._store.forget_deferred, chat, number)
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
    """An update with the names in it left blank: nobody needs them to answer, but the library wants them there."""
    if isinstance(value, dict):
        return {
            key: "" if key in NAMES and isinstance(inner, str) else _nameless(inner) for key, inner in value.items()
        }
    return [_nameless(inner) for inner in value] if isinstance(value, list) else value


def _seconds(value: object) -> int:
    """The one thing that the library leaves as it is: the time of a message out of reach."""
    if not isinstance(value, datetime):
        raise TypeError(f"{type(value).__name__} is not JSON")
    return int(value.timestamp())
