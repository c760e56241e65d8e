"""The ids under which Telegram keeps pictures that a bot has sent before: one for each name, of its newest content."""

from sqlalchemy import Connection, delete, insert, select

from bot.storage.schema import uploads as table


def file_id(connection: Connection, bot: int, name: str, digest: str) -> str:
    """The id of this very content, or "" where it was never sent or has changed since."""
    same = (table.c.bot == bot, table.c.name == name, table.c.digest == digest)
    return connection.execute(select(table.c.file_id).where(*same)).scalar() or ""


def keep(connection: Connection, bot: int, name: str, digest: str, file_id: str) -> None:
    """Keeps the id in place of any earlier one of that name."""
    forget(connection, bot, name)
    connection.execute(insert(table), {"bot": bot, "name": name, "digest": digest, "file_id": file_id})


def forget(connection: Connection, bot: int, name: str) -> None:
    connection.execute(delete(table).where(table.c.bot == bot, table.c.name == name))
