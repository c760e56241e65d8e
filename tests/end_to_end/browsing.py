"""A person in front of the try-out page, in a real browser."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.patience import PATIENCE

MILLISECONDS = PATIENCE * 1000  # Playwright's unit
# The page offers to try again after half a minute without an answer. A /reload on a busy machine may take longer.
WAITS_LONGER = f"AbortSignal.timeout = (short => () => short({MILLISECONDS}))(AbortSignal.timeout.bind(AbortSignal))"
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1100, "height": 800}


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who reads the page, writes and presses."""

    page: Page

    @property
    def field(self) -> Locator:
        return self.page.get_by_role("textbox", name="Your message")

    @property
    def newest(self) -> Locator:
        """The bot's newest message, with its buttons."""
        return self.page.locator(".theirs").last

    def button(self, label: str) -> Locator:
        """The newest button under a message whose label ends like that: "1 Pregnant" finds "☐ 1 Pregnant"."""
        return self.page.locator(".keys .key").filter(has_text=re.compile(f"{re.escape(label)}$")).last

    def begin(self) -> None:
        self.page.get_by_role("button", name="Start", exact=True).click()
        self.reads(re.compile("Tell me what hurts|What hurts"))

    def writes(self, text: str) -> None:
        self.field.fill(text)
        self.field.press("Enter")

    def presses(self, *labels: str) -> None:
        for label in labels:
            self.button(label).click()

    def reads(self, text: str | re.Pattern[str]) -> None:
        """Waits until the newest message says so."""
        expect(self.newest).to_contain_text(text)

    def reaches_the_checklist(self, complaint: str) -> None:
        self.writes(complaint)
        self.reads("Right now, do you have any of these?")
        self.presses("None of these")
        self.reads("tick what is true for you")


@contextmanager
def visit(browser: Browser, address: str, **options: Any) -> Iterator[Person]:  # noqa: ANN401  (Playwright's options)
    """A new person with a chat of its own. An error in the page's scripts fails the test."""
    context = browser.new_context(**({"viewport": DESKTOP} | options))
    try:
        context.set_default_timeout(MILLISECONDS)
        context.add_init_script(WAITS_LONGER)
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if "Content Security Policy" in line.text else None)
        page.goto(address)
        yield Person(page)
        assert errors == []
    finally:
        context.close()
