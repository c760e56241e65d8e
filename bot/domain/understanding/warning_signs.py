"""Red flags in a text: patterns of parts, none denied, past or imagined (S-1 to S-11), over up to three messages (S-5).

A line of a flag that holds only `unless:` parts takes the flag back where it stands in the same sentence.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2s
from typing import NamedTuple

from bot.domain.language.negation import Utterance
from bot.domain.language.roles import Role
from bot.domain.understanding.matching import Index, Matches, is_lone
from bot.domain.understanding.patterns import Item, Part, Pattern, PatternKind
from bot.domain.understanding.placing import Found

MOST_SIGNS = 120
FEELING, BODY_PART = "trouble", "body_part"
_TODAY, _OVER = "=", "~"  # what marks a concept as told of today, or of another time


@dataclass(frozen=True, slots=True)
class Raised:
    """A flag, and the tokens that raised it (none where earlier messages did)."""

    id: str
    tokens: tuple[int, ...]


class _Read(NamedTuple):
    """What stands in a text, what it completes of the messages before it, and the signs of those."""

    matches: Matches
    completed: dict[Part, Found]
    earlier: frozenset[str]


class WarningSigns:
    """All red-flag patterns of an index. `order` are the flags, most urgent first."""

    def __init__(self, index: Index, order: Sequence[str]) -> None:
        self._index = index
        flags = [pattern for pattern in index.patterns if pattern.kind is PatternKind.FLAG]
        self._unless: dict[str, list[Part]] = {}
        for pattern in flags:
            if pattern.takes_back:
                self._unless.setdefault(pattern.owner, []).extend(pattern.parts)
        self._order = {flag: place for place, flag in enumerate(order)}
        self._spread = _by_concept(part for each in flags if not each.takes_back for part in each.parts)
        joined = {
            part
            for pattern in flags
            if len(pattern.parts) > 1 and not pattern.takes_back
            for part in pattern.parts
            if not part.unless
        }
        self._joined = {part: _short(repr(_key(part))) for part in joined if not is_lone(part)}
        self._lone = {part: part.items[0].concepts for part in joined if is_lone(part)}
        telling = frozenset[str]().union(*self._lone.values())
        self._today = {concept: _short(_TODAY + concept) for concept in telling}
        self._over = {concept: _short(_OVER + concept) for concept in telling}

    def read(
        self, heard: Utterance, matches: Matches, recent: Sequence[frozenset[str]] = ()
    ) -> tuple[list[Raised], frozenset[str]]:
        """The flags of the text, read together with the signs of the messages just before it, and its own signs.

        Signs are short ids of what the text says towards a flag, to be read with the next messages.
        """
        earlier = frozenset[str]().union(*recent)
        waiting = _open(heard)
        patterns = [pattern for pattern, _ in matches.complete[PatternKind.FLAG]]
        completed = self._completed(waiting, earlier) if earlier else {}
        if earlier:
            touched = self._index.holding({**completed, **self._index.standing(matches)})
            patterns = [pattern for pattern in touched if pattern.kind is PatternKind.FLAG]
        signs = sorted([*self._whole_parts(matches, completed), *self._lone_words(heard)])
        kept = frozenset([*(_short(concept) for concept in waiting), *signs][:MOST_SIGNS])
        return self._raised(patterns, _Read(matches, completed, earlier)), kept

    def _whole_parts(self, matches: Matches, completed: dict[Part, Found]) -> list[str]:
        met = [part for part, place in matches.places.items() if place and part in self._joined]
        return [self._joined[part] for part in (*met, *(part for part in completed if part in self._joined))]

    def _lone_words(self, heard: Utterance) -> list[str]:
        """The signs of concepts that are the whole of a part, of today or not."""
        if heard.all_live:
            return [self._today[concept] for concept in heard.said if concept in self._today]
        live = heard.live
        return [
            (self._today if any(live[token] for token in tokens) else self._over)[concept]
            for concept, tokens in heard.said.items()
            if concept in self._today
        ]

    def _raised(self, patterns: Iterable[Pattern], read: _Read) -> list[Raised]:
        ways: dict[str, list[tuple[int, ...]]] = {}
        for pattern in patterns:
            tokens = self._matched(pattern, read)
            if tokens and not self._taken_back(pattern.owner, tokens, read.matches):
                ways.setdefault(pattern.owner, []).append(tokens)
        return [Raised(flag, max(ways[flag], key=len)) for flag in sorted(ways, key=self._order.__getitem__)]

    def _matched(self, pattern: Pattern, read: _Read) -> tuple[int, ...]:
        """The tokens of this text that a pattern matches; none where something is missing or it only takes back."""
        tokens: list[int] = []
        for part in pattern.parts:
            place = read.matches.place(part) or read.completed.get(part)
            if part.unless:
                if place:
                    return ()
            elif place:
                tokens.extend(place.tokens)
            elif not self._was_told(part, read.earlier):
                return ()
        return tuple(tokens)

    def _was_told(self, part: Part, earlier: frozenset[str]) -> bool:
        if part not in self._lone:
            return self._joined.get(part) in earlier
        when = (self._today, self._over) if part.past else (self._today,)
        return any(each[concept] in earlier for concept in self._lone[part] for each in when)

    def _taken_back(self, flag: str, tokens: Sequence[int], matches: Matches) -> bool:
        """Whether a reason stands in its sentence ("ECG normal"), and nothing new is told after it ("now ...")."""
        heard = matches.heard
        sentences = {heard.sentence[token] for token in tokens}
        places = (matches.place(part) for part in self._unless.get(flag, ()))
        return any(
            place
            and heard.sentence[place.tokens[0]] in sentences
            and not any(heard.tokens[at].roles & Role.FRESH for at in range(max(place.tokens) + 1, max(tokens) + 1))
            for place in places
        )

    def _completed(self, waiting: dict[str, tuple[int, ...]], earlier: frozenset[str]) -> dict[Part, Found]:
        """Parts whose body part stood in one message and whose feeling stands in another ("my chest" / "it hurts")."""
        completed: dict[Part, Found] = {}
        for part in dict.fromkeys(part for concept in waiting for part in self._spread.get(concept, ())):
            missing = [item for item in part.items if not _stands(item, waiting)]
            if missing and all(_stood(item, earlier) for item in missing):
                completed[part] = Found([token for item in part.items for token in _stands(item, waiting)])
        return completed


def _key(part: Part) -> list[tuple[list[str], bool]]:
    return [(sorted(item.concepts), item.denied) for item in part.items]


def _by_concept(parts: Iterable[Part]) -> dict[str, list[Part]]:
    """The parts by each concept that they ask to be said."""
    found: dict[str, list[Part]] = {}
    for part in dict.fromkeys(parts):
        for concept in {concept for item in part.items if not item.denied for concept in item.concepts}:
            found.setdefault(concept, []).append(part)
    return found


@cache
def _short(text: str) -> str:
    return blake2s(text.encode(), digest_size=4).hexdigest()


def _open(heard: Utterance) -> dict[str, tuple[int, ...]]:
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
