"""The key under which knowledge is stored as proven. It changes with everything that the proof depends on."""

import hashlib
import platform
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import bot

SUBPACKAGES = ("domain", "library")  # the code that understands and decides, and the code that proves
DEPENDENCIES = ("imagesize", "pydantic", "pyyaml", "rapidfuzz")  # the distributions that they import


def core_fingerprint() -> str:
    """Return the key of the running program. It changes with an upgrade of the program, a dependency or Python."""
    return fingerprint(Path(bot.__file__).parent, running_versions())


def fingerprint(package: Path, versions: Mapping[str, str]) -> str:
    """Return the key of the program in the folder `package`, run with these versions: 16 hexadecimal digits.

    All files of the subpackages count, code and data, however deep. Raises FileNotFoundError if a subpackage has no
    code: its files must have moved, and changes in them would go unnoticed.
    """
    digest = hashlib.sha256()
    for name, content in _parts(package, versions):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def running_versions(packages: Iterable[str] = DEPENDENCIES) -> Mapping[str, str]:
    """Return the versions of Python (major and minor) and of the distributions `packages`, by name."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {"python": python, **{package: version(package) for package in packages}}


def _parts(package: Path, versions: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    for subpackage in SUBPACKAGES:
        files = [path for path in sorted((package / subpackage).rglob("*")) if _counts(path)]
        if not any(path.suffix == ".py" for path in files):
            raise FileNotFoundError(f"no code in {package / subpackage}")
        yield from ((path.relative_to(package).as_posix(), path.read_bytes()) for path in files)
    yield from ((name, each.encode()) for name, each in sorted(versions.items()))


def _counts(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts
