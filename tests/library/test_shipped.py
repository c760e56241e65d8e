"""The knowledge that is shipped with the program, and an editor's copy of it."""

from pathlib import Path

import pytest

from bot.cli.knowledge_commands import run_copy
from bot.library.reading.folder import read_folder
from bot.library.shipped import shipped


def test_the_shipped_knowledge_is_found() -> None:
    assert (shipped() / "areas.yaml").is_file()


@pytest.mark.parametrize("there_before", [True, False])
def test_a_copy_is_the_same_knowledge(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *, there_before: bool
) -> None:
    folder = tmp_path / "copy"
    if there_before:
        folder.mkdir()
    assert run_copy(folder) == 0
    assert read_folder(folder) == read_folder(shipped())
    assert f"python -m bot check {folder}" in capsys.readouterr().out


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("precious")
    assert run_copy(tmp_path) == 1
    assert "is not empty. Give a new or empty folder." in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("precious")
    assert run_copy(tmp_path / "file") == 1
    assert (tmp_path / "file").read_text() == "precious"
