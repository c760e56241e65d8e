"""Red flags in a text, read together with up to two messages before it (S-1 to S-11; several messages: S-5).

A line of a flag that has only `unless:` parts takes the flag back where it matches in the same sentence.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2s
from typing import NamedTuple

from bot.domain.language.lexicon import Lexicon
from bot.domain.language.negation import Utterance
from bot.domain.language.roles import Role
from bot.domain.understanding.cut import is_cut
from bot.domain.understanding.half_met import half_met
from bot.domain.understanding.matching import Index, Matches, PatternMatch, is_single_item
from bot.domain.understanding.patterns import Item, Part, Pattern, PatternKind
from bot.domain.understanding.placing import PartMatch, tokens_of
from bot.domain.understanding.spelled_evidence import is_evidence

MOST_SIGNS = 120  # of one message
FEELING, BODY_PART = "trouble", "body_part"
_CURRENT, _PAST = "=", "~"  # told apart in signs: a concept said about the present, and about any other time


@dataclass(frozen=True, slots=True)
class RaisedFlag:
    """A flag, and the indexes of the tokens that raised it, those of its longest pattern.

    `sure` is False where all that speaks for it are words whose spelling was corrected (S-82). `weak` is True where all
    sure patterns are weak (S-80).
    """

    id: str
    tokens: tuple[int, ...]
    sure: bool = True
    weak: bool = False

    @property
    def firmness(self) -> tuple[bool, bool]:
        """How much speaks for it, for comparing."""
        return (self.sure, not self.weak)

    def firm(self) -> "RaisedFlag":
        """The same, not weak: several messages speak for it, of which the second reader hears only the last."""
        return replace(self, weak=False)


class _Read(NamedTuple):
    """What a pattern is compared with."""

    matches: Matches
    completed: dict[Part, PartMatch]  # parts that began in earlier messages and end in this text
    earlier: frozenset[str]  # the signs of the earlier messages
    as_written: Matches  # what the text matches as it is written: exceptions that hold there always hold
    guessed: Collection[str]  # words, as written, that are read as others than they seem
    cut: int  # see WarningSigns.read


class WarningSigns:
    """Raises red flags by the patterns of an index. `order` holds the ids of all flags, most urgent first."""

    def __init__(self, index: Index, order: Sequence[str], lexicon: Lexicon) -> None:
        self._index = index
        self._lexicon = lexicon
        flags = [pattern for pattern in index.patterns if pattern.kind is PatternKind.FLAG]
        self._taking_back: dict[str, list[Part]] = {}
        self._several_parts: dict[str, list[Pattern]] = {}
        for pattern in flags:
            if pattern.takes_back:
                self._taking_back.setdefault(pattern.owner, []).extend(pattern.parts)
            elif sum(not part.unless for part in pattern.parts) > 1:
                self._several_parts.setdefault(pattern.owner, []).append(pattern)
        self._order = {flag: at for at, flag in enumerate(order)}
        self._parts_by_concept = _by_concept(part for each in flags if not each.takes_back for part in each.parts)
        joined = {
            part
            for pattern in flags
            if len(pattern.parts) > 1 and not pattern.takes_back
            for part in pattern.parts
            if not part.unless
        }
        self._sign_of_part = {part: _sign(repr(_content(part))) for part in joined if not is_single_item(part)}
        self._single_item_concepts = {part: part.items[0].concepts for part in joined if is_single_item(part)}
        concepts = frozenset[str]().union(*self._single_item_concepts.values())
        self._current_signs = {concept: _sign(_CURRENT + concept) for concept in concepts}
        self._past_signs = {concept: _sign(_PAST + concept) for concept in concepts}

    def read(
        self,
        matches: Matches,
        recent: Sequence[frozenset[str]] = (),
        *,
        as_written: Matches | None = None,
        guessed: Collection[str] = (),
        cut: int = 0,
    ) -> tuple[list[RaisedFlag], frozenset[str]]:
        """The flags that a text raises, most urgent first, and its own signs.

        `recent` are the signs of the messages just before it. Signs are ids of 8 characters that stand for what the
        text says towards a flag, at most MOST_SIGNS; they give no words away. For another reading of a text there is
        also `as_written`, what the text itself matches, and `guessed`, the words that this reading guesses at. With a
        `cut`, the index of a word, only flags count for which words of one part stand on both sides of it.
        """
        utterance = matches.utterance
        earlier = frozenset[str]().union(*recent)
        unfinished = _unfinished(utterance)
        patterns = [pattern for pattern, _ in matches.complete[PatternKind.FLAG]]
        completed = self._completed(unfinished, earlier) if earlier else {}
        if earlier:
            touched = self._index.patterns_with({**completed, **self._index.matched_parts(matches)})
            patterns = [pattern for pattern in touched if pattern.kind is PatternKind.FLAG]
        signs = sorted([*self._signs_of_parts(matches, completed), *self._signs_of_single_items(utterance)])
        own = frozenset([*(_sign(concept) for concept in unfinished), *signs][:MOST_SIGNS])
        return self._raised(patterns, _Read(matches, completed, earlier, as_written or matches, guessed, cut)), own

    def half_met(self, flag: str, matches: Matches) -> PatternMatch | None:
        """The longest pattern of the flag that a text meets but for one part, with the places of the others, if any."""
        every = half_met(self._several_parts.get(flag, ()), matches)
        found = [each for each in every if not self._taken_back(flag, tokens_of(each[1]), matches)]
        return max(found, key=lambda each: len(tokens_of(each[1])), default=None)

    def rank(self, flag: str) -> int:
        """The place of a flag among all flags, the most urgent first."""
        return self._order[flag]

    def _signs_of_parts(self, matches: Matches, completed: dict[Part, PartMatch]) -> list[str]:
        matched = [part for part, match in matches.part_matches.items() if match and part in self._sign_of_part]
        return [
            self._sign_of_part[part] for part in (*matched, *(part for part in completed if part in self._sign_of_part))
        ]

    def _signs_of_single_items(self, utterance: Utterance) -> list[str]:
        """The signs of concepts that are the single item of a part, about the present or not."""
        if utterance.all_current:
            return [self._current_signs[concept] for concept in utterance.said if concept in self._current_signs]
        return [
            (self._current_signs if any(utterance.current[token] for token in tokens) else self._past_signs)[concept]
            for concept, tokens in utterance.said.items()
            if concept in self._current_signs
        ]

    def _raised(self, patterns: Iterable[Pattern], read: _Read) -> list[RaisedFlag]:
        matched: dict[str, list[RaisedFlag]] = {}
        for pattern in patterns:
            if read.cut and not is_cut(pattern, read.matches, read.cut):
                continue
            tokens = self._matched(pattern, read)
            if tokens and not self._taken_back(pattern.owner, tokens, read.matches):
                flag = RaisedFlag(pattern.owner, tokens, self._is_sound(pattern, tokens, read), pattern.weak)
                matched.setdefault(pattern.owner, []).append(flag)
        return [_together(matched[flag]) for flag in sorted(matched, key=self._order.__getitem__)]

    def _is_sound(self, pattern: Pattern, tokens: Sequence[int], read: _Read) -> bool:
        """Whether not only words of corrected spelling speak for the pattern, here or in earlier messages."""
        here = all(read.matches.match_of(part) for part in pattern.parts if not part.unless)
        return not here or is_evidence(tokens, read.matches.utterance, self._lexicon, read.guessed)

    def _matched(self, pattern: Pattern, read: _Read) -> tuple[int, ...]:
        """The tokens of this text that complete a pattern; empty if a part is missing or an `unless:` part matches."""
        tokens: list[int] = []
        for part in pattern.parts:
            match = read.matches.match_of(part) or read.completed.get(part)
            if part.unless:
                if match or read.as_written.match_of(part):
                    return ()
            elif match:
                tokens.extend(match.tokens)
            elif not self._is_in_earlier(part, read.earlier):
                return ()
        return tuple(tokens)

    def _is_in_earlier(self, part: Part, earlier: frozenset[str]) -> bool:
        if part not in self._single_item_concepts:
            return self._sign_of_part.get(part) in earlier
        when = (self._current_signs, self._past_signs) if part.ever else (self._current_signs,)
        return any(each[concept] in earlier for concept in self._single_item_concepts[part] for each in when)

    def _taken_back(self, flag: str, tokens: Sequence[int], matches: Matches) -> bool:
        """Whether an `unless:` line ("ECG normal") matches in a sentence of the flag and nothing new follows."""
        utterance = matches.utterance
        sentences = {utterance.sentence[token] for token in tokens}
        reasons = (matches.match_of(part) for part in self._taking_back.get(flag, ()))
        return any(
            reason
            and utterance.sentence[reason.tokens[0]] in sentences
            and not any(
                utterance.tokens[at].roles & Role.FRESH for at in range(max(reason.tokens) + 1, max(tokens) + 1)
            )
            for reason in reasons
        )

    def _completed(self, unfinished: dict[str, tuple[int, ...]], earlier: frozenset[str]) -> dict[Part, PartMatch]:
        """Parts with the body part in one message and the feeling in another ("my chest" / "it hurts")."""
        completed: dict[Part, PartMatch] = {}
        for part in dict.fromkeys(part for concept in unfinished for part in self._parts_by_concept.get(concept, ())):
            missing = [item for item in part.items if not _tokens_of(item, unfinished)]
            if missing and all(_said_earlier(item, earlier) for item in missing):
                completed[part] = PartMatch([token for item in part.items for token in _tokens_of(item, unfinished)])
        return completed


def _together(raised: Sequence[RaisedFlag]) -> RaisedFlag:
    """One flag that several patterns raise, with the tokens of the longest that is sure, if any is."""
    longest = max(raised, key=lambda each: (each.sure, len(each.tokens)))
    return replace(longest, weak=all(each.weak for each in raised if each.sure is longest.sure))


def _content(part: Part) -> list[tuple[list[str], bool]]:
    return [(sorted(item.concepts), item.denied) for item in part.items]


def _by_concept(parts: Iterable[Part]) -> dict[str, list[Part]]:
    """The parts, by each concept that one of their items asks to be said."""
    found: dict[str, list[Part]] = {}
    for part in dict.fromkeys(parts):
        for concept in {concept for item in part.items if not item.denied for concept in item.concepts}:
            found.setdefault(concept, []).append(part)
    return found


@cache
def _sign(text: str) -> str:
    """A short id for a text, from which the text cannot be read."""
    return blake2s(text.encode(), digest_size=4).hexdigest()


def _unfinished(utterance: Utterance) -> dict[str, tuple[int, ...]]:
    """The concepts, with their token, of a text that names body parts but no feeling, or feelings but no body part."""
    parts = [index for index in utterance.said.get(BODY_PART, ()) if utterance.current[index]]
    feelings = [index for index in utterance.said.get(FEELING, ()) if utterance.current[index]]
    if bool(parts) == bool(feelings):
        return {}
    unfinished: dict[str, tuple[int, ...]] = {}
    for index in parts or feelings:
        for concept in utterance.tokens[index].concepts:
            if concept not in {BODY_PART, FEELING}:
                unfinished.setdefault(concept, (index,))
    return unfinished


def _tokens_of(item: Item, unfinished: dict[str, tuple[int, ...]]) -> tuple[int, ...]:
    if item.denied:
        return ()
    return next((unfinished[concept] for concept in sorted(item.concepts) if concept in unfinished), ())


def _said_earlier(item: Item, earlier: frozenset[str]) -> bool:
    return not item.denied and any(_sign(concept) in earlier for concept in item.concepts)
