"""`check`, `format`, `learn`, `concepts`, `copy-knowledge` and `upgrade-knowledge`. Each returns its exit code."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.knowledge import Effect, Knowledge
from bot.library.dictionary import Dictionary
from bot.library.errors import NotEmptyError, UpgradeError
from bot.library.formatting import formatted
from bot.library.library import read_library
from bot.library.problems import counted, errors
from bot.library.reading.draft import read
from bot.library.reading.folder import read_folder
from bot.library.reading.layout import languages
from bot.library.shipped import copy_shipped
from bot.library.training.examples import read_examples
from bot.library.training.model_file import learned, model_file
from bot.library.upgrade.folder import upgrade_folder


def run_check(folder: Path) -> int:
    """Print every problem in the folder, one a line, and what was checked. Returns 0 if there is no error, else 1."""
    read = read_library(folder, datetime.now(UTC), thorough=True)
    lines = list(map(str, read.problems))
    if read.loaded:
        lines += ["How each precaution that stops or leaves out comes up:", *reached_table(read.loaded.knowledge), ""]
    counts = f": {read.loaded.counts}" if read.loaded else ""
    lines.append(f"Checked {read.files} files{counts}. {read.summary}.")
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if errors(read.problems) else 0


def reached_table(knowledge: Knowledge) -> list[str]:
    """Return a line for each contraindication that stops or leaves out: its effect and how it is reached (S-28)."""
    concerned = [entry for entry in knowledge.contraindications.values() if entry.effect is not Effect.CAUTION]
    width = max((len(entry.id) for entry in concerned), default=0)
    return [f"  {entry.id:{width}}  {entry.effect:16}  {', '.join(entry.reached_by)}" for entry in concerned]


def run_format(folder: Path, *, only_check: bool) -> int:
    """Rewrite every file of the folder in the one style, or with `only_check` list those that are not.

    Returns 1 if a file has faults or, with `only_check`, if one is not in that style; else 0.
    """
    files, problems = read_folder(folder)
    found = list(problems)
    changed = []
    for name, content in files.items():
        if name.endswith(".yaml"):
            new, faults = formatted(name, content)
            found.extend(faults)
            if new != content:
                changed.append(name)
                if not only_check:
                    _replace(folder / name, new)
    done = "to be formatted: python -m bot format" if only_check else "formatted"
    lines = [*map(str, found), *(f"knowledge/{name}" for name in changed), f"{counted(len(changed), 'file')} {done}."]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if found or (changed and only_check) else 0


def run_learn(folder: Path) -> int:
    """Make the model of the second reader anew, for each language. 0 when done, else 1, with the reason on stderr."""
    files, problems = read_folder(folder)
    if problems:
        sys.stderr.write("\n".join(map(str, problems)) + "\n")
        return 1
    for language in languages(list(files)):
        name = model_file(language)
        try:
            model = learned(files, language)
            _replace(folder / name, model)
        except (ValueError, OSError) as error:
            sys.stderr.write(f"{error}\n")
            return 1
        number = counted(len(read_examples(files, language)), "example")
        sys.stdout.write(f"knowledge/{name}: learned from {number}, {len(model):,} bytes.\n")
    return 0


def _replace(path: Path, content: bytes) -> None:
    """Replace the file atomically: after a crash it has the whole new or the whole old content."""
    draft = path.with_name(f".{path.name}.new")
    draft.write_bytes(content)
    draft.replace(path)


def run_concepts(folder: Path, word: str) -> int:
    """Print the concepts and groups with this word, or all groups if it is empty. Returns 0 if there is any, else 1."""
    draft, _ = read(read_folder(folder)[0])
    dictionary = Dictionary(draft)
    lines = dictionary.about(word) if word else dictionary.groups()
    sys.stdout.write("\n".join(lines or [f'No concept or group has "{word}" in its name or its ways.']) + "\n")
    return 0 if lines else 1


def run_copy(folder: Path) -> int:
    """Copy the shipped knowledge into a new or empty folder. Returns 0 if that worked, else 1."""
    try:
        number = copy_shipped(folder)
    except (NotEmptyError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"Copied {number} files to {folder}.\nAfter editing: python -m bot check {folder}\n")
    return 0


def run_upgrade(folder: Path) -> int:
    """Upgrade an edited folder of an earlier release to today's knowledge. Returns 0 if that worked, else 1."""
    try:
        lines = upgrade_folder(folder)
    except (UpgradeError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write("\n".join(lines) + "\n")
    return 0
