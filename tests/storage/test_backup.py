"""A backup is taken while the bot works, holds everything, and comes back into an empty database only."""

import base64
import gzip
import stat
from pathlib import Path

import pytest

from bot.storage.backup import back_up, restore
from bot.storage.errors import StorageError
from bot.storage.store import Store
from tests.storage.conftest import KEY, NOON
from tests.storage.test_store import HOUR, load, save

OTHER_KEY = bytes(32)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.jsonl.gz"


def empty(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/other/bot.sqlite3"


def text(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).decode()


def test_what_is_backed_up_comes_back_in_a_database_of_the_other_kind_too(
    store: Store, database: str, file: Path, tmp_path: Path
) -> None:
    save(store, "telegram:1", '{"ticks": ["pregnancy"]}')
    store.note_unmatched("telegram:1", "blorp", NOON)
    store.keep_knowledge("v1", b"archive", NOON)
    store.keep_upload(1, "hand.jpg", "digest", "id")
    with store.chat("telegram:2") as row:  # a turn is under way
        row.save("unfinished", NOON + HOUR)
        back_up(database, file)
    assert restore(empty(tmp_path), text(KEY), file) > 0
    again = Store.open(empty(tmp_path), KEY, clock=lambda: NOON)
    assert load(again, "telegram:1") == '{"ticks": ["pregnancy"]}'
    assert load(again, "telegram:2") is None
    assert again.stored_about("telegram:1") == store.stored_about("telegram:1")
    assert again.knowledge("v1") == b"archive"
    assert again.upload(1, "hand.jpg", "digest") == "id"
    again.close()


@pytest.mark.safety("S-56")
def test_a_backup_is_for_its_owner_only_and_shows_nothing(store: Store, database: str, file: Path) -> None:
    save(store, "telegram:4711", '{"ticks": ["pregnancy"]}')
    back_up(database, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    raw = gzip.decompress(file.read_bytes()).decode()
    assert "pregnancy" not in raw
    assert "4711" not in raw


def test_nothing_is_overwritten(store: Store, database: str, file: Path) -> None:
    save(store, "telegram:1", "kept")
    back_up(database, file)
    with pytest.raises(StorageError, match="is not empty"):
        restore(database, text(KEY), file)
    assert load(store, "telegram:1") == "kept"


def test_a_backup_of_another_key_is_refused(store: Store, database: str, file: Path, tmp_path: Path) -> None:
    save(store, "telegram:1", "kept")
    back_up(database, file)
    with pytest.raises(StorageError, match="another DATA_KEY"):
        restore(empty(tmp_path), text(OTHER_KEY), file)


@pytest.mark.parametrize(
    "content",
    [b"", b"no gzip", gzip.compress(b"{}", mtime=0), gzip.compress(b'{"format": "x"}', mtime=0)],
    ids=["empty", "no gzip", "no format", "another format"],
)
def test_what_is_no_backup_is_refused(file: Path, tmp_path: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(StorageError, match=r"backup\.jsonl\.gz"):
        restore(empty(tmp_path), text(KEY), file)


def test_half_a_backup_restores_nothing(store: Store, database: str, file: Path, tmp_path: Path) -> None:
    save(store, "telegram:1", "kept")
    back_up(database, file)
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(StorageError, match="damaged"):
        restore(empty(tmp_path), text(KEY), file)
    assert not Path(f"{tmp_path}/other/bot.sqlite3").exists()
