"""Patterns must follow the grammar, and their words and concepts must exist."""

import re
import shutil
from datetime import UTC, datetime

import pytest

from bot.library.checks import patterns
from bot.library.library import read_library
from bot.library.shipped import shipped
from tests.library.conftest import Folder, problem_line

TEXTS = "texts/en"
SIGNS = f"{TEXTS}/signs/stroke.yaml"
SHIPPED_SIGNS = "texts/en/signs/spine_trauma.yaml"
BROKEN = {  # before patterns had a grammar, each of these was accepted, or reported in other words
    "unles: {healed_injury} + {crash} {neck}": '"unles:" is no mark. Did you mean "unless:"?',
    "Unless: {healed_injury}": '"Unless:" is no mark. Did you mean "unless:"?',
    "besides: {neck} {crash}": '"besides:" is no mark. Did you mean "beside:"?',
    "{crash}+{neck}": '"+" in "{crash}+{neck}" has no blanks around it. Write " + " between two parts.',
    "{crash} + + {neck}": 'a part is missing beside the "+" of "+ {neck}". Fill it in, or take that + out.',
    "{crash} {": '"{crash} {" has a "{" without its other half. Write {name} or {a|b}.',
    "{crash} (neck)": '"(neck)" is no word. Words have small letters',
    "{not_} {crash}": '"{not_}" is what denies, not what is denied. Write "not {name}".',
    "flibbertigibbet wrongword": (
        'no concept and no plain word of the vocabulary has "flibbertigibbet" and "wrongword". Add it'
    ),
    "{Neck}": '"Neck" in "{Neck}" is no name. Did you mean "neck"?',
    "{crash | neck}": '"crash " in "{crash | neck}" is no name. Did you mean "crash"?',
    "{zzzzz_zzzzz}": 'unknown concept "{zzzzz_zzzzz}". Add it to the vocabulary, or take it out.',
}

PASSED_OVER = {
    "not let {sleep}": '"let" in "not let {sleep}" is a small word ("filler") that is passed over. Take it out.',
    "{vomit|since}": '"{since}" is a small word ("filler") that no pattern can ask for. Take it out.',
    "{sleep} not": '"not" in "{sleep} not" has nothing behind it to deny. Move it before what is denied.',
    "not not {sleep}": '"not" in "not not {sleep}" is a small word ("filler") that is passed over. Take it out.',
    "{negation}": '"{negation}" is what denies',
}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (SIGNS, "[face has dropped]", '["{nek} has dropped"]'),
        (f"{TEXTS}/conditions/neck_shoulder.yaml", "phrases: [", 'phrases: ["{neck|nek} stuck", '),
    ],
)
def test_an_unknown_concept_is_reported_with_the_nearest_known_one(
    small: Folder, file: str, old: str, new: str
) -> None:
    small.edit(file, old, new)
    (found,) = small.found(patterns.concepts_are_known)
    assert 'unknown concept "{nek}". Did you mean "neck"?' in found
    assert found.startswith(problem_line(file, "")[:-1])


@pytest.mark.parametrize("name", ["neck", "body_part", "pressure_crisis"])
def test_concepts_groups_and_what_numbers_say_are_known(small: Folder, name: str) -> None:
    small.edit(SIGNS, "[face has dropped]", f'["{{{name}}} dropped"]')
    assert small.found(patterns.concepts_are_known) == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (SIGNS, "[face has dropped]", '["{neck"]'),
        (f"{TEXTS}/refusals.yaml", "labour: [", 'labour: ["{neck", '),
        (f"{TEXTS}/conditions/neck_shoulder.yaml", "phrases: [", 'phrases: ["{neck", '),
        (f"{TEXTS}/conditions/neck_shoulder.yaml", "name: Tight", 'name: "{Tight"\n  #'),
        (f"{TEXTS}/contraindications.yaml", "phrases: [i am pregnant", 'phrases: ["{neck", i am pregnant'),
    ],
)
def test_lines_and_phrases_of_every_kind_follow_the_grammar(small: Folder, file: str, old: str, new: str) -> None:
    small.edit(file, old, new)
    (found,) = small.found(patterns.patterns_can_be_read)
    assert 'has a "{" without its other half. Write {name} or {a|b}.' in found
    assert found.startswith(problem_line(file, "")[:-1])


def test_a_line_of_a_complaint_is_reported_with_its_file(small: Folder) -> None:
    for name in ("one", "two"):
        small.write(f"{TEXTS}/vocabulary/{name}.yaml", 'complaints:\n  tight_neck:\n    - "{neck} {"\n')
    found = small.found(patterns.patterns_can_be_read)
    assert [re.split(r"vocabulary/|: tight_neck", each)[1] for each in found] == ["one.yaml:3", "two.yaml:3"]


@pytest.mark.parametrize("word", ["neck", "necks", "neck's", "72"])
def test_words_of_the_vocabulary_their_forms_and_numbers_are_known(small: Folder, word: str) -> None:
    small.edit(SIGNS, "[face has dropped]", f'["{word}"]')
    assert not [each for each in small.found(patterns.words_are_known) if f'"{word}"' in each]


def test_words_of_a_phrase_teach_the_vocabulary(small: Folder) -> None:
    small.edit(f"{TEXTS}/conditions/neck_shoulder.yaml", "phrases: [", "phrases: [flibbertigibbet, ")
    assert not [each for each in small.found(patterns.words_are_known) if "flibbertigibbet" in each]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the problems of the shipped knowledge with all of BROKEN and PASSED_OVER in it, without their places."""
    folder = Folder(tmp_path_factory.mktemp("broken") / "whole")
    shutil.copytree(shipped(), folder.path)
    lines = "".join(f'  - "{line}"\n' for line in (*BROKEN, *PASSED_OVER))
    folder.edit(SHIPPED_SIGNS, "spine_trauma:\n", f"spine_trauma:\n{lines}  - i fell off my horse\n")
    said = list(map(str, read_library(folder.path, datetime.now(UTC)).problems))
    written = (folder.path / SHIPPED_SIGNS).read_text("utf-8").splitlines()
    first = written.index(f'  - "{next(iter(BROKEN))}"') + 1
    lines_after_first = [int(each.split(":")[1]) - first for each in said]
    assert lines_after_first == list(range(len(BROKEN) + len(PASSED_OVER)))
    return [each.split(": ", 1)[1] for each in said]


@pytest.mark.parametrize("line", BROKEN)
def test_each_line_that_was_read_as_something_else_is_an_error(broken: list[str], line: str) -> None:
    assert broken[list(BROKEN).index(line)].startswith(f"spine_trauma: {BROKEN[line]}")


@pytest.mark.parametrize("line", PASSED_OVER)
def test_what_a_line_would_pass_over_is_an_error(broken: list[str], line: str) -> None:
    """Without a `{name}` small words are natural: "i fell off my horse" is no error."""
    assert broken[len(BROKEN) + list(PASSED_OVER).index(line)].startswith(f"spine_trauma: {PASSED_OVER[line]}")
