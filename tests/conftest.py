"""For all tests: where the browser is, and nothing left out without saying so."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Server

NO_BROWSER = "no Chromium on this machine"
IN_CI = bool(os.environ.get("CI"))


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The browser for tests of pages. Without one they are skipped, in CI they fail."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next(filter(None, map(shutil.which, names)), None)
    if found:
        return Path(found)
    if IN_CI:
        pytest.fail(NO_BROWSER)
    pytest.skip(NO_BROWSER)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server."""
    server = Server()
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a new, empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/data/bot.sqlite3"
    server: Server = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.hookimpl(wrapper=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
    """Ends with one plain line about the browser tests that were left out."""
    yield
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    count = sum(NO_BROWSER in reason for reason in skipped)
    if count:
        terminalreporter.write_line(f"{count} browser tests were left out: {NO_BROWSER}. Install it to run them.")
    if skipped and IN_CI:
        terminalreporter.write_line(f"{len(skipped)} tests were left out, which CI does not allow.")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a test that was left out is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if IN_CI and reporter and reporter.stats.get("skipped") and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
