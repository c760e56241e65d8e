"""Checks that the vocabulary of each language has every concept and group that the code names."""

from collections.abc import Iterator

from bot.domain.language.vocabulary_names import NAMES, REQUIRED
from bot.library.problems import Problem, did_you_mean
from bot.library.reading.draft import Draft


def names_of_the_program_are_there(draft: Draft) -> Iterator[Problem]:
    """Each name that the code uses must be a concept or group, or a rule would silently never apply."""
    for language in draft.languages:
        sections = [f"{language}/{each}" for each in ("concepts", "groups")]
        if not draft.incomplete.isdisjoint(sections):
            continue
        there = {**draft.entries(sections[0]), **draft.entries(sections[1])}
        for name in sorted(REQUIRED - there.keys()):
            file = next((entry.tree.file for entry in there.values()), f"texts/{language}/vocabulary")
            users = ", ".join(module for module, names in NAMES.items() if name in names)
            text = f'the vocabulary has no "{name}", which the program asks for ({users})'
            hint = did_you_mean(name, there.keys() - REQUIRED, "Take it from the shipped vocabulary (copy-knowledge).")
            yield Problem(file, 1, name, "error", text, hint)
