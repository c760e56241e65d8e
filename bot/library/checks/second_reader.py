"""Whether the second reader has learned from the examples that lie beside it (S-16, S-81)."""

from collections.abc import Iterator

from bot.library.problems import Problem, did_you_mean
from bot.library.reading.draft import Draft
from bot.library.reading.minimum.built_in import core_flags
from bot.library.training.examples import example_files, faults
from bot.library.training.model_file import current_model, model_file
from bot.library.training.train import NONE

COMMAND = "python -m bot learn FOLDER"


def second_reader_has_learned(draft: Draft) -> Iterator[Problem]:
    """Each language has a model, made by this program from exactly the examples that are there."""
    for language in draft.languages:
        name = model_file(language)
        try:
            current_model(draft.files, language)
        except ValueError as error:
            yield Problem(name, 1, "", "error", str(error), f"Run: {COMMAND}.")
            for fault in faults(draft.files, language):
                yield Problem(fault.file, fault.line, "", "error", fault.text, f"Mend it, then run: {COMMAND}.")


def examples_are_of_red_flags(draft: Draft) -> Iterator[Problem]:
    """A file of examples bears the id of a red flag; the second reader passes over what it learned from another."""
    for language in draft.languages:
        for id_, name in example_files(draft.files, language).items():
            if id_ != NONE and not draft.known("red_flags", id_):
                hint = did_you_mean(id_, draft.entries("red_flags"), "Remove the file, or add the red flag.")
                yield Problem(name, 1, id_, "warning", "no such red flag is known, so it is never asked about", hint)


def red_flags_have_examples(draft: Draft) -> Iterator[Problem]:
    """Each red flag has examples; without them the second reader never half hears it. A core flag must have them."""
    core = {flag.id for flag in core_flags()}
    for language in draft.languages:
        known = example_files(draft.files, language)
        for entry in draft.entries("red_flags").values() if known else ():
            if entry.id not in known:
                text = f"the second reader has no example of it in {language}"
                hint = f"Write some into examples/{language}/{entry.id}.txt, then run: {COMMAND}."
                yield entry.problem((), text, hint) if entry.id in core else entry.warning((), text, hint)
