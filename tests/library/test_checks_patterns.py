"""Patterns name only concepts that somebody can say."""

import pytest

from bot.library import checks_patterns
from tests.library.conftest import Folder, told

TEXTS = "texts/en"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (f"{TEXTS}/signs/stroke.yaml", "[face has dropped]", '["{nek} has dropped"]'),
        (f"{TEXTS}/conditions/neck_shoulder.yaml", "phrases: [", 'phrases: ["{neck|nek} stuck", '),
    ],
)
def test_an_unknown_concept_is_told_with_the_nearest_known_one(small: Folder, file: str, old: str, new: str) -> None:
    small.edit(file, old, new)
    (found,) = small.found(checks_patterns.concepts_are_known)
    assert 'unknown concept "{nek}". Did you mean "neck"?' in found
    assert found.startswith(told(file, "")[:-1])


@pytest.mark.parametrize("name", ["neck", "body_part", "pressure_crisis"])
def test_concepts_groups_and_what_numbers_say_are_known(small: Folder, name: str) -> None:
    small.edit(f"{TEXTS}/signs/stroke.yaml", "[face has dropped]", f'["{{{name}}} has dropped"]')
    assert small.found(checks_patterns.concepts_are_known) == []
