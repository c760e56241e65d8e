"""Each group of the vocabulary says in one line what it means."""

from collections.abc import Iterator

from bot.library.problems import Problem, did_you_mean
from bot.library.reading.draft import Draft


def groups_have_a_gloss(draft: Draft) -> Iterator[Problem]:
    """Nobody has to guess from eighty members what a group is for."""
    for language in draft.languages:
        for entry in draft.entries(f"{language}/groups").values():
            if not draft.known(f"{language}/glosses", entry.id):
                hint = f'Say in one line what it means: "glosses:", below it "{entry.id}: ...".'
                yield entry.problem((), "this group has no gloss", hint)


def glosses_are_of_groups(draft: Draft) -> Iterator[Problem]:
    """A gloss belongs to a group, or to a concept that needs one."""
    for language in draft.languages:
        sections = [f"{language}/{each}" for each in ("groups", "concepts")]
        known = {*draft.entries(sections[0]), *draft.entries(sections[1])}
        for entry in draft.entries(f"{language}/glosses").values():
            if entry.id not in known and draft.incomplete.isdisjoint(sections):
                hint = did_you_mean(entry.id, known, "Remove it.")
                yield entry.problem((), "this gloss is of no group or concept", hint)
