"""The format of the lines by which a text is understood: a pattern alone, or one with its reason and examples."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from bot.library.reading.models import FileModel, MaybeText, Text, Texts


class PatternFile(FileModel):
    """A pattern with the reason for it and messages that prove it: `examples` must mean what it stands under.

    Messages under `not` must not mean it, by this line or any other.
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
Patterns = Annotated[PatternFiles, AfterValidator(_matches)]  # what is matched; the rest is for `check` and for people
