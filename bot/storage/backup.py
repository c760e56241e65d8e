"""Back up the whole database into one file while the bot runs, and restore it into an empty database.

The file is gzipped JSON lines: a head, then one line for each row. Values that are encrypted in the database stay
encrypted, so the file is useless without the same DATA_KEY. A backup of SQLite can be restored into PostgreSQL and
the other way round.
"""

import base64
import gzip
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, LargeBinary, Table, func, insert, select

from bot.storage.engine import database_name, open_engine
from bot.storage.errors import StorageError, storage_errors
from bot.storage.schema import REVISION, about, metadata, replicas
from bot.storage.store import Store

FORMAT: Final = "acupressure-bot backup"
TABLES: Final = [table for table in metadata.sorted_tables if table is not replicas]  # its rows are valid for seconds
ROWS_PER_INSERT: Final = 500


def back_up(url: str, file: Path) -> int:
    """Writes the database at `url` to `file`, readable by its owner only, and returns the number of rows.

    An existing `file` is replaced once the copy is complete. Raises StorageError if the database cannot be read or
    the file cannot be written.
    """
    engine = open_engine(url, 5, reading=True)
    partial = file.with_name(f"{file.name}.partial")
    try:
        with storage_errors(database_name(engine)), engine.connect() as connection, _written(partial) as lines:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            rows = sum(_copy(connection, table, lines) for table in TABLES)
        partial.replace(file)
    except OSError as error:
        raise StorageError(f"{file} cannot be written ({error.strerror}). Choose another place.") from None
    finally:
        partial.unlink(missing_ok=True)
        engine.dispose()
    return rows


def restore(url: str, data_key: str, file: Path) -> int:
    """Restores the backup in `file` into the database at `url` and returns the number of rows: all of them or none.

    Raises StorageError if the file is damaged or of another version, if it was made with another key than `data_key`,
    or if the database is not empty or cannot be opened.
    """
    rows = list(_read(file))
    Store.open(url, data_key).close()  # creates the tables
    engine = open_engine(url, 5)
    database = database_name(engine)
    try:
        with storage_errors(database), engine.begin() as connection:
            _check(connection, database, rows, file)
            for table in TABLES:
                connection.execute(table.delete())
                values = [_from_json(table, row) for name, row in rows if name == table.name]
                for start in range(0, len(values), ROWS_PER_INSERT):
                    connection.execute(insert(table), values[start : start + ROWS_PER_INSERT])
    finally:
        engine.dispose()
    return len(rows)


def _check(connection: Connection, database: str, rows: list[tuple[str, dict[str, Any]]], file: Path) -> None:
    """Raises StorageError if the database holds data already, or if the rows were sealed with another key."""
    for table in TABLES:
        if table is not about and connection.execute(select(func.count()).select_from(table)).scalar_one():
            raise StorageError(f"The database {database} is not empty. Move it away, or name another in DATABASE_URL.")
    ours = connection.execute(select(about.c.value).where(about.c.name == "key")).scalar()
    theirs = next((row["value"] for name, row in rows if name == about.name and row["name"] == "key"), ours)
    if ours != theirs:
        raise StorageError(f"{file} was made with another DATA_KEY and cannot be read with this. Put that key back.")


@contextmanager
def _written(path: Path) -> Iterator[gzip.GzipFile]:
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
    with gzip.open(path, "wb") as lines:
        lines.write(_line({"format": FORMAT, "revision": REVISION}))
        yield lines


def _copy(connection: Connection, table: Table, lines: gzip.GzipFile) -> int:
    rows = connection.execute(select(table)).mappings().all()
    for row in rows:
        lines.write(_line({"table": table.name, "row": {name: _to_json(value) for name, value in row.items()}}))
    return len(rows)


def _read(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            head = json.loads(next(lines, "{}"))
            if head.get("format") != FORMAT:
                raise StorageError(f"{file} is no backup of this program.")
            if head["revision"] != REVISION:
                raise StorageError(
                    f"{file} was made by another version (database {head['revision']}, here {REVISION}). "
                    "Restore it with that version, then upgrade."
                )
            for line in lines:
                entry = json.loads(line)
                yield entry["table"], entry["row"]
    except (OSError, EOFError, ValueError, KeyError) as error:
        raise StorageError(f"{file} cannot be read ({type(error).__name__}): it is damaged or not there.") from None


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def _to_json(value: Any) -> Any:  # noqa: ANN401 - the value of any column
    return base64.b64encode(value).decode() if isinstance(value, bytes | memoryview) else value


def _from_json(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    binary = {column.name for column in table.columns if isinstance(column.type, LargeBinary)}
    return {name: base64.b64decode(value) if name in binary else value for name, value in row.items()}
