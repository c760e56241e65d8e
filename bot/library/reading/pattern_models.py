"""The format of patterns: a plain line, or a mapping with its reason and examples."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from bot.library.reading.models import FileModel, MaybeText, Text, Texts


class PatternFile(FileModel):
    """A pattern with its reason and its examples.

    Messages under `examples` must be understood as the entry of the pattern; those under `not` must not, by no line.
    """

    match: Text
    because: MaybeText = ""
    examples: Texts = ()
    not_: Annotated[Texts, Field(alias="not")] = ()


def _with_a_match(value: object) -> object:
    return value if isinstance(value, dict) else {"match": value}


def _matches(patterns: tuple[PatternFile, ...]) -> tuple[str, ...]:
    return tuple(pattern.match for pattern in patterns)


PatternFiles = tuple[Annotated[PatternFile, BeforeValidator(_with_a_match)], ...]
Patterns = Annotated[
    PatternFiles, AfterValidator(_matches)
]  # only what is matched; the rest is for `check` and for editors
