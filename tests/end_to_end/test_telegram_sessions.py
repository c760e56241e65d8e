"""A guided session over HTTP, with a clock that the test sets: its message, its buttons, its end, a kill -9."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.channels.telegram import timekeeper
from tests import processes
from tests.end_to_end import clocks, faults
from tests.end_to_end.bot_api import BotApi, Call
from tests.end_to_end.clocks import Clock, FileClock
from tests.end_to_end.people import Person, shown
from tests.end_to_end.running_bot import environ, running
from tests.end_to_end.test_telegram_crashes import ROOT

NECK = "my neck is stiff"
EDITS = ("editMessageCaption", "editMessageMedia")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    monkeypatch.setattr(timekeeper, "CHECK_SECONDS", clocks.CHECK_SECONDS)
    return Clock()


@pytest.fixture
def person(own_api: BotApi, tmp_path: Path, clock: Clock) -> Iterator[Person]:
    with running(own_api, tmp_path, clock=clock):
        yield Person(own_api, 9001)


def begin(person: Person, before: str = "6") -> str:
    """To the first step of a session."""
    person.says(NECK)
    person.taps("None of these")
    person.taps("None of these")
    person.taps("Start guided session")
    return person.taps(before)


def comes(person: Person, method: str | tuple[str, ...], pattern: str, after: int) -> Call:
    """Waits for a message or an edit for this person with such a text."""
    methods = (method,) if isinstance(method, str) else method

    def found() -> list[Call]:
        calls = (call for call in person.api.calls[after:] if call.chat == person.id and not call.error)
        return [call for call in calls if call.method in methods and re.search(pattern, shown(call))]

    person.api.wait(lambda: bool(found()), f"no {method} with {pattern!r}")
    return found()[0]


def others_go_on(api: BotApi, clock: Clock) -> None:
    """Another's session is brought up to date: what was due before it was looked at."""
    other, after = Person(api, 9002), len(api.calls)
    begin(other)
    clock.later(seconds=11)
    comes(other, "editMessageCaption", "left", after)


@pytest.mark.safety("S-34", "S-45")
def test_the_message_is_edited_silently_and_ends_like_every_card(person: Person, clock: Clock) -> None:
    first = begin(person)
    assert "Point 1 of 4: LI10" in first
    assert "LEFT" in first
    assert re.search(r"░{10} 3:00 left", first)
    assert first.endswith("Please consult your doctor first.")
    after = len(person.api.calls)
    clock.later(seconds=90)
    comes(person, "editMessageCaption", r"█{5}░{5} 1:30 left", after)
    assert person.api.calls_of("editMessageCaption", person.id)[-1].params["reply_markup"]
    assert not person.api.calls_of("sendPhoto", person.id)[1:]


def test_it_is_edited_every_ten_seconds_at_most(person: Person, clock: Clock) -> None:
    begin(person)
    before = len(person.api.calls_of("editMessageCaption", person.id))
    after = len(person.api.calls)
    for second in range(1, 31):
        clock.later(seconds=1)
        if second % 10 == 0:
            comes(person, "editMessageCaption", f"2:{60 - second:02} left", after)
    assert len(person.api.calls_of("editMessageCaption", person.id)) - before == 3


def test_when_the_side_changes_a_new_message_comes_and_the_old_one_loses_its_buttons(
    person: Person, clock: Clock
) -> None:
    begin(person)
    old = person.find_button("Pause")[1]
    after = len(person.api.calls)
    clock.later(seconds=181)
    comes(person, "sendPhoto", "Point 1 of 4: LI10.* RIGHT", after)
    person.api.wait(lambda: "reply_markup" not in person.api.messages[person.id, old], "the old one kept its buttons")


def test_pause_other_side_next_and_the_stop_for_pain(person: Person, clock: Clock) -> None:
    begin(person)
    clock.later(seconds=20)
    assert "Paused, 2:40 left" in person.taps("Pause")
    clock.later(minutes=10)
    assert "2:40 left" in person.taps("Go on")
    assert "RIGHT" in person.taps("Other side")
    assert "Point 1 of 4: LI10" in person.taps("Next")
    assert "Point 2 of 4" in person.taps("Next")
    after = len(person.api.calls)
    seen = person.taps("It hurts")
    assert "Stop pressing now" in seen
    assert "Point" not in seen
    assert len([call for call in person.api.calls[after:] if "How strong is it now" in shown(call)]) == 1
    clock.later(minutes=30)
    others_go_on(person.api, clock)
    person.says("/start")
    assert not [call for call in person.api.calls[after:] if call.chat == person.id and "Point " in shown(call)]


