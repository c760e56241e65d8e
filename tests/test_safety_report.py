"""The report on the safety rules tells the truth about what is tested."""

import re
from pathlib import Path

import pytest

from tests.safety_report import RULES, Rule, read_rules, report

ROOT = Path(__file__).resolve().parents[1]
CITED = re.compile(r"\bS-(\d+)\b")
TEXT = {".py", ".md", ".yaml", ".toml", ".html", ".txt"}
NOWHERE = f"S-{99}"  # a number that no rule has, put together so that it is not cited here


def citing() -> list[Path]:
    """Every file of the project that may cite a rule."""
    folders = ("bot", "knowledge", "tests", "docs", "benchmarks", "tools", "illustrations")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in TEXT]
    return [*files, *ROOT.glob("*.md"), ROOT / "pyproject.toml"]


def test_every_rule_stands_in_the_list_once_and_only_the_newest_are_planned() -> None:
    rules = read_rules(RULES.read_text(encoding="utf-8"))
    numbers = [int(rule.number.removeprefix("S-")) for rule in rules]
    assert len(numbers) == len(set(numbers))
    assert {int(rule.number.removeprefix("S-")) for rule in rules if rule.planned} <= set(range(80, 90))
    gaps = {22, 23, 37, 48, 49, 70, 72, 73, 74, 76, 78, 79}
    assert set(numbers) == set(range(1, 90)) - gaps


def test_every_number_that_is_cited_anywhere_is_a_rule() -> None:
    known = {rule.number for rule in read_rules(RULES.read_text(encoding="utf-8"))}
    files = citing()
    assert len(files) > 500
    cited = {
        (f"S-{number}", path.relative_to(ROOT).as_posix())
        for path in files
        for number in CITED.findall(path.read_text(encoding="utf-8"))
    }
    assert {number for number, _ in cited} == known
    assert sorted(each for each in cited if each[0] not in known) == []


def test_a_rule_without_a_test_is_a_fault_unless_it_is_planned() -> None:
    lines, faults = report([Rule("S-1", "One.", planned=False), Rule("S-2", "Two.", planned=True)], {})
    assert faults == ["S-1 has no test: One."]
    assert lines == ["S-1 One.", "    NO TEST", "S-2 Two.", "    no test; planned"]


def test_a_rule_with_tests_lists_them() -> None:
    lines, faults = report([Rule("S-1", "One.", planned=False)], {"S-1": ["tests/test_a.py::test_b"]})
    assert faults == []
    assert lines == ["S-1 One.", "    tests/test_a.py::test_b"]


def test_a_test_that_names_an_unknown_rule_is_a_fault() -> None:
    _, faults = report([], {NOWHERE: ["tests/test_a.py::test_b"]})
    assert faults == [f"{NOWHERE} is no rule, but named by tests/test_a.py::test_b"]


def test_a_rule_is_told_by_its_first_sentence_even_where_that_goes_on_below() -> None:
    text = "## A\n- **S-1** One and\n  two. Three (S-2).\n  - *Planned:* four.\n- **S-2** (planned) Five: 0.5 six\n"
    assert read_rules(text) == [Rule("S-1", "One and two.", planned=False), Rule("S-2", "Five: 0.5 six", planned=True)]


@pytest.mark.parametrize(
    "line",
    ["S-2 two.", "- S-2 two.", "* **S-2** two.", "- **S-2** ", "- **S-2 two.**", "  - **S-2** two.", "**S-2** two."],
)
def test_a_line_that_is_meant_as_a_rule_and_is_none_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="not a rule"):
        read_rules(f"- **S-1** One.\n{line}\n")
