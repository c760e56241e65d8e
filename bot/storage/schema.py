"""The tables as they are now. Every change here needs a revision in `migrations/versions`.

Times are microseconds since 1970 and days are days since 1970, both in UTC. Chats, updates and unmatched texts are
stored as keyed hashes only; `value` and `text` are encrypted. `parked` holds the deferred updates. `kept` holds the
records of a chat that outlive its row, one of each `kind`; a record that is `due` is handled by its `channel`, and
`set_at`, the time it was written, reveals a clock that was set back. A replica's `refused` is a version of the
knowledge that it could not load.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, String, Table

REVISION = "0005"

metadata = MetaData()

about = Table("about", metadata, Column("name", String, primary_key=True), Column("value", String, nullable=False))

chats = Table(
    "chats",
    metadata,
    Column("chat", LargeBinary, primary_key=True),
    Column("value", LargeBinary, nullable=False),
    Column("erase_at", BigInteger, nullable=False),
    Index("chats_erase_at", "erase_at"),
)

updates = Table(
    "updates",
    metadata,
    Column("update_hash", LargeBinary, primary_key=True),
    Column("chat", LargeBinary, nullable=False),
    Column("day", Integer, nullable=False),
    Column("answered", Boolean, nullable=False),
    Index("updates_chat", "chat"),
    Index("updates_day", "day"),
)

unmatched_hashes = Table(
    "unmatched_hashes",
    metadata,
    Column("text_hash", LargeBinary, primary_key=True),
    Column("chat", LargeBinary, primary_key=True),
    Column("day", Integer, nullable=False),
    Index("unmatched_hashes_chat", "chat"),
)

unmatched_texts = Table(
    "unmatched_texts",
    metadata,
    Column("text_hash", LargeBinary, primary_key=True),
    Column("text", LargeBinary, nullable=False),
    Column("times", Integer, nullable=False),
    Column("day", Integer, nullable=False),
)

knowledge = Table(
    "knowledge",
    metadata,
    Column("version", String, primary_key=True),
    Column("archive", LargeBinary, nullable=False),
    Column("kept_at", BigInteger, nullable=False),
)

uploads = Table(
    "uploads",
    metadata,
    Column("bot", BigInteger, primary_key=True),
    Column("name", String, primary_key=True),
    Column("digest", String, nullable=False),
    Column("file_id", String, nullable=False),
)

parked = Table(
    "parked",
    metadata,
    Column("update_hash", LargeBinary, primary_key=True),
    Column("chat", LargeBinary, nullable=False),
    Column("value", LargeBinary, nullable=False),
    Column("parked_at", BigInteger, nullable=False),
    Column("due", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
    Index("parked_chat", "chat"),
    Index("parked_due", "due"),
)

replicas = Table(
    "replicas",
    metadata,
    Column("name", String, primary_key=True),
    Column("version", String, nullable=False),
    Column("refused", String, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
)

kept = Table(
    "kept",
    metadata,
    Column("chat", LargeBinary, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("channel", String, nullable=False),
    Column("value", LargeBinary, nullable=False),
    Column("due", BigInteger, nullable=True),
    Column("set_at", BigInteger, nullable=False),
    Index("kept_due", "channel", "due"),
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_micros(moment: datetime) -> int:
    """Microseconds from 1970 to `moment`, which must have a time zone."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def from_micros(micros: int) -> datetime:
    """The time in UTC so many microseconds after the beginning of 1970."""
    return EPOCH + timedelta(microseconds=micros)


def to_day(moment: datetime) -> int:
    """Days from 1970 to `moment` in UTC. `moment` must have a time zone."""
    return (moment - EPOCH).days
