"""One Bot API server and one bot for most tests; everybody in them is a new person."""

import itertools
from collections.abc import Callable, Iterator

import pytest

from tests.end_to_end.bot_api import BotApi
from tests.end_to_end.people import Group, Person
from tests.end_to_end.running_bot import ADMIN, RunningBot, running

_ids = itertools.count(5001)


@pytest.fixture(scope="session")
def shared_api() -> Iterator[BotApi]:
    server = BotApi()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def shared_bot(shared_api: BotApi, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    with running(shared_api, tmp_path_factory.mktemp("bot")) as bot:
        yield bot


@pytest.fixture
def api(shared_api: BotApi, shared_bot: RunningBot) -> Iterator[BotApi]:
    """The server of the shared bot. A test fails when the bot broke one of Telegram's rules in it."""
    assert shared_bot.error is None
    before = len(shared_api.violations)
    yield shared_api
    assert shared_api.violations[before:] == []


@pytest.fixture
def own_api() -> Iterator[BotApi]:
    """A server for a test that starts a bot of its own."""
    server = BotApi()
    server.start()
    yield server
    server.stop()
    assert server.violations == []


@pytest.fixture
def somebody(api: BotApi) -> Callable[[], Person]:
    """Makes a person whom the bot has never met."""
    return lambda: Person(api, next(_ids))


@pytest.fixture
def person(somebody: Callable[[], Person]) -> Person:
    return somebody()


@pytest.fixture
def admin(api: BotApi) -> Person:
    return Person(api, ADMIN)


@pytest.fixture
def group(api: BotApi) -> Group:
    return Group(api, -next(_ids))
