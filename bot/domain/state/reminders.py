"""Reminders as a value: when the next one is due by the person's own clock, and what it is.

Everything is worked out anew from the local date and hour, whenever somebody looks. So a late look, a clock set forth
or back, or daylight saving neither loses a reminder nor doubles one.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.state.durations import HOUR

QUIET_FROM, QUIET_TO = 21, 8  # o'clock: nothing is sent between (hours we chose)
MOST_UNANSWERED = 3
COURSE_WEEKS = 6  # as in the trials of self-acupressure for lasting back pain
_DAYS_AHEAD = 15  # a weekday comes round within them, even if today is done


@dataclass(frozen=True, slots=True)
class Reminders:
    """A course. `days` are 0 (Monday) to 6, `hour` is o'clock in `zone` (an IANA name, or "+05:30").

    `began` and `last` are local dates (ISO): of the first day, and of the last message sent or skipped. `weeks` counts
    the look-backs. `later_at` is when "in 1 hour" is over.
    """

    days: tuple[int, ...] = ()
    hour: int = -1
    zone: str = ""
    began: str = ""
    last: str = ""
    unanswered: int = 0
    weeks: int = 0
    later_at: float | None = None


class What(StrEnum):
    """What is due. QUIET: nothing more is sent, and nothing is kept; END: the course is over."""

    REMIND = "remind"
    LAST_UNANSWERED = "last_unanswered"  # it will be quiet after this one
    LOOK_BACK = "look_back"
    END = "end"
    QUIET = "quiet"


def zone_of(name: str) -> tzinfo:
    """The time zone. Raises ValueError for one that does not exist."""
    if name.startswith(("+", "-")):
        hours, minutes = name[1:].split(":")
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-offset if name[0] == "-" else offset)
    try:
        return ZoneInfo(name)
    except (KeyError, OSError) as error:
        raise ValueError(f"there is no time zone {name}") from error


def local(reminders: Reminders, now: float) -> datetime:
    """The person's own date and time."""
    return datetime.fromtimestamp(now, zone_of(reminders.zone))


def begun(draft: Reminders, now: float, before: Reminders | None) -> Reminders:
    """The reminders that start now. A day that already had its message has had it."""
    today = local(draft, now).date().isoformat()
    return replace(draft, began=today, last=before.last if before else "")


def due_now(reminders: Reminders, now: float) -> What | None:
    """What is to be said now, or None."""
    here = local(reminders, now)
    if is_quiet(here.hour) or not (_snoozed(reminders, now) or _scheduled(reminders, here)):
        return None
    if reminders.unanswered >= MOST_UNANSWERED:
        return What.QUIET
    days = (here.date() - date.fromisoformat(reminders.began)).days
    if days >= COURSE_WEEKS * 7:
        return What.END
    if reminders.unanswered == MOST_UNANSWERED - 1:
        return What.LAST_UNANSWERED
    return What.LOOK_BACK if days // 7 > reminders.weeks else What.REMIND


def next_due(reminders: Reminders, now: float) -> float:
    """When to look again: at the next scheduled time after now."""
    if reminders.later_at is not None and now < reminders.later_at <= now + HOUR:
        return reminders.later_at
    here = local(reminders, now)
    for ahead in range(_DAYS_AHEAD):
        day = here.date() + timedelta(days=ahead)
        when = datetime(day.year, day.month, day.day, reminders.hour, tzinfo=here.tzinfo).timestamp()
        if day.weekday() in reminders.days and day.isoformat() != reminders.last and when > now:
            return when
    raise ValueError("reminders without a day")


def sent(reminders: Reminders, now: float) -> Reminders:
    """A message was sent: the day has had its one, and it waits for an answer."""
    here = local(reminders, now).date()
    weeks = (here - date.fromisoformat(reminders.began)).days // 7
    return replace(reminders, last=here.isoformat(), unanswered=reminders.unanswered + 1, weeks=weeks, later_at=None)


def answered(reminders: Reminders) -> Reminders:
    """The person has shown that they are there."""
    return replace(reminders, unanswered=0)


def in_an_hour(reminders: Reminders, now: float) -> Reminders | None:
    """Once more in an hour; None where that would be in the quiet hours, or tomorrow."""
    later = now + HOUR
    if is_quiet(local(reminders, later).hour):
        return None
    return replace(reminders, later_at=later)


def skipped_today(reminders: Reminders, now: float) -> Reminders:
    """Nothing more today."""
    return replace(reminders, last=local(reminders, now).date().isoformat(), later_at=None)


def is_quiet(hour: int) -> bool:
    """Whether nothing may be sent at this local hour."""
    return hour >= QUIET_FROM or hour < QUIET_TO


def _snoozed(reminders: Reminders, now: float) -> bool:
    """Whether the hour of "in 1 hour" is over, on the same day; more than an hour ahead, the clock was set back."""
    later = reminders.later_at
    if later is None or now < later <= now + HOUR:
        return False
    return local(reminders, later).date() == local(reminders, now).date()


def _scheduled(reminders: Reminders, here: datetime) -> bool:
    """Whether today's message is due: also when its hour was missed, for as long as the day lasts."""
    if reminders.later_at is not None and here.date() == local(reminders, reminders.later_at).date():
        return False  # "in 1 hour" takes its place
    today = here.date()
    return today.weekday() in reminders.days and today.isoformat() != reminders.last and here.hour >= reminders.hour
