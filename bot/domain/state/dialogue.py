"""The state of one chat: everything we know of a conversation, small enough to be one encrypted row."""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.state.diary import Diary, DiaryEntry
from bot.domain.state.durations import DAY, HOUR
from bot.domain.state.reminders import Reminders
from bot.domain.state.session import Session

RECENT_SECONDS = 120.0  # S-5: how long earlier messages are read together with a new one
RECENT_MESSAGES = 2  # S-5: the last three messages are two earlier ones and the new one


class Stage(StrEnum):
    """Which question is open. A stage is set by `bot.domain.turns.advance` alone."""

    IDLE = "idle"
    CLOSEST = "closest"  # "Which is closest?"
    WHERE = "where"  # "Where does it hurt?"
    WHICH_POINT = "which_point"
    QUESTION = "question"  # the red-flag question of a complaint
    DOCTOR = "doctor"  # has a doctor checked it?
    CHECKLIST = "checklist"
    UNTICK = "untick"  # was that tick wrong?
    STOPPED = "stopped"
    REFERRED = "referred"
    DOCTOR_FIRST = "doctor_first"
    RECOMMENDED = "recommended"
    FLAG = "flag"  # red-flag advice was given
    FLAG_SURE = "flag_sure"  # "Do you have any of these now?"
    FLAG_CHECK = "flag_check"  # "Earlier you told me about ..."
    FORGET = "forget"
    RESTING = "resting"  # no more points today
    BEFORE = "before"  # 0 to 10, before a session
    SESSION = "session"
    AFTER = "after"  # 0 to 10, after it
    REMIND_DAYS = "remind_days"
    REMIND_HOUR = "remind_hour"
    REMIND_ZONE = "remind_zone"
    REMIND_SURE = "remind_sure"  # shall they start?


