"""The upgrade of a folder on the disk: a copy of it first, then all files or none."""

import shutil
from pathlib import Path

from bot.library.errors import UpgradeError
from bot.library.reading.folder import read_folder
from bot.library.shipped import shipped
from bot.library.upgrade import upgraded
from bot.library.upgrade.earlier import renamed_concepts, shipped_earlier
from bot.library.upgrade.moving import has_earlier_layout

BACKUP = ".before-0.2.0"
SUMMARY = "upgrade-0.2.0.txt"


def upgrade_folder(folder: Path) -> tuple[str, ...]:
    """Upgrade a folder in place; what was done, a line each. Raises UpgradeError, and then nothing has changed.

    The folder as it was is kept beside it, and the lines stay in it as a file.
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
