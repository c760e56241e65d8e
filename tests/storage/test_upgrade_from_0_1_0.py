"""A database as 0.1.0 left it is opened by today's program, and nothing in it is lost. On SQLite and on PostgreSQL.

`tests/data/database_0_1_0.json` holds the rows that the program of 0.1.0 itself wrote, sealed with the key of these
tests: two chats, the updates it had handled, unmatched messages, and which knowledge it had proven.
"""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, MetaData, insert, inspect, select, text

from bot.config.settings import load_settings
from bot.domain.state.dialogue import Stage
from bot.domain.state.stored import from_json
from bot.library.archive import pack, unpack
from bot.library.upgrade.earlier import shipped_earlier
from bot.services.messages import Answer, Incoming, IncomingKind
from bot.storage import Store
from bot.storage.engine import open_engine
from bot.storage.migrate import migrate
from bot.storage.rows import Arrival
from bot.storage.schema import REVISION, metadata, to_micros
from bot.wiring import Services, build
from tests.storage.conftest import KEY, NOON

ROWS = Path(__file__).parents[1] / "data" / "database_0_1_0.json"
FIRST_SCHEMA = "0001"  # what 0.1.0 knew; every later revision belongs to a later release
VERSION = "712345af6af8"  # of the knowledge that 0.1.0 had in use
NECK, CHEST = "telegram:1", "telegram:2"  # one chat has its points, the other was sent for help
BUTTON = "AAAD63Nf3UDdCvB6yyhRIGiTcard:BL10"  # signed by 0.1.0, under the last message of NECK
RELEASED = datetime(2020, 1, 1, tzinfo=UTC)  # any time before now: `build` dates the knowledge by the real clock
SOON = NOON + timedelta(minutes=10)


@pytest.fixture
def archive() -> bytes:
    """The knowledge of 0.1.0 as one piece."""
    return pack(shipped_earlier().files)


@pytest.fixture
def earlier(database: str, archive: bytes) -> str:
    """The address of a database as 0.1.0 left it."""
    engine = open_engine(database, 5)
    with engine.begin() as connection:
        migrate(connection, "of the test", newest=FIRST_SCHEMA)
        tables = MetaData()
        tables.reflect(connection)
        for name, rows in json.loads(ROWS.read_text("utf-8")).items():
            table = tables.tables[name]
            sealed = {column.name for column in table.columns if isinstance(column.type, LargeBinary)}
            values = [{key: base64.b64decode(it) if key in sealed else it for key, it in row.items()} for row in rows]
            connection.execute(insert(table), values)
        kept = {"version": VERSION, "archive": archive, "kept_at": to_micros(RELEASED)}
        connection.execute(insert(tables.tables["knowledge"]), kept)
    engine.dispose()
    return database


@pytest.fixture
def services(earlier: str, tmp_path: Path) -> Iterator[Services]:
    """Today's program on that database, ten minutes after the last turn of 0.1.0."""
    environ = {"DATA_KEY": base64.urlsafe_b64encode(KEY).decode(), "DATABASE_URL": earlier}
    services = build(load_settings(environ, tmp_path, need_token=False), clock=lambda: SOON)
    yield services
    services.close()


def test_the_earlier_schema_has_none_of_what_came_later(earlier: str) -> None:
    engine = open_engine(earlier, 5)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == FIRST_SCHEMA
        assert not {"uploads", "parked", "replicas", "kept"} & {*inspect(connection).get_table_names()}
        assert "answered" not in {column["name"] for column in inspect(connection).get_columns("updates")}
    engine.dispose()


def test_every_table_and_column_of_today_is_there_and_every_row_too(earlier: str) -> None:
    Store.open(earlier, KEY).close()
    rows = {name: len(each) for name, each in json.loads(ROWS.read_text("utf-8")).items()}
    engine = open_engine(earlier, 5)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == REVISION
        for table in metadata.sorted_tables:
            found = connection.execute(select(table)).all()
            assert len(found) == {**rows, "knowledge": 1}.get(table.name, 0), table.name
    engine.dispose()


def test_everything_of_a_chat_can_still_be_read(earlier: str) -> None:
    store = Store.open(earlier, KEY, clock=lambda: SOON)
    neck, chest = store.stored_about(NECK), store.stored_about(CHEST)
    assert (neck["updates"], neck["unmatched"], neck["deferred"], neck["records"]) == (3, 1, 0, {})
    assert neck["erase_at"] == (NOON + timedelta(hours=1)).isoformat()
    dialogue = from_json(neck["conversation"] or "")
    assert dialogue is not None
    assert (dialogue.stage, dialogue.conditions) == (Stage.RECOMMENDED, ("tight_neck",))
    flagged = from_json(chest["conversation"] or "")
    assert flagged is not None
    assert flagged.flags == ("heart_attack",)
    assert store.unmatched() == [("blorp zonk", 3)]
    store.close()


@pytest.mark.safety("S-69")
def test_an_update_that_was_handled_is_not_handled_again(earlier: str) -> None:
    store = Store.open(earlier, KEY, clock=lambda: SOON)
    with store.chat(NECK) as row:
        assert [row.arrival(number, answered=True) for number in ("1", "2", "3")] == [Arrival.ANSWERED] * 3
        assert row.arrival("99", answered=True) is Arrival.NEW
    store.close()


def test_the_kept_knowledge_is_there_byte_for_byte(earlier: str, archive: bytes) -> None:
    store = Store.open(earlier, KEY)
    assert store.kept_knowledge() == [(VERSION, RELEASED)]
    assert store.knowledge(VERSION) == archive
    assert unpack(archive) == shipped_earlier().files
    assert store.proven("61b82424fdf5b4f8") == VERSION
    store.close()


@pytest.mark.safety("S-12", "S-53", "S-69")
def test_the_bot_goes_on_with_both_chats_and_refuses_to_roll_back_to_knowledge_it_cannot_read(
    services: Services,
) -> None:
    numbers = iter(range(100, 200))

    def turn(chat: str, text: str, kind: IncomingKind = IncomingKind.TEXT, number: str = "") -> Answer:
        return services.conversation.turn(Incoming(chat, kind, number or str(next(numbers)), text))

    assert turn(NECK, "my neck is stiff", number="1") == Answer(), "0.1.0 has answered this update"
    pressed = turn(NECK, BUTTON, IncomingKind.PRESS)
    assert (pressed.notice, pressed.messages) == ("This button is old.", ()), "0.1.0 signed its buttons another way"
    assert "Tight or stiff neck" in turn(NECK, "my neck is stiff").messages[0].html
    (asked,) = turn(CHEST, "my neck is stiff").messages
    assert "Has a doctor or nurse checked it?" in asked.html, "the red flag of 0.1.0 holds for its day"
    services.store.forget(NECK)
    assert services.store.stored_about(NECK)["conversation"] is None

    version = services.library.current.knowledge.version
    assert [kept for kept, _ in services.store.kept_knowledge()] == [version, VERSION]
    told = services.admin.rollback()
    assert "upgrade-knowledge" in told.file_text
    assert services.library.current.knowledge.version == version
    assert services.store.newest_knowledge() == version
