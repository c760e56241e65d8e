"""Every id that is named exists, and every region is in one area."""

import pytest

from bot.library.checks import ids
from bot.library.checks.all_checks import CHECKS
from tests.library.conftest import NEED_THE_WHOLE, Check, Folder, problem_line

LI4 = "points/large_intestine.yaml"
NECK = "conditions/neck_shoulder.yaml"
AGAINST = "contraindications.yaml"
FLAGS = "red_flags.yaml"
TEXTS = "texts/en"
NECK_TEXT = f"{TEXTS}/conditions/neck_shoulder.yaml"

UNKNOWN = [
    (LI4, "[gentle]", "[gentel]", '13: LI4: unknown contraindication "gentel". Did you mean "gentle"?'),
    (LI4, "[book]", "[bok]", '16: LI4: unknown source "bok". Did you mean "book"?'),
    (LI4, "hand", "hnad", '5: LI4: unknown point region "hnad". Did you mean "hand"?'),
    (NECK, "region: neck", "region: nek", '2: tight_neck: unknown complaint region "nek". Did you mean "neck"?'),
    (NECK, "[GB21, LI4]", "[GB21, LI44]", '4: tight_neck: unknown point "LI44". Did you mean "LI4"?'),
    (NECK, "more_points: []", "more_points: [X1]", '5: tight_neck: unknown point "X1". Known are: GB21, LI4.'),
    (NECK, "question: neck", "question: neckk", '7: tight_neck: unknown question "neckk". Did you mean "neck"?'),
    (NECK, "gentle_hold", "gentle_hld", '8: tight_neck: unknown technique "gentle_hld". Did you mean "gentle_hold"?'),
    (AGAINST, "[neck]", "[nec]", '9: skin_or_injury: unknown region "nec". Did you mean "neck"?'),
    (AGAINST, "[GB21, LI4]", "[GB12, LI4]", '21: pregnancy_points: unknown point "GB12". Did you mean "GB21"?'),
    (FLAGS, "tight_neck]", "neck_tight]", '4: stroke: unknown complaint "neck_tight". Known are: any, '),
]


BAD = [
    (
        ids.ids_fit_a_button,
        "areas.yaml",
        "id: arm_hand",
        "id: arm hand",
        '4: arm hand: the id "arm hand" does not fit a button. Use at most 32 letters, digits, _ and -.',
    ),
    (
        ids.known_ids_in_texts,
        NECK_TEXT,
        ": skin_problem}",
        ": skin}",
        '5: tight_neck: unknown contraindication "skin". Known are: gentle, pregnancy, pregnancy_points, skin_problem.',
    ),
    (
        ids.known_ids_in_texts,
        f"{TEXTS}/point_names.yaml",
        "valley: [LI4, GB21]",
        "valley: [LI4, GB22]",
        '2: valley: unknown point "GB22". Did you mean "GB21"?',
    ),
    (
        ids.regions_in_one_area,
        "areas.yaml",
        "condition_regions: []",
        "condition_regions: [neck]",
        '5: arm_hand: region "neck" is in two areas. It is in "neck_shoulder" already. Keep one.',
    ),
    (
        ids.file_is_area,
        NECK,
        "region: neck",
        "region: abdomen_groin",
        (
            '1: tight_neck: the region "abdomen_groin" belongs to the area "belly". '
            "Move the entry to conditions/belly.yaml."
        ),
    ),
]


@pytest.mark.parametrize(("check", "file", "old", "new", "problem"), BAD)
def test_a_bad_folder_gets_one_clear_line(
    small: Folder, check: Check, file: str, old: str, new: str, problem: str
) -> None:
    small.edit(file, old, new)
    assert small.found(check)[0] == problem_line(file, problem)


@pytest.mark.parametrize(("file", "old", "new", "problem"), UNKNOWN)
def test_an_unknown_id_is_reported_with_the_nearest_known_one(
    small: Folder, file: str, old: str, new: str, problem: str
) -> None:
    small.edit(file, old, new)
    (found,) = small.found(ids.known_ids)
    assert found.startswith(f"knowledge/{file}:{problem}")


@pytest.mark.parametrize("line", ["nek: [tight_neck]", "tight_neck: [nek]"])
def test_what_a_complaint_accounts_for_exists(small: Folder, line: str) -> None:
    words = f"{TEXTS}/vocabulary/body.yaml"
    small.edit(words, "groups:", f"accounts_for:\n  {line}\ngroups:")
    (found,) = small.found(ids.known_ids_in_texts)
    assert 'unknown complaint "nek". Known are: ' in found


def test_an_unknown_id_is_reported_even_where_the_entry_has_another_fault(small: Folder) -> None:
    small.edit(NECK, "[GB21, LI4]", "[GB21, LI44]")
    small.edit(NECK, "tier: self_care", "tier: selfcare")
    assert len(small.form()) == len(small.found(ids.known_ids)) == 1


def test_a_fault_within_an_entry_makes_nothing_else_wrong(small: Folder) -> None:
    small.edit("points/large_intestine.yaml", "seconds: 5", "seconds: five")
    small.edit("texts/en/conditions/neck_shoulder.yaml", "name: Tight neck", 'name: ""')
    small.edit("cases/en.yaml", "  say: my neck is stiff\n  ticked: pregnancy", "  ticked: pregnancy")
    assert len(small.form()) == 3
    assert [line for check in CHECKS if check not in NEED_THE_WHOLE for line in small.found(check)] == []


def test_a_file_that_cannot_be_read_makes_nothing_else_unknown(small: Folder) -> None:
    small.write("sources/all.yaml", "book: [")
    small.write("points/gallbladder.yaml", "GB21: [")
    (small.path / FLAGS).unlink()
    assert [line for check in CHECKS if check not in NEED_THE_WHOLE for line in small.found(check)] == []
