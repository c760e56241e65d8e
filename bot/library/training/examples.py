"""The examples the second reader learns from: `examples/<language>/<row id>.txt`, one message a line.

`none.txt` holds harmless messages. Empty lines and lines that begin with `#` say nothing. Order does not matter.
"""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import PurePosixPath
from typing import NamedTuple

from bot.domain.language.words import normalised
from bot.library.reading.folder import EXAMPLES
from bot.library.training.train import NONE, Example

LONGEST = 4_096  # characters of a message, as long as Telegram lets one be


class ExampleFault(NamedTuple):
    """What is wrong with an example: the file relative to the knowledge folder, the line from 1, and what it is."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


class _Line(NamedTuple):
    file: str
    number: int
    text: str


def example_files(files: Mapping[str, bytes], language: str) -> dict[str, str]:
    """The files of examples of a language, by the id of the warning sign (or NONE), sorted."""
    paths = (PurePosixPath(name) for name in files if name.startswith(EXAMPLES) and name.endswith(".txt"))
    return {path.stem: str(path) for path in sorted(paths) if str(path.parent) == f"{EXAMPLES}{language}"}


def read_examples(files: Mapping[str, bytes], language: str) -> tuple[Example, ...]:
    """All examples of one language, sorted, whatever faults they have. Bytes that are not UTF-8 are replaced."""
    return tuple(
        sorted(
            Example(flag, line.text)
            for flag, name in example_files(files, language).items()
            for line in _lines(name, files[name])
        )
    )


def faults(files: Mapping[str, bytes], language: str) -> Iterator[ExampleFault]:
    """Everything that keeps the second reader from learning.

    A message without words, one that is too long, one that stands twice in its file or is called harmless and a
    warning at once, a file that is not UTF-8; and a language without warnings or without harmless messages.
    """
    found = example_files(files, language)
    harmless = {normalised(line.text) for line in _lines(name, files[name])} if (name := found.get(NONE)) else set()
    for flag, name in found.items():
        yield from _faults_in(name, files[name], set() if flag == NONE else harmless)
    if not harmless or len(found) == 1:
        text = f"there must be messages for a warning sign and, in {NONE}.txt, harmless ones"
        yield ExampleFault(f"{EXAMPLES}{language}", 1, text)


def digest(examples: Iterable[Example]) -> str:
    """The sha256 of all examples, whatever their order."""
    lines = sorted(f"{example.flag}\t{example.text}\n" for example in set(examples))
    return sha256("".join(lines).encode()).hexdigest()


def _faults_in(name: str, content: bytes, harmless: set[str]) -> Iterator[ExampleFault]:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        yield ExampleFault(name, 1, "the file is not UTF-8")
        return
    seen: set[str] = set()
    for line in _lines(name, content):
        said = normalised(line.text)
        if fault := _fault(line.text, said, seen, harmless):
            yield ExampleFault(name, line.number, f"{fault}: {line.text[:80]}")
        seen.add(said)


def _fault(text: str, said: str, seen: set[str], harmless: set[str]) -> str:
    if len(text) > LONGEST:
        return f"the message is longer than {LONGEST:,} characters"
    if not said:
        return "the message has no words"
    if said in seen:
        return "the same message stands above"
    return f"the message is also in {NONE}.txt" if said in harmless else ""


def _lines(name: str, content: bytes) -> Iterator[_Line]:
    for number, line in enumerate(content.decode("utf-8", "replace").split("\n"), start=1):
        text = line.strip()
        if text and not text.startswith("#"):
            yield _Line(name, number, text)
