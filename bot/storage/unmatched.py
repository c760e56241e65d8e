"""Messages that were not understood: stored as keyed hashes, and as text once three chats have sent the same (S-52)."""

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from bot.storage.crypto import Vault
from bot.storage.locks import lock
from bot.storage.schema import to_day, unmatched_hashes, unmatched_texts

CHATS_NEEDED = 3  # to store the text


def note(connection: Connection, vault: Vault, chat: str, text: str, now: datetime) -> None:
    """Counts the normalised `text`: once for each chat while it is only a hash, then every time it is sent.

    The text itself is stored, encrypted, when the third chat sends it; the hashes of the chats are then deleted.
    """
    key, day = vault.unmatched_text(text), to_day(now)
    lock(connection, key)
    known = update(unmatched_texts).where(unmatched_texts.c.text_hash == key)
    if connection.execute(known.values(times=unmatched_texts.c.times + 1, day=day)).rowcount:
        return
    same = unmatched_hashes.c.text_hash == key
    writer = vault.unmatched_chat(chat)
    connection.execute(delete(unmatched_hashes).where(same, unmatched_hashes.c.chat == writer))
    connection.execute(insert(unmatched_hashes), {"text_hash": key, "chat": writer, "day": day})
    senders = connection.execute(select(func.count()).select_from(unmatched_hashes).where(same)).scalar_one()
    if senders >= CHATS_NEEDED:
        row = {"text_hash": key, "text": vault.seal(text, key), "times": senders, "day": day}
        connection.execute(insert(unmatched_texts), row)
        connection.execute(delete(unmatched_hashes).where(same))


def top(connection: Connection, vault: Vault, limit: int) -> list[tuple[str, int]]:
    """At most `limit` stored texts with how often each was sent, most frequent first. Raises DamagedError."""
    table = unmatched_texts
    rows = connection.execute(select(table).order_by(table.c.times.desc(), table.c.text_hash).limit(limit))
    return [(vault.open(row.text, row.text_hash), row.times) for row in rows]


def drop_before(connection: Connection, day: int) -> int:
    """Deletes what was last sent before `day` (days since 1970). Returns the number of rows."""
    stale = (delete(table).where(table.c.day < day) for table in (unmatched_hashes, unmatched_texts))
    return sum(connection.execute(statement).rowcount for statement in stale)
