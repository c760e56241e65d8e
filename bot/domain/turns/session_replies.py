"""The replies about guided sessions and the diary."""

from dataclasses import dataclass

from bot.domain.screening.steps import Clearance
from bot.domain.state.diary import DiaryEntry


@dataclass(frozen=True, slots=True)
class SessionStep:
    """The current step of a guided session, of which `left` of its `seconds` remain. Carries point text.

    `place` is the index of the step, from 0. The point is the `number`th of `count` points, from 1. `side` is "left",
    "right", "both" or "". `ends_at` is in seconds since 1970, or None while the session is paused.
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
    """How a session went: ratings of 0 to 10, or None if skipped.

    `diary` says whether the person has one; None if the session was for another person.
    """

    before: int | None
    after: int | None
    diary: bool | None


@dataclass(frozen=True, slots=True)
class Progress:
    """The chart of a diary. Its dates are those of the time zone `zone`, which is "" if the person never set one."""

    entries: tuple[DiaryEntry, ...]
    zone: str


@dataclass(frozen=True, slots=True)
class Report:
    """A page for the doctor. `zone` is as in `Progress`.

    `ticks` is None if the checklist was not completed within the hour.
    """

    entries: tuple[DiaryEntry, ...]
    zone: str
    ticks: tuple[str, ...] | None
    flags: tuple[str, ...]
