"""What shipped with an earlier release: everything in an operator's folder that differs from it is the operator's."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files as package_files

from bot.library.archive import unpack
from bot.library.reading.folder import Files

HASHES = "pictures.sha256"  # in the archive: a line for each picture, its hash and its name
_ARCHIVE = "0.1.0.zip"
_RENAMED = "renamed_concepts.tsv"


@dataclass(frozen=True, slots=True)
class Earlier:
    """The files of a release, and the hashes of its pictures by name."""

    files: Files
    pictures: Mapping[str, str]


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def shipped_earlier() -> Earlier:
    """The knowledge of 0.1.0."""
    files = dict(unpack(package_files(__package__).joinpath(_ARCHIVE).read_bytes()))
    lines = files.pop(HASHES).decode().splitlines()
    return Earlier(files, {name: digest for digest, _, name in (line.partition(" ") for line in lines)})


def renamed_concepts() -> dict[str, str]:
    """The concepts that have had another name, by that name."""
    lines = package_files(__package__).joinpath(_RENAMED).read_text("utf-8").splitlines()
    return {old: new for old, _, new in (line.partition("\t") for line in lines)}
