"""Prints which tests prove each safety rule. Exit code 1 if a rule lacks a test or a test names no rule."""

import contextlib
import io
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

RULES = Path(__file__).resolve().parents[1] / "docs" / "safety-rules.md"
RULE = re.compile(r"^- \*\*(S-\d+)\*\*( \(planned\))? (.+(?:\n  \S.*)*)", re.MULTILINE)
ALMOST = re.compile(r"^(?:[^\w\n]*[-*][^\w\n]*)?S-\d+\b.*", re.MULTILINE)  # a line that is meant as a rule
_SENTENCE = re.compile(r".+?[.?!](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Rule:
    """One safety rule, with its first sentence. A `planned` one may lack a test."""

    number: str
    summary: str
    planned: bool


class Collector:
    """A pytest plugin: notes which tests are marked with which rules."""

    def __init__(self) -> None:
        self.tests: dict[str, list[str]] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            for number in (rule for marker in item.iter_markers("safety") for rule in marker.args):
                test = item.nodeid.partition("[")[0]
                names = self.tests.setdefault(str(number), [])
                if test not in names:
                    names.append(test)


def read_rules(text: str) -> list[Rule]:
    """The rules in Markdown: items `- **S-1** Words.`, of one line or more; `(planned)` may follow the number.

    Raises ValueError for a line that looks like a rule and is none.
    """
    matches = list(RULE.finditer(text))
    whole = {match.start() for match in matches}
    wrong = [line[0] for line in ALMOST.finditer(text) if line.start() not in whole]
    if wrong:
        raise ValueError(f"not a rule: {wrong}")
    return [Rule(match[1], _summary(match[3]), bool(match[2])) for match in matches]


def _summary(words: str) -> str:
    flat = " ".join(words.split())
    sentence = _SENTENCE.match(flat)
    return sentence[0] if sentence else flat


def report(rules: Iterable[Rule], tests: Mapping[str, list[str]]) -> tuple[list[str], list[str]]:
    """The lines to print, and the faults: rules without a test, and numbers in tests that are no rule."""
    lines, faults = [], []
    known = set()
    for rule in rules:
        known.add(rule.number)
        found = tests.get(rule.number, [])
        lines += [f"{rule.number} {rule.summary}", *(f"    {test}" for test in found)]
        if not found:
            lines.append("    no test; planned" if rule.planned else "    NO TEST")
            faults += [] if rule.planned else [f"{rule.number} has no test: {rule.summary}"]
    faults += [f"{number} is no rule, but named by {tests[number][0]}" for number in sorted(set(tests) - known)]
    return lines, faults


def main() -> int:
    collector, said = Collector(), io.StringIO()
    with contextlib.redirect_stdout(said):
        code = pytest.main(["--collect-only", "-qq"], plugins=[collector])
    if code != pytest.ExitCode.OK:
        sys.stdout.write(said.getvalue())
        return int(code)
    rules = read_rules(RULES.read_text(encoding="utf-8"))
    lines, faults = report(rules, collector.tests)
    closing = (
        [*faults, f"{len(faults)} faults."] if faults else [f"{len(rules)} rules. None that applies lacks a test."]
    )
    sys.stdout.write("\n".join([*lines, "", *closing, ""]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
