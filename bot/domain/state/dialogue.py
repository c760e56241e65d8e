"""The state of one chat: everything known about a conversation, small enough to be one encrypted row."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.domain.state.diary import Diary, DiaryEntry
from bot.domain.state.durations import DAY, HOUR
from bot.domain.state.reminders import Reminders
from bot.domain.state.session import Session

RECENT_SECONDS = 120.0  # S-5: how old a message may be to be read together with a new one
RECENT_MESSAGES = 2  # S-5: this many earlier messages are read together with a new one


class Stage(StrEnum):
    """Which question is open. Only `bot.domain.turns` changes it. The values are stored."""

    IDLE = "idle"
    CLOSEST = "closest"  # "Which is closest?"
    WHERE = "where"  # "Where does it hurt?"
    WHICH_POINT = "which_point"
    QUESTION = "question"  # the red-flag question of a complaint
    DOCTOR = "doctor"  # has a doctor checked it?
    CHECKLIST = "checklist"
    UNTICK = "untick"  # "Is it wrong?", before a tick is taken back
    STOPPED = "stopped"
    REFERRED = "referred"
    DOCTOR_FIRST = "doctor_first"
    RECOMMENDED = "recommended"
    HALF_HEARD = "half_heard"  # a warning sign that a text may mean is asked about
    FLAG = "flag"  # red-flag advice was given
    FLAG_SURE = "flag_sure"  # "Do you have any of these now?"
    FLAG_CHECK = "flag_check"  # "Earlier you told me about ..."
    FORGET = "forget"
    RESTING = "resting"  # no more points for a day
    BEFORE = "before"  # a rating of 0 to 10 before a session
    SESSION = "session"
    WRONG = "wrong"  # "Is something wrong?", while the clock of a session stands still
    AFTER = "after"  # and after it
    REMIND_DAYS = "remind_days"
    REMIND_HOUR = "remind_hour"
    REMIND_ZONE = "remind_zone"
    REMIND_SURE = "remind_sure"  # "Start these reminders?"


# The questions of which a second text that does not answer counts as yes (S-24):
COUNTED: Final = frozenset(
    {
        Stage.HALF_HEARD,
        Stage.QUESTION,
        Stage.DOCTOR,
        Stage.CHECKLIST,
        Stage.UNTICK,
        Stage.FLAG_SURE,
        Stage.FLAG_CHECK,
        Stage.FORGET,
        Stage.WRONG,
    }
)
OPEN_QUESTIONS = COUNTED | {Stage.BEFORE, Stage.AFTER, Stage.REMIND_ZONE}
IN_SESSION = frozenset({Stage.BEFORE, Stage.SESSION, Stage.WRONG})
SETTING_UP = frozenset({Stage.REMIND_DAYS, Stage.REMIND_HOUR, Stage.REMIND_ZONE, Stage.REMIND_SURE})


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One conversation. It never holds text. Times are in seconds since 1970. Field names are stored.

    The wish is what points are wanted for: `conditions`, or the one `point` opened by name. `about` is the other
    person it is for, or "". `offered` are the ids of a list to choose from. `page` is a page shown on top of the open
    question, as "action:argument", or "". `revision` grows whenever something changes that a button may depend on.

    `asked` is the red-flag question that was shown, `answered_none` are those answered "none". `ticks` are checklist
    rows; `stated` are other contraindications in texts; `unticking` is the id that "Is it wrong?" is about.
    `checklist_since` is the revision at which the checklist was opened. `completed_for` are the regions that the ticks
    are about. The hour of the answers begins at `first_completed_at`, or at `began_at` while that is None.

    `doubts` are the ids of red flags that were half heard and wait for an answer (S-81). `put_off` is what a text said
    that is answered after a "no" to them, as JSON without words. `unread` are the open questions that one text did not
    answer (S-24), by `bot.domain.state.unread`; a question leaves them when it is answered.

    `recent` are the parts of red flags in recent messages, with their times. `misses` counts the texts in a row that
    were not understood. `rest_at` is when pressing made it worse: no points for a day from then. `high` counts ratings
    of 8 and more. `finished` is the last session, in case the person wants it in a diary; `draft` are reminders that
    are being set up. `diary` and `reminders` are kept for longer than an hour and stored apart.
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
    doubts: tuple[str, ...] = ()
    put_off: str = ""
    unread: tuple[str, ...] = ()
    recent: tuple[tuple[float, tuple[str, ...]], ...] = ()
    misses: int = 0
    rest_at: float | None = None
    high: int = 0
    session: Session | None = None
    finished: DiaryEntry | None = None
    draft: Reminders | None = None
    diary: Diary | None = None
    reminders: Reminders | None = None


# A change in one of these makes older buttons stale.
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
    "doubts",
    "unread",
    "flags",
    "flag_at",
    "flag_checked",
    "rest_at",
    "session",
    "finished",
    "draft",
)


def with_revision(before: Dialogue, after: Dialogue) -> Dialogue:
    """`after`, with the next revision if it differs from `before` in anything that a button may depend on."""
    if all(getattr(before, name) == getattr(after, name) for name in _BINDING):
        return replace(after, revision=before.revision)
    return replace(after, revision=before.revision + 1)


def flag_is_current(dialogue: Dialogue, now: float) -> bool:
    """Whether a red flag was raised within the last 24 hours (S-12), or in the future by a clock set back."""
    return dialogue.flag_at is not None and now - dialogue.flag_at < DAY


def warning_stands(dialogue: Dialogue, now: float) -> bool:
    """Whether a red flag of the last hour was neither taken back nor checked (S-85)."""
    return dialogue.flag_at is not None and now - dialogue.flag_at < HOUR and not dialogue.flag_checked


def is_resting(dialogue: Dialogue, now: float) -> bool:
    """Whether pressing made it worse within the last 24 hours, or in the future by a clock set back."""
    return dialogue.rest_at is not None and now - dialogue.rest_at < DAY


def answers_expired(dialogue: Dialogue, now: float) -> bool:
    """Whether the hour of the answers is over (S-30), or not yet begun because the clock was set back.

    Completing the checklist again does not extend it, because the other answers are older.
    """
    return not 0 <= now - _answers_since(dialogue) < HOUR


def _answers_since(dialogue: Dialogue) -> float:
    return dialogue.began_at if dialogue.first_completed_at is None else dialogue.first_completed_at


def expire(dialogue: Dialogue, now: float) -> Dialogue:
    """The dialogue without what has expired at `now`: answers after an hour (S-30), a red flag after a day (S-12).

    The signs of the last two minutes outlive the hour, so that a red flag spread over two messages is not lost (S-5).
    """
    flagged = flag_is_current(dialogue, now)
    if dialogue.rest_at is not None and not is_resting(dialogue, now):
        dialogue = replace(dialogue, rest_at=None, revision=dialogue.revision + 1)
    if not answers_expired(dialogue, now):
        if flagged or dialogue.flag_at is None:
            return dialogue
        return _without_flag(replace(dialogue, revision=dialogue.revision + 1))
    fresh = _with_records(dialogue, Dialogue(dialogue.revision + 1, now, language=dialogue.language))
    fresh = replace(fresh, recent=recent_signs(dialogue, now), rest_at=dialogue.rest_at)
    if not flagged:
        return fresh
    return replace(fresh, flags=dialogue.flags, flag_at=dialogue.flag_at, flag_checked=dialogue.flag_checked)


def _with_records(old: Dialogue, fresh: Dialogue) -> Dialogue:
    """The fresh dialogue with the diary and reminders of the old one."""
    return replace(fresh, diary=old.diary, reminders=old.reminders)


def recent_signs(dialogue: Dialogue, now: float) -> tuple[tuple[float, tuple[str, ...]], ...]:
    """The signs of the last two minutes, with their times (S-5)."""
    return tuple((at, signs) for at, signs in dialogue.recent if 0 <= now - at <= RECENT_SECONDS)


def _without_flag(dialogue: Dialogue) -> Dialogue:
    about_flag = dialogue.stage in {Stage.FLAG, Stage.FLAG_SURE, Stage.FLAG_CHECK}
    stage = Stage.IDLE if about_flag else dialogue.stage
    return replace(dialogue, flags=(), flag_at=None, flag_checked=False, stage=stage)


def erase_at(dialogue: Dialogue) -> float | None:
    """When something in the chat's row must be erased next, in seconds since 1970; None if there is nothing in it."""
    if is_blank(dialogue):
        return None
    answers_end = _answers_since(dialogue) + HOUR
    days_end = [at + DAY for at in (dialogue.flag_at, dialogue.rest_at) if at is not None]
    return min(days_end) if days_end and _only_kept_for_a_day(dialogue) else min([answers_end, *days_end])


