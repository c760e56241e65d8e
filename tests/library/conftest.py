"""A tiny knowledge folder, and ways to break one thing in it."""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from bot.domain.knowledge import Knowledge
from bot.domain.understanding import Understanding
from bot.library.draft import Draft, read
from bot.library.folder import read_folder
from bot.library.formatting.nodes import Items, Pairs, Scalar, read_nodes
from bot.library.formatting.writer import written
from bot.library.loader import Reading, read_knowledge
from bot.library.problems import Problem
from bot.library.shipped import shipped

Check = Callable[[Draft], Iterable[Problem]]


class Folder:
    """A copy of a knowledge folder that a test may break."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace the one place where `old` stands."""
        path = self.path / file
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), "utf-8")

    def write(self, file: str, content: str | bytes) -> None:
        path = self.path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def append(self, file: str, text: str) -> None:
        path = self.path / file
        path.write_text(path.read_text("utf-8") + text, "utf-8")

    def add(self, file: str, steps: Iterable[str], item: str) -> None:
        """Add an item to the list to which the steps lead, however the file is written."""
        path = self.path / file
        document = read_nodes(path.read_text("utf-8"))
        node = document.root
        for step in steps:
            assert isinstance(node, Pairs)
            node = next(value for key, value in node.pairs if key.text == step)
        assert isinstance(node, Items)
        node.nodes.append(Scalar(text=item))
        path.write_text(written(document), "utf-8")

    def form(self) -> list[str]:
        """The problems of form."""
        files, unreadable = read_folder(self.path)
        return [str(problem) for problem in sorted([*unreadable, *read(files)[1]])]

    def found(self, check: Check) -> list[str]:
        """What one check finds."""
        return [str(problem) for problem in check(read(read_folder(self.path)[0])[0])]


def told(file: str, problem: str) -> str:
    """The whole line for `problem` ("12: SP6: ..."), which names its own file where it is another than `file`."""
    elsewhere = problem.split(":", maxsplit=1)[0].endswith(".yaml")
    return f"knowledge/{problem}" if elsewhere else f"knowledge/{file}:{problem}"


@pytest.fixture
def small(tmp_path: Path) -> Folder:
    """A tiny knowledge: two points, two complaints, two red flags."""
    shutil.copytree(Path(__file__).with_name("small"), tmp_path / "small")
    return Folder(tmp_path / "small")


@pytest.fixture
def whole(tmp_path: Path) -> Folder:
    """A copy of the shipped knowledge."""
    shutil.copytree(shipped(), tmp_path / "whole")
    return Folder(tmp_path / "whole")


@pytest.fixture(scope="session")
def reading() -> Reading:
    """The shipped knowledge, read."""
    return read_knowledge(*read_folder(shipped()))


@pytest.fixture(scope="session")
def knowledge(reading: Reading) -> Knowledge:
    assert reading.knowledge is not None, "\n".join(map(str, reading.problems))
    return reading.knowledge


@pytest.fixture(scope="session")
def understandings(knowledge: Knowledge) -> dict[str, Understanding]:
    return {"en": Understanding(knowledge, "en")}
