"""Six weeks of reminders over HTTP, compressed: two processes, a change of the clocks, and nobody who is not asked."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.channels.telegram import timekeeper
from tests.end_to_end import clocks, faults
from tests.end_to_end.bot_api import BotApi
from tests.end_to_end.clocks import Clock
from tests.end_to_end.people import Person, shown
from tests.end_to_end.running_bot import running
from tests.end_to_end.test_telegram_webhook import Hooked, hooked, said
from tests.postgres import Server

BERLIN = ZoneInfo("Europe/Berlin")
REMINDER = "It is your time, if you like."
COURSE = 42


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A Monday morning; two weeks later, in the night of 26 October, the clocks in Berlin change."""
    monkeypatch.setattr(timekeeper, "CHECK_SECONDS", clocks.CHECK_SECONDS)
    return Clock()


@pytest.fixture
def both(own_api: BotApi, tmp_path: Path, postgres: Server, clock: Clock) -> Iterator[tuple[Hooked, Hooked]]:
    database = postgres.new_database()
    with (
        hooked(own_api, tmp_path, database, clock=clock) as one,
        hooked(own_api, tmp_path, database, clock=clock) as other,
    ):
        yield one, other


@pytest.fixture
def person(own_api: BotApi, tmp_path: Path, clock: Clock) -> Iterator[Person]:
    with running(own_api, tmp_path, clock=clock):
        yield Person(own_api, 9201)


def set_up(person: Person, hour: str = "18:00", town: str = "Munich") -> None:
    person.says("/remind")
    person.taps("These days")
    person.taps(hour)
    assert "Europe/Berlin" in person.says(town)
    person.taps("Start the reminders")


def reminders(person: Person) -> list[str]:
    texts = [shown(call) for call in person.api.calls_of("sendMessage", person.id) if not call.error]
    return [text for text in texts if REMINDER in text or "six weeks are over" in text or "my last reminder" in text]


def wait_for(person: Person, count: int) -> None:
    person.api.wait(lambda: len(reminders(person)) >= count, f"not {count} reminders")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """So many days after the first, by the clock of Berlin."""
    local = datetime(2031, 10, 13, tzinfo=BERLIN) + timedelta(days=day)
    return local.replace(hour=hour, minute=minute)


@pytest.mark.slow
def test_six_weeks_on_two_processes_every_reminder_comes_once_at_its_local_hour(
    own_api: BotApi, both: tuple[Hooked, Hooked], clock: Clock
) -> None:
    person, numbers = Person(own_api, 9200), iter(range(1, 999))
    one, other = both

    def tap(label: str, bot: Hooked) -> None:
        assert bot.post(person.press(*person.find_button(label)), number=next(numbers)) == HTTPStatus.OK

    one.post(said(person, "/remind"), number=next(numbers))
    for label in ("These days", "18:00", "Berlin", "Start the reminders"):
        tap(label, other)
    days: Counter[int] = Counter()
    for day in range(COURSE):
        clock.now = at(day, 17, 59)
        before = len(reminders(person))
        clock.now = at(day, 18)
        wait_for(person, before + 1)
        tap("Skip today", (one, other)[day % 2])
        days[day] += len(reminders(person)) - before
    assert days == Counter(range(COURSE))
    clock.now = at(COURSE, 18)
    wait_for(person, COURSE + 1)
    said_all = reminders(person)
    assert sum("week of your course" in text for text in said_all) == 5
    assert "see your doctor" in said_all[-1]
    assert "six weeks are over" in said_all[-1]
    clock.now = at(COURSE + 1, 18)
    one.post(said(person, "/remind"), number=next(numbers))
    own_api.wait(lambda: "On which days" in shown(own_api.calls_of("sendMessage", person.id)[-1]), "still on")
    assert len(reminders(person)) == COURSE + 1


def test_after_three_without_an_answer_it_is_quiet(person: Person, clock: Clock) -> None:
    set_up(person)
    for day in range(3):
        clock.now = at(day, 18)
        wait_for(person, day + 1)
    assert "my last reminder" in reminders(person)[-1]
    clock.now = at(3, 18)
    others_are_reminded(person.api, clock, 3)
    assert "On which days" in person.says("/remind")
    assert len(reminders(person)) == 3


def others_are_reminded(api: BotApi, clock: Clock, day: int) -> None:
    """Two others have had reminders of later hours: what was due before them was looked at."""
    for number, hour in enumerate((19, 20)):
        other = Person(api, 9210 + 10 * day + number)
        set_up(other, f"{hour}:00")
        clock.now = at(day, hour)
        wait_for(other, 1)


