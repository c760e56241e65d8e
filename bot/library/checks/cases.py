"""Checks that worked cases name only known ids, and that together they cover red flags and contraindications."""

from collections.abc import Iterator, Sequence
from itertools import chain

from bot.library.problems import Problem, did_you_mean
from bot.library.reading.draft import Draft
from bot.library.reading.minimum.built_in import core_flags
from bot.library.reading.models import CaseFile

NONE = "none"  # `flag: none` in a case: no red flag that stops


def cases_name_known_ids(draft: Draft) -> Iterator[Problem]:
    """Each id that a case names must exist, or the case could pass without testing anything."""
    entries = (entry for language in draft.languages for entry in draft.entries(f"{language}/cases").values())
    for entry in entries:
        if entry.value is None:
            continue
        expect = entry.value.expect
        named = (
            ("complaint", ("conditions",), (expect.condition, expect.offered, expect.refer)),
            ("point", ("points",), (expect.points, expect.never, expect.left_out)),
            ("contraindication", ("contraindications", "checklist"), (expect.stop, expect.states)),
            ("row", ("checklist",), (entry.value.ticked,)),
            ("red flag", ("red_flags",), (expect.flag if expect.flag != (NONE,) else (),)),
        )
        for noun, sections, groups in named:
            for id_ in chain.from_iterable(group or () for group in groups):
                if not any(draft.known(section, id_) for section in sections):
                    known = [name for section in sections for name in draft.entries(section)]
                    hint = did_you_mean(id_, known, "Correct the case.")
                    yield entry.problem(("expect",), f'unknown {noun} "{id_}"', hint)


def everything_is_covered(draft: Draft) -> Iterator[Problem]:
    """Warn of red flags and contraindications without a test, in each language.

    A red flag needs a case or a message of the core list that raises it. A contraindication that is reached by the
    checklist or by stated text needs a case that states it or ticks its row.
    """
    for language in draft.languages:
        entries = draft.entries(f"{language}/cases").values()
        if f"{language}/cases" not in draft.incomplete and all(entry.value for entry in entries):
            yield from _uncovered(draft, language, [entry.value for entry in entries])


def _uncovered(draft: Draft, language: str, cases: Sequence[CaseFile]) -> Iterator[Problem]:
    file = f"cases/{language}.yaml"
    flags = {core.id for core in core_flags()}.union(*(case.expect.flag or () for case in cases))
    for id_, entry in draft.entries("red_flags").items():
        if id_ not in flags:
            yield entry.warning((), f"no case in {file} raises it", f"Add a case with flag: {id_}.")
    rows = draft.sound("checklist")
    tried = {id_ for case in cases for id_ in (*case.ticked, *(case.expect.stop or ()), *case.expect.states)}
    tried |= {id_ for row in tried & rows.keys() for id_ in rows[row].contraindications}
    for id_, entry in draft.entries("contraindications").items():
        reached = entry.value.reached_by if entry.value else ()
        if id_ not in tried and {"checklist", "stated_text"} & set(reached):
            yield entry.warning((), f"no case in {file} states or ticks it", f"Add a case with states: {id_}.")
