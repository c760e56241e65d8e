"""Reminders: set up by buttons, changed, answered and stopped."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.domain.knowledge import Knowledge
from bot.domain.state import reminders
from bot.domain.state.dialogue import Dialogue, Stage
from bot.domain.state.diary import last_wish
from bot.domain.state.reminders import Reminders
from bot.domain.turns import reminder_pages
from bot.domain.turns.diary_buttons import same_again
from bot.domain.turns.events import Action, Press
from bot.domain.turns.flow import ask
from bot.domain.turns.pages import button
from bot.domain.turns.reminder_pages import EVERY_DAY, STOP, ZONES
from bot.domain.turns.replies import Next, Say

Handler = Callable[[Dialogue, str, Knowledge, float], Next]


def remind(dialogue: Dialogue, how: str, _: Knowledge, now: float) -> Next:
    """What is set, or the first question of setting it up."""
    if dialogue.reminders is not None and how != "new":
        change = (button("remind_new", Press(Action.REMIND, "new")),)
        return Next(dialogue, (Say("remind.status", reminder_pages.values(dialogue.reminders, now), (change, STOP)),))
    days = dialogue.reminders.days if dialogue.reminders else EVERY_DAY
    return _asked(replace(dialogue, draft=Reminders(days=days)), Stage.REMIND_DAYS, now)


def _asked(dialogue: Dialogue, stage: Stage, now: float) -> Next:
    asked = replace(dialogue, stage=stage, page="", session=None)
    return Next(asked, (reminder_pages.question(asked, now),))


def _toggle(dialogue: Dialogue, arg: str, _: Knowledge, now: float) -> Next:
    draft = dialogue.draft or Reminders(days=EVERY_DAY)
    days = set(draft.days) ^ {int(arg)} or {int(arg)}  # one day at least
    return _asked(replace(dialogue, draft=replace(draft, days=tuple(sorted(days)))), Stage.REMIND_DAYS, now)


def _hour(dialogue: Dialogue, arg: str, _: Knowledge, now: float) -> Next:
    draft = replace(dialogue.draft or Reminders(days=EVERY_DAY), hour=int(arg))
    return _asked(replace(dialogue, draft=draft), Stage.REMIND_ZONE, now)


def _zone(dialogue: Dialogue, arg: str, _: Knowledge, now: float) -> Next:
    """A button's zone, or the name of one that was typed."""
    draft = replace(dialogue.draft or Reminders(days=EVERY_DAY), zone=ZONES.get(arg, arg))
    return _asked(replace(dialogue, draft=draft), Stage.REMIND_SURE, now)


def _begin(dialogue: Dialogue, _: str, knowledge: Knowledge, now: float) -> Next:
    if dialogue.draft is None or not dialogue.draft.zone:
        return remind(dialogue, "new", knowledge, now)
    begun = reminders.begun(dialogue.draft, now, dialogue.reminders)
    on = replace(dialogue, reminders=begun, draft=None, stage=Stage.IDLE, page="")
    return Next(on, (Say("remind.on", reminder_pages.values(begun, now), (STOP,)),))


def _start(dialogue: Dialogue, arg: str, knowledge: Knowledge, now: float) -> Next:
    """A reminder's "Start": as last time where there is a diary, else the question what hurts."""
    if last_wish(dialogue.diary):
        return same_again(dialogue, arg, knowledge, now)
    return ask(dialogue, Stage.WHERE, knowledge, now)


def _later(dialogue: Dialogue, _: str, __: Knowledge, now: float) -> Next:
    if dialogue.reminders is None:
        return Next(dialogue, (Say("remind.off"),))
    later = reminders.in_an_hour(dialogue.reminders, now)
    if later is None:
        return Next(dialogue, (Say("remind.too_late", choices=(STOP,)),))
    return Next(replace(dialogue, reminders=later), (Say("remind.later", choices=(STOP,)),))


def _skip(dialogue: Dialogue, _: str, __: Knowledge, now: float) -> Next:
    if dialogue.reminders is None:
        return Next(dialogue, (Say("remind.off"),))
    skipped = reminders.skipped_today(dialogue.reminders, now)
    return Next(replace(dialogue, reminders=skipped), (Say("remind.skipped", choices=(STOP,)),))


def _off(dialogue: Dialogue, _: str, __: Knowledge, ___: float) -> Next:
    return Next(replace(dialogue, reminders=None), (Say("remind.off"),))


HANDLERS: Final[dict[Action, Handler]] = {
    Action.REMIND: remind,
    Action.REMIND_DAY: _toggle,
    Action.REMIND_DAYS: lambda d, _, __, now: _asked(d, Stage.REMIND_HOUR, now),
    Action.REMIND_HOUR: _hour,
    Action.REMIND_ZONE: _zone,
    Action.REMIND_ON: _begin,
    Action.REMIND_START: _start,
    Action.REMIND_LATER: _later,
    Action.REMIND_SKIP: _skip,
    Action.REMIND_OFF: _off,
}
