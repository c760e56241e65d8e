"""The last few good versions of the knowledge, for a start on faulty files and for /rollback."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from bot.storage.schema import about, from_micros, to_micros
from bot.storage.schema import knowledge as table

VERSIONS_KEPT = 5
PROVEN = "proven"
NEWEST_FIRST = (table.c.kept_at.desc(), table.c.version)


def keep(connection: Connection, version: str, archive: bytes, now: datetime) -> None:
    """Stores `archive` as the newest version, also if it is known, and deletes all but VERSIONS_KEPT."""
    connection.execute(delete(table).where(table.c.version == version))
    connection.execute(insert(table), {"version": version, "archive": archive, "kept_at": to_micros(now)})
    newest = select(table.c.version).order_by(*NEWEST_FIRST).limit(VERSIONS_KEPT)
    connection.execute(delete(table).where(table.c.version.not_in(newest)))


def kept(connection: Connection, limit: int) -> list[tuple[str, datetime]]:
    """At most `limit` versions with the time each was stored, newest first."""
    rows = connection.execute(select(table.c.version, table.c.kept_at).order_by(*NEWEST_FIRST).limit(limit))
    return [(row.version, from_micros(row.kept_at)) for row in rows]


def archive(connection: Connection, version: str) -> bytes | None:
    """The archive stored as `version`, or None."""
    return connection.execute(select(table.c.archive).where(table.c.version == version)).scalar()


def note_proven(connection: Connection, version: str, fingerprint: str) -> None:
    """Records that the program with this fingerprint has passed `version` through all checks and worked cases."""
    connection.execute(delete(about).where(about.c.name == PROVEN))
    connection.execute(insert(about), {"name": PROVEN, "value": f"{fingerprint} {version}"})


def proven(connection: Connection, fingerprint: str) -> str | None:
    """The version last proven, or None if that was not by the program with this fingerprint."""
    value = connection.execute(select(about.c.value).where(about.c.name == PROVEN)).scalar()
    by, _, version = (value or "").partition(" ")
    return version if by == fingerprint else None
