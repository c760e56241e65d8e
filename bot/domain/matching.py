"""Patterns over the concepts of a text, and the index that finds those that match.

A pattern is one line of the knowledge: `{knee} {trouble}`, `private parts gone numb`, `back pain + fever`.
* Words mean what they mean in a message: "private parts" is the same concept as "genitals".
* `{name}` is a concept or a group of the vocabulary, `{a|b}` either of them.
* "no", "not" and "can't" in a pattern ask for the same in the text; beside `{name}`s "not" denies the next word alone.
* ` + ` joins parts that may stand anywhere in the text, each within one clause.
* A part that begins with `ever:` may be in the past; one that begins with `unless:` takes the pattern back.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.domain.numbers import read_numbers
from bot.domain.scope import Heard, Polarity, hear
from bot.domain.vocabulary import Lexicon
from bot.domain.words import Word, clean, words

SLACK = 5  # content words that may stand between the words of a part, within its clause
NEIGHBOURS = 2  # of many words of one kind, those looked at on either side
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


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    items: tuple[Item, ...]
    past: bool = False  # may be in the past
    unless: bool = False  # takes the pattern back


@dataclass(frozen=True, slots=True, eq=False)
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
        return hear(spelled, read_numbers(tokens, self.lexicon))

    def pattern(self, owner: str, text: str) -> Pattern:
        parts = tuple(part for part in (self._part(each) for each in text.split(" + ")) if part.items)
        return Pattern(owner, text, parts, alone=len(parts) == 1 and self._is_general(parts[0], text))

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


def only_item(pattern: Pattern) -> Item | None:
    """What a pattern asks for, when that is one thing."""
    items = [item for part in pattern.parts for item in part.items]
    return items[0] if len(items) == 1 else None


class Index:
    """Patterns, found by the rarest concept of each of their parts. Equal parts are one part."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        known: dict[tuple[object, ...], Part] = {}
        self.patterns = tuple(_with_known_parts(pattern, known) for pattern in patterns if pattern.parts)
        self.parts = tuple(known.values())
        commonness = Counter(concept for part in self.parts for item in part.items for concept in item.concepts)
        self._by_concept: dict[str, list[tuple[Part, tuple[frozenset[str], ...]]]] = {}
        for part in self.parts:
            rarest = min(
                part.items, key=lambda item: (sum(commonness[each] for each in item.concepts), sorted(item.concepts))
            )
            others = tuple(item.concepts for item in part.items if item is not rarest)
            for concept in sorted(rarest.concepts):
                self._by_concept.setdefault(concept, []).append((part, others))
        self._by_part: dict[Part, list[Pattern]] = {}
        for pattern in self.patterns:
            for part in pattern.parts:
                self._by_part.setdefault(part, []).append(pattern)

    def found(self, heard: Heard, *, live_only: bool) -> dict[Part, Found]:
        """Every part that stands in the text, and where."""
        present = heard.at.keys()
        places: dict[Part, Found] = {}
        for concept in present:
            for part, others in self._by_concept.get(concept, ()):
                if part not in places and not any(present.isdisjoint(each) for each in others):
                    place = find(part, heard, live_only=live_only)
                    if place:
                        places[part] = place
        return places

    def patterns_with(self, parts: Iterable[Part]) -> dict[Pattern, None]:
        """The patterns that hold any of these parts, in a fixed order."""
        return dict.fromkeys(pattern for part in parts for pattern in self._by_part.get(part, ()))


def _with_known_parts(pattern: Pattern, known: dict[tuple[object, ...], Part]) -> Pattern:
    parts = tuple(known.setdefault((part.items, part.past, part.unless), part) for part in pattern.parts)
    return replace(pattern, parts=tuple(dict.fromkeys(parts)))


def find(part: Part, heard: Heard, *, live_only: bool) -> Found | None:
    """The tightest place where all items of the part stand together, or None."""
    places: list[list[int]] = []
    for item in part.items:
        stands = _places(item, heard, live_only=live_only and not part.past)
        if not stands:
            return None
        places.append(stands)
    if len(places) == 1:
        return Found((places[0][0],), 0, across=False)
    anchors, *others = sorted(places, key=len)
    best: Found | None = None
    for token in anchors:
        found = _around(token, others, heard)
        if found and (best is None or (found.across, found.apart) < (best.across, best.apart)):
            best = found
            if not found.across and not found.apart:
                break
    return best


def _places(item: Item, heard: Heard, *, live_only: bool) -> list[int]:
    at, polarity, live = heard.at, heard.polarity, heard.live
    stands = [
        token
        for concept in item.concepts
        for token in at.get(concept, ())
        if (polarity[token] is not Polarity.SAID) is item.denied and (live[token] or not live_only)
    ]
    return sorted(set(stands)) if len(item.concepts) > 1 else stands


def _around(token: int, others: Sequence[Sequence[int]], heard: Heard) -> Found | None:
    """The other items nearest to a token, if they stand near enough in its sentence."""
    clause, place = heard.clause, heard.place
    chosen = [token]
    across = False
    for stands in others:
        near = [each for each in _beside(stands, token, heard.sentence) if each not in chosen]
        if not near:
            return None
        nearest = min(near, key=lambda each: (clause[each] != clause[token], abs(place[each] - place[token]), each))
        across = across or clause[nearest] != clause[token]
        chosen.append(nearest)
    places = [place[each] for each in chosen]
    apart = max(places) - min(places) - len(chosen) + 1
    if apart > (SLACK_ACROSS if across else SLACK) or (across and other_part_between(chosen, heard)):
        return None
    return Found(tuple(chosen), max(apart, 0), across=across)


def _beside(stands: Sequence[int], token: int, sentence: Sequence[int]) -> list[int]:
    """Of sorted tokens, the few nearest before and after one, within its sentence."""
    at = bisect_left(stands, token)
    return [each for each in stands[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1] if sentence[each] == sentence[token]]


def other_part_between(chosen: Sequence[int], heard: Heard) -> bool:
    """Whether another part of the body stands between: then the words around it belong to that."""
    between = range(min(chosen) + 1, max(chosen))
    return any(token not in chosen and "body_part" in heard.tokens[token].concepts for token in between)


def says_more(heard: Heard, places: Sequence[Found]) -> bool:
    """Whether the text says anything beside what matched."""
    used = {heard.tokens[token].own for place in places for token in place.tokens}
    return any(content and heard.tokens[index].own not in used for index, content in enumerate(heard.content))
