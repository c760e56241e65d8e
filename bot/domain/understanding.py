"""From a text to what it says: red flags, complaints, points, answers, and the words that led there."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.knowledge import Urgency


class Answer(StrEnum):
    """How a text answers an open question as a whole. UNSURE counts as yes wherever it matters (S-24)."""

    NO = "no"
    YES = "yes"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class HeardFlag:
    """A red flag and the words that raised it."""

    id: str
    urgency: Urgency
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeardCondition:
    """A complaint, how sure we are (0 to 1), and the words that led to it, as the person wrote them."""

    id: str
    score: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """Everything one text says.

    `red_flags` is complete, most urgent first (S-4). `accepted` (at most three) are complaints to go on with,
    `offered` (at most three) complaints to ask about; where `red_flags` holds one that stops, both are empty.
    """

    red_flags: tuple[HeardFlag, ...] = ()
    accepted: tuple[HeardCondition, ...] = ()
    offered: tuple[HeardCondition, ...] = ()
    vague: bool = False  # pain without a place: "it hurts", "pain everywhere"
    points: tuple[str, ...] = ()  # codes named beyond doubt
    point_choice: tuple[str, ...] = ()  # codes to ask between ("shenmen")
    point_unknown: str = ""  # what looked like a point and is none in the catalogue ("LI44"), normalised
    points_close: tuple[str, ...] = ()  # the nearest codes to it
    ticked: frozenset[str] = frozenset()  # checklist rows the text states
    stated: frozenset[str] = frozenset()  # other contraindications the text states
    answer: Answer | None = None
    refusal: str = ""  # a wish that gets a kind no (S-27): labour, period, abortion, faint, hurt, medicine, needles
    about: str = ""  # for whom, when somebody else: "mum", "friend", "child"
    readable: bool = True  # False for text in other scripts or languages, or without words
    signs: frozenset[str] = frozenset()  # recognised parts of red flags, ids only, to be read with the next messages
