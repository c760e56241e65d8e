"""What the buttons of the diary do: keep a diary, erase it, show it, start from its last session."""

from dataclasses import replace
from typing import Final

from bot.domain.knowledge import Knowledge
from bot.domain.screening.steps import UNSURE
from bot.domain.state.dialogue import Dialogue, Stage
from bot.domain.state.diary import Diary, last_conditions, with_entry
from bot.domain.turns.events import Action, Press
from bot.domain.turns.flow import ask, start_wish
from bot.domain.turns.handlers import Handler, without_argument
from bot.domain.turns.pages import button
from bot.domain.turns.replies import Choices, Next, Reply, Say
from bot.domain.turns.session_replies import Progress, Report


def progress_reply(dialogue: Dialogue) -> Reply:
    """The chart of the diary, or how to begin one."""
    if dialogue.diary is None:
        return Say("diary.none", choices=((button("diary_on", Press(Action.DIARY_ON)),),))
    if not dialogue.diary.entries:
        return Say("diary.empty", choices=((button("diary_off", Press(Action.DIARY_OFF)),),))
    return Progress(dialogue.diary.entries, _zone(dialogue))


def report_reply(dialogue: Dialogue, knowledge: Knowledge) -> Reply:
    """A page for the doctor. Ticks appear on it only for an hour after the checklist, red flags for a day."""
    if dialogue.diary is None or not dialogue.diary.entries:
        return progress_reply(dialogue)
    rows = {row.id for row in knowledge.checklist.rows}
    ticks = tuple(tick for tick in dialogue.ticks if tick in rows and tick != UNSURE)
    completed = dialogue.completed_at is not None
    return Report(dialogue.diary.entries, _zone(dialogue), ticks if completed else None, dialogue.flags)


def same_again(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Next:
    """The complaints of the last session once more: the whole screening still lies before the points."""
    conditions = tuple(id_ for id_ in last_conditions(dialogue.diary) if id_ in knowledge.conditions)
    if not conditions:
        return ask(dialogue, Stage.WHERE, knowledge, now)
    return start_wish(dialogue, conditions, "", "", knowledge, now)


def same_button(dialogue: Dialogue) -> Choices:
    """A row with the button "Same as last time"; no row without a session in the diary."""
    return ((button("same", Press(Action.SAME)),),) if last_conditions(dialogue.diary) else ()


def _turn_on(dialogue: Dialogue, _: Knowledge, __: float) -> Next:
    diary = dialogue.diary or Diary()
    if dialogue.finished is not None and not dialogue.about:
        diary = with_entry(diary, dialogue.finished)
    more = (button("progress", Press(Action.PROGRESS)), button("remind", Press(Action.REMIND)))
    reply = Say("diary.on", choices=(more, (button("diary_off", Press(Action.DIARY_OFF)),)))
    return Next(replace(dialogue, diary=diary, finished=None), (reply,))


def _turn_off(dialogue: Dialogue, _: Knowledge, __: float) -> Next:
    return Next(replace(dialogue, diary=None, finished=None), (Say("diary.off"),))


def _progress(dialogue: Dialogue, _: Knowledge, __: float) -> Next:
    return Next(dialogue, (progress_reply(dialogue),))


def _report(dialogue: Dialogue, knowledge: Knowledge, _: float) -> Next:
    return Next(dialogue, (report_reply(dialogue, knowledge),))


def _zone(dialogue: Dialogue) -> str:
    return dialogue.reminders.zone if dialogue.reminders else ""


HANDLERS: Final[dict[Action, Handler]] = {
    Action.DIARY_ON: without_argument(_turn_on),
    Action.DIARY_OFF: without_argument(_turn_off),
    Action.SAME: without_argument(same_again),
    Action.PROGRESS: without_argument(_progress),
    Action.REPORT: without_argument(_report),
}
