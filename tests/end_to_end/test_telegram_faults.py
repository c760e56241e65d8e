"""Bad buttons, a failing Telegram, floods and failures of our own: a polite answer, and the next message works."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.channels.telegram.flood import MOST_MESSAGES
from tests.end_to_end import faults
from tests.end_to_end.bot_api import BotApi
from tests.end_to_end.faults import Fault
from tests.end_to_end.people import Person, is_answer, shown
from tests.end_to_end.running_bot import RunningBot, running
from tests.patience import PATIENCE

Somebody = Callable[[], Person]

FIND = "Find it:"
CHEST = "i have crushing chest pain right now"


def answers_to_presses(api: BotApi, after: int = 0) -> int:
    return sum(is_answer(call) for call in api.calls[after:])


@pytest.mark.safety("S-63")
@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: "A" + data[1:] if data[0] != "A" else "B" + data[1:],
        lambda data: data + "x",
        lambda _: "done",
        lambda _: "",
        lambda _: "\x00" * 64,
        lambda _: "é" * 32,
        lambda _: "' OR 1=1 --",
    ],
    ids=["cut", "half", "changed", "longer", "bare", "empty", "zeros", "not ascii", "sql"],
)
def test_a_forged_or_truncated_button_changes_nothing(
    api: BotApi, person: Person, change: Callable[[str], str]
) -> None:
    person.says("my neck hurts")
    person.taps("None of these")
    data, number = person.find_button("None of these")
    before = len(api.calls)
    assert FIND not in person.taps_data(change(data), number)
    assert person.notice == "This button is old."
    assert answers_to_presses(api, before) == 1
    assert "press this one first" in person.taps("None of these")


@pytest.mark.safety("S-63")
def test_somebody_elses_button_changes_nothing(somebody: Somebody) -> None:
    one, other = somebody(), somebody()
    for each in (one, other):
        each.says("my neck hurts")
        each.taps("None of these")
    data, _ = one.find_button("None of these")
    _, number = other.find_button("None of these")
    assert FIND not in other.taps_data(data, number)
    assert other.notice == "This button is old."


@pytest.mark.safety("S-63", "S-69")
def test_an_old_none_after_a_tick_of_pregnant_never_ends_in_points(person: Person) -> None:
    person.says("my lower back aches")
    person.taps("None of these")
    old, number = person.find_button("None of these")
    person.taps("Pregnant")
    assert "press this one first" not in person.taps_data(old, number)
    assert "I will not show points" in person.taps("Done")


@pytest.mark.safety("S-69")
def test_two_taps_at_once_on_pregnant_and_none_never_end_in_points(api: BotApi, person: Person) -> None:
    person.says("my lower back aches")
    person.taps("None of these")
    tick, number = person.find_button("Pregnant")
    none, _ = person.find_button("None of these")
    api.feed(person.press(tick, number))
    assert "press this one first" not in person.sees_after(api.feed(person.press(none, number)))


@pytest.mark.safety("S-67", "S-69")
def test_a_hundred_taps_in_a_second_are_each_answered_once_and_end_on_the_true_screen(
    api: BotApi, person: Person
) -> None:
    person.says("my lower back aches")
    person.taps("None of these")
    data, number = person.find_button("Varicose veins")
    before = len(api.calls)
    for _ in range(100):
        api.feed(person.press(data, number))
    api.wait(lambda: answers_to_presses(api, before) == 100, "not every tap was answered")
    api.wait(lambda: any("☑" in label for label in person.buttons()), "the last screen is not the true one")
    assert "I will not show points" in person.taps("Done")


@pytest.fixture
def one_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine: what is written in one test counts as written within a few seconds."""
    monkeypatch.setattr("bot.channels.telegram.flood.WINDOW_SECONDS", 10 * PATIENCE)


@pytest.mark.usefixtures("one_window")
@pytest.mark.safety("S-67")
def test_a_flood_of_messages_gets_one_polite_notice_and_the_last_answer(api: BotApi, person: Person) -> None:
    flood(api, person, ["my neck hurts"] * 100)
    api.wait(lambda: "faster than I can" in "".join(told(api, person)[:-1]), "no answer after the notice")
    seen = told(api, person)
    assert sum("faster than I can answer" in text for text in seen) == 1
    assert "Neck pain" in seen[-1]
    assert len(seen) == MOST_MESSAGES + 2


@pytest.mark.usefixtures("one_window")
@pytest.mark.safety("S-17", "S-67")
def test_a_red_flag_in_the_middle_of_a_flood_is_answered(api: BotApi, person: Person) -> None:
    flood(api, person, ["my neck hurts"] * (MOST_MESSAGES + 30) + [CHEST] + ["thank you"] * 30)
    api.wait(lambda: any("Get emergency help now" in text for text in told(api, person)), "no help was offered")


def flood(api: BotApi, person: Person, texts: list[str]) -> None:
    """Writes all of this while the bot is held up by a slow connection, which then recovers."""
    gate = api.hold("sendMessage", person.id)
    for text in texts:
        last = api.feed({"message": person.message({"text": text})})
    gate.wait_until_reached()
    api.wait_until_confirmed(last)
    gate.open()


