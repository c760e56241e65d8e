"""Deferred updates: stored encrypted while their answer has to wait, and handled again when they are due.

An answer has to wait if Telegram asks for a long "retry after" or cannot be reached. The intake confirms such an update
to Telegram, because from then on it is in our database: it survives a crash, and any process that shares the database
may answer it.
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

from bot.channels.telegram.calls import may_repeat, retry_after_seconds
from bot.channels.telegram.chat_keys import chat_key_of
from bot.channels.telegram.reading import Reader
from bot.storage.deferred import LEASE, DeferredUpdate
from bot.storage.errors import StorageError
from bot.storage.store import Store

CHECK_SECONDS: Final = 1.0  # between two looks for due updates
FAILURE_SECONDS: Final = 20.0  # until the next try after Telegram could not be reached
PERSONAL_FIELDS: Final = frozenset(
    {"first_name", "last_name", "username", "language_code", "title", "phone_number", "vcard", "sender_user_name"}
)
GROUPS: Final = (ChatType.GROUP, ChatType.SUPERGROUP)

Handle = Callable[[Update], Awaitable[object]]

log = logging.getLogger(__name__)


class DeferredUpdates:
    """Stores updates of private chats, and warning signs in groups, and has them handled when they are due."""

    def __init__(self, store: Store, reader: Reader, has_warning_sign: Callable[[Update], bool]) -> None:
        """`has_warning_sign`: whether an update of a group must be answered, however late."""
        self._store = store
        self._reader = reader
        self._has_warning_sign = has_warning_sign
        self._deferred_again: dict[int, bool] = {}  # by id, of the stored updates being handled: deferred once more?

    async def defer(self, update: Update, seconds: float) -> bool:
        """Stores an update to be handled in so many seconds. Returns False if it was not stored.

        That is so for an update that has waited too long, one not worth saving, and while the database fails.
        """
        stored = await self._save(update, seconds)
        if update.update_id in self._deferred_again:
            self._deferred_again[update.update_id] = stored
        return stored

    async def secure(self, update: Update) -> None:
        """Stores an update that is still being handled, because it is about to be confirmed to Telegram."""
        self._deferred_again[update.update_id] = False
        await self._save(update, LEASE.total_seconds())

    async def release(self, update: Update, work: asyncio.Task[None]) -> None:
        """Waits until a secured update is handled, then removes it, unless it was deferred meanwhile."""
        await asyncio.wait((work,))
        await self._forget_unless_deferred(update.update_id, chat_key_of(update))

    async def run(self, handle: Handle) -> None:
        """Has due updates handled until cancelled. An update that cannot be read or handled affects no other."""
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            try:
                due = await asyncio.to_thread(self._store.take_deferred)
            except StorageError as error:
                log.warning("deferred updates could not be looked for: %s", error)
                continue
            await asyncio.gather(*(self._handle(deferred, handle) for deferred in due))

    async def _handle(self, deferred: DeferredUpdate, handle: Handle) -> None:
        update = self._reader.parse(deferred.body)
        if update is None:
            log.warning("a deferred update could not be read and is dropped")
            await self._forget(deferred.chat, deferred.update_id)
            return
        self._deferred_again[update.update_id] = False
        try:
            await handle(update)
        except Exception as error:  # noqa: BLE001 - it is due again when its lease ends; the others go on
            log.error("a deferred update failed: %s", type(error).__name__)  # noqa: TRY400 - a trace may quote a text
            del self._deferred_again[update.update_id]
            return
        await self._forget_unless_deferred(update.update_id, deferred.chat)

    async def _save(self, update: Update, seconds: float) -> bool:
        if not await self._is_worth_saving(update):
            return False
        try:
            body = json.dumps(_without_names(update.to_dict()), default=_unix_time)
        except (TypeError, ValueError, RecursionError) as error:
            log.warning("an update could not be written down: %s", type(error).__name__)
            return False
        deferred = DeferredUpdate(chat_key_of(update), str(update.update_id), body)
        try:
            return await asyncio.to_thread(self._store.defer, deferred, datetime.now(UTC) + timedelta(seconds=seconds))
        except StorageError as error:
            log.warning("an update could not be deferred: %s", error)
            return False

    async def _is_worth_saving(self, update: Update) -> bool:
        chat = update.effective_chat
        if chat is None or chat.type == ChatType.PRIVATE:
            return chat is not None
        return chat.type in GROUPS and await asyncio.to_thread(self._has_warning_sign, update)

    async def _forget_unless_deferred(self, update_id: int, chat: str) -> None:
        if not self._deferred_again.pop(update_id, False):
            await self._forget(chat, str(update_id))

    async def _forget(self, chat: str, update_id: str) -> None:
        try:
            await asyncio.to_thread(self._store.forget_deferred, chat, update_id)
        except StorageError as error:
            log.warning("a deferred update could not be removed and will be handled again: %s", error)


def seconds_until_retry(error: BaseException | None) -> float | None:
    """How many seconds after this error an update is worth another try, or None if it never is."""
    if isinstance(error, RetryAfter):
        return retry_after_seconds(error)
    return FAILURE_SECONDS if may_repeat(error) else None


def _without_names(value: Any) -> Any:  # noqa: ANN401 - JSON
    """The update with empty names. They are not needed for an answer, but the library cannot read it without them."""
    if isinstance(value, dict):
        return {
            key: "" if key in PERSONAL_FIELDS and isinstance(inner, str) else _without_names(inner)
            for key, inner in value.items()
        }
    return [_without_names(inner) for inner in value] if isinstance(value, list) else value


def _unix_time(value: object) -> int:
    """Seconds since 1970. Only the date of an inaccessible message reaches JSON as a datetime."""
    if not isinstance(value, datetime):
        raise TypeError(f"{type(value).__name__} is not JSON")
    return int(value.timestamp())
