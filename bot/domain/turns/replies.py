"""What may be said, as values. `bot.rendering` puts them into words; nothing else does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Literal

from bot.domain.screening.steps import Clearance
from bot.domain.screening.triage import Plan
from bot.domain.state.dialogue import Dialogue
from bot.domain.turns.events import Press
from bot.domain.turns.session_replies import Progress, Report, SessionOutcome, SessionStep
from bot.domain.understanding.understood import HeardCondition

MOST_CAUTIONS = 1  # of the person's own, that an overview has room for; more come before it
TermKind = Literal["condition", "point", "area", "row", "flag", "contraindication", "phrase", "person", "text"]


@dataclass(frozen=True, slots=True)
class Term:
    """Something with a name in every language: an id and what kind of thing it is."""

    kind: TermKind
    id: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: its label and its meaning."""

    label: Term
    press: Press


Choices = tuple[tuple[Choice, ...], ...]


@dataclass(frozen=True, slots=True)
class Say:
    """A fixed text by its key, with names put in. `emergency_line` adds the one line on where to get help (S-13)."""

    key: str
    values: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)
    choices: Choices = ()
    emergency_line: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """Red-flag advice (S-3): at most two flags, most urgent first. Crisis advice cannot be taken back (S-12)."""

    flags: tuple[str, ...]
    withdrawable: bool


@dataclass(frozen=True, slots=True)
class QuestionAdvice:
    """What follows "Yes, or not sure" to a red-flag question (S-24)."""

    question: str


@dataclass(frozen=True, slots=True)
class AskQuestion:
    """The red-flag question. `matched` is shown once, right after the match, with the words that led to it."""

    question: str
    conditions: tuple[str, ...]
    about: str
    matched: tuple[HeardCondition, ...] = ()


@dataclass(frozen=True, slots=True)
class AskChecklist:
    """The checklist with what is ticked. `repeated` adds that the last text could not be read as an answer."""

    ticks: tuple[str, ...]
    about: str
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Stopped:
    """A kind stop: the checklist rows and contraindications behind it.

    `unsure`: "not sure" to the whole checklist. `nothing_left`: they left out every point.
    """

    rows: tuple[str, ...]
    stated: tuple[str, ...]
    unsure: bool = False
    nothing_left: bool = False


@dataclass(frozen=True, slots=True)
class Referred:
    """Information and referral for complaints that never get points."""

    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoctorFirst:
    """Complaints a doctor should see before any pressing. `asking` has the two buttons; else "Not yet" was said."""

    conditions: tuple[str, ...]
    asking: bool


@dataclass(frozen=True, slots=True)
class GeneralCard:
    """A point before screening: names, meridian, region and cautions only (S-21)."""

    point: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The recommendation: which points, how long, the rules. Carries point text. `helped`: first, by their diary."""

    clearance: Clearance
    conditions: tuple[str, ...]
    plan: Plan
    see_gp: tuple[str, ...]
    helped: str = ""


@dataclass(frozen=True, slots=True)
class Heed:
    """What to mind before the card of a point opened by name: a visit to book, and cautions."""

    see_gp: tuple[str, ...]
    cautions: tuple[str, ...]


class CardView(Enum):
    """What a card shows: the point, the point in other words from another side, or a film of the press."""

    FIRST = auto()
    AGAIN = auto()
    FILM = auto()


@dataclass(frozen=True, slots=True)
class Card:
    """One point in full. Carries point text. `mapped`: there is a map of its region that may be shown."""

    clearance: Clearance
    point: str
    plan: Plan
    view: CardView = CardView.FIRST
    mapped: bool = False


@dataclass(frozen=True, slots=True)
class RegionMap:
    """All points of the region of `point` in one picture. Carries point text."""

    clearance: Clearance
    point: str
    points: tuple[str, ...]
    picture: str


@dataclass(frozen=True, slots=True)
class WhyPoint:
    """Sources and evidence of one point for the complaints asked about."""

    point: str
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhyThese:
    """Sources and evidence of a recommendation, and what else is named for the complaints."""

    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MyData:
    """Everything stored about this chat; the conversation fills it in."""


Reply = (
    Say
    | Advice
    | QuestionAdvice
    | AskQuestion
    | AskChecklist
    | Stopped
    | Referred
    | DoctorFirst
    | GeneralCard
    | Overview
    | Heed
    | Card
    | RegionMap
    | WhyPoint
    | WhyThese
    | SessionStep
    | SessionOutcome
    | Progress
    | Report
    | MyData
)


@dataclass(frozen=True, slots=True)
class Next:
    """A dialogue one step on, and what to say."""

    dialogue: Dialogue
    replies: tuple[Reply, ...]


def shown_points(reply: Reply) -> tuple[str, ...]:
    """The points whose text or picture a reply carries."""
    match reply:
        case Overview():
            return reply.plan.points
        case Card() | SessionStep():
            return (reply.point,)
        case RegionMap():
            return reply.points
        case _:
            return ()
