"""Other readings of the same text, in which only red flags are looked for. What they find is added, nothing is lost."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.domain.language.roles import Role
from bot.domain.language.words import NONE, PAUSE, STRONG, Word, has_pause
from bot.domain.understanding.matching import Index, Matches
from bot.domain.understanding.patterns import TextReader

_UNFINISHED = Role.POSSESSIVE | Role.LINKING | Role.JOINING  # words that end no sentence


class OtherReading(NamedTuple):
    """What another reading matches. `guessed` are words, as written, that it reads as other words than they seem."""

    matches: Matches
    guessed: frozenset[str] = frozenset()

    def supports(self, tokens: Iterable[int]) -> bool:
        """Whether some of these tokens are no guess: a guess is never the only evidence for a flag."""
        utterance = self.matches.utterance
        spans = (utterance.words[utterance.tokens[at].start : utterance.tokens[at].end] for at in tokens)
        return any(word.written not in self.guessed for span in spans for word in span)


class OtherReadings:
    """Reads texts without hesitation, and misspelled words as others that are as near."""

    def __init__(self, reader: TextReader, index: Index) -> None:
        self._reader = reader
        self._index = index

    def of(self, text: Sequence[Word]) -> Iterator[OtherReading]:
        """The other readings of a text; none for most texts.

        First without hesitation, if there is any: sentences go on after pauses, and what is said in passing is left
        out. A denial reaches no further in it. Then one without stray full stops, and one for each guess at the
        misspelled words.
        """
        lexicon = self._reader.lexicon
        fluent = lexicon.without_hesitations(text)
        if len(fluent) < len(text) or has_pause(text):
            yield OtherReading(self._match(_in_one_line(fluent), goes_on=True))
        unstopped = self._without_stray_stops(text)
        if unstopped:
            yield OtherReading(self._match(unstopped, goes_on=True))
        for respelled in lexicon.respelled(text):
            guessed = (new.written for new, old in zip(respelled, text, strict=True) if new.text != old.text)
            yield OtherReading(self._match(respelled), frozenset(guessed))

    def _without_stray_stops(self, text: Sequence[Word]) -> list[Word]:
        """The words without the full stops after words that end no sentence ("pain in. my chest"); none without any."""
        if not any(word.gap is STRONG for word in text[1:]):
            return []
        single = self._reader.lexicon.single_word
        stray = {
            at
            for at, word in enumerate(text)
            if at and word.gap is STRONG and single(text[at - 1].text).roles & _UNFINISHED
        }
        return [word._replace(gap=NONE) if at in stray else word for at, word in enumerate(text)] if stray else []

    def joined(self, text: Sequence[Word]) -> Matches:
        """What the words of several messages match that were sent as one text."""
        return self._match(text, goes_on=True)

    def _match(self, text: Sequence[Word], *, goes_on: bool = False) -> Matches:
        return self._index.match(self._reader.analyse_words(text, goes_on=goes_on))


def _in_one_line(text: Sequence[Word]) -> Sequence[Word]:
    """The words without their pauses, if most words follow one: a line for every word parts nothing."""
    pauses = sum(word.gap is PAUSE for word in text)
    if 2 * pauses <= len(text):
        return text
    return [word._replace(gap=NONE) if word.gap is PAUSE else word for word in text]
