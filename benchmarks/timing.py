"""Times on a shared machine: every message several times, the rounds of all methods in turn, medians of it.

What is counted is the processor's time, which is the time that passes where nobody else keeps the core busy.
"""

import platform
import resource
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.matchers import Matcher

LONGEST = 4_096  # characters a message can have


@dataclass(frozen=True, slots=True)
class Times:
    """Microseconds a message: half of the messages take no longer than `p50`, 99 of 100 no longer than `p99`."""

    p50: float
    p99: float


def times(matchers: Mapping[str, Matcher], texts: Mapping[str, Sequence[str]], rounds: int) -> dict[str, Times]:
    """For each method, over its texts."""
    took: dict[str, list[list[float]]] = {name: [[] for _ in texts[name]] for name in matchers}
    for _ in range(rounds):
        for name, matcher in matchers.items():
            for text, each in zip(texts[name], took[name], strict=True):
                each.append(once(matcher, text))
    return {name: spread([median(each) for each in every]) for name, every in took.items()}


def once(matcher: Matcher, text: str) -> float:
    """How many microseconds of the processor one message takes."""
    began = time.thread_time()
    matcher.reply(text)
    return (time.thread_time() - began) * 1e6


def spread(took: Sequence[float]) -> Times:
    """The times that half and 99 of 100 messages stay within."""
    ordered = sorted(took)
    return Times(ordered[(len(ordered) - 1) // 2], ordered[-(-len(ordered) * 99 // 100) - 1])


def some(texts: Sequence[str], most: int) -> list[str]:
    """At most so many of the texts, evenly spread."""
    return [texts[at * len(texts) // most] for at in range(most)] if len(texts) > most else list(texts)


def worst_cases(texts: Sequence[str]) -> dict[str, str]:
    """Messages as long as can be, each hard in its own way."""
    hard = {
        "many messages": ". ".join(texts),
        "no full stop": " and ".join(text.replace(".", " ") for text in texts),
        "one complaint again and again": "my lower back hurts and ",
        "body parts alone": "back neck shoulder knee hip wrist head belly ",
        "all denied": "no pain no numbness not my back never my chest ",
        "unknown words": " ".join(f"q{number:x}zv{number * 7919 % 4096:x}" for number in range(LONGEST)),
        "slips of the pen": "bakc shuolder hedache stomch kneee stifness ",
        "one word": "backneckpain",
        "one letter": "a",
        "numbers": "9 10 1234 3.5 ",
        "commas": "my, back, hurts, ",
        "marks": "?!.,;:-' ",
    }
    return {name: (text * (LONGEST // len(text) + 1))[:LONGEST] for name, text in hard.items()}


def memory() -> float:
    """How many MB this process holds now; where that cannot be told, how many it has held at most."""
    now = Path("/proc/self/statm")
    if now.exists():
        return int(now.read_text().split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def machine() -> str:
    """What the figures were measured on."""
    about = Path("/proc/cpuinfo")
    lines = about.read_text().splitlines() if about.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    cpu = f"{named[0]}, {len(named)} cores" if named else platform.processor() or platform.machine()
    return f"{cpu}; {platform.system()}; Python {platform.python_version()}; processor time on one core"
