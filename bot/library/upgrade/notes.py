"""What an upgrade did to an operator's folder, in lines for the operator."""

from dataclasses import dataclass, field

from bot.library.problems import counted


@dataclass(slots=True)
class Notes:
    """`edits` were kept as they are; `undecided` were, too, though today's knowledge has something else there."""

    edits: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Everything, under headings; what wants a decision comes first."""
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
