"""Finds the line of the knowledge because of which a text is understood as it is."""

from functools import cached_property
from typing import NamedTuple

from bot.domain.understanding.explanation import derive
from bot.domain.understanding.patterns import PatternKind
from bot.domain.understanding.understand import Understanding
from bot.library.checks.names import folded
from bot.library.proofs.places import Places
from bot.library.reading.draft import Draft


class BlamedLine(NamedTuple):
    """A pattern or phrase, and its place: `knowledge/<file>:<line>`."""

    text: str
    place: str


class LineFinder:
    """Finds lines of one language. It indexes the files when first used, which is only when something is wrong."""

    def __init__(self, draft: Draft, language: str, understanding: Understanding) -> None:
        self._draft = draft
        self._language = language
        self._understanding = understanding

    @cached_property
    def _places(self) -> Places:
        return Places(self._draft, self._language)

    def find(self, text: str, kind: PatternKind, owner: str) -> BlamedLine | None:
        """Return the line of `owner` that the text matches, if possible one with the same words, or None."""
        evidence = derive(self._understanding, text).of(kind)
        patterns = [fit.pattern for each in evidence if each.owner == owner for fit in each.fits]
        same = [pattern for pattern in patterns if folded(pattern) == folded(text)]
        for pattern in (*same, *patterns):
            if place := self._places.of(kind, owner, pattern):
                return BlamedLine(pattern, f"knowledge/{place}")
        return None
