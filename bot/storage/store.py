"""Everything the bot stores, behind plain calls."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Self

from sqlalchemy import Engine, delete

from bot.storage import chats, deferred, knowledge, records, replicas, unmatched, uploads
from bot.storage.chats import Shrink, Stored
from bot.storage.crypto import Vault
from bot.storage.deferred import DeferredUpdate
from bot.storage.engine import database_name, open_engine
from bot.storage.errors import StorageError
from bot.storage.locks import lock
from bot.storage.opening import prepare
from bot.storage.replicas import Replica
from bot.storage.rows import ChatRow, Rows
from bot.storage.schema import about, to_day, updates
from bot.storage.transactions import Transactions

UPDATES_KEPT = timedelta(days=2)  # Telegram repeats an update for a day at most
UNMATCHED_KEPT = timedelta(days=30)


def _now() -> datetime:
    return datetime.now(UTC)


class Store:
    """One database. Safe to use from many threads; every call is one transaction, rolled back on an exception.

    A call made inside `with store.chat(...)` on the same thread joins that transaction. Every call raises BusyError if
    it has to wait for longer than `wait` seconds, and StorageError if the database fails. A chat is named with its
    channel in front ("telegram:42").
    """

    def __init__(self, engine: Engine, vault: Vault, wait: float, clock: Callable[[], datetime]) -> None:
        self._open = Transactions(engine, wait)
        self._transaction = self._open.transaction
        self._vault = vault
        self._clock = clock
        self._name = database_name(engine)
        self._sqlite = engine.dialect.name == "sqlite"

    @classmethod
    def open(cls, url: str, data_key: bytes | str, *, wait: float = 5, clock: Callable[[], datetime] = _now) -> Self:
        """Opens the database at `url`, creates or migrates its tables, and checks that `data_key` is its key.

        `wait` is the longest time to wait for another transaction, in seconds. Raises StorageError, and leaves the
        database as it was, if it cannot be opened or is damaged, belongs to a newer version or another program, or was
        made with another key.
        """
        vault = Vault(data_key)
        store = cls(open_engine(url, wait), vault, wait, clock)
        try:
            with store._transaction() as connection:
                prepare(connection, store._name, vault)
        except StorageError:
            store.close()
            raise
        return store

    @property
    def shared(self) -> bool:
        """Whether other processes may use this database too."""
        return not self._sqlite

    def close(self) -> None:
        """Closes all connections. The store must not be used any more."""
        self._open.close()

    @contextmanager
    def chat(self, chat: str) -> Iterator[ChatRow]:
        """The row of `chat` for one turn: locked, committed at the end of the block, rolled back on an exception."""
        with self.chats({chat: ""}) as (row,):
            yield row

    @contextmanager
    def chats(self, asked: Mapping[str, str], *, at_once: bool = False) -> Iterator[Sequence[ChatRow]]:
        """The rows of several chats in one transaction, in the order of `asked`.

        `asked` has for each chat the id of the update it is read for, or "". With `at_once` it raises BusyError instead
        of waiting for another transaction; on PostgreSQL it always does.
        """
        with self._transaction(at_once=at_once) as connection:
            rows = Rows(connection, self._vault, asked, self._clock())
            self._open.before_others(rows.write)
            yield rows.each
            if rows.drops_records:
                self._open.wipe()
            rows.write()

    def note_answered(self, delivered: Sequence[tuple[str, str]]) -> None:
        """Marks updates as answered. Each is a chat and an update id; unknown ones are ignored. There must be one."""
        with self._transaction() as connection:
            chats.note_answered(connection, self._vault, delivered)

    def ping(self) -> None:
        """Checks that the database can be written to. Raises StorageError if not."""
        with self._transaction() as connection:
            connection.execute(delete(about).where(about.c.name == ""))

    def stored_about(self, chat: str) -> Stored:
        """Everything stored about `chat`, decrypted (S-54). Raises DamagedError if a value cannot be decrypted."""
        with self._transaction() as connection:
            return chats.stored_about(connection, self._vault, chat)

    def has_chat(self, chat: str) -> bool:
        """Whether `chat` has a row. Raises DamagedError."""
        return self.stored_about(chat)["conversation"] is not None

    def forget(self, chat: str) -> None:
        """Deletes everything stored about `chat` (S-53), so that it cannot be recovered from SQLite's files either."""
        with self._transaction() as connection:
            chats.forget(connection, self._vault, chat)
            self._open.wipe()

    def erase_due(self, now: datetime, shrink: Shrink) -> int:
        """Reduces or deletes every row whose `erase_at` is not after `now` (S-30). Returns the number of rows.

        `shrink` gets the decrypted value of a row and returns what to keep, with the time until when, or None to delete
        the row. Where it fails the row stays as it is; the others are still done, then StorageError is raised.
        Also deletes old ids of updates, deferred updates, states of sessions and unmatched messages.
        """
        with self._transaction() as connection:
            connection.execute(delete(updates).where(updates.c.day < to_day(now - UPDATES_KEPT)))
            deferred.drop_before(connection, now)
            records.drop_before(connection, now)
            unmatched.drop_before(connection, to_day(now - UNMATCHED_KEPT))
            due = chats.due(connection, now)
            self._open.wipe()
        errors: list[Exception] = []
        shrunk = sum(self._shrink(key, now, shrink, errors) for key in due)
        if errors:
            raise StorageError(
                f"{len(errors)} rows of {self._name} that are due could not be erased; they are tried again."
            ) from ExceptionGroup("while erasing", errors)
        return shrunk

    def note_unmatched(self, chat: str, normalised: str, now: datetime) -> None:
        """Counts a text that was not understood: as a keyed hash until a third chat has sent the same (S-52)."""
        with self._transaction() as connection:
            unmatched.note(connection, self._vault, chat, normalised, now)

    def unmatched(self, limit: int = 50) -> list[tuple[str, int]]:
        """At most `limit` texts that three or more chats have sent, with how often, most frequent first."""
        with self._transaction() as connection:
            return unmatched.top(connection, self._vault, limit)

    def keep_knowledge(self, version: str, archive: bytes, now: datetime) -> None:
        """Stores `archive` as the newest good version, also if it is known; only the last few versions are kept."""
        with self._transaction() as connection:
            lock(connection, b"knowledge")
            knowledge.keep(connection, version, archive, now)

    def kept_knowledge(self, limit: int = knowledge.VERSIONS_KEPT) -> list[tuple[str, datetime]]:
        """At most `limit` stored versions of the knowledge with the time each was stored, newest first."""
        with self._transaction() as connection:
            return knowledge.kept(connection, limit)

    def knowledge(self, version: str) -> bytes | None:
        """The archive stored as `version`, or None."""
        with self._transaction() as connection:
            return knowledge.archive(connection, version)

    def note_proven(self, version: str, fingerprint: str) -> None:
        """Records that the program with this fingerprint has passed `version` through all checks and worked cases."""
        with self._transaction() as connection:
            lock(connection, b"knowledge")
            knowledge.note_proven(connection, version, fingerprint)

    def proven(self, fingerprint: str) -> str | None:
        """The version of the knowledge last proven, or None if that was not by the program with this fingerprint."""
        with self._transaction() as connection:
            return knowledge.proven(connection, fingerprint)

    def upload(self, bot: int, name: str, digest: str) -> str:
        """Telegram's file id of a picture that `bot` has sent before with this content, or ""."""
        with self._transaction() as connection:
            return uploads.file_id(connection, bot, name, digest)

    def newest_knowledge(self) -> str:
        """The version of the knowledge that was stored last, or ""."""
        kept = self.kept_knowledge(limit=1)
        return kept[0][0] if kept else ""

    def beat(self, me: Replica) -> None:
        """Records a sign of life of the process `me`, which shares this database with others."""
        with self._transaction() as connection:
            lock(connection, b"replicas")
            replicas.beat(connection, me, self._clock())

    def leave(self, name: str) -> None:
        """Deletes a process that ends from those that share this database."""
        with self._transaction() as connection:
            replicas.leave(connection, name)

    def replicas(self) -> list[Replica]:
        """The processes that share this database and have given a sign of life within 15 seconds, sorted by name."""
        with self._transaction() as connection:
            return replicas.alive(connection, self._clock())

    def defer(self, update: DeferredUpdate, due: datetime) -> bool:
        """Stores an update, encrypted, to be answered at `due`, or reschedules it.

        Returns False, and deletes it, if it has been tried too often or has waited for more than an hour.
        """
        with self._transaction() as connection:
            return deferred.defer(connection, self._vault, update, self._clock(), due)

    def forget_deferred(self, chat: str, update_id: str) -> None:
        """Deletes a deferred update that was answered. Does nothing if it is not stored."""
        with self._transaction() as connection:
            deferred.forget(connection, self._vault, chat, update_id)

    def take_deferred(self, most: int = 50) -> list[DeferredUpdate]:
        """At most `most` deferred updates that are due, oldest first. No other process takes them for ten seconds."""
        with self._transaction() as connection:
            return deferred.take(connection, self._vault, self._clock(), most)

    def take_due(self, channel: str, most: int = 100) -> list[records.DueRecord]:
        """At most `most` due records of a channel ("telegram"), longest overdue first.

        No other process takes them for 30 seconds.
        """
        with self._transaction() as connection:
            return records.take(connection, self._vault, channel, self._clock(), most)

    def keep_upload(self, bot: int, name: str, digest: str, file_id: str) -> None:
        """Stores Telegram's file id of a picture, in place of that of an earlier content."""
        with self._transaction() as connection:
            lock(connection, b"uploads!")
            uploads.keep(connection, bot, name, digest, file_id)

    def forget_upload(self, bot: int, name: str) -> None:
        """Deletes a file id that Telegram no longer accepts."""
        with self._transaction() as connection:
            uploads.forget(connection, bot, name)

    def _shrink(self, key: bytes, now: datetime, shrink: Shrink, errors: list[Exception]) -> bool:
        try:
            with self._transaction() as connection:
                self._open.wipe()
                return chats.shrink_due(connection, self._vault, key, now, shrink)
        except Exception as error:  # noqa: BLE001 - collected: the caller raises it once the other rows are done
            errors.append(error)
            return False
