"""Queues in a table: each due row is leased to one process at a time.

The process deletes or reschedules the row before its lease ends. If it does not, because it has died, the row is due
again and another process takes it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Row, delete, select, true, update

from bot.storage.crypto import DamagedError, Vault
from bot.storage.locks import lock
from bot.storage.schema import to_micros

Taken = TypeVar("Taken")


@dataclass(frozen=True, slots=True)
class Queue(Generic[Taken]):
    """A table with the columns `due` (microseconds since 1970, or NULL) and `value` (encrypted), used as a queue.

    `since` is the column with the time a row was stored. Rows are taken in ascending order of the column `order`.
    `same` is the condition that finds one row again; `owner` is the associated data its value was sealed with. `read`
    turns a row and its decrypted value into the item that `take` returns, or raises ValueError.
    """

    name: bytes  # eight bytes, the key of the lock that all processes share
    since: Column[int]
    order: Column[Any]
    lease: timedelta
    same: Callable[[Row[Any]], ColumnElement[bool]]
    owner: Callable[[Row[Any]], bytes]
    read: Callable[[Row[Any], str], Taken]


def take(
    connection: Connection,
    vault: Vault,
    queue: Queue[Taken],
    now: datetime,
    most: int,
    where: ColumnElement[bool] | None = None,
) -> list[Taken]:
    """At most `most` due rows among those that `where` selects, leased from `now` on.

    A row stored after `now` counts as due: the clock was set back, and the row should not wait until it has caught up.
    Rows that cannot be decrypted or read any more are deleted.
    """
    lock(connection, queue.name)
    table, moment = queue.since.table, to_micros(now)
    is_due = (table.c.due <= moment) | ((queue.since > moment) & table.c.due.is_not(None))
    found = select(table).where(is_due, true() if where is None else where).order_by(queue.order).limit(most)
    taken: list[Taken] = []
    for row in connection.execute(found).all():
        try:
            taken.append(queue.read(row, vault.open(row.value, queue.owner(row))))
        except (DamagedError, ValueError):
            connection.execute(delete(table).where(queue.same(row)))
            continue
        since = min(getattr(row, queue.since.name), moment)
        leased = {"due": to_micros(now + queue.lease), queue.since.name: since}
        connection.execute(update(table).where(queue.same(row)).values(leased))
    return taken
