"""Proves knowledge before it is used: core messages are recognised, examples and worked cases hold."""

from collections.abc import Iterable, Iterator, Mapping

from bot.domain.knowledge import Knowledge
from bot.domain.understanding.understand import Understanding
from bot.domain.understanding.understood import HeardFlag
from bot.library.checks.minimum import URGENCIES
from bot.library.problems import Problem
from bot.library.proofs.cases import run_cases
from bot.library.proofs.examples import examples_hold
from bot.library.reading.draft import Draft
from bot.library.reading.minimum.built_in import core_flags

Understandings = Mapping[str, Understanding]


def proofs(draft: Draft, knowledge: Knowledge, understandings: Understandings) -> Iterator[Problem]:
    """Report each core message that is not recognised, and each example or case with another outcome."""
    yield from core_messages_are_recognised(draft, understandings)
    yield from examples_hold(draft, understandings)
    yield from run_cases(draft, knowledge, understandings)


def core_messages_are_recognised(draft: Draft, understandings: Understandings) -> Iterator[Problem]:
    """S-66, S-18: in each language, each core message must raise some red flag at least as urgent as its own.

    By patterns alone, and not left to a question by the second reader, either (S-80, S-81).
    """
    for language, minimum in draft.guarded():
        for core in core_flags():
            entry = draft.entries(f"{language}/signs").get(core.id)
            for message in minimum.messages[core.id]:
                each = understandings[language]
                raised = (each.by_patterns(message), each.understand(message).red_flags)
                if entry and min(map(_urgency, raised)) < URGENCIES.index(core.urgency):
                    hint = "A sign was removed or weakened: take it from the shipped knowledge (copy-knowledge)."
                    yield entry.problem((), f'"{message}" no longer raises a flag of urgency {core.urgency}', hint)


def _urgency(raised: Iterable[HeardFlag]) -> int:
    return max((URGENCIES.index(flag.urgency) for flag in raised), default=-1)
