"""Patterns over the concepts of a text, and how a line of the knowledge becomes one.

A pattern is one line of the knowledge: `{knee} {trouble}`, `private parts gone numb`, `back pain + fever`.
* Words mean what they mean in a message: "private parts" is the same concept as "genitals".
* `{name}` is a concept or a group of the vocabulary, `{a|b}` either of them.
* "no", "not" and "can't" in a pattern ask for the same in the text; beside `{name}`s "not" denies the next word alone.
* ` + ` joins parts that may stand anywhere in the text, each within one clause.
* A part that begins with `ever:` may be in the past; one that begins with `unless:` takes the pattern back.
* One that begins with `beside:` must stand there, too, and is about something else ("runny tummy with cramps").
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import reduce
from operator import or_

from bot.domain import role
from bot.domain.counting import read_numbers
from bot.domain.scope import SAID, Heard, hear
from bot.domain.vocabulary import Lexicon
from bot.domain.words import Word, clean, words

_REFERENCE = re.compile(r"\{([a-z0-9_|]+)\}")
_REFERENCES = re.compile(r"(?:\{[a-z0-9_|]+\}\s*)+")
_SLOT = "slot"  # how a reference looks while the words around it are read
_GENERAL = {"leaning", "body_part"}  # groups whose words alone are no complaint
_MARKS = {"ever:": "past", "unless:": "unless", "beside:": "beside"}


class Kind(IntEnum):
    """What a pattern is evidence for. Only a flag asks whether its words are about today."""

    FLAG = 0
    COMPLAINT = 1
    FACT = 2  # a contraindication
    REFUSAL = 3


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
    kind: Kind
    owner: str  # the id of what it means
    text: str
    parts: tuple[Part, ...]
    alone: bool = False  # one general word is all that is left of a phrase: it counts where nothing else is said
    wordings: frozenset[frozenset[str]] = frozenset()  # the words of set phrases that say this

    @property
    def takes_back(self) -> bool:
        """Whether it only says when its owner is not meant."""
        return all(part.unless for part in self.parts)


class Reader:
    """Reads texts and patterns with the same eyes."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def hear(self, text: str) -> Heard:
        return self.hear_words(words(clean(text)))

    def hear_words(self, said: Sequence[Word]) -> Heard:
        tokens, spelled, lemmas, roles = self.lexicon.tokens(said)
        if roles & role.NUMBER:
            tokens = read_numbers(tokens, spelled, lemmas, self.lexicon)
            roles = reduce(or_, (token.roles for token in tokens), 0)
        return hear(spelled, lemmas, tokens, roles)

    def pattern(self, kind: Kind, owner: str, text: str) -> Pattern:
        parts = tuple(part for part in (self._part(each) for each in text.split(" + ")) if part.items)
        if kind is not Kind.FLAG or all(part.unless for part in parts):
            parts = tuple(replace(part, past=True) for part in parts)
        alone = len(parts) == 1 and self._is_general(parts[0], text)
        return Pattern(kind, owner, text, parts, alone, self._wordings(kind, text))

    def _wordings(self, kind: Kind, text: str) -> frozenset[frozenset[str]]:
        if kind is not Kind.COMPLAINT or "{" in text:
            return frozenset()
        heard = self.hear(text)
        return frozenset([heard.wording(at for at, content in enumerate(heard.content) if content)])

    def says_enough(self, fact: Pattern, complaints: Collection[Item]) -> bool:
        """Whether a phrase says more than a complaint or a general word does. With a `{name}` its author says so."""
        item = only_item(fact)
        if item is None or _REFERENCE.search(fact.text):
            return True
        roles = {role for concept in item.concepts for role in self.lexicon.concepts_of(concept)}
        return item not in complaints and not roles & _GENERAL

    def _is_general(self, part: Part, text: str) -> bool:
        if len(part.items) > 1 or part.items[0].denied or _REFERENCE.search(text):
            return False
        tokens, spelled, *_ = self.lexicon.tokens(words(clean(text)))
        whole = any(token.start == 0 and token.end == len(spelled) for token in tokens)
        return not whole or bool(_GENERAL & {*self.lexicon.concepts_of(next(iter(part.items[0].concepts)))})

    def _part(self, text: str) -> Part:
        mark = next((mark for mark in _MARKS if text.startswith(mark)), "")
        body = text.removeprefix(mark).strip()
        references = [frozenset(names.split("|")) for names in _REFERENCE.findall(body)]
        if _REFERENCES.fullmatch(body):
            items = list(dict.fromkeys(Item(each) for each in references))
        else:
            items = self._items(body, references)
        return Part(tuple(items), **{name: True for each, name in _MARKS.items() if each == mark})

    def _items(self, body: str, references: list[frozenset[str]]) -> list[Item]:
        heard = self.hear(_REFERENCE.sub(f" {_SLOT} ", body))
        items: list[Item] = []
        curated, denied = bool(references), False
        for index, token in enumerate(heard.tokens):
            if heard.content[index]:
                concepts = references.pop(0) if token.own == _SLOT else frozenset({token.own})
                item = Item(concepts, denied if curated else heard.polarity[index] is not SAID)
                denied = False
                if item not in items:
                    items.append(item)
            elif token.roles & role.NEGATION:
                denied = True
        return items


def only_item(pattern: Pattern) -> Item | None:
    """What a pattern asks for, when that is one thing."""
    items = [item for part in pattern.parts for item in part.items]
    return items[0] if len(items) == 1 else None
