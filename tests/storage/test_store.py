"""What is stored comes back, whole, once, and to its own chat only. Each test runs on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from bot.storage import StorageError, Store
from bot.storage.deferred import DeferredUpdate
from bot.storage.rows import Arrival
from tests.storage.conftest import KEY, NOON

HOUR = timedelta(hours=1)
MICROSECOND = timedelta(microseconds=1)
EMPTY: dict[str, object] = {
    "conversation": None,
    "erase_at": None,
    "updates": 0,
    "deferred": 0,
    "unmatched": 0,
    "records": {},
}


class BrokenTurnError(Exception):
    """A turn that went wrong after it had saved."""


def save(store: Store, chat: str, value: str, erase_at: datetime = NOON + HOUR) -> None:
    with store.chat(chat) as row:
        row.save(value, erase_at)


def load(store: Store, chat: str) -> str | None:
    with store.chat(chat) as row:
        return row.value


def test_an_unknown_chat_has_no_row(store: Store) -> None:
    assert load(store, "telegram:1") is None
    assert not store.has_chat("telegram:1")


def test_what_is_saved_comes_back_also_after_a_restart(database: str, store: Store) -> None:
    save(store, "telegram:1", '{"stage": "checklist", "word": "hégǔ 合谷"}')
    save(store, "telegram:1", '{"stage": "overview"}')
    store.close()
    again = Store.open(database, KEY)
    assert load(again, "telegram:1") == '{"stage": "overview"}'
    assert load(again, "telegram:2") is None
    again.close()


def test_an_exception_in_a_turn_undoes_all_of_it(store: Store) -> None:
    def broken_turn() -> None:
        with store.chat("telegram:1") as row:
            assert row.arrival("7", answered=True) is Arrival.NEW
            row.save("after", NOON + HOUR)
            store.note_unmatched("telegram:1", "bla", NOON)
            raise BrokenTurnError

    save(store, "telegram:1", "before")
    with pytest.raises(BrokenTurnError):
        broken_turn()
    assert load(store, "telegram:1") == "before"
    assert store.stored_about("telegram:1")["updates"] == 0
    assert store.stored_about("telegram:1")["unmatched"] == 0


def test_calls_inside_a_turn_belong_to_the_turn(store: Store) -> None:
    with store.chat("telegram:1") as row:
        row.save("x", NOON + HOUR)
        assert store.stored_about("telegram:1")["conversation"] == "x"
        store.forget("telegram:1")
    assert store.stored_about("telegram:1") == EMPTY


def test_an_erased_row_is_gone_and_can_be_made_again(store: Store) -> None:
    with store.chat("telegram:1") as row:
        row.save("one", NOON + HOUR)
        row.erase()
        assert row.value is None
        row.save("two", NOON + HOUR)
    assert load(store, "telegram:1") == "two"


@pytest.mark.safety("S-69")
def test_an_update_is_new_once_in_its_chat_also_after_a_restart(database: str, store: Store) -> None:
    with store.chat("telegram:1") as row:
        assert row.arrival("7", answered=True) is Arrival.NEW
        assert row.arrival("7", answered=True) is not Arrival.NEW
    with store.chat("telegram:2") as row:
        assert row.arrival("7", answered=True) is Arrival.NEW
    store.close()
    again = Store.open(database, KEY)
    with again.chat("telegram:1") as row:
        assert row.arrival("7", answered=True) is not Arrival.NEW
        assert row.arrival("8", answered=True) is Arrival.NEW
    again.close()


@pytest.mark.safety("S-69")
def test_the_same_update_from_many_threads_is_handled_by_one(store: Store) -> None:
    def handle(_: int) -> bool:
        with store.chat("telegram:1") as row:
            return row.arrival("7", answered=True) is Arrival.NEW

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(handle, range(40))) == 1


@pytest.mark.safety("S-69")
def test_turns_of_one_chat_run_one_after_another_and_none_is_lost(store: Store) -> None:
    def add_one(_: int) -> None:
        with store.chat("telegram:1") as row:
            row.save(str(int(row.value or "0") + 1), NOON + HOUR)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add_one, range(80)))
    assert load(store, "telegram:1") == "80"


@pytest.mark.safety("S-69")
def test_two_processes_on_one_database_lose_no_turn(database: str, store: Store) -> None:
    other = Store.open(database, KEY)

    def add_one(number: int) -> None:
        with (store, other)[number % 2].chat("telegram:1") as row:
            row.save(str(int(row.value or "0") + 1), NOON + HOUR)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(add_one, range(40)))
    assert load(store, "telegram:1") == "40"
    other.close()


def test_update_ids_are_forgotten_after_two_days(store: Store) -> None:
    with store.chat("telegram:1") as row:
        row.arrival("7", answered=True)
    store.erase_due(NOON + timedelta(days=2), lambda _: None)
    assert store.stored_about("telegram:1")["updates"] == 1
    store.erase_due(NOON + timedelta(days=3), lambda _: None)
    assert store.stored_about("telegram:1")["updates"] == 0


@pytest.mark.safety("S-30", "S-51")
def test_a_row_is_erased_at_its_time_and_not_before(store: Store) -> None:
    save(store, "telegram:1", "answers", NOON + HOUR)
    assert store.erase_due(NOON + HOUR - MICROSECOND, lambda _: None) == 0
    assert store.has_chat("telegram:1")
    assert store.erase_due(NOON + HOUR, lambda _: None) == 1
    assert store.stored_about("telegram:1") == EMPTY


@pytest.mark.safety("S-30", "S-51")
def test_only_due_rows_are_erased(store: Store) -> None:
    for number in range(5):
        save(store, f"telegram:{number}", "answers", NOON + number * HOUR)
    assert store.erase_due(NOON + 2 * HOUR, lambda _: None) == 3
    assert [store.has_chat(f"telegram:{number}") for number in range(5)] == [False, False, False, True, True]


@pytest.mark.safety("S-51")
def test_a_due_row_can_shrink_to_what_may_stay_longer(store: Store) -> None:
    save(store, "telegram:1", "answers and flag", NOON)
    day = NOON + timedelta(days=1)
    assert store.erase_due(NOON, lambda value: (value.removeprefix("answers and "), day)) == 1
    assert store.stored_about("telegram:1")["conversation"] == "flag"
    assert store.stored_about("telegram:1")["erase_at"] == day.isoformat()
    assert store.erase_due(day - MICROSECOND, lambda _: None) == 0
    assert store.erase_due(day, lambda _: None) == 1


@pytest.mark.safety("S-51")
def test_one_row_that_cannot_be_shrunk_does_not_keep_the_others(store: Store) -> None:
    def shrink(value: str) -> None:
        if value == "broken":
            raise BrokenTurnError

    save(store, "telegram:1", "broken", NOON)
    save(store, "telegram:2", "fine", NOON + MICROSECOND)
    with pytest.raises(StorageError, match=r"1 rows of .* that are due"):
        store.erase_due(NOON + HOUR, shrink)
    assert store.has_chat("telegram:1")
    assert not store.has_chat("telegram:2")


def test_a_row_saved_anew_while_others_are_erased_is_not_erased(store: Store) -> None:
    def shrink(_: str) -> None:
        save(store, "telegram:2", "new", NOON + HOUR)

    save(store, "telegram:1", "old", NOON)
    save(store, "telegram:2", "old", NOON + MICROSECOND)
    assert store.erase_due(NOON + MICROSECOND, shrink) == 1
    assert load(store, "telegram:2") == "new"


@pytest.mark.safety("S-53")
def test_forgetting_deletes_everything_of_the_chat_and_nothing_of_others(store: Store) -> None:
    for chat in ("telegram:1", "telegram:2"):
        with store.chat(chat) as row:
            row.arrival("7", answered=True)
            row.save("answers", NOON + HOUR)
        store.defer(DeferredUpdate(chat, "9", "{}"), NOON)
        store.note_unmatched(chat, "blorp", NOON)
    other = store.stored_about("telegram:2")
    store.forget("telegram:1")
    assert store.stored_about("telegram:1") == EMPTY
    assert store.stored_about("telegram:2") == other


def test_forgetting_an_unknown_chat_is_no_error(store: Store) -> None:
    store.forget("telegram:404")


@pytest.mark.safety("S-54")
def test_what_is_stored_is_told_exactly(store: Store) -> None:
    with store.chat("telegram:1") as row:
        row.arrival("7", answered=True)
        row.arrival("8", answered=True)
        row.save('{"ticks": ["pregnancy"]}', NOON + HOUR)
    store.note_unmatched("telegram:1", "blorp", NOON)
    assert store.defer(DeferredUpdate("telegram:1", "9", "{}"), NOON)
    assert store.stored_about("telegram:1") == {
        "conversation": '{"ticks": ["pregnancy"]}',
        "erase_at": (NOON + HOUR).isoformat(),
        "updates": 2,
        "deferred": 1,
        "unmatched": 1,
        "records": {},
    }


def test_the_last_few_versions_of_the_knowledge_are_kept_newest_first(store: Store) -> None:
    for number in range(7):
        store.keep_knowledge(f"v{number}", f"archive {number}".encode(), NOON + number * HOUR)
    assert store.kept_knowledge() == [(f"v{number}", NOON + number * HOUR) for number in (6, 5, 4, 3, 2)]
    assert store.kept_knowledge(2) == [("v6", NOON + 6 * HOUR), ("v5", NOON + 5 * HOUR)]
    assert store.knowledge("v5") == b"archive 5"
    assert store.knowledge("v0") is None


def test_keeping_a_version_again_makes_it_the_newest(store: Store) -> None:
    store.keep_knowledge("v1", b"1", NOON)
    store.keep_knowledge("v2", b"2", NOON + HOUR)
    store.keep_knowledge("v1", b"1", NOON + 2 * HOUR)
    assert [version for version, _ in store.kept_knowledge()] == ["v1", "v2"]


def test_a_version_is_proven_only_for_the_program_that_proved_it(store: Store) -> None:
    assert store.proven("program a") is None
    store.note_proven("v1", "a")
    store.note_proven("v2", "a")
    assert store.proven("a") == "v2"
    assert store.proven("b") is None
