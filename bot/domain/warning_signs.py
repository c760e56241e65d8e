"""Red flags in a text: patterns of parts, none denied, past or imagined (S-1 to S-11), over up to three messages (S-5).

A line of a flag that holds only `unless:` parts takes the flag back where it stands in the same sentence.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2s

from bot.domain.matching import Found, Index, Matches
from bot.domain.patterns import Item, Kind, Part, Pattern
from bot.domain.scope import Heard

MOST_SIGNS = 120
FEELING, BODY_PART = "trouble", "body_part"


@dataclass(frozen=True, slots=True)
class Raised:
    """A flag, and the tokens that raised it (none where earlier messages did)."""

    id: str
    tokens: tuple[int, ...]


class WarningSigns:
    """All red-flag patterns of an index. `order` are the flags, most urgent first."""

    def __init__(self, index: Index, order: Sequence[str]) -> None:
        self._index = index
        flags = [pattern for pattern in index.patterns if pattern.kind is Kind.FLAG]
        self._unless: dict[str, list[Part]] = {}
        for pattern in flags:
            if pattern.takes_back:
                self._unless.setdefault(pattern.owner, []).extend(pattern.parts)
        self._order = {flag: place for place, flag in enumerate(order)}
        self._parts = tuple(dict.fromkeys(part for each in flags if not each.takes_back for part in each.parts))
        self._joined = {
            part: _short(repr(_key(part)))
            for pattern in flags
            if len(pattern.parts) > 1 and not pattern.takes_back
            for part in pattern.parts
            if not part.unless
        }

    def read(
        self, heard: Heard, matches: Matches, recent: Sequence[frozenset[str]] = ()
    ) -> tuple[list[Raised], frozenset[str]]:
        """The flags of the text, read together with the signs of the messages just before it, and its own signs.

        Signs are short ids of what the text says towards a flag, to be read with the next messages.
        """
        earlier = frozenset().union(*recent) if recent else frozenset()
        waiting = _open(heard)
        parts = sorted(self._joined[part] for part in matches.places if part in self._joined)
        signs = frozenset([*(_short(concept) for concept in waiting), *parts][:MOST_SIGNS])
        places = matches.places
        if earlier and waiting:
            places = {**places, **self._completed(waiting, earlier)}
        patterns = self._index.holding(places) if earlier else [pattern for pattern, _ in matches.complete[Kind.FLAG]]
        return self._raised(patterns, places, earlier, heard), signs

    def _raised(
        self, patterns: Iterable[Pattern], places: dict[Part, Found], earlier: frozenset[str], heard: Heard
    ) -> list[Raised]:
        flags: dict[str, Raised] = {}
        for pattern in patterns:
            if pattern.kind is not Kind.FLAG or pattern.takes_back:
                continue
            tokens = self._matched(pattern, places, earlier)
            told = len(flags[pattern.owner].tokens) if pattern.owner in flags else -1
            if tokens is not None and len(tokens) > told and not self._taken_back(pattern.owner, tokens, places, heard):
                flags[pattern.owner] = Raised(pattern.owner, tokens)
        return sorted(flags.values(), key=lambda flag: self._order[flag.id])

    def _matched(self, pattern: Pattern, found: dict[Part, Found], earlier: frozenset[str]) -> tuple[int, ...] | None:
        tokens: list[int] = []
        for part in pattern.parts:
            place = found.get(part)
            if part.unless:
                if place:
                    return None
            elif place:
                tokens.extend(place.tokens)
            elif self._joined.get(part) not in earlier:
                return None
        return tuple(tokens) if tokens else None

    def _taken_back(self, flag: str, tokens: Sequence[int], found: dict[Part, Found], heard: Heard) -> bool:
        sentences = {heard.sentence[token] for token in tokens}
        places = (found.get(part) for part in self._unless.get(flag, ()))
        return any(place and heard.sentence[place.tokens[0]] in sentences for place in places)

    def _completed(self, waiting: dict[str, tuple[int, ...]], earlier: frozenset[str]) -> dict[Part, Found]:
        """Parts whose body part stood in one message and whose feeling stands in another ("my chest" / "it hurts")."""
        completed: dict[Part, Found] = {}
        for part in self._parts:
            here = [_stands(item, waiting) for item in part.items]
            if (
                len(part.items) > 1
                and any(here)
                and all(token or _stood(item, earlier) for token, item in zip(here, part.items, strict=True))
            ):
                completed[part] = Found(tuple(token for one in here for token in one), 0, across=True)
        return completed


def _key(part: Part) -> list[tuple[list[str], bool]]:
    return [(sorted(item.concepts), item.denied) for item in part.items]


@cache
def _short(text: str) -> str:
    return blake2s(text.encode(), digest_size=4).hexdigest()


def _open(heard: Heard) -> dict[str, tuple[int, ...]]:
    """Concepts of a text that waits for its other half: a body part without a feeling, or a feeling without a place."""
    parts = [index for index in heard.said.get(BODY_PART, ()) if heard.live[index]]
    feelings = [index for index in heard.said.get(FEELING, ()) if heard.live[index]]
    if bool(parts) == bool(feelings):
        return {}
    waiting: dict[str, tuple[int, ...]] = {}
    for index in parts or feelings:
        for concept in heard.tokens[index].concepts:
            if concept not in {BODY_PART, FEELING}:
                waiting.setdefault(concept, (index,))
    return waiting


def _stands(item: Item, now: dict[str, tuple[int, ...]]) -> tuple[int, ...]:
    if item.denied:
        return ()
    return next((now[concept] for concept in sorted(item.concepts) if concept in now), ())


def _stood(item: Item, earlier: frozenset[str]) -> bool:
    return not item.denied and any(_short(concept) in earlier for concept in item.concepts)
