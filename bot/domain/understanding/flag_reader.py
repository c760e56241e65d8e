"""The red flags of one text: those that are sure, and those that are only to be asked about (S-80, S-82).

A flag is sure through a pattern, unless that is weak and the text sounds harmless to the second reader; or where both
half speak for the same sign. A learned reader alone never stops anybody (S-81).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.domain.knowledge import RedFlag, Urgency
from bot.domain.language.negation import DENIED, Utterance
from bot.domain.language.roles import Role
from bot.domain.language.words import NONE, PAUSE, Word, clean, words
from bot.domain.understanding.matching import Index, Matches, PatternMatch
from bot.domain.understanding.other_readings import OtherReadings
from bot.domain.understanding.patterns import TextReader
from bot.domain.understanding.placing import tokens_of
from bot.domain.understanding.second_reader import Hearing
from bot.domain.understanding.understood import BY_PATTERN, STOPPING, HalfHeard, HeardFlag
from bot.domain.understanding.warning_signs import RaisedFlag, WarningSigns

MOST_QUOTED = 8  # words
LONGEST_HALF = 6  # words of the shorter half of a phrase that was cut in two by sending it
SHORTEST_CLAUSE = 3  # words of a message that begins with "I" or "my" and needs nothing before it
_URGENCIES = (Urgency.EMERGENCY, Urgency.SAME_DAY, Urgency.SEE_GP)  # most urgent first


class FlagsRead(NamedTuple):
    """What a text says of red flags, the most urgent first.

    `doubted` are flags that would stop, but that nothing sure speaks for. `signs` are for the messages that follow.
    """

    flags: tuple[HeardFlag, ...]
    doubted: tuple[HalfHeard, ...]
    signs: frozenset[str]


class _Found(NamedTuple):
    """A flag and the text that it was raised in, which may be another reading of what was written."""

    raised: RaisedFlag
    utterance: Utterance

    def as_sure(self, *, sure: bool) -> "_Found":
        """The same, sure or not."""
        return self._replace(raised=replace(self.raised, sure=sure))


class FlagReader:
    """Reads red flags out of texts, each read in several ways."""

    def __init__(self, reader: TextReader, index: Index, red_flags: Mapping[str, RedFlag]) -> None:
        self._red_flags = red_flags
        self._lexicon = reader.lexicon
        self._others = OtherReadings(reader, index)
        ordered = sorted(red_flags.values(), key=lambda flag: (_URGENCIES.index(flag.urgency), not flag.crisis))
        self._warnings = WarningSigns(index, [flag.id for flag in ordered], reader.lexicon)

    def others(self, written: Sequence[Word]) -> tuple[Matches, ...]:
        """What the other readings of a text match."""
        return tuple(other.matches for other in self._others.of(written))

    def half_met(self, flag: str, in_whole: Matches) -> PatternMatch | None:
        """The pattern of the flag that a text meets but for one part, if any; of a crisis none if it denies a thing."""
        if self._red_flags[flag].crisis and DENIED in in_whole.utterance.polarity:
            return None  # "I'm not going to hurt myself"
        return self._warnings.half_met(flag, in_whole)

    def read(
        self,
        written: Sequence[Word],
        in_whole: Matches,
        recent: Sequence[frozenset[str]] = (),
        before: Sequence[str] = (),
        hearing: Hearing | None = None,
    ) -> FlagsRead:
        """The red flags of a text.

        `recent` are the signs of the messages just before it, and `before` those messages themselves, as far as they
        are remembered, the oldest first (S-5). `hearing` is what the second reader hears of this text; without it,
        patterns decide alone.
        """
        found: dict[str, _Found] = {}
        raised, signs = self._warnings.read(in_whole, recent)
        alone = {flag.id for flag in self._warnings.read(in_whole)[0]} if raised and recent else None
        _add(found, (flag if alone is None or flag.id in alone else flag.firm() for flag in raised), in_whole.utterance)
        for other in self._others.of(written):
            raised, _ = self._warnings.read(other.matches, recent, as_written=in_whole, guessed=other.guessed)
            _add(found, (flag for flag in raised if other.supports(flag.tokens)), other.matches.utterance)
        joined: list[list[Word]] = []
        for text in reversed(before):
            if joined and len(joined[0]) > LONGEST_HALF:
                break  # no phrase goes on over it
            joined.insert(0, words(clean(text)))
            self._add_joined(found, joined, written, in_whole)
        if hearing:
            self._weigh(found, in_whole, hearing)
        return self._sorted(found, signs)

    def _weigh(self, found: dict[str, _Found], in_whole: Matches, hearing: Hearing) -> None:
        """Compares what patterns say with what the second reader hears.

        In a text that sounds harmless, weak patterns only ask. Where nothing stops, a flag becomes sure that patterns
        half speak for, all but one part of one or through corrected spelling, and that the second reader names, too.
        """
        weak = [id_ for id_, each in found.items() if each.raised.weak]
        if weak and hearing.harmless:
            for id_ in weak:
                found[id_] = found[id_].as_sure(sure=False)
        if any(each.raised.sure and self._stops(id_) for id_, each in found.items()):
            return
        for id_ in hearing.confirms:
            if id_ in found:
                found[id_] = found[id_].as_sure(sure=True)
            elif half := self.half_met(id_, in_whole):
                found[id_] = _Found(RaisedFlag(id_, tokens_of(half[1])), in_whole.utterance)

    def _stops(self, flag: str) -> bool:
        return self._red_flags[flag].urgency in STOPPING

    def _add_joined(
        self, found: dict[str, _Found], before: Sequence[Sequence[Word]], written: Sequence[Word], as_written: Matches
    ) -> None:
        """Adds what one phrase says that was cut in two by sending it: "cant", then "breathe"."""
        if min(sum(map(len, before)), len(written)) > LONGEST_HALF:
            return
        earlier = [word for text in before for word in self._going_on(text)]
        matches = self._others.joined([*earlier, *self._going_on(written)])
        cut = _place(len(earlier), matches.utterance)
        raised, _ = self._warnings.read(matches, as_written=as_written, cut=cut)
        if raised:
            each = [flag for text in before for flag in self._warnings.read(self._others.joined(text))[0]]
            told = {flag.id for flag in each if flag.sure}
            _add(found, (flag.firm() for flag in raised if flag.id not in told), matches.utterance)

    def _going_on(self, text: Sequence[Word]) -> Sequence[Word]:
        """The words of a message that goes on where the one before it ended.

        "My knee hurts" is a clause of its own; "my eye" is none.
        """
        if not text:
            return ()
        owned = self._lexicon.single_word(text[0].text).roles & (Role.PRONOUN | Role.POSSESSIVE)
        anew = owned and len(text) >= SHORTEST_CLAUSE
        return [text[0]._replace(gap=PAUSE if anew else NONE), *text[1:]]

    def _sorted(self, found: Mapping[str, _Found], signs: frozenset[str]) -> FlagsRead:
        flags: list[HeardFlag] = []
        doubted: list[HalfHeard] = []
        for id_ in sorted(found, key=self._warnings.rank):
            raised, utterance = found[id_]
            if raised.sure or not self._stops(id_):
                flags.append(HeardFlag(id_, self._red_flags[id_].urgency, utterance.written(raised.tokens)))
            else:
                doubted.append(HalfHeard(id_, BY_PATTERN, _quote(raised.tokens, utterance)))
        return FlagsRead(tuple(flags), tuple(doubted), signs)


def _place(number: int, utterance: Utterance) -> int:
    """The index of a written word among the words of the utterance, where run-together ones are two."""
    written = 0
    for at, word in enumerate(utterance.words):
        written += bool(word.written)
        if written > number:
            return at
    return len(utterance.words)


def _add(found: dict[str, _Found], raised: Iterable[RaisedFlag], utterance: Utterance) -> None:
    """Adds flags that are new, or sure now."""
    for flag in raised:
        if flag.id not in found or flag.firmness > found[flag.id].raised.firmness:
            found[flag.id] = _Found(flag, utterance)


def _quote(tokens: Sequence[int], utterance: Utterance) -> str:
    """The stretch of the text that these tokens lie in; of a long one only their own words."""
    start = min(utterance.tokens[token].start for token in tokens)
    end = max(utterance.tokens[token].end for token in tokens)
    if end - start > MOST_QUOTED:
        return " … ".join(utterance.written(tokens))
    return " ".join(word.written for word in utterance.words[start:end] if word.written)
