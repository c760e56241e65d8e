"""All patterns of one language, from its texts."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.domain.texts import Texts
from bot.domain.understanding.patterns import Pattern, PatternKind, TextReader, only_item


def all_patterns(reader: TextReader, texts: Texts) -> list[Pattern]:
    """The patterns of red flags, complaints, contraindications, refusals and topics."""

    def parsed(kind: PatternKind, lines: Mapping[str, Iterable[str]]) -> list[Pattern]:
        return [reader.pattern(kind, owner, line) for owner, each in lines.items() for line in each]

    flags = parsed(PatternKind.FLAG, {flag: text.signs for flag, text in texts.red_flags.items()})
    complaints = parsed(PatternKind.COMPLAINT, texts.vocabulary.complaints) + parsed(
        PatternKind.COMPLAINT, {id_: (text.name, *text.phrases) for id_, text in texts.conditions.items()}
    )
    own = parsed(PatternKind.FACT, {id_: text.phrases for id_, text in texts.contraindications.items()})
    facts = (*own, *_stated_by_conditions(reader, texts))
    refusals = parsed(PatternKind.REFUSAL, texts.refusals)
    topics = parsed(PatternKind.TOPIC, texts.topics)
    return [*flags, *complaints, *_specific(reader, facts, complaints), *refusals, *topics]


def complaint_names(texts: Texts) -> Iterable[str]:
    """The name and the phrases of every complaint."""
    for condition in texts.conditions.values():
        yield from (condition.name, *condition.phrases)


def all_lines(texts: Texts) -> Iterable[str]:
    """Every line that becomes a pattern, and the names of complaints."""
    yield from complaint_names(texts)
    for flag in texts.red_flags.values():
        yield from flag.signs
    lists = (*texts.refusals.values(), *texts.topics.values())
    for each in (*(text.phrases for text in texts.contraindications.values()), *lists):
        yield from each
    for patterns in texts.vocabulary.complaints.values():
        yield from patterns


def _stated_by_conditions(reader: TextReader, texts: Texts) -> Iterable[Pattern]:
    for condition in texts.conditions.values():
        for phrase, id_ in condition.states.items():
            yield reader.pattern(PatternKind.FACT, id_, phrase)


def _specific(reader: TextReader, facts: Iterable[Pattern], complaints: Iterable[Pattern]) -> list[Pattern]:
    """The facts that say more than a complaint does: else all people with the complaint would get the tick."""
    only = {item for pattern in complaints if (item := only_item(pattern))}
    return [replace(fact, general=False) for fact in facts if reader.is_specific(fact, only)]
