"""The minimum built into the program (S-66): the core list, and what the texts of each language must have."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, TypeAdapter

from bot.domain.knowledge import Urgency
from bot.library.reading.models import FileModel, Texts
from bot.library.reading.yaml_file import parse

FEWEST_MESSAGES = 5  # for each flag of the core list, in each language

_FOLDER = Path(__file__).parent
_FLAGS: TypeAdapter[dict[str, Urgency]] = TypeAdapter(dict[str, Urgency])


@dataclass(frozen=True, slots=True)
class CoreFlag:
    """A red flag that every knowledge must have, at least as urgent, in every language (S-18)."""

    id: str
    urgency: Urgency


@cache
def core_flags() -> tuple[CoreFlag, ...]:
    """Return the core list. Raises ValueError if its file is faulty, which is a fault of the program."""
    flags = _FLAGS.validate_python(_data(_FOLDER / "red_flags.yaml"))
    return tuple(CoreFlag(id_, urgency) for id_, urgency in flags.items())


def _pattern(value: object) -> object:
    try:
        return re.compile(value, re.IGNORECASE) if isinstance(value, str) else value
    except re.error as error:
        raise ValueError(f"no regular expression: {error}") from error


def _any_of(words: object) -> object:
    """Return a regular expression for any of these regular expressions, as whole words."""
    if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
        raise ValueError("must be a list of texts, at least one")
    for word in words:
        _pattern(word)
    return _pattern(rf"\b(?:{'|'.join(words)})\b")


def _whole_core_list(value: Mapping[str, Texts]) -> Mapping[str, Texts]:
    known = {flag.id for flag in core_flags()}
    odd = sorted(known ^ value.keys()) or sorted(
        id_ for id_, messages in value.items() if len(set(messages)) < FEWEST_MESSAGES
    )
    if odd:
        text = f"each flag of red_flags.yaml, and no other, needs {FEWEST_MESSAGES} different messages"
        raise ValueError(f"{text}; look at: {', '.join(odd)}")
    return value


Pattern = Annotated[re.Pattern[str], BeforeValidator(_pattern)]


class Minimum(FileModel):
    """What the texts of one language must have. Regular expressions ignore case.

    `messages` has, for each flag of the core list, messages that must raise a flag at least as urgent.
    """

    doctor_notice: Pattern
    where_not_to_press: Pattern
    forbidden_words: Annotated[re.Pattern[str], BeforeValidator(_any_of)]
    reading_grade: Literal["flesch_kincaid", "none"]
    messages: Annotated[dict[str, Texts], AfterValidator(_whole_core_list)]


Minimums = Mapping[str, Minimum]


@cache
def minimums() -> Minimums:
    """Return the minimums by language. Raises ValueError if one of the files is faulty."""
    return {path.stem: read_minimum(path) for path in sorted((_FOLDER / "texts").glob("*.yaml"))}


def read_minimum(path: Path) -> Minimum:
    """Return the minimum in a file. Raises ValueError with what is wrong with it."""
    return Minimum.model_validate(_data(path))


def _data(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds, until it is validated
    tree, problems = parse(path.name, path.read_bytes())
    if tree is None or problems:
        raise ValueError("; ".join(map(str, problems)))
    return tree.data
