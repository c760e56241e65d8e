"""Data files and short views of what is understood, for the tests of this folder."""

from pathlib import Path

from bot.domain.knowledge import Urgency
from bot.domain.understanding.understood import Understood

DATA = Path(__file__).parents[1] / "data"
STOPS = {Urgency.EMERGENCY, Urgency.SAME_DAY}


def lines(name: str) -> list[str]:
    """The lines of a data file, without comments and empty lines."""
    text = (DATA / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def pairs(name: str) -> list[tuple[str, str]]:
    """The lines of a data file, split in two at the first bar."""
    parted = (line.split("|", 1) for line in lines(name))
    return [(left.strip(), right.strip()) for left, right in parted]


def flags(understood: Understood) -> list[str]:
    """The ids of all flags raised."""
    return [flag.id for flag in understood.red_flags]


def stops(understood: Understood) -> bool:
    """Whether a flag was raised that stops everything else."""
    return any(flag.urgency in STOPS for flag in understood.red_flags)


def accepted(understood: Understood) -> list[str]:
    """The ids of the complaints that are accepted."""
    return [each.id for each in understood.accepted]


def named(understood: Understood) -> list[str]:
    """The ids of the complaints that are accepted or asked about."""
    return [each.id for each in (*understood.accepted, *understood.offered)]
