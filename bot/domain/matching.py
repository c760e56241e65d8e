"""Patterns over the concepts of a text, and the index that finds those that match.

A pattern is one line of the knowledge: `{knee} {trouble}`, `private parts gone numb`, `back pain + fever`.
* Words mean what they mean in a message: "private parts" is the same concept as "genitals".
* `{name}` is a concept or a group of the vocabulary, `{a|b}` either of them.
* "no", "not" and "can't" in a pattern ask for the same in the text; beside `{name}`s "not" denies the next word alone.
* ` + ` joins parts that may stand anywhere in the text, each within one clause.
* A part that begins with `ever:` may be in the past; one that begins with `unless:` takes the pattern back.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.numbers import read_numbers
from bot.domain.scope import Heard, Polarity, hear
from bot.domain.vocabulary import Lexicon
from bot.domain.words import Word, clean, words

SLACK = 5  # content words that may stand between the words of a part, within its clause
SLACK_ACROSS = 3  # the same, when a comma or "and" stands between them
_REFERENCE = re.compile(r"\{([a-z0-9_|]+)\}")
_SLOT = "slot"  # how a reference looks while the words around it are read
_GENERAL = {"leaning", "body_part"}  # groups whose words alone are no complaint
_MARKS = {"ever:": "past", "unless:": "unless"}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a part asks for: any of these concepts, said or else denied."""

    concepts: frozenset[str]
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    items: tuple[Item, ...]
    past: bool = False  # may be in the past
    unless: bool = False  # takes the pattern back


@dataclass(frozen=True, slots=True)
class Pattern:
    owner: str  # the id of what it means
    text: str
    parts: tuple[Part, ...]
    alone: bool = False  # one general word is all that is left of a phrase: it counts where nothing else is said


@dataclass(frozen=True, slots=True)
class Found:
    """Where a part matched. `apart` counts the words and breaks between its words."""

    tokens: tuple[int, ...]
    apart: int
    across: bool  # over a comma or "and"


