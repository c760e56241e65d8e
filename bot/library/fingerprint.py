"""Under which key knowledge counts as proven: it changes with everything that the proof depends on."""

import hashlib
import platform
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import bot

ROOMS = ("domain", "library")  # of the package: what understands and decides, and what proves
PACKAGES = ("imagesize", "pydantic", "pyyaml", "rapidfuzz")  # what the rooms import from elsewhere


def core_fingerprint() -> str:
    """The key of this program. After an upgrade of it, of a library or of Python the knowledge is proven anew."""
    return fingerprint(Path(bot.__file__).parent, running_versions())


def fingerprint(package: Path, versions: Mapping[str, str]) -> str:
    """The key of the program in the folder `package`, run with these versions: 16 hexadecimal digits.

    All files of the rooms count, those of packages within them and data too. Raises FileNotFoundError for a room
    without any code: its files would have moved, and changes in them would go unseen.
    """
    digest = hashlib.sha256()
    for name, content in _parts(package, versions):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def running_versions(packages: Iterable[str] = PACKAGES) -> Mapping[str, str]:
    """The versions that decide with the program: of Python, without its patch level, and of the packages."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {"python": python, **{package: version(package) for package in packages}}


def _parts(package: Path, versions: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    for room in ROOMS:
        files = [path for path in sorted((package / room).rglob("*")) if _counts(path)]
        if not any(path.suffix == ".py" for path in files):
            raise FileNotFoundError(f"no code in {package / room}")
        yield from ((path.relative_to(package).as_posix(), path.read_bytes()) for path in files)
    yield from ((name, each.encode()) for name, each in sorted(versions.items()))


def _counts(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts
