"""The processes that share this database, with the version of the knowledge that each of them uses."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from bot.storage.schema import replicas, to_micros

ALIVE = timedelta(seconds=15)  # the longest time since the last sign of life


class Replica(NamedTuple):
    """One process: its name, the version of the knowledge it uses, and a version that it could not load, or ""."""

    name: str
    version: str
    refused: str


def beat(connection: Connection, me: Replica, now: datetime) -> None:
    """Records a sign of life of the process `me`, and deletes processes that gave none for four times ALIVE."""
    gone = replicas.c.seen_at < to_micros(now - 4 * ALIVE)
    connection.execute(delete(replicas).where(gone | (replicas.c.name == me.name)))
    connection.execute(insert(replicas), {**me._asdict(), "seen_at": to_micros(now)})


def leave(connection: Connection, name: str) -> None:
    """Deletes a process that ends. Does nothing if it is not known."""
    connection.execute(delete(replicas).where(replicas.c.name == name))


def alive(connection: Connection, now: datetime) -> list[Replica]:
    """The processes that gave a sign of life within ALIVE, sorted by name."""
    seen = select(replicas).where(replicas.c.seen_at >= to_micros(now - ALIVE)).order_by(replicas.c.name)
    return [Replica(row.name, row.version, row.refused) for row in connection.execute(seen)]
