"""The index that finds the patterns that match a text."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.language.negation import Utterance
from bot.domain.understanding.patterns import Part, Pattern
from bot.domain.understanding.placing import Found, find

Match = tuple[Pattern, tuple[Found, ...]]  # a pattern, and where each of its parts stands
Joined = tuple[Pattern, list[Part]]  # a pattern, and its parts beside the one that it is found by


class Matches:
    """The patterns that are complete in a text, by kind, in a fixed order, and where parts stand in it."""

    __slots__ = ("complete", "heard", "places")

    def __init__(self, heard: Utterance) -> None:
        self.heard = heard
        self.places: dict[Part, Found | None] = {}  # of the parts looked at so far
        self.complete: tuple[list[Match], ...] = ([], [], [], [])

    def place(self, part: Part) -> Found | None:
        """Where a part stands, looked for when it is asked for."""
        if part not in self.places:
            self.places[part] = find(part, self.heard)
        return self.places[part]


class Index:
    """Patterns of all kinds, found by the rarest item of each of their parts. Equal parts are one part."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = _merged(pattern for pattern in patterns if pattern.parts)
        self._holding: dict[Part, list[Pattern]] = {}
        for pattern in self.patterns:
            for part in pattern.parts:
                self._holding.setdefault(part, []).append(pattern)
        self._ending: dict[Part, tuple[list[Pattern], list[Joined]]] = {}  # patterns of one part, and of several
        for pattern in self.patterns:
            self._end(pattern)
        parts = dict.fromkeys(part for pattern in self.patterns for part in pattern.parts)
        commonness = Counter(concept for part in parts for item in part.items for concept in item.concepts)
        self._lone: dict[str, list[Part]] = {}  # parts of one item, by its concepts
        self._alone: dict[str, list[Part]] = {}  # those of them by which a pattern is found
        self._said: dict[str, list[tuple[Part, tuple[frozenset[str], ...]]]] = {}  # with the other items
        self._denied: dict[str, list[Part]] = {}
        self._rank = {part: rank for rank, part in enumerate(parts)}
        for part in parts:
            self._file(part, commonness)

    def _end(self, pattern: Pattern) -> None:
        """A pattern is looked at where that part of it stands which is seldom met: of several words, or held by few."""
        needed = [part for part in pattern.parts if not part.unless]
        if not needed:
            return
        key = min(needed, key=lambda part: (is_lone(part), len(part.items[0].concepts), len(self._holding[part])))
        whole, joined = self._ending.setdefault(key, ([], []))
        if len(pattern.parts) == 1:
            whole.append(pattern)
        else:
            joined.append((pattern, [part for part in pattern.parts if part is not key]))

    def _file(self, part: Part, commonness: Counter[str]) -> None:
        """A part with a denied item is found by that: most texts deny nothing."""
        rarest = min(
            part.items,
            key=lambda item: (
                not item.denied, sum(commonness[each] for each in item.concepts), sorted(item.concepts),
            ),
        )  # fmt: skip
        others = tuple(item.concepts for item in part.items if item is not rarest)
        for concept in sorted(rarest.concepts):
            if rarest.denied:
                self._denied.setdefault(concept, []).append(part)
            elif others:
                self._said.setdefault(concept, []).append((part, others))
            else:
                self._lone.setdefault(concept, []).append(part)
                if part in self._ending:
                    self._alone.setdefault(concept, []).append(part)

    def found(self, heard: Utterance) -> Matches:
        """What stands in the text."""
        matches = Matches(heard)
        places = matches.places
        present = heard.said.keys()
        for concept, tokens in heard.said.items():
            if concept in self._alone:
                places.update(_alone(self._alone[concept], tokens, heard))
            for part, others in self._said.get(concept, ()):
                for each in others:
                    if present.isdisjoint(each):
                        break
                else:
                    if part not in places:
                        places[part] = find(part, heard)
        for concept in heard.denied:
            for part in self._denied.get(concept, ()):
                matches.place(part)
        self._complete(matches)
        return matches

    def standing(self, matches: Matches) -> dict[Part, Found]:
        """Every part that stands in the text, be a pattern found by it or not."""
        for concept in matches.heard.said:
            for part in self._lone.get(concept, ()):
                matches.place(part)
        return {part: place for part, place in matches.places.items() if place}

    def holding(self, parts: Iterable[Part]) -> list[Pattern]:
        """The patterns that hold any of these parts, in a fixed order."""
        return list(dict.fromkeys(pattern for part in parts for pattern in self._holding[part]))

    def _complete(self, matches: Matches) -> None:
        standing = [part for part in self._ending.keys() & matches.places.keys() if matches.places[part]]
        for part in sorted(standing, key=self._rank.__getitem__):
            whole, joined = self._ending[part]
            for pattern in whole:
                self._add(pattern, matches)
            for pattern, others in joined:
                for each in others:
                    if bool(matches.place(each)) == each.unless:
                        break
                else:
                    self._add(pattern, matches)

    @staticmethod
    def _add(pattern: Pattern, matches: Matches) -> None:
        places = [matches.places[part] for part in pattern.parts if not part.unless]
        matches.complete[pattern.kind].append((pattern, tuple(filter(None, places))))


def _alone(parts: Sequence[Part], tokens: Sequence[int], heard: Utterance) -> dict[Part, Found | None]:
    if heard.all_live or heard.live[tokens[0]]:
        return dict.fromkeys(parts, Found(tokens[:1]))
    return {part: find(part, heard) for part in parts}


def is_lone(part: Part) -> bool:
    """Whether it asks for one thing, and that it is said."""
    return len(part.items) == 1 and not part.items[0].denied


def _merged(patterns: Iterable[Pattern]) -> tuple[Pattern, ...]:
    """Patterns that ask for the same and mean the same are one."""
    parts: dict[tuple[object, ...], Part] = {}
    merged: dict[tuple[object, ...], Pattern] = {}
    for pattern in patterns:
        own = tuple(parts.setdefault((part.items, part.past, part.unless, part.beside), part) for part in pattern.parts)
        one = replace(pattern, parts=tuple(dict.fromkeys(own)))
        key = (one.kind, one.owner, one.parts, one.alone)
        same = merged.setdefault(key, one)
        if same is not one:
            merged[key] = replace(same, wordings=same.wordings | one.wordings)
    return tuple(merged.values())
