"""What each button does, and which buttons may still act."""

from dataclasses import replace
from functools import partial
from typing import Final

from bot.domain.knowledge import Knowledge
from bot.domain.screening.steps import current_stop, row_stops
from bot.domain.state.dialogue import Dialogue, Stage, without_wish
from bot.domain.turns import (
    diary_buttons,
    doubts,
    flags,
    pages,
    recommendation_pages,
    reminder_buttons,
    session_buttons,
)
from bot.domain.turns.answers import (
    answer_doctor,
    answer_flag_check,
    answer_question,
    answer_untick,
    ask_if_wrong,
    complete_checklist,
    erase_nothing,
)
from bot.domain.turns.events import Action, Press, Pressed
from bot.domain.turns.flow import ask, page_reply, proceed, start_wish, view
from bot.domain.turns.handlers import Handler, without_argument
from bot.domain.turns.replies import MyData, Next

# Buttons that change no answer: they work however old their message is.
FREE = frozenset(
    {
        Action.AREAS,
        Action.AREA,
        Action.ALL_POINTS,
        Action.POINTS_IN,
        Action.POINT,
        Action.HOW,
        Action.PRIVACY,
        Action.HELP,
        Action.MY_DATA,
    }
)
# These start a wish, from any list however old: the whole screening still lies before the points.
WISHES = frozenset({Action.CHOOSE, Action.SHOW, Action.SAME, Action.REMIND_START})
# These work from any message however old, and none leads to points: "It hurts" must never be answered with
# "This button is old".
ALWAYS = frozenset(
    {
        Action.HURTS,
        Action.DIARY_ON,
        Action.DIARY_OFF,
        Action.PROGRESS,
        Action.REPORT,
        Action.REMIND,
        Action.REMIND_LATER,
        Action.REMIND_SKIP,
        Action.REMIND_OFF,
    }
)
PAGES = frozenset({*recommendation_pages.PAGES, Action.WHY_ASK})
# The stages in which an action makes sense; those not named here are good in every stage.
_STAGES_OF: dict[Action, frozenset[Stage]] = {
    Action.NONE_OF_THESE: frozenset({Stage.CLOSEST}),
    Action.ANSWER_NONE: frozenset({Stage.QUESTION}),
    Action.ANSWER_YES: frozenset({Stage.QUESTION}),
    Action.DOUBT_NO: frozenset({Stage.HALF_HEARD}),
    Action.DOUBT_YES: frozenset({Stage.HALF_HEARD}),
    Action.UNTICK: frozenset({Stage.CHECKLIST}),
    Action.UNTICK_YES: frozenset({Stage.UNTICK}),
    Action.UNTICK_NO: frozenset({Stage.UNTICK}),
    Action.DONE: frozenset({Stage.CHECKLIST}),
    Action.WHY_ASK: frozenset({Stage.CHECKLIST}),
    Action.DOCTOR_YES: frozenset({Stage.DOCTOR}),
    Action.DOCTOR_NO: frozenset({Stage.DOCTOR}),
    Action.NO_FLAG: frozenset({Stage.FLAG, Stage.FLAG_CHECK}),
    Action.NO_FLAG_SURE: frozenset({Stage.FLAG_SURE}),
    Action.FLAG_STAYS: frozenset({Stage.FLAG_SURE}),
    Action.FLAG_CHECKED: frozenset({Stage.FLAG_CHECK}),
    Action.FLAG_UNCHECKED: frozenset({Stage.FLAG_CHECK}),
    Action.FORGET_YES: frozenset({Stage.FORGET}),
    Action.FORGET_NO: frozenset({Stage.FORGET}),
    Action.SESSION: frozenset({Stage.RECOMMENDED}),
    Action.RATE: frozenset({Stage.BEFORE, Stage.AFTER}),
    Action.SKIP_RATE: frozenset({Stage.BEFORE, Stage.AFTER}),
    **dict.fromkeys(session_buttons.RUNNING, frozenset({Stage.SESSION})),
    Action.RESUME: frozenset({Stage.SESSION, Stage.WRONG}),
    Action.REMIND_DAY: frozenset({Stage.REMIND_DAYS}),
    Action.REMIND_DAYS: frozenset({Stage.REMIND_DAYS}),
    Action.REMIND_HOUR: frozenset({Stage.REMIND_HOUR}),
    Action.REMIND_ZONE: frozenset({Stage.REMIND_ZONE}),
    Action.REMIND_ON: frozenset({Stage.REMIND_SURE}),
}


