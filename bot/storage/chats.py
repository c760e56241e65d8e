"""A chat's one row, and which of its updates were handled."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import Enum
from typing import TypedDict

from sqlalchemy import (
    Boolean,
    Connection,
    Integer,
    LargeBinary,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)

from bot.storage.crypto import DamagedError, Vault
from bot.storage.schema import chats, from_micros, to_day, to_micros, unmatched_hashes, updates

# Built once: SQLAlchemy then compiles each once, and a turn stays well under a millisecond.
READ = select(chats.c.value, chats.c.erase_at).where(chats.c.chat == bindparam("key"))
ADD = insert(chats)
CHANGE = update(chats).where(chats.c.chat == bindparam("key"))
DROP = delete(chats).where(chats.c.chat == bindparam("key"))
DUE = select(chats.c.chat).where(chats.c.erase_at <= bindparam("now")).order_by(chats.c.erase_at)
HASH = bindparam("hash", type_=LargeBinary)
SEEN = select(
    HASH, *(bindparam(n, type_=t) for n, t in (("key", LargeBinary), ("day", Integer), ("answered", Boolean)))
)
UNKNOWN = ~exists().where(updates.c.update_hash == HASH)  # the chat's lock keeps two turns from asking this at once
REMEMBER = insert(updates).from_select(["update_hash", "chat", "day", "answered"], SEEN.where(UNKNOWN))
IS_ANSWERED = select(updates.c.answered).where(updates.c.update_hash == HASH)
ANSWERED = update(updates).where(updates.c.update_hash == HASH).values(answered=True)
COUNTING = {"preserve_rowcount": True}
LOCK = select(func.pg_advisory_xact_lock(bindparam("number")))


Shrink = Callable[[str], tuple[str, datetime] | None]


class Stored(TypedDict):
    """Everything kept about one chat (S-54): what /mydata shows. `erase_at` is ISO 8601."""

    conversation: str | None
    erase_at: str | None
    updates: int
    unmatched: int


class Arrival(Enum):
    """What is known of an update that arrives. CUT_OFF: it was handled, but its answer may never have left."""

    NEW = "new"
    CUT_OFF = "cut off"
    ANSWERED = "answered"


class ChatRow:
    """The row of one chat inside its transaction. `value` is what was stored, or None."""

    def __init__(self, connection: Connection, vault: Vault, chat: str, now: datetime) -> None:
        self._connection = connection
        self._vault = vault
        self._chat = chat
        self._key = vault.chat(chat)
        self._now = now
        lock(connection, self._key)
        found = connection.execute(READ, {"key": self._key}).first()
        self._exists = found is not None
        self.value = vault.open(found.value, self._key) if found else None

    def save(self, value: str, erase_at: datetime) -> None:
        """Keeps `value` until `erase_at`."""
        row = {"value": self._vault.seal(value, self._key), "erase_at": to_micros(erase_at)}
        if self._exists:
            self._connection.execute(CHANGE, {**row, "key": self._key})
        else:
            self._connection.execute(ADD, {**row, "chat": self._key})
        self._exists, self.value = True, value

    def erase(self) -> None:
        """Deletes the row; handled updates stay known."""
        self._connection.execute(DROP, {"key": self._key})
        self._exists, self.value = False, None

    def arrival(self, update_id: str, *, answered: bool) -> Arrival:
        """NEW once for each update (S-69), remembered together with what this transaction saves.

        `answered`: whether its answer counts as given with this transaction; else `note_answered` says so later.
        """
        number = self._vault.update(self._chat, update_id)
        row = {"hash": number, "key": self._key, "day": to_day(self._now), "answered": answered}
        if self._connection.execute(REMEMBER, row, execution_options=COUNTING).rowcount == 1:
            return Arrival.NEW
        left = self._connection.execute(IS_ANSWERED, {"hash": number}).scalar_one()
        return Arrival.ANSWERED if left else Arrival.CUT_OFF


def note_answered(connection: Connection, vault: Vault, done: Sequence[tuple[str, str]]) -> None:
    """Remembers that the answers to these updates, each a chat and an update id, have left."""
    connection.execute(ANSWERED, [{"hash": vault.update(chat, update_id)} for chat, update_id in done])


def lock(connection: Connection, key: bytes) -> None:
    """PostgreSQL: waits until no other transaction holds `key`. SQLite has one writer at a time anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(LOCK, {"number": int.from_bytes(key[:8], signed=True)})


def stored_about(connection: Connection, vault: Vault, chat: str) -> Stored:
    """Everything kept about `chat`, decrypted."""
    key = vault.chat(chat)
    row = connection.execute(READ, {"key": key}).first()
    count = select(func.count()).select_from
    unmatched = count(unmatched_hashes).where(unmatched_hashes.c.chat == vault.unmatched_chat(chat))
    return Stored(
        conversation=vault.open(row.value, key) if row else None,
        erase_at=from_micros(row.erase_at).isoformat() if row else None,
        updates=connection.execute(count(updates).where(updates.c.chat == key)).scalar_one(),
        unmatched=connection.execute(unmatched).scalar_one(),
    )


def forget(connection: Connection, vault: Vault, chat: str) -> None:
    """Deletes everything kept about `chat` (S-53)."""
    key = vault.chat(chat)
    lock(connection, key)
    connection.execute(DROP, {"key": key})
    connection.execute(delete(updates).where(updates.c.chat == key))
    connection.execute(delete(unmatched_hashes).where(unmatched_hashes.c.chat == vault.unmatched_chat(chat)))


def due(connection: Connection, now: datetime) -> list[bytes]:
    """The keys of the rows whose time is over, longest overdue first."""
    return list(connection.execute(DUE, {"now": to_micros(now)}).scalars())


def shrink_due(connection: Connection, vault: Vault, key: bytes, now: datetime, shrink: Shrink) -> bool:
    """Shrinks or deletes one row if it is still due. A row nobody can decrypt any more is deleted."""
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
