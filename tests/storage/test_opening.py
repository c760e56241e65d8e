"""Opening a database: made, migrated or refused in one clear sentence, and never harmed."""

import base64
import shutil
import sqlite3
import stat
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from bot.storage import StorageError, Store
from bot.storage.engine import open_engine
from bot.storage.migrate import MIGRATIONS, migrate
from bot.storage.schema import REVISION, metadata
from tests.postgres import Server
from tests.storage.conftest import KEY, NOON

SECOND_REVISION = f"""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{REVISION}"

def upgrade() -> None:
    op.add_column("chats", sa.Column("note", sa.String, server_default="new"))
"""


def file_url(folder: Path) -> str:
    return f"sqlite:///{folder}/data/bot.sqlite3"


def made(folder: Path) -> Path:
    """A database with one row, closed."""
    store = Store.open(file_url(folder), KEY)
    with store.chat("telegram:1") as row:
        row.save("kept", NOON + timedelta(hours=1))
    store.close()
    return folder / "data" / "bot.sqlite3"


def still_there(folder: Path) -> bool:
    store = Store.open(file_url(folder), KEY)
    with store.chat("telegram:1") as row:
        found = row.value
    store.close()
    return found == "kept"


def refusal(url: str, key: bytes | str = KEY) -> str:
    with pytest.raises(StorageError) as caught:
        Store.open(url, key, wait=0.05)
    return str(caught.value)


def test_the_file_and_its_folders_are_made_and_only_their_owner_may_read_them(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/a/b/bot.sqlite3", KEY)
    with store.chat("telegram:1") as row:
        row.save("x", NOON)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "a" / "b").iterdir()}
    assert modes == {"bot.sqlite3": 0o600, "bot.sqlite3-wal": 0o600, "bot.sqlite3-shm": 0o600}
    store.close()


def test_a_database_in_memory_works_from_many_threads() -> None:
    store = Store.open("sqlite://", KEY)
    with store.chat("telegram:1") as row:
        row.save("x", NOON)
    assert store.has_chat("telegram:1")
    store.close()


def test_the_key_may_be_text_as_it_stands_in_the_settings(tmp_path: Path) -> None:
    made(tmp_path)
    Store.open(file_url(tmp_path), base64.urlsafe_b64encode(KEY).decode()).close()


def test_the_migrations_make_exactly_the_tables_of_the_schema(database: str) -> None:
    engine = open_engine(database, wait=5)
    with engine.begin() as connection:
        migrate(connection, "here")
        found = inspect(connection)
        assert set(found.get_table_names()) == {*metadata.tables, "alembic_version"}
        for name, table in metadata.tables.items():
            shape = {column["name"]: (str(column["type"]), column["nullable"]) for column in found.get_columns(name)}
            dialect = engine.dialect
            assert shape == {c.name: (c.type.compile(dialect), c.nullable) for c in table.columns}
            assert {index["name"] for index in found.get_indexes(name)} == {index.name for index in table.indexes}
    engine.dispose()


