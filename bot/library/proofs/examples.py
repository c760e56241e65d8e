"""Checks the examples of patterns: messages that must, or must not, be understood as the entry of the pattern."""

from collections.abc import Callable, Iterator, Mapping

from pydantic import TypeAdapter

from bot.domain.understanding.understand import Understanding
from bot.domain.understanding.understood import Understood
from bot.library.problems import Problem
from bot.library.reading.draft import Draft
from bot.library.reading.entries import Entry
from bot.library.reading.pattern_models import PatternFiles

_PATTERNS = TypeAdapter(PatternFiles)


def examples_hold(draft: Draft, understandings: Mapping[str, Understanding]) -> Iterator[Problem]:
    """Each message under `examples` must be understood as the entry of its pattern, and none under `not`."""
    for language, understanding in understandings.items():
        for section, (meant, what) in _MEANT.items():
            for merged in draft.entries(f"{language}/{section}").values():
                for entry in (merged, *merged.joined):
                    yield from _faults(entry, understanding, meant, what)


def _faults(
    entry: Entry, understanding: Understanding, meant: Callable[[Understood], tuple[str, ...]], what: str
) -> Iterator[Problem]:
    if not any(isinstance(each, dict) for each in entry.raw):
        return
    for index, pattern in enumerate(_PATTERNS.validate_python(entry.raw)):
        for key, messages in (("examples", pattern.examples), ("not", pattern.not_)):
            for at, message in enumerate(messages):
                said = entry.id in meant(understanding.understand(message))
                if said is not (key == "examples"):
                    text = f'"{message}" {"is understood as" if said else "is not understood as"} {what}'
                    hint = f'See why with: python -m bot ask "{message}".'
                    yield entry.problem((index, key, at), text, hint)


def _flags(understood: Understood) -> tuple[str, ...]:
    """A weak line is met by a message that is asked about."""
    return (*(flag.id for flag in understood.red_flags), *(row.id for row in understood.half_heard))


def _complaints(understood: Understood) -> tuple[str, ...]:
    return tuple(each.id for each in (*understood.accepted, *understood.offered))


def _refusals(understood: Understood) -> tuple[str, ...]:
    return (understood.refusal,) if understood.refusal else ()


def _topics(understood: Understood) -> tuple[str, ...]:
    return (understood.topic,) if understood.topic else ()


_MEANT = {
    "signs": (_flags, "this red flag"),
    "complaints": (_complaints, "this complaint"),
    "refusals": (_refusals, "this wish"),
    "topics": (_topics, "this topic"),
}
