"""Run by alembic: applies the revisions on the connection of `bot.storage.migrate`, inside its transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