def is_current(dialogue: Dialogue, pressed: Pressed) -> bool:
    """Whether a button may still act. A tick may be added with any button made since the checklist was opened."""
    action = pressed.press.action
    if action in FREE | WISHES | ALWAYS:
        return True
    if action is Action.TICK:
        return bool(dialogue.checklist_since) and dialogue.checklist_since <= pressed.revision <= dialogue.revision
    return pressed.revision == dialogue.revision and dialogue.stage in _STAGES_OF.get(action, frozenset(Stage))


def deletes_everything(dialogue: Dialogue, pressed: Press) -> bool:
    """Whether this press deletes everything stored about the chat."""
    return pressed.action is Action.FORGET_YES and dialogue.stage is Stage.FORGET


def press(dialogue: Dialogue, pressed: Press, knowledge: Knowledge, now: float) -> Next:
    """Do what a button does. The caller has checked that it `is_current`."""
    if pressed.action is Action.MY_DATA:
        return Next(dialogue, (MyData(),))
    if pressed.action in FREE or pressed.action in PAGES:
        return open_page(dialogue, pressed, knowledge, now)
    return _HANDLERS[pressed.action](dialogue, pressed.arg, knowledge, now)


def open_page(dialogue: Dialogue, page: Press, knowledge: Knowledge, now: float) -> Next:
    """Show a page on top of the open question. If it does not exist now, show the open question instead."""
    reply = page_reply(dialogue, page, knowledge, now)
    if reply is None:
        return Next(dialogue, view(replace(dialogue, page=""), knowledge, now) or (pages.what_hurts(),))
    return Next(pages.with_page(dialogue, page), (reply,))


def open_point(dialogue: Dialogue, code: str, knowledge: Knowledge, now: float) -> Next:
    """Show the general page of a point, which needs no screening (S-21)."""
    return open_page(dialogue, Press(Action.POINT, code), knowledge, now)


