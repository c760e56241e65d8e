"""Moves each threshold of ranking.py and bare_parts.py and shows what it does. By hand, on labelled messages:

.venv/bin/python -m benchmarks.thresholds [FILE] [--part first-two-thirds] [--plot docs/thresholds.png]

One threshold is moved at a time, the others stay as they are. Choose on messages that are yours to learn from, and
look at the others only then: --part first-two-thirds, later --part last-third.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.cases import LISTS, PARTS, Case, read_cases
from benchmarks.matchers import Matcher, Ours, knowledge_of_today
from benchmarks.outcomes import Outcome, outcome
from benchmarks.pictures import moved
from bot.domain.understanding import bare_parts, ranking, understand

MODULES = (ranking, bare_parts, understand)  # that hold thresholds, or read them by name
NO_THRESHOLDS = {"FULL", "MOST_COMPLAINTS"}  # the scale itself, and how many complaints a card holds
SHARES = tuple(step / 20 for step in range(21))
COUNTS = (0, 1, 2, 3, 4, 6, 8)
TIMES = (0, 0.25, 0.5, 0.75, 1.25, 1.5, 2, 3, 5)
SMALL = 0.1  # below it a threshold is tried at multiples of itself


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "file", nargs="?", type=Path, default=LISTS, help="labelled messages, or a folder of lists like tests/data"
    )
    parser.add_argument("--part", choices=PARTS, default="all")
    parser.add_argument("--plot", type=Path, help="where to draw the curves (PNG)")
    asked = parser.parse_args()
    cases = [case for case in read_cases(asked.file, asked.part) if not case.unsure]
    ours = Ours(knowledge_of_today())
    curves: dict[str, dict[float, Outcome]] = {}
    say(f"{'threshold':<18}{'':>8}{'right':>8}{'at once':>9}{'wrong':>8}{'nothing':>9}{'all found':>11}")
    chosen = thresholds()
    for name, now in chosen.items():
        curves[name] = swept(name, values_around(now), ours, cases)
        for value, each in curves[name].items():
            figures = (
                f"{each.right:>8.1%}{each.at_once:>9.1%}{each.wrong:>8.1%}{each.nothing:>9.1%}{each.all_found:>11.1%}"
            )
            say(f"{name:<18}{value:>8g}{figures}{'  <- chosen' if value == now else ''}")
    if asked.plot:
        moved(curves, chosen, asked.plot)


def swept(name: str, values: Sequence[float], matcher: Matcher, cases: Sequence[Case]) -> dict[float, Outcome]:
    """What comes of the messages at each of these values of one threshold."""
    outcomes = {}
    for value in values:
        with threshold(name, value):
            outcomes[value] = outcome(cases, [matcher.reply(case.text) for case in cases])
    return outcomes


def thresholds() -> dict[str, float]:
    """Every threshold as it ships."""
    held = {**vars(ranking), **vars(bare_parts)}
    constants = {
        name: value for name, value in held.items() if name.isupper() and name[0] != "_" and name not in NO_THRESHOLDS
    }
    return {name: value for name, value in constants.items() if type(value) in {int, float}}  # not kinds of things


def values_around(now: float) -> list[float]:
    """The values to try for a threshold: the one it has, and others of its kind."""
    if isinstance(now, int):
        return sorted({*COUNTS, now})
    return sorted({*(round(now * times, 3) for times in TIMES), now} if now < SMALL else {*SHARES, now})


@contextmanager
def threshold(name: str, value: float) -> Iterator[None]:
    """Another value of a threshold, for a while, in every module that has it by name."""
    before = thresholds()[name]
    holders = [module for module in MODULES if hasattr(module, name)]
    try:
        for module in holders:
            setattr(module, name, value)
        yield
    finally:
        for module in holders:
            setattr(module, name, before)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
