"""Transactions on one database: one at a time on SQLite, and those begun within another join it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from bot.storage.engine import hasty, place_of
from bot.storage.errors import BusyError, explained


class Transactions:
    """Safe to use from many threads."""

    def __init__(self, engine: Engine, wait: float) -> None:
        self._engine = engine
        self._hasty = hasty(engine)
        self._wait = wait
        self._place = place_of(engine)
        self._sqlite = engine.dialect.name == "sqlite"
        self._writer = threading.Lock()
        self._open = threading.local()

    def close(self) -> None:
        """Closes all connections."""
        self._engine.dispose()
        self._hasty.dispose()

    @contextmanager
    def transaction(self, *, at_once: bool = False) -> Iterator[Connection]:
        """Committed at the end, rolled back on an exception. Raises StorageError.

        `at_once`: raises BusyError where it would have to wait for another transaction, or for another machine.
        """
        joined = getattr(self._open, "connection", None)
        if joined is not None:
            self._open.before()
            yield joined
            return
        if at_once and not self._sqlite:
            raise BusyError(f"The database {self._place} is another process.")
        self._open.wipe, self._open.before = False, _nothing
        with self._alone(0 if at_once else self._wait), explained(self._place):
            with (self._hasty if at_once else self._engine).begin() as connection:
                self._open.connection = connection
                try:
                    yield connection
                finally:
                    self._open.connection = None
            if self._open.wipe and self._sqlite:
                self._empty_log()

    def before_others(self, work: Callable[[], None]) -> None:
        """Has `work` done before another call joins the transaction that is open on this thread."""
        self._open.before = work

    def wipe(self) -> None:
        """What the transaction that is open on this thread erases leaves no trace in the file."""
        self._open.wipe = True

    @contextmanager
    def _alone(self, wait: float) -> Iterator[None]:
        """SQLite has one writer. Waiting for it here is fair and quick; SQLite's own way is to sleep and retry."""
        if not self._sqlite:
            yield
            return
        if not self._writer.acquire(timeout=wait):
            raise BusyError(f"The database {self._place} is busy. Try again.")
        try:
            yield
        finally:
            self._writer.release()

    def _empty_log(self) -> None:
        """SQLite's write-ahead log still holds what was just erased."""
        connection = self._engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        finally:
            connection.close()


def _nothing() -> None:
    return
