"""A guided session as a value: which point and side to press at which time.

Times are in seconds since 1970. A step stores when it ends, so that a late look does not shift it. The durations and
sides come from the points of the knowledge.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.knowledge import Point

CHANGE_SECONDS = 5.0  # to move the hand to the next side or point (our own number)
LEAST_SECONDS_LEFT = 1800.0  # of the answers' hour, when a session starts or is resumed (our own number)
LEFT, RIGHT, BOTH, MIDDLE = "left", "right", "both", ""


@dataclass(frozen=True, slots=True)
class Session:
    """One session. Field names are stored.

    `steps` are (point, side, seconds). `place` is the index of the current step, which ends at `ends_at`, or is paused
    if that is None; then `remaining` are the seconds left of it. `left_early` are the indexes of steps that were left
    before half of their time. `before` is the rating before the session, 0 to 10, or None if skipped.
    """

    steps: tuple[tuple[str, str, int], ...]
    place: int = 0
    ends_at: float | None = None
    remaining: float = 0.0
    left_early: tuple[int, ...] = ()
    before: int | None = None

    @property
    def over(self) -> bool:
        """Whether every step is done."""
        return self.place >= len(self.steps)

    @property
    def paused(self) -> bool:
        return self.ends_at is None

    @property
    def point(self) -> str:
        """The point to press now."""
        return self.steps[self.place][0]

    @property
    def side(self) -> str:
        return self.steps[self.place][1]

    @property
    def pressed(self) -> tuple[str, ...]:
        """The points pressed so far, each once, without steps that were left early."""
        done = (step for place, step in enumerate(self.steps[: self.place]) if place not in self.left_early)
        return tuple(dict.fromkeys(code for code, _, _ in done))


def prepared(points: Sequence[Point]) -> Session:
    """A paused session of these points in their order, the left side first."""
    steps = [(point.id, side, point.seconds * point.repeats) for point in points for side in _sides(point)]
    return Session(tuple(steps), remaining=float(steps[0][2]) if steps else 0.0)


def total_seconds(session: Session) -> float:
    """The duration of the whole session without pauses, in seconds."""
    return sum(seconds + CHANGE_SECONDS for _, _, seconds in session.steps)


def advanced_to(session: Session, now: float) -> Session:
    """The session at `now`, past all steps whose time is over."""
    while session.ends_at is not None and not session.over and session.ends_at <= now:
        session = _next_step(session, session.ends_at)
    return session


def seconds_left(session: Session, now: float) -> float:
    """The seconds left of the current step: at most its whole duration, which starts when the hand has moved."""
    left = session.remaining if session.ends_at is None else session.ends_at - now
    return max(0.0, min(left, float(session.steps[session.place][2])))


def resumed(session: Session, now: float) -> Session:
    """The session running again, or for the first time. A running one does not change."""
    return replace(session, ends_at=now + session.remaining, remaining=0.0) if session.paused else session


def paused(session: Session, now: float) -> Session:
    """The session paused, with the rest of its step kept."""
    return replace(session, ends_at=None, remaining=seconds_left(session, now))


def skipped(session: Session, now: float) -> Session:
    """The session at its next step, running even if it was paused."""
    session = _with_step_left(session, now)
    return _next_step(replace(session, ends_at=now, remaining=0.0), now)


def ended(session: Session, now: float) -> Session:
    """The session over now. The current step counts as pressed if half of its time has passed."""
    counted = _with_step_left(session, now)
    return replace(counted, steps=counted.steps[: counted.place + 1], place=counted.place + 1)


def other_side(session: Session, now: float) -> Session:
    """Start the current step again on the other side. If that side comes next, the two steps swap their sides."""
    point, side, seconds = session.steps[session.place]
    if side not in (LEFT, RIGHT):
        return session
    other = RIGHT if side == LEFT else LEFT
    steps = list(session.steps)
    steps[session.place] = (point, other, seconds)
    ahead = session.place + 1
    if ahead < len(steps) and steps[ahead][0] == point:
        steps[ahead] = (point, side, seconds)
    return replace(session, steps=tuple(steps), ends_at=now + CHANGE_SECONDS + seconds, remaining=0.0)


def _sides(point: Point) -> tuple[str, ...]:
    if not point.bilateral:
        return (MIDDLE,)
    return (BOTH,) if point.both_at_once else (LEFT, RIGHT)


def _next_step(session: Session, since: float) -> Session:
    """The session at its next step, which begins `CHANGE_SECONDS` after `since`."""
    place = session.place + 1
    if place >= len(session.steps):
        return replace(session, place=place)
    return replace(session, place=place, ends_at=since + CHANGE_SECONDS + session.steps[place][2])


def _with_step_left(session: Session, now: float) -> Session:
    if seconds_left(session, now) > session.steps[session.place][2] / 2:
        return replace(session, left_early=(*session.left_early, session.place))
    return session
