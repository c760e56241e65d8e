"""Measures how well and how fast messages are understood, beside rapidfuzz over the same phrases.

Run by hand, on a labelled file (see cases.py for its form) or without one on the lists of the tests:
.venv/bin/python -m benchmarks.understanding [FILE] [--part last-third] [--plot docs/understanding.png] [--growth]

Every method reads the same messages in the same process, in turn, so that their times can be compared. A fuzzy
matcher gets the cut-offs that serve it best on the very file it is measured on (cutoffs.py); ours keeps those it
ships with. `--growth` measures also with 10 and 100 times the phrases (growing.py): some minutes.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.cases import LISTS, PARTS, Case, read_cases
from benchmarks.cutoffs import best_cutoffs
from benchmarks.growth import FACTORS, Size, measured
from benchmarks.matchers import METHODS, OURS, SCORERS, Cutoffs, Fuzzy, Matcher, Ours, knowledge_of_today, phrases_of
from benchmarks.pictures import compared
from benchmarks.scoring import ORDER, Tally, score
from benchmarks.timing import Times, machine, times

ROUNDS = 5
WIDTH = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "file", nargs="?", type=Path, default=LISTS, help="labelled messages, or a folder of lists like tests/data"
    )
    parser.add_argument("--part", choices=PARTS, default="all")
    parser.add_argument("--plot", type=Path, help="where to draw the figures (PNG)")
    parser.add_argument("--growth", action="store_true", help="also with 10 and 100 times the phrases")
    asked = parser.parse_args()
    cases = read_cases(asked.file, asked.part)
    texts = [case.text for case in cases]
    knowledge = knowledge_of_today()
    phrases = phrases_of(knowledge)
    say(f"{len(cases)} messages, {len(phrases)} phrases for rapidfuzz. {machine()}\n")
    cutoffs = {scorer: _best(Fuzzy(scorer, phrases, Cutoffs()), cases) for scorer in SCORERS}
    matchers: dict[str, Matcher] = {OURS: Ours(knowledge)}
    matchers |= {scorer: Fuzzy(scorer, phrases, cutoffs[scorer]) for scorer in SCORERS}
    scores = {name: score(cases, [matcher.reply(text) for text in texts]) for name, matcher in matchers.items()}
    took = times(matchers, dict.fromkeys(METHODS, texts), ROUNDS)
    say(table(scores, took))
    for scorer, each in cutoffs.items():
        say(f"{scorer}: goes on with at most {each.most} from {each.accepted:g}, asks from {each.offered:g}")
    sizes = {factor: measured(factor, texts, cutoffs) for factor in FACTORS} if asked.growth else {}
    if sizes:
        say("\n" + growth_table(sizes))
    if asked.plot:
        compared(scores, took, sizes, asked.plot)


def _best(fuzzy: Fuzzy, cases: Sequence[Case]) -> Cutoffs:
    return best_cutoffs(cases, [fuzzy.ranked(case.text) for case in cases])


def table(scores: Mapping[str, Mapping[str, Tally]], took: Mapping[str, Times]) -> str:
    """One line a row of the score, one column a method, and the times below."""
    rows = [row for row in ORDER if any(row in scores[name] for name in METHODS)]
    lines = (
        _line("", METHODS),
        *(_line(row, [_share(scores[name].get(row)) for name in METHODS]) for row in rows),
        _line("µs a message, half within", [f"{took[name].p50:,.0f}" for name in METHODS]),
        _line("µs a message, 99 of 100 within", [f"{took[name].p99:,.0f}" for name in METHODS]),
        _line("times as long as ours", [f"{took[name].p50 / took[OURS].p50:.1f}" for name in METHODS]),
    )
    return "\n".join(lines)


def growth_table(sizes: Mapping[int, Mapping[str, Size]]) -> str:
    """One line a size and method."""
    head = ("half, µs", "99 of 100, µs", "built, s", "MB", "worst, ms", "times ours")
    lines = [f"{'phrases':>18}  {'method':<16}" + "".join(f"{each:>15}" for each in head) + "  slowest of 4,096"]
    for factor, methods in sizes.items():
        for name, size in methods.items():
            figures = (
                f"{size.p50:,.0f}",
                f"{size.p99:,.0f}",
                f"{size.build_seconds:.2f}",
                f"{size.megabytes:.0f}",
                f"{size.worst:,.1f}",
                f"{size.p50 / methods[OURS].p50:.1f}",
            )
            start = f"{factor:>4} x {size.phrases:>11,}  {name:<16}"
            lines.append(start + "".join(f"{each:>15}" for each in figures) + f"  {size.worst_case}")
    return "\n".join(lines)


def _line(row: str, cells: Sequence[str]) -> str:
    return f"{row:<52}" + "".join(f"{cell:>{WIDTH}}" for cell in cells)


def _share(tally: Tally | None) -> str:
    return f"{tally.share:.1%} ({tally.hits}/{tally.total})" if tally else "-"


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
