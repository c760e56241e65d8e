"""Notes for the operator on what an upgrade did to the folder."""

from dataclasses import dataclass, field

from bot.library.problems import counted


@dataclass(slots=True)
class Notes:
    """Files and entries by what was done to them, each as a line.

    `edits` were kept. `undecided` were kept, too, although today's knowledge has something else there. `removed` by the
    operator were left out, and `restored` were put back.
    """

    edits: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return all lines under headings, those that need a decision first."""
        found: list[str] = []
        for title, lines in (
            ("could not be decided, yours was kept: look at each", self.undecided),
            ("put back, for the bot does not run without it", self.restored),
            ("kept that you added or changed", self.edits),
            ("left out because you removed it", self.removed),
        ):
            if lines:
                found += [f"{counted(len(lines), 'thing')} {title}:", *(f"  {line}" for line in lines)]
        return found or ["Nothing of yours was found: the folder has today's knowledge now."]
