"""What may be said of guided sessions, as values."""

from dataclasses import dataclass

from bot.domain.screening.steps import Clearance
from bot.domain.state.diary import DiaryEntry


@dataclass(frozen=True, slots=True)
class SessionStep:
    """What is pressed now in a guided session, with `left` of its `seconds`. Carries point text.

    `place` is the step's number from 0; the point is `number` of `count`. `ends_at` is None while it is paused.
    """

    clearance: Clearance
    point: str
    side: str
    place: int
    number: int
    count: int
    left: float
    seconds: int
    ends_at: float | None


@dataclass(frozen=True, slots=True)
class SessionOutcome:
    """How a session went, 0 to 10 before and after. `diary`: whether there is one; None where it is not for them."""

    before: int | None
    after: int | None
    diary: bool | None


@dataclass(frozen=True, slots=True)
class Progress:
    """The chart of a diary. Its dates are those of `zone`; empty where the person has never said one."""

    entries: tuple[DiaryEntry, ...]
    zone: str


@dataclass(frozen=True, slots=True)
class Report:
    """A page for the doctor. `ticks` are None where the checklist was not completed within the hour."""

    entries: tuple[DiaryEntry, ...]
    zone: str
    ticks: tuple[str, ...] | None
    flags: tuple[str, ...]
