"""What a derivation is made of: words read, what they mean, and what speaks for what."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from bot.domain.language.negation import Polarity
from bot.domain.understanding.patterns import PatternKind


class Change(StrEnum):
    """How a word was read otherwise than it is written."""

    CORRECTED = "corrected"
    SPLIT = "split"  # two words run together
    JOINED = "joined"  # one word in two


class Lowered(StrEnum):
    """What makes a pattern count less than one whose words stand side by side."""

    APART = "apart"  # other words between
    ACROSS = "across"  # a comma or "and" between
    BEYOND = "beyond"  # another part of the body between
    AMBIGUOUS = "ambiguous"  # one word that often means something else
    BARE = "bare"  # a body part alone


class Verdict(StrEnum):
    """What became of what was found."""

    RAISED = "raised"  # a red flag
    TAKEN_BACK = "taken_back"  # a red flag: an `unless:` stands there, too
    STATED = "stated"  # a contraindication, or a wish that is refused
    ACCEPTED = "accepted"
    OFFERED = "offered"
    STOPPED = "stopped"  # a red flag stops everything else
    POINT = "named_point"  # the text is about a point
    ANIMAL = "animal"
    ALONE = "alone"  # one general word, which counts where nothing else is said
    EXPLAINED = "explained"  # another complaint says more about the same words
    PART = "part"  # no more than part of another complaint
    ASIDE = "aside"  # only said in passing, or over
    GENERAL = "general"  # general words, which belong to the other complaint
    LOW = "low"  # too weak even to ask
    UNSURE = "unsure"  # others are sure, or it is one too many


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word that was read otherwise than it is written."""

    written: str
    read: str
    change: Change


@dataclass(frozen=True, slots=True)
class Meant:
    """A word or expression and the concept it names, with every other concept and group that comes with it."""

    written: str
    concepts: tuple[str, ...]
    known: bool
    polarity: Polarity
    live: bool  # False for the past, hearsay and what-ifs


class Less(NamedTuple):
    """A reason for a lower score, and the words it lies in."""

    why: Lowered
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """A pattern that matches, the words it matches, and for a complaint how well. A bare body part has no pattern."""

    pattern: str
    words: tuple[str, ...]
    score: float = 1.0
    less: tuple[Less, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that speaks for one red flag, complaint, contraindication or refusal, best first, and what became of it.

    `by` is the complaint that explains it, or the pattern that takes it back.
    """

    kind: PatternKind
    owner: str
    fits: tuple[Fit, ...]
    verdict: Verdict
    by: str = ""

    @property
    def score(self) -> float:
        """That of its best pattern."""
        return self.fits[0].score
