"""Checks that each group of the vocabulary has a gloss: one line that says what it means."""

from collections.abc import Iterator

from bot.library.problems import Problem, did_you_mean
from bot.library.reading.draft import Draft


def groups_have_a_gloss(draft: Draft) -> Iterator[Problem]:
    """Each group needs a gloss: its meaning cannot be guessed from eighty members."""
    for language in draft.languages:
        for entry in draft.entries(f"{language}/groups").values():
            if not draft.known(f"{language}/glosses", entry.id):
                hint = f'Say in one line what it means: "glosses:", below it "{entry.id}: ...".'
                yield entry.problem((), "this group has no gloss", hint)


def glosses_are_of_groups(draft: Draft) -> Iterator[Problem]:
    """Each gloss must be of a group or concept that exists."""
    for language in draft.languages:
        sections = [f"{language}/{each}" for each in ("groups", "concepts")]
        known = {*draft.entries(sections[0]), *draft.entries(sections[1])}
        for entry in draft.entries(f"{language}/glosses").values():
            if entry.id not in known and draft.incomplete.isdisjoint(sections):
                hint = did_you_mean(entry.id, known, "Remove it.")
                yield entry.problem((), "this gloss is of no group or concept", hint)
