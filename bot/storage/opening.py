"""What is done with a database before it is used: checked, migrated, and bound to its key."""

from sqlalchemy import Connection, delete, insert, select

from bot.storage.crypto import Vault
from bot.storage.errors import DAMAGED, StorageError
from bot.storage.locks import lock
from bot.storage.migrate import migrate
from bot.storage.schema import about


def prepare(connection: Connection, database: str, vault: Vault) -> None:
    """Checks the database, creates or migrates its tables, and binds a new one to the key of `vault`.

    `database` is its name for an error message. Raises StorageError if it is damaged, belongs to a newer version or to
    another program, was made with another key, or cannot be written to.
    """
    lock(connection, b"migrate!")
    sqlite = connection.dialect.name == "sqlite"
    if sqlite and connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
        raise StorageError(f"The database {database} {DAMAGED}.")
    migrate(connection, database)
    connection.execute(delete(about).where(about.c.name == ""))  # a read-only database fails now, not in a turn
    key = connection.execute(select(about.c.value).where(about.c.name == "key")).scalar()
    if key is None:
        connection.execute(insert(about), {"name": "key", "value": vault.fingerprint})
    elif key != vault.fingerprint:
        raise StorageError(
            f"The database {database} was made with another DATA_KEY and cannot be read with this one. "
            "Put the old key back, or move the database away to start anew."
        )
