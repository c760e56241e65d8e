"""Checks that the signs of each red flag are in its own file, and that only signs that may be are weak."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from bot.domain.understanding.pattern_syntax import WEAK, Line
from bot.library.checks.patterns import parsed, source_lines
from bot.library.problems import Problem
from bot.library.reading.draft import Draft


def file_is_flag(draft: Draft) -> Iterator[Problem]:
    """The signs of a red flag must be in signs/<its id>.yaml, and that file must have no others."""
    for language in draft.languages:
        for entry in draft.entries(f"{language}/signs").values():
            if PurePosixPath(entry.tree.file).stem != entry.id:
                hint = f"Move them to texts/{language}/signs/{entry.id}.yaml."
                yield entry.problem((), "these signs stand in the file of another red flag", hint)


def weak_lines_may_be_weak(draft: Draft) -> Iterator[Problem]:
    """S-80: only a sign of a red flag may be weak, none of a crisis, and none that takes the flag back.

    That every message of the core list still stops is proven by `bot.library.proofs.examine`.
    """
    for language in draft.languages:
        for source in source_lines(draft, language):
            line = parsed(source)
            if isinstance(line, Line) and line.weak:
                flag = draft.entries("red_flags").get(source.entry.id)
                if source.entry.section != f"{language}/signs":
                    yield source.problem(f'"{WEAK}:" is for signs of red flags', "Take it out.")
                elif flag and flag.value and flag.value.crisis:
                    yield source.problem("no sign of a crisis may be weak", f'Take "{WEAK}: " out.')
                elif all(chunk.mark == "unless" for chunk in line.chunks):
                    yield source.problem("what takes a red flag back cannot be weak", f'Take "{WEAK}: " out.')
