"""The events of a dialogue: a text, a button, a command, or something else that was sent."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.understanding.understood import Understood


class Action(StrEnum):
    """What a button does. The values are short, because they are part of 64 bytes of callback data."""

    AREAS = "areas"  # body areas, each leading to its complaints
    AREA = "area"  # the complaints of one area
    ALL_POINTS = "pts"  # body areas, each leading to its points
    POINTS_IN = "ptsin"  # the points of one area
    POINT = "pt"  # a point's general page
    HOW = "how"
    PRIVACY = "priv"
    HELP = "help"
    SHOW = "show"  # "Show how to press", from a point's general page
    CHOOSE = "choose"  # one of the complaints offered
    NONE_OF_THESE = "nothese"  # none of the complaints offered
    NOT_MINE = "notmine"  # "Something else", "Not my problem"
    ANSWER_NONE = "none"  # the red-flag question: none of these
    ANSWER_YES = "yes"  # the red-flag question: yes, or not sure
    DOUBT_NO = "no"  # a half-heard warning sign: no
    DOUBT_YES = "perhaps"  # yes, or not sure
    TICK = "tick"
    UNTICK = "untick"
    UNTICK_YES = "wrong"  # "Yes, it was wrong"
    UNTICK_NO = "right"
    DONE = "done"  # the checklist: none of these, or done
    WHY_ASK = "whyask"
    CANCEL = "cancel"
    DOCTOR_YES = "seen"  # a doctor has checked it
    DOCTOR_NO = "unseen"
    OVERVIEW = "over"
    CARD = "card"
    FIND_AGAIN = "again"  # "I can't find it"
    WATCH = "watch"  # the film of a press
    MAP = "map"  # all points of a point's region
    WHY_POINT = "whypt"
    WHY_THESE = "why"
    CHANGE = "change"  # change my answers
    NO_FLAG = "noflag"  # "I don't have these"
    NO_FLAG_SURE = "noflagok"
    FLAG_STAYS = "flagstays"
    FLAG_CHECKED = "checked"  # a doctor or nurse has checked it
    FLAG_UNCHECKED = "unchecked"
    FORGET_YES = "forget"
    FORGET_NO = "keep"
    MY_DATA = "mydata"
    SESSION = "session"  # start a guided session
    RATE = "rate"  # 0 to 10
    SKIP_RATE = "norate"
    PAUSE = "pause"  # the argument of these four is the index of the step they are about
    RESUME = "resume"
    OTHER_SIDE = "side"
    NEXT_STEP = "nextstep"
    HURTS = "hurts"  # "It hurts: stop"
    DIARY_ON = "diary"
    DIARY_OFF = "nodiary"
    SAME = "same"  # same as last time
    PROGRESS = "progress"
    REPORT = "report"
    REMIND = "remind"  # set reminders up
    REMIND_DAY = "day"
    REMIND_DAYS = "days"  # "These days"
    REMIND_HOUR = "hour"
    REMIND_ZONE = "zone"
    REMIND_ON = "remindon"
    REMIND_LATER = "later"  # in 1 hour
    REMIND_SKIP = "nottoday"
    REMIND_OFF = "remindoff"
    REMIND_START = "remindgo"  # a reminder's "Start"


@dataclass(frozen=True, slots=True)
class Press:
    """What a button means: an action and its argument, which is mostly an id, or "" if it has none."""

    action: Action
    arg: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button was pressed. `revision` is that of the dialogue when the button was made."""

    press: Press
    revision: int


@dataclass(frozen=True, slots=True)
class Said:
    """A text was sent; it is already understood."""

    understood: Understood


@dataclass(frozen=True, slots=True)
class Commanded:
    """A command was sent. `name` has no slash; `understood` is what the argument means."""

    name: str
    understood: Understood
    argument: str = ""


@dataclass(frozen=True, slots=True)
class SentOther:
    """Something other than text was sent: a voice message, a photo, a sticker."""


Event = Pressed | Said | Commanded | SentOther