def start_over(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Next:
    """ "Something else", "Not my problem", "None of these": ask what hurts; before that, if a referral was wrong."""
    if dialogue.stage is Stage.REFERRED and dialogue.referred:
        return ask_if_wrong(dialogue, dialogue.referred[0], knowledge, now)
    return ask(without_wish(dialogue), Stage.WHERE, knowledge, now)


def cancel(dialogue: Dialogue, _: Knowledge, __: float) -> Next:
    """Give up the wish. Stops, referrals and red flags stay."""
    return Next(without_wish(dialogue), (pages.cancelled(),))


def _tick(dialogue: Dialogue, row: str, knowledge: Knowledge, now: float) -> Next:
    if row not in {known.id for known in knowledge.checklist.rows}:
        return Next(dialogue, view(dialogue, knowledge, now))
    ticks = tuple(dict.fromkeys((*dialogue.ticks, row)))
    ticked = replace(dialogue, ticks=ticks, page="")
    if ticked.stage is Stage.CHECKLIST or not (ticked.conditions or ticked.point):
        return Next(ticked, view(ticked, knowledge, now))
    return proceed(ticked, knowledge, now)  # a late tick withdraws what was shown


def _untick(dialogue: Dialogue, row: str, knowledge: Knowledge, now: float) -> Next:
    if row_stops(row, dialogue, knowledge):
        return ask_if_wrong(dialogue, row, knowledge, now)
    left = tuple(tick for tick in dialogue.ticks if tick != row)
    unticked = replace(dialogue, ticks=left, page="")
    return Next(unticked, view(unticked, knowledge, now))


def _change(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Next:
    """Return to the checklist. Referred complaints and stated contraindications are asked about first."""
    stop = current_stop(dialogue, knowledge)
    not_ticked = dialogue.referred or (stop.stated if stop else ())
    if not_ticked:
        return ask_if_wrong(dialogue, not_ticked[0], knowledge, now)
    if not (dialogue.conditions or dialogue.point):
        return Next(replace(dialogue, stage=Stage.IDLE, page=""), (pages.what_hurts(),))
    if dialogue.stage is Stage.CHECKLIST:
        return Next(replace(dialogue, page=""), view(replace(dialogue, page=""), knowledge, now))
    return proceed(replace(dialogue, completed_at=None, stage=Stage.IDLE), knowledge, now)


def _choose(dialogue: Dialogue, condition: str, knowledge: Knowledge, now: float) -> Next:
    if condition not in knowledge.conditions:
        return Next(dialogue, (pages.what_hurts(),))
    return start_wish(dialogue, (condition,), "", dialogue.about, knowledge, now)


def _show(dialogue: Dialogue, point: str, knowledge: Knowledge, now: float) -> Next:
    if point not in knowledge.points:
        return Next(dialogue, (pages.what_hurts(),))
    return start_wish(dialogue, (), point, dialogue.about, knowledge, now)


def _withdraw_flag(dialogue: Dialogue, knowledge: Knowledge, _: float) -> Next:
    return flags.ask_again(dialogue, knowledge)


def _flag_is_absent(dialogue: Dialogue, knowledge: Knowledge, _: float) -> Next:
    return flags.answer_sure(dialogue, knowledge, absent=True)


def _flag_stays(dialogue: Dialogue, knowledge: Knowledge, _: float) -> Next:
    return flags.answer_sure(dialogue, knowledge, absent=False)


def _forget(dialogue: Dialogue, _: Knowledge, __: float) -> Next:
    return Next(Dialogue(dialogue.revision, dialogue.began_at, dialogue.language), (pages.forgotten(),))


def _keep_everything(dialogue: Dialogue, _: Knowledge, __: float) -> Next:
    return erase_nothing(dialogue)


_HANDLERS: Final[dict[Action, Handler]] = {
    Action.SHOW: _show,
    Action.CHOOSE: _choose,
    Action.NONE_OF_THESE: without_argument(start_over),
    Action.NOT_MINE: without_argument(start_over),
    Action.ANSWER_NONE: without_argument(partial(answer_question, none=True)),
    Action.ANSWER_YES: without_argument(partial(answer_question, none=False)),
    Action.DOUBT_YES: without_argument(doubts.raise_all),
    Action.TICK: _tick,
    Action.UNTICK: _untick,
    Action.UNTICK_YES: without_argument(partial(answer_untick, wrong=True)),
    Action.UNTICK_NO: without_argument(partial(answer_untick, wrong=False)),
    Action.DONE: without_argument(complete_checklist),
    Action.CANCEL: without_argument(cancel),
    Action.DOCTOR_YES: without_argument(partial(answer_doctor, seen=True)),
    Action.DOCTOR_NO: without_argument(partial(answer_doctor, seen=False)),
    Action.CHANGE: without_argument(_change),
    Action.NO_FLAG: without_argument(_withdraw_flag),
    Action.NO_FLAG_SURE: without_argument(_flag_is_absent),
    Action.FLAG_STAYS: without_argument(_flag_stays),
    Action.FLAG_CHECKED: without_argument(partial(answer_flag_check, seen=True)),
    Action.FLAG_UNCHECKED: without_argument(partial(answer_flag_check, seen=False)),
    Action.FORGET_YES: without_argument(_forget),
    Action.FORGET_NO: without_argument(_keep_everything),
    **session_buttons.HANDLERS,
    **diary_buttons.HANDLERS,
    **reminder_buttons.HANDLERS,
}
