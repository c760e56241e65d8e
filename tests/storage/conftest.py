"""What the storage tests share."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.storage import Store

KEY = bytes(range(32))
NOON = datetime(2031, 5, 4, 12, 0, 0, 250, tzinfo=UTC)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    opened = Store.open(database, KEY, clock=lambda: NOON)
    yield opened
    opened.close()
