"""Messages nobody understood: counted as keyed hashes, readable once three chats have sent the same one (S-52)."""

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from bot.storage.crypto import Vault
from bot.storage.locks import lock
from bot.storage.schema import to_day, unmatched_hashes, unmatched_texts

PEOPLE = 3


def note(connection: Connection, vault: Vault, chat: str, text: str, now: datetime) -> None:
    """Counts `text` once a chat while it is a hash; from the third chat on keeps the text and counts each time."""
    key, day = vault.unmatched_text(text), to_day(now)
    lock(connection, key)
    known = update(unmatched_texts).where(unmatched_texts.c.text_hash == key)
    if connection.execute(known.values(times=unmatched_texts.c.times + 1, day=day)).rowcount:
        return
    same = unmatched_hashes.c.text_hash == key
    writer = vault.unmatched_chat(chat)
    connection.execute(delete(unmatched_hashes).where(same, unmatched_hashes.c.chat == writer))
    connection.execute(insert(unmatched_hashes), {"text_hash": key, "chat": writer, "day": day})
    people = connection.execute(select(func.count()).select_from(unmatched_hashes).where(same)).scalar_one()
    if people >= PEOPLE:
        row = {"text_hash": key, "text": vault.seal(text, key), "times": people, "day": day}
        connection.execute(insert(unmatched_texts), row)
        connection.execute(delete(unmatched_hashes).where(same))


def top(connection: Connection, vault: Vault, limit: int) -> list[tuple[str, int]]:
    """The texts sent most often, with how often."""
    table = unmatched_texts
    rows = connection.execute(select(table).order_by(table.c.times.desc(), table.c.text_hash).limit(limit))
    return [(vault.open(row.text, row.text_hash), row.times) for row in rows]


def drop_before(connection: Connection, day: int) -> int:
    """Drops what nobody has sent since `day`. The number of rows dropped."""
    stale = (delete(table).where(table.c.day < day) for table in (unmatched_hashes, unmatched_texts))
    return sum(connection.execute(statement).rowcount for statement in stale)
