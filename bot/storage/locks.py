"""Locks between processes that share a PostgreSQL database. SQLite allows one writer at a time anyway."""

from sqlalchemy import Connection, text

# Taken in ascending order, so that two transactions that need the same locks cannot deadlock.
LOCK = text("SELECT pg_advisory_xact_lock(number) FROM unnest(CAST(:numbers AS bigint[])) AS number")


def lock(connection: Connection, *keys: bytes) -> None:
    """Waits until no other transaction holds any of `keys`, then holds them until this transaction ends.

    Only the first eight bytes of a key count. Does nothing on SQLite. If the wait is longer than the engine allows,
    the transaction fails with BusyError.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(LOCK, {"numbers": sorted(int.from_bytes(key[:8], signed=True) for key in keys)})
