"""Opens SQLite or PostgreSQL by URL, with the settings that make each fast and durable."""

import os
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from bot.storage.errors import StorageError

WRITE, READ = "BEGIN IMMEDIATE", "BEGIN"
SERVER = re.compile(
    r"(?:[^:/?@]*(?::[^@]*)?@)?"  # user and password
    r"(?:\[[\w:.%]+\]|[\w.-]+)?(?::\d+)?"  # host and port
    r"(?:/[^/?#@]*)?(?:\?[^@]*)?"  # database and query
)
UNCLEAR = (
    "DATABASE_URL cannot be read. It looks like postgresql://USER:PASSWORD@HOST/DATABASE; "
    "in the password write @ as %40, # as %23, / as %2F."
)
PRAGMAS = ("journal_mode = WAL", "synchronous = NORMAL", "secure_delete = ON")


def open_engine(url: str, wait: float, *, reading: bool = False) -> Engine:
    """An engine whose transactions wait at most `wait` seconds for a lock. Creates SQLite's file and folder if missing.

    `reading`: its transactions on SQLite only read and do not block writers. Raises StorageError if the URL is not one
    of SQLite or PostgreSQL, the file cannot be created, or PostgreSQL's driver is not installed. Nothing is connected
    yet: errors of a connection are SQLAlchemy's, see `storage_errors`.
    """
    parsed = _parse(url)
    if parsed.get_backend_name() == "postgresql":
        return _postgresql(parsed, wait)
    if parsed.database in (None, "", ":memory:"):  # a database in memory exists only in its one connection
        engine = create_engine(parsed, poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        _make_file(parsed)
        engine = _file_engine(parsed, wait)
    return _prepared(engine, PRAGMAS, READ if reading else WRITE)


def _file_engine(url: URL, wait: float) -> Engine:
    return create_engine(url, hide_parameters=True, connect_args={"timeout": wait})


def _prepared(engine: Engine, pragmas: Sequence[str], begin: str = WRITE) -> Engine:
    event.listen(engine, "connect", partial(_prepare, pragmas))
    event.listen(engine, "begin", partial(_begin, begin))
    return engine


def without_waiting(engine: Engine) -> Engine:
    """For a SQLite file, a second engine whose transactions fail at once instead of waiting for a lock.

    Any other engine is returned as it is.
    """
    if engine.dialect.name != "sqlite" or isinstance(engine.pool, StaticPool):
        return engine
    # The journal mode is stored in the file, and setting it again might have to wait for a lock.
    return _prepared(_file_engine(engine.url, wait=0), PRAGMAS[1:])


def database_name(engine: Engine) -> str:
    """The database for an error message: the file, or host and name, never with a password (S-60)."""
    url = engine.url
    return str(url.database) if engine.dialect.name == "sqlite" else f"{url.host or 'localhost'}/{url.database}"


def _parse(url: str) -> URL:
    """The parsed URL. Raises StorageError, which never quotes it (S-60), also if the end of a password is ambiguous."""
    scheme, _, rest = url.partition("://")
    if scheme.startswith("postgres") and not SERVER.fullmatch(rest):
        raise StorageError(UNCLEAR)
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        parsed = None
    if parsed is None or parsed.get_backend_name() not in ("sqlite", "postgresql", "postgres"):
        raise StorageError("DATABASE_URL must start with sqlite:/// or postgresql://.")
    return parsed if parsed.drivername.startswith("sqlite") else parsed.set(drivername="postgresql+psycopg")


def _postgresql(url: URL, wait: float) -> Engine:
    limits = {"connect_timeout": max(2, round(wait)), "options": f"-c lock_timeout={round(wait * 1000)}"}
    try:
        return create_engine(url, hide_parameters=True, pool_pre_ping=True, pool_size=10, connect_args=limits)
    except ModuleNotFoundError:
        raise StorageError("PostgreSQL needs its driver: pip install 'acupressure-bot[postgresql]'.") from None


def _make_file(url: URL) -> None:
    """Creates the file before SQLite does, readable by its owner only. Raises StorageError."""
    path = Path(str(url.database))
    if str(path).startswith("file:"):
        return
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StorageError(f"The database {path} cannot be made ({error.strerror}). Check its folder.") from None


def _prepare(pragmas: Sequence[str], connection: SqliteConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # only `_begin` begins transactions, never the driver by itself
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(statement: str, connection: Connection) -> None:
    connection.exec_driver_sql(statement)