def test_to_the_end_with_an_outcome_and_the_diary(person: Person, clock: Clock) -> None:
    begin(person)
    after = len(person.api.calls)
    clock.later(minutes=20)
    comes(person, "sendMessage", "How strong is it now", after)
    seen = person.taps("4")
    assert "From 6 to 4. That is a little easier." in seen
    assert "Your diary is on" in person.taps("Keep complaint")
    person.says("/progress")
    assert person.api.calls_of("sendPhoto", person.id)[-1].files
    person.says("/report")
    sent = person.api.calls_of("sendDocument", person.id)
    assert [next(iter(call.files)) for call in sent] == ["diary.pdf", "diary.csv"]
    assert "neck" in person.says("/mydata").lower()


def test_telegram_asking_to_wait_does_not_shift_the_clock(person: Person, clock: Clock) -> None:
    begin(person)
    person.api.fail("editMessageCaption", faults.Fault(429, "Too Many Requests: retry after 20", retry_after=20))
    after = len(person.api.calls)
    clock.later(seconds=11)
    person.api.wait(lambda: any(call.error for call in person.api.calls[after:]), "no refusal")
    clock.later(seconds=79)
    comes(person, "editMessageCaption", "1:30 left", after)


@pytest.mark.safety("S-2")
def test_a_warning_sign_in_a_session_ends_it(person: Person, clock: Clock) -> None:
    begin(person)
    number = person.find_button("Pause")[1]
    after = len(person.api.calls)
    assert "Get emergency help now" in person.says("now I have crushing chest pain")
    person.api.wait(lambda: "reply_markup" not in person.api.messages[person.id, number], "it kept its buttons")
    clock.later(minutes=3)
    others_go_on(person.api, clock)
    person.says("/about")
    assert not [call for call in person.api.calls[after:] if call.chat == person.id and "Point " in shown(call)]


@pytest.mark.safety("S-30")
def test_a_paused_session_whose_answers_have_run_out_loses_its_buttons(person: Person, clock: Clock) -> None:
    begin(person)
    person.taps("Pause")
    number = person.find_button("Go on")[1]
    clock.later(minutes=61)
    person.api.wait(lambda: "reply_markup" not in person.api.messages[person.id, number], "it kept its buttons")


def test_a_person_who_has_left_gets_no_more(person: Person, clock: Clock) -> None:
    begin(person)
    person.api.fail("sendPhoto", faults.BLOCKED, chat=person.id)
    after = len(person.api.calls)
    clock.later(seconds=181)
    person.api.wait(lambda: any(call.error for call in person.api.calls[after:]), "no refusal")
    blocked = len(person.api.calls)
    clock.later(minutes=10)
    others_go_on(person.api, clock)
    assert not [call for call in person.api.calls[blocked:] if call.chat == person.id]


@pytest.fixture
def start(own_api: BotApi, tmp_path: Path, database: str) -> Callable[[], processes.Process]:
    """Starts a bot in a process of its own, whose time stands in a file."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LOG_LEVEL": "ERROR", **environ(own_api, tmp_path)}
    environment["DATABASE_URL"] = database
    command = [sys.executable, "-m", "tests.end_to_end.clocks", str(tmp_path / "time")]
    return lambda: processes.start(command, cwd=tmp_path, env=environment)


def test_killed_in_the_middle_the_session_goes_on_where_its_clock_is(
    own_api: BotApi, tmp_path: Path, start: Callable[[], processes.Process]
) -> None:
    clock = FileClock(tmp_path / "time")
    now: datetime = clocks.MORNING
    clock.set(now)
    person = Person(own_api, 9003)
    process = start()
    begin(person)
    own_api.wait_until_all_is_confirmed()
    processes.kill(process)
    clock.set(now + timedelta(seconds=180 + 5 + 50))  # the first side, the change, and 50 seconds of the second
    after = len(own_api.calls)
    process = start()
    comes(person, "sendPhoto", r"Point 1 of 4: LI10.* RIGHT\n.*2:10 left", after)
    assert "Paused, 2:10 left" in person.taps("Pause")
    processes.stop(process)
