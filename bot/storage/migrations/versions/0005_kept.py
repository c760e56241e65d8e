"""Records of a chat that outlive its row: the diary, the reminders, the state of a running session."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "kept",
        sa.Column("chat", sa.LargeBinary, primary_key=True),
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sa.Column("due", sa.BigInteger, nullable=True),
        sa.Column("set_at", sa.BigInteger, nullable=False),
    )
    op.create_index("kept_due", "kept", ["channel", "due"])
