"""What the buttons and commands of the diary do: keep it, erase it, show it, start from it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.domain.knowledge import Knowledge
from bot.domain.screening.steps import UNSURE
from bot.domain.state.dialogue import Dialogue, Stage
from bot.domain.state.diary import Diary, last_wish, with_entry
from bot.domain.turns.events import Action, Press
from bot.domain.turns.flow import ask, wish
from bot.domain.turns.pages import button
from bot.domain.turns.replies import Choices, Next, Say
from bot.domain.turns.session_replies import Progress, Report

Handler = Callable[[Dialogue, str, Knowledge, float], Next]


def progress(dialogue: Dialogue, _: str, __: Knowledge, ___: float) -> Next:
    """The chart of the diary, or how to begin one."""
    if dialogue.diary is None:
        return Next(dialogue, (_no_diary(),))
    if not dialogue.diary.entries:
        return Next(dialogue, (Say("diary.empty", choices=((button("diary_off", Press(Action.DIARY_OFF)),),)),))
    return Next(dialogue, (Progress(dialogue.diary.entries, _zone(dialogue)),))


def report(dialogue: Dialogue, _: str, knowledge: Knowledge, now: float) -> Next:
    """A page for the doctor. What was ticked and which warning signs were told is known for an hour and a day only."""
    if dialogue.diary is None or not dialogue.diary.entries:
        return progress(dialogue, "", knowledge, now)
    known = {row.id for row in knowledge.checklist.rows}
    ticks = tuple(tick for tick in dialogue.ticks if tick in known and tick != UNSURE)
    completed = dialogue.completed_at is not None
    return Next(
        dialogue, (Report(dialogue.diary.entries, _zone(dialogue), ticks if completed else None, dialogue.flags),)
    )


def same_again(dialogue: Dialogue, _: str, knowledge: Knowledge, now: float) -> Next:
    """The complaint of the last session once more: the whole screening still lies before its points."""
    conditions = tuple(id_ for id_ in last_wish(dialogue.diary) if id_ in knowledge.conditions)
    if not conditions:
        return ask(dialogue, Stage.WHERE, knowledge, now)
    return wish(dialogue, conditions, "", "", knowledge, now)


def _keep(dialogue: Dialogue, _: str, __: Knowledge, ___: float) -> Next:
    diary = dialogue.diary or Diary()
    if dialogue.finished is not None and not dialogue.about:
        diary = with_entry(diary, dialogue.finished)
    kept = replace(dialogue, diary=diary, finished=None)
    more = (button("progress", Press(Action.PROGRESS)), button("remind", Press(Action.REMIND)))
    return Next(kept, (Say("diary.on", choices=(more, (button("diary_off", Press(Action.DIARY_OFF)),))),))


def _erase(dialogue: Dialogue, _: str, __: Knowledge, ___: float) -> Next:
    return Next(replace(dialogue, diary=None, finished=None), (Say("diary.off"),))


def _zone(dialogue: Dialogue) -> str:
    return dialogue.reminders.zone if dialogue.reminders else ""


def _no_diary() -> Say:
    return Say("diary.none", choices=((button("diary_on", Press(Action.DIARY_ON)),),))


def same_button(dialogue: Dialogue) -> Choices:
    """ "Same as last time" as a row of its own, for a person who has a diary."""
    return ((button("same", Press(Action.SAME)),),) if last_wish(dialogue.diary) else ()


HANDLERS: Final[dict[Action, Handler]] = {
    Action.DIARY_ON: _keep,
    Action.DIARY_OFF: _erase,
    Action.SAME: same_again,
    Action.PROGRESS: progress,
    Action.REPORT: report,
}
