"""One error for everything that can go wrong with the database; its text says what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError


class StorageError(Exception):
    """The database could not do what was asked. The text names the database and what to do.

    The transaction was rolled back; earlier ones are not affected.
    """


class BusyError(StorageError):
    """Another transaction held a lock for longer than we were willing to wait. Trying again may succeed."""


DAMAGED = "is damaged. It was left as it is; put back a copy, or move it away to start anew"
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED", "55P03")
_MEANINGS = {
    "SQLITE_BUSY": "is locked by another program. Stop that program or wait, then try again",
    "SQLITE_LOCKED": "is locked by another program. Stop that program or wait, then try again",
    "SQLITE_READONLY": "cannot be written. Give this user write access to the file and its folder",
    "SQLITE_CANTOPEN": "cannot be opened. Check that its folder exists and that this user may write there",
    "SQLITE_FULL": "cannot grow: the disk is full. Make room, then try again",
    "SQLITE_NOTADB": "is not a SQLite database. It was left as it is; move it away or change DATABASE_URL",
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_IOERR": "could not be read or written. Check the disk",
    "55P03": "kept a row locked for too long. Try again",
}


@contextmanager
def storage_errors(database: str) -> Iterator[None]:
    """Turns the driver's errors into a BusyError or StorageError that names `database`."""
    try:
        yield
    except DBAPIError as error:
        kind = BusyError if _code(error).startswith(_BUSY) else StorageError
        raise kind(f"The database {database} {_explain(error)}.") from error


def _code(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlite_errorname", "") or getattr(error.orig, "sqlstate", "") or "")


def _explain(error: DBAPIError) -> str:
    code = _code(error)
    for prefix, text in _MEANINGS.items():
        if code.startswith(prefix):
            return text
    if isinstance(error, OperationalError) and not code:
        return "cannot be reached. Check that it runs and that DATABASE_URL is right"
    return f"refused a statement ({code or type(error.orig).__name__})"
