"""Reads the bytes of a knowledge folder once, so that the same bytes are checked, used, hashed and stored."""

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from bot.domain.understanding.reader_model import LARGEST
from bot.library.problems import Problem
from bot.library.reading.yaml_file import MAX_BYTES

MAX_FILES = 2_000
MAX_PICTURE = 400_000  # bytes; far below Telegram's limit, so that a card loads at once on a slow phone
MAX_FOLDER = 60_000_000  # bytes of all files
PICTURES = "pictures/"
EXAMPLES = "examples/"
MODEL = "second_reader.bin"  # beside the files of examples of its language
EXAMPLE_ENDINGS = (".txt", ".bin")  # the messages, and what the second reader has learned from them
PICTURE_ENDINGS = (".png", ".jpg", ".jpeg", ".webp", ".mp4")

Files = Mapping[str, bytes]  # contents by name, relative to the knowledge folder


def read_folder(folder: Path) -> tuple[Files, tuple[Problem, ...]]:
    """Return every YAML file, picture and file of examples, sorted by name, and a problem for each unreadable file.

    Hidden files and all other files are ignored.
    """
    if not folder.is_dir():
        what = "is not a folder" if folder.exists() else "does not exist"
        hint = "Give the folder that holds points/, conditions/ and texts/."
        return {}, (Problem(".", 1, "", "error", f"{folder} {what}", hint),)
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for name, found in _walk(folder, "", (), problems):
        content = _read(name, found, sum(map(len, files.values())), problems)
        if content is not None:
            files[name] = content
        if len(files) > MAX_FILES:
            problems.append(_fault(name, f"over {MAX_FILES:,} files", "Is this the right folder?"))
            break
    return dict(sorted(files.items())), tuple(problems)


def version_of(files: Files) -> str:
    """Return a hash of all names and contents: 12 hexadecimal digits."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode())
        digest.update(files[name])
    return digest.hexdigest()[:12]


def _walk(folder: Path, prefix: str, above: tuple[str, ...], problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    """Yield name and path of each file in `folder` and below. Links to folders are followed, but never in a circle."""
    real = os.path.realpath(folder)
    if real in above:
        problems.append(_fault(prefix.rstrip("/"), "the link leads back to a folder it lies in", "Remove the link."))
        return
    try:
        children = sorted(folder.iterdir())
    except OSError as error:
        problems.append(_unreadable(prefix.rstrip("/") or ".", error))
        return
    for child in children:
        if child.name.startswith("."):
            continue
        if child.is_dir():
            yield from _walk(child, f"{prefix}{child.name}/", (*above, real), problems)
        elif _wanted(prefix + child.name, problems):
            yield prefix + child.name, child


def _wanted(name: str, problems: list[Problem]) -> bool:
    path = PurePosixPath(name)
    if path.suffix.lower() in {".yml", ".yaml"} and path.suffix != ".yaml":
        problems.append(_fault(name, "the file is not read, for its name does not end in .yaml", "Rename it."))
    if not name.isprintable():
        problems.append(_fault(ascii(name), "the file name has unreadable characters", "Rename it."))
        return False
    if name.startswith(EXAMPLES):
        return path.suffix == ".yaml" or path.suffix in EXAMPLE_ENDINGS
    return path.suffix == ".yaml" or (name.startswith(PICTURES) and path.suffix.lower() in PICTURE_ENDINGS)


def _most_bytes(name: str) -> int:
    if name.startswith(PICTURES):
        return MAX_PICTURE
    return LARGEST if name.startswith(EXAMPLES) else MAX_BYTES


def _read(name: str, path: Path, so_far: int, problems: list[Problem]) -> bytes | None:
    most = _most_bytes(name)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            problems.append(_fault(name, "this is not an ordinary file", "Remove it."))
            return None
        if status.st_size > most:
            hint = "Save it smaller." if name.startswith(PICTURES) else "Split it into smaller files."
            problems.append(_fault(name, f"the file is too big, {status.st_size:,} bytes; {most:,} are allowed", hint))
            return None
        if so_far + status.st_size > MAX_FOLDER:
            problems.append(_fault(name, f"the folder holds over {MAX_FOLDER:,} bytes", "Is this the right folder?"))
            return None
        return path.read_bytes()
    except OSError as error:
        problems.append(_unreadable(name, error))
        return None


def _fault(name: str, text: str, hint: str) -> Problem:
    return Problem(name, 1, "", "error", text, hint)


def _unreadable(name: str, error: OSError) -> Problem:
    reason = (error.strerror or "it cannot be read").lower()
    return _fault(name, f"cannot be read: {reason}", "Check that the file is there and may be read.")
