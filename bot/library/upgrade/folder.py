"""Upgrades a folder on disk: makes a copy of it, then writes the new files."""

import shutil
from pathlib import Path

from bot.library.errors import UpgradeError
from bot.library.reading.folder import read_folder
from bot.library.shipped import shipped
from bot.library.upgrade import upgraded
from bot.library.upgrade.earlier import renamed_concepts, shipped_earlier
from bot.library.upgrade.moving import has_earlier_layout

BACKUP = ".before-0.2.0"  # added to the name of the folder
SUMMARY = "upgrade-0.2.0.txt"  # a file in the folder


def upgrade_folder(folder: Path) -> tuple[str, ...]:
    """Upgrade a folder in place, and return lines that say what was done; the file SUMMARY has them, too.

    A copy of the folder as it was stays beside it. Raises UpgradeError if the folder cannot be upgraded, before
    anything is changed, and OSError if a file cannot be read or written.
    """
    theirs, problems = read_folder(folder)
    if problems:
        raise UpgradeError(problems)
    if not has_earlier_layout(theirs):
        raise UpgradeError((), f"{folder} is no knowledge folder of 0.1.0: it has no texts/en/signs.yaml.")
    backup = folder.with_name(folder.resolve().name + BACKUP)
    if backup.exists():
        raise UpgradeError(
            (), f"{backup} is there already. Move it away; the folder as it was is kept under that name."
        )
    done = upgraded(theirs, read_folder(shipped())[0], shipped_earlier(), renamed_concepts())
    shutil.copytree(folder, backup, symlinks=True)
    for name, content in done.files.items():
        if theirs.get(name) != content:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f".{path.name}.new")
            draft.write_bytes(content)
            draft.replace(path)
    for name in theirs.keys() - done.files.keys():
        (folder / name).unlink()
    lines = (*done.notes.lines(), f"The folder as it was is {backup}.", f"Next: python -m bot check {folder}")
    (folder / SUMMARY).write_text("\n".join(lines) + "\n", "utf-8")
    return lines
