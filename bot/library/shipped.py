"""The knowledge that is shipped with the program."""

import shutil
from pathlib import Path

import bot
from bot.library.errors import NotEmptyError


def shipped() -> Path:
    """Return its folder: `knowledge` beside the package in a checkout, `_knowledge` inside it in an installed wheel."""
    package = Path(bot.__file__).resolve().parent
    installed = package / "_knowledge"
    return installed if installed.is_dir() else package.parent / "knowledge"


def copy_shipped(folder: Path) -> int:
    """Copy the shipped knowledge into a new or empty folder, and return the number of files.

    Raises NotEmptyError if the folder is not empty or is no folder, and OSError if it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotEmptyError(folder)
    shutil.copytree(shipped(), folder, dirs_exist_ok=True)
    return sum(path.is_file() for path in folder.rglob("*"))
