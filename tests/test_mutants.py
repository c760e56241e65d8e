"""The report on mutants speaks of all the code it has to speak of, and gives a reason for every survivor (S-71)."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REPORT = (ROOT / "docs" / "mutants.md").read_text(encoding="utf-8")
MUST = {
    "flags", "warning_signs", "negation", "matching", "placing", "steps", "triage", "dialogue", "not_current",
}  # fmt: skip
ROW = re.compile(r"\| `(\w+)\.py` \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|")
REASON = re.compile(r"^\* `(\w+)\.py` (\d+)x \S.*: \S.+$", re.MULTILINE)


@pytest.mark.safety("S-71")
def test_red_flags_screening_and_the_point_filter_are_mutated() -> None:
    chosen = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]["only_mutate"]
    assert {Path(path).stem for path in chosen} >= MUST
    assert all((ROOT / path).is_file() for path in chosen)
    assert sorted(Path(path).stem for path in chosen) == sorted(row[1] for row in ROW.finditer(REPORT))


@pytest.mark.safety("S-71")
def test_every_mutant_was_noticed_or_is_explained() -> None:
    for row in ROW.finditer(REPORT):
        made, by_types, by_tests, left = map(int, row.groups()[1:])
        assert made == by_types + by_tests + left, row[0]
        explained = sum(int(reason[2]) for reason in REASON.finditer(REPORT) if reason[1] == row[1])
        assert left == explained, row[0]
