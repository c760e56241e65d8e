"""Telegram's file ids of pictures that a bot has sent before: for each picture's name the id of its newest content.

`bot` is the bot's numeric id and `digest` a hash of the picture's content.
"""

from sqlalchemy import Connection, delete, insert, select

from bot.storage.schema import uploads as table


def file_id(connection: Connection, bot: int, name: str, digest: str) -> str:
    """The file id of this content, or "" if it was never sent or has changed since."""
    same = (table.c.bot == bot, table.c.name == name, table.c.digest == digest)
    return connection.execute(select(table.c.file_id).where(*same)).scalar() or ""


def keep(connection: Connection, bot: int, name: str, digest: str, file_id: str) -> None:
    """Stores the file id, in place of an earlier one of the same name."""
    forget(connection, bot, name)
    connection.execute(insert(table), {"bot": bot, "name": name, "digest": digest, "file_id": file_id})


def forget(connection: Connection, bot: int, name: str) -> None:
    """Deletes the file id stored for this name, if any."""
    connection.execute(delete(table).where(table.c.bot == bot, table.c.name == name))
