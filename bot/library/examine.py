"""What only a talk can show: the core list is recognised, no complaint takes another's phrases, the cases end well."""

from collections.abc import Iterator, Mapping

from bot.domain.knowledge import Knowledge, Tier, Urgency
from bot.domain.understanding import Understanding, Understood
from bot.library.cases import run_cases
from bot.library.checks_minimum import URGENCIES, core_flags
from bot.library.draft import BASE, Draft
from bot.library.models import ConditionTextFile
from bot.library.problems import Problem

Understandings = Mapping[str, Understanding]


def proofs(draft: Draft, knowledge: Knowledge, understandings: Understandings) -> Iterator[Problem]:
    """What keeps the knowledge from going live: a core message not recognised, a case that ends wrong."""
    yield from core_messages_are_recognised(draft, understandings[BASE])
    yield from run_cases(draft, knowledge, understandings)


def core_messages_are_recognised(draft: Draft, understanding: Understanding) -> Iterator[Problem]:
    """S-66, S-18: each message of the core list raises a red flag at least as urgent."""
    for core in core_flags():
        entry = draft.entries(f"{BASE}/signs").get(core.id)
        for message in core.messages:
            heard = understanding.understand(message).red_flags
            urgency = max((URGENCIES.index(flag.urgency) for flag in heard), default=-1)
            if entry and urgency < URGENCIES.index(core.urgency):
                hint = "A sign was removed or weakened: take it from the shipped knowledge (copy-knowledge)."
                yield entry.problem((), f'"{message}" no longer raises a flag of urgency {core.urgency}', hint)


def phrases_are_understood(draft: Draft, knowledge: Knowledge, understandings: Understandings) -> Iterator[Problem]:
    """A complaint's own phrase means that complaint, is no warning sign and states nothing else. Told as warnings."""
    for language, understanding in understandings.items():
        for entry in draft.entries(f"{language}/conditions").values():
            declared = _declared(entry.value, knowledge)
            for place, phrase in enumerate(entry.value.phrases):
                understood = understanding.understand(phrase)
                for fault in _misunderstood(entry.id, phrase, understood, declared, knowledge):
                    hint = "Remove the phrase, or narrow what it is taken for."
                    yield entry.warning(("phrases", place), f'the phrase "{phrase}" {fault}', hint)


def _misunderstood(
    condition: str, phrase: str, heard: Understood, declared: Mapping[str, frozenset[str]], knowledge: Knowledge
) -> Iterator[str]:
    stopping = [flag.id for flag in heard.red_flags if flag.urgency is not Urgency.SEE_GP]
    if stopping:
        yield f"raises the red flag {stopping[0]}"
        return
    meant = [each.id for each in (*heard.accepted, *heard.offered)]
    if meant and condition not in meant:
        yield f"is understood as {meant[0]}"
    if knowledge.conditions[condition].tier is not Tier.REFER:
        for id_ in sorted((heard.ticked | heard.stated) - declared.get(phrase, frozenset())):
            yield f"is heard as stating {id_}"


def _declared(text: ConditionTextFile, knowledge: Knowledge) -> Mapping[str, frozenset[str]]:
    """What each phrase is meant to state: contraindications, and the rows that ask about them."""
    rows = {id_: row.id for row in knowledge.checklist.rows for id_ in row.contraindications}
    return {phrase: frozenset({id_, rows.get(id_, id_)}) for phrase, id_ in text.states.items()}
