"""The vocabulary as a dictionary for editors: which concepts and groups a word is in, and what they mean."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from bot.library.reading.draft import BASE, Draft

_REFERENCE = re.compile(r"\{([a-z0-9_|]+)\}")
_PATTERNS = ("signs", "complaints", "refusals", "topics")
_SHOWN = 12  # words or members listed of an entry, which may have hundreds


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
        """Return a line for each group with its gloss, sorted."""
        return [f"{group}: {self._glosses.get(group, 'no gloss yet')}" for group in sorted(self._groups)]

    def about(self, word: str) -> list[str]:
        """Return a few lines for each concept or group with this word in its id or its words, exact ids first.

        Case does not matter. Empty if there is none.
        """
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
        for name, items in (("ways", self._concepts.get(id_)), ("members", self._groups.get(id_))):
            if items:
                yield f"  {name}: {_shortened(items, wanted)}"
        if groups_of_it := self._groups_of(id_):
            yield f"  groups: {', '.join(groups_of_it)}"
        for entry in (self._draft.entries(f"{self._language}/{each}").get(id_) for each in ("concepts", "groups")):
            if entry:
                yield f"  {entry.tree.file}:{entry.tree.line(entry.steps)}"
        yield f"  patterns that name it: {self._used[id_]}"

    def _groups_of(self, id_: str) -> list[str]:
        """Return the groups that a concept or group is in, those of its groups included."""
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
    """Whether one of the texts has these words in it, as whole words and in this order."""
    words = f" {wanted} "
    return any(words in f" {text} " for text in texts)


def _shortened(items: tuple[str, ...], wanted: str) -> str:
    """Return the items as one text, those with the word first, at most _SHOWN of them."""
    ordered = [*(each for each in items if _has(wanted, [each])), *(each for each in items if not _has(wanted, [each]))]
    more = len(ordered) - _SHOWN
    return ", ".join(ordered[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