def is_blank(dialogue: Dialogue) -> bool:
    """Whether the chat's row would hold nothing but the language."""
    fresh = Dialogue(0, 0.0, language=dialogue.language)
    return replace(dialogue, revision=0, began_at=0.0, diary=None, reminders=None) == fresh


def _only_kept_for_a_day(dialogue: Dialogue) -> bool:
    """Whether only a red flag or a rest, which are kept for a day, is left."""
    return is_blank(replace(dialogue, flags=(), flag_at=None, flag_checked=False, rest_at=None))


def restart_screening(dialogue: Dialogue, now: float, ticks: tuple[str, ...]) -> Dialogue:
    """Begin the screening again, with an hour of its own and only these ticks. The wish stays."""
    return replace(
        dialogue,
        began_at=now,
        answered_none=(),
        doctor_checked=(),
        ticks=ticks,
        completed_at=None,
        first_completed_at=None,
        completed_for=(),
    )


def about_person(dialogue: Dialogue, about: str) -> Dialogue:
    """The dialogue about this person, "" being the one who writes.

    When it changes, of the earlier answers only those that stop still count (S-27): without its version, the completed
    checklist opens neither lock.
    """
    if about == dialogue.about:
        return dialogue
    return replace(dialogue, about=about, answered_none=(), doctor_checked=(), checklist_version="")


def without_wish(dialogue: Dialogue) -> Dialogue:
    """The dialogue without its wish. Ticks, stated contraindications, referrals and red flags stay."""
    ended = replace(dialogue, stage=Stage.IDLE, page="", conditions=(), point="", offered=(), unticking="")
    return about_person(ended, "")
