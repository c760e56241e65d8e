"""Locks between the processes that share a PostgreSQL. SQLite has one writer at a time anyway."""

from sqlalchemy import Connection, text

# In the order of the numbers: two transactions that want the same locks cannot each hold what the other waits for.
LOCK = text("SELECT pg_advisory_xact_lock(number) FROM unnest(CAST(:numbers AS bigint[])) AS number")


def lock(connection: Connection, *keys: bytes) -> None:
    """Waits until no other transaction holds any of `keys`, and holds them until this one ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(LOCK, {"numbers": sorted(int.from_bytes(key[:8], signed=True) for key in keys)})
