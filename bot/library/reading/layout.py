"""The layout of the knowledge folder: which files it has, and which entries each file has."""

from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any

from pydantic import TypeAdapter

from bot.library.reading import models, pattern_models


@dataclass(frozen=True, slots=True)
class Section:
    """Entries of one kind in a file: under the key `under`, or the whole file if that is empty.

    The entries are a mapping by id or, if `listed`, a list of mappings that have their id under `id_key`.
    """

    section: str
    adapter: TypeAdapter[Any]
    under: str = ""
    listed: bool = False
    id_key: str = "id"
    optional: bool = False
    nested: bool = False  # mappings within mappings, down to texts; the ids are dotted keys
    merged: bool = False  # an id may be in several files: its lists are joined
    whole: bool = False  # one entry: everything under the key, which is its id


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: those whose name matches the shell pattern `pattern`, and their sections."""

    pattern: str
    parts: tuple[Section, ...]


VOCABULARY = ("concepts", "groups", "forms", "complaints", "accounts_for")  # mappings from an id to words or patterns

_Texts: TypeAdapter[Any] = TypeAdapter(models.Texts)
_Patterns: TypeAdapter[Any] = TypeAdapter(pattern_models.Patterns)
_WITH_PATTERNS = ("complaints",)  # sections of the vocabulary that have patterns

DATA = (
    FileKind("points/*.yaml", (Section("points", TypeAdapter(models.PointFile)),)),
    FileKind("conditions/*.yaml", (Section("conditions", TypeAdapter(models.ConditionFile)),)),
    FileKind(
        "contraindications.yaml",
        (
            Section("checklist", TypeAdapter(models.RowFile), under="checklist", listed=True),
            Section("contraindications", TypeAdapter(models.ContraindicationFile), under="contraindications"),
        ),
    ),
    FileKind("red_flags.yaml", (Section("red_flags", TypeAdapter(models.RedFlagFile)),)),
    FileKind("techniques.yaml", (Section("techniques", TypeAdapter(models.TechniqueFile)),)),
    FileKind("areas.yaml", (Section("areas", TypeAdapter(models.AreaFile), listed=True),)),
    FileKind("sources/*.yaml", (Section("sources", TypeAdapter(models.SourceFile)),)),
)

TEXTS = (
    FileKind("points.yaml", (Section("points", TypeAdapter(models.PointTextFile)),)),
    FileKind(
        "point_names.yaml",
        (
            Section("ambiguous_points", _Texts, under="ambiguous"),
            Section("unknown_points", _Texts, under="outside"),
        ),
    ),
    FileKind("conditions/*.yaml", (Section("conditions", TypeAdapter(models.ConditionTextFile)),)),
    FileKind("questions.yaml", (Section("questions", TypeAdapter(models.QuestionTextFile)),)),
    FileKind(
        "contraindications.yaml",
        (
            Section("checklist", TypeAdapter(models.RowTextFile), under="checklist"),
            Section("contraindications", TypeAdapter(models.ContraindicationTextFile), under="contraindications"),
        ),
    ),
    FileKind("red_flags.yaml", (Section("red_flags", TypeAdapter(models.RedFlagTextFile)),)),
    FileKind("asked.yaml", (Section("asked", TypeAdapter(models.Asked)),)),
    FileKind("signs/*.yaml", (Section("signs", _Patterns),)),
    FileKind("techniques.yaml", (Section("techniques", TypeAdapter(models.TechniqueText)),)),
    FileKind("areas.yaml", (Section("areas", TypeAdapter(models.AreaLabel)),)),
    FileKind("regions.yaml", (Section("regions", TypeAdapter(models.Label)),)),
    FileKind("meridians.yaml", (Section("meridians", TypeAdapter(models.Label)),)),
    FileKind("refusals.yaml", (Section("refusals", _Patterns),)),
    FileKind("topics.yaml", (Section("topics", _Patterns),)),
    FileKind("phrases/*.yaml", (Section("phrases", TypeAdapter(models.Text), nested=True),)),
    FileKind(
        "vocabulary/*.yaml",
        (
            *(
                Section(key, _Patterns if key in _WITH_PATTERNS else _Texts, under=key, optional=True, merged=True)
                for key in VOCABULARY
            ),
            Section("glosses", TypeAdapter(models.Gloss), under="glosses", optional=True),
            Section("plain_words", _Texts, under="plain_words", optional=True, merged=True, whole=True),
        ),
    ),
)

CASES = Section("cases", TypeAdapter(models.CaseFile), listed=True, id_key="case")


def languages(names: list[str]) -> tuple[str, ...]:
    """Return the languages that have a folder of texts, sorted."""
    return tuple(sorted({name.split("/")[1] for name in names if name.startswith("texts/") and name.count("/") > 1}))


def kinds(spoken: tuple[str, ...]) -> tuple[FileKind, ...]:
    """Return every kind of file, for these languages. The sections of a language have names like `en/points`."""
    texts = tuple(
        FileKind(f"texts/{language}/{kind.pattern}", tuple(_in(language, part) for part in kind.parts))
        for language in spoken
        for kind in TEXTS
    )
    cases = tuple(FileKind(f"cases/{language}.yaml", (_in(language, CASES),)) for language in spoken)
    return DATA + texts + cases


def matches(name: str, kind: FileKind) -> bool:
    """Whether the file `name` is of this kind."""
    return name.count("/") == kind.pattern.count("/") and fnmatchcase(name, kind.pattern)


def _in(language: str, part: Section) -> Section:
    return replace(part, section=f"{language}/{part.section}")
