"""Warns of phrases that consist of one concept, and so capture every synonym of it."""

from collections.abc import Iterator, Mapping, Sequence

from bot.domain.understanding.explanation import Derivation, derive
from bot.domain.understanding.patterns import Pattern, PatternKind, only_item
from bot.domain.understanding.understand import Understanding
from bot.library.problems import Problem
from bot.library.reading.draft import Draft
from bot.library.reading.entries import Entry
from bot.library.reading.yaml_file import Steps

_PART = "body_part"
_SHOWN = 3  # captured words named in a warning
_SECTIONS = {
    PatternKind.COMPLAINT: "conditions",
    PatternKind.FACT: "contraindications",
    PatternKind.REFUSAL: "refusals",
}


def wide_phrases(
    draft: Draft, ways: Mapping[str, Sequence[str]], understanding: Understanding, language: str
) -> Iterator[Problem]:
    """Warn when a phrase of one concept captures all synonyms of it, although the entry does not name them.

    With the phrase "limp", "i feel weak" meant impotence; with "abort", "i want to end the pain" was refused. `ways`
    has the words and expressions of each concept, its name first.
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
        captured = [way for way in ways[concept] if not _is_in(way, named, understanding)]
        if captured[:1] == [ways[concept][0]] and _captures(pattern, captured[0], understanding):
            shown = ", ".join(f'"{way}"' for way in captured[:_SHOWN])
            verb = "are" if len(captured) > 1 else "is"
            text = f'the phrase "{pattern.text}" takes all that means {concept}: {shown} {verb} understood so, too'
            yield entry.warning(within, text, f'Say more, or add "{captured[0]}" to the phrases if it is meant.')


def _concept(pattern: Pattern) -> str:
    """Return the concept that a phrase consists of, or empty if it has more or is written as a pattern."""
    item = only_item(pattern)
    counts = pattern.kind in {PatternKind.FACT, PatternKind.REFUSAL} or (pattern.general and pattern.phrase_lemmas)
    if not item or item.denied or not counts or "{" in pattern.text:
        return ""
    return next(iter(item.concepts))


def _phrases(entry: Entry) -> Sequence[tuple[Steps, str]]:
    """Return the phrases of an entry, each with the steps that lead to it."""
    if isinstance(entry.value, Sequence):
        return [((index,), phrase) for index, phrase in enumerate(entry.value)]
    return [(("phrases", index), phrase) for index, phrase in enumerate(entry.value.phrases)]


def _names(phrase: str, concept: str, kind: PatternKind, understanding: Understanding) -> set[str]:
    """Return the words of a phrase that names the concept and nothing else; empty if it says more.

    For a refusal, small words count as more: "make the baby come" is more than "baby".
    """
    near = understanding.workings(phrase).beginning
    said = [token for token, content in zip(near.tokens, near.content, strict=True) if content]
    alone = kind is not PatternKind.REFUSAL or len(near.tokens) == len(said)
    return {*near.lemmas} if alone and {token.concept for token in said} == {concept} else set()


def _is_in(way: str, phrases: Sequence[set[str]], understanding: Understanding) -> bool:
    """Whether one of the phrases, as sets of words, has all words of this one."""
    said = {*understanding.workings(way).beginning.lemmas}
    return any(said <= words for words in phrases)


def _captures(pattern: Pattern, way: str, understanding: Understanding) -> bool:
    """Whether this is understood as the entry of the pattern, and by no other pattern."""
    derivation = derive(understanding, way)
    evidence = (each for each in derivation.of(pattern.kind) if each.owner == pattern.owner)
    return _means(derivation, pattern) and {fit.pattern for each in evidence for fit in each.fits} == {pattern.text}


def _means(derivation: Derivation, pattern: Pattern) -> bool:
    """Whether the text is understood as the entry of the pattern. A fact always is."""
    understood = derivation.understood
    if pattern.kind is PatternKind.REFUSAL:
        return understood.refusal == pattern.owner
    return pattern.kind is PatternKind.FACT or any(each.id == pattern.owner for each in understood.accepted)
