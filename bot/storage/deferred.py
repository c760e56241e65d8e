"""Updates that Telegram no longer keeps for us and whose answer has not left yet: encrypted, and for a short time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from bot.storage import leases
from bot.storage.crypto import Vault
from bot.storage.schema import parked, to_micros

LEASE = timedelta(seconds=10)  # who takes one has this long before another process does
KEPT = timedelta(hours=1)  # an answer that comes later than that helps nobody
MOST_TRIES = 5


@dataclass(frozen=True, slots=True)
class DeferredUpdate:
    """One update: whose it is, and what it was."""

    chat: str
    update_id: str
    body: str


def defer(connection: Connection, vault: Vault, one: DeferredUpdate, now: datetime, due: datetime) -> bool:
    """Keeps it until `due`. False, and it is dropped, when it was tried too often or is too old."""
    number = vault.update(one.chat, one.update_id)
    same = parked.c.update_hash == number
    known = connection.execute(select(parked.c.tries, parked.c.parked_at).where(same)).first()
    if known and (known.tries >= MOST_TRIES or known.parked_at < to_micros(now - KEPT)):
        connection.execute(delete(parked).where(same))
        return False
    if known:
        connection.execute(update(parked).where(same).values(due=to_micros(due), tries=known.tries + 1))
        return True
    value = vault.seal(f"{one.chat}\n{one.update_id}\n{one.body}", number)
    row = {"update_hash": number, "chat": vault.chat(one.chat), "value": value}
    connection.execute(insert(parked), {**row, "parked_at": to_micros(now), "due": to_micros(due), "tries": 0})
    return True


def settle(connection: Connection, vault: Vault, chat: str, update_id: str) -> None:
    """It was answered."""
    connection.execute(delete(parked).where(parked.c.update_hash == vault.update(chat, update_id)))


def _split(value: str) -> tuple[str, str, str]:
    chat, update_id, body = value.split("\n", 2)
    return chat, update_id, body


QUEUE: leases.Queue[DeferredUpdate] = leases.Queue(
    b"parked!!",
    since=parked.c.parked_at,
    order=parked.c.parked_at,
    lease=LEASE,
    same=lambda row: parked.c.update_hash == row.update_hash,
    owner=lambda row: row.update_hash,
    read=lambda _, value: DeferredUpdate(*_split(value)),
)


def take(connection: Connection, vault: Vault, now: datetime, most: int) -> list[DeferredUpdate]:
    """Those that are due, oldest first."""
    return leases.take(connection, vault, QUEUE, now, most)


def drop_before(connection: Connection, now: datetime) -> None:
    """Drops what has waited too long."""
    connection.execute(delete(parked).where(parked.c.parked_at < to_micros(now - KEPT)))
