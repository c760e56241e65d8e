"""The vocabulary as a dictionary for editors: what a word belongs to, and what a concept or group means."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from bot.library.reading.draft import BASE, Draft

_REFERENCE = re.compile(r"\{([a-z0-9_|]+)\}")
_PATTERNS = ("signs", "complaints", "refusals")
_SHOWN = 12  # ways or members that are named; with hundreds of them the rest would be buried


class Dictionary:
    """The concepts and groups of one language of a knowledge folder."""

    def __init__(self, draft: Draft, language: str = BASE) -> None:
        self._draft = draft
        self._language = language
        self._concepts = self._lists("concepts")
        self._groups = self._lists("groups")
        self._glosses = {id_: str(text) for id_, text in draft.sound(f"{language}/glosses").items()}
        self._used = Counter(name for pattern in self._patterns() for name in set(_names(pattern)))

    def groups(self) -> list[str]:
        """A line for each group: its gloss."""
        return [f"{group}: {self._glosses.get(group, 'no gloss yet')}" for group in sorted(self._groups)]

    def about(self, word: str) -> list[str]:
        """What has this word in its id or its ways, each in a few lines: what is called so first."""
        wanted = word.casefold().strip()
        groups = [group for group in self._groups if _has(wanted, [_spaced(group)]) or wanted == group]
        concepts = [
            each
            for each, ways in self._concepts.items()
            if wanted == each or _has(wanted, [_spaced(each), *(way.casefold() for way in ways)])
        ]
        found = sorted({*groups, *concepts}, key=lambda each: (each != wanted, each))
        return [line for each in found for line in self._entry(each, wanted)]

    def _entry(self, id_: str, wanted: str) -> Iterator[str]:
        gloss = self._glosses.get(id_)
        yield f"{{{id_}}}" + (f": {gloss}" if gloss else "")
        for name, all_ in (("ways", self._concepts.get(id_)), ("members", self._groups.get(id_))):
            if all_:
                yield f"  {name}: {_some(all_, wanted)}"
        if above := self._above(id_):
            yield f"  groups: {', '.join(above)}"
        for entry in (self._draft.entries(f"{self._language}/{each}").get(id_) for each in ("concepts", "groups")):
            if entry:
                yield f"  {entry.tree.file}:{entry.tree.line(entry.steps)}"
        yield f"  patterns that name it: {self._used[id_]}"

    def _above(self, id_: str) -> list[str]:
        """The groups it belongs to, those of groups included."""
        found: dict[str, None] = {}
        waiting = [id_]
        while waiting:
            member = waiting.pop(0)
            new = [group for group, members in self._groups.items() if member in members and group not in found]
            found.update(dict.fromkeys(new))
            waiting += new
        return list(found)

    def _lists(self, section: str) -> dict[str, tuple[str, ...]]:
        return {id_: tuple(value) for id_, value in self._draft.sound(f"{self._language}/{section}").items()}

    def _patterns(self) -> Iterator[str]:
        for section in _PATTERNS:
            for patterns in self._lists(section).values():
                yield from patterns
        for section in ("conditions", "contraindications"):
            for value in self._draft.sound(f"{self._language}/{section}").values():
                yield from value.phrases


def _names(pattern: str) -> Iterable[str]:
    return (name for names in _REFERENCE.findall(pattern) for name in names.split("|"))


def _spaced(id_: str) -> str:
    return id_.replace("_", " ")


def _has(wanted: str, texts: Iterable[str]) -> bool:
    """Whether one of the texts has these words in it, whole and in this order."""
    words = f" {wanted} "
    return any(words in f" {text} " for text in texts)


def _some(all_: tuple[str, ...], wanted: str) -> str:
    """Those with the word first, and not too many."""
    ordered = [*(each for each in all_ if _has(wanted, [each])), *(each for each in all_ if not _has(wanted, [each]))]
    more = len(ordered) - _SHOWN
    return ", ".join(ordered[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
