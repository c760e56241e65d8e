"""Records of a chat that outlive its row: the diary, the reminders and the state of a running session, one of each.

They are encrypted. A record may be due at a time: `take` then leases it to one process, which reschedules or deletes
it. Another process takes it only after LEASE, if the first one has died.
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
LEASE = timedelta(seconds=30)  # the time to do what is due; longer than a call to Telegram may take

READ = select(table.c.chat, table.c.kind, table.c.value).where(table.c.chat.in_(bindparam("keys", expanding=True)))


@dataclass(frozen=True, slots=True)
class PendingWrite:
    """A record to be written when the transaction ends. `due` None: never.

    Without `rescheduled` only the value is replaced; the record stays due when it was.
    """

    chat: str
    sealed: bytes
    due: datetime | None
    rescheduled: bool = True


@dataclass(frozen=True, slots=True)
class DueRecord:
    """A record that is due: its chat ("telegram:42"), its kind, and when it was taken."""

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
    """Associated data that binds the encrypted value to its chat and kind."""
    return chat_key + kind.encode()


def content(vault: Vault, chat_key: bytes, kind: str, sealed: bytes) -> str:
    """The decrypted value of a record, without the name of the chat on its first line. Raises DamagedError."""
    return vault.open(sealed, owner(chat_key, kind)).partition("\n")[2]


def read(connection: Connection, keys: Sequence[bytes]) -> list[tuple[bytes, str, bytes]]:
    """Chat key, kind and encrypted value of every record of the chats with these keys."""
    return [(row.chat, row.kind, row.value) for row in connection.execute(READ, {"keys": keys})]


def write(connection: Connection, key: bytes, pending: Mapping[str, PendingWrite | None], now: datetime) -> None:
    """Writes the records of the chat with this `key`, by kind, in place of the earlier ones. None deletes a record."""
    for kind, record in pending.items():
        same = (table.c.chat == key) & (table.c.kind == kind)
        if record is not None and not record.rescheduled:
            connection.execute(update(table).where(same).values(value=record.sealed))
            continue
        connection.execute(delete(table).where(same))
        if record is None:
            continue
        due = to_micros(record.due) if record.due else None
        channel = record.chat.partition(":")[0]
        row = {"chat": key, "kind": kind, "channel": channel, "value": record.sealed, "due": due}
        connection.execute(insert(table), {**row, "set_at": to_micros(now)})


def forget(connection: Connection, key: bytes) -> None:
    """Deletes all records of the chat with this `key`."""
    connection.execute(delete(table).where(table.c.chat == key))


def drop_before(connection: Connection, now: datetime) -> None:
    """Deletes the state of sessions that were last written longer ago than LONGEST_SESSION."""
    old = (table.c.kind == SESSION) & (table.c.set_at < to_micros(now - LONGEST_SESSION))
    connection.execute(delete(table).where(old))


def take(connection: Connection, vault: Vault, channel: str, now: datetime, most: int) -> list[DueRecord]:
    """At most `most` due records of this channel ("telegram"), longest overdue first, each leased for LEASE."""
    taken = leases.take(connection, vault, QUEUE, now, most, table.c.channel == channel)
    return [DueRecord(chat, kind, now) for chat, kind in taken]
