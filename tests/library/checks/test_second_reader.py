"""The second reader belongs to the knowledge: without a model of exactly these examples nothing is loaded."""

from datetime import UTC, datetime

import pytest

from bot.__main__ import main
from bot.library.checks.second_reader import (
    examples_are_of_red_flags,
    red_flags_have_examples,
    second_reader_has_learned,
)
from bot.library.library import Library, read_library
from bot.library.loader import load
from tests.library.conftest import Folder

NOW = datetime(2026, 7, 25, 9, tzinfo=UTC)
MODEL = "examples/en/second_reader.bin"
RUN = "Run: python -m bot learn FOLDER."


def test_the_model_of_these_examples_is_no_problem(small: Folder) -> None:
    assert small.found(second_reader_has_learned) == []
    assert small.found(examples_are_of_red_flags) == []
    assert small.found(red_flags_have_examples) == []


@pytest.mark.safety("S-16", "S-81")
def test_without_a_valid_model_there_is_no_knowledge(small: Folder) -> None:
    (small.path / MODEL).unlink()
    knowledge, problems = load(small.path)
    assert knowledge is None
    assert f"knowledge/{MODEL}:1: the second reader has not learned anything yet. {RUN}" in map(str, problems)
    small.write(MODEL, b"noise")
    assert small.found(second_reader_has_learned) == [
        (
            f"knowledge/{MODEL}:1: this is no model of the second reader, or one of another version: "
            f"its first line is wrong. {RUN}"
        )
    ]


@pytest.mark.safety("S-81")
def test_an_example_more_asks_for_a_new_model_and_gets_it(small: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    small.append("examples/en/stroke.txt", "half her face hangs\n")
    assert small.found(second_reader_has_learned) == [
        f"knowledge/{MODEL}:1: the model was made from other examples than those beside it. {RUN}"
    ]
    assert main(["learn", str(small.path)]) == 0
    assert capsys.readouterr().out.startswith(f"knowledge/{MODEL}: learned from 9 examples, ")
    assert small.found(second_reader_has_learned) == []


def test_a_fault_in_an_example_is_told_by_check_and_learn(small: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    before = (small.path / MODEL).read_bytes()
    small.append("examples/en/stroke.txt", "!\n")
    fault = "examples/en/stroke.txt:3: the message has no words: !"
    assert f"knowledge/{fault}. Mend it, then run: python -m bot learn FOLDER." in small.found(
        second_reader_has_learned
    )
    assert main(["learn", str(small.path)]) == 1
    assert capsys.readouterr().err == f"{fault}\n"
    assert (small.path / MODEL).read_bytes() == before


def test_examples_of_no_red_flag_are_a_warning(small: Folder) -> None:
    small.write("examples/en/strok.txt", "one side of him is limp\n")
    small.learn()
    assert small.found(second_reader_has_learned) == []
    assert small.found(examples_are_of_red_flags) == [
        (
            "knowledge/examples/en/strok.txt:1: warning: strok: no such red flag is known, so it is never asked about. "
            'Did you mean "stroke"?'
        )
    ]


@pytest.mark.safety("S-16", "S-66")
def test_a_core_flag_needs_examples_and_another_gets_a_warning(small: Folder) -> None:
    (small.path / "examples/en/stroke.txt").unlink()
    data = (small.path / "red_flags.yaml").read_text("utf-8")
    small.append("red_flags.yaml", "\nours:" + data[data.index("stroke:") :].split(":", 1)[1].split("\n\n")[0] + "\n")
    small.learn()
    told = small.found(red_flags_have_examples)
    assert [line.split(": ", 1)[1].split(".")[0] for line in told] == [
        "stroke: the second reader has no example of it in en",
        "warning: ours: the second reader has no example of it in en",
    ]


@pytest.mark.safety("S-89")
def test_every_language_needs_a_second_reader(two: Folder) -> None:
    (two.path / "examples/es/second_reader.bin").unlink()
    told = two.found(second_reader_has_learned)
    assert told == [f"knowledge/examples/es/second_reader.bin:1: the second reader has not learned anything yet. {RUN}"]


def test_files_in_the_wrong_place_are_no_examples(small: Folder) -> None:
    for name in ("examples/stroke.txt", "examples/xx/stroke.txt", "examples/en/other.bin", "examples/en/deep/a.txt"):
        small.write(name, "a message")
    assert [line.split(":")[0] for line in small.form()] == [
        "knowledge/examples/en/deep/a.txt",
        "knowledge/examples/en/other.bin",
        "knowledge/examples/stroke.txt",
        "knowledge/examples/xx/stroke.txt",
    ]


@pytest.mark.safety("S-81")
def test_a_reload_refuses_a_model_of_other_examples_and_then_takes_the_new_one(whole: Folder) -> None:
    read = read_library(whole.path, NOW)
    assert read.loaded is not None
    library = Library(whole.path, read.loaded)
    whole.append("examples/en/none.txt", "a quite harmless remark about the curtains\n")
    refused = library.reload(NOW)
    assert not refused.ok
    assert [problem.file for problem in refused.problems if problem.severity == "error"] == [MODEL]
    assert library.current is read.loaded
