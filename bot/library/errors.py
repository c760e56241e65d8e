"""Exceptions of the library."""

from collections.abc import Sequence
from pathlib import Path

from bot.library.problems import Problem, counted

_SHOWN = 20  # problems listed in the message


class KnowledgeError(Exception):
    """The knowledge has errors, and there is no earlier good version to use instead. `problems` are the errors."""

    def __init__(self, folder: Path, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [str(problem) for problem in self.problems[:_SHOWN]]
        more = len(self.problems) - _SHOWN
        lines += [f"... and {more} more. Run: python -m bot check"] if more > 0 else []
        super().__init__("\n".join([f"The knowledge in {folder} has {counted(len(problems), 'error')}:", *lines]))


class ArchiveError(Exception):
    """The bytes are not an archive of a knowledge folder."""


class NoEarlierVersionError(Exception):
    """A rollback was asked for, but no earlier version is stored."""

    def __init__(self) -> None:
        super().__init__("There is no earlier version to go back to.")


class NotEmptyError(Exception):
    """The target folder of a copy is not empty, or not a folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} is not empty. Give a new or empty folder.")


class UpgradeError(Exception):
    """A folder cannot be upgraded. Nothing in it has been changed."""

    def __init__(
        self, problems: Sequence[Problem], text: str = "The folder cannot be upgraded; mend this first:"
    ) -> None:
        super().__init__("\n".join([text, *map(str, problems)]))
