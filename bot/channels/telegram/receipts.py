"""Records which updates have been answered, with one transaction for all the answers of a moment."""

import asyncio
import logging
from collections.abc import Sequence

from bot.storage.errors import StorageError
from bot.storage.store import Store

GATHER_SECONDS = 0.02  # before the write; after a crash within it those answers are sent twice

log = logging.getLogger(__name__)


class Receipts:
    """Updates whose answers were sent, as pairs of chat key and update id. They are written to the database soon."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._noted: dict[tuple[str, str], None] = {}
        self._waiting = False
        self._latest: asyncio.Task[None] | None = None

    def note(self, chat: str, update_id: str) -> None:
        """Records that the answer to this update was sent."""
        self._noted[chat, update_id] = None
        if not self._waiting:
            self._waiting = True
            self._latest = asyncio.create_task(self._write_soon())

    def __contains__(self, update: tuple[str, str]) -> bool:
        """Whether the update, a pair of chat key and update id, is noted but not yet written."""
        return update in self._noted

    async def flush(self) -> None:
        """Returns when everything noted so far is written."""
        if self._latest is not None:
            await asyncio.shield(self._latest)

    def unwritten(self) -> list[tuple[str, str]]:
        """The noted updates, for a caller that writes them in its own transaction and then calls `mark_written`."""
        return list(self._noted)

    def mark_written(self, noted: Sequence[tuple[str, str]]) -> None:
        """Forgets updates that are now in the database."""
        for update in noted:
            self._noted.pop(update, None)

    async def _write_soon(self) -> None:
        await asyncio.sleep(GATHER_SECONDS)
        self._waiting = False
        noted = self.unwritten()
        if not noted:
            return
        try:
            await asyncio.to_thread(self._store.note_answered, noted)
        except StorageError as error:
            log.warning("it could not be kept that %d answers have left: %s", len(noted), error)
        self.mark_written(noted)
