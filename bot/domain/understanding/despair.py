"""What may be a crisis in a text that nothing else is understood of (S-83): farewells, emoji, words of despair."""

from collections.abc import Collection, Mapping, Sequence

from bot.domain.language.words import Word
from bot.domain.understanding.understood import HalfHeard

CRISIS = "suicidal_crisis"  # the red flag that is half heard
FAREWELL_DOUBT = 0.5  # how likely a farewell or such an emoji is said to mean it, for there is no reader to say (J)
RAISED = 0.08  # the doubt of a crisis row from which a text may be despairing; 4 % of unmatched texts reach it (J)
# Pills, blades, a pistol, a knot, a coffin, an urn, a gravestone, a broken heart, a wilted flower.
FINAL_EMOJI = frozenset("💊🔪🗡🪒🔫🪢⚰⚱🪦💔🥀")
SAD_EMOJI = frozenset("😭😢😞😔😩😫😿🥺😣😖")


class Despair:
    """Finds phrases of two groups of the vocabulary anywhere in a text. A missing group counts as empty."""

    def __init__(self, groups: Mapping[str, Sequence[str]]) -> None:
        self._farewells = _phrases(groups.get("farewells", ()))
        self._despairing = _phrases(groups.get("despairing", ()))

    def half_heard(self, text: str, words: Sequence[Word]) -> tuple[HalfHeard, ...]:
        """The crisis that a farewell for good or an emoji of an end may mean, with what says so."""
        shown = "".join(dict.fromkeys(char for char in text if char in FINAL_EMOJI))
        quote = _found(self._farewells, words) or shown
        return (HalfHeard(CRISIS, FAREWELL_DOUBT, quote),) if quote else ()

    def is_despairing(self, text: str, words: Sequence[Word], doubts: Collection[float]) -> bool:
        """Whether the text holds words or emoji of despair, or a crisis is half likely. `doubts` are of crisis rows."""
        sad = any(char in SAD_EMOJI or char in FINAL_EMOJI for char in text)
        return (
            sad
            or max(doubts, default=0.0) > RAISED
            or any(_found(each, words) for each in (self._despairing, self._farewells))
        )


def _phrases(group: Sequence[str]) -> dict[str, list[tuple[str, ...]]]:
    """The phrases by their first words."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in (tuple(each.split()) for each in group):
        found.setdefault(phrase[0], []).append(phrase)
    return found


def _found(phrases: Mapping[str, Sequence[tuple[str, ...]]], words: Sequence[Word]) -> str:
    """The first of the phrases in the text as it was written, or ""."""
    texts = [word.text for word in words]
    for start, text in enumerate(texts):
        for phrase in phrases.get(text, ()):
            end = start + len(phrase)
            if tuple(texts[start:end]) == phrase:
                return " ".join(word.written for word in words[start:end])
    return ""
