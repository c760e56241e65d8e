"""Updates that wait for their answer: kept encrypted, given to one process at a time, for an hour at most."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.storage.deferred import LEASE, LONGEST_WAIT, MOST_TRIES, DeferredUpdate
from bot.storage.store import Store
from tests.storage.conftest import KEY, NOON

SECOND = timedelta(seconds=1)
ONE = DeferredUpdate("telegram:1", "7", '{"text": "my knee hurts"}')


@pytest.fixture
def now() -> dict[str, datetime]:
    return {"is": NOON}


@pytest.fixture
def clocked(database: str, now: dict[str, datetime]) -> Callable[[], Store]:
    return lambda: Store.open(database, KEY, clock=lambda: now["is"])


@pytest.mark.safety("S-69")
def test_a_deferred_update_comes_back_when_it_is_due_to_one_process_only(
    clocked: Callable[[], Store], now: dict[str, datetime]
) -> None:
    one, other = clocked(), clocked()
    assert one.defer(ONE, NOON + 5 * SECOND)
    assert one.take_deferred() == []
    now["is"] += 5 * SECOND
    assert other.take_deferred() == [ONE]
    assert one.take_deferred() == []
    now["is"] += LEASE
    assert one.take_deferred() == [ONE], "who took it has crashed"
    one.forget_deferred(ONE.chat, ONE.update_id)
    now["is"] += LEASE
    assert other.take_deferred() == []
    one.close()
    other.close()


def test_what_was_tried_too_often_or_is_too_old_is_set_aside(
    clocked: Callable[[], Store], now: dict[str, datetime]
) -> None:
    store = clocked()
    assert [store.defer(ONE, NOON) for _ in range(MOST_TRIES + 2)] == [True] * (MOST_TRIES + 1) + [False]
    assert store.take_deferred() == []
    store.defer(ONE, NOON)
    now["is"] += LONGEST_WAIT + SECOND
    assert not store.defer(ONE, now["is"])
    store.defer(ONE, now["is"])
    now["is"] += LONGEST_WAIT + SECOND
    store.erase_due(now["is"], lambda _: None)
    assert store.take_deferred() == []
    store.close()


def test_a_clock_that_is_set_back_makes_nobody_wait(clocked: Callable[[], Store], now: dict[str, datetime]) -> None:
    store = clocked()
    store.defer(ONE, NOON + SECOND)
    now["is"] -= timedelta(days=1)
    assert store.take_deferred() == [ONE]
    assert store.take_deferred() == [], "it is at work now"
    store.close()
