"""Phrases and patterns that shadow another entry are reported with the line that wins, and what to do."""

import re

import pytest

from bot.cli.knowledge_commands import run_check
from bot.domain.understanding.understand import Understanding
from bot.library.loader import read_knowledge
from bot.library.problems import Problem
from bot.library.proofs.shadowing import shadowed_messages
from bot.library.reading.folder import read_folder
from tests.library.conftest import Folder

BACK = "texts/en/conditions/back.yaml"
FOOT = "texts/en/conditions/knee_foot.yaml"
SIGNS = "texts/en/signs/cauda_equina.yaml"
COMPLAINTS = "texts/en/vocabulary/complaints.yaml"
BELLY = "texts/en/conditions/belly_pelvis.yaml"
TOP = '  low_back_pain:\n    - "'


def warnings(folder: Folder) -> list[Problem]:
    """Return the warnings for an edited copy of the shipped knowledge, whose worked cases may fail."""
    reading = read_knowledge(*read_folder(folder.path))
    assert reading.knowledge, "\n".join(map(str, reading.problems))
    understandings = {"en": Understanding(reading.knowledge, "en")}
    return sorted(shadowed_messages(reading.draft, reading.knowledge, understandings))


def warning_lines(folder: Folder) -> list[str]:
    """Return the warnings as text, with N for every line number."""
    found = warnings(folder)
    assert all(problem.severity == "warning" for problem in found)
    return [re.sub(r"yaml:\d+", "yaml:N", str(problem)) for problem in found]


def line_of(folder: Folder, file: str, text: str) -> int:
    """Return the first line with this text, counted from 1."""
    return next(number for number, line in enumerate((folder.path / file).read_text().splitlines(), 1) if text in line)


def test_a_phrase_that_says_what_another_complaint_is_called_is_reported_with_both_places(whole: Folder) -> None:
    whole.edit(BACK, "    - crick in my back\n", "    - crick in my back\n    - my knee is painful\n")
    (problem,) = warnings(whole)
    called = f"{FOOT}:{line_of(whole, FOOT, 'name: Knee pain')}"
    assert str(problem) == (
        f"knowledge/{BACK}:{line_of(whole, BACK, 'my knee is painful')}: warning: low_back_pain: "
        'the phrase "my knee is painful" says the same as "Knee pain" of knee_pain. '
        f"That is in knowledge/{called}. Take it out of one of them."
    )


def test_a_phrase_that_takes_what_another_complaint_has_a_pattern_for_is_reported(whole: Folder) -> None:
    whole.edit("texts/en/conditions/arm_hand.yaml", "    - rsi wrist\n", "    - rsi wrist\n    - torn wrist\n")
    assert warning_lines(whole) == [
        (
            "knowledge/texts/en/conditions/arm_hand.yaml:N: warning: carpal_tunnel: "
            'the phrase "torn wrist" says the same as "strained wrist" of wrist_pain. '
            "That is in knowledge/texts/en/conditions/arm_hand.yaml:N. "
            "Take it out of one of them."
        )
    ]


def test_a_phrase_that_is_understood_as_another_complaint_names_the_line_that_takes_it(whole: Folder) -> None:
    whole.edit(COMPLAINTS, TOP, f'{TOP}{{neck}} {{stiff}} + unless: {{pets}}"\n    - "')
    found = [problem for problem in warnings(whole) if '"rigid neck"' in problem.text]
    line = line_of(whole, COMPLAINTS, "{pets}")
    assert [(problem.entry, problem.text, problem.hint) for problem in found] == [
        (
            "tight_neck",
            'the phrase "rigid neck" is understood as low_back_pain',
            (
                f'"{{neck}} {{stiff}} + unless: {{pets}}" in knowledge/{COMPLAINTS}:{line} takes it. '
                "Narrow that, or take the phrase out."
            ),
        )
    ]


def test_a_pattern_of_a_red_flag_that_fires_on_a_phrase_is_reported(whole: Folder) -> None:
    whole.edit(SIGNS, "cauda_equina:\n", 'cauda_equina:\n  - "{elbow_name}"\n')
    found = [line for line in warning_lines(whole) if '"tennis elbow"' in line]
    assert found == [
        (
            "knowledge/texts/en/conditions/arm_hand.yaml:N: warning: elbow_pain: "
            'the phrase "tennis elbow" raises the red flag cauda_equina. '
            f'"{{elbow_name}}" in knowledge/{SIGNS}:N takes it. Narrow that, or take the phrase out.'
        )
    ]


