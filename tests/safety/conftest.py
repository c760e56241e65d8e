"""The house of the safety tests, built once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.safety.world import House, World, build


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    built = build(Path(tmp_path_factory.mktemp("safety")))
    yield built
    built.store.close()


@pytest.fixture
def world(house: House) -> Iterator[World]:
    """A fresh start: nobody has said anything, the clock stands in the morning."""
    fresh = World(house)
    yield fresh
    fresh.leave()
