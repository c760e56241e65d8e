"""The knowledge in use is replaced as a whole or not at all; with faulty files, an earlier good version is used."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.knowledge import Knowledge
from bot.library.errors import KnowledgeError
from bot.library.library import Library
from tests.library.conftest import Folder

NOW = datetime(2030, 1, 2, 14, 2, 11, tzinfo=UTC)
POINTS = "texts/en/points.yaml"
GB21 = "points/gallbladder.yaml"


@pytest.fixture
def library(whole: Folder, knowledge: Knowledge) -> Library:
    return Library.open(whole.path, NOW, known_good=knowledge.version)


def test_a_good_folder_is_opened(library: Library, knowledge: Knowledge) -> None:
    assert library.current.knowledge == knowledge
    assert library.current.loaded_at == NOW
    assert library.current.counts.startswith("54 points, 45 conditions, 86 red flags, ")
    assert library.current.understanding["en"].understand("tennis elbow").accepted[0].id == "elbow_pain"


@pytest.mark.safety("S-16")
def test_a_faulty_folder_without_an_earlier_good_version_is_not_opened(whole: Folder) -> None:
    (whole.path / "red_flags.yaml").unlink()
    with pytest.raises(KnowledgeError, match=r"has 1 error:\nknowledge/red_flags.yaml:1: there is no such file"):
        Library.open(whole.path, NOW)


def test_a_faulty_folder_falls_back_to_the_archive_and_keeps_the_errors_to_tell(
    whole: Folder, library: Library, knowledge: Knowledge
) -> None:
    archive = library.archive()
    whole.edit(GB21, "GB21:", "GB21")
    opened = Library.open(whole.path, NOW, known_good=knowledge.version, fallback=lambda: archive)
    assert opened.current.knowledge == knowledge
    assert f"knowledge/{GB21}" in "\n".join(map(str, opened.current.problems))
    assert opened.archive() == archive


def test_a_broken_archive_is_no_fallback(whole: Folder) -> None:
    whole.write(GB21, "")
    with pytest.raises(KnowledgeError, match="the file is empty"):
        Library.open(whole.path, NOW, fallback=lambda: b"broken")


def test_a_reload_of_a_good_folder_goes_live_with_the_list_of_changes(whole: Folder, library: Library) -> None:
    before = library.current
    whole.edit(POINTS, "  name: Joining Valley\n", "  name: Meeting Valley\n")
    done = library.reload(NOW)
    assert done.ok
    assert done.changes == ("~ LI4 name",)
    assert done.version == library.current.knowledge.version != before.knowledge.version
    assert library.current.knowledge.texts["en"].points["LI4"].name == "Meeting Valley"
    assert before.knowledge.texts["en"].points["LI4"].name == "Joining Valley"
    assert done.summary == "No errors, no warnings"
    assert done.took > 0


def test_a_reload_of_a_faulty_folder_changes_nothing(whole: Folder, library: Library) -> None:
    before = library.current
    whole.edit(GB21, "  hanzi: 肩井\n", "")
    done = library.reload(NOW)
    assert not done.ok
    assert library.current is before
    assert done.version == before.knowledge.version
    assert done.changes == ()
    assert done.summary == "1 error, no warnings"


@pytest.mark.safety("S-66")
def test_a_reload_that_weakens_a_red_flag_changes_nothing(whole: Folder, library: Library) -> None:
    before = library.current
    whole.write("texts/en/signs/suicidal_crisis.yaml", "suicidal_crisis: [zzz]\n")
    done = library.reload(NOW)
    assert not done.ok
    assert library.current is before
    assert any("suicidal_crisis" in str(problem) for problem in done.problems)


def test_a_worked_case_that_fails_keeps_the_old_knowledge(whole: Folder, library: Library) -> None:
    whole.append("cases/en.yaml", "- case: Wrong on purpose\n  say: tennis elbow\n  expect: {condition: knee_pain}\n")
    done = library.reload(NOW)
    assert not done.ok
    assert "Wrong on purpose: expected condition knee_pain, found elbow_pain" in str(done.problems[0])


def test_a_rollback_makes_an_earlier_version_live_again(whole: Folder, library: Library) -> None:
    archive, version = library.archive(), library.current.knowledge.version
    whole.edit(POINTS, "  name: Joining Valley\n", "  name: Meeting Valley\n")
    assert library.reload(NOW).ok
    done = library.rollback(archive, NOW)
    assert done.ok
    assert done.changes == ("~ LI4 name",)
    assert library.current.knowledge.version == done.version == version


def test_a_rollback_to_broken_bytes_changes_nothing(library: Library) -> None:
    before = library.current
    assert not library.rollback(b"broken", NOW).ok
    assert library.current is before


def test_reading_for_a_preview_makes_nothing_live(whole: Folder, library: Library) -> None:
    before = library.current
    whole.edit(POINTS, "  name: Joining Valley\n", "  name: Meeting Valley\n")
    read = library.read()
    assert read.loaded is not None
    assert read.loaded.knowledge.texts["en"].points["LI4"].name == "Meeting Valley"
    assert library.current is before


@pytest.mark.safety("S-30")
def test_a_changed_row_makes_a_new_version_of_the_checklist_and_another_change_does_not(
    whole: Folder, library: Library
) -> None:
    version = library.current.knowledge.checklist.version
    whole.edit(POINTS, "  name: Joining Valley\n", "  name: Meeting Valley\n")
    read = library.read()
    assert read.loaded is not None
    assert read.loaded.knowledge.checklist.version == version
    whole.edit("texts/en/contraindications.yaml", "line: Under 18", "line: Under 18 years old")
    read = library.read()
    assert read.loaded is not None
    assert read.loaded.knowledge.checklist.version != version


def test_a_folder_that_disappears_keeps_the_old_knowledge(library: Library, tmp_path: Path) -> None:
    before = library.current
    (tmp_path / "whole").rename(tmp_path / "gone")
    assert not library.reload(NOW).ok
    assert library.current is before
