"""Patterns may have a reason and examples; `check` reports examples that are understood otherwise."""

import pytest

from bot.library.checks import signs
from bot.library.proofs.examine import Understandings
from bot.library.proofs.examples import examples_hold
from bot.library.reading.draft import read
from bot.library.reading.folder import read_folder
from tests.library.conftest import Folder

STROKE = "texts/en/signs/stroke.yaml"
VOCABULARY = "texts/en/vocabulary/body.yaml"
REFUSALS = "texts/en/refusals.yaml"


def _problems(folder: Folder, understandings: Understandings) -> list[str]:
    """Return the problems of the examples in the folder if they are understood with the shipped knowledge."""
    return [str(each) for each in examples_hold(read(read_folder(folder.path)[0])[0], understandings)]


def test_a_pattern_with_a_reason_and_examples_counts_like_a_plain_line(
    small: Folder, understandings: Understandings
) -> None:
    small.write(
        STROKE,
        "stroke:\n  - match: face has dropped\n    because: half of it hangs\n"
        "    examples: [my face has dropped]\n    not: [my neck aches]\n  - arm fell\n",
    )
    assert small.form() == []
    assert read(read_folder(small.path)[0])[0].sound("en/signs")["stroke"] == ("face has dropped", "arm fell")
    assert _problems(small, understandings) == []


@pytest.mark.parametrize(
    ("file", "owner", "examples", "what"),
    [
        (STROKE, "stroke", ("my face has dropped on one side", "my neck aches"), "this red flag"),
        (VOCABULARY, "knee_pain", ("my knee hurts", "bring on labour"), "this complaint"),
        (REFUSALS, "labour", ("bring on labour", "my neck aches"), "this wish"),
    ],
)
def test_an_example_that_is_understood_otherwise_is_an_error(
    small: Folder, understandings: Understandings, file: str, owner: str, examples: tuple[str, str], what: str
) -> None:
    meant, other = examples
    lines = [f"{owner}:", "  - match: word", f"    examples: [{meant}, {other}]", f"    not: [{other}, {meant}]"]
    if file == VOCABULARY:
        lines = ["concepts: {}", "complaints:", *("  " + line for line in lines)]
    small.write(file, "\n".join(lines) + "\n")
    assert [each.partition(f"{owner}: ")[2] for each in _problems(small, understandings)] == [
        f'"{other}" is not understood as {what}. See why with: python -m bot ask "{other}".',
        f'"{meant}" is understood as {what}. See why with: python -m bot ask "{meant}".',
    ]


def test_a_mistake_in_such_a_pattern_is_reported_with_its_line(small: Folder) -> None:
    small.write(STROKE, "stroke:\n  - match: face has dropped\n    exmples: [a]\n  - examples: [b]\n")
    assert small.form() == [
        f'knowledge/{STROKE}:3: stroke: unknown key "exmples". Did you mean "examples"?',
        f'knowledge/{STROKE}:4: stroke: "[1].match" is missing. Add it, as the other entries have it.',
    ]


def test_signs_stand_in_the_file_of_their_red_flag(small: Folder) -> None:
    small.append(STROKE, "suicidal: [gone]\n")
    (found,) = small.found(signs.file_is_flag)
    assert found.startswith(f"knowledge/{STROKE}:2: suicidal: these signs stand in the file of another red flag.")
    assert found.endswith("Move them to texts/en/signs/suicidal.yaml.")
