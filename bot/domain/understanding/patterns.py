"""Patterns over the concepts of a text, and how a line of the knowledge becomes one.

A pattern is one line of the knowledge: `{knee} {trouble}`, `private parts gone numb`, `back pain + fever`. Its grammar
stands in `bot.domain.understanding.pattern_syntax`, what it means in docs/patterns.md.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import reduce
from operator import or_

from bot.domain.language.counting import read_numbers
from bot.domain.language.lexicon import Lexicon
from bot.domain.language.negation import SAID, Utterance, analyse
from bot.domain.language.roles import Role
from bot.domain.language.words import Word, clean, words
from bot.domain.understanding.pattern_syntax import Chunk, Group, Line, parse

SLOT = "slot"  # how a group looks while the words around it are read
_GENERAL = {"leaning", "body_part"}  # groups whose words alone are no complaint
_MARKS = {"ever": "past", "unless": "unless", "beside": "beside"}


class PatternKind(IntEnum):
    """What a pattern is evidence for. Only a flag asks whether its words are about today."""

    FLAG = 0
    COMPLAINT = 1
    FACT = 2  # a contraindication
    REFUSAL = 3


_PLAIN = {PatternKind.COMPLAINT, PatternKind.FACT}  # have names and phrases as people write them, beside strict lines


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a part asks for: any of these concepts, said or else denied."""

    concepts: frozenset[str]
    denied: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    items: tuple[Item, ...]
    past: bool = False  # may be in the past
    unless: bool = False  # takes the pattern back
    beside: bool = False  # is not what the pattern is about


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    kind: PatternKind
    owner: str  # the id of what it means
    text: str
    parts: tuple[Part, ...]
    alone: bool = False  # one general word is all that is left of a phrase: it counts where nothing else is said
    wordings: frozenset[frozenset[str]] = frozenset()  # the words of set phrases that say this

    @property
    def takes_back(self) -> bool:
        """Whether it only says when its owner is not meant."""
        return all(part.unless for part in self.parts)


class TextReader:
    """Reads texts and patterns with the same eyes."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def hear(self, text: str) -> Utterance:
        return self.hear_words(words(clean(text)))

    def hear_words(self, said: Sequence[Word]) -> Utterance:
        tokens, spelled, lemmas, roles = self.lexicon.tokens(said)
        if roles & Role.NUMBER:
            tokens = read_numbers(tokens, spelled, lemmas, self.lexicon)
            roles = reduce(or_, (token.roles for token in tokens), 0)
        return analyse(spelled, lemmas, tokens, roles)

    def pattern(self, kind: PatternKind, owner: str, text: str) -> Pattern:
        """The pattern that a line writes. Raises PatternSyntaxError where the grammar does not have the line."""
        line = parse(text, plain=kind in _PLAIN)
        parts = tuple(part for part in map(self._part, line.chunks) if part.items)
        if kind is not PatternKind.FLAG or all(part.unless for part in parts):
            parts = tuple(replace(part, past=True) for part in parts)
        alone = len(parts) == 1 and self._is_general(parts[0], line)
        return Pattern(kind, owner, str(line), parts, alone, self._wordings(kind, line))

    def _wordings(self, kind: PatternKind, line: Line) -> frozenset[frozenset[str]]:
        if kind is not PatternKind.COMPLAINT or line.groups:
            return frozenset()
        heard = self.hear(str(line))
        return frozenset([heard.wording(at for at, content in enumerate(heard.content) if content)])

    def says_enough(self, fact: Pattern, complaints: Collection[Item]) -> bool:
        """Whether a phrase says more than a complaint or a general word does. With a `{name}` its author says so."""
        item = only_item(fact)
        if item is None or "{" in fact.text:
            return True
        roles = {role for concept in item.concepts for role in self.lexicon.concepts_of(concept)}
        return item not in complaints and not roles & _GENERAL

    def _is_general(self, part: Part, line: Line) -> bool:
        if len(part.items) > 1 or part.items[0].denied or line.groups:
            return False
        tokens, spelled, *_ = self.lexicon.tokens(words(clean(str(line))))
        whole = any(token.start == 0 and token.end == len(spelled) for token in tokens)
        return not whole or bool(_GENERAL & {*self.lexicon.concepts_of(next(iter(part.items[0].concepts)))})

    def _part(self, chunk: Chunk) -> Part:
        groups = [frozenset(item.names) for item in chunk.items if isinstance(item, Group)]
        if len(groups) == len(chunk.items):
            items = list(dict.fromkeys(map(Item, groups)))
        else:
            items = self._items(chunk, groups)
        return Part(tuple(items), **{name: True for mark, name in _MARKS.items() if mark == chunk.mark})

    def _items(self, chunk: Chunk, groups: list[frozenset[str]]) -> list[Item]:
        heard = self.hear(" ".join(SLOT if isinstance(item, Group) else item.text for item in chunk.items))
        items: list[Item] = []
        curated, denied = bool(groups), False
        for index, token in enumerate(heard.tokens):
            if heard.content[index]:
                concepts = groups.pop(0) if token.own == SLOT else frozenset({token.own})
                item = Item(concepts, denied if curated else heard.polarity[index] is not SAID)
                denied = False
                if item not in items:
                    items.append(item)
            elif token.roles & Role.NEGATION:
                denied = True
        return items


def only_item(pattern: Pattern) -> Item | None:
    """What a pattern asks for, when that is one thing."""
    items = [item for part in pattern.parts for item in part.items]
    return items[0] if len(items) == 1 else None
