"""What the buttons of reminders do: set them up, change them, answer one, stop them."""

from dataclasses import replace
from typing import Final

from bot.domain.knowledge import Knowledge
from bot.domain.state import reminders
from bot.domain.state.dialogue import Dialogue, Stage
from bot.domain.state.diary import last_conditions
from bot.domain.state.reminders import Reminders
from bot.domain.turns import reminder_pages
from bot.domain.turns.diary_buttons import same_again
from bot.domain.turns.events import Action, Press
from bot.domain.turns.flow import ask
from bot.domain.turns.handlers import Handler, without_argument
from bot.domain.turns.pages import button
from bot.domain.turns.reminder_pages import EVERY_DAY, STOP, ZONES
from bot.domain.turns.replies import Next, Say


def remind(dialogue: Dialogue, how: str, _: Knowledge, now: float) -> Next:
    """Show the reminders. If there are none, or `how` is "new", ask the first question of setting them up."""
    if dialogue.reminders is not None and how != "new":
        change = (button("remind_new", Press(Action.REMIND, "new")),)
        return Next(
            dialogue, (Say("remind.status", reminder_pages.phrase_values(dialogue.reminders, now), (change, STOP)),)
        )
    days = dialogue.reminders.days if dialogue.reminders else EVERY_DAY
    return _ask(replace(dialogue, draft=Reminders(days=days)), Stage.REMIND_DAYS, now)


def _ask(dialogue: Dialogue, stage: Stage, now: float) -> Next:
    asked = replace(dialogue, stage=stage, page="", session=None)
    return Next(asked, (reminder_pages.question(asked, now),))


def _toggle_day(dialogue: Dialogue, day: str, _: Knowledge, now: float) -> Next:
    draft = dialogue.draft or Reminders(days=EVERY_DAY)
    days = set(draft.days) ^ {int(day)} or {int(day)}  # one day at least
    return _ask(replace(dialogue, draft=replace(draft, days=tuple(sorted(days)))), Stage.REMIND_DAYS, now)


def _ask_hour(dialogue: Dialogue, _: Knowledge, now: float) -> Next:
    return _ask(dialogue, Stage.REMIND_HOUR, now)


def _set_hour(dialogue: Dialogue, hour: str, _: Knowledge, now: float) -> Next:
    draft = replace(dialogue.draft or Reminders(days=EVERY_DAY), hour=int(hour))
    return _ask(replace(dialogue, draft=draft), Stage.REMIND_ZONE, now)


def _set_zone(dialogue: Dialogue, zone: str, _: Knowledge, now: float) -> Next:
    """`zone` is the id of a button, or the name of a time zone that was typed."""
    draft = replace(dialogue.draft or Reminders(days=EVERY_DAY), zone=ZONES.get(zone, zone))
    return _ask(replace(dialogue, draft=draft), Stage.REMIND_SURE, now)


def _begin(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Next:
    if dialogue.draft is None or not dialogue.draft.zone:
        return remind(dialogue, "new", knowledge, now)
    started = reminders.started(dialogue.draft, now, dialogue.reminders)
    running = replace(dialogue, reminders=started, draft=None, stage=Stage.IDLE, page="")
    return Next(running, (Say("remind.on", reminder_pages.phrase_values(started, now), (STOP,)),))


def _start(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Next:
    """A reminder's "Start": the complaints of the last session in the diary, or the question where it hurts."""
    if last_conditions(dialogue.diary):
        return same_again(dialogue, knowledge, now)
    return ask(dialogue, Stage.WHERE, knowledge, now)


def _snooze(dialogue: Dialogue, _: Knowledge, now: float) -> Next:
    if dialogue.reminders is None:
        return Next(dialogue, (Say("remind.off"),))
    later = reminders.in_an_hour(dialogue.reminders, now)
    if later is None:
        return Next(dialogue, (Say("remind.too_late", choices=(STOP,)),))
    return Next(replace(dialogue, reminders=later), (Say("remind.later", choices=(STOP,)),))


def _skip_today(dialogue: Dialogue, _: Knowledge, now: float) -> Next:
    if dialogue.reminders is None:
        return Next(dialogue, (Say("remind.off"),))
    skipped = reminders.skipped_today(dialogue.reminders, now)
    return Next(replace(dialogue, reminders=skipped), (Say("remind.skipped", choices=(STOP,)),))


def _turn_off(dialogue: Dialogue, _: Knowledge, __: float) -> Next:
    return Next(replace(dialogue, reminders=None), (Say("remind.off"),))


HANDLERS: Final[dict[Action, Handler]] = {
    Action.REMIND: remind,
    Action.REMIND_DAY: _toggle_day,
    Action.REMIND_DAYS: without_argument(_ask_hour),
    Action.REMIND_HOUR: _set_hour,
    Action.REMIND_ZONE: _set_zone,
    Action.REMIND_ON: without_argument(_begin),
    Action.REMIND_START: without_argument(_start),
    Action.REMIND_LATER: without_argument(_snooze),
    Action.REMIND_SKIP: without_argument(_skip_today),
    Action.REMIND_OFF: without_argument(_turn_off),
}
