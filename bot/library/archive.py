"""Packs a knowledge folder into one ZIP archive, for storing versions that passed all checks, and unpacks it."""

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from bot.library.errors import ArchiveError
from bot.library.reading.folder import MAX_FILES, MAX_FOLDER, Files

_EPOCH = (1980, 1, 1, 0, 0, 0)  # a fixed time, so that the same files make the same bytes


def pack(files: Files) -> bytes:
    """Return the files as a ZIP archive. The same files always give the same bytes."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, files[name])
    return whole.getvalue()


def unpack(content: bytes) -> Files:
    """Return the files in an archive that `pack` made. Nothing is written to disk.

    Raises ArchiveError if the content is no such archive, is damaged, too big, or has a name that leads outside.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_FILES or sum(entry.file_size for entry in entries) > MAX_FOLDER:
                raise ArchiveError("The archive is too big.")
            return {_safe(entry.filename): _read(archive, entry) for entry in entries}
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise ArchiveError("The archive is broken.") from error


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Read one file, and never more bytes than its entry announces. Raises ArchiveError if the sizes differ."""
    with archive.open(entry) as file:
        content = file.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise ArchiveError("The archive is broken.")
    return content


def _safe(name: str) -> str:
    """Return the name. Raises ArchiveError unless it is a plain relative path within the folder."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or name != str(path):
        raise ArchiveError("The archive holds a file outside its folder.")
    return name
