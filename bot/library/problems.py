"""Problems of the knowledge folder. Each has its file, its line and the next step for the editor."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process

Severity = Literal["error", "warning"]

_CLOSE = 60  # rapidfuzz ratio (0 to 100) from which a known name is proposed
_LISTED = 8  # known names listed in a hint at most


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One problem. The knowledge is not used if it has an error; it is with warnings.

    `file` is relative to the knowledge folder, `line` counts from 1, and `entry` is the id of the entry with the
    problem, or empty. `hint` is the next step.
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
    """Return the problems that are errors."""
    return tuple(problem for problem in problems if problem.severity == "error")


def did_you_mean(wrong: str, known: Collection[str], otherwise: str) -> str:
    """Return a hint for an unknown name: the nearest known one, or all of them if they are few, or `otherwise`."""
    folded = {name.casefold(): name for name in sorted(known)}
    found = process.extractOne(wrong.casefold(), folded.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE)
    if found:
        return f'Did you mean "{folded[found[0]]}"?'
    if 0 < len(known) <= _LISTED:
        return f"Known are: {', '.join(sorted(known))}."
    return otherwise


def counted(number: int, noun: str) -> str:
    """Return the number with its noun: `1 error`, `2 errors`, `No errors`."""
    return f"{number or 'No'} {noun}{'' if number == 1 else 's'}"
