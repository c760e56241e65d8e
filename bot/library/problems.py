"""What is wrong in the knowledge folder, and where: every problem knows its file, its line and the next step."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process

Severity = Literal["error", "warning"]

_CLOSE = 60  # rapidfuzz ratio from which a known name is worth proposing
_LISTED = 8  # that many known names are named in a hint; more would bury the message


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault. An error keeps the knowledge from being used, a warning does not.

    `file` is relative to the knowledge folder, `line` counts from 1, `entry` is the id the fault stands under or empty.
    """

    file: str
    line: int
    entry: str
    severity: Severity
    text: str
    hint: str

    def __str__(self) -> str:
        place = f"knowledge/{self.file}:{self.line}: "
        level = "warning: " if self.severity == "warning" else ""
        entry = f"{self.entry}: " if self.entry else ""
        return f"{place}{level}{entry}{self.text}. {self.hint}"


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those that keep the knowledge from being used."""
    return tuple(problem for problem in problems if problem.severity == "error")


def did_you_mean(wrong: str, known: Collection[str], otherwise: str) -> str:
    """A hint for a name that is not known: the nearest one, else the whole list when short, else `otherwise`."""
    folded = {name.casefold(): name for name in sorted(known)}
    found = process.extractOne(wrong.casefold(), folded.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE)
    if found:
        return f'Did you mean "{folded[found[0]]}"?'
    if 0 < len(known) <= _LISTED:
        return f"Known are: {', '.join(sorted(known))}."
    return otherwise


def counted(number: int, noun: str) -> str:
    """`1 error`, `2 errors`, `No errors`."""
    return f"{number or 'No'} {noun}{'' if number == 1 else 's'}"
