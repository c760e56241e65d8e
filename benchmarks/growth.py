"""Measures one size of the knowledge in a process of its own: time to build, memory, time a message, worst cases.

Started by understanding.py, with {"factor", "texts", "cutoffs"} on its standard input. It writes one JSON object.
"""

import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

from benchmarks.cases import ROOT
from benchmarks.growing import grown
from benchmarks.matchers import (
    LANGUAGE,
    METHODS,
    OURS,
    SCORERS,
    Cutoffs,
    Fuzzy,
    Matcher,
    Ours,
    knowledge_of_today,
    phrases_of,
)
from benchmarks.timing import Times, memory, once, some, times, worst_cases

ROUNDS = 3
FUZZY_MESSAGES = 60  # rapidfuzz is timed on so many messages, evenly spread; ours on all
FACTORS = (1, 10, 100)


@dataclass(frozen=True, slots=True)
class Size:
    """What one method needs at one size. `worst` are milliseconds for the slowest message of the greatest length."""

    phrases: int
    build_seconds: float
    megabytes: float
    p50: float
    p99: float
    worst: float
    worst_case: str


def measured(factor: int, texts: Sequence[str], cutoffs: Mapping[str, Cutoffs]) -> dict[str, Size]:
    """Each method at this many times the phrases, measured in a new process."""
    asked = {"factor": factor, "texts": texts, "cutoffs": {name: asdict(each) for name, each in cutoffs.items()}}
    command = [sys.executable, "-m", "benchmarks.growth"]
    done = subprocess.run(command, input=json.dumps(asked), stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    return {name: Size(**size) for name, size in json.loads(done.stdout).items()}


def main() -> None:
    asked = json.load(sys.stdin)
    knowledge = grown(knowledge_of_today(), asked["factor"], LANGUAGE)
    phrases = phrases_of(knowledge)
    cutoffs = {name: Cutoffs(**each) for name, each in asked["cutoffs"].items()}
    builders: dict[str, Callable[[], Matcher]] = {OURS: lambda: Ours(knowledge)}
    for scorer in SCORERS:
        builders[scorer] = lambda scorer=scorer: Fuzzy(scorer, phrases, cutoffs[scorer])  # type: ignore[misc]
    built = {name: _built(builders[name]) for name in METHODS}
    matchers = {name: matcher for name, (matcher, _, _) in built.items()}
    texts: list[str] = asked["texts"]
    took = times(matchers, {name: texts if name == OURS else some(texts, FUZZY_MESSAGES) for name in METHODS}, ROUNDS)
    sizes = {name: _size(built[name], took[name], texts, len(phrases)) for name in METHODS}
    sys.stdout.write(json.dumps({name: asdict(size) for name, size in sizes.items()}))


def _built(build: Callable[[], Matcher]) -> tuple[Matcher, float, float]:
    gc.collect()
    before = memory()
    began = time.thread_time()
    matcher = build()
    took = time.thread_time() - began
    gc.collect()
    return matcher, took, memory() - before


def _size(built: tuple[Matcher, float, float], took: Times, texts: Sequence[str], phrases: int) -> Size:
    matcher, seconds, megabytes = built
    rounds = ROUNDS if isinstance(matcher, Ours) else 1
    worst = {name: min(once(matcher, text) for _ in range(rounds)) / 1000 for name, text in worst_cases(texts).items()}
    slowest = max(worst, key=worst.__getitem__)
    return Size(phrases, seconds, megabytes, took.p50, took.p99, worst[slowest], slowest)


if __name__ == "__main__":
    main()
