"""The questions that set reminders up, and the reminders themselves."""

from typing import Final

from bot.domain.state import reminders
from bot.domain.state.dialogue import Dialogue, Stage
from bot.domain.state.diary import DiaryEntry, averages
from bot.domain.state.durations import WEEK
from bot.domain.state.reminders import QUIET_FROM, QUIET_TO, ReminderKind, Reminders
from bot.domain.turns.events import Action, Press
from bot.domain.turns.pages import button, rows_of
from bot.domain.turns.replies import Choice, Say, Term

ZONES: Final = {
    "los_angeles": "America/Los_Angeles",
    "denver": "America/Denver",
    "chicago": "America/Chicago",
    "new_york": "America/New_York",
    "sao_paulo": "America/Sao_Paulo",
    "london": "Europe/London",
    "berlin": "Europe/Berlin",
    "athens": "Europe/Athens",
    "dubai": "Asia/Dubai",
    "delhi": "Asia/Kolkata",
    "singapore": "Asia/Singapore",
    "tokyo": "Asia/Tokyo",
    "sydney": "Australia/Sydney",
    "auckland": "Pacific/Auckland",
}
EVERY_DAY: Final = tuple(range(7))
STOP: Final = (button("remind_off", Press(Action.REMIND_OFF)),)


def question(dialogue: Dialogue, now: float) -> Say:
    """The question of one of the stages `SETTING_UP`."""
    draft = dialogue.draft or Reminders(days=EVERY_DAY)
    match dialogue.stage:
        case Stage.REMIND_DAYS:
            days = [_day(day, on=day in draft.days) for day in EVERY_DAY]
            return Say("remind.days", choices=(*rows_of(days, 4), (button("these_days", Press(Action.REMIND_DAYS)),)))
        case Stage.REMIND_HOUR:
            hours = [
                Choice(Term("text", f"{hour:02}:00"), Press(Action.REMIND_HOUR, str(hour)))
                for hour in range(QUIET_TO, QUIET_FROM)
            ]
            return Say("remind.hour", choices=rows_of(hours, 4))
        case Stage.REMIND_ZONE:
            zones = [Choice(Term("phrase", f"zone.{id_}"), Press(Action.REMIND_ZONE, id_)) for id_ in ZONES]
            return Say("remind.zone", choices=rows_of(zones, 3))
        case _:
            choices = (
                (button("remind_on", Press(Action.REMIND_ON)),),
                (button("remind_new", Press(Action.REMIND, "new")),),
            )
            return Say("remind.sure", phrase_values(draft, now), choices)


def message(dialogue: Dialogue, kind: ReminderKind, now: float) -> Say:
    """A reminder of any kind but QUIET. It names nothing about health, because others may see the screen."""
    if kind is ReminderKind.END:
        return Say("remind.end", choices=((button("progress", Press(Action.PROGRESS)),),))
    go = (button("remind_start", Press(Action.REMIND_START)), button("remind_later", Press(Action.REMIND_LATER)))
    choices = (go, (button("remind_skip", Press(Action.REMIND_SKIP)),), STOP)
    week = averages(_last_week(dialogue, now)) if kind is ReminderKind.LOOK_BACK else None
    if week is None:
        return Say(f"remind.{kind}", choices=choices)
    sessions, before, after = week
    numbers = {"sessions": str(sessions), "before": f"{before:.1f}", "after": f"{after:.1f}"}
    return Say("remind.look_back_diary", {key: (Term("text", value),) for key, value in numbers.items()}, choices)


def _day(day: int, *, on: bool) -> Choice:
    return Choice(Term("phrase", f"day.{'on' if on else 'off'}.{day}"), Press(Action.REMIND_DAY, str(day)))


def phrase_values(set_up: Reminders, now: float) -> dict[str, tuple[Term, ...]]:
    """The days, hour and zone of reminders, and the time of day there now, to put into a phrase."""
    days = tuple(Term("phrase", f"day.off.{day}") for day in set_up.days)
    if set_up.days == EVERY_DAY:
        days = (Term("phrase", "day.every"),)
    clock = reminders.local_time(set_up, now).strftime("%H:%M")
    return {
        "days": days,
        "hour": (Term("text", f"{set_up.hour:02}:00"),),
        "zone": (Term("text", set_up.zone.replace("_", " ")),),
        "clock": (Term("text", clock),),
    }


def _last_week(dialogue: Dialogue, now: float) -> list[DiaryEntry]:
    entries = dialogue.diary.entries if dialogue.diary else ()
    return [entry for entry in entries if now - WEEK <= entry.at <= now]
