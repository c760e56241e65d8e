"""The rows of one or more chats inside one transaction, read together and written together.

A transaction for many chats costs hardly more than one for a single chat.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import Enum

from sqlalchemy import Connection, Executable, bindparam, delete, insert, select, update

from bot.storage import records
from bot.storage.crypto import Vault
from bot.storage.locks import lock
from bot.storage.schema import chats, to_day, to_micros, updates

# Built once, so that SQLAlchemy compiles each statement only once.
READ = select(chats.c.chat, chats.c.value).where(chats.c.chat.in_(bindparam("keys", expanding=True)))
SEEN = select(updates.c.update_hash, updates.c.answered).where(
    updates.c.update_hash.in_(bindparam("hashes", expanding=True))
)
ADD = insert(chats)
CHANGE = update(chats).where(chats.c.chat == bindparam("key"))
DROP = delete(chats).where(chats.c.chat == bindparam("key"))
REMEMBER = insert(updates)


class Arrival(Enum):
    """Whether an arriving update was handled before. CUT_OFF: it was, but its answer may never have been delivered."""

    NEW = "new"
    CUT_OFF = "cut off"
    ANSWERED = "answered"


class ChatRow:
    """The row of one chat inside its transaction, with its records. Changes are written when the transaction ends."""

    def __init__(self, rows: "Rows", chat: str, key: bytes, sealed: bytes | None) -> None:
        self._rows = rows
        self._chat = chat
        self.key = key
        self.sealed = sealed
        self.stored = sealed is not None
        self.changed = False
        self.erase_at = 0
        self.new_updates: dict[bytes, bool] = {}  # whether each counts as answered, by its hash
        self.records: dict[str, bytes] = {}  # encrypted, by kind
        self.pending: dict[str, records.PendingWrite | None] = {}  # None: to be deleted

    @property
    def value(self) -> str | None:
        """The decrypted value, or None if the chat has no row. Raises DamagedError."""
        return None if self.sealed is None else self._rows.vault.open(self.sealed, self.key)

    def save(self, value: str, erase_at: datetime) -> None:
        """Stores `value`, which `Store.erase_due` may reduce or delete from `erase_at` on."""
        self.sealed, self.erase_at, self.changed = self._rows.vault.seal(value, self.key), to_micros(erase_at), True

    def erase(self) -> None:
        """Deletes the row. Its handled updates stay known, and its records stay stored."""
        self.sealed, self.changed = None, True

    def record(self, kind: str) -> str | None:
        """The decrypted record of this kind, or None. Raises DamagedError."""
        sealed = self.records.get(kind)
        return None if sealed is None else records.content(self._rows.vault, self.key, kind, sealed)

    def save_record(self, kind: str, value: str, due: datetime | None) -> None:
        """Stores `value` as the record of this kind. From `due` on `Store.take_due` returns it; None: never."""
        self.pending[kind] = records.PendingWrite(self._chat, self._sealed(kind, value), due)

    def rewrite_record(self, kind: str, value: str) -> None:
        """Replaces the value of the record of this kind, which must exist, and leaves the time when it is due."""
        sealed = self._sealed(kind, value)
        earlier = self.pending.get(kind) or records.PendingWrite(self._chat, sealed, None, rescheduled=False)
        self.pending[kind] = replace(earlier, sealed=sealed)

    def drop_record(self, kind: str) -> None:
        """Deletes the record of this kind, if there is one."""
        if self.records.pop(kind, None) is not None:
            self.pending[kind] = None

    def arrival(self, update_id: str, *, answered: bool) -> Arrival:
        """Returns NEW exactly once for each update (S-69), even after a restart.

        The update is stored together with what else this transaction saves; if it fails, the update stays new.
        `answered`: whether it counts as answered from then on. Otherwise it is CUT_OFF until `Store.note_answered`.
        """
        update_hash = self._rows.update_hash(self._chat, update_id)
        known = self.new_updates[update_hash] if update_hash in self.new_updates else self._rows.answered(update_hash)
        if known is None:
            self.new_updates[update_hash] = answered
            return Arrival.NEW
        return Arrival.ANSWERED if known else Arrival.CUT_OFF

    def _sealed(self, kind: str, value: str) -> bytes:
        self.records[kind] = self._rows.vault.seal(f"{self._chat}\n{value}", records.owner(self.key, kind))
        return self.records[kind]


class Rows:
    """The rows of different chats, in the order given, locked until the transaction ends."""

    def __init__(self, connection: Connection, vault: Vault, asked: Mapping[str, str], now: datetime) -> None:
        """`asked` has for each chat the id of the update it is read for, or "": those are looked up all at once."""
        self.vault = vault
        self._connection = connection
        self._day = to_day(now)
        keys = [vault.chat(chat) for chat in asked]
        self._hashes = {asks: vault.update(*asks) for asks in asked.items()}
        hashes = list(self._hashes.values())
        lock(connection, *keys)
        sealed = dict(connection.execute(READ, {"keys": keys}).all())
        self._answered: dict[bytes, bool | None] = {**dict.fromkeys(hashes), **self._found(hashes)}
        self.each = [ChatRow(self, chat, key, sealed.get(key)) for chat, key in zip(asked, keys, strict=True)]
        self._now = now
        for key, kind, value in records.read(connection, keys):
            self.each[keys.index(key)].records[kind] = value

    def update_hash(self, chat: str, update_id: str) -> bytes:
        """The hash that stands for an update of `chat` in the database."""
        return self._hashes.get((chat, update_id)) or self.vault.update(chat, update_id)

    def answered(self, update_hash: bytes) -> bool | None:
        """Whether an update was answered; None if it was never handled."""
        if update_hash not in self._answered:
            self._answered[update_hash] = self._found([update_hash]).get(update_hash)
        return self._answered[update_hash]

    @property
    def drops_records(self) -> bool:
        """Whether a record is to be deleted by the next `write`."""
        return any(pending is None for row in self.each for pending in row.pending.values())

    def write(self) -> None:
        """Writes the changes made to the rows since the last call. May be called several times."""
        new = [(each, row.key, answered) for row in self.each for each, answered in row.new_updates.items()]
        self._answered.update((each, answered) for each, _, answered in new)
        names = ("update_hash", "chat", "answered")
        self._many(REMEMBER, [{**dict(zip(names, it, strict=True)), "day": self._day} for it in new])
        changed = [row for row in self.each if row.changed]
        saved = [(row, {"value": row.sealed, "erase_at": row.erase_at}) for row in changed if row.sealed is not None]
        self._many(DROP, [{"key": row.key} for row in changed if row.sealed is None and row.stored])
        self._many(CHANGE, [{**values, "key": row.key} for row, values in saved if row.stored])
        self._many(ADD, [{**values, "chat": row.key} for row, values in saved if not row.stored])
        for row in self.each:
            records.write(self._connection, row.key, row.pending, self._now)
            row.new_updates, row.changed, row.stored, row.pending = {}, False, row.sealed is not None, {}

    def _many(self, statement: Executable, values: list[dict[str, object]]) -> None:
        if values:
            self._connection.execute(statement, values)

    def _found(self, hashes: Sequence[bytes]) -> dict[bytes, bool]:
        return dict(self._connection.execute(SEEN, {"hashes": hashes}).all())
