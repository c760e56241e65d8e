"""The processes that tests start. Each ends with its test, and all end with the test run, even if that is killed.

This is the only module of the tests that starts processes which outlive a call: tests/test_processes.py holds the
others to it. Whatever a process starts in its turn belongs to its group and ends with it.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TypeAlias

import pytest

from tests.patience import PATIENCE, until

Process: TypeAlias = subprocess.Popen[str]

WATCHMAN = Path(__file__).with_name("watchman.py")


@dataclass
class _Started:
    """What this test run has started and has not seen end, and the watchman beside it."""

    lasting: list[Process] = field(default_factory=list)
    of_this_test: list[Process] = field(default_factory=list)
    watchman: Process | None = None

    def tell_watchman(self, line: str) -> None:
        if self.watchman is None:
            command = [sys.executable, "-I", str(WATCHMAN)]
            self.watchman = subprocess.Popen(command, stdin=subprocess.PIPE, text=True, start_new_session=True)
        assert self.watchman.stdin
        self.watchman.stdin.write(f"{line}\n")
        self.watchman.stdin.flush()


_started = _Started()


def start(
    command: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    output: int | IO[str] | None = None,
    user: str | None = None,
    lasting: bool = False,
) -> Process:
    """Starts a process in a group of its own. It is ended after the test unless it has ended by then.

    `output`: where both its outputs go, as `subprocess` has it. `lasting`: it serves several tests; a fixture calls
    `end`.
    """
    process = subprocess.Popen(
        command, cwd=cwd, env=env, stdout=output, stderr=output, text=True, user=user, start_new_session=True
    )
    (_started.lasting if lasting else _started.of_this_test).append(process)
    _started.tell_watchman(f"+{process.pid}")
    return process


def stop(process: Process, number: signal.Signals = signal.SIGTERM) -> str:
    """Asks it to stop and waits for that; returns all it wrote if it writes into pipes."""
    process.send_signal(number)
    out, err = process.communicate(timeout=PATIENCE)
    return (out or "") + (err or "")


def kill(process: Process) -> None:
    """Ends it as a crash would: at once."""
    process.send_signal(signal.SIGKILL)
    process.wait(PATIENCE)


def end(process: Process) -> None:
    """Ends it and whatever it has started, if anything of that still runs."""
    if is_left(process.pid):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(PATIENCE)
    for pipe in filter(None, (process.stdout, process.stderr)):
        pipe.close()
    until(lambda: not is_left(process.pid), f"{process.args!r} cannot be ended")
    _started.tell_watchman(f"-{process.pid}")
    for those in (_started.lasting, _started.of_this_test):
        if process in those:
            those.remove(process)


def is_left(group: int) -> bool:
    """Whether any process of a group still runs. One that has ended and only waits to be collected does not."""
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):  # macOS says the second of a group that has ended
        return False
    return any(of_group == group for _, _, of_group in _running()) if Path("/proc/self/stat").exists() else True


def _running() -> Iterator[tuple[int, int, int]]:
    """Of each process that has not ended: its number, its parent's and its group's. None on systems without /proc."""
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            line = (entry / "stat").read_text(encoding="utf-8", errors="replace")
            state, parent, group = line.rpartition(")")[2].split()[:3]
            if state != "Z":
                yield int(entry.name), int(parent), int(group)


def descendants() -> dict[int, str]:
    """The processes that descend from this one and run: the command of each. Nothing on systems without /proc."""
    parents = {process: parent for process, parent, _ in _running()}
    found: dict[int, str] = {}
    ours = {os.getpid()}
    while ours:
        ours = {process for process, parent in parents.items() if parent in ours}
        found |= {process: _command(process) for process in ours}
    return found


def _command(process: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8", errors="replace").replace("\0", " ").strip()
    return ""


@pytest.fixture(autouse=True)
def ends_its_processes() -> Iterator[None]:
    """Ends what the test has started, also when it fails or is interrupted."""
    yield
    for process in reversed(_started.of_this_test[:]):
        end(process)


@pytest.fixture(scope="session", autouse=True)
def leaves_no_process_behind() -> Iterator[None]:
    """The run fails if anything that it started still runs when all fixtures have ended."""
    yield
    left = [str(process.args) for process in _started.lasting]
    for process in _started.lasting[:]:
        end(process)
    watchman, _started.watchman = _started.watchman, None
    if watchman:
        watchman.communicate(timeout=PATIENCE)
    until(lambda: not descendants(), f"left behind: {list(descendants().values())}")
    assert not left, f"left behind: {left}"