class Reader:
    """Reads texts and patterns with the same eyes."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def hear(self, text: str) -> Heard:
        return self.hear_words(words(clean(text)))

    def hear_words(self, said: Sequence[Word]) -> Heard:
        tokens, spelled = self.lexicon.tokens(said)
        return hear(spelled, read_numbers(tokens, spelled, self.lexicon))

    def pattern(self, owner: str, text: str) -> Pattern:
        parts = tuple(part for part in (self._part(each) for each in text.split(" + ")) if part.items)
        return Pattern(owner, text, parts, alone=len(parts) == 1 and self._is_general(parts[0], text))

    def _is_general(self, part: Part, text: str) -> bool:
        if len(part.items) > 1 or part.items[0].denied or _REFERENCE.search(text):
            return False
        tokens, spelled = self.lexicon.tokens(words(clean(text)))
        whole = any(token.start == 0 and token.end == len(spelled) for token in tokens)
        return not whole or bool(_GENERAL & {*self.lexicon.concepts_of(next(iter(part.items[0].concepts)))})

    def _part(self, text: str) -> Part:
        mark = next((mark for mark in _MARKS if text.startswith(mark)), "")
        body = text.removeprefix(mark).strip()
        references = [frozenset(names.split("|")) for names in _REFERENCE.findall(body)]
        heard = self.hear(_REFERENCE.sub(f" {_SLOT} ", body))
        items: list[Item] = []
        curated, denied = bool(references), False
        for index, token in enumerate(heard.tokens):
            if heard.content[index]:
                concepts = references.pop(0) if token.own == _SLOT else frozenset({token.own})
                item = Item(concepts, denied if curated else heard.polarity[index] is not Polarity.SAID)
                denied = False
                if item not in items:
                    items.append(item)
            elif "negation" in token.concepts:
                denied = True
        return Part(tuple(items), past=_MARKS.get(mark) == "past", unless=_MARKS.get(mark) == "unless")


class Index:
    """Patterns, found by the rarest concept of each of their parts."""

    def __init__(self, patterns: Iterable[Pattern], lexicon: Lexicon) -> None:
        self.patterns = tuple(dict.fromkeys(pattern for pattern in patterns if pattern.parts))
        self.parts = tuple(dict.fromkeys(part for pattern in self.patterns for part in pattern.parts))
        self._commonness = _commonness(self.parts)
        self._by_concept: dict[str, list[Part]] = {}
        for part in self.parts:
            for concept in min(part.items, key=self._breadth).concepts:
                self._by_concept.setdefault(concept, []).append(part)
        self._by_part: dict[Part, list[Pattern]] = {}
        for pattern in self.patterns:
            for part in dict.fromkeys(pattern.parts):
                self._by_part.setdefault(part, []).append(pattern)
        del lexicon

    def _breadth(self, item: Item) -> tuple[int, list[str]]:
        return sum(self._commonness[concept] for concept in item.concepts), sorted(item.concepts)

    def candidates(self, concepts: Iterable[str]) -> dict[Part, None]:
        """The parts whose rarest concept is among these, in a fixed order."""
        return dict.fromkeys(part for concept in concepts for part in self._by_concept.get(concept, ()))

    def patterns_with(self, parts: Iterable[Part]) -> dict[Pattern, None]:
        return dict.fromkeys(pattern for part in parts for pattern in self._by_part.get(part, ()))


def _commonness(parts: Iterable[Part]) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for part in parts:
        for item in part.items:
            for concept in item.concepts:
                counts[concept] = counts.get(concept, 0) + 1
    return counts


def find(part: Part, heard: Heard, *, live_only: bool) -> Found | None:
    """The tightest place where all items of the part stand together, or None."""
    places = [_places(item, heard, live_only=live_only and not part.past) for item in part.items]
    if not all(places):
        return None
    anchor = min(range(len(places)), key=lambda each: len(places[each]))
    best: Found | None = None
    for token in places[anchor]:
        found = _around(token, anchor, places, heard)
        if found and (best is None or (found.across, found.apart) < (best.across, best.apart)):
            best = found
    return best


def _places(item: Item, heard: Heard, *, live_only: bool) -> list[int]:
    return [
        token
        for concept in item.concepts
        for token in heard.at.get(concept, ())
        if (heard.polarity[token] is not Polarity.SAID) == item.denied and (heard.live[token] or not live_only)
    ]


def _around(token: int, anchor: int, places: Sequence[Sequence[int]], heard: Heard) -> Found | None:
    sentence, clause, place = heard.sentence, heard.clause, heard.place
    chosen = [token]
    across = False
    for each, others in enumerate(places):
        if each == anchor:
            continue
        near = [other for other in others if sentence[other] == sentence[token] and other not in chosen]
        if not near:
            return None
        best = min(near, key=lambda other: (clause[other] != clause[token], abs(place[other] - place[token]), other))
        across = across or clause[best] != clause[token]
        chosen.append(best)
    spread = max(place[each] for each in chosen) - min(place[each] for each in chosen)
    apart = spread - (len(chosen) - 1)
    if apart > (SLACK_ACROSS if across else SLACK) or (across and _other_part_between(chosen, heard)):
        return None
    return Found(tuple(chosen), apart, across)


def _other_part_between(chosen: Sequence[int], heard: Heard) -> bool:
    """Whether another part of the body stands between: then the words around it belong to that."""
    between = range(min(chosen) + 1, max(chosen))
    return any(token not in chosen and "body_part" in heard.tokens[token].concepts for token in between)


def says_more(heard: Heard, places: Sequence[Found | None]) -> bool:
    """Whether the text says anything beside what matched."""
    used = {token for place in places if place for token in place.tokens}
    return any(content and index not in used for index, content in enumerate(heard.content))
