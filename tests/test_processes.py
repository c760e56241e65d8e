"""No process outlives the tests that started it: not when they fail, are interrupted or killed."""

import ast
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import processes
from tests.patience import until

TESTS = Path(__file__).parent
TIMED = {"time.sleep", "asyncio.sleep", "asyncio.wait_for", "asyncio.timeout"}
FIXTURES = """
from tests.processes import ends_its_processes, leaves_no_process_behind
"""
A_TEST = """
import subprocess, sys, time
from pathlib import Path
from tests import processes

SLEEPS = "import os, time, pathlib; pathlib.Path('{name}').write_text(str(os.getpid())); time.sleep(600)"
STARTS = "import os, subprocess, sys; subprocess.run([sys.executable, '-c', os.environ['SLEEPS']])"

def test(tmp_path):
    here = Path.cwd()
    command = [sys.executable, "-c", SLEEPS.format(name="started")]
    {starts}
    while not (here / "started").exists() or not (here / "started").read_text():
        time.sleep(0.01)
    {ends}
"""
STARTS = "processes.start(command, cwd=here)"
STARTS_ANOTHER = (
    "processes.start([sys.executable, '-c', STARTS], cwd=here, env={'SLEEPS': SLEEPS.format(name='started')})"
)
STARTS_LASTING = "processes.start(command, cwd=here, lasting=True)"
STARTS_BY_ITSELF = "subprocess.Popen(command, cwd=here)"
FAILS, PASSES, GOES_ON = "assert False", "pass", "(here / 'goes_on').touch(); time.sleep(600)"

Run = Callable[[str, str], processes.Process]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs pytest with one test that starts a process so, and then ends so."""

    def begin(starts: str, ends: str) -> processes.Process:
        (tmp_path / "conftest.py").write_text(FIXTURES)
        (tmp_path / "test_one.py").write_text(A_TEST.replace("{starts}", starts).replace("{ends}", ends))
        environ = {**os.environ, "PYTHONPATH": str(TESTS.parent), "PATIENCE": "1"}
        environ |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_one.py"]
        return processes.start(command, cwd=tmp_path, env=environ, output=subprocess.PIPE)

    return begin


def sleeper(folder: Path) -> int:
    return int((folder / "started").read_text())


def runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


linux = pytest.mark.skipif(sys.platform != "linux", reason="which processes run stands in Linux's /proc")


@linux
@pytest.mark.parametrize("starts", [STARTS, STARTS_ANOTHER], ids=["one", "one that starts another"])
@pytest.mark.parametrize(("ends", "code"), [(FAILS, 1), (PASSES, 0)], ids=["fails", "passes"])
def test_a_process_ends_with_its_test(run: Run, tmp_path: Path, starts: str, ends: str, code: int) -> None:
    pytest_itself = run(starts, ends)
    said, _ = pytest_itself.communicate()
    assert pytest_itself.returncode == code, said
    assert not runs(sleeper(tmp_path))


@linux
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
def test_a_process_ends_when_the_test_run_is_stopped(run: Run, tmp_path: Path, number: signal.Signals) -> None:
    pytest_itself = run(STARTS_ANOTHER, GOES_ON)
    until((tmp_path / "goes_on").exists, "the test did not begin")
    assert runs(sleeper(tmp_path))
    processes.stop(pytest_itself, number)
    until(lambda: not runs(sleeper(tmp_path)), "the process goes on")


@linux
@pytest.mark.parametrize("starts", [STARTS_LASTING, STARTS_BY_ITSELF], ids=["lasting", "started by itself"])
def test_a_test_run_that_leaves_a_process_behind_fails(run: Run, tmp_path: Path, starts: str) -> None:
    pytest_itself = run(starts, PASSES)
    try:
        said, _ = pytest_itself.communicate()
        assert pytest_itself.returncode == 1
        assert "left behind" in said
    finally:
        if runs(sleeper(tmp_path)):
            os.kill(sleeper(tmp_path), signal.SIGKILL)


def calls_in(file: Path) -> list[tuple[str, ast.Call]]:
    """The calls in a file, each with its whole name."""
    nodes = ast.walk(ast.parse(file.read_text("utf-8")))
    return [(ast.unparse(node.func), node) for node in nodes if isinstance(node, ast.Call)]


FILES = sorted(set(TESTS.rglob("*.py")) - {TESTS / "processes.py", TESTS / "watchman.py", Path(__file__)})


def test_nothing_but_this_kit_starts_processes_that_outlive_a_call() -> None:
    for name, call in (each for file in FILES for each in calls_in(file)):
        assert name.rpartition(".")[2] not in {"Popen", "check_output", "check_call", "fork"}, ast.unparse(call)
        if name == "subprocess.run":
            assert "timeout" in {keyword.arg for keyword in call.keywords}, f"{ast.unparse(call)} may wait for ever"


def test_no_test_has_a_deadline_or_a_pause_of_its_own() -> None:
    """They wait for events; the one deadline stands in tests/patience.py. `sleep(0)` only lets others go first."""
    for name, call in (each for file in FILES for each in calls_in(file)):
        waits = name in TIMED or name.rpartition(".")[2] in {"wait", "join", "communicate", "settimeout"}
        given = [*(call.args if waits else ()), *(each.value for each in call.keywords if each.arg == "timeout")]
        numbers = [
            each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, int | float)
        ]
        assert not any(numbers), ast.unparse(call)


def test_no_test_looks_how_long_something_takes() -> None:
    """That depends on the machine; benchmarks/ measures it."""
    server = TESTS / "end_to_end/bot_api.py"  # holds a poll open as long as it is asked to
    for name, call in (each for file in set(FILES) - {server, TESTS / "patience.py"} for each in calls_in(file)):
        assert name not in {"time.monotonic", "time.perf_counter", "time.process_time", "time.time"}, ast.unparse(call)
