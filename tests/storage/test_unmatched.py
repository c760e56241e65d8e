"""S-52: a message nobody understood stays a keyed hash until three different chats have sent it."""

from datetime import timedelta

import pytest

from bot.storage import Store
from tests.storage.conftest import NOON

pytestmark = pytest.mark.safety("S-52")


def note(store: Store, text: str, *chats: str) -> None:
    for chat in chats:
        store.note_unmatched(chat, text, NOON)


def test_a_text_of_two_people_cannot_be_read(store: Store) -> None:
    note(store, "my flux hurts", "telegram:1", "telegram:2")
    assert store.unmatched() == []


def test_one_person_repeating_a_text_stays_one_person(store: Store) -> None:
    note(store, "my flux hurts", *["telegram:1"] * 10, "telegram:2")
    assert store.unmatched() == []
    assert store.stored_about("telegram:1")["unmatched"] == 1


def test_the_third_person_makes_the_text_readable(store: Store) -> None:
    note(store, "my flux hurts", "telegram:1", "telegram:2", "telegram:3")
    assert store.unmatched() == [("my flux hurts", 3)]


def test_from_then_on_nothing_says_who_sent_it(store: Store) -> None:
    note(store, "my flux hurts", "telegram:1", "telegram:2", "telegram:3", "telegram:4")
    assert store.unmatched() == [("my flux hurts", 4)]
    assert [store.stored_about(f"telegram:{number}")["unmatched"] for number in range(1, 5)] == [0, 0, 0, 0]


def test_the_most_frequent_texts_come_first(store: Store) -> None:
    note(store, "rare", *(f"telegram:{number}" for number in range(3)))
    note(store, "common", *(f"telegram:{number}" for number in range(5)))
    assert store.unmatched() == [("common", 5), ("rare", 3)]
    assert store.unmatched(1) == [("common", 5)]


def test_a_person_who_was_forgotten_no_longer_counts(store: Store) -> None:
    note(store, "my flux hurts", "telegram:1", "telegram:2")
    store.forget("telegram:1")
    note(store, "my flux hurts", "telegram:3")
    assert store.unmatched() == []


def test_after_thirty_days_without_a_repeat_everything_of_it_is_dropped(store: Store) -> None:
    note(store, "one person", "telegram:1")
    note(store, "three people", "telegram:1", "telegram:2", "telegram:3")
    store.erase_due(NOON + timedelta(days=30), lambda _: None)
    assert store.stored_about("telegram:1")["unmatched"] == 1
    store.erase_due(NOON + timedelta(days=31), lambda _: None)
    assert store.stored_about("telegram:1")["unmatched"] == 0
    assert store.unmatched() == []
