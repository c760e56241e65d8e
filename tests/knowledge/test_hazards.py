"""Every hazard of the list names a cause, a control, tests that exist, and what is left (S-77)."""

import re
from collections.abc import Iterator

import pytest

from tests.knowledge.expected import ROOT
from tests.safety_report import RULES, read_rules

HAZARDS = (ROOT / "knowledge" / "HAZARDS.md").read_text(encoding="utf-8")
KNOWN = {rule.number for rule in read_rules(RULES.read_text(encoding="utf-8"))}
PARTS = ("Cause", "Control", "Test", "Left")

_HEADING = re.compile(r"### H-(\d+) .+ \([123]\)")
_PART = re.compile(r"^- (\w+): (.+?)(?=^- |\Z)", re.MULTILINE | re.DOTALL)
_RULES = re.compile(r"S-(\d+)(?: to S-(\d+))?")
_PATH = re.compile(r"\b(?:tests|bot|knowledge)/[\w./-]+\w")


def hazards() -> dict[str, dict[str, str]]:
    """The parts of every hazard by its heading."""
    sections = re.split(r"^(?=### )", re.sub(r"^## .*\n", "", HAZARDS, flags=re.MULTILINE), flags=re.MULTILINE)[1:]
    split = [section.partition("\n") for section in sections]
    return {heading: {name: text.strip() for name, text in _PART.findall(body)} for heading, _, body in split}


def rules_in(text: str) -> Iterator[str]:
    """The rules that a text names; a range means those of it that there are."""
    for first, last in _RULES.findall(text):
        numbers = range(int(first), int(last or first) + 1)
        yield from (f"S-{number}" for number in numbers if not last or f"S-{number}" in KNOWN)


def marked() -> set[str]:
    """The rules that some test says it proves."""
    files = [path for path in (ROOT / "tests").rglob("test_*.py") if path.name != "test_safety_report.py"]
    return {rule for path in files for rule in re.findall(r'"(S-\d+)"', path.read_text(encoding="utf-8"))}


@pytest.mark.safety("S-77")
def test_the_hazards_are_numbered_without_gaps_and_say_how_bad_they_are() -> None:
    matches = [_HEADING.fullmatch(heading) for heading in hazards()]
    assert [match and int(match[1]) for match in matches] == list(range(1, len(matches) + 1))
    assert len(matches) >= 22


@pytest.mark.safety("S-77")
@pytest.mark.parametrize("heading", hazards())
def test_a_hazard_names_its_cause_control_test_and_what_is_left(heading: str) -> None:
    parts = hazards()[heading]
    assert tuple(parts) == PARTS
    assert min(len(text) for text in parts.values()) >= len("none known.")


@pytest.mark.safety("S-77")
@pytest.mark.parametrize("heading", hazards())
def test_the_rules_that_control_a_hazard_exist_and_its_tests_too(heading: str) -> None:
    parts = hazards()[heading]
    controls, tests = set(rules_in(parts["Control"])), set(rules_in(parts["Test"]))
    assert controls
    assert tests
    assert controls | tests | set(rules_in(parts["Left"])) <= KNOWN
    assert tests <= marked()


@pytest.mark.safety("S-77")
@pytest.mark.parametrize("heading", hazards())
def test_a_control_is_among_what_the_tests_of_its_hazard_prove(heading: str) -> None:
    parts = hazards()[heading]
    proven = set(rules_in(parts["Test"]))
    assert set(rules_in(parts["Control"])) <= proven


@pytest.mark.safety("S-77")
def test_a_path_named_in_the_list_exists() -> None:
    assert [path for path in _PATH.findall(HAZARDS) if not (ROOT / path).exists()] == []
