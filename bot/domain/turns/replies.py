"""The replies, as values without wording: only `bot.rendering` turns them into messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Literal

from bot.domain.screening.steps import Clearance
from bot.domain.screening.triage import Plan
from bot.domain.state.dialogue import Dialogue
from bot.domain.turns.events import Press
from bot.domain.turns.session_replies import Progress, Report, SessionOutcome, SessionStep
from bot.domain.understanding.understood import HalfHeard, HeardCondition

MOST_ADVICES = 2  # red flags advised on in one message (S-4)
MOST_CAUTIONS = 1  # of the person's own that fit into an overview; more come in a message before it
TermKind = Literal["condition", "point", "area", "row", "flag", "contraindication", "phrase", "person", "text"]


@dataclass(frozen=True, slots=True)
class Term:
    """Something with a name in every language, by its kind and id. The id of a "text" is the text itself."""

    kind: TermKind
    id: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: its label and what it does."""

    label: Term
    press: Press


Choices = tuple[tuple[Choice, ...], ...]


@dataclass(frozen=True, slots=True)
class Say:
    """A phrase by its key, with `values` put in. `emergency_line` adds the line on where to get help (S-13).

    `lead` is the key of a phrase above it, or "".
    """

    key: str
    values: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)
    choices: Choices = ()
    emergency_line: bool = False
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """Red-flag advice (S-3), most urgent first, at most `MOST_ADVICES`. A crisis is not withdrawable (S-12)."""

    flags: tuple[str, ...]
    withdrawable: bool


@dataclass(frozen=True, slots=True)
class ActionAgain:
    """The action of a warning that stands, in short (S-85), and the sentence for what was asked (`topic`, or "").

    `flags` are its red flags as in `Advice`, `question` is the red-flag question that was answered by yes, or "".
    """

    flags: tuple[str, ...]
    question: str
    topic: str
    withdrawable: bool


@dataclass(frozen=True, slots=True)
class QuestionAdvice:
    """The advice after "Yes, or not sure" to the red-flag question with this id (S-24).

    `flags` are the half-heard signs that were asked about with it (S-80).
    """

    question: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskQuestion:
    """A red-flag question. `matched` are the complaints just understood, to quote the words that led to them.

    `doubts` are half-heard signs that come first in it (S-80), with their quotes where the text is at hand. `second`:
    they stand in a message before this one, for both together do not fit a screen (S-39). `repeated`: the last text was
    no answer.
    """

    question: str
    conditions: tuple[str, ...]
    about: str
    matched: tuple[HeardCondition, ...] = ()
    doubts: tuple[HalfHeard, ...] = ()
    second: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class DoubtsFirst:
    """The half-heard signs of a red-flag question, as the first of two messages (S-39)."""

    doubts: tuple[HalfHeard, ...]


@dataclass(frozen=True, slots=True)
class AskHalfHeard:
    """Half-heard signs in a question of their own (S-80), with the contacts above it.

    A quote is "" where the text is no longer at hand. `repeated`: the last text was no answer.
    """

    doubts: tuple[HalfHeard, ...]
    crisis: bool
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class AskChecklist:
    """The checklist with its ticks. `repeated` asks whether a text that was no answer belongs to one of its rows."""

    ticks: tuple[str, ...]
    about: str
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Stopped:
    """No points, because of these checklist rows and contraindications.

    `unsure`: the answer to the whole checklist was "not sure". `nothing_left`: nothing stops, but every point is left
    out.
    """

    rows: tuple[str, ...]
    stated: tuple[str, ...]
    unsure: bool = False
    nothing_left: bool = False


@dataclass(frozen=True, slots=True)
class Referred:
    """Information and a referral for complaints that never get points (S-33)."""

    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoctorFirst:
    """Complaints that a doctor should check first. `asking` asks whether one has; else the answer was "not yet".

    `repeated`: the last text was no answer.
    """

    conditions: tuple[str, ...]
    asking: bool
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class GeneralCard:
    """A point before screening: only names, meridian, region and cautions (S-21)."""

    point: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The recommendation: which points, how long, the rules. Carries point text.

    `helped` is the point that comes first because it helped most by the person's diary, or "".
    """

    clearance: Clearance
    conditions: tuple[str, ...]
    plan: Plan
    see_gp: tuple[str, ...]
    helped: str = ""


@dataclass(frozen=True, slots=True)
class Precautions:
    """A message before the recommendation: signs to see a doctor about, and cautions."""

    see_gp: tuple[str, ...]
    cautions: tuple[str, ...]


class CardView(Enum):
    """What a card shows: the point, a second description with another picture, or a film of the press."""

    FIRST = auto()
    AGAIN = auto()
    FILM = auto()


@dataclass(frozen=True, slots=True)
class Card:
    """One point in full. Carries point text. `mapped`: a map of its region exists and may be shown."""

    clearance: Clearance
    point: str
    plan: Plan
    view: CardView = CardView.FIRST
    mapped: bool = False


@dataclass(frozen=True, slots=True)
class RegionMap:
    """A picture with `points`, all those of the region of `point`. Carries point text."""

    clearance: Clearance
    point: str
    points: tuple[str, ...]
    picture: str


@dataclass(frozen=True, slots=True)
class WhyPoint:
    """Sources and evidence of one point for these complaints."""

    point: str
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhyThese:
    """Sources and evidence of a recommendation, and the other points named for these complaints."""

    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MyData:
    """Everything stored about the chat, which the service fills in."""


Reply = (
    Say
    | Advice
    | ActionAgain
    | QuestionAdvice
    | AskQuestion
    | DoubtsFirst
    | AskHalfHeard
    | AskChecklist
    | Stopped
    | Referred
    | DoctorFirst
    | GeneralCard
    | Overview
    | Precautions
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
    """The next dialogue, and the replies."""

    dialogue: Dialogue
    replies: tuple[Reply, ...]


def shown_points(reply: Reply) -> tuple[str, ...]:
    """The codes of the points whose text or picture a reply carries."""
    match reply:
        case Overview():
            return reply.plan.points
        case Card() | SessionStep():
            return (reply.point,)
        case RegionMap():
            return reply.points
        case _:
            return ()
