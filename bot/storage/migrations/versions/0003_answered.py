"""Whether an update was answered, so that one whose answer a crash prevented is answered when it comes again."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("updates", sa.Column("answered", sa.Boolean, nullable=False, server_default=sa.true()))
