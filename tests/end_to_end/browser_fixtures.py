"""The fixtures of the browser tests: the browser and the page, started once a module, and the people."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.end_to_end.browsing import MILLISECONDS, Person, visit
from tests.end_to_end.web_site import Served, serving

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def browser(chromium_path: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        expect.set_options(timeout=MILLISECONDS)
        browser = playwright.chromium.launch(executable_path=chromium_path, args=list(FLAGS), timeout=MILLISECONDS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture
def arrive(browser: Browser, served: Served) -> Iterator[Callable[..., Person]]:
    """Opens the page for a new person; keyword arguments are Playwright's for a context."""
    with ExitStack() as stack:

        def open_page(served: Served = served, **options: Any) -> Person:  # noqa: ANN401  (Playwright's options)
            return stack.enter_context(visit(browser, served.address, **options))

        yield open_page
