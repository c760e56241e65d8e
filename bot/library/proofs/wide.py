"""Phrases that are wider than they look: by one word they take all that the vocabulary holds to mean the same."""

from collections.abc import Iterator, Mapping, Sequence

from bot.domain.understanding.explanation import Derivation, derive
from bot.domain.understanding.patterns import Pattern, PatternKind, only_item
from bot.domain.understanding.understand import Understanding
from bot.library.problems import Problem
from bot.library.reading.draft import Draft
from bot.library.reading.entries import Entry
from bot.library.reading.yaml_file import Steps

_PART = "body_part"
_SHOWN = 3  # words that a phrase would take
_SECTIONS = {
    PatternKind.COMPLAINT: "conditions",
    PatternKind.FACT: "contraindications",
    PatternKind.REFUSAL: "refusals",
}


def wide_phrases(
    draft: Draft, ways: Mapping[str, Sequence[str]], understanding: Understanding, language: str
) -> Iterator[Problem]:
    """No phrase takes, by one word, all that means the same. `ways` are those to say each concept, its name first.

    With "limp" among its phrases impotence took "i feel weak"; with "abort" a refusal took "i want to end the pain".
    """
    workings = understanding.workings("")
    for pattern in workings.pattern_index.patterns:
        concept = _concept(pattern)
        entry = draft.entries(f"{language}/{_SECTIONS[pattern.kind]}").get(pattern.owner) if concept else None
        if entry is None or concept not in ways or _PART in workings.lexicon.concepts_of(concept):
            continue
        phrases = _phrases(entry)
        within = next((steps for steps, phrase in phrases if phrase == pattern.text), None)
        if within is None:
            continue
        named = [said for _, phrase in phrases if (said := _names(phrase, concept, pattern.kind, understanding))]
        taken = [way for way in ways[concept] if not _is_in(way, named, understanding)]
        if taken[:1] == [ways[concept][0]] and _takes_by(pattern, taken[0], understanding):
            shown = ", ".join(f'"{way}"' for way in taken[:_SHOWN])
            text = (
                f'the phrase "{pattern.text}" takes all that means {concept}: {shown} {_are(taken)} understood so, too'
            )
            yield entry.warning(within, text, f'Say more, or add "{taken[0]}" to the phrases if it is meant.')


def _concept(pattern: Pattern) -> str:
    """The one concept that a phrase comes down to, or empty."""
    item = only_item(pattern)
    counts = pattern.kind in {PatternKind.FACT, PatternKind.REFUSAL} or (pattern.general and pattern.phrase_lemmas)
    if not item or item.denied or not counts or "{" in pattern.text:
        return ""
    return next(iter(item.concepts))


def _phrases(entry: Entry) -> Sequence[tuple[Steps, str]]:
    """What an entry has for phrases, and where each stands."""
    if isinstance(entry.value, Sequence):
        return [((place,), phrase) for place, phrase in enumerate(entry.value)]
    return [(("phrases", place), phrase) for place, phrase in enumerate(entry.value.phrases)]


def _names(phrase: str, concept: str, kind: PatternKind, understanding: Understanding) -> set[str]:
    """The words of a phrase that names the concept and says nothing beside it; else none.

    A wish that is refused must be named by the concept's words alone: "make the baby come" is more than "baby".
    """
    near = understanding.workings(phrase).beginning
    said = [token for token, content in zip(near.tokens, near.content, strict=True) if content]
    alone = kind is not PatternKind.REFUSAL or len(near.tokens) == len(said)
    return {*near.lemmas} if alone and {token.concept for token in said} == {concept} else set()


def _is_in(way: str, phrases: Sequence[set[str]], understanding: Understanding) -> bool:
    said = {*understanding.workings(way).beginning.lemmas}
    return any(said <= words for words in phrases)


def _takes_by(pattern: Pattern, way: str, understanding: Understanding) -> bool:
    """Whether something is understood as the owner of this pattern by nothing else."""
    derivation = derive(understanding, way)
    evidence = (each for each in derivation.of(pattern.kind) if each.owner == pattern.owner)
    return _means(derivation, pattern) and {fit.pattern for each in evidence for fit in each.fits} == {pattern.text}


def _means(derivation: Derivation, pattern: Pattern) -> bool:
    understood = derivation.understood
    if pattern.kind is PatternKind.REFUSAL:
        return understood.refusal == pattern.owner
    return pattern.kind is PatternKind.FACT or any(each.id == pattern.owner for each in understood.accepted)


def _are(taken: Sequence[str]) -> str:
    return "are" if len(taken) > 1 else "is"
