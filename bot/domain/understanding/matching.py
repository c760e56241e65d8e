"""The index of all patterns: which of them match a text."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.language.negation import Utterance
from bot.domain.understanding.patterns import Part, Pattern, PatternKind
from bot.domain.understanding.placing import PartMatch, find

PatternMatch = tuple[Pattern, tuple[PartMatch, ...]]  # a pattern, and a match of each part that is not `unless:`

_KINDS = tuple(PatternKind)


class Matches:
    """What matches one text.

    `complete` holds the patterns that match, by kind, in a fixed order. `part_matches` holds the parts tried so far;
    None means that the part does not match.
    """

    __slots__ = ("complete", "part_matches", "utterance")

    def __init__(self, utterance: Utterance) -> None:
        self.utterance = utterance
        self.part_matches: dict[Part, PartMatch | None] = {}
        self.complete: dict[PatternKind, list[PatternMatch]] = {kind: [] for kind in _KINDS}

    def match_of(self, part: Part) -> PartMatch | None:
        """The match of a part, or None. Each part is tried at most once."""
        if part not in self.part_matches:
            self.part_matches[part] = find(part, self.utterance)
        return self.part_matches[part]


@dataclass(slots=True)
class _Keyed:
    """The patterns indexed under one part, their key."""

    key_only: list[Pattern] = field(default_factory=list)  # the key is their only part
    with_others: list[tuple[Pattern, list[Part]]] = field(default_factory=list)  # with the parts beside the key


class Index:
    """Patterns of all kinds, indexed by their rarest part, and parts by their rarest item.

    Equal parts are shared between patterns; patterns without parts are dropped.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = _merged(pattern for pattern in patterns if pattern.parts)
        self._patterns_with: dict[Part, list[Pattern]] = {}
        for pattern in self.patterns:
            for part in pattern.parts:
                self._patterns_with.setdefault(part, []).append(pattern)
        self._by_key: dict[Part, _Keyed] = {}
        for pattern in self.patterns:
            self._index_pattern(pattern)
        parts = dict.fromkeys(part for pattern in self.patterns for part in pattern.parts)
        commonness = Counter(concept for part in parts for item in part.items for concept in item.concepts)
        # Parts by each concept of their rarest item:
        self._single_items: dict[str, list[Part]] = {}
        self._single_item_keys: dict[str, list[Part]] = {}  # those of them that are the key of a pattern
        self._several_items: dict[str, list[tuple[Part, tuple[frozenset[str], ...]]]] = {}  # with the other items
        self._denied_items: dict[str, list[Part]] = {}
        self._order = {part: at for at, part in enumerate(parts)}
        for part in parts:
            self._index_part(part, commonness)

    def _index_pattern(self, pattern: Pattern) -> None:
        """Indexes a pattern by its rarest part, so that it is tried as seldom as possible."""
        needed = [part for part in pattern.parts if not part.unless]
        if not needed:
            return
        key = min(
            needed,
            key=lambda part: (is_single_item(part), len(part.items[0].concepts), len(self._patterns_with[part])),
        )
        keyed = self._by_key.setdefault(key, _Keyed())
        if len(pattern.parts) == 1:
            keyed.key_only.append(pattern)
        else:
            keyed.with_others.append((pattern, [part for part in pattern.parts if part is not key]))

    def _index_part(self, part: Part, commonness: Counter[str]) -> None:
        """Indexes a part by its rarest item. A denied item counts as rarest: most texts deny nothing."""
        rarest = min(
            part.items,
            key=lambda item: (
                not item.denied, sum(commonness[each] for each in item.concepts), sorted(item.concepts),
            ),
        )  # fmt: skip
        others = tuple(item.concepts for item in part.items if item is not rarest)
        for concept in sorted(rarest.concepts):
            if rarest.denied:
                self._denied_items.setdefault(concept, []).append(part)
            elif others:
                self._several_items.setdefault(concept, []).append((part, others))
            else:
                self._single_items.setdefault(concept, []).append(part)
                if part in self._by_key:
                    self._single_item_keys.setdefault(concept, []).append(part)

    def match(self, utterance: Utterance) -> Matches:
        """The patterns that match a text. Single-item parts are tried only where a pattern depends on them."""
        matches = Matches(utterance)
        part_matches = matches.part_matches
        present = utterance.said.keys()
        for concept, tokens in utterance.said.items():
            if concept in self._single_item_keys:
                part_matches.update(_match_single_items(self._single_item_keys[concept], tokens, utterance))
            for part, others in self._several_items.get(concept, ()):
                for each in others:
                    if present.isdisjoint(each):
                        break
                else:
                    if part not in part_matches:
                        part_matches[part] = find(part, utterance)
        for concept in utterance.denied:
            for part in self._denied_items.get(concept, ()):
                matches.match_of(part)
        self._complete(matches)
        return matches

    def matched_parts(self, matches: Matches) -> dict[Part, PartMatch]:
        """All parts that match the text, whether or not a pattern is complete with them."""
        for concept in matches.utterance.said:
            for part in self._single_items.get(concept, ()):
                matches.match_of(part)
        return {part: match for part, match in matches.part_matches.items() if match}

    def patterns_with(self, parts: Iterable[Part]) -> list[Pattern]:
        """The patterns that contain any of these parts, each once, in a fixed order."""
        return list(dict.fromkeys(pattern for part in parts for pattern in self._patterns_with[part]))

    def _complete(self, matches: Matches) -> None:
        """Adds the patterns whose parts all match and whose `unless:` parts do not."""
        keys = [part for part in self._by_key.keys() & matches.part_matches.keys() if matches.part_matches[part]]
        for part in sorted(keys, key=self._order.__getitem__):
            keyed = self._by_key[part]
            for pattern in keyed.key_only:
                self._add(pattern, matches)
            for pattern, others in keyed.with_others:
                for each in others:
                    if bool(matches.match_of(each)) == each.unless:
                        break
                else:
                    self._add(pattern, matches)

    @staticmethod
    def _add(pattern: Pattern, matches: Matches) -> None:
        found = [matches.part_matches[part] for part in pattern.parts if not part.unless]
        matches.complete[pattern.kind].append((pattern, tuple(filter(None, found))))


def _match_single_items(
    parts: Sequence[Part], tokens: Sequence[int], utterance: Utterance
) -> dict[Part, PartMatch | None]:
    """The matches of single-item parts whose concept the text says with these tokens."""
    if utterance.all_current or utterance.current[tokens[0]]:
        return dict.fromkeys(parts, PartMatch(tokens[:1]))
    return {part: find(part, utterance) for part in parts}


def is_single_item(part: Part) -> bool:
    """Whether the part asks for one item only, and that it is said."""
    return len(part.items) == 1 and not part.items[0].denied


def _merged(patterns: Iterable[Pattern]) -> tuple[Pattern, ...]:
    """The patterns with those joined that mean and ask for the same; equal parts become one object."""
    parts: dict[tuple[object, ...], Part] = {}
    merged: dict[tuple[object, ...], Pattern] = {}
    for pattern in patterns:
        own = tuple(parts.setdefault((part.items, part.ever, part.unless, part.beside), part) for part in pattern.parts)
        one = replace(pattern, parts=tuple(dict.fromkeys(own)))
        key = (one.kind, one.owner, one.parts, one.general, one.weak)
        same = merged.setdefault(key, one)
        if same is not one:
            merged[key] = replace(same, phrase_lemmas=same.phrase_lemmas | one.phrase_lemmas)
    return tuple(merged.values())
