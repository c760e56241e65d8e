"""Which files the knowledge folder has, and what stands in each."""

from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any

from pydantic import TypeAdapter

from bot.library import models, pattern_models


@dataclass(frozen=True, slots=True)
class Part:
    """Entries of one kind within a file: under the key `under`, or the whole file where that is empty.

    The entries are a mapping by id, or, when `listed`, a list of mappings that carry their id under `id_key`.
    """

    section: str
    adapter: TypeAdapter[Any]
    under: str = ""
    listed: bool = False
    id_key: str = "id"
    optional: bool = False
    nested: bool = False  # maps in maps down to texts; the ids are dotted keys
    merged: bool = False  # the same id may stand in several files: their lists are joined
    whole: bool = False  # one entry, all that stands under the key, and the key is its id


@dataclass(frozen=True, slots=True)
class Kind:
    """The files that match `pattern`, and their parts."""

    pattern: str
    parts: tuple[Part, ...]


VOCABULARY = ("concepts", "groups", "forms", "complaints", "accounts_for")  # maps from an id to words

_Texts: TypeAdapter[Any] = TypeAdapter(models.Texts)
_Patterns: TypeAdapter[Any] = TypeAdapter(pattern_models.Patterns)
_WITH_PATTERNS = ("complaints",)  # those of the vocabulary whose words are patterns

DATA = (
    Kind("points/*.yaml", (Part("points", TypeAdapter(models.PointFile)),)),
    Kind("conditions/*.yaml", (Part("conditions", TypeAdapter(models.ConditionFile)),)),
    Kind(
        "contraindications.yaml",
        (
            Part("checklist", TypeAdapter(models.RowFile), under="checklist", listed=True),
            Part("contraindications", TypeAdapter(models.ContraindicationFile), under="contraindications"),
        ),
    ),
    Kind("red_flags.yaml", (Part("red_flags", TypeAdapter(models.RedFlagFile)),)),
    Kind("techniques.yaml", (Part("techniques", TypeAdapter(models.TechniqueFile)),)),
    Kind("areas.yaml", (Part("areas", TypeAdapter(models.AreaFile), listed=True),)),
    Kind("sources/*.yaml", (Part("sources", TypeAdapter(models.SourceFile)),)),
)

TEXTS = (
    Kind("points.yaml", (Part("points", TypeAdapter(models.PointTextFile)),)),
    Kind(
        "point_names.yaml",
        (
            Part("ambiguous_points", _Texts, under="ambiguous"),
            Part("unknown_points", _Texts, under="outside"),
        ),
    ),
    Kind("conditions/*.yaml", (Part("conditions", TypeAdapter(models.ConditionTextFile)),)),
    Kind("questions.yaml", (Part("questions", TypeAdapter(models.QuestionTextFile)),)),
    Kind(
        "contraindications.yaml",
        (
            Part("checklist", TypeAdapter(models.RowTextFile), under="checklist"),
            Part("contraindications", TypeAdapter(models.ContraindicationTextFile), under="contraindications"),
        ),
    ),
    Kind("red_flags.yaml", (Part("red_flags", TypeAdapter(models.RedFlagTextFile)),)),
    Kind("signs/*.yaml", (Part("signs", _Patterns),)),
    Kind("techniques.yaml", (Part("techniques", TypeAdapter(models.TechniqueText)),)),
    Kind("areas.yaml", (Part("areas", TypeAdapter(models.AreaLabel)),)),
    Kind("regions.yaml", (Part("regions", TypeAdapter(models.Label)),)),
    Kind("meridians.yaml", (Part("meridians", TypeAdapter(models.Label)),)),
    Kind("refusals.yaml", (Part("refusals", _Patterns),)),
    Kind("phrases/*.yaml", (Part("phrases", TypeAdapter(models.Text), nested=True),)),
    Kind(
        "vocabulary/*.yaml",
        (
            *(
                Part(key, _Patterns if key in _WITH_PATTERNS else _Texts, under=key, optional=True, merged=True)
                for key in VOCABULARY
            ),
            Part("glosses", TypeAdapter(models.Gloss), under="glosses", optional=True),
            Part("plain_words", _Texts, under="plain_words", optional=True, merged=True, whole=True),
        ),
    ),
)

CASES = Part("cases", TypeAdapter(models.CaseFile), listed=True, id_key="case")


def languages(names: list[str]) -> tuple[str, ...]:
    """The languages that have a folder of texts."""
    return tuple(sorted({name.split("/")[1] for name in names if name.startswith("texts/") and name.count("/") > 1}))


def kinds(spoken: tuple[str, ...]) -> tuple[Kind, ...]:
    """Every kind of file there is, with those of each language; a section of a language is named `en/points`."""
    texts = tuple(
        Kind(f"texts/{language}/{kind.pattern}", tuple(_in(language, part) for part in kind.parts))
        for language in spoken
        for kind in TEXTS
    )
    cases = tuple(Kind(f"cases/{language}.yaml", (_in(language, CASES),)) for language in spoken)
    return DATA + texts + cases


def matches(name: str, kind: Kind) -> bool:
    """Whether the file called `name` is of this kind."""
    return name.count("/") == kind.pattern.count("/") and fnmatchcase(name, kind.pattern)


def _in(language: str, part: Part) -> Part:
    return replace(part, section=f"{language}/{part.section}")
