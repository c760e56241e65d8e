"""Checks that the signs of each red flag are in its own file."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from bot.library.problems import Problem
from bot.library.reading.draft import Draft


def file_is_flag(draft: Draft) -> Iterator[Problem]:
    """The signs of a red flag must be in signs/<its id>.yaml, and that file must have no others."""
    for language in draft.languages:
        for entry in draft.entries(f"{language}/signs").values():
            if PurePosixPath(entry.tree.file).stem != entry.id:
                hint = f"Move them to texts/{language}/signs/{entry.id}.yaml."
                yield entry.problem((), "these signs stand in the file of another red flag", hint)
