"""The knowledge that travels with the program is without any problem, warnings included."""

from datetime import UTC, datetime

import pytest

from bot.library.library import ReadResult, read_library
from bot.library.shipped import shipped


@pytest.fixture(scope="module")
def read() -> ReadResult:
    """Everything that `check` and /reload look at."""
    return read_library(shipped(), datetime.now(UTC), thorough=True)


@pytest.mark.safety("S-38", "S-40", "S-42", "S-44", "S-66", "S-75")
def test_the_shipped_knowledge_has_no_problems(read: ReadResult) -> None:
    assert [str(problem) for problem in read.problems] == []
    assert read.loaded is not None


@pytest.mark.safety("S-75")
def test_every_clinical_entry_says_honestly_that_no_clinician_has_reviewed_it(read: ReadResult) -> None:
    assert read.loaded is not None
    known = read.loaded.knowledge
    entries = [
        *known.points.values(),
        *known.conditions.values(),
        *known.contraindications.values(),
        *known.red_flags.values(),
        *known.techniques.values(),
    ]
    assert {entry.reviewed for entry in entries} == {"not yet"}
    assert all(entry.sources for entry in entries)


def test_the_shipped_knowledge_is_whole(read: ReadResult) -> None:
    assert read.loaded is not None
    known = read.loaded.knowledge
    counts = (len(known.points), len(known.conditions), len(known.red_flags), len(known.contraindications))
    assert counts == (54, 45, 86, 45)
