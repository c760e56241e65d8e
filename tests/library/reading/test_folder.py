"""A folder is read once, and whatever cannot be read gives a problem, never an exception."""

import os
from pathlib import Path

import pytest

from bot.library.loader import load
from bot.library.reading.folder import MAX_PICTURE, read_folder, version_of
from bot.library.reading.yaml_file import MAX_BYTES
from tests.library.conftest import Folder


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in read_folder(folder)[1]]


def test_a_missing_folder_is_one_problem(tmp_path: Path) -> None:
    knowledge, found = load(tmp_path / "nowhere")
    assert knowledge is None
    (problem,) = found
    assert "nowhere does not exist" in str(problem)


def test_a_file_instead_of_a_folder_is_one_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "is not a folder" in problems(tmp_path / "file")[0]


def test_an_empty_folder_lacks_every_file(tmp_path: Path) -> None:
    knowledge, found = load(tmp_path)
    assert knowledge is None
    assert any("points:1: there is no such file" in str(problem) for problem in found)


def test_a_link_in_a_circle_is_a_problem(small: Folder) -> None:
    (small.path / "points" / "loop").symlink_to(small.path)
    assert "knowledge/points/loop:1: the link leads back to a folder it lies in. Remove the link." in small.form()


def test_a_link_to_itself_is_a_problem(small: Folder) -> None:
    (small.path / "points" / "self.yaml").symlink_to(small.path / "points" / "self.yaml")
    assert any("points/self.yaml:1: cannot be read" in line for line in small.form())


def test_a_link_to_nothing_is_a_problem(small: Folder) -> None:
    (small.path / "points" / "gone.yaml").symlink_to(small.path / "nowhere.yaml")
    assert any("points/gone.yaml:1: cannot be read: no such file" in line for line in small.form())


def test_links_to_real_files_are_followed(small: Folder, tmp_path: Path) -> None:
    (small.path / "areas.yaml").rename(tmp_path / "elsewhere.yaml")
    (small.path / "areas.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert small.form() == []


def test_a_pipe_is_no_file(small: Folder) -> None:
    os.mkfifo(small.path / "points" / "pipe.yaml")
    assert any("points/pipe.yaml:1: this is not an ordinary file" in line for line in small.form())


@pytest.mark.safety("S-65")
def test_a_ten_megabyte_file_is_not_even_read(small: Folder) -> None:
    small.write("points/big.yaml", b"a" * 10 * MAX_BYTES)
    assert any("points/big.yaml:1: the file is too big, 10,000,000 bytes" in line for line in small.form())


def test_a_picture_that_is_too_big_is_a_problem(small: Folder) -> None:
    small.write("pictures/LI4.jpg", b"a" * (MAX_PICTURE + 1))
    assert any("pictures/LI4.jpg:1: the file is too big" in line for line in small.form())


def test_a_file_that_is_not_read_is_a_problem(small: Folder) -> None:
    small.write("condition/neck.yaml", "a: b")
    assert small.form() == [
        'knowledge/condition/neck.yaml:1: no such file is known, so it is not read. Did you mean "conditions/*.yaml"?'
    ]


def test_a_file_with_the_other_ending_is_a_problem(small: Folder) -> None:
    small.write("points/more.yml", "a: b")
    assert small.form() == [
        "knowledge/points/more.yml:1: the file is not read, for its name does not end in .yaml. Rename it."
    ]


def test_hidden_files_and_notes_are_ignored(small: Folder) -> None:
    before = version_of(read_folder(small.path)[0])
    small.write(".git/config.yaml", "a: b")
    small.write("HAZARDS.md", "notes")
    small.write("points/.spleen.yaml.swp", "x")
    assert small.form() == []
    assert version_of(read_folder(small.path)[0]) == before


def test_the_version_changes_with_any_byte_and_any_name_pictures_included(small: Folder) -> None:
    versions = {version_of(read_folder(small.path)[0])}
    small.write("pictures/LI4.jpg", "another picture")
    versions.add(version_of(read_folder(small.path)[0]))
    small.append("areas.yaml", "# a remark\n")
    versions.add(version_of(read_folder(small.path)[0]))
    (small.path / "sources" / "all.yaml").rename(small.path / "sources" / "every.yaml")
    versions.add(version_of(read_folder(small.path)[0]))
    assert len(versions) == 4
