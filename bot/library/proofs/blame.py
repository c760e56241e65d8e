"""Which line of the knowledge leads from a text to what it is understood as."""

from functools import cached_property
from typing import NamedTuple

from bot.domain.understanding.explanation import derive
from bot.domain.understanding.patterns import PatternKind
from bot.domain.understanding.understand import Understanding
from bot.library.checks.names import folded
from bot.library.proofs.places import Places
from bot.library.reading.draft import Draft


class Line(NamedTuple):
    """A pattern or phrase, and where it stands."""

    text: str
    place: str


class Leading:
    """Finds the lines of one language. Costs nothing until it is asked, which is when something is wrong."""

    def __init__(self, draft: Draft, language: str, understanding: Understanding) -> None:
        self._draft = draft
        self._language = language
        self._understanding = understanding

    @cached_property
    def _places(self) -> Places:
        return Places(self._draft, self._language)

    def line(self, text: str, kind: PatternKind, owner: str) -> Line | None:
        """The line by which a text leads to `owner`, its very words first; None where no line does."""
        evidence = derive(self._understanding, text).of(kind)
        patterns = [fit.pattern for each in evidence if each.owner == owner for fit in each.fits]
        same = [pattern for pattern in patterns if folded(pattern) == folded(text)]
        for pattern in (*same, *patterns):
            if place := self._places.of(kind, owner, pattern):
                return Line(pattern, f"knowledge/{place}")
        return None
