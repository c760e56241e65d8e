"""Migrates a database to the newest schema, or refuses it."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.storage.errors import StorageError
from bot.storage.schema import REVISION

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(connection: Connection, database: str, folder: Path = MIGRATIONS, newest: str = REVISION) -> None:
    """Runs the revisions in `folder` that the database lacks, up to `newest`, all in the caller's transaction.

    `database` is its name for an error message. Raises StorageError, having changed nothing, if the database belongs
    to another program or was made by a newer version of this one.
    """
    found = _revision(connection, database)
    if found == newest:
        return
    # Imported only when needed, which is seldom: alembic takes a tenth of a second to load.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found and found not in known:
        raise StorageError(
            f"The database {database} was made by a newer version of the bot "
            f"(schema {found}; this one knows {newest}). "
            "It was left as it is. Install that version, or choose another DATABASE_URL."
        )
    config.attributes["connection"] = connection
    command.upgrade(config, newest)


def _revision(connection: Connection, database: str) -> str:
    tables = inspect(connection).get_table_names()
    if "alembic_version" in tables:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""
    if {"chats", "updates", "about", "knowledge"} & set(tables):
        raise StorageError(f"The database {database} belongs to another program. Choose another DATABASE_URL.")
    return ""
