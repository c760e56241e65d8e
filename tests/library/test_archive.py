"""A folder is packed into an archive and unpacked again; anything else is refused."""

import io
import zipfile

import pytest

from bot.library.archive import pack, unpack
from bot.library.errors import ArchiveError
from bot.library.reading.folder import MAX_FOLDER, read_folder, version_of
from tests.library.conftest import Folder


def archive(*files: tuple[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files:
            packed.writestr(name, content)
    return whole.getvalue()


def test_what_was_packed_comes_back_byte_for_byte(small: Folder) -> None:
    files, _ = read_folder(small.path)
    assert unpack(pack(files)) == files
    assert version_of(unpack(pack(files))) == version_of(files)


def test_the_same_files_make_the_same_bytes() -> None:
    assert pack({"a.yaml": b"1", "b.yaml": b"2"}) == pack({"b.yaml": b"2", "a.yaml": b"1"})


@pytest.mark.parametrize("name", ["/etc/passwd", "../up.yaml", "a/../../b.yaml", "a\\b.yaml", "a//b.yaml"])
def test_a_name_that_leads_outside_is_refused(name: str) -> None:
    with pytest.raises(ArchiveError):
        unpack(archive((name, b"x")))


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04" + b"\0" * 50])
def test_bytes_that_are_no_archive_are_refused(content: bytes) -> None:
    with pytest.raises(ArchiveError):
        unpack(content)


def test_a_damaged_archive_is_refused(small: Folder) -> None:
    packed = bytearray(pack(read_folder(small.path)[0]))
    packed[200] ^= 0xFF
    with pytest.raises(ArchiveError):
        unpack(bytes(packed))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    half = b"\0" * (MAX_FOLDER // 2 + 1)
    with pytest.raises(ArchiveError, match="too big"):
        unpack(archive(("a.yaml", half), ("b.yaml", half)))


def test_too_many_files_are_refused() -> None:
    with pytest.raises(ArchiveError, match="too big"):
        unpack(archive(*((f"points/{number}.yaml", b"") for number in range(2_001))))
