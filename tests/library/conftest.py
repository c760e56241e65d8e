"""Fixtures: a tiny knowledge folder that tests may break, and the shipped knowledge."""

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest

from bot.domain.knowledge import Knowledge
from bot.domain.understanding.understand import Understanding
from bot.library.checks import minimum, phrases, vocabulary
from bot.library.formatting.nodes import Items, Pairs, Scalar, read_nodes
from bot.library.formatting.writer import text_of
from bot.library.loader import Reading, read_knowledge
from bot.library.problems import Problem
from bot.library.reading.draft import Draft, read
from bot.library.reading.folder import read_folder
from bot.library.reading.minimum.built_in import Minimum, core_flags, minimums
from bot.library.shipped import shipped
from bot.library.training.model_file import learned, model_file

SMALL = Path(__file__).with_name("small")
Check = Callable[[Draft], Iterable[Problem]]

NEED_THE_WHOLE: tuple[Check, ...] = (  # the checks that the tiny folder does not pass
    phrases.phrases_can_be_filled,
    minimum.core_flags_are_kept,
    minimum.checklist_is_kept,
    minimum.notices_are_kept,
    vocabulary.names_of_the_program_are_there,
)


class Folder:
    """A copy of a knowledge folder that a test may break, and the minimums of the program by language."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.minimums = dict(minimums())

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace `old`, which must be in the file exactly once."""
        path = self.path / file
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), "utf-8")

    def write(self, file: str, content: str | bytes) -> None:
        """Write a whole file, new or not."""
        path = self.path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def append(self, file: str, text: str) -> None:
        """Add a text at the end of a file."""
        path = self.path / file
        path.write_text(path.read_text("utf-8") + text, "utf-8")

    def add(self, file: str, steps: Iterable[str], item: str) -> None:
        """Add an item to the end of the list at these keys, in whatever style the file is written."""
        path = self.path / file
        document = read_nodes(path.read_text("utf-8"))
        node = document.root
        for step in steps:
            assert isinstance(node, Pairs)
            node = next(value for key, value in node.pairs if key.text == step)
        assert isinstance(node, Items)
        node.nodes.append(Scalar(text=item))
        path.write_text(text_of(document), "utf-8")

    def form(self) -> list[str]:
        """Return the problems of form, as text."""
        files, unreadable = read_folder(self.path)
        return [str(problem) for problem in sorted([*unreadable, *read(files)[1]])]

    def found(self, check: Check) -> list[str]:
        """Return the problems that one check finds, as text."""
        return [str(problem) for problem in check(self.draft())]

    def draft(self) -> Draft:
        """Return the folder as it is now, read."""
        return replace(read(read_folder(self.path)[0])[0], minimums=self.minimums)

    def learn(self, language: str = "en") -> None:
        """Makes the model of the second reader from the examples as they lie there."""
        self.write(model_file(language), learned(read_folder(self.path)[0], language))

    def translate(self, language: str) -> None:
        """Add a language with the texts, examples and cases of the English one, including their faults."""
        shutil.copytree(self.path / "texts/en", self.path / "texts" / language)
        shutil.copytree(self.path / "examples/en", self.path / "examples" / language)
        shutil.copy(self.path / "cases/en.yaml", self.path / f"cases/{language}.yaml")


def problem_line(file: str, problem: str) -> str:
    """Return the whole line for `problem` ("12: SP6: ..."), which may have another file of its own in front."""
    elsewhere = problem.split(":", maxsplit=1)[0].endswith(".yaml")
    return f"knowledge/{problem}" if elsewhere else f"knowledge/{file}:{problem}"


@lru_cache
def small_files() -> Mapping[str, bytes]:
    """The files of the tiny knowledge, with the model that its examples make."""
    files = dict(read_folder(SMALL)[0])
    return {**files, model_file("en"): learned(files, "en")}


@pytest.fixture
def small(tmp_path: Path) -> Folder:
    """A tiny knowledge: two points, two complaints, two red flags."""
    folder = Folder(tmp_path / "small")
    for name, content in small_files().items():
        folder.write(name, content)
    return folder


SPANISH = Minimum.model_validate(
    {
        "doctor_notice": r"\bconsulte\b.*\bm[e\u00e9]dico\b",
        "where_not_to_press": r"\bno presione\b",
        "forbidden_words": ["cura", "milagros?"],
        "reading_grade": "none",
        "messages": {flag.id: [f"{flag.id} {number}" for number in range(5)] for flag in core_flags()},
    }
)


@pytest.fixture
def two(small: Folder) -> Folder:
    """The tiny knowledge folder in English and Spanish, with a minimum for both."""
    small.translate("es")
    phrases = "texts/es/phrases/conversation.yaml"
    small.edit(phrases, "Please consult your doctor first.", "Consulte primero a su médico.")
    small.edit(phrases, "<b>Do not press</b> on sore skin.", "<b>No presione</b> la piel herida.")
    small.minimums["es"] = SPANISH
    return small


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
    """The shipped knowledge."""
    assert reading.knowledge is not None, "\n".join(map(str, reading.problems))
    return reading.knowledge


@pytest.fixture(scope="session")
def understandings(knowledge: Knowledge) -> dict[str, Understanding]:
    """The shipped knowledge ready to understand texts, by language."""
    return {"en": Understanding(knowledge, "en")}
