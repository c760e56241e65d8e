"""Labelled messages: from a file of JSON Lines, or from the lists that the tests read.

A line of a file is {"text", "kind", "complaints": [[id, ...], ...], "unsure"}: one inner list a complaint, the most
important first, with every id that is right for it. Kinds: condition, vague, out_of_scope, emergency, look_alike.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LISTS = ROOT / "tests" / "data"
PARTS = ("all", "first-two-thirds", "last-third")


@dataclass(frozen=True, slots=True)
class Case:
    text: str
    kind: str
    complaints: tuple[frozenset[str], ...] = ()
    unsure: bool = False  # careful readers differed on it

    @property
    def any_of(self) -> frozenset[str]:
        """Every id that is right for one of its complaints."""
        return frozenset().union(*self.complaints)


def read_cases(path: Path, part: str = "all") -> list[Case]:
    """The messages of a file, or of a folder of lists like the tests'; all, or a part of them in their order."""
    cases = _listed(path) if path.is_dir() else _of_file(path)
    cut = len(cases) * 2 // 3
    return {"all": cases, "first-two-thirds": cases[:cut], "last-third": cases[cut:]}[part]


def emergencies(folder: Path) -> list[tuple[frozenset[str], str]]:
    """The emergencies of a folder, each with its labels: ids of red flags, or an urgency."""
    return [(frozenset(_ids(labels)), text) for labels, text in _pairs(folder / "emergencies.txt")]


def harmless(folder: Path) -> dict[str, list[str]]:
    """The messages of a folder that must raise no alarm, by list."""
    return {
        "look-alikes": _texts(folder / "look_alikes.txt"),
        "complaints": _texts(folder / "complaints.txt"),
        "off topic": _texts(folder / "off_topic.txt"),
    }


def complaints_of(labels: str) -> tuple[frozenset[str], ...]:
    """`a/b + c` is two complaints, for the first of which either id is right."""
    return tuple(frozenset(_ids(each)) for each in labels.split("+"))


def _of_file(path: Path) -> list[Case]:
    return [_case(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _listed(folder: Path) -> list[Case]:
    return [
        *(Case(text, "condition", complaints_of(labels)) for labels, text in _pairs(folder / "complaints.txt")),
        *(Case(text, "emergency") for _, text in emergencies(folder)),
        *(Case(text, "look_alike") for text in _texts(folder / "look_alikes.txt")),
        *(Case(text, "out_of_scope") for text in _texts(folder / "off_topic.txt")),
    ]


def _case(line: str) -> Case:
    said = json.loads(line)
    return Case(said["text"], said["kind"], tuple(map(frozenset, said["complaints"])), said["unsure"])


def _ids(labels: str) -> Iterable[str]:
    return (each.strip() for each in labels.split("/"))


def _texts(path: Path) -> list[str]:
    """The messages of a list. What stands before a bar is a label."""
    return [line.rpartition("|")[2].strip() for line in _lines(path)]


def _pairs(path: Path) -> Sequence[tuple[str, str]]:
    parted = (line.split("|", 1) for line in _lines(path))
    return [(left.strip(), right.strip()) for left, right in parted]


def _lines(path: Path) -> list[str]:
    lines = path.read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