def told(api: BotApi, person: Person) -> list[str]:
    return [shown(call) for call in api.calls_of("sendMessage", person.id)]


def test_a_press_on_a_deleted_message_gets_a_new_one(api: BotApi, person: Person) -> None:
    person.says("my neck hurts")
    data, number = person.find_button("None of these")
    update = person.press(data, number)
    del api.messages[person.id, number]
    assert "tick what is true" in person.sees_after(api.feed(update))


def test_a_press_on_a_message_out_of_reach_gets_a_new_one(api: BotApi, person: Person) -> None:
    person.says("my neck hurts")
    data, number = person.find_button("None of these")
    del api.messages[person.id, number]
    assert "tick what is true" in person.taps_data(data, number)


def test_a_person_who_blocked_the_bot_is_counted_and_nobody_else_is_troubled(
    api: BotApi, shared_bot: RunningBot, somebody: Somebody
) -> None:
    gone, here = somebody(), somebody()
    before = shared_bot.services.counters.read()
    api.fail("sendMessage", faults.BLOCKED, chat=gone.id, times=9)
    gone.says("my neck hurts")
    after = shared_bot.services.counters.read()
    assert (after.blocked, after.errors) == (before.blocked + 1, before.errors)
    assert len(api.calls_of("sendMessage", gone.id)) == 1
    assert "Neck pain" in here.says("my neck hurts")


@pytest.mark.parametrize(
    "fault", [faults.TOO_MANY, faults.BROKEN, faults.DROPPED, faults.UNPARSED], ids=["429", "502", "drop", "parse"]
)
def test_a_passing_fault_of_telegram_loses_no_answer(api: BotApi, person: Person, fault: Fault) -> None:
    api.fail("sendMessage", fault, chat=person.id)
    api.feed({"message": person.message({"text": "my neck hurts"})})
    assert "Neck pain" in shown(api.wait_for("sendMessage", person.id))


def test_a_fault_that_stays_is_counted_and_the_person_is_told(
    api: BotApi, shared_bot: RunningBot, person: Person
) -> None:
    before = shared_bot.services.counters.read().errors
    api.fail("sendMessage", Fault(400, "Bad Request: not enough rights"), chat=person.id)
    seen = person.says("my neck hurts")
    assert "something went wrong" in seen
    assert "In an emergency, call" in seen
    assert shared_bot.services.counters.read().errors == before + 1
    assert "Neck pain" in person.says("my neck hurts")


def test_a_refused_answer_to_a_press_does_not_stop_the_edit(api: BotApi, person: Person) -> None:
    person.says("my neck hurts")
    api.fail("answerCallbackQuery", Fault(400, "Bad Request: query is too old and response timeout expired"))
    assert "tick what is true" in person.taps("None of these")


@pytest.mark.safety("S-69")
def test_the_same_update_twice_is_answered_once(api: BotApi, person: Person) -> None:
    update = {"message": person.message({"text": "my neck hurts"})}
    assert "Neck pain" in person.sees_after(api.feed(update, times=3))
    assert len(api.calls_of("sendMessage", person.id)) == 1


@pytest.mark.safety("S-69")
def test_a_slow_chat_holds_up_nobody_else(api: BotApi, somebody: Somebody) -> None:
    slow, quick = somebody(), somebody()
    gate = api.hold("sendMessage", slow.id)
    api.feed({"message": slow.message({"text": "my neck hurts"})})
    gate.wait_until_reached()
    assert "Neck pain" in quick.says("my neck hurts")
    assert api.calls_of("sendMessage", slow.id) == []
    gate.open()
    api.wait_for("sendMessage", slow.id)


@pytest.mark.safety("S-69")
def test_what_one_person_writes_is_answered_in_order(api: BotApi, person: Person) -> None:
    gate = api.hold("sendMessage", person.id)
    api.feed({"message": person.message({"text": "/help"})})
    gate.wait_until_reached()
    for text in ("/about", "/points", "my neck hurts"):
        last = api.feed({"message": person.message({"text": text})})
    gate.open()
    seen = person.sees_after(last).split("\n---\n")
    leads = ["How to use me", "About this bot", "Points I know", "Neck pain"]
    assert [lead in text for lead, text in zip(leads, seen, strict=True)] == [True] * 4


def test_a_failure_of_our_own_is_told_politely_and_every_press_is_still_answered(
    own_api: BotApi, tmp_path: Path
) -> None:
    person = Person(own_api, 7001)
    with running(own_api, tmp_path) as bot:
        person.says("my neck hurts")
        data, number = person.find_button("None of these")
        hide_tables(tmp_path)
        assert "something went wrong" in person.says("my neck hurts")
        before = len(own_api.calls)
        assert "something went wrong" in person.taps_data(data, number)
        assert answers_to_presses(own_api, before) == 1
        assert bot.services.counters.read().errors == 2


def hide_tables(folder: Path) -> None:
    """Breaks the database under the running bot."""
    with sqlite3.connect(folder / "data" / "bot.sqlite3") as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            database.execute(f"ALTER TABLE {name} RENAME TO gone_{name}")
