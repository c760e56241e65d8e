"""A deferred update of any kind is handled later as it came, apart from its names."""

import asyncio
import itertools
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from telegram import Bot, Update

from bot.channels.telegram.deferred import DeferredUpdates
from bot.channels.telegram.reading import Reader
from bot.services.counters import Counters
from bot.storage.store import Store
from tests.end_to_end.bot_api import TOKEN
from tests.end_to_end.every_kind import DATE, every_field
from tests.patience import PATIENCE

Json = dict[str, Any]

numbers = itertools.count(1)

OUT_OF_REACH = {"message_id": 2, "date": 0, "chat": {"id": 5, "type": "private"}}
KINDS = [*every_field(), ("out of reach", {"pinned_message": OUT_OF_REACH})]


def message(content: Json) -> Json:
    who = {
        "id": 5,
        "is_bot": False,
        "first_name": "Ann",
        "last_name": "Zebra",
        "username": "ann",
        "language_code": "en",
    }
    return {"message_id": 1, "date": DATE, "chat": {"id": 5, "type": "private"}, "from": who, **content}


def pressed(content: Json) -> Json:
    query = {"id": "q", "from": message({})["from"], "chat_instance": "c", "data": "x"}
    return {"callback_query": {**query, "message": message(content)}}


async def stored_and_handled(deferred: DeferredUpdates, update: Update) -> Update:
    """The update as it is handled after it was stored. Earlier ones whose lease has ended are passed over."""
    handled = asyncio.Queue[Update]()
    assert await deferred.defer(update, 0)
    running = asyncio.create_task(deferred.run(handled.put))
    try:
        while (later := await asyncio.wait_for(handled.get(), PATIENCE)).update_id != update.update_id:
            pass
        return later
    finally:
        running.cancel()


def outline(value: Any) -> Any:  # noqa: ANN401 - JSON
    """All that is there, without the texts. The library leaves a time of its own in what is out of reach."""
    if isinstance(value, dict):
        return {key: outline(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [outline(inner) for inner in value]
    return "int" if isinstance(value, datetime) else type(value).__name__


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.telegram.deferred.CHECK_SECONDS", 0.001)


@pytest.fixture(scope="module")
def counters() -> Counters:
    return Counters()


@pytest.fixture(scope="module")
def reader(counters: Counters) -> Reader:
    return Reader(Bot(TOKEN), counters)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    store = Store.open("sqlite://", bytes(32))
    yield store
    store.close()


@pytest.fixture(scope="module")
def deferred(store: Store, reader: Reader) -> DeferredUpdates:
    return DeferredUpdates(store, reader, lambda _: False)


@pytest.mark.usefixtures("quick")
@pytest.mark.safety("S-17", "S-69")
@pytest.mark.parametrize("content", [content for _, content in KINDS], ids=[name for name, _ in KINDS])
def test_every_kind_of_message_is_handled_later_as_it_came(
    deferred: DeferredUpdates, reader: Reader, counters: Counters, content: Json
) -> None:
    said = {"text": "chest pain"}
    for raw in (
        {"message": message(content)},
        {"edited_message": message({"edit_date": DATE, **content})},
        {"message": message({**said, "reply_to_message": message(content)})},
        {"message": message({**said, "pinned_message": message(content)})},
        pressed(content),
    ):
        before = reader.read({"update_id": next(numbers), **raw})
        assert before is not None
        after = asyncio.run(stored_and_handled(deferred, before))
        assert outline(after.to_dict()) == outline(before.to_dict())
        assert "Zebra" not in str(after.to_dict())
    assert counters.read().unreadable == 0
