"""Transactions on one database: one at a time on SQLite. One begun inside another joins it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from bot.storage.engine import database_name, without_waiting
from bot.storage.errors import BusyError, storage_errors


class Transactions:
    """Begins transactions. Safe to use from many threads; each thread has at most one open.

    `wait` is the longest time to wait for another transaction, in seconds.
    """

    def __init__(self, engine: Engine, wait: float) -> None:
        self._engine = engine
        self._without_waiting = without_waiting(engine)
        self._wait = wait
        self._name = database_name(engine)
        self._sqlite = engine.dialect.name == "sqlite"
        self._writer = threading.Lock()
        self._open = threading.local()

    def close(self) -> None:
        """Closes all connections."""
        self._engine.dispose()
        self._without_waiting.dispose()

    @contextmanager
    def transaction(self, *, at_once: bool = False) -> Iterator[Connection]:
        """A transaction that is committed at the end of the block, or rolled back on any exception.

        Inside another transaction of the same thread the block joins that one. Raises BusyError if another transaction
        takes too long, and StorageError if the database fails. With `at_once` it raises BusyError instead of waiting
        at all, so always on PostgreSQL, where even an idle server has to be waited for.
        """
        joined = getattr(self._open, "connection", None)
        if joined is not None:
            self._open.before()
            yield joined
            return
        if at_once and not self._sqlite:
            raise BusyError(f"The database {self._name} is another process.")
        self._open.wipe, self._open.before = False, _nothing
        with self._alone(0 if at_once else self._wait), storage_errors(self._name):
            with (self._without_waiting if at_once else self._engine).begin() as connection:
                self._open.connection = connection
                try:
                    yield connection
                finally:
                    self._open.connection = None
            if self._open.wipe and self._sqlite:
                self._empty_log()

    def before_others(self, work: Callable[[], None]) -> None:
        """Calls `work` each time before another block joins the transaction that is open on this thread."""
        self._open.before = work

    def wipe(self) -> None:
        """Makes deleted data unrecoverable: after the open transaction SQLite's write-ahead log is emptied."""
        self._open.wipe = True

    @contextmanager
    def _alone(self, wait: float) -> Iterator[None]:
        """Lets one thread at a time write to SQLite. Raises BusyError after `wait` seconds.

        Waiting for a lock of our own is faster and fairer than SQLite's way, which is to sleep and retry.
        """
        if not self._sqlite:
            yield
            return
        if not self._writer.acquire(timeout=wait):
            raise BusyError(f"The database {self._name} is busy. Try again.")
        try:
            yield
        finally:
            self._writer.release()

    def _empty_log(self) -> None:
        """Truncates SQLite's write-ahead log, which still holds what was just deleted."""
        connection = self._engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        finally:
            connection.close()


def _nothing() -> None:
    return
