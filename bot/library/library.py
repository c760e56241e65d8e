"""The knowledge in use. A reload reads and checks everything separately, and then replaces all of it or nothing."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from bot.domain.knowledge import Knowledge
from bot.domain.understanding.understand import Understanding
from bot.library.archive import pack, unpack
from bot.library.changes import changed_files, changes
from bot.library.checks.ignored import ignored_words
from bot.library.checks.redundant import defeated_exceptions, redundant_lines
from bot.library.errors import ArchiveError, KnowledgeError
from bot.library.loader import read_knowledge
from bot.library.problems import Problem, counted, errors
from bot.library.proofs.examine import proofs
from bot.library.proofs.shadowing import shadowed_messages
from bot.library.reading.folder import PICTURES, Files, read_folder

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Loaded:
    """One version of the knowledge, checked and ready for use. `understanding` is by language.

    `problems` are warnings, or the problems of the folder if an earlier good version is used instead.
    """

    knowledge: Knowledge
    understanding: Mapping[str, Understanding]
    problems: tuple[Problem, ...]
    loaded_at: datetime
    files: Files

    @property
    def counts(self) -> str:
        """How much there is: `54 points, 45 conditions, ...`."""
        known = self.knowledge
        numbers = {
            "points": len(known.points),
            "conditions": len(known.conditions),
            "red flags": len(known.red_flags),
            "contraindications": len(known.contraindications),
            "sources": len(known.sources),
        }
        return ", ".join(f"{number} {noun}" for noun, number in numbers.items())


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The result of reading a folder or archive. `loaded` is None if there is an error; `files` is a number."""

    loaded: Loaded | None
    problems: tuple[Problem, ...]
    files: int

    @property
    def summary(self) -> str:
        """How many problems there are: `No errors, 1 warning`."""
        faults = len(errors(self.problems))
        return f"{counted(faults, 'error')}, {counted(len(self.problems) - faults, 'warning').lower()}"


@dataclass(frozen=True, slots=True)
class Reloaded:
    """The result of a reload. If it is not `ok`, nothing has changed.

    `version` is the one in use now, `took` is in seconds, `files` is the number of files read.
    """

    ok: bool
    problems: tuple[Problem, ...]
    changes: tuple[str, ...]
    version: str
    took: float
    files: int
    counts: str
    summary: str


class Library:
    """Holds the current knowledge. It may be used from many threads; a turn keeps the `current` that it began with."""

    def __init__(self, folder: Path, loaded: Loaded) -> None:
        self.folder = folder
        self._current = loaded
        self.reloads = 0  # how often the knowledge has been replaced since the start
        self._lock = threading.Lock()

    @classmethod
    def open(
        cls,
        folder: Path,
        now: datetime,
        *,
        known_good: str | None = None,
        fallback: Callable[[], bytes | None] = lambda: None,
    ) -> Self:
        """Open the knowledge in `folder` or, if that has errors, in the archive that `fallback` returns.

        `known_good` is a version that this program has proven before; its worked cases are not run again. Raises
        KnowledgeError if neither can be used.
        """
        read = read_library(folder, now, known_good=known_good)
        if read.loaded is not None:
            return cls(folder, read.loaded)
        archive = fallback()
        earlier = _read_archive(archive, now, known_good=known_good) if archive else None
        if earlier is None or earlier.loaded is None:
            raise KnowledgeError(folder, errors(read.problems))
        log.error("The knowledge folder has %s; version %s is used.", read.summary, earlier.loaded.knowledge.version)
        return cls(folder, _with_problems(earlier.loaded, read.problems))

    @property
    def current(self) -> Loaded:
        """The knowledge in use now."""
        return self._current

    def picture(self, name: str) -> bytes | None:
        """Return a picture of the current knowledge by its name within pictures/, or None if there is none."""
        return self._current.files.get(PICTURES + name)

    def archive(self) -> bytes:
        """Return the files of the current knowledge as an archive, for storing."""
        return pack(self._current.files)

    def read(self, now: datetime | None = None) -> ReadResult:
        """Read and check the folder without using it. `now` is when it counts as loaded."""
        return read_library(self.folder, now or self._current.loaded_at)

    def reload(self, now: datetime) -> Reloaded:
        """Read the folder and use it if it has no error; else change nothing."""
        started = time.perf_counter()
        with self._lock:
            return self._swap(read_library(self.folder, now, thorough=True), started)

    def rollback(self, archive: bytes, now: datetime) -> Reloaded:
        """Use an earlier version again if this program still finds no error in it; else change nothing."""
        started = time.perf_counter()
        with self._lock:
            return self._swap(_read_archive(archive, now), started)

    def follow(self, archive: bytes, now: datetime, *, known_good: str | None) -> Reloaded:
        """Use the version that another process now uses, if it has no error; else change nothing.

        `known_good` is explained at `open`.
        """
        started = time.perf_counter()
        with self._lock:
            return self._swap(_read_archive(archive, now, known_good=known_good), started)

    def _swap(self, read: ReadResult, started: float) -> Reloaded:
        before = self._current
        after = read.loaded or before
        different: tuple[str, ...] = ()
        if after is not before:
            different = (*changes(before.knowledge, after.knowledge), *changed_files(before.files, after.files))
            self._current = after
            self.reloads += 1
        return Reloaded(
            ok=read.loaded is not None,
            problems=read.problems,
            changes=different,
            version=after.knowledge.version,
            took=time.perf_counter() - started,
            files=read.files,
            counts=after.counts,
            summary=read.summary,
        )


def read_library(folder: Path, now: datetime, *, known_good: str | None = None, thorough: bool = False) -> ReadResult:
    """Read and check a folder. The start, `check` and /reload all use this function.

    The worked cases and the core list run unless the version is `known_good`. `thorough` adds the slower warnings.
    """
    return _read(*read_folder(folder), now, known_good=known_good, thorough=thorough)


def _read(
    files: Files, unreadable: tuple[Problem, ...], now: datetime, *, known_good: str | None, thorough: bool
) -> ReadResult:
    reading = read_knowledge(files, unreadable)
    knowledge = reading.knowledge
    if knowledge is None:
        return ReadResult(None, tuple(sorted({*reading.problems, *ignored_words(reading.draft)})), len(files))
    understanding = {language: Understanding(knowledge, language) for language in knowledge.texts}
    found = list(reading.problems)
    if knowledge.version != known_good:
        found += ignored_words(reading.draft)
        found += proofs(reading.draft, knowledge, understanding)
    if thorough:
        found += shadowed_messages(reading.draft, knowledge, understanding)
        lexicons = {language: each.workings("").lexicon for language, each in understanding.items()}
        found += redundant_lines(reading.draft, lexicons)
        found += defeated_exceptions(reading.draft, lexicons)
    problems = tuple(sorted(set(found)))
    if errors(problems):
        return ReadResult(None, problems, len(files))
    return ReadResult(Loaded(knowledge, understanding, problems, now, files), problems, len(files))


def _read_archive(archive: bytes, now: datetime, *, known_good: str | None = None) -> ReadResult:
    try:
        files = unpack(archive)
    except ArchiveError as error:
        problem = Problem(".", 1, "", "error", f"the kept version cannot be read: {error}", "Use another version.")
        return ReadResult(None, (problem,), 0)
    return _read(files, (), now, known_good=known_good, thorough=False)


def _with_problems(loaded: Loaded, problems: tuple[Problem, ...]) -> Loaded:
    return Loaded(loaded.knowledge, loaded.understanding, problems, loaded.loaded_at, loaded.files)
