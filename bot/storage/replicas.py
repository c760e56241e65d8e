"""The processes that share this database, and which version of the knowledge each of them answers by."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from bot.storage.schema import replicas, to_micros

ALIVE = timedelta(seconds=15)  # since the last sign of life


class Replica(NamedTuple):
    """One process. `refused`: a version that it could not load, or ""."""

    name: str
    version: str
    refused: str


def beat(connection: Connection, me: Replica, now: datetime) -> None:
    """A sign of life. Those of whom there was none for long are dropped."""
    gone = replicas.c.seen_at < to_micros(now - 4 * ALIVE)
    connection.execute(delete(replicas).where(gone | (replicas.c.name == me.name)))
    connection.execute(insert(replicas), {**me._asdict(), "seen_at": to_micros(now)})


def leave(connection: Connection, name: str) -> None:
    """The process ends."""
    connection.execute(delete(replicas).where(replicas.c.name == name))


def alive(connection: Connection, now: datetime) -> list[Replica]:
    """Those with a sign of life of late, by name."""
    seen = select(replicas).where(replicas.c.seen_at >= to_micros(now - ALIVE)).order_by(replicas.c.name)
    return [Replica(row.name, row.version, row.refused) for row in connection.execute(seen)]
