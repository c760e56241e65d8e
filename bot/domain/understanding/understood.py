"""What a text was understood as: the result of `bot.domain.understanding.understand`."""

from enum import StrEnum
from typing import NamedTuple

from bot.domain.knowledge import Urgency

STOPPING = frozenset({Urgency.EMERGENCY, Urgency.SAME_DAY})  # of a red flag: no points
BY_PATTERN = 1.0  # the doubt of a flag whose pattern matches


class TypedAnswer(StrEnum):
    """How a text answers an open question as a whole. UNSURE counts as yes wherever it matters (S-24)."""

    NO = "no"
    YES = "yes"
    UNSURE = "unsure"


class SmallTalk(StrEnum):
    """What a text says that says nothing else."""

    THANKS = "thanks"
    HELLO = "hello"
    OK = "ok"


class HeardFlag(NamedTuple):
    """A red flag and the words that raised it, as the person wrote them (none where earlier messages raised it)."""

    id: str
    urgency: Urgency
    because: tuple[str, ...]


class HalfHeard(NamedTuple):
    """A warning sign the text may mean, and how likely against none: 0 to 1. `quote` are the words that say so most.

    1.0 where a pattern of the sign matches, but a weak one (S-80), or only by corrected spelling (S-82).
    """

    id: str
    doubt: float
    quote: str


class HeardCondition(NamedTuple):
    """A complaint, how sure we are (0 to 1), and the words that led to it, as the person wrote them."""

    id: str
    score: float
    because: tuple[str, ...]


class Understood(NamedTuple):
    """Everything one text says.

    `red_flags` is complete, most urgent first (S-4). `half_heard` (at most three, the likeliest first) are warning
    signs to ask about (S-80); a text that stops has none. `accepted` (at most three) are complaints that are sure
    enough to act on, `offered` (at most three) complaints to ask about; one of the two is always empty, and both are
    where a red flag stops everything.
    """

    red_flags: tuple[HeardFlag, ...] = ()
    half_heard: tuple[HalfHeard, ...] = ()
    accepted: tuple[HeardCondition, ...] = ()
    offered: tuple[HeardCondition, ...] = ()
    vague: bool = False  # pain without a place: "it hurts", "pain everywhere"
    points: tuple[str, ...] = ()  # codes named beyond doubt
    point_choice: tuple[str, ...] = ()  # codes to ask between ("shenmen")
    point_unknown: str = ""  # what looks like a point but is not in the catalogue ("LI44"), normalised
    points_close: tuple[str, ...] = ()  # the codes nearest to `point_unknown`
    ticked: frozenset[str] = frozenset()  # ids of the checklist rows that the text ticks
    contraindications: frozenset[str] = frozenset()  # ids of those it states that belong to no checklist row
    answer: TypedAnswer | None = None
    small_talk: SmallTalk | None = None  # set only where there is no answer
    # It may be a crisis, and nothing else is understood of it but complaints that a crisis may lie behind (S-83):
    despairing: bool = False
    refusal: str = ""  # a wish to decline kindly (S-27): labour, period, abortion, faint, hurt, medicine, needles
    topic: str = ""  # what a message after a warning is about: "drive", "medicine", "went_away" (S-85)
    topic_only: bool = False  # it says nothing besides
    about: str = ""  # the person with the complaint, unless that is the writer: "mum", "friend", "child"
    brief: bool = False  # a few words: in a session more likely about the pressing than a warning sign (S-86)
    readable: bool = True  # False for text in other scripts or languages, or without words
    signs: frozenset[str] = frozenset()  # short ids of parts of red flags, to be read together with the next messages

    @property
    def says_something(self) -> bool:
        """Whether there is anything in the text that is surely understood and has an answer of its own."""
        heard = (self.red_flags, self.accepted, self.vague, self.answer, self.small_talk, self.refusal)
        return any(heard) or bool(self.points or self.point_choice)

    @property
    def stopping(self) -> tuple[str, ...]:
        """The ids of the red flags that stop everything, most urgent first."""
        return tuple(flag.id for flag in self.red_flags if flag.urgency is not Urgency.SEE_GP)
