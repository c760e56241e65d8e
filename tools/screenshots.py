#!/usr/bin/env python3
"""Makes docs/try-light.png and docs/try-dark.png from the real bot: `python -m tools.screenshots`. Needs Chromium."""

import base64
import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, expect, sync_playwright

from bot.channels.web.application import application
from bot.channels.web.server import HOST, listen, server
from bot.config.settings import load_settings
from bot.wiring import Services, build

DOCS = Path(__file__).parents[1] / "docs"
LIMIT = 150_000


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("No Chromium found.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright, listen(0) as opened:
        port = opened.getsockname()[1]
        running = server(application(services_for_trying(folder), port))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [opened]}, daemon=True)
        thread.start()
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        _shoot(browser, port, "light")
        _shoot(browser, port, "dark")
        browser.close()
        running.should_exit = True
        thread.join()


def services_for_trying(folder: str) -> Services:
    """The bot with the shipped knowledge and a database that is thrown away."""
    key = base64.urlsafe_b64encode(os.urandom(32)).decode()
    environ = {"DATA_KEY": key, "DATABASE_URL": f"sqlite:///{folder}/data/bot.sqlite3"}
    return build(load_settings(environ, Path(folder), need_token=False))


def _shoot(browser: Browser, port: int, scheme: Literal["light", "dark"]) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"http://{HOST}:{port}/")
    page.get_by_role("button", name="Start", exact=True).click()
    _say(page, "my neck is stiff from the computer", "Right now")
    if scheme == "dark":
        _press(page, "None of these", "tick what is true")
        _press(page, "None of these", "press this one first")
    page.locator("#field").blur()
    page.mouse.move(0, 0)
    target = DOCS / f"try-{scheme}.png"
    page.screenshot(path=target)
    context.close()
    size = target.stat().st_size
    sys.stdout.write(f"{target.name}: {size} bytes\n")
    if size > LIMIT:
        sys.exit(f"{target.name} is larger than {LIMIT} bytes.")


def _say(page: Page, text: str, answer: str) -> None:
    page.get_by_label("Your message").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator(".theirs").last).to_contain_text(answer)


def _press(page: Page, label: str, answer: str) -> None:
    page.locator(".theirs").last.get_by_role("button", name=label).click()
    expect(page.locator(".theirs").last).to_contain_text(answer)


if __name__ == "__main__":
    main()
