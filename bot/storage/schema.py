"""The tables as they are now. Every change here needs a revision in `migrations/versions`.

Times are microseconds since 1970, days are days since 1970. Chats, updates and unmatched texts stand in the tables
as keyed hashes only; `value` and `text` are encrypted. What is `kept` of a chat beyond its hour has a `kind`, and
perhaps a time when something is due: the `channel` does it, and `set_at` shows a clock that was set back. A replica's
`refused` is a version that it could not load.
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
    return (moment - EPOCH) // timedelta(microseconds=1)


def from_micros(micros: int) -> datetime:
    return EPOCH + timedelta(microseconds=micros)


def to_day(moment: datetime) -> int:
    return (moment - EPOCH).days
