"""The store: everything the bot keeps, behind a few plain calls."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Self

from sqlalchemy import Connection, Engine, delete, insert, select

from bot.storage import chats, deferred, knowledge, records, replicas, unmatched, uploads
from bot.storage.chats import Shrink, Stored
from bot.storage.crypto import Vault
from bot.storage.deferred import DeferredUpdate
from bot.storage.engine import open_engine, place_of
from bot.storage.errors import DAMAGED, StorageError
from bot.storage.locks import lock
from bot.storage.migrate import migrate
from bot.storage.replicas import Replica
from bot.storage.rows import ChatRow, Rows
from bot.storage.schema import about, to_day, updates
from bot.storage.transactions import Transactions

UPDATES_KEPT = timedelta(days=2)  # Telegram repeats an update for a day at most
UNMATCHED_KEPT = timedelta(days=30)


def _now() -> datetime:
    return datetime.now(UTC)


class Store:
    """One database. Safe to use from many threads; every call is one transaction.

    A call made inside `with store.chat(...)` on the same thread joins that transaction.
    """

    def __init__(self, engine: Engine, vault: Vault, wait: float, clock: Callable[[], datetime]) -> None:
        self._open = Transactions(engine, wait)
        self._transaction = self._open.transaction
        self._vault = vault
        self._clock = clock
        self._place = place_of(engine)
        self._sqlite = engine.dialect.name == "sqlite"

    @classmethod
    def open(cls, url: str, data_key: bytes | str, *, wait: float = 5, clock: Callable[[], datetime] = _now) -> Self:
        """Opens the database at `url`, makes or migrates its tables, and checks that `data_key` is its key.

        Raises StorageError, with the database left as it was.
        """
        vault = Vault(data_key)
        store = cls(open_engine(url, wait), vault, wait, clock)
        try:
            with store._transaction() as connection:
                store._check(connection)
        except StorageError:
            store.close()
            raise
        return store

    @property
    def shared(self) -> bool:
        """Whether other processes may use this database too."""
        return not self._sqlite

    def close(self) -> None:
        self._open.close()

    @contextmanager
    def chat(self, chat: str) -> Iterator[ChatRow]:
        """The row of `chat` for one turn: locked, committed at the end, rolled back on an exception."""
        with self.chats({chat: ""}) as (row,):
            yield row

    @contextmanager
    def chats(self, asked: Mapping[str, str], *, at_once: bool = False) -> Iterator[Sequence[ChatRow]]:
        """The rows of some chats, each with the update it is asked for, in that order: one transaction for all.

        `at_once`: raises BusyError where it would have to wait for another transaction, or for another machine.
        """
        with self._transaction(at_once=at_once) as connection:
            rows = Rows(connection, self._vault, asked, self._clock())
            self._open.before_others(rows.write)
            yield rows.each
            if rows.drops:
                self._open.wipe()
            rows.write()

    def note_answered(self, done: Sequence[tuple[str, str]]) -> None:
        """Remembers that the answers to these updates, each a chat and an update id, have left."""
        with self._transaction() as connection:
            chats.note_answered(connection, self._vault, done)

    def ping(self) -> None:
        """Returns when the database can be written to. Raises StorageError."""
        with self._transaction() as connection:
            connection.execute(delete(about).where(about.c.name == ""))

    def stored_about(self, chat: str) -> Stored:
        with self._transaction() as connection:
            return chats.stored_about(connection, self._vault, chat)

    def has_chat(self, chat: str) -> bool:
        return self.stored_about(chat)["conversation"] is not None

    def forget(self, chat: str) -> None:
        """Deletes everything kept about `chat` (S-53)."""
        with self._transaction() as connection:
            chats.forget(connection, self._vault, chat)
            self._open.wipe()

    def erase_due(self, now: datetime, shrink: Shrink) -> int:
        """Offers each row whose time is over to `shrink`: None deletes it, else it is replaced (S-30).

        Also drops old update ids, parked updates, clocks of sessions and stale unmatched messages. Returns how many
        rows went or shrank.
        A row on which `shrink` fails stays and does not keep the others; a StorageError then tells of it.
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
                f"{len(errors)} rows of {self._place} that are due could not be erased; they are tried again."
            ) from ExceptionGroup("while erasing", errors)
        return shrunk

    def note_unmatched(self, chat: str, normalised: str, now: datetime) -> None:
        """Counts a text nobody understood. It stays a keyed hash until a third chat sends the same (S-52)."""
        with self._transaction() as connection:
            unmatched.note(connection, self._vault, chat, normalised, now)

    def unmatched(self, limit: int = 50) -> list[tuple[str, int]]:
        """The texts that three or more chats sent, most frequent first, with how often."""
        with self._transaction() as connection:
            return unmatched.top(connection, self._vault, limit)

    def keep_knowledge(self, version: str, archive: bytes, now: datetime) -> None:
        """Keeps `archive` as the newest good version; only the last few are kept."""
        with self._transaction() as connection:
            lock(connection, b"knowledge")
            knowledge.keep(connection, version, archive, now)

    def kept_knowledge(self, limit: int = knowledge.VERSIONS_KEPT) -> list[tuple[str, datetime]]:
        """The versions kept and since when, newest first."""
        with self._transaction() as connection:
            return knowledge.kept(connection, limit)

    def knowledge(self, version: str) -> bytes | None:
        """The archive of `version`, as it was kept."""
        with self._transaction() as connection:
            return knowledge.archive(connection, version)

    def note_proven(self, version: str, program: str) -> None:
        """Notes that `program` has found the knowledge `version` good in every check and worked case."""
        with self._transaction() as connection:
            lock(connection, b"knowledge")
            knowledge.note_proven(connection, version, program)

    def proven(self, program: str) -> str | None:
        """The version of the knowledge that `program` has proven, if any."""
        with self._transaction() as connection:
            return knowledge.proven(connection, program)

    def upload(self, bot: int, name: str, digest: str) -> str:
        """Telegram's id of a picture that `bot` has sent before with this very content, or ""."""
        with self._transaction() as connection:
            return uploads.file_id(connection, bot, name, digest)

    def newest_knowledge(self) -> str:
        """The version that was kept last, or ""."""
        kept = self.kept_knowledge(limit=1)
        return kept[0][0] if kept else ""

    def beat(self, me: Replica) -> None:
        """A sign of life of a process that shares this database."""
        with self._transaction() as connection:
            lock(connection, b"replicas")
            replicas.beat(connection, me, self._clock())

    def leave(self, name: str) -> None:
        """A process that shares this database ends."""
        with self._transaction() as connection:
            replicas.leave(connection, name)

    def replicas(self) -> list[Replica]:
        """The processes that share this database and live."""
        with self._transaction() as connection:
            return replicas.alive(connection, self._clock())

    def park(self, one: DeferredUpdate, due: datetime) -> bool:
        """Keeps an update whose answer has to wait, encrypted. False when it has waited or been tried too often."""
        with self._transaction() as connection:
            return deferred.defer(connection, self._vault, one, self._clock(), due)

    def leave_parked(self, chat: str, update_id: str) -> None:
        """Forgets a parked update: it was answered."""
        with self._transaction() as connection:
            deferred.settle(connection, self._vault, chat, update_id)

    def take_parked(self, most: int = 50) -> list[DeferredUpdate]:
        """The parked updates that are due, oldest first; no other process gets them for a while."""
        with self._transaction() as connection:
            return deferred.take(connection, self._vault, self._clock(), most)

    def take_due(self, channel: str, most: int = 100) -> list[records.DueRecord]:
        """What is due in a channel ("telegram"), longest overdue first; no other process gets it for a while."""
        with self._transaction() as connection:
            return records.take(connection, self._vault, channel, self._clock(), most)

    def keep_upload(self, bot: int, name: str, digest: str, file_id: str) -> None:
        """Keeps Telegram's id of a picture, in place of that of an earlier content."""
        with self._transaction() as connection:
            lock(connection, b"uploads!")
            uploads.keep(connection, bot, name, digest, file_id)

    def forget_upload(self, bot: int, name: str) -> None:
        """Forgets an id that Telegram no longer takes."""
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

    def _check(self, connection: Connection) -> None:
        lock(connection, b"migrate!")
        if self._sqlite and connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
            raise StorageError(f"The database {self._place} {DAMAGED}.")
        migrate(connection, self._place)
        connection.execute(delete(about).where(about.c.name == ""))  # a read-only database fails here, not in a turn
        key = connection.execute(select(about.c.value).where(about.c.name == "key")).scalar()
        if key is None:
            connection.execute(insert(about), {"name": "key", "value": self._vault.fingerprint})
        elif key != self._vault.fingerprint:
            raise StorageError(
                f"The database {self._place} was made with another DATA_KEY and cannot be read with this one. "
                "Put the old key back, or move the database away to start anew."
            )
