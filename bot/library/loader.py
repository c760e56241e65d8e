"""Turns a knowledge folder into the types of `bot.domain.knowledge`."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from bot.domain import knowledge as domain
from bot.domain import texts
from bot.library.checks.all_checks import CHECKS
from bot.library.problems import Problem, errors
from bot.library.reading import models
from bot.library.reading.draft import Draft, read
from bot.library.reading.folder import Files, read_folder, version_of
from bot.library.reading.layout import VOCABULARY
from bot.library.training.model_file import model_file

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of reading a knowledge folder. `knowledge` is None if `problems` has an error."""

    knowledge: domain.Knowledge | None
    draft: Draft
    problems: tuple[Problem, ...]


def load(folder: Path) -> tuple[domain.Knowledge | None, tuple[Problem, ...]]:
    """Return the knowledge in `folder`, or None if it has any error, and every problem in the order of the files."""
    reading = read_knowledge(*read_folder(folder))
    return reading.knowledge, reading.problems


def read_knowledge(files: Files, unreadable: tuple[Problem, ...] = ()) -> Reading:
    """Read and check these files, by name. `unreadable` are the problems of files that are not among them."""
    if not files and unreadable:
        return Reading(None, Draft({}, (), {}, frozenset()), unreadable)
    draft, found = read(files)
    found.extend(unreadable)
    for check in CHECKS:
        found.extend(check(draft))
    problems = tuple(sorted(set(found)))
    return Reading(None if errors(problems) else _knowledge(draft), draft, problems)


def _knowledge(draft: Draft) -> domain.Knowledge:
    return domain.Knowledge(
        version=version_of(draft.files),
        points=_points(draft),
        conditions=_made(domain.Condition, draft, "conditions"),
        contraindications=_made(domain.Contraindication, draft, "contraindications"),
        checklist=_checklist(draft),
        red_flags=_made(domain.RedFlag, draft, "red_flags"),
        techniques=_made(domain.Technique, draft, "techniques"),
        sources=_made(domain.Source, draft, "sources"),
        areas=tuple(domain.Area(**_fields(area)) for area in draft.sound("areas").values()),
        texts={language: _texts(draft, language) for language in draft.languages},
        second_readers={language: draft.files[model_file(language)] for language in draft.languages},
    )


def _points(draft: Draft) -> dict[str, domain.Point]:
    entries = draft.entries("points").values()
    return {
        entry.id: domain.Point(id=entry.id, meridian=PurePosixPath(entry.tree.file).stem, **_fields(entry.value))
        for entry in entries
    }


def _checklist(draft: Draft) -> domain.Checklist:
    """Return the rows with a version: a hash of all rows and of their `line` texts in all languages."""
    rows = tuple(domain.ChecklistRow(**_fields(row)) for row in draft.sound("checklist").values())
    lines = [[draft.sound(f"{language}/checklist")[row.id].line for row in rows] for language in draft.languages]
    version = hashlib.sha256(repr((rows, lines)).encode()).hexdigest()[:12]
    return domain.Checklist(version, rows)


def _texts(draft: Draft, language: str) -> texts.Texts:
    def sound(section: str) -> dict[str, Any]:
        return draft.sound(f"{language}/{section}")

    return texts.Texts(
        language=language,
        phrases=sound("phrases"),
        points=_plain(texts.PointText, sound("points")),
        ambiguous_points=sound("ambiguous_points"),
        unknown_points=sound("unknown_points"),
        conditions=_plain(texts.ConditionText, sound("conditions")),
        questions=_plain(texts.QuestionText, sound("questions")),
        checklist=_plain(texts.RowText, sound("checklist")),
        contraindications=_plain(texts.ContraindicationText, sound("contraindications")),
        red_flags=_red_flag_texts(sound),
        techniques=sound("techniques"),
        areas=sound("areas"),
        regions=sound("regions"),
        meridians=sound("meridians"),
        refusals=sound("refusals"),
        topics=sound("topics"),
        vocabulary=texts.Vocabulary(
            **{key: sound(key) for key in VOCABULARY}, plain_words=sound("plain_words").get("plain_words", ())
        ),
    )


def _red_flag_texts(sound: Callable[[str], dict[str, Any]]) -> dict[str, texts.RedFlagText]:
    signs, asked = sound("signs"), sound("asked")
    return {
        id_: texts.RedFlagText(**_fields(text), signs=signs[id_], asked=asked[id_])
        for id_, text in sound("red_flags").items()
    }


def _made(make: Callable[..., T], draft: Draft, section: str) -> dict[str, T]:
    """Return the entries of a section as a type with the fields of the file and an id."""
    return {id_: make(id=id_, **_fields(value)) for id_, value in draft.sound(section).items()}


def _plain(make: Callable[..., T], values: Mapping[str, models.FileModel]) -> dict[str, T]:
    """Return the values as a type with the fields of the file."""
    return {id_: make(**_fields(value)) for id_, value in values.items()}


def _fields(value: models.FileModel) -> dict[str, Any]:
    """Return the fields of an entry by name. The values are not copied."""
    return dict(value)
