"""Patterns that a text meets but for one part: by themselves too little for a warning (S-80)."""

from collections.abc import Iterable, Iterator, Sequence

from bot.domain.language.negation import DENIED, Utterance
from bot.domain.understanding.matching import Matches, PatternMatch
from bot.domain.understanding.patterns import Pattern


def half_met(patterns: Sequence[Pattern], matches: Matches) -> Iterator[PatternMatch]:
    """Those of the patterns of a flag that lack one part, with the places of the others.

    None in a text that denies anything that one of them asks for: "no fever" speaks against the whole flag. Each
    pattern must need at least two parts.
    """
    if _denies(patterns, matches.utterance):
        return
    for pattern in patterns:
        if any(part.unless and matches.match_of(part) for part in pattern.parts):
            continue
        needed = {part: matches.match_of(part) for part in pattern.parts if not part.unless}
        lacking = [part for part, place in needed.items() if place is None]
        if len(lacking) == 1:
            yield pattern, tuple(place for place in needed.values() if place)


def _denies(patterns: Iterable[Pattern], utterance: Utterance) -> bool:
    denied = {id_ for id_, tokens in utterance.denied.items() if any(utterance.polarity[at] is DENIED for at in tokens)}
    parts = (part for pattern in patterns for part in pattern.parts if not part.unless)
    return any(not item.denied and not item.concepts.isdisjoint(denied) for part in parts for item in part.items)
