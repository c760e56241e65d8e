"""Lines of patterns that another line of the same owner makes useless, as warnings for the editor.

Whether one line matches whenever another does is decided from the patterns alone, and only where it is certain:
part by part and item by item. That of several words in reach the nearest is tried first, which may miss one a little
further off, is left out of account.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from bot.domain.language.lexicon import Lexicon
from bot.domain.understanding.pattern_syntax import Line
from bot.domain.understanding.patterns import Item, Part, Pattern, PatternKind, TextReader
from bot.library.checks.patterns import Written, parsed, written_lines
from bot.library.problems import Problem
from bot.library.reading.draft import Draft

Lexicons = Mapping[str, Lexicon]  # by language


class _Read(NamedTuple):
    """A line, and the pattern it becomes."""

    written: Written
    pattern: Pattern

    @property
    def needed(self) -> list[Part]:
        return [part for part in self.pattern.parts if not part.unless]

    @property
    def exceptions(self) -> list[Part]:
        return [part for part in self.pattern.parts if part.unless]

    def __str__(self) -> str:
        entry, within = self.written.entry, self.written.within
        return f'"{self.pattern.text}" in line {entry.tree.line(entry.steps + within)}'


def redundant_lines(draft: Draft, lexicons: Lexicons) -> Iterator[Problem]:
    """Signs that can never add anything, for a wider line of their flag matches whenever they do; lines said twice."""
    for wider, signs in _signs(draft, lexicons, strict=True):
        gone: set[int] = set()
        for place, line in enumerate(signs):
            others = (other for at, other in enumerate(signs) if at != place and at not in gone)
            by = next((other for other in others if wider.covers(other, line)), None)
            if by and (by.exceptions or not line.exceptions):
                gone.add(place)
                yield _warning(line, f"adds nothing: {by} matches whenever it does", "Take one of them out.")
    for lines in _complaints(draft, lexicons):
        for place, line in enumerate(lines):
            by = next((other for other in lines[:place] if _asks(other) == _asks(line)), None)
            if by:
                yield _warning(line, f"adds nothing: {by} asks for the same", "Take one of them out.")


def defeated_exceptions(draft: Draft, lexicons: Lexicons) -> Iterator[Problem]:
    """`unless:` parts that keep no alarm back, for a wider line of the flag without them raises it all the same."""
    for wider, signs in _signs(draft, lexicons, strict=False):
        for line in signs:
            plain = (other for other in signs if other is not line and not other.exceptions)
            by = next((other for other in plain if line.exceptions and wider.covers(other, line)), None)
            if by:
                hint = "Give that its unless:, too, or take this line out, which raises no more than that does."
                yield _warning(line, f'has an "unless:" that {by} defeats', hint)


def _warning(line: _Read, fault: str, hint: str) -> Problem:
    entry, within = line.written.entry, line.written.within
    return entry.warning(within, f'"{line.pattern.text}" {fault}', hint)


class _Wider:
    """Compares the lines of one flag, `strict`ly or not (see `covers`)."""

    def __init__(self, implies: Callable[[Item, Item], bool], *, strict: bool) -> None:
        self._implies = implies
        self._strict = strict

    def covers(self, wider: _Read, line: _Read) -> bool:
        """Whether `wider` matches whenever `line` does.

        `strict`: by the same words. Then the same is taken back, told as the reason, and read together with the
        messages before it: where `line` asks for more, it would raise the flag once more for a message that adds that.
        """
        if self._strict and not all(any(self._part(part, each) for each in wider.needed) for part in line.needed):
            return False
        needed = all(any(self._part(part, each) for part in line.needed) for each in wider.needed)
        return needed and all(any(self._part(each, own) for own in line.exceptions) for each in wider.exceptions)

    def _part(self, part: Part, other: Part) -> bool:
        """Whether `other` stands wherever `part` does: it asks for the same things or wider ones, or for one of them.

        Two of three things may stand too far apart where the third, between them, brings all three into reach.
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
    """Whether what meets one item meets another: the same or a narrower thing, said or denied alike."""

    @cache
    def within(concept: str, wider: frozenset[str]) -> bool:
        if not wider.isdisjoint(lexicon.concepts_of(concept)):
            return True
        return concept in groups and all(within(each, wider) for each in groups[concept] if each != concept)

    @cache
    def implies(item: Item, other: Item) -> bool:
        return item.denied == other.denied and all(within(concept, other.concepts) for concept in item.concepts)

    return implies


def _signs(draft: Draft, lexicons: Lexicons, *, strict: bool) -> Iterator[tuple[_Wider, list[_Read]]]:
    """The lines of each flag that raise it, and how to compare them."""
    for language, lexicon in lexicons.items():
        wider = _Wider(_implication(lexicon, draft.sound(f"{language}/groups")), strict=strict)
        for lines in _by_owner(draft, language, lexicon, "signs", PatternKind.FLAG):
            yield wider, [line for line in lines if not line.pattern.takes_back]


def _complaints(draft: Draft, lexicons: Lexicons) -> Iterator[list[_Read]]:
    for language, lexicon in lexicons.items():
        yield from _by_owner(draft, language, lexicon, "complaints", PatternKind.COMPLAINT)


def _by_owner(draft: Draft, language: str, lexicon: Lexicon, section: str, kind: PatternKind) -> Iterable[list[_Read]]:
    reader = TextReader(lexicon)
    owners: dict[str, list[_Read]] = {}
    for written in written_lines(draft, language):
        if written.entry.section == f"{language}/{section}" and isinstance(parsed(written), Line):
            pattern = reader.pattern(kind, written.entry.id, written.text)
            owners.setdefault(written.entry.id, []).append(_Read(written, pattern))
    return owners.values()


def _asks(line: _Read) -> frozenset[tuple[object, ...]]:
    """What a line asks for, in whatever order."""
    parts = line.pattern.parts
    return frozenset((frozenset(part.items), part.ever, part.unless, part.beside) for part in parts)
