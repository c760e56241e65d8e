"""The report on the safety rules tells the truth about what is tested."""

import pytest

from tests.safety_report import RULES, Rule, read_rules, report


def test_every_rule_stands_in_the_list_once_and_only_two_may_wait() -> None:
    rules = read_rules(RULES.read_text(encoding="utf-8"))
    numbers = [int(rule.number.removeprefix("S-")) for rule in rules]
    assert numbers == sorted(set(numbers))
    assert [rule.number for rule in rules if rule.later] == ["S-17", "S-61"]
    gaps = {22, 23, 37, 48, 49, 70, 72, 73, 74, 76}
    assert set(numbers) == set(range(1, 78)) - gaps


def test_a_rule_without_a_test_is_a_fault_unless_it_may_wait() -> None:
    lines, faults = report([Rule("S-1", "one.", later=False), Rule("S-2", "two.", later=True)], {})
    assert faults == ["S-1 has no test: one."]
    assert lines == ["S-1 one.", "    NO TEST", "S-2 two.", "    no test; belongs to a later step"]


def test_a_rule_with_tests_lists_them() -> None:
    lines, faults = report([Rule("S-1", "one.", later=False)], {"S-1": ["tests/test_a.py::test_b"]})
    assert faults == []
    assert lines == ["S-1 one.", "    tests/test_a.py::test_b"]


def test_a_test_that_names_an_unknown_rule_is_a_fault() -> None:
    _, faults = report([], {"S-99": ["tests/test_a.py::test_b"]})
    assert faults == ["S-99 is no rule, but named by tests/test_a.py::test_b"]


def test_a_line_that_is_no_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="not a rule"):
        read_rules("S-1 one.\nS2 two.\n")
