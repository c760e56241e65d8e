"""Whether the answer to an update has left: what a crash cut off is answered when the update comes again."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("updates", sa.Column("answered", sa.Boolean, nullable=False, server_default=sa.true()))
