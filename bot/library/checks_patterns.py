"""The concepts that patterns and groups name: all known, so that no line waits in vain for a word nobody can say."""

import re
from collections.abc import Iterable, Iterator

from bot.domain import numbers
from bot.library.draft import Draft
from bot.library.entries import Entry
from bot.library.problems import Problem, did_you_mean
from bot.library.yaml_file import Steps

_REFERENCE = re.compile(r"\{([^{}]*)\}")
_LINES = ("signs", "complaints", "refusals")  # maps from an id to patterns
_PHRASES = ("conditions", "contraindications")  # entries that hold them under "phrases"


def concepts_are_known(draft: Draft) -> Iterator[Problem]:
    """Each {name} in a pattern is a concept or a group of the vocabulary, or something that numbers say."""
    for language in draft.languages:
        sections = [f"{language}/{each}" for each in ("concepts", "groups")]
        if not draft.incomplete.isdisjoint(sections):
            continue
        known = {*numbers.CONCEPTS, *draft.entries(sections[0]), *draft.entries(sections[1])}
        for entry, within, line in _patterns(draft, language):
            named = (name for names in _REFERENCE.findall(line) for name in names.split("|"))
            for name in dict.fromkeys(named):
                if name not in known:
                    hint = did_you_mean(name, known, "Add it to the vocabulary, or take it out.")
                    yield entry.problem(within, f'unknown concept "{{{name}}}"', hint)


def _patterns(draft: Draft, language: str) -> Iterable[tuple[Entry, Steps, str]]:
    for section in _LINES:
        for entry in draft.entries(f"{language}/{section}").values():
            yield from ((entry, (place,), line) for place, line in enumerate(entry.value or ()))
    for section in _PHRASES:
        for entry in draft.entries(f"{language}/{section}").values():
            phrases = entry.value.phrases if entry.value else ()
            yield from ((entry, ("phrases", place), line) for place, line in enumerate(phrases))
