"""A guided session, the diary and reminders on the try-out page, in a real browser with a clock that the test sets."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.end_to_end.browsing import PHONE, Person
from tests.end_to_end.clocks import Clock
from tests.end_to_end.web_site import serving

pytest_plugins = ("tests.end_to_end.browser_fixtures",)
Arrive = Callable[..., Person]


def test_a_session_goes_by_its_clock_to_the_chart_and_the_page_for_the_doctor(arrive: Arrive, tmp_path: Path) -> None:
    clock = Clock()
    with serving(tmp_path, clock=clock) as served:
        person = arrive(served, viewport=PHONE)
        person.begin()
        person.reaches_the_checklist("my neck is stiff from the computer")
        person.presses("None of these")
        person.reads("press this one first")
        person.presses("Start guided session")
        person.reads("How strong is it right now?")
        person.presses("6")
        person.reads("2:00 left")
        clock.later(seconds=60)
        person.reads("1:00 left")
        clock.later(seconds=61)
        person.reads("Point 2 of 4")
        expect(person.page.get_by_role("button", name="It hurts: stop")).to_have_count(1)
        clock.later(minutes=20)
        person.reads("How strong is it now?")
        person.presses("4")
        person.reads("From 6 to 4.")
        person.presses("Keep complaint, points, 0\N{EN DASH}10, time")
        person.reads("Your diary is on")
        person.presses("My progress")
        chart = person.newest.get_by_role("img", name=re.compile("^Chart from"))
        expect(chart).to_be_visible()
        expect(chart).to_have_js_property("complete", value=True)
        assert chart.evaluate("it => it.naturalWidth") == 1080
        person.presses("Page for my doctor")
        links = person.newest.locator("a.made")
        expect(links).to_have_text(["diary.pdf", "diary.csv"])
        with person.page.expect_download() as download:
            links.first.click()
        assert download.value.path().read_bytes().startswith(b"%PDF")


def test_a_reminder_comes_while_the_page_is_open(arrive: Arrive, tmp_path: Path) -> None:
    clock = Clock()
    with serving(tmp_path, clock=clock) as served:
        person = arrive(served, viewport=PHONE)
        person.begin()
        person.writes("/remind")
        person.reads("On which days")
        person.presses("These days")
        person.reads("At what time?")
        person.presses("18:00")
        person.reads("Which place has your time?")
        person.writes("munich")
        person.reads("Europe/Berlin")
        person.presses("Start the reminders")
        person.reads("Reminders are on")
        clock.later(hours=8)
        person.reads("It is your time, if you like.")
