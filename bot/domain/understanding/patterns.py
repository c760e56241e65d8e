"""Patterns over the concepts of a text, and how a line of the knowledge becomes one.

A pattern is one line of the knowledge: `{knee} {trouble}`, `private parts gone numb`, `back pain + fever`. For its
grammar see `bot.domain.understanding.pattern_syntax`, for its meaning docs/patterns.md.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce
from operator import or_

from bot.domain.language.counting import read_numbers
from bot.domain.language.lexicon import Lexicon
from bot.domain.language.negation import SAID, Utterance, analyse
from bot.domain.language.roles import Role
from bot.domain.language.words import PAUSE, STRONG, Word, clean, has_pause, words
from bot.domain.understanding.pattern_syntax import Chunk, Group, Line, parse

SLOT = "slot"  # the word put in place of a `{group}` while the words around it are analysed
_GENERAL = {"leaning", "body_part"}  # groups whose words by themselves are no complaint


class PatternKind(StrEnum):
    """What a pattern is evidence for. Only the words of a flag have to be about the present (S-7)."""

    FLAG = "flag"
    COMPLAINT = "complaint"
    FACT = "fact"  # a contraindication
    REFUSAL = "refusal"
    TOPIC = "topic"  # what a message after a warning is about


_PLAIN = {PatternKind.COMPLAINT, PatternKind.FACT}  # kinds whose lines may also be plain phrases, as people write them


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a part asks for: any of these concepts, said (or denied, if `denied`)."""

    concepts: frozenset[str]
    denied: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What must be said close together. The three marks are those of the pattern language."""

    items: tuple[Item, ...]
    ever: bool = False  # may be about the past
    unless: bool = False  # where it matches, the pattern does not
    beside: bool = False  # must match, but is not what the pattern is about


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """One line of the knowledge, parsed."""

    kind: PatternKind
    owner: str  # the id of the flag, complaint, contraindication, refusal or topic
    text: str  # the line as it is written
    parts: tuple[Part, ...]
    general: bool = False  # asks for one general word only: it counts only where the text says nothing else
    phrase_lemmas: frozenset[frozenset[str]] = frozenset()  # of each phrase of a complaint that became this pattern
    weak: bool = False  # of a flag, which is only asked about where the text sounds harmless (S-80)

    @property
    def takes_back(self) -> bool:
        """Whether all its parts are `unless:` parts: it never matches, it only rules out its owner."""
        return all(part.unless for part in self.parts)


class TextReader:
    """Analyses texts and parses patterns with the same vocabulary."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def analyse(self, text: str) -> Utterance:
        """A text as it was received, analysed."""
        return self.analyse_words(words(clean(text)))

    def analyse_words(self, text: Sequence[Word], *, goes_on: bool = False) -> Utterance:
        """The words of a text, analysed. A pause ends its sentence unless the text `goes_on` after it."""
        if not goes_on and has_pause(text):
            text = [word._replace(gap=STRONG) if word.gap is PAUSE else word for word in text]
        tokens, spelled, lemmas, roles = self.lexicon.tokens(text)
        if roles & Role.NUMBER:
            tokens = read_numbers(tokens, spelled, lemmas, self.lexicon)
            roles = reduce(or_, (token.roles for token in tokens), 0)
        return analyse(spelled, lemmas, tokens, roles)

    def pattern(self, kind: PatternKind, owner: str, text: str) -> Pattern:
        """The pattern of a line. Small words (fillers) are left out, so it may have no parts.

        Raises PatternSyntaxError for a line that breaks the grammar.
        """
        line = parse(text, plain=kind in _PLAIN)
        parts = tuple(part for part in map(self._part, line.chunks) if part.items)
        if kind is not PatternKind.FLAG or all(part.unless for part in parts):
            parts = tuple(replace(part, ever=True) for part in parts)
        general = len(parts) == 1 and self._is_general(parts[0], line)
        return Pattern(kind, owner, str(line), parts, general, self._phrase_lemmas(kind, line), line.weak)

    def _phrase_lemmas(self, kind: PatternKind, line: Line) -> frozenset[frozenset[str]]:
        if kind is not PatternKind.COMPLAINT or line.groups:
            return frozenset()
        utterance = self.analyse(str(line))
        return frozenset([utterance.lemmas_of(at for at, content in enumerate(utterance.content) if content)])

    def is_specific(self, fact: Pattern, complaints: Collection[Item]) -> bool:
        """Whether a phrase says more than a general word, or than the single item of a complaint.

        A line with a `{name}` always does: its author chose the concepts. `complaints` are those single items.
        """
        item = only_item(fact)
        if item is None or "{" in fact.text:
            return True
        groups = {each for concept in item.concepts for each in self.lexicon.concepts_of(concept)}
        return item not in complaints and not groups & _GENERAL

    def _is_general(self, part: Part, line: Line) -> bool:
        """Whether a plain phrase comes down to one item that is a general word, or only a piece of the phrase."""
        if len(part.items) > 1 or part.items[0].denied or line.groups:
            return False
        tokens, spelled, *_ = self.lexicon.tokens(words(clean(str(line))))
        one_expression = any(token.start == 0 and token.end == len(spelled) for token in tokens)
        return not one_expression or bool(_GENERAL & {*self.lexicon.concepts_of(next(iter(part.items[0].concepts)))})

    def _part(self, chunk: Chunk) -> Part:
        groups = [frozenset(item.names) for item in chunk.items if isinstance(item, Group)]
        if len(groups) == len(chunk.items):
            items = list(dict.fromkeys(map(Item, groups)))
        else:
            items = self._items(chunk, groups)
        return Part(tuple(items), **({chunk.mark: True} if chunk.mark else {}))

    def _items(self, chunk: Chunk, groups: list[frozenset[str]]) -> list[Item]:
        utterance = self.analyse(" ".join(SLOT if isinstance(item, Group) else item.text for item in chunk.items))
        items: list[Item] = []
        has_groups, denied = bool(groups), False  # beside groups, a "not" denies the next item only
        for index, token in enumerate(utterance.tokens):
            if utterance.content[index]:
                concepts = groups.pop(0) if token.concept == SLOT else frozenset({token.concept})
                item = Item(concepts, denied if has_groups else utterance.polarity[index] is not SAID)
                denied = False
                if item not in items:
                    items.append(item)
            elif token.roles & Role.NEGATION:
                denied = True
        return items


def only_item(pattern: Pattern) -> Item | None:
    """The item of a pattern that asks for a single one, or None."""
    items = [item for part in pattern.parts for item in part.items]
    return items[0] if len(items) == 1 else None
