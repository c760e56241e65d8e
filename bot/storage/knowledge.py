"""The last good versions of the knowledge, for a restart on faulty files and for /rollback."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from bot.storage.schema import about, from_micros, to_micros
from bot.storage.schema import knowledge as table

VERSIONS_KEPT = 5
PROVEN = "proven"
NEWEST_FIRST = (table.c.kept_at.desc(), table.c.version)


def keep(connection: Connection, version: str, archive: bytes, now: datetime) -> None:
    """Keeps `archive` as the newest version and drops the oldest."""
    connection.execute(delete(table).where(table.c.version == version))
    connection.execute(insert(table), {"version": version, "archive": archive, "kept_at": to_micros(now)})
    newest = select(table.c.version).order_by(*NEWEST_FIRST).limit(VERSIONS_KEPT)
    connection.execute(delete(table).where(table.c.version.not_in(newest)))


def kept(connection: Connection, limit: int) -> list[tuple[str, datetime]]:
    """The versions kept and since when, newest first."""
    rows = connection.execute(select(table.c.version, table.c.kept_at).order_by(*NEWEST_FIRST).limit(limit))
    return [(row.version, from_micros(row.kept_at)) for row in rows]


def archive(connection: Connection, version: str) -> bytes | None:
    """What was kept as `version`, or None."""
    return connection.execute(select(table.c.archive).where(table.c.version == version)).scalar()


def note_proven(connection: Connection, version: str, program: str) -> None:
    """Notes that `program` has run all checks and worked cases on `version` and found it good."""
    connection.execute(delete(about).where(about.c.name == PROVEN))
    connection.execute(insert(about), {"name": PROVEN, "value": f"{program} {version}"})


def proven(connection: Connection, program: str) -> str | None:
    """The version `program` has proven; None when another program did, or none."""
    value = connection.execute(select(about.c.value).where(about.c.name == PROVEN)).scalar()
    by, _, version = (value or "").partition(" ")
    return version if by == program else None