def test_in_one_hour_skip_today_and_stop(person: Person, clock: Clock) -> None:
    set_up(person)
    clock.now = at(0, 18)
    wait_for(person, 1)
    assert "in one hour" in person.taps("In 1 hour")
    clock.now = at(0, 19)
    wait_for(person, 2)
    assert "not today" in person.taps("Skip today")
    clock.now = at(1, 18)
    wait_for(person, 3)
    assert "Reminders are off" in person.taps("Stop all reminders")
    clock.now = at(2, 18)
    others_are_reminded(person.api, clock, 2)
    assert "reminders" not in person.says("/mydata")
    assert len(reminders(person)) == 3


@pytest.mark.safety("S-30")
def test_start_asks_every_question_again(person: Person, clock: Clock) -> None:
    set_up(person)
    clock.now = at(0, 18)
    wait_for(person, 1)
    assert "Where does it hurt" in person.taps("Start")


def test_a_process_that_was_down_at_the_hour_sends_it_later_the_same_day(
    own_api: BotApi, tmp_path: Path, clock: Clock
) -> None:
    person = Person(own_api, 9202)
    with running(own_api, tmp_path, clock=clock):
        set_up(person)
    clock.now = at(0, 20)
    with running(own_api, tmp_path, clock=clock):
        wait_for(person, 1)
    clock.now = at(1, 22)
    with running(own_api, tmp_path, clock=clock):
        person.says("/about")
        clock.now = at(2, 18)
        wait_for(person, 2)
    assert len(reminders(person)) == 2


def test_a_person_who_blocks_the_bot_has_their_reminders_ended(person: Person, clock: Clock) -> None:
    set_up(person)
    person.api.fail("sendMessage", faults.BLOCKED, chat=person.id)
    after = len(person.api.calls)
    clock.now = at(0, 18)
    person.api.wait(lambda: any(call.error for call in person.api.calls[after:]), "no refusal")
    clock.now = at(1, 18)
    others_are_reminded(person.api, clock, 1)
    assert "On which days" in person.says("/remind")
    assert not reminders(person)


def test_who_has_not_asked_for_it_gets_no_message(person: Person, clock: Clock) -> None:
    """Not even with a diary, a session that was broken off, or reminders that were not agreed to."""
    person.says("my neck is stiff")
    for label in ("None of these", "None of these", "Start guided session", "7", "It hurts", "7", "Keep complaint"):
        person.taps(label)
    person.says("/remind")
    person.taps("These days")
    person.says("/cancel")
    after = len(person.api.calls)
    for day in range(1, 8):
        others_are_reminded(person.api, clock, day)
    assert not [call for call in person.api.calls[after:] if call.chat == person.id]


@pytest.mark.safety("S-12")
def test_on_a_day_with_a_warning_sign_nobody_is_asked_to_press(person: Person, clock: Clock) -> None:
    set_up(person)
    clock.now = at(0, 17)
    assert "Get emergency help now" in person.says("I have crushing chest pain")
    clock.now = at(0, 18)
    others_are_reminded(person.api, clock, 0)
    assert not reminders(person)
    clock.now = at(1, 18)
    wait_for(person, 1)


@pytest.mark.safety("S-53")
def test_forget_ends_everything(person: Person, clock: Clock) -> None:
    set_up(person)
    person.says("/forget")
    person.taps("Yes, erase it")
    clock.now = at(0, 18)
    other = Person(person.api, 9203)
    set_up(other, "19:00")
    clock.now = at(0, 19)
    wait_for(other, 1)
    assert not reminders(person)


@pytest.mark.safety("S-56")
def test_the_database_shows_neither_who_nor_what(own_api: BotApi, tmp_path: Path, clock: Clock) -> None:
    person = Person(own_api, 9204)
    with running(own_api, tmp_path, clock=clock):
        person.says("my neck is stiff")
        for label in ("None of these", "None of these", "Start guided session", "7"):
            person.taps(label)
        while any("Next" in label for label in person.buttons()):
            person.taps("Next")
        for label in ("5", "Keep complaint"):
            person.taps(label)
        set_up(person)
        kept = json.dumps(person.says("/mydata"))
        assert "tight_neck" in kept
    raw = b"".join(file.read_bytes() for file in (tmp_path / "data").iterdir())
    assert b"tight_neck" not in raw
    assert b"Berlin" not in raw
    for secret in (b"9204", b"LI10", b"neck", b"before", b"Munich"):
        assert not [value for value in values(tmp_path / "data/bot.sqlite3") if secret in value]


def values(file: Path) -> Iterator[bytes]:
    """Every value of every table but those of the shared pictures and knowledge."""
    connection = sqlite3.connect(file)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in set(tables) - {"knowledge", "uploads"}:
        for row in connection.execute(f"SELECT * FROM {table}"):
            yield from (value if isinstance(value, bytes) else str(value).encode() for value in row)
    connection.close()
