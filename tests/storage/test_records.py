"""What is kept of a chat beyond its hour: one of each kind, handed out when due, to one process at a time."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

import pytest

from bot.storage.records import LEASE, DueRecord
from bot.storage.store import Store
from tests.storage.conftest import KEY, NOON

ANN = "telegram:1"
MINUTE = timedelta(minutes=1)


class Clock:
    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(database: str, clock: Clock) -> Iterator[Store]:
    store = Store.open(database, KEY, clock=clock)
    yield store
    store.close()


def keep(store: Store, kind: str, value: str, due: datetime | None) -> None:
    with store.chat(ANN) as row:
        row.save_record(kind, value, due)


def kept(store: Store, kind: str) -> str | None:
    with store.chat(ANN) as row:
        return row.record(kind)


def test_one_of_each_kind_is_kept_until_it_is_dropped(store: Store) -> None:
    keep(store, "diary", "one", None)
    keep(store, "diary", "two\nlines", None)
    keep(store, "reminders", "three", NOON)
    assert (kept(store, "diary"), kept(store, "reminders")) == ("two\nlines", "three")
    with store.chat(ANN) as row:
        row.drop_record("diary")
    assert (kept(store, "diary"), kept(store, "reminders")) == (None, "three")


def test_a_turn_that_fails_keeps_nothing(store: Store) -> None:
    with suppress(RuntimeError), store.chat(ANN) as row:
        row.save_record("diary", "lost", None)
        raise RuntimeError
    assert kept(store, "diary") is None


def test_what_is_due_is_handed_out_once_and_again_after_the_lease(store: Store, clock: Clock) -> None:
    keep(store, "reminders", "x", NOON + MINUTE)
    assert store.take_due("telegram") == []
    clock.now = NOON + MINUTE
    assert store.take_due("telegram") == [DueRecord(ANN, "reminders", clock.now)]
    assert store.take_due("telegram") == []
    clock.now += LEASE
    assert len(store.take_due("telegram")) == 1


def test_what_is_rewritten_stays_due_when_it_was(store: Store, clock: Clock) -> None:
    keep(store, "reminders", "x", NOON + MINUTE)
    with store.chat(ANN) as row:
        row.rewrite_record("reminders", "y")
    assert kept(store, "reminders") == "y"
    with store.chat(ANN) as row:
        row.save_record("reminders", "z", NOON + 2 * MINUTE)
        row.rewrite_record("reminders", "last")
    assert kept(store, "reminders") == "last"
    clock.now = NOON + MINUTE
    assert store.take_due("telegram") == []
    clock.now = NOON + 2 * MINUTE
    assert len(store.take_due("telegram")) == 1


def test_what_has_no_time_is_never_due_and_another_channels_is_not_ours(store: Store) -> None:
    keep(store, "diary", "x", None)
    with store.chat("web:1") as row:
        row.save_record("reminders", "y", NOON)
    assert store.take_due("telegram") == []


def test_after_the_clock_was_set_back_it_is_looked_at_again(store: Store, clock: Clock) -> None:
    clock.now = NOON + timedelta(days=30)
    keep(store, "reminders", "x", NOON + timedelta(days=31))
    clock.now = NOON
    assert len(store.take_due("telegram")) == 1


@pytest.mark.safety("S-53", "S-54")
def test_it_is_shown_and_forgotten_with_the_chat(store: Store) -> None:
    keep(store, "diary", "x", None)
    assert store.stored_about(ANN)["records"] == {"diary": "x"}
    store.forget(ANN)
    assert store.stored_about(ANN)["records"] == {}


@pytest.mark.safety("S-56")
def test_a_value_cannot_be_moved_to_another_kind(store: Store) -> None:
    keep(store, "diary", "secret", None)
    with store.chat(ANN) as row:
        row.records["reminders"] = row.records["diary"]
        with pytest.raises(Exception, match="damaged"):
            row.record("reminders")


def test_the_clock_of_a_session_that_nobody_looks_at_any_more_is_dropped(store: Store, clock: Clock) -> None:
    keep(store, "session", "x", NOON)
    keep(store, "diary", "y", None)
    clock.now += timedelta(hours=3)
    store.erase_due(clock.now, lambda _: None)
    assert store.stored_about(ANN)["records"] == {"diary": "y"}
