"""Queues in a table: a due row is leased to one process, and goes to another when that one has died.

Whoever takes a row deletes or reschedules it before the lease ends; otherwise the row is due again.
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
    """A table with the columns `due` and `value`, as a queue.

    `since` is the column with the time a row was put there. `order` is the column whose smallest value goes first.
    `same` is the condition that finds one row again; `owner` is the associated data its value was sealed with. `read`
    makes what is handed out from a row and its opened value, or raises ValueError.
    """

    name: bytes  # eight bytes: the lock that processes share
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
    """At most `most` due rows among those `where` selects, leased from `now` on.

    A row from the future counts as due: the clock was set back, and nobody should wait until it has caught up. Rows
    that can no longer be decrypted or read are deleted.
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
