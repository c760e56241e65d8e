"""For all tests: where the browser is, and nothing left out without saying so."""

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests import postgres as postgresql
from tests.postgres import Server
from tests.processes import ends_its_processes, leaves_no_process_behind

__all__ = ["ends_its_processes", "leaves_no_process_behind"]  # fixtures of every test

NO_BROWSER = "no Chromium on this machine"
IN_CI = bool(os.environ.get("CI"))
SLOW = pytest.StashKey[int]()

# How long an example takes says how busy the machine is, and nothing about the code.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


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
    with postgresql.serving() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a new, empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/data/bot.sqlite3"
    server: Server = request.getfixturevalue("postgres")
    return server.new_database()


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    """Counts the slow proofs among the tests that are left out, in each of the processes that share the work."""
    for item in items:
        if item.get_closest_marker("slow"):
            _count_slow(item.config, item.config.stash.get(SLOW, 0) + 1)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:  # noqa: ANN401 - pytest-xdist has no types
    """One of the processes that share the work has ended: all of them have left out the same."""
    if count := getattr(node, "workeroutput", {}).get("slow"):
        _count_slow(node.config, count)


def _count_slow(config: pytest.Config, count: int) -> None:
    config.stash[SLOW] = count
    if hasattr(config, "workeroutput"):  # we are one of those processes
        config.workeroutput["slow"] = count


@pytest.hookimpl(wrapper=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> Iterator[None]:
    """Ends with one plain line for each kind of tests that were left out."""
    yield
    if slow := config.stash.get(SLOW, 0):
        terminalreporter.write_line(f"Slow proofs left out: {slow}. `make test-all` runs them too.")
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    count = sum(NO_BROWSER in reason for reason in skipped)
    if count:
        terminalreporter.write_line(
            f"Browser tests left out: {count}, for there is {NO_BROWSER}. Install it to run them."
        )
    if skipped and IN_CI:
        terminalreporter.write_line(f"{len(skipped)} tests were left out, which CI does not allow.")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a test that was left out is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if IN_CI and reporter and reporter.stats.get("skipped") and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
