"""Counts what became of messages that were written and labelled before they were run. Run by hand, on files of a round:

.venv/bin/python -m benchmarks.rounds FILE.jsonl ... [--rows] [--misses] [--markdown]

A line with a warning sign or a look-alike is {"id", "text", "expect": "emergency" | "same_day" | "see_gp" | "none",
"flag": id of the red flag or ""}; a line without one is {"id", "text", "kind": "condition" | "out_of_scope", ...}.
Asked by name: the flag of the label is among those half heard. Bounds are for 95 of 100 (Clopper-Pearson), for messages
like these. A file that the examples or patterns have been learned from measures nothing.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bounds import bounds
from benchmarks.matchers import LANGUAGE, knowledge_of_today
from bot.domain.knowledge import Urgency
from bot.domain.understanding.understand import Understanding
from bot.domain.understanding.understood import Understood

STOPS = {Urgency.EMERGENCY, Urgency.SAME_DAY}
WARNING = {"emergency", "same_day"}
CRISES = {"suicidal_crisis", "overdose_poisoning", "danger_from_others"}


@dataclass(frozen=True, slots=True)
class Message:
    """A message with its label, and what was understood."""

    id: str
    text: str
    group: str  # what is expected: an urgency, "none", or the kind of an ordinary message
    flag: str
    understood: Understood

    @property
    def stopped(self) -> bool:
        return any(flag.urgency in STOPS for flag in self.understood.red_flags)

    @property
    def asked(self) -> bool:
        return bool(self.understood.half_heard)

    @property
    def heard(self) -> bool:
        """Stopped, or asked about by the name of the label."""
        return self.stopped or self.flag in [row.id for row in self.understood.half_heard]

    @property
    def noticed(self) -> bool:
        """For a sign that a doctor should see: raised in any way."""
        return bool(self.understood.red_flags or self.understood.half_heard)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, and those that went wrong."""

    hits: int
    total: int
    wrong: tuple[Message, ...]

    def __str__(self) -> str:
        if not self.total:
            return "-"
        least, most = bounds(self.hits, self.total)
        return f"{self.hits / self.total:.1%} ({self.hits}/{self.total}; {least:.1%} to {most:.1%})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--rows", action="store_true", help="also one line a red flag")
    parser.add_argument("--misses", action="store_true", help="also the messages that went wrong")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    asked = parser.parse_args()
    met = read(asked.files)
    shares = table(met)
    for name, share in shares.items():
        say(f"| {name} | {share} |" if asked.markdown else f"{name:<48} {share}")
    if asked.rows:
        _say_rows(met)
    if asked.misses:
        _say_misses(shares)


def read(files: Iterable[Path]) -> list[Message]:
    """The messages of the files, each read once."""
    understanding = Understanding(knowledge_of_today(), LANGUAGE)
    lines = [line for file in files for line in file.read_text("utf-8").splitlines() if line.strip()]
    return [_message(json.loads(line), understanding) for line in lines]


def table(met: Iterable[Message]) -> dict[str, Share]:
    """The shares of a round, by what they say."""
    groups: dict[str, list[Message]] = {}
    for message in met:
        groups.setdefault(message.group, []).append(message)
    warnings = [message for group in sorted(WARNING) for message in groups.get(group, ())]
    crises = [message for message in warnings if message.flag in CRISES]
    alike, plain, off = (groups.get(group, []) for group in ("none", "condition", "out_of_scope"))
    return {
        "warnings stopped or asked about by name": _good(warnings, [each.heard for each in warnings]),
        "warnings stopped": _good(warnings, [each.stopped for each in warnings]),
        "crises stopped or asked about by name": _good(crises, [each.heard for each in crises]),
        "look-alikes stopped": _bad(alike, [each.stopped for each in alike]),
        "look-alikes asked about": _bad(alike, [each.asked for each in alike]),
        "ordinary complaints stopped": _bad(plain, [each.stopped for each in plain]),
        "ordinary complaints given an extra line": _bad(plain, [each.asked for each in plain]),
        "off topic stopped": _bad(off, [each.stopped for each in off]),
        "off topic asked about": _bad(off, [each.asked for each in off]),
        "see-a-doctor signs noticed": _good(
            groups.get("see_gp", []), [each.noticed for each in groups.get("see_gp", [])]
        ),
    }


def _message(said: Mapping[str, str], understanding: Understanding) -> Message:
    text = said["text"]
    group = said["expect"] if "expect" in said else said["kind"]
    return Message(said["id"], text, group, said.get("flag", ""), understanding.understand(text))


def _good(messages: list[Message], hits: list[bool]) -> Share:
    return Share(sum(hits), len(hits), tuple(each for each, hit in zip(messages, hits, strict=True) if not hit))


def _bad(messages: list[Message], hits: list[bool]) -> Share:
    return Share(sum(hits), len(hits), tuple(each for each, hit in zip(messages, hits, strict=True) if hit))


def _say_rows(met: Iterable[Message]) -> None:
    rows: dict[str, list[Message]] = {}
    for message in met:
        if message.group in WARNING:
            rows.setdefault(message.flag, []).append(message)
    say(f"\n{'red flag':<30}{'messages':>9}{'stopped':>9}   stopped or asked about by name")
    for flag, messages in sorted(rows.items()):
        stopped = sum(each.stopped for each in messages)
        say(f"{flag:<30}{len(messages):>9}{stopped:>9}   {_good(messages, [each.heard for each in messages])}")


def _say_misses(shares: Mapping[str, Share]) -> None:
    for name, share in shares.items():
        say(f"\n[{name}]")
        for each in share.wrong:
            raised = ", ".join(flag.id for flag in each.understood.red_flags)
            asked = ", ".join(row.id for row in each.understood.half_heard)
            say(f"  {each.id} {each.flag} | {each.text} | raised: {raised or '-'} | asked: {asked or '-'}")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
