"""Counts for each red flag what it met and missed, with exact bounds. Run by hand, on a folder of lists:

.venv/bin/python -m benchmarks.red_flags [tests/data/unseen] [--misses]

A message is a hit where a flag of its label is raised; where the label is an urgency, where any flag is that stops.
"Helped anyhow" adds the misses that another flag stopped: the person is met with help, if not with the very advice.
Bounds are for 95 of 100 (Clopper-Pearson), for messages like these: they say nothing about other ways to write.
"""

import argparse
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bounds import bounds
from benchmarks.cases import LISTS, emergencies, harmless
from benchmarks.matchers import LANGUAGE, knowledge_of_today
from bot.domain.knowledge import Urgency
from bot.domain.understanding.understand import Understanding
from bot.domain.understanding.understood import Understood

Met = tuple[frozenset[str], str, Understood]  # labels, message, what was understood
Alarms = Mapping[str, Mapping[str, Understood]]  # harmless messages by list, what was understood
STOPS = {Urgency.EMERGENCY, Urgency.SAME_DAY}


@dataclass(slots=True)
class Count:
    """What came of the messages of one label."""

    messages: int = 0
    hits: int = 0
    helped: int = 0  # hits, and those that another flag stopped


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="print also the messages missed, and false alarms")
    parser.add_argument("folder", nargs="?", type=Path, default=LISTS, help="lists like those of tests/data")
    asked = parser.parse_args()
    knowledge = knowledge_of_today()
    understanding = Understanding(knowledge, LANGUAGE)
    met = [(labels, text, understanding.understand(text)) for labels, text in emergencies(asked.folder)]
    alarms = {
        name: {text: understanding.understand(text) for text in each} for name, each in harmless(asked.folder).items()
    }
    counts = counted((labels, understood) for labels, _, understood in met)
    order = [*(flag for flag in knowledge.red_flags if flag in counts), *sorted(counts.keys() - knowledge.red_flags)]
    say(table({label: counts[label] for label in order}, _raised_in(alarms)))
    say("\n" + alarm_table(alarms))
    if asked.misses:
        _say_misses(met, alarms)


def _say_misses(met: Iterable[Met], alarms: Alarms) -> None:
    say("\nMissed:")
    for labels, text, understood in met:
        if not is_hit(labels, understood):
            say(f"  {'/'.join(sorted(labels))} | {text} | raised: {', '.join(_ids(understood)) or 'nothing'}")
    say("\nFalse alarms:")
    for name, each in alarms.items():
        for text, understood in each.items():
            if stops(understood):
                say(f"  {name} | {text} | raised: {', '.join(_ids(understood))}")


def counted(met: Iterable[tuple[frozenset[str], Understood]]) -> dict[str, Count]:
    """The counts of each label. A message with several labels counts for each of them."""
    counts: dict[str, Count] = {}
    for labels, understood in met:
        for label in labels:
            count = counts.setdefault(label, Count())
            count.messages += 1
            count.hits += is_hit(frozenset([label]), understood)
            count.helped += stops(understood) or is_hit(frozenset([label]), understood)
    return counts


def is_hit(labels: frozenset[str], understood: Understood) -> bool:
    """Whether a flag of the label was raised."""
    if labels & {*Urgency}:
        return stops(understood)
    return not labels.isdisjoint(_ids(understood))


def stops(understood: Understood) -> bool:
    """Whether a flag was raised that stops."""
    return any(flag.urgency in STOPS for flag in understood.red_flags)


def table(counts: Mapping[str, Count], raised: Mapping[str, int]) -> str:
    """One line a label, and one for all."""
    head = (
        f"{'flag':<28}{'messages':>9}{'hits':>6}{'misses':>8}{'helped anyhow':>15}{'false alarms':>14}   share of hits"
    )
    every = Count(
        sum(each.messages for each in counts.values()),
        sum(each.hits for each in counts.values()),
        sum(each.helped for each in counts.values()),
    )
    lines = [_line(label, each, raised.get(label, 0)) for label, each in counts.items()]
    only = [_line(label, Count(), alarms) for label, alarms in raised.items() if label not in counts]
    return "\n".join([head, *lines, *only, _line("all", every, sum(raised.values()))])


def alarm_table(alarms: Alarms) -> str:
    """How many harmless messages of each list were stopped."""
    lines = [f"{'harmless messages':<28}{'messages':>9}{'stopped':>9}   share"]
    for name, each in alarms.items():
        stopped = sum(map(stops, each.values()))
        lines.append(f"{name:<28}{len(each):>9}{stopped:>9}   {_share(stopped, len(each))}")
    return "\n".join(lines)


def _line(label: str, count: Count, alarms: int) -> str:
    figures = f"{count.messages:>9}{count.hits:>6}{count.messages - count.hits:>8}{count.helped:>15}{alarms:>14}"
    return f"{label:<28}{figures}   {_share(count.hits, count.messages)}"


def _share(hits: int, total: int) -> str:
    if not total:
        return "-"
    least, most = bounds(hits, total)
    return f"{hits / total:6.1%}  ({least:.1%} to {most:.1%})"


def _raised_in(alarms: Alarms) -> dict[str, int]:
    """How often each flag that stops was raised on a harmless message."""
    raised: dict[str, int] = {}
    for each in alarms.values():
        for understood in each.values():
            for flag in understood.red_flags:
                if flag.urgency in STOPS:
                    raised[flag.id] = raised.get(flag.id, 0) + 1
    return raised


def _ids(understood: Understood) -> list[str]:
    return [flag.id for flag in understood.red_flags]


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