def test_a_look_alike_that_raises_its_flag_is_reported(whole: Folder) -> None:
    whole.edit(SIGNS, "cauda_equina:\n", 'cauda_equina:\n  - "{knee} {ailing} {exercise}"\n')
    found = [line for line in warning_lines(whole) if "look-alike" in line]
    assert found == [
        (
            "knowledge/texts/en/red_flags.yaml:N: warning: cauda_equina: "
            'the look-alike "both knees ache after running" raises the flag. '
            f'"{{knee}} {{ailing}} {{exercise}}" in knowledge/{SIGNS}:N takes it. '
            "Narrow that, or take the look-alike out."
        )
    ]


def test_a_contraindication_that_a_phrase_states_unasked_is_reported(whole: Folder) -> None:
    file = "texts/en/contraindications.yaml"
    whole.add(file, ("contraindications", "alcohol_drugs", "phrases"), "{elbow_name}")
    assert (
        "knowledge/texts/en/conditions/arm_hand.yaml:N: warning: elbow_pain: "
        'the phrase "tennis elbow" is heard as stating alcohol_drugs. '
        f'"{{elbow_name}}" in knowledge/{file}:N takes it. Narrow that, or take the phrase out.'
    ) in warning_lines(whole)


def test_a_phrase_that_states_nothing_is_reported_with_what_it_says(whole: Folder) -> None:
    whole.add("texts/en/contraindications.yaml", ("contraindications", "alcohol_drugs", "phrases"), "it is swollen")
    assert warning_lines(whole) == [
        (
            'knowledge/texts/en/contraindications.yaml:N: warning: alcohol_drugs: the phrase "it is swollen" does '
            "not state it. It says no more than swollen: too general, or a complaint by itself. "
            "Say more, or take it out."
        )
    ]


REFUSALS = "texts/en/refusals.yaml"
FACTS = "texts/en/contraindications.yaml"


@pytest.mark.parametrize(
    ("file", "steps", "phrase", "taken"),
    [
        (BELLY, ("impotence", "phrases"), "limp", 'weak: "weak", "about to give out", "about to give way"'),
        (REFUSALS, ("abortion",), "terminate", 'end_a_thing: "end my", "abort", "end a"'),
        (REFUSALS, ("needles",), "on my own", 'on_my_own: "myself", "on my own", "yourself"'),
        (REFUSALS, ("labour",), "make the infant come", 'baby: "baby", "babba", "bub"'),
        (
            FACTS,
            ("contraindications", "alcohol_drugs", "phrases"),
            "hysterectomy",
            'after_scope: "colonoscopy", "abortion", "biopsy"',
        ),
    ],
)
def test_a_phrase_that_takes_all_that_means_the_same_is_reported_with_what_it_takes(
    whole: Folder, file: str, steps: tuple[str, ...], phrase: str, taken: str
) -> None:
    whole.add(file, steps, phrase)
    owner = next(step for step in reversed(steps) if step != "phrases")
    (line,) = [each for each in warning_lines(whole) if "takes all" in each]
    said = f'the phrase "{phrase}" takes all that means {taken} are understood so, too.'
    assert line.startswith(f"knowledge/{file}:N: warning: {owner}: {said}")


def test_a_way_to_say_two_parts_of_the_body_is_reported_in_its_file(whole: Folder) -> None:
    body = "texts/en/vocabulary/body.yaml"
    whole.add(body, ("concepts", "chest"), "tail bone")
    (way,) = [line for line in warning_lines(whole) if "stands under" in line]
    assert way == (
        f'knowledge/{body}:N: warning: chest: "tail bone" stands under lower_back, too. '
        f"It is in knowledge/{body}:N. Take it out of one of them."
    )


def test_an_entry_in_two_files_is_reported_in_its_place(whole: Folder) -> None:
    whole.write("texts/en/vocabulary/own.yaml", "concepts:\n  knee:\n    - kneecap\n    - nape of the neck\n")
    problem = next(each for each in warnings(whole) if "stands under" in each.text)
    assert (problem.file, problem.line, problem.entry) == ("texts/en/vocabulary/own.yaml", 4, "knee")


def test_a_worked_case_that_fails_names_the_line_that_wins(whole: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    whole.edit(COMPLAINTS, TOP, f'{TOP}{{hip}} {{pain}} + unless: {{pets}}"\n    - "')
    assert run_check(whole.path) == 1
    line = line_of(whole, COMPLAINTS, "{pets}")
    told_of_case = f'"{{hip}} {{pain}} + unless: {{pets}}" in knowledge/{COMPLAINTS}:{line} leads to low_back_pain.'
    assert told_of_case in capsys.readouterr().out
