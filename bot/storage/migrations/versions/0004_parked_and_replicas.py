"""Deferred updates, and the processes that share the database with the version of the knowledge each uses."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "parked",
        sa.Column("update_hash", sa.LargeBinary, primary_key=True),
        sa.Column("chat", sa.LargeBinary, nullable=False),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sa.Column("parked_at", sa.BigInteger, nullable=False),
        sa.Column("due", sa.BigInteger, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
    )
    op.create_index("parked_chat", "parked", ["chat"])
    op.create_index("parked_due", "parked", ["due"])
    op.create_table(
        "replicas",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("version", sa.String, nullable=False),
        sa.Column("refused", sa.String, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
    )
