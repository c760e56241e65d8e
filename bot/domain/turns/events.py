"""What can happen to a dialogue: a text was said, a button pressed, a command given."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.understanding.understood import Understood


class Action(StrEnum):
    """What a button does. The values are short, for they travel inside 64 bytes of callback data."""

    AREAS = "areas"  # body areas, each leading to its complaints
    AREA = "area"  # the complaints of one area
    ALL_POINTS = "pts"  # body areas, each leading to its points
    POINTS_IN = "ptsin"  # the points of one area
    POINT = "pt"  # a point's general page
    HOW = "how"
    PRIVACY = "priv"
    HELP = "help"
    SHOW = "show"  # "Show how to press", from a point's general page
    CHOOSE = "choose"  # this complaint
    NONE_OF_THESE = "nothese"  # none of the complaints offered
    NOT_MINE = "notmine"  # "Something else", "Not my problem"
    ANSWER_NONE = "none"  # the red-flag question: none of these
    ANSWER_YES = "yes"  # the red-flag question: yes, or not sure
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
    PAUSE = "pause"  # the argument of these four is the step they are about
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
    REMIND_DAYS = "days"  # these days it is
    REMIND_HOUR = "hour"
    REMIND_ZONE = "zone"
    REMIND_ON = "remindon"
    REMIND_LATER = "later"  # in 1 hour
    REMIND_SKIP = "nottoday"
    REMIND_OFF = "remindoff"
    REMIND_START = "remindgo"  # a reminder's "Start"


@dataclass(frozen=True, slots=True)
class Press:
    """A button's meaning: an action and, for some, the id it is about."""

    action: Action
    arg: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button was pressed that was made at `revision` of the dialogue."""

    press: Press
    revision: int


@dataclass(frozen=True, slots=True)
class Said:
    """A text came in, already understood."""

    understood: Understood


@dataclass(frozen=True, slots=True)
class Commanded:
    """A command without its slash. `understood` is its argument."""

    name: str
    understood: Understood
    argument: str = ""


@dataclass(frozen=True, slots=True)
class SentOther:
    """Something that is not text came in: a voice message, a photo, a sticker."""


Event = Pressed | Said | Commanded | SentOther
