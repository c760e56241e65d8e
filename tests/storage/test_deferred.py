"""Updates that wait for their answer: kept encrypted, given to one process at a time, for an hour at most."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.storage.deferred import KEPT, LEASE, MOST_TRIES, DeferredUpdate
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
def test_a_parked_update_comes_back_when_it_is_due_to_one_process_only(
    clocked: Callable[[], Store], now: dict[str, datetime]
) -> None:
    one, other = clocked(), clocked()
    assert one.park(ONE, NOON + 5 * SECOND)
    assert one.take_parked() == []
    now["is"] += 5 * SECOND
    assert other.take_parked() == [ONE]
    assert one.take_parked() == []
    now["is"] += LEASE
    assert one.take_parked() == [ONE], "who took it has crashed"
    one.leave_parked(ONE.chat, ONE.update_id)
    now["is"] += LEASE
    assert other.take_parked() == []
    one.close()
    other.close()


def test_what_was_tried_too_often_or_is_too_old_is_set_aside(
    clocked: Callable[[], Store], now: dict[str, datetime]
) -> None:
    store = clocked()
    assert [store.park(ONE, NOON) for _ in range(MOST_TRIES + 2)] == [True] * (MOST_TRIES + 1) + [False]
    assert store.take_parked() == []
    store.park(ONE, NOON)
    now["is"] += KEPT + SECOND
    assert not store.park(ONE, now["is"])
    store.park(ONE, now["is"])
    now["is"] += KEPT + SECOND
    store.erase_due(now["is"], lambda _: None)
    assert store.take_parked() == []
    store.close()


def test_a_clock_that_is_set_back_makes_nobody_wait(clocked: Callable[[], Store], now: dict[str, datetime]) -> None:
    store = clocked()
    store.park(ONE, NOON + SECOND)
    now["is"] -= timedelta(days=1)
    assert store.take_parked() == [ONE]
    assert store.take_parked() == [], "it is at work now"
    store.close()
