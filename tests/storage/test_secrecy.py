"""Whoever gets hold of the database without DATA_KEY learns nothing about anybody."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.storage import StorageError, Store
from bot.storage.crypto import Vault
from bot.storage.engine import open_engine
from bot.storage.schema import metadata
from tests.storage.conftest import KEY, NOON

CHAT = "telegram:987654321"
DIALOGUE = '{"condition": "low_back_pain", "ticks": ["pregnancy"], "flag": "stroke"}'
SAID = "my lower flux is killing me"
SHARED = "ouch my flibber"
SECRETS = ("987654321", "low_back_pain", "pregnancy", "stroke", "flux", "flibber", "update-4711", "Berlin")


def fill(store: Store) -> None:
    with store.chat(CHAT) as row:
        row.arrival("update-4711", answered=True)
        row.save(DIALOGUE, NOON + timedelta(hours=1))
        row.save_record("diary", DIALOGUE, None)
        row.save_record("reminders", '{"zone": "Europe/Berlin"}', NOON)
    store.note_unmatched(CHAT, SAID, NOON)
    for number in range(3):
        store.note_unmatched(f"telegram:{number}", SHARED, NOON)


def contents(database: str) -> Iterator[bytes]:
    """Every value of every table, and for SQLite every byte of every file."""
    engine = open_engine(database, wait=5)
    if database.startswith("sqlite"):
        yield from (path.read_bytes() for path in Path(str(engine.url.database)).parent.iterdir())
    with engine.connect() as connection:
        for table in metadata.tables.values():
            for row in connection.execute(text(f"SELECT * FROM {table.name}")):
                yield from (value if isinstance(value, bytes) else str(value).encode() for value in row)
    engine.dispose()


@pytest.mark.safety("S-51", "S-52", "S-56")
def test_no_id_no_text_and_no_health_data_can_be_read_in_the_database(database: str, store: Store) -> None:
    fill(store)
    found = list(contents(database))
    assert len(found) > 10
    for content in found:
        for secret in SECRETS:
            assert secret.encode() not in content


@pytest.mark.safety("S-56")
def test_the_key_is_not_in_the_database(database: str, store: Store) -> None:
    fill(store)
    assert all(KEY not in content and KEY.hex().encode() not in content for content in contents(database))


@pytest.mark.safety("S-56")
def test_the_same_value_looks_different_each_time_it_is_stored() -> None:
    vault = Vault(KEY)
    assert vault.seal("same", b"row") != vault.seal("same", b"row")


@pytest.mark.safety("S-56")
def test_a_value_moved_to_another_row_or_changed_by_a_byte_cannot_be_opened() -> None:
    vault = Vault(KEY)
    sealed = vault.seal(DIALOGUE, vault.chat("telegram:1"))
    assert vault.open(sealed, vault.chat("telegram:1")) == DIALOGUE
    with pytest.raises(StorageError, match="damaged"):
        vault.open(sealed, vault.chat("telegram:2"))
    for position in range(len(sealed)):
        changed = sealed[:position] + bytes([sealed[position] ^ 1]) + sealed[position + 1 :]
        with pytest.raises(StorageError, match="damaged"):
            vault.open(changed, vault.chat("telegram:1"))


@pytest.mark.safety("S-52")
def test_another_key_gives_other_hashes_for_the_same_ids() -> None:
    one, other = Vault(KEY), Vault(bytes(32))
    assert one.chat(CHAT) != other.chat(CHAT)
    assert one.unmatched_text(SAID) != other.unmatched_text(SAID)


@pytest.mark.safety("S-52")
def test_the_tables_cannot_be_linked_by_equal_hashes() -> None:
    vault = Vault(KEY)
    hashes = {vault.chat("1"), vault.update("1", "1"), vault.unmatched_chat("1"), vault.unmatched_text("1")}
    assert len(hashes) == 4
    assert vault.update("ab", "c") != vault.update("a", "bc")


@pytest.mark.safety("S-51", "S-53")
def test_what_is_erased_or_forgotten_is_gone_from_the_bytes_of_the_file(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/data/bot.sqlite3"
    store = Store.open(database, KEY)
    fill(store)
    with store.chat("telegram:other") as row:
        row.save("{}", NOON)
    sealed = [value for value in contents(database) if len(value) in range(20, 1000) and not value.isascii()]
    assert len(sealed) > 8
    store.forget(CHAT)
    store.erase_due(NOON + timedelta(days=60), lambda _: None)
    files = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir())
    assert [value for value in sealed if value in files] == []
    store.close()


@pytest.mark.safety("S-51")
def test_a_row_that_cannot_be_decrypted_is_an_error_for_its_chat_and_is_erased_at_its_time(store: Store) -> None:
    with store.chat("telegram:1") as row:
        row.save("answers", NOON)
    with store._transaction() as connection:  # noqa: SLF001 - damage that no call of the store can do
        connection.execute(text("UPDATE chats SET value = :value"), {"value": b"damaged" * 9})
    with store.chat("telegram:1") as row, pytest.raises(StorageError, match="damaged"):
        _ = row.value
    with store.chat("telegram:2") as row:
        assert row.value is None
    assert store.erase_due(NOON, lambda value: (value, NOON)) == 1
    assert not store.has_chat("telegram:1")
