"""Red flags in a text: patterns of parts, none denied, past or imagined (S-1 to S-11), over up to three messages (S-5).

A line of a flag that holds only `unless:` parts takes the flag back where it stands in the same sentence.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2s

from bot.domain.matching import Found, Index, Item, Part, Pattern, find
from bot.domain.scope import Heard, Polarity

MOST_SIGNS = 40
FEELING, BODY_PART = "trouble", "body_part"


@dataclass(frozen=True, slots=True)
class Raised:
    """A flag, and the tokens that raised it (none where earlier messages did)."""

    id: str
    tokens: tuple[int, ...]


class WarningSigns:
    """All red-flag patterns of one language. `urgencies` orders the flags, most urgent first."""

    def __init__(self, patterns: Iterable[Pattern], order: Sequence[str]) -> None:
        every = tuple(patterns)
        self._index = Index(each for each in every if not _takes_back(each))
        self._unless: dict[str, list[Part]] = {}
        for pattern in every:
            if _takes_back(pattern):
                self._unless.setdefault(pattern.owner, []).extend(pattern.parts)
        self._order = {flag: place for place, flag in enumerate(order)}
        self._joined = {
            part: _short(repr(_key(part)))
            for pattern in self._index.patterns
            if len(pattern.parts) > 1
            for part in pattern.parts
            if not part.unless
        }

    def read(self, heard: Heard, recent: Sequence[frozenset[str]] = ()) -> tuple[list[Raised], frozenset[str]]:
        """The flags of the text, read together with the signs of the messages just before it, and its own signs.

        Signs are short ids of what the text says towards a flag, to be read with the next messages.
        """
        earlier = frozenset().union(*recent) if recent else frozenset()
        waiting = _open(heard)
        found = self._index.found(heard, live_only=True)
        parts = sorted(self._joined[part] for part in found if part in self._joined)
        signs = frozenset([*(_short(concept) for concept in waiting), *parts][:MOST_SIGNS])
        if earlier and waiting:
            found.update(self._completed(waiting, earlier))
        return self._raised(found, earlier, heard), signs

    def _raised(self, found: dict[Part, Found], earlier: frozenset[str], heard: Heard) -> list[Raised]:
        flags: dict[str, Raised] = {}
        for pattern in self._index.patterns_with(found):
            if pattern.owner not in flags:
                tokens = self._matched(pattern, found, earlier)
                if tokens is not None and not self._taken_back(pattern.owner, tokens, heard):
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

    def _taken_back(self, flag: str, tokens: Sequence[int], heard: Heard) -> bool:
        sentences = {heard.sentence[token] for token in tokens}
        places = (find(part, heard, live_only=False) for part in self._unless.get(flag, ()))
        return any(place and heard.sentence[place.tokens[0]] in sentences for place in places)

    def _completed(self, waiting: dict[str, tuple[int, ...]], earlier: frozenset[str]) -> dict[Part, Found]:
        """Parts whose body part stood in one message and whose feeling stands in another ("my chest" / "it hurts")."""
        completed: dict[Part, Found] = {}
        for part in self._index.parts:
            here = [_stands(item, waiting) for item in part.items]
            if (
                len(part.items) > 1
                and any(here)
                and all(token or _stood(item, earlier) for token, item in zip(here, part.items, strict=True))
            ):
                completed[part] = Found(tuple(token for one in here for token in one), 0, across=True)
        return completed


def _takes_back(pattern: Pattern) -> bool:
    return all(part.unless for part in pattern.parts)


def _key(part: Part) -> list[tuple[list[str], bool]]:
    return [(sorted(item.concepts), item.denied) for item in part.items]


def _short(text: str) -> str:
    return blake2s(text.encode(), digest_size=4).hexdigest()


def _open(heard: Heard) -> dict[str, tuple[int, ...]]:
    """Concepts of a text that waits for its other half: a body part without a feeling, or a feeling without a place."""
    said = [
        index
        for index, content in enumerate(heard.content)
        if content and heard.live[index] and heard.polarity[index] is Polarity.SAID
    ]
    parts = [index for index in said if BODY_PART in heard.tokens[index].concepts]
    feelings = [index for index in said if FEELING in heard.tokens[index].concepts]
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