def test_a_database_of_an_earlier_schema_is_migrated_and_keeps_its_rows(
    database: str, store: Store, tmp_path: Path
) -> None:
    with store.chat("telegram:1") as row:
        row.save("kept", NOON + timedelta(hours=1))
    store.close()
    folder = shutil.copytree(MIGRATIONS, tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9999_second.py").write_text(SECOND_REVISION)
    engine = open_engine(database, wait=5)
    with engine.begin() as connection:
        migrate(connection, "here", folder, "9999")
        assert connection.execute(text("SELECT note FROM chats")).scalar_one() == "new"
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "9999"
    engine.dispose()


def test_a_migration_that_fails_leaves_the_database_as_it_was(database: str, store: Store, tmp_path: Path) -> None:
    with store.chat("telegram:1") as row:
        row.save("kept", NOON + timedelta(hours=1))
    folder = shutil.copytree(MIGRATIONS, tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9999_second.py").write_text(SECOND_REVISION + '    raise ValueError("half way")\n')
    engine = open_engine(database, wait=5)
    with pytest.raises(ValueError, match="half way"), engine.begin() as connection:
        migrate(connection, "here", folder, "9999")
    engine.dispose()
    with store.chat("telegram:1") as row:
        assert row.value == "kept"
    with store._transaction() as connection:  # noqa: SLF001 - no call of the store tells the schema
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == REVISION
        assert "note" not in {column["name"] for column in inspect(connection).get_columns("chats")}


def test_a_database_of_a_newer_version_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = made(tmp_path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    said = refusal(file_url(tmp_path))
    assert str(path) in said
    assert "newer version of the bot (schema 9999" in said
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (REVISION,))
    assert still_there(tmp_path)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with closing(sqlite3.connect(tmp_path / "data" / "bot.sqlite3")) as connection, connection:
        connection.execute("CREATE TABLE chats (id INTEGER)")
    assert "belongs to another program" in refusal(file_url(tmp_path))


@pytest.mark.safety("S-56")
def test_another_key_is_refused_and_the_old_one_still_works(tmp_path: Path) -> None:
    path = made(tmp_path)
    said = refusal(file_url(tmp_path), bytes(32))
    assert str(path) in said
    assert "another DATA_KEY" in said
    assert still_there(tmp_path)


def test_a_locked_database_is_named_and_works_again_when_it_is_free(tmp_path: Path) -> None:
    path = made(tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        said = refusal(file_url(tmp_path))
    assert str(path) in said
    assert "is locked by another program" in said
    assert still_there(tmp_path)


def test_a_lock_in_the_middle_of_the_day_fails_one_turn_and_not_the_next(tmp_path: Path) -> None:
    path = made(tmp_path)
    store = Store.open(file_url(tmp_path), KEY, wait=0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="is locked by another program"), store.chat("telegram:1"):
            pass
    with store.chat("telegram:1") as row:
        assert row.value == "kept"
    store.close()


def test_a_read_only_database_is_named(tmp_path: Path) -> None:
    path = made(tmp_path)
    said = refusal(f"sqlite:///file:{path}?mode=ro&uri=true")
    assert str(path) in said
    assert "cannot be written" in said
    assert still_there(tmp_path)


def test_a_file_that_is_no_database_is_named_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "data" / "bot.sqlite3"
    path.parent.mkdir()
    path.write_bytes(b"dear diary " * 500)
    said = refusal(file_url(tmp_path))
    assert str(path) in said
    assert "is not a SQLite database" in said
    assert path.read_bytes() == b"dear diary " * 500


def test_a_damaged_database_is_named_and_left_as_it_was(tmp_path: Path) -> None:
    path = made(tmp_path)
    content = bytearray(path.read_bytes())
    content[4096 * 2 : 4096 * 4] = b"\xff" * 4096 * 2
    path.write_bytes(content)
    said = refusal(file_url(tmp_path))
    assert str(path) in said
    assert "is damaged" in said
    assert path.read_bytes() == content


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    assert "data/bot.sqlite3 cannot be made" in refusal(file_url(tmp_path))


@pytest.mark.safety("S-60")
def test_a_server_that_cannot_be_reached_is_named_without_the_password(tmp_path: Path) -> None:
    said = refusal(f"postgresql://bot:hidden@/bot?host={tmp_path}")
    assert "cannot be reached" in said
    assert "hidden" not in said


@pytest.mark.parametrize("url", ["mysql://host/db", "nonsense", ""])
def test_any_other_database_is_refused(url: str) -> None:
    assert "must start with sqlite:/// or postgresql://" in refusal(url)


@pytest.mark.parametrize("key", ["", "short", b"short", "ä" * 44])
def test_a_key_of_the_wrong_shape_is_refused(tmp_path: Path, key: bytes | str) -> None:
    assert "DATA_KEY must be 32 bytes" in refusal(file_url(tmp_path), key)


def test_the_engine_writes_no_values_into_its_errors(tmp_path: Path) -> None:
    store = Store.open(file_url(tmp_path), KEY)
    with pytest.raises(StorageError) as caught, store._transaction() as connection:  # noqa: SLF001 - an error on purpose
        connection.execute(text("SELECT :value FROM nowhere"), {"value": "my chest hurts"})
    assert caught.value.__cause__ is not None
    assert "my chest hurts" not in f"{caught.value} {caught.value.__cause__}"
    store.close()


def test_a_plain_engine_reads_what_the_store_made(tmp_path: Path) -> None:
    path = made(tmp_path)
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
    engine.dispose()


def test_a_chat_that_stays_locked_is_an_error_and_not_an_endless_wait(postgres: Server) -> None:
    """PostgreSQL: two processes, one of them stuck in the middle of a turn."""
    database = postgres.new_database()
    store, other = (Store.open(database, KEY, wait=0.05) for _ in range(2))
    with store.chat("telegram:1"):
        with pytest.raises(StorageError, match="locked for too long"), other.chat("telegram:1"):
            pass
        with other.chat("telegram:2") as row:
            assert row.value is None
    store.close()
    other.close()
