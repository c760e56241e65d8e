"""Reminders as a value: when the next one is due by the person's local time, and of which kind it is.

Everything is computed from the local date and hour at every look. So a late look, a clock that was changed, or
daylight saving time neither loses a reminder nor sends it twice.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.state.durations import HOUR

QUIET_FROM, QUIET_TO = 21, 8  # local hours: nothing is sent from 21:00 until 8:00 (our own numbers)
MOST_UNANSWERED = 3  # reminders in a row; after that they stop
COURSE_WEEKS = 6  # as in the trials of self-acupressure for lasting back pain
_DAYS_AHEAD = 15  # two weeks always contain the next chosen weekday, even if today is done


@dataclass(frozen=True, slots=True)
class Reminders:
    """A course of reminders. Field names are stored.

    `days` are weekdays from 0 (Monday) to 6, `hour` is 0 to 23 in `zone` (an IANA name or "+05:30"), -1 if not set.
    `began` and `last` are local dates in ISO form: of the first day, and of the last message sent or skipped, or "".
    `weeks` is the number of full weeks at the last message. `later_at` is when "in 1 hour" is over, in seconds since
    1970, or None.
    """

    days: tuple[int, ...] = ()
    hour: int = -1
    zone: str = ""
    began: str = ""
    last: str = ""
    unanswered: int = 0
    weeks: int = 0
    later_at: float | None = None


class ReminderKind(StrEnum):
    """Which message is due. END is the last of the course; QUIET stops the reminders without a message."""

    REMIND = "remind"
    LAST_UNANSWERED = "last_unanswered"  # the last one, unless it is answered
    LOOK_BACK = "look_back"
    END = "end"
    QUIET = "quiet"


def zone_of(name: str) -> tzinfo:
    """The time zone of an IANA name, or of an offset like "+05:30". Raises ValueError if there is none."""
    if name.startswith(("+", "-")):
        hours, minutes = name[1:].split(":")
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-offset if name[0] == "-" else offset)
    try:
        return ZoneInfo(name)
    except (KeyError, OSError) as error:
        raise ValueError(f"there is no time zone {name}") from error


def local_time(reminders: Reminders, now: float) -> datetime:
    """The local date and time of the person."""
    return datetime.fromtimestamp(now, zone_of(reminders.zone))


def started(draft: Reminders, now: float, before: Reminders | None) -> Reminders:
    """The draft as reminders that start now. `before` are the earlier ones: a day gets at most one message."""
    today = local_time(draft, now).date().isoformat()
    return replace(draft, began=today, last=before.last if before else "")


def due_now(reminders: Reminders, now: float) -> ReminderKind | None:
    """Which reminder is due now, or None."""
    here = local_time(reminders, now)
    if is_quiet(here.hour) or not (_snooze_is_over(reminders, now) or _is_scheduled(reminders, here)):
        return None
    if reminders.unanswered >= MOST_UNANSWERED:
        return ReminderKind.QUIET
    days = (here.date() - date.fromisoformat(reminders.began)).days
    if days >= COURSE_WEEKS * 7:
        return ReminderKind.END
    if reminders.unanswered == MOST_UNANSWERED - 1:
        return ReminderKind.LAST_UNANSWERED
    return ReminderKind.LOOK_BACK if days // 7 > reminders.weeks else ReminderKind.REMIND


def next_due(reminders: Reminders, now: float) -> float:
    """The next time after now at which one may be due, in seconds since 1970. Raises ValueError without days."""
    if reminders.later_at is not None and now < reminders.later_at <= now + HOUR:
        return reminders.later_at
    here = local_time(reminders, now)
    for ahead in range(_DAYS_AHEAD):
        day = here.date() + timedelta(days=ahead)
        when = datetime(day.year, day.month, day.day, reminders.hour, tzinfo=here.tzinfo).timestamp()
        if day.weekday() in reminders.days and day.isoformat() != reminders.last and when > now:
            return when
    raise ValueError("reminders without a day")


def sent(reminders: Reminders, now: float) -> Reminders:
    """The reminders after a message was sent now, which counts as unanswered."""
    today = local_time(reminders, now).date()
    weeks = (today - date.fromisoformat(reminders.began)).days // 7
    return replace(reminders, last=today.isoformat(), unanswered=reminders.unanswered + 1, weeks=weeks, later_at=None)


def answered(reminders: Reminders) -> Reminders:
    """The reminders after the person has done anything."""
    return replace(reminders, unanswered=0)


def in_an_hour(reminders: Reminders, now: float) -> Reminders | None:
    """The reminders with one more in an hour; None if that would be in the quiet hours."""
    later = now + HOUR
    if is_quiet(local_time(reminders, later).hour):
        return None
    return replace(reminders, later_at=later)


def skipped_today(reminders: Reminders, now: float) -> Reminders:
    """The reminders without any more today."""
    return replace(reminders, last=local_time(reminders, now).date().isoformat(), later_at=None)


def is_quiet(hour: int) -> bool:
    """Whether nothing may be sent at this local hour (0 to 23)."""
    return hour >= QUIET_FROM or hour < QUIET_TO


def _snooze_is_over(reminders: Reminders, now: float) -> bool:
    """Whether "in 1 hour" is over, on the same day. If it is more than an hour away, the clock was set back."""
    later = reminders.later_at
    if later is None or now < later <= now + HOUR:
        return False
    return local_time(reminders, later).date() == local_time(reminders, now).date()


def _is_scheduled(reminders: Reminders, here: datetime) -> bool:
    """Whether today's message is due. If its hour was missed it stays due for the rest of the day."""
    if reminders.later_at is not None and here.date() == local_time(reminders, reminders.later_at).date():
        return False  # "in 1 hour" takes its place
    today = here.date()
    return today.weekday() in reminders.days and today.isoformat() != reminders.last and here.hour >= reminders.hour
