"""What each button does, and which buttons are still good."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.knowledge import Knowledge
from bot.domain.screening.steps import current_stop, open_question, row_stops, unchecked
from bot.domain.screening.triage import regions_of
from bot.domain.state.dialogue import Dialogue, Stage, without_wish
from bot.domain.turns import diary_buttons, flags, pages, recommendation_pages, reminder_buttons, session_buttons
from bot.domain.turns.events import Action, Press, Pressed
from bot.domain.turns.flow import ask, checked, page_reply, proceed, view, wish
from bot.domain.turns.replies import MyData, Next

# Buttons that change no answer: they work at any age.
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
# A wish may be made from any list, however old: the whole screening still lies before the points.
WISHES = frozenset({Action.CHOOSE, Action.SHOW, Action.SAME, Action.REMIND_START})
# What a person may always want, from however old a message; none of it leads to points. Nobody who is hurt is told
# that a button is old.
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
_STAGES_OF: dict[Action, frozenset[Stage]] = {
    Action.NONE_OF_THESE: frozenset({Stage.CLOSEST}),
    Action.ANSWER_NONE: frozenset({Stage.QUESTION}),
    Action.ANSWER_YES: frozenset({Stage.QUESTION}),
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
    Action.REMIND_DAY: frozenset({Stage.REMIND_DAYS}),
    Action.REMIND_DAYS: frozenset({Stage.REMIND_DAYS}),
    Action.REMIND_HOUR: frozenset({Stage.REMIND_HOUR}),
    Action.REMIND_ZONE: frozenset({Stage.REMIND_ZONE}),
    Action.REMIND_ON: frozenset({Stage.REMIND_SURE}),
}


def is_current(dialogue: Dialogue, pressed: Pressed) -> bool:
    """Whether a button may still act. Adding a tick is good from any button since the checklist was opened."""
    action = pressed.press.action
    if action in FREE | WISHES | ALWAYS:
        return True
    if action is Action.TICK:
        return bool(dialogue.checklist_since) and dialogue.checklist_since <= pressed.revision <= dialogue.revision
    return pressed.revision == dialogue.revision and dialogue.stage in _STAGES_OF.get(action, frozenset(Stage))


def forgets(dialogue: Dialogue, press_: Press) -> bool:
    """Whether this press deletes everything stored about the chat."""
    return press_.action is Action.FORGET_YES and dialogue.stage is Stage.FORGET


def press(dialogue: Dialogue, pressed: Press, knowledge: Knowledge, now: float) -> Next:
    """What a current button does."""
    if pressed.action is Action.MY_DATA:
        return Next(dialogue, (MyData(),))
    if pressed.action in FREE or pressed.action in PAGES:
        return _turn_page(dialogue, pressed, knowledge, now)
    return _HANDLERS[pressed.action](dialogue, pressed.arg, knowledge, now)


def _turn_page(dialogue: Dialogue, pressed: Press, knowledge: Knowledge, now: float) -> Next:
    reply = page_reply(dialogue, pressed, knowledge, now)
    if reply is None:
        return Next(dialogue, view(replace(dialogue, page=""), knowledge, now) or (pages.what_hurts(),))
    return Next(replace(dialogue, page=f"{pressed.action}:{pressed.arg}"), (reply,))


def question(dialogue: Dialogue, knowledge: Knowledge, now: float, *, none: bool) -> Next:
    """The red-flag question was answered. Anything but "none" is advice and no points (S-24).

    The answer is to the question that was shown, even if a reload has given the complaint another one.
    """
    asked = dialogue.asked or open_question(dialogue, knowledge)
    if none:
        return proceed(replace(dialogue, answered_none=(*dialogue.answered_none, asked)), knowledge, now)
    return flags.raised(dialogue, (flags.QUESTION + asked,), knowledge, now)


def doctor(dialogue: Dialogue, knowledge: Knowledge, now: float, *, seen: bool) -> Next:
    """Whether a doctor has checked it (S-33)."""
    if seen:
        known = (*dialogue.doctor_checked, *unchecked(dialogue, knowledge))
        return proceed(replace(dialogue, doctor_checked=known), knowledge, now)
    waiting = replace(dialogue, stage=Stage.DOCTOR_FIRST, page="")
    return Next(waiting, view(waiting, knowledge, now))


def done(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Next:
    """The checklist was completed with what is ticked. One that a reload has changed meanwhile is asked again."""
    if dialogue.checklist_version != knowledge.checklist.version:
        return proceed(replace(dialogue, stage=Stage.IDLE), knowledge, now)
    regions = regions_of(dialogue.conditions, dialogue.point, knowledge)
    first = dialogue.first_completed_at
    completed = replace(
        dialogue,
        completed_at=now,
        first_completed_at=now if first is None else first,
        completed_for=tuple(dict.fromkeys((*dialogue.completed_for, *regions))),
    )
    return proceed(completed, knowledge, now)


def untick(dialogue: Dialogue, knowledge: Knowledge, now: float, *, wrong: bool) -> Next:
    """The answer to "Is it wrong?": only a clear yes takes it back (S-31)."""
    what = dialogue.unticking if wrong else ""
    kept = replace(
        dialogue,
        unticking="",
        ticks=tuple(tick for tick in dialogue.ticks if tick != what),
        stated=tuple(id_ for id_ in dialogue.stated if id_ != what),
        referred=tuple(id_ for id_ in dialogue.referred if id_ != what),
        conditions=tuple(id_ for id_ in dialogue.conditions if id_ != what),
        completed_at=None if wrong else dialogue.completed_at,
        completed_for=() if wrong else dialogue.completed_for,
        stage=Stage.IDLE,
    )
    if kept.conditions or kept.point:
        return proceed(kept, knowledge, now)
    return Next(kept, (pages.what_hurts(),))


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
        return _is_it_wrong(dialogue, row, knowledge, now)
    kept = tuple(tick for tick in dialogue.ticks if tick != row)
    unticked = replace(dialogue, ticks=kept, page="")
    return Next(unticked, view(unticked, knowledge, now))


def _is_it_wrong(dialogue: Dialogue, what: str, knowledge: Knowledge, now: float) -> Next:
    asked = replace(dialogue, stage=Stage.UNTICK, unticking=what, page="")
    return Next(asked, view(asked, knowledge, now))


def _change(dialogue: Dialogue, _: str, knowledge: Knowledge, now: float) -> Next:
    """Back to the checklist; what was said in a text, or referred, is asked about first."""
    stop = current_stop(dialogue, knowledge)
    fixed = dialogue.referred or (stop.stated if stop else ())
    if fixed:
        return _is_it_wrong(dialogue, fixed[0], knowledge, now)
    if not (dialogue.conditions or dialogue.point):
        return Next(replace(dialogue, stage=Stage.IDLE, page=""), (pages.what_hurts(),))
    if dialogue.stage is Stage.CHECKLIST:
        return Next(replace(dialogue, page=""), view(replace(dialogue, page=""), knowledge, now))
    return proceed(replace(dialogue, completed_at=None, stage=Stage.IDLE), knowledge, now)


def _start_over(dialogue: Dialogue, _: str, knowledge: Knowledge, now: float) -> Next:
    """ "Something else", "Not my problem", "None of these": what hurts? A referral is taken back only after asking."""
    if dialogue.stage is Stage.REFERRED and dialogue.referred:
        return _is_it_wrong(dialogue, dialogue.referred[0], knowledge, now)
    return ask(without_wish(dialogue), Stage.WHERE, knowledge, now)


def _cancel(dialogue: Dialogue) -> Next:
    return Next(without_wish(dialogue), (pages.cancelled(),))


def _choose(dialogue: Dialogue, condition: str, knowledge: Knowledge, now: float) -> Next:
    if condition not in knowledge.conditions:
        return Next(dialogue, (pages.what_hurts(),))
    return wish(dialogue, (condition,), "", dialogue.about, knowledge, now)


def _show(dialogue: Dialogue, point: str, knowledge: Knowledge, now: float) -> Next:
    if point not in knowledge.points:
        return Next(dialogue, (pages.what_hurts(),))
    return wish(dialogue, (), point, dialogue.about, knowledge, now)


_Handler = Callable[[Dialogue, str, Knowledge, float], Next]
_HANDLERS: dict[Action, _Handler] = {
    Action.SHOW: _show,
    Action.CHOOSE: _choose,
    Action.NONE_OF_THESE: _start_over,
    Action.NOT_MINE: _start_over,
    Action.ANSWER_NONE: lambda d, _, k, now: question(d, k, now, none=True),
    Action.ANSWER_YES: lambda d, _, k, now: question(d, k, now, none=False),
    Action.TICK: _tick,
    Action.UNTICK: _untick,
    Action.UNTICK_YES: lambda d, _, k, now: untick(d, k, now, wrong=True),
    Action.UNTICK_NO: lambda d, _, k, now: untick(d, k, now, wrong=False),
    Action.DONE: lambda d, _, k, now: done(d, k, now),
    Action.CANCEL: lambda d, _, __, ___: _cancel(d),
    Action.DOCTOR_YES: lambda d, _, k, now: doctor(d, k, now, seen=True),
    Action.DOCTOR_NO: lambda d, _, k, now: doctor(d, k, now, seen=False),
    Action.CHANGE: _change,
    Action.NO_FLAG: lambda d, _, k, __: flags.ask_again(d, k),
    Action.NO_FLAG_SURE: lambda d, _, k, __: flags.sure(d, k, absent=True),
    Action.FLAG_STAYS: lambda d, _, k, __: flags.sure(d, k, absent=False),
    Action.FLAG_CHECKED: lambda d, _, k, now: checked(d, k, now, seen=True),
    Action.FLAG_UNCHECKED: lambda d, _, k, now: checked(d, k, now, seen=False),
    Action.FORGET_YES: lambda d, _, __, ___: Next(Dialogue(d.revision, d.began_at, d.language), (pages.forgotten(),)),
    Action.FORGET_NO: lambda d, _, __, ___: Next(replace(d, stage=Stage.IDLE, page=""), (pages.kept(),)),
    **session_buttons.HANDLERS,
    **diary_buttons.HANDLERS,
    **reminder_buttons.HANDLERS,
}
