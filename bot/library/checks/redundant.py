"""Warns of patterns that another pattern of the same red flag or complaint makes useless.

Whether one line matches whenever another does is decided from the patterns alone, part by part and item by item, and
only where it is certain. One thing is left out of account: of several words in reach, matching tries the nearest first,
and so may miss one a little further off.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from bot.domain.language.lexicon import Lexicon
from bot.domain.understanding.pattern_syntax import Line
from bot.domain.understanding.patterns import Item, Part, Pattern, PatternKind, TextReader
from bot.library.checks.patterns import SourceLine, parsed, source_lines
from bot.library.problems import Problem
from bot.library.reading.draft import Draft

Lexicons = Mapping[str, Lexicon]  # by language


class _ReadLine(NamedTuple):
    """A line and the pattern made of it."""

    source: SourceLine
    pattern: Pattern

    @property
    def needed(self) -> list[Part]:
        """The parts that a text must have."""
        return [part for part in self.pattern.parts if not part.unless]

    @property
    def exceptions(self) -> list[Part]:
        """The `unless:` parts."""
        return [part for part in self.pattern.parts if part.unless]

    def __str__(self) -> str:
        entry, within = self.source.entry, self.source.within
        return f'"{self.pattern.text}" in line {entry.tree.line(entry.steps + within)}'


def redundant_lines(draft: Draft, lexicons: Lexicons) -> Iterator[Problem]:
    """Warn of lines that never add anything.

    These are signs whose red flag has a wider line that matches whenever they do, and lines of a complaint that are
    there twice. `lexicons` are by language.
    """
    for comparison, signs in _signs(draft, lexicons, strict=True):
        reported: set[int] = set()
        for index, line in enumerate(signs):
            others = (other for at, other in enumerate(signs) if at != index and at not in reported)
            by = next((other for other in others if comparison.covers(other, line)), None)
            if by and (by.exceptions or not line.exceptions):
                reported.add(index)
                yield _warning(line, f"adds nothing: {by} matches whenever it does", "Take one of them out.")
    for lines in _complaints(draft, lexicons):
        for index, line in enumerate(lines):
            by = next((other for other in lines[:index] if _asked(other) == _asked(line)), None)
            if by:
                yield _warning(line, f"adds nothing: {by} asks for the same", "Take one of them out.")


def defeated_exceptions(draft: Draft, lexicons: Lexicons) -> Iterator[Problem]:
    """Warn of `unless:` parts without effect: a wider line of the red flag without `unless:` raises it anyway."""
    for comparison, signs in _signs(draft, lexicons, strict=False):
        for line in signs:
            plain = (other for other in signs if other is not line and not other.exceptions)
            by = next((other for other in plain if line.exceptions and comparison.covers(other, line)), None)
            if by:
                hint = "Give that its unless:, too, or take this line out, which raises no more than that does."
                yield _warning(line, f'has an "unless:" that {by} defeats', hint)


def _warning(line: _ReadLine, fault: str, hint: str) -> Problem:
    entry, within = line.source.entry, line.source.within
    return entry.warning(within, f'"{line.pattern.text}" {fault}', hint)


class _Comparison:
    """Compares the lines of one red flag. `strict` is explained at `covers`."""

    def __init__(self, implies: Callable[[Item, Item], bool], *, strict: bool) -> None:
        self._implies = implies
        self._strict = strict

    def covers(self, wider: _ReadLine, line: _ReadLine) -> bool:
        """Whether `wider` matches whenever `line` does, and stops where that stops.

        With `strict` it must also match by the same words. Only then do both lines give the same reason, take back the
        same flags, and combine alike with the messages before: if `line` asks for more than `wider`, a later message
        that adds this raises the flag again.
        """
        if wider.pattern.weak and not line.pattern.weak:
            return False
        if self._strict and not all(any(self._part(part, each) for each in wider.needed) for part in line.needed):
            return False
        needed = all(any(self._part(part, each) for part in line.needed) for each in wider.needed)
        return needed and all(any(self._part(each, own) for own in line.exceptions) for each in wider.exceptions)

    def _part(self, part: Part, other: Part) -> bool:
        """Whether `other` matches wherever `part` does.

        It does if it asks for the same things or wider ones, or for only one of them. Two of three things do not count:
        they may be too far apart if the third, between them, brings all into reach.
        """
        if part.ever and not other.ever:
            return False
        if len(other.items) == len(part.items):
            return self._one_to_one(part.items, other.items)
        (item, *more) = other.items
        lone = not (more or item.denied or self._strict)
        return lone and any(self._implies(each, item) for each in part.items)

    def _one_to_one(self, items: Sequence[Item], others: Sequence[Item]) -> bool:
        if not items:
            return True
        first, *rest = items
        return any(
            self._implies(first, other) and self._one_to_one(rest, [*others[:at], *others[at + 1 :]])
            for at, other in enumerate(others)
        )


def _implication(lexicon: Lexicon, groups: Mapping[str, Sequence[str]]) -> Callable[[Item, Item], bool]:
    """Return a function that says whether whatever matches its first item matches its second, too."""

    @cache
    def within(concept: str, wider: frozenset[str]) -> bool:
        if not wider.isdisjoint(lexicon.concepts_of(concept)):
            return True
        return concept in groups and all(within(each, wider) for each in groups[concept] if each != concept)

    @cache
    def implies(item: Item, other: Item) -> bool:
        return item.denied == other.denied and all(within(concept, other.concepts) for concept in item.concepts)

    return implies


def _signs(draft: Draft, lexicons: Lexicons, *, strict: bool) -> Iterator[tuple[_Comparison, list[_ReadLine]]]:
    """Yield, for each red flag, its lines except those that only take it back, with the comparison for its language."""
    for language, lexicon in lexicons.items():
        comparison = _Comparison(_implication(lexicon, draft.sound(f"{language}/groups")), strict=strict)
        for lines in _by_owner(draft, language, lexicon, "signs", PatternKind.FLAG):
            yield comparison, [line for line in lines if not line.pattern.takes_back]


def _complaints(draft: Draft, lexicons: Lexicons) -> Iterator[list[_ReadLine]]:
    """Yield the lines of each complaint."""
    for language, lexicon in lexicons.items():
        yield from _by_owner(draft, language, lexicon, "complaints", PatternKind.COMPLAINT)


def _by_owner(
    draft: Draft, language: str, lexicon: Lexicon, section: str, kind: PatternKind
) -> Iterable[list[_ReadLine]]:
    reader = TextReader(lexicon)
    owners: dict[str, list[_ReadLine]] = {}
    for source in source_lines(draft, language):
        if source.entry.section == f"{language}/{section}" and isinstance(parsed(source), Line):
            pattern = reader.pattern(kind, source.entry.id, source.text)
            owners.setdefault(source.entry.id, []).append(_ReadLine(source, pattern))
    return owners.values()


def _asked(line: _ReadLine) -> frozenset[tuple[object, ...]]:
    """Return what a line asks for, for comparing lines whatever the order of their parts and items."""
    parts = line.pattern.parts
    return frozenset((frozenset(part.items), part.ever, part.unless, part.beside) for part in parts)
