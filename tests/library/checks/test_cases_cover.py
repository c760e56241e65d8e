"""Worked cases name only known ids, and cover every red flag and contraindication."""

import pytest

from bot.library.checks import cases
from tests.library.conftest import Check, Folder, problem_line

AGAINST = "contraindications.yaml"
FLAGS = "red_flags.yaml"

BAD = [
    (
        cases.cases_name_known_ids,
        "cases/en.yaml",
        "{stop: pregnancy,",
        "{stop: pregnacy,",
        '5: Pregnancy stops everything: unknown contraindication "pregnacy". Did you mean "pregnancy"?',
    ),
]


@pytest.mark.parametrize(("check", "file", "old", "new", "problem"), BAD)
def test_a_bad_folder_gets_one_clear_line(
    small: Folder, check: Check, file: str, old: str, new: str, problem: str
) -> None:
    small.edit(file, old, new)
    assert small.found(check)[0] == problem_line(file, problem)


def test_a_case_for_each_red_flag_and_each_precaution_is_asked_for(small: Folder) -> None:
    flag = "\nnew_flag:\n  urgency: see_gp\n  crisis: no\n  applies_to: [any]\n  evidence: low\n"
    small.append(FLAGS, f"{flag}  sources: [book]\n  reviewed: not yet\n")
    small.edit("cases/en.yaml", "ticked: skin_or_injury", "ticked: []")
    assert small.found(cases.everything_is_covered) == [
        f"knowledge/{FLAGS}:16: warning: new_flag: no case in cases/en.yaml raises it. Add a case with flag: new_flag.",
        (
            f"knowledge/{AGAINST}:27: warning: skin_problem: no case in cases/en.yaml states or ticks it. "
            "Add a case with states: skin_problem."
        ),
    ]
