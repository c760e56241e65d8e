"""Everything stored about one chat: shown for /mydata, deleted for /forget, reduced when it expires."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypedDict

from sqlalchemy import Connection, bindparam, delete, func, select, update

from bot.storage import records
from bot.storage.crypto import DamagedError, Vault
from bot.storage.locks import lock
from bot.storage.rows import CHANGE, DROP
from bot.storage.schema import chats, from_micros, parked, to_micros, unmatched_hashes, updates

# Built once, so that SQLAlchemy compiles each statement only once and a turn takes well under a millisecond.
READ = select(chats.c.value, chats.c.erase_at).where(chats.c.chat == bindparam("key"))
DUE = select(chats.c.chat).where(chats.c.erase_at <= bindparam("now")).order_by(chats.c.erase_at)
ANSWERED = update(updates).where(updates.c.update_hash == bindparam("hash")).values(answered=True)

Shrink = Callable[[str], tuple[str, datetime] | None]


class Stored(TypedDict):
    """Everything stored about one chat (S-54): what /mydata shows.

    `conversation` is the decrypted row, JSON, and `erase_at` the time it is reduced or deleted, ISO 8601; both are
    None for a chat without a row. `updates`, `deferred` and `unmatched` are numbers of rows. `records` holds the
    diary, the reminders and the state of a running session, decrypted, by kind.
    """

    conversation: str | None
    erase_at: str | None
    updates: int
    deferred: int
    unmatched: int
    records: dict[str, str]


def note_answered(connection: Connection, vault: Vault, delivered: Sequence[tuple[str, str]]) -> None:
    """Marks updates as answered. Each is a chat and an update id; unknown ones are ignored. There must be one."""
    connection.execute(ANSWERED, [{"hash": vault.update(chat, update_id)} for chat, update_id in delivered])


def stored_about(connection: Connection, vault: Vault, chat: str) -> Stored:
    """Everything stored about `chat`, decrypted. Raises DamagedError."""
    key = vault.chat(chat)
    row = connection.execute(READ, {"key": key}).first()
    count = select(func.count()).select_from
    unmatched = count(unmatched_hashes).where(unmatched_hashes.c.chat == vault.unmatched_chat(chat))
    return Stored(
        conversation=vault.open(row.value, key) if row else None,
        erase_at=from_micros(row.erase_at).isoformat() if row else None,
        updates=connection.execute(count(updates).where(updates.c.chat == key)).scalar_one(),
        deferred=connection.execute(count(parked).where(parked.c.chat == key)).scalar_one(),
        unmatched=connection.execute(unmatched).scalar_one(),
        records={
            kind: records.content(vault, key, kind, sealed) for _, kind, sealed in records.read(connection, [key])
        },
    )


def forget(connection: Connection, vault: Vault, chat: str) -> None:
    """Deletes everything stored about `chat` (S-53)."""
    key = vault.chat(chat)
    lock(connection, key)
    connection.execute(DROP, {"key": key})
    connection.execute(delete(updates).where(updates.c.chat == key))
    connection.execute(delete(parked).where(parked.c.chat == key))
    records.forget(connection, key)
    connection.execute(delete(unmatched_hashes).where(unmatched_hashes.c.chat == vault.unmatched_chat(chat)))


def due(connection: Connection, now: datetime) -> list[bytes]:
    """The keys of the rows whose `erase_at` has been reached, longest overdue first."""
    return list(connection.execute(DUE, {"now": to_micros(now)}).scalars())


def shrink_due(connection: Connection, vault: Vault, key: bytes, now: datetime, shrink: Shrink) -> bool:
    """Replaces or deletes one row if it is still due. Returns False if it is not, or no longer there.

    `shrink` gets the decrypted value and returns what to keep, with the time until when, or None to delete the row. A
    row that cannot be decrypted is deleted.
    """
    lock(connection, key)
    row = connection.execute(READ, {"key": key}).first()
    if row is None or row.erase_at > to_micros(now):
        return False
    try:
        smaller = shrink(vault.open(row.value, key))
    except DamagedError:
        smaller = None
    if smaller is None:
        connection.execute(DROP, {"key": key})
    else:
        value, erase_at = smaller
        connection.execute(CHANGE, {"key": key, "value": vault.seal(value, key), "erase_at": to_micros(erase_at)})
    return True
