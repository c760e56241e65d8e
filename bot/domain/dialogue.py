"""The state of one chat: everything we know of a conversation, small enough to be one encrypted row."""

import json
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any

HOUR = 3600.0
DAY = 24 * HOUR
RECENT_SECONDS = 120.0  # S-5: how long earlier messages are read together with a new one
RECENT_MESSAGES = 2  # S-5: the last three messages are two earlier ones and the new one


class Stage(StrEnum):
    """Which question is open. A stage is set by `bot.domain.advance` alone."""

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


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One conversation. It never holds text. Times are seconds since 1970 (UTC).

    `revision` goes up whenever something changes that a button may depend on. `page` is a browse page that lies over
    the open question ("action:arg"). `ticks` are checklist rows, `stated` other contraindications the person named.
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
    completed_for: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    flag_at: float | None = None
    flag_checked: bool = False
    see_gp: tuple[str, ...] = ()
    recent: tuple[tuple[float, tuple[str, ...]], ...] = ()
    misses: int = 0


# A change in one of these makes older buttons stale. Pages, misses and the like do not.
_BINDING = (
    "stage",
    "conditions",
    "point",
    "offered",
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
)


def with_revision(before: Dialogue, after: Dialogue) -> Dialogue:
    """`after` with the next revision if it differs from `before` in anything a button may depend on."""
    if all(getattr(before, name) == getattr(after, name) for name in _BINDING):
        return replace(after, revision=before.revision)
    return replace(after, revision=before.revision + 1)


def flag_is_live(dialogue: Dialogue, now: float) -> bool:
    """Whether a red flag was raised within the last 24 hours (S-12). A clock set back keeps it."""
    return dialogue.flag_at is not None and now - dialogue.flag_at < DAY


def answers_expired(dialogue: Dialogue, now: float) -> bool:
    """Whether the hour is over (S-30): from completion, or from the start if it was never completed.

    A clock set back also ends it: an answer from the future is not an answer.
    """
    since = dialogue.completed_at if dialogue.completed_at is not None else dialogue.began_at
    return not 0 <= now - since < HOUR


def expire(dialogue: Dialogue, now: float) -> Dialogue:
    """The dialogue as it may still be known at `now`: answers live an hour (S-30), a flag a day (S-12)."""
    flagged = flag_is_live(dialogue, now)
    if not answers_expired(dialogue, now):
        if flagged or dialogue.flag_at is None:
            return dialogue
        return replace(dialogue, flags=(), flag_at=None, flag_checked=False, revision=dialogue.revision + 1)
    fresh = Dialogue(dialogue.revision + 1, now, language=dialogue.language)
    if not flagged:
        return fresh
    return replace(fresh, flags=dialogue.flags, flag_at=dialogue.flag_at, flag_checked=dialogue.flag_checked)


def erase_at(dialogue: Dialogue, now: float) -> float | None:
    """When something in the row has to be erased next, or None when there is nothing worth a row."""
    if is_blank(dialogue):
        return None
    since = dialogue.completed_at if dialogue.completed_at is not None else dialogue.began_at
    hour = since + HOUR
    if _only_flag(dialogue):
        return (dialogue.flag_at if dialogue.flag_at is not None else now) + DAY
    return hour


def is_blank(dialogue: Dialogue) -> bool:
    """Whether nothing is known but the language."""
    return replace(dialogue, revision=0, began_at=0.0) == Dialogue(0, 0.0, language=dialogue.language)


def _only_flag(dialogue: Dialogue) -> bool:
    return dialogue.flag_at is not None and is_blank(replace(dialogue, flags=(), flag_at=None, flag_checked=False))


def to_json(dialogue: Dialogue) -> str:
    """The dialogue as JSON, without what has its default value."""
    bare = Dialogue(-1, -1.0)
    data = {key: value for key, value in asdict(dialogue).items() if value != getattr(bare, key)}
    return json.dumps(data, separators=(",", ":"))


def from_json(text: str) -> Dialogue | None:
    """The dialogue written by `to_json`, or None when the text does not fit this version of it."""
    try:
        data = json.loads(text)
        known = {field.name for field in fields(Dialogue)}
        if not isinstance(data, dict) or not data.keys() <= known:
            return None
        return Dialogue(**{key: _frozen(key, value) for key, value in data.items()})
    except (ValueError, TypeError):
        return None


def _frozen(key: str, value: Any) -> Any:  # noqa: ANN401  (JSON)
    if key == "stage":
        return Stage(str(value))
    return _tuples(value)


def _tuples(value: Any) -> Any:  # noqa: ANN401  (JSON)
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value