OPEN_QUESTIONS = frozenset(
    {
        Stage.QUESTION,
        Stage.DOCTOR,
        Stage.CHECKLIST,
        Stage.UNTICK,
        Stage.FLAG_SURE,
        Stage.FLAG_CHECK,
        Stage.FORGET,
        Stage.BEFORE,
        Stage.AFTER,
        Stage.REMIND_ZONE,
    }
)
IN_SESSION = frozenset({Stage.BEFORE, Stage.SESSION})
SETTING_UP = frozenset({Stage.REMIND_DAYS, Stage.REMIND_HOUR, Stage.REMIND_ZONE, Stage.REMIND_SURE})


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One conversation. It never holds text. Times are seconds since 1970 (UTC).

    `revision` goes up whenever something changes that a button may depend on. `page` is a browse page that lies
    over the open question ("action:arg"); `asked` is the red-flag question that was shown. `ticks` are checklist rows,
    `stated` other contraindications the person named. `completed_for` are the regions that the ticks are about, and
    `first_completed_at` is when this round of questions was first completed: the hour of its answers begins there.

    `rest_at` is when pressing made it worse: no points for a day from then. `high` counts answers of 8 and more.
    `finished` is the last session, should the person want it in a diary; `draft` are reminders not yet agreed to.
    `diary` and `reminders` are kept beyond the hour, as the person asked, and not in the chat's row.
    """

    revision: int
    began_at: float
    language: str = "en"
    greeted: bool = False
    stage: Stage = Stage.IDLE
    page: str = ""
    conditions: tuple[str, ...] = ()
    point: str = ""
    offered: tuple[str, ...] = ()
    asked: str = ""
    about: str = ""
    answered_none: tuple[str, ...] = ()
    doctor_checked: tuple[str, ...] = ()
    ticks: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    referred: tuple[str, ...] = ()
    unticking: str = ""
    checklist_since: int = 0
    checklist_version: str = ""
    completed_at: float | None = None
    first_completed_at: float | None = None
    completed_for: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    flag_at: float | None = None
    flag_checked: bool = False
    see_gp: tuple[str, ...] = ()
    recent: tuple[tuple[float, tuple[str, ...]], ...] = ()
    misses: int = 0
    rest_at: float | None = None
    high: int = 0
    session: Session | None = None
    finished: DiaryEntry | None = None
    draft: Reminders | None = None
    diary: Diary | None = None
    reminders: Reminders | None = None


# A change in one of these makes older buttons stale. Pages, misses and the like do not.
_BINDING = (
    "stage",
    "conditions",
    "point",
    "offered",
    "about",
    "answered_none",
    "doctor_checked",
    "ticks",
    "stated",
    "referred",
    "unticking",
    "completed_at",
    "flags",
    "flag_at",
    "flag_checked",
    "rest_at",
    "session",
    "finished",
    "draft",
)


def with_revision(before: Dialogue, after: Dialogue) -> Dialogue:
    """`after` with the next revision if it differs from `before` in anything a button may depend on."""
    if all(getattr(before, name) == getattr(after, name) for name in _BINDING):
        return replace(after, revision=before.revision)
    return replace(after, revision=before.revision + 1)


def flag_is_live(dialogue: Dialogue, now: float) -> bool:
    """Whether a red flag was raised within the last 24 hours (S-12). A clock set back keeps it."""
    return dialogue.flag_at is not None and now - dialogue.flag_at < DAY


def is_resting(dialogue: Dialogue, now: float) -> bool:
    """Whether pressing made it worse within the last 24 hours. A clock set back keeps it."""
    return dialogue.rest_at is not None and now - dialogue.rest_at < DAY


def answers_expired(dialogue: Dialogue, now: float) -> bool:
    """Whether the hour is over (S-30). A later completion does not extend it, for the other answers are older.

    A clock set back also ends it: an answer from the future is not an answer.
    """
    return not 0 <= now - _since(dialogue) < HOUR


def _since(dialogue: Dialogue) -> float:
    return dialogue.began_at if dialogue.first_completed_at is None else dialogue.first_completed_at


def expire(dialogue: Dialogue, now: float) -> Dialogue:
    """The dialogue as it may still be known at `now`: answers live an hour (S-30), a flag a day (S-12).

    The signs of the last two minutes outlive the hour, or a red flag told in two messages could be lost (S-5).
    """
    flagged = flag_is_live(dialogue, now)
    if dialogue.rest_at is not None and not is_resting(dialogue, now):
        dialogue = replace(dialogue, rest_at=None, revision=dialogue.revision + 1)
    if not answers_expired(dialogue, now):
        if flagged or dialogue.flag_at is None:
            return dialogue
        return _without_flag(replace(dialogue, revision=dialogue.revision + 1))
    fresh = _asked_for(dialogue, Dialogue(dialogue.revision + 1, now, language=dialogue.language))
    fresh = replace(fresh, recent=recent_signs(dialogue, now), rest_at=dialogue.rest_at)
    if not flagged:
        return fresh
    return replace(fresh, flags=dialogue.flags, flag_at=dialogue.flag_at, flag_checked=dialogue.flag_checked)


def _asked_for(old: Dialogue, fresh: Dialogue) -> Dialogue:
    """A fresh dialogue with what the person asked to be kept."""
    return replace(fresh, diary=old.diary, reminders=old.reminders)


def recent_signs(dialogue: Dialogue, now: float) -> tuple[tuple[float, tuple[str, ...]], ...]:
    """The signs of the last two minutes, with their times (S-5)."""
    return tuple((at, signs) for at, signs in dialogue.recent if 0 <= now - at <= RECENT_SECONDS)


def _without_flag(dialogue: Dialogue) -> Dialogue:
    about_flag = dialogue.stage in {Stage.FLAG, Stage.FLAG_SURE, Stage.FLAG_CHECK}
    stage = Stage.IDLE if about_flag else dialogue.stage
    return replace(dialogue, flags=(), flag_at=None, flag_checked=False, stage=stage)


def erase_at(dialogue: Dialogue) -> float | None:
    """When something in the row has to be erased next, or None when there is nothing worth a row."""
    if is_blank(dialogue):
        return None
    hour = _since(dialogue) + HOUR
    days = [at + DAY for at in (dialogue.flag_at, dialogue.rest_at) if at is not None]
    return min(days) if days and _only_a_day(dialogue) else min([hour, *days])


def is_blank(dialogue: Dialogue) -> bool:
    """Whether nothing is known but the language, and what is not kept in the chat's row."""
    fresh = Dialogue(0, 0.0, language=dialogue.language)
    return replace(dialogue, revision=0, began_at=0.0, diary=None, reminders=None) == fresh


def _only_a_day(dialogue: Dialogue) -> bool:
    """Whether nothing is known but what is kept for a day."""
    return is_blank(replace(dialogue, flags=(), flag_at=None, flag_checked=False, rest_at=None))


def new_round(dialogue: Dialogue, now: float, kept_ticks: tuple[str, ...]) -> Dialogue:
    """Screening from the start, with its own hour: for another place, or for another person without a stop."""
    return replace(
        dialogue,
        began_at=now,
        answered_none=(),
        doctor_checked=(),
        ticks=kept_ticks,
        completed_at=None,
        first_completed_at=None,
        completed_for=(),
    )


def for_whom(dialogue: Dialogue, about: str) -> Dialogue:
    """The dialogue about this person. For another one nothing of the earlier answers holds but what stops (S-27).

    Without a version the completed checklist opens neither lock.
    """
    if about == dialogue.about:
        return dialogue
    return replace(dialogue, about=about, answered_none=(), doctor_checked=(), checklist_version="")


def without_wish(dialogue: Dialogue) -> Dialogue:
    """Nothing is wished for any more. A stop, a referral and a flag stay."""
    ended = replace(dialogue, stage=Stage.IDLE, page="", conditions=(), point="", offered=(), unticking="")
    return for_whom(ended, "")
