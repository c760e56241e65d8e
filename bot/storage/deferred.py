"""Updates that are answered later, encrypted, for an hour at most: Telegram does not send them again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from bot.storage import leases
from bot.storage.crypto import Vault
from bot.storage.schema import parked, to_micros

LEASE = timedelta(seconds=10)  # the time to handle an update before another process may take it
LONGEST_WAIT = timedelta(hours=1)  # a later answer is of no use to the person
MOST_TRIES = 5


@dataclass(frozen=True, slots=True)
class DeferredUpdate:
    """One update of a chat ("telegram:42"). `body` is the update as its channel has written it down."""

    chat: str
    update_id: str
    body: str


def defer(connection: Connection, vault: Vault, deferred: DeferredUpdate, now: datetime, due: datetime) -> bool:
    """Stores an update until `due`, or reschedules one that is stored already, which counts as a try.

    Returns False, and deletes the update, after MOST_TRIES tries or when it has waited longer than LONGEST_WAIT.
    """
    update_hash = vault.update(deferred.chat, deferred.update_id)
    same = parked.c.update_hash == update_hash
    known = connection.execute(select(parked.c.tries, parked.c.parked_at).where(same)).first()
    if known and (known.tries >= MOST_TRIES or known.parked_at < to_micros(now - LONGEST_WAIT)):
        connection.execute(delete(parked).where(same))
        return False
    if known:
        connection.execute(update(parked).where(same).values(due=to_micros(due), tries=known.tries + 1))
        return True
    value = vault.seal(f"{deferred.chat}\n{deferred.update_id}\n{deferred.body}", update_hash)
    row = {"update_hash": update_hash, "chat": vault.chat(deferred.chat), "value": value}
    connection.execute(insert(parked), {**row, "parked_at": to_micros(now), "due": to_micros(due), "tries": 0})
    return True


def forget(connection: Connection, vault: Vault, chat: str, update_id: str) -> None:
    """Deletes an update that was answered. Does nothing if it is not stored."""
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
    """At most `most` updates that are due, oldest first, each leased for LEASE."""
    return leases.take(connection, vault, QUEUE, now, most)


def drop_before(connection: Connection, now: datetime) -> None:
    """Deletes the updates that have waited longer than LONGEST_WAIT."""
    connection.execute(delete(parked).where(parked.c.parked_at < to_micros(now - LONGEST_WAIT)))
