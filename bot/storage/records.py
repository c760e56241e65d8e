"""What is kept of a chat beyond its hour: a diary, reminders, the clock of a session. Encrypted, one of each kind.

Some of it is due at a time. `take` hands it out to one process; who got it says later when it is due again. Until then
nobody else gets it, unless that process dies: then another one does, after the lease.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from bot.storage import leases
from bot.storage.crypto import Vault
from bot.storage.schema import kept as table
from bot.storage.schema import to_micros

SESSION = "session"
LONGEST_SESSION = timedelta(hours=2)
LEASE = timedelta(seconds=30)  # who takes something that is due has this long: longer than a call to Telegram may take

READ = select(table.c.chat, table.c.kind, table.c.value).where(table.c.chat.in_(bindparam("keys", expanding=True)))


@dataclass(frozen=True, slots=True)
class PendingWrite:
    """What shall be kept from now on of one chat. Where it is not `rescheduled` it stays due when it was."""

    chat: str
    sealed: bytes
    due: datetime | None
    rescheduled: bool = True


@dataclass(frozen=True, slots=True)
class DueRecord:
    """Something that is due: what kind of thing, where, and when it was taken."""

    chat: str
    kind: str
    at: datetime


QUEUE: leases.Queue[tuple[str, str]] = leases.Queue(
    b"kept due",
    since=table.c.set_at,
    order=table.c.due,
    lease=LEASE,
    same=lambda row: (table.c.chat == row.chat) & (table.c.kind == row.kind),
    owner=lambda row: owner(row.chat, row.kind),
    read=lambda row, value: (value.partition("\n")[0], row.kind),
)


def owner(chat_key: bytes, kind: str) -> bytes:
    """Whom a sealed value belongs to: moved to another chat or kind it cannot be opened."""
    return chat_key + kind.encode()


def content(vault: Vault, chat_key: bytes, kind: str, sealed: bytes) -> str:
    """What was kept, without the chat's name before it. Raises DamagedError."""
    return vault.open(sealed, owner(chat_key, kind)).partition("\n")[2]


def read(connection: Connection, keys: Sequence[bytes]) -> list[tuple[bytes, str, bytes]]:
    """Chat, kind and sealed value of everything kept of these chats."""
    return [(row.chat, row.kind, row.value) for row in connection.execute(READ, {"keys": keys})]


def write(connection: Connection, key: bytes, anew: Mapping[str, PendingWrite | None], now: datetime) -> None:
    """Keeps these, in place of what was kept of the same kinds. None: nothing any more."""
    for kind, one in anew.items():
        same = (table.c.chat == key) & (table.c.kind == kind)
        if one is not None and not one.rescheduled:
            connection.execute(update(table).where(same).values(value=one.sealed))
            continue
        connection.execute(delete(table).where(same))
        if one is None:
            continue
        due = to_micros(one.due) if one.due else None
        row = {"chat": key, "kind": kind, "channel": one.chat.partition(":")[0], "value": one.sealed, "due": due}
        connection.execute(insert(table), {**row, "set_at": to_micros(now)})


def forget(connection: Connection, key: bytes) -> None:
    """Nothing is kept of this chat any more."""
    connection.execute(delete(table).where(table.c.chat == key))


def drop_before(connection: Connection, now: datetime) -> None:
    """Drops clocks of sessions that nobody has looked at for longer than any session lasts."""
    old = (table.c.kind == SESSION) & (table.c.set_at < to_micros(now - LONGEST_SESSION))
    connection.execute(delete(table).where(old))


def take(connection: Connection, vault: Vault, channel: str, now: datetime, most: int) -> list[DueRecord]:
    """What is due in this channel, longest overdue first."""
    taken = leases.take(connection, vault, QUEUE, now, most, table.c.channel == channel)
    return [DueRecord(chat, kind, now) for chat, kind in taken]
