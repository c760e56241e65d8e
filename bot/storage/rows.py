"""The rows of some chats inside one transaction: read together, written together. One chat or many cost alike."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import Enum

from sqlalchemy import Connection, Executable, bindparam, delete, insert, select, update

from bot.storage import records
from bot.storage.crypto import Vault
from bot.storage.locks import lock
from bot.storage.schema import chats, to_day, to_micros, updates

# Built once: SQLAlchemy then compiles each once.
READ = select(chats.c.chat, chats.c.value).where(chats.c.chat.in_(bindparam("keys", expanding=True)))
SEEN = select(updates.c.update_hash, updates.c.answered).where(
    updates.c.update_hash.in_(bindparam("hashes", expanding=True))
)
ADD = insert(chats)
CHANGE = update(chats).where(chats.c.chat == bindparam("key"))
DROP = delete(chats).where(chats.c.chat == bindparam("key"))
REMEMBER = insert(updates)


class Arrival(Enum):
    """What is known of an update that arrives. CUT_OFF: it was handled, but its answer may never have left."""

    NEW = "new"
    CUT_OFF = "cut off"
    ANSWERED = "answered"


class ChatRow:
    """The row of one chat inside its transaction. What is asked of it is written when the transaction ends."""

    def __init__(self, rows: "Rows", chat: str, key: bytes, sealed: bytes | None) -> None:
        self._rows = rows
        self._chat = chat
        self.key = key
        self.sealed = sealed
        self.stored = sealed is not None
        self.changed = False
        self.erase_at = 0
        self.noted: dict[bytes, bool] = {}
        self.kept: dict[str, bytes] = {}
        self.kept_anew: dict[str, records.PendingWrite | None] = {}

    @property
    def value(self) -> str | None:
        """What is stored, or None. Raises DamagedError."""
        return None if self.sealed is None else self._rows.vault.open(self.sealed, self.key)

    def save(self, value: str, erase_at: datetime) -> None:
        """Keeps `value` until `erase_at`."""
        self.sealed, self.erase_at, self.changed = self._rows.vault.seal(value, self.key), to_micros(erase_at), True

    def erase(self) -> None:
        """Deletes the row; handled updates stay known."""
        self.sealed, self.changed = None, True

    def kept_value(self, kind: str) -> str | None:
        """What is kept of this kind beyond the chat's hour, or None. Raises DamagedError."""
        sealed = self.kept.get(kind)
        return None if sealed is None else records.content(self._rows.vault, self.key, kind, sealed)

    def keep(self, kind: str, value: str, due: datetime | None) -> None:
        """Keeps `value` until it is dropped; at `due` it is handed out by `Store.take_due`."""
        self.kept_anew[kind] = records.PendingWrite(self._chat, self._sealed(kind, value), due)

    def rewrite(self, kind: str, value: str) -> None:
        """Keeps `value` in place of what is kept of this kind; the time it is due stays."""
        sealed = self._sealed(kind, value)
        anew = self.kept_anew.get(kind) or records.PendingWrite(self._chat, sealed, None, rescheduled=False)
        self.kept_anew[kind] = replace(anew, sealed=sealed)

    def _sealed(self, kind: str, value: str) -> bytes:
        self.kept[kind] = self._rows.vault.seal(f"{self._chat}\n{value}", records.owner(self.key, kind))
        return self.kept[kind]

    def drop(self, kind: str) -> None:
        """Deletes what is kept of this kind."""
        if self.kept.pop(kind, None) is not None:
            self.kept_anew[kind] = None

    def arrival(self, update_id: str, *, answered: bool) -> Arrival:
        """NEW once for each update (S-69), remembered together with what this transaction saves.

        `answered`: whether its answer counts as given with this transaction; else `note_answered` says so later.
        """
        number = self._rows.number(self._chat, update_id)
        left = self.noted[number] if number in self.noted else self._rows.seen(number)
        if left is None:
            self.noted[number] = answered
            return Arrival.NEW
        return Arrival.ANSWERED if left else Arrival.CUT_OFF


class Rows:
    """Rows of different chats, locked until the transaction ends. `asked`: each chat with the update to look for."""

    def __init__(self, connection: Connection, vault: Vault, asked: Mapping[str, str], now: datetime) -> None:
        self.vault = vault
        self._connection = connection
        self._day = to_day(now)
        keys = [vault.chat(chat) for chat in asked]
        self._numbers = {asks: vault.update(*asks) for asks in asked.items()}
        hashes = list(self._numbers.values())
        lock(connection, *keys)
        sealed = dict(connection.execute(READ, {"keys": keys}).all())
        self._seen: dict[bytes, bool | None] = {**dict.fromkeys(hashes), **self._found(hashes)}
        self.each = [ChatRow(self, chat, key, sealed.get(key)) for chat, key in zip(asked, keys, strict=True)]
        self._now = now
        for key, kind, value in records.read(connection, keys):
            self.each[keys.index(key)].kept[kind] = value

    def number(self, chat: str, update_id: str) -> bytes:
        """What stands for a chat's update in the database."""
        return self._numbers.get((chat, update_id)) or self.vault.update(chat, update_id)

    def seen(self, number: bytes) -> bool | None:
        """Whether an update was answered; None for one that was never seen."""
        if number not in self._seen:
            self._seen[number] = self._found([number]).get(number)
        return self._seen[number]

    @property
    def drops(self) -> bool:
        """Whether something kept is to be deleted."""
        return any(anew is None for row in self.each for anew in row.kept_anew.values())

    def write(self) -> None:
        """Writes what was asked for since the last time."""
        noted = [(number, row.key, left) for row in self.each for number, left in row.noted.items()]
        self._seen.update((number, left) for number, _, left in noted)
        names = ("update_hash", "chat", "answered")
        self._many(REMEMBER, [{**dict(zip(names, it, strict=True)), "day": self._day} for it in noted])
        changed = [row for row in self.each if row.changed]
        held = [(row, {"value": row.sealed, "erase_at": row.erase_at}) for row in changed if row.sealed is not None]
        self._many(DROP, [{"key": row.key} for row in changed if row.sealed is None and row.stored])
        self._many(CHANGE, [{**values, "key": row.key} for row, values in held if row.stored])
        self._many(ADD, [{**values, "chat": row.key} for row, values in held if not row.stored])
        for row in self.each:
            records.write(self._connection, row.key, row.kept_anew, self._now)
            row.noted, row.changed, row.stored, row.kept_anew = {}, False, row.sealed is not None, {}

    def _many(self, statement: Executable, values: list[dict[str, object]]) -> None:
        if values:
            self._connection.execute(statement, values)

    def _found(self, hashes: Sequence[bytes]) -> dict[bytes, bool]:
        return dict(self._connection.execute(SEEN, {"hashes": hashes}).all())
