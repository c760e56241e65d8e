"""A guided session as a value: which point and side is when. Its clock is an end time: nothing late shifts it.

Times are seconds since 1970. How long, in which order and on which sides comes from the points of the knowledge.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.knowledge import Point

CHANGE_SECONDS = 5.0  # to move the hand to the next side or point (our own number)
LEAST_LEFT = 1800.0  # seconds of the answers' hour that must be left when a session starts or goes on
LEFT, RIGHT, BOTH, MIDDLE = "left", "right", "both", ""


@dataclass(frozen=True, slots=True)
class Session:
    """One session. `steps` are (point, side, seconds); step number `place` is over at `ends_at`, or is paused.

    `remaining` are the seconds left of a paused step. `left_early` are steps that were left before half of their time.
    `before` is the answer to "how strong is it", 0 to 10, or None where it was skipped.
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
        """The points pressed so far, each once."""
        done = (step for place, step in enumerate(self.steps[: self.place]) if place not in self.left_early)
        return tuple(dict.fromkeys(code for code, _, _ in done))


def prepared(points: Sequence[Point]) -> Session:
    """A session of these points in their order, the left side first; it does not run yet."""
    steps = [(point.id, side, point.seconds * point.repeats) for point in points for side in _sides(point)]
    return Session(tuple(steps), remaining=float(steps[0][2]) if steps else 0.0)


def seconds_in_all(session: Session) -> float:
    """How long the whole session takes when nobody pauses it."""
    return sum(seconds + CHANGE_SECONDS for _, _, seconds in session.steps)


def at(session: Session, now: float) -> Session:
    """The session as it is at `now`: steps whose time is over are done, however late one looks."""
    while session.ends_at is not None and not session.over and session.ends_at <= now:
        session = _moved(session, session.ends_at)
    return session


def seconds_left(session: Session, now: float) -> float:
    """What is left of the present step, at most its whole time: while the hand moves, the clock stands."""
    left = session.remaining if session.ends_at is None else session.ends_at - now
    return max(0.0, min(left, float(session.steps[session.place][2])))


def resumed(session: Session, now: float) -> Session:
    """Begun, or gone on with after a pause."""
    return replace(session, ends_at=now + session.remaining, remaining=0.0) if session.paused else session


def paused(session: Session, now: float) -> Session:
    """Standing still; what is left of the step is kept."""
    return replace(session, ends_at=None, remaining=seconds_left(session, now))


def skipped(session: Session, now: float) -> Session:
    """On to the next step. A paused session goes on with it."""
    session = _noting_early(session, now)
    return _moved(replace(session, ends_at=now, remaining=0.0), now)


def ended(session: Session, now: float) -> Session:
    """Ended in the middle of a step, which counts when half of its time had passed."""
    counted = _noting_early(session, now)
    return replace(counted, steps=counted.steps[: counted.place + 1], place=counted.place + 1)


def other_side(session: Session, now: float) -> Session:
    """The other side of the point, from the start. Where that still lay ahead, the two sides change places."""
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


def _moved(session: Session, since: float) -> Session:
    """The next step, which begins when the hand has moved."""
    place = session.place + 1
    if place >= len(session.steps):
        return replace(session, place=place)
    return replace(session, place=place, ends_at=since + CHANGE_SECONDS + session.steps[place][2])


def _noting_early(session: Session, now: float) -> Session:
    if seconds_left(session, now) > session.steps[session.place][2] / 2:
        return replace(session, left_early=(*session.left_early, session.place))
    return session
