"""Safety: no knowledge is loaded that would show points without their question or their warning."""

import pytest

from bot.library.checks import safety
from tests.library.conftest import Check, Folder, problem_line

LI4 = "points/large_intestine.yaml"
NECK = "conditions/neck_shoulder.yaml"
HERNIA = "conditions/belly.yaml"
AGAINST = "contraindications.yaml"
FLAGS = "red_flags.yaml"
TEXTS = "texts/en"
NECK_TEXT = f"{TEXTS}/conditions/neck_shoulder.yaml"

RULES: dict[Check, str] = {
    safety.complaints_are_guarded: "S-38",
    safety.referrals_say_what_instead: "S-33",
    safety.contraindications_are_reached: "S-28",
    safety.contraindications_can_be_stated: "S-32",
    safety.effects_have_their_object: "S-28",
    safety.second_lock_holds: "S-29",
    safety.advice_names_the_contacts: "S-14",
    safety.red_flags_are_there: "S-16",
}

BAD = [
    (
        safety.complaints_are_guarded,
        HERNIA,
        "  points: []",
        "  points: [GB21]",
        "4: hernia: a complaint of the tier refer has no points. Write points: [].",
    ),
    (
        safety.complaints_are_guarded,
        NECK,
        "question: neck",
        "question: none",
        "7: tight_neck: a complaint with points needs its question. Name one of questions.yaml.",
    ),
    (
        safety.complaints_are_guarded,
        NECK,
        "technique: gentle_hold",
        "technique: none",
        "8: tight_neck: a complaint with points needs its technique. Name one of techniques.yaml.",
    ),
    (
        safety.complaints_are_guarded,
        NECK,
        "points_not_offered: []",
        "points_not_offered: [LI4]",
        "4: tight_neck: LI4 is both offered and not offered. Remove one of the two.",
    ),
    (
        safety.referrals_say_what_instead,
        f"{TEXTS}/conditions/belly.yaml",
        "Please see a doctor.",
        '""',
        '4: hernia: "instead" is empty. Say what is safe to say and what to do instead.',
    ),
    (
        safety.contraindications_are_reached,
        AGAINST,
        "[second_lock]",
        "[help_text]",
        (
            "23: pregnancy_points: its effect is leave_out, but nothing reaches it. "
            "Name one of checklist, question, stated_text, where_not_to_press, second_lock."
        ),
    ),
    (
        safety.contraindications_are_reached,
        AGAINST,
        "contraindications: [skin_problem]",
        "contraindications: []",
        (
            "31: skin_problem: reached_by and the rows of the checklist disagree about it. "
            "Name it in a row, and checklist in reached_by, or neither."
        ),
    ),
    (
        safety.contraindications_are_reached,
        LI4,
        "[gentle]",
        "[]",
        "contraindications.yaml:39: gentle: no point has it on its card. Name it under contraindications of a point.",
    ),
    (
        safety.contraindications_can_be_stated,
        f"{TEXTS}/contraindications.yaml",
        "[i am pregnant]",
        "[]",
        "5: pregnancy: no phrase states it. Add what people write, or change reached_by.",
    ),
    (
        safety.effects_have_their_object,
        AGAINST,
        "[GB21, LI4]",
        "[]",
        (
            '21: pregnancy_points: "points" does not fit the effect leave_out. '
            "leave_out needs points, and no other effect has any."
        ),
    ),
    (
        safety.effects_have_their_object,
        AGAINST,
        "effect: leave_out_region\n    stop_regions",
        "effect: caution\n    stop_regions",
        (
            "8: skin_or_injury: the row is milder than skin_problem, which has leave_out_region. "
            "Write effect: leave_out_region."
        ),
    ),
    (
        safety.second_lock_holds,
        LI4,
        "avoid_in_pregnancy: yes",
        "avoid_in_pregnancy: no",
        (
            "contraindications.yaml:21: pregnancy_points: LI4 is left out in pregnancy, "
            "but its avoid_in_pregnancy says no. Correct LI4 or remove it here."
        ),
    ),
    (
        safety.advice_names_the_contacts,
        f"{TEXTS}/red_flags.yaml",
        "{emergency}",
        "999",
        "3: stroke: the advice names the service of one country. Write {emergency} or {crisis}.",
    ),
    (
        safety.advice_names_the_contacts,
        f"{TEXTS}/red_flags.yaml",
        "{crisis}",
        "somebody",
        "7: suicidal_crisis: the advice names no contact. Name {crisis}.",
    ),
    (
        safety.red_flags_are_there,
        f"{TEXTS}/signs/suicidal_crisis.yaml",
        "[want to die]",
        "[]",
        "1: suicidal_crisis: no sign raises it. Add patterns.",
    ),
]


@pytest.mark.parametrize(
    ("check", "file", "old", "new", "problem"),
    [pytest.param(*bad, marks=pytest.mark.safety(RULES[bad[0]]) if bad[0] in RULES else ()) for bad in BAD],
)
def test_a_bad_folder_gets_one_clear_line(
    small: Folder, check: Check, file: str, old: str, new: str, problem: str
) -> None:
    small.edit(file, old, new)
    assert small.found(check)[0] == problem_line(file, problem)


@pytest.mark.safety("S-38")
@pytest.mark.parametrize("key", ["question", "tier", "evidence", "technique", "sources", "reviewed"])
def test_a_complaint_without_one_of_its_guards_cannot_be_loaded(small: Folder, key: str) -> None:
    path = small.path / NECK
    path.write_text("".join(line for line in path.open() if not line.startswith(f"  {key}:")))
    assert f'knowledge/{NECK}:1: tight_neck: "{key}" is missing. Add it, as the other entries have it.' in small.form()


@pytest.mark.safety("S-42")
def test_a_complaint_without_its_evidence_line_cannot_be_loaded(small: Folder) -> None:
    small.edit(NECK_TEXT, "Old books name these points. There are no trials.", '""')
    assert small.form() == [f'knowledge/{NECK_TEXT}:3: tight_neck: "evidence" is empty. Fill it in.']


@pytest.mark.safety("S-75")
@pytest.mark.parametrize("file", [LI4, NECK, FLAGS, "techniques.yaml"])
def test_a_clinical_entry_without_a_source_or_review_line_cannot_be_loaded(small: Folder, file: str) -> None:
    path = small.path / file
    text = path.read_text("utf-8")
    path.write_text(text.replace("  sources: [book]\n", "").replace("  reviewed: not yet\n", ""), "utf-8")
    found = small.form()
    assert any('"sources" is missing' in line for line in found)
    assert any('"reviewed" is missing' in line for line in found)
