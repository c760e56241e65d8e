"""The knowledge that travels with the program."""

import shutil
from pathlib import Path

import bot
from bot.library.errors import NotEmptyError


def shipped() -> Path:
    """Its folder: `knowledge` beside the package in a checkout, `_knowledge` inside it in an installed wheel."""
    package = Path(bot.__file__).resolve().parent
    installed = package / "_knowledge"
    return installed if installed.is_dir() else package.parent / "knowledge"


def copy_shipped(folder: Path) -> int:
    """Give an editor a copy to work on; the number of files. An existing folder must be empty."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotEmptyError(folder)
    shutil.copytree(shipped(), folder, dirs_exist_ok=True)
    return sum(path.is_file() for path in folder.rglob("*"))
