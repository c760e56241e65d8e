"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "about",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", sa.String, nullable=False),
    )
    op.create_table(
        "chats",
        sa.Column("chat", sa.LargeBinary, primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sa.Column("erase_at", sa.BigInteger, nullable=False),
    )
    op.create_index("chats_erase_at", "chats", ["erase_at"])
    op.create_table(
        "updates",
        sa.Column("update_hash", sa.LargeBinary, primary_key=True),
        sa.Column("chat", sa.LargeBinary, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
    )
    op.create_index("updates_chat", "updates", ["chat"])
    op.create_index("updates_day", "updates", ["day"])
    op.create_table(
        "unmatched_hashes",
        sa.Column("text_hash", sa.LargeBinary, primary_key=True),
        sa.Column("chat", sa.LargeBinary, primary_key=True),
        sa.Column("day", sa.Integer, nullable=False),
    )
    op.create_index("unmatched_hashes_chat", "unmatched_hashes", ["chat"])
    op.create_table(
        "unmatched_texts",
        sa.Column("text_hash", sa.LargeBinary, primary_key=True),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
    )
    op.create_table(
        "knowledge",
        sa.Column("version", sa.String, primary_key=True),
        sa.Column("archive", sa.LargeBinary, nullable=False),
        sa.Column("kept_at", sa.BigInteger, nullable=False),
    )
