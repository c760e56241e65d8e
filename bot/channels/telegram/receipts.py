"""Remembers which answers have left, many at a time: one transaction for all that left within a moment."""

import asyncio
import logging
from collections.abc import Sequence

from bot.storage.errors import StorageError
from bot.storage.store import Store

GROUPED_SECONDS = 0.02  # a crash within it sends those answers twice

log = logging.getLogger(__name__)


class Receipts:
    """What is noted is written soon; `flush` writes what is left."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._noted: dict[tuple[str, str], None] = {}
        self._waiting = False
        self._latest: asyncio.Task[None] | None = None

    def note(self, chat: str, update_id: str) -> None:
        """The answer to this update has left."""
        self._noted[chat, update_id] = None
        if not self._waiting:
            self._waiting = True
            self._latest = asyncio.create_task(self._write_soon())

    def __contains__(self, update: tuple[str, str]) -> bool:
        """Whether this chat's update was noted and is not yet written."""
        return update in self._noted

    async def flush(self) -> None:
        """Returns when everything noted so far is written."""
        if self._latest is not None:
            await asyncio.shield(self._latest)

    def take(self) -> list[tuple[str, str]]:
        """What is noted and not yet written, for a transaction that is made anyway; then `written`."""
        return list(self._noted)

    def written(self, noted: Sequence[tuple[str, str]]) -> None:
        """These are written."""
        for update in noted:
            self._noted.pop(update, None)

    async def _write_soon(self) -> None:
        await asyncio.sleep(GROUPED_SECONDS)
        self._waiting = False
        noted = self.take()
        if not noted:
            return
        try:
            await asyncio.to_thread(self._store.note_answered, noted)
        except StorageError as error:
            log.warning("it could not be kept that %d answers have left: %s", len(noted), error)
        self.written(noted)
