"""The pieces of an explanation: respelled words, what words mean, and the evidence for everything found."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from bot.domain.language.negation import Polarity
from bot.domain.understanding.patterns import PatternKind

# The value of every member below is the key of its wording, `because.<value>` among the admins' phrases.


class SpellingChange(StrEnum):
    """How the reading of a word differs from its spelling."""

    CORRECTED = "corrected"
    SPLIT = "split"  # two words were run together
    JOINED = "joined"  # one word was written as two


class DeductionReason(StrEnum):
    """Why a pattern scores less than one whose words are side by side."""

    APART = "apart"  # other words between them
    ACROSS = "across"  # a comma or "and" between them
    BEYOND = "beyond"  # another body part between them
    AMBIGUOUS = "ambiguous"  # one word that often means something else
    BARE = "bare"  # a body part without a symptom
    HALF_MET = "half_met"  # a part of the pattern of a red flag is lacking; the second reader hears the same


class Verdict(StrEnum):
    """What became of something that was found."""

    RAISED = "raised"  # a red flag
    HALF_HEARD = "doubted"  # a red flag, which is only asked about
    TAKEN_BACK = "taken_back"  # a red flag, by an `unless:` that matches too
    RECOGNISED = "stated"  # a contraindication, or a wish to decline
    ACCEPTED = "accepted"
    OFFERED = "offered"
    STOPPED = "stopped"  # a red flag stops everything else
    POINT = "named_point"  # the text is about a point
    ANIMAL = "animal"  # the text is about an animal
    ALONE = "alone"  # one general word, which counts only where nothing else is said
    EXPLAINED = "explained"  # another complaint says more about the same words
    PART = "part"  # only part of another complaint
    ASIDE = "aside"  # mentioned in passing, or past
    GENERAL = "general"  # general words, which belong to another complaint
    LOW = "low"  # too weak even to ask about
    UNSURE = "unsure"  # other complaints are sure, or there are too many


@dataclass(frozen=True, slots=True)
class RespelledWord:
    """A word as the person wrote it, and the word or words it was read as."""

    written: str
    read_as: str
    change: SpellingChange


@dataclass(frozen=True, slots=True)
class WordMeaning:
    """A word or expression as written, and its concept, followed by all other concepts and groups it belongs to."""

    written: str
    concepts: tuple[str, ...]
    known: bool
    polarity: Polarity
    current: bool  # False for the past, hearsay and what-ifs


class Deduction(NamedTuple):
    """Why a score is lower, and the words that lower it, as written (none where it is no words that do)."""

    reason: DeductionReason
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """A pattern that matches, the words it matches, and its score (0 to 1; below 1 for complaints only).

    The pattern of a bare body part is empty.
    """

    pattern: str
    words: tuple[str, ...]
    score: float = 1.0
    deductions: tuple[Deduction, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """All the evidence for one red flag, complaint, contraindication or refusal, and what became of it.

    `fits` holds at least one, best first. `by` is the complaint that explains it, or the pattern that takes it back.
    """

    kind: PatternKind
    owner: str
    fits: tuple[Fit, ...]
    verdict: Verdict
    by: str = ""

    @property
    def score(self) -> float:
        """The score of the best fit."""
        return self.fits[0].score
