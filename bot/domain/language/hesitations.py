"""Words said in passing ("um"), which may stand anywhere, also in the middle of an expression."""

from collections.abc import Callable, Sequence

from bot.domain.language.roles import Role
from bot.domain.language.words import NONE, Word
from bot.domain.texts import Vocabulary

_SAID = "hesitation"  # the group of them
_COMPARING = "comparing"  # the group of those that may also compare ("like")
_LONGEST = 2  # words
_NOT_COMPARED = Role.LINKING | Role.NEGATION | Role.IMPAIRING | Role.JOINING


class Hesitations:
    """The words of one language that are said in passing. `roles_of` gives the roles of a single word."""

    def __init__(self, vocabulary: Vocabulary, roles_of: Callable[[str], int]) -> None:
        self._said = _ways(vocabulary, _SAID)
        self._comparing = _ways(vocabulary, _COMPARING)
        self._first = {way[0] for way in self._said}
        self._roles_of = roles_of

    def left_out(self, words: Sequence[Word]) -> list[Word]:
        """The other words ("numb um between my legs"); breaks stay where they are."""
        if self._first.isdisjoint([word.text for word in words]):
            return list(words)
        left: list[Word] = []
        gap = NONE
        at = 0
        while at < len(words):
            gap = max(gap, words[at].gap)
            length = self._length(words, at) if words[at].text in self._first else 0
            if not length:
                left.append(words[at]._replace(gap=gap))
                gap = NONE
            at += length or 1
        return left

    def _length(self, words: Sequence[Word], at: int) -> int:
        """How many words are said in passing here; 0 if none, or if they compare ("like a ...")."""
        for length in range(_LONGEST, 0, -1):
            way = tuple(word.text for word in words[at : at + length])
            if way in self._said and not (way in self._comparing and self._is_compared(words[at + length :][:1])):
                return length
        return 0

    def _is_compared(self, after: Sequence[Word]) -> bool:
        roles = self._roles_of(after[0].text) if after else 0
        return bool(roles & Role.FILLER) and not roles & _NOT_COMPARED


def _ways(vocabulary: Vocabulary, group: str) -> frozenset[tuple[str, ...]]:
    concepts = vocabulary.groups.get(group, ())
    return frozenset(tuple(way.split()) for concept in concepts for way in vocabulary.concepts.get(concept, ()))
