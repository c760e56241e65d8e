"""Each fault of form is reported with file, line, entry and the next step, and hides no other."""

import pytest

from tests.library.conftest import Folder

LI4 = "points/large_intestine.yaml"


def test_the_small_folder_is_well_formed(small: Folder) -> None:
    assert small.form() == []


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (LI4, "pressure: firm", "presure: firm", '10: LI4: unknown key "presure". Did you mean "pressure"?'),
        (LI4, "  seconds: 5\n", "", '1: LI4: "seconds" is missing. Add it, as the other entries have it.'),
        (
            LI4,
            "seconds: 5",
            "seconds: five",
            '8: LI4: "seconds" must be a whole number, not "five". Write digits only.',
        ),
        (LI4, "seconds: 5", "seconds: 0", '8: LI4: "seconds" must be at least 1, not "0". Correct the number.'),
        (LI4, "repeats: 5", "repeats: 99", '9: LI4: "repeats" must be at most 20, not "99". Correct the number.'),
        (
            LI4,
            "bilateral: yes",
            "bilateral: true",
            '6: LI4: "bilateral" must be yes or no, not "true". Write yes or no.',
        ),
        (LI4, "firm", "frim", '10: LI4: "pressure": "frim" is not possible. Did you mean "firm"?'),
        (LI4, "firm", "", '10: LI4: "pressure": nothing is not possible. Known are: firm, light, medium.'),
        (
            LI4,
            "hand",
            "[hand]",
            '5: LI4: "region" must be a text, not a list. Write it behind the colon, in one piece.',
        ),
        (
            LI4,
            "[gentle]",
            "gentle",
            '13: LI4: "contraindications" must be a list, not "gentle". Write [a, b], or [] for none.',
        ),
        (LI4, "[book]", "[]", '16: LI4: "sources" is empty. Fill it in.'),
        (LI4, "[book]", '[""]', '16: LI4: "sources[0]" is empty. Fill it in.'),
        (
            LI4,
            "not yet",
            "soon",
            '17: LI4: "reviewed" is not a review line: "soon". Write "not yet" or "NAME, YYYY-MM-DD".',
        ),
        (
            "points/gallbladder.yaml",
            "2024-02-29",
            "2023-02-29",
            (
                '17: GB21: "reviewed" is not a review line: "A. Reader, 2023-02-29". '
                'Write "not yet" or "NAME, YYYY-MM-DD".'
            ),
        ),
        (
            "texts/en/points.yaml",
            "A dull ache.\n  how: Pinch",
            f"{'ache ' * 20}\n  how: Pinch",
            '6: LI4: "feel" has 99 characters; 90 are allowed. Say it shorter.',
        ),
        (
            "conditions/neck_shoulder.yaml",
            "[GB21, LI4]",
            "[GB21, LI4, GB21, LI4, GB21]",
            '4: tight_neck: "points" has 5 items; 4 are allowed. Remove the others.',
        ),
        (
            "texts/en/conditions/neck_shoulder.yaml",
            "states: {sore spot on my neck: skin_problem}",
            "states: [skin_problem]",
            '5: tight_neck: "states" must be a mapping, not a list. Write its keys below it, or {} for none.',
        ),
        ("areas.yaml", "- id: arm_hand\n ", "-", '4: entry 2: "id" is missing. Add it, as the other entries have it.'),
        ("contraindications.yaml", "checklist:", "cheklist:", '1: unknown key "cheklist". Did you mean "checklist"?'),
        (
            "cases/en.yaml",
            "  expect: {points: []}",
            "  expect: {point: []}",
            '9: Sore skin at the neck stops: unknown key "point". Did you mean "points"?',
        ),
        (
            "texts/en/phrases/conversation.yaml",
            '"<b>Call {emergency}.</b>"',
            "[a]",
            "5: flag.emergency: the entry must be a text, not a list. Write it behind the colon, in one piece.",
        ),
    ],
)
def test_a_fault_of_form_is_reported_with_its_line_and_the_next_step(
    small: Folder, file: str, old: str, new: str, problem: str
) -> None:
    small.edit(file, old, new)
    assert f"knowledge/{file}:{problem}" in small.form()


def test_a_list_where_entries_belong_is_reported(small: Folder) -> None:
    small.write("techniques.yaml", "- gentle_hold\n")
    assert small.form() == [
        (
            "knowledge/techniques.yaml:1: expected a mapping from ids to entries here. "
            "Look at the same file of the shipped knowledge (copy-knowledge)."
        )
    ]


def test_an_entry_that_is_in_two_files_is_reported_with_the_other_place(small: Folder) -> None:
    small.write("sources/more.yaml", "book: {title: A, link: B, date: none}\n")
    assert small.form() == [
        (
            "knowledge/sources/more.yaml:1: book: stands here for the second time. "
            "knowledge/sources/all.yaml:1 has it already. Keep one."
        )
    ]


def test_a_missing_file_is_reported_with_where_to_take_it_from(small: Folder) -> None:
    (small.path / "red_flags.yaml").unlink()
    assert small.form() == [
        "knowledge/red_flags.yaml:1: there is no such file. Take it from the shipped knowledge (copy-knowledge)."
    ]


def test_an_alias_is_one_fault_and_not_a_second_one_for_what_it_left_out(small: Folder) -> None:
    small.edit(LI4, "[gentle]", "*gentle")
    assert len(small.form()) == 1


def test_the_words_of_one_concept_may_stand_in_two_files(small: Folder) -> None:
    small.write("texts/en/vocabulary/more.yaml", "concepts:\n  neck: [nape]\nplain_words: [hello]\n")
    assert small.form() == []


def test_the_layout_of_an_earlier_release_is_reported_with_the_way_out(small: Folder) -> None:
    small.write("texts/en/signs.yaml", "stroke: [face has dropped]\n")
    (found,) = small.form()
    assert found.startswith("knowledge/texts/en/signs.yaml:1: no such file is known, so it is not read.")
    assert "upgrade-knowledge" in found
