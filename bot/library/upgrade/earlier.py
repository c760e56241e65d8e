"""The knowledge of an earlier release: whatever differs from it in an operator's folder is the operator's edit."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files as package_files

from bot.library.archive import unpack
from bot.library.reading.folder import Files

HASHES = "pictures.sha256"  # a file in the archive with a line for each picture: its hash and its name
_ARCHIVE = "0.1.0.zip"
_RENAMED = "renamed_concepts.tsv"


@dataclass(frozen=True, slots=True)
class EarlierRelease:
    """The files of a release without its pictures, and the hashes of the pictures, both by name."""

    files: Files
    pictures: Mapping[str, str]


def hash_of(content: bytes) -> str:
    """Return the hash of a picture: 16 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()[:16]


def shipped_earlier() -> EarlierRelease:
    """Return the knowledge of 0.1.0."""
    files = dict(unpack(package_files(__package__).joinpath(_ARCHIVE).read_bytes()))
    lines = files.pop(HASHES).decode().splitlines()
    return EarlierRelease(files, {name: digest for digest, _, name in (line.partition(" ") for line in lines)})


def renamed_concepts() -> dict[str, str]:
    """Return the new names of concepts by their old ones."""
    lines = package_files(__package__).joinpath(_RENAMED).read_text("utf-8").splitlines()
    return {old: new for old, _, new in (line.partition("\t") for line in lines)}
