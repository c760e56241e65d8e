"""Whether a text is in a language at all, so far as its words show."""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from functools import lru_cache

from bot.domain.language.lexicon import Lexicon
from bot.domain.language.words import CACHED_WORDS, Word

FEW = 2  # words of another language that make a text unreadable
UNREADABLE = 0.34  # so is a text of at least UNREADABLE_WORDS words of which a smaller share is known
UNREADABLE_WORDS = 4


class _WordKind(IntEnum):
    """What a word is to a reader of one language."""

    NO_LETTERS = 0
    OTHER_SCRIPT = 1
    FOREIGN = 2
    KNOWN = 3
    UNKNOWN = 4


class Readability:
    """Tells whether a text is in the language of a lexicon.

    The vocabulary's group `foreign` lists common small words of other languages. A missing group counts as empty.
    """

    def __init__(self, lexicon: Lexicon, groups: Mapping[str, Sequence[str]]) -> None:
        self._lexicon = lexicon
        self._foreign = frozenset(groups.get("foreign", ()))
        self._kind = lru_cache(maxsize=CACHED_WORDS)(self._kind_of)

    def is_readable(self, words: Sequence[Word]) -> bool:
        """Whether the text can be read. Digits alone can; no words at all, or another script alone, cannot."""
        kinds = [self._kind(word.text) for word in words]
        lettered = len(kinds) - kinds.count(_WordKind.NO_LETTERS)
        other_script, known = kinds.count(_WordKind.OTHER_SCRIPT), kinds.count(_WordKind.KNOWN)
        if lettered == other_script:
            return bool(words) and all(word.text.isdigit() for word in words)
        strange = other_script + kinds.count(_WordKind.FOREIGN)
        if strange >= FEW and strange > known:
            return False
        return lettered < UNREADABLE_WORDS or known / lettered >= UNREADABLE

    def _kind_of(self, word: str) -> _WordKind:
        if not any(char.isalpha() for char in word):
            return _WordKind.NO_LETTERS
        if not word.isascii():
            return _WordKind.OTHER_SCRIPT
        if word in self._foreign:
            return _WordKind.FOREIGN
        return _WordKind.KNOWN if self._lexicon.known(word) or self._lexicon.is_plain(word) else _WordKind.UNKNOWN
