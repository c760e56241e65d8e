"""What the buttons of a guided session do."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.domain.knowledge import Knowledge
from bot.domain.screening.steps import clearance, current_plan
from bot.domain.state.dialogue import Dialogue, Stage, without_wish
from bot.domain.state.diary import DiaryEntry, with_entry
from bot.domain.state.session import (
    LEAST_LEFT,
    Session,
    at,
    ended,
    other_side,
    paused,
    prepared,
    resumed,
    seconds_in_all,
    skipped,
)
from bot.domain.turns import session_pages
from bot.domain.turns.events import Action
from bot.domain.turns.flow import ask_anew, proceed, view
from bot.domain.turns.replies import Next, Say

VERY_STRONG = 8  # of 10; told twice it is no case for pressing (a number we chose)
WORSE_BY = 2

RUNNING: Final = (Action.PAUSE, Action.RESUME, Action.OTHER_SIDE, Action.NEXT_STEP)  # only while a session runs

Handler = Callable[[Dialogue, str, Knowledge, float], Next]


def start(dialogue: Dialogue, _: str, knowledge: Knowledge, now: float) -> Next:
    """A session of the recommended points. With too little left of the hour everything is asked again first."""
    if clearance(dialogue, knowledge, now) is None:
        return proceed(dialogue, knowledge, now)
    codes = current_plan(dialogue, knowledge).points
    session = prepared([knowledge.points[code] for code in codes])
    if session_pages.hour_left(dialogue, now) < max(LEAST_LEFT, seconds_in_all(session)):
        return _too_late(dialogue, knowledge, now)
    asked = replace(dialogue, stage=Stage.BEFORE, session=session, finished=None, page="")
    return Next(asked, (session_pages.ask_rating(asked),))


def rate(dialogue: Dialogue, score: str, knowledge: Knowledge, now: float) -> Next:
    """How strong it is, before or after; empty where that was skipped."""
    told = int(score) if score else None
    high = dialogue.high + (told is not None and told >= VERY_STRONG)
    dialogue = replace(dialogue, high=high)
    if dialogue.stage is Stage.BEFORE and dialogue.session is not None:
        if high > 1:
            return _rest(dialogue, now)
        session = resumed(replace(dialogue.session, before=told), now)
        return _go_on(replace(dialogue, stage=Stage.SESSION, session=session), knowledge, now)
    if dialogue.finished is None:
        return Next(dialogue, view(dialogue, knowledge, now))
    return _finished(dialogue, replace(dialogue.finished, at=now, after=told), now)


def hurts(dialogue: Dialogue, _: str, __: Knowledge, now: float) -> Next:
    """Pressing hurts: the session is over, whatever button was pressed how late. Never the next point."""
    session = at(dialogue.session, now) if dialogue.session else None
    if dialogue.stage is not Stage.SESSION or session is None:
        quiet = without_wish(dialogue) if dialogue.stage is Stage.BEFORE else dialogue
        return Next(replace(quiet, session=None), (session_pages.pain(),))
    done = session if session.over else ended(session, now)
    over = session_pages.over(dialogue, done, now)
    asked = replace(without_wish(over), stage=Stage.AFTER, about=dialogue.about)
    return Next(asked, (session_pages.pain(), session_pages.ask_rating(asked)))


def _resume(dialogue: Dialogue, place: str, knowledge: Knowledge, now: float) -> Next:
    if session_pages.hour_left(dialogue, now) < LEAST_LEFT:
        return _too_late(dialogue, knowledge, now)
    return _changed(resumed)(dialogue, place, knowledge, now)


def _changed(change: Callable[[Session, float], Session]) -> Handler:
    """A button of one step: one that is about another step, as after a late tap, only shows where we are."""

    def handler(dialogue: Dialogue, place: str, knowledge: Knowledge, now: float) -> Next:
        session = at(dialogue.session, now) if dialogue.session else None
        if session is None or place != str(session.place):
            return Next(dialogue, view(dialogue, knowledge, now))
        return _go_on(replace(dialogue, session=change(session, now), page=""), knowledge, now)

    return handler


def _go_on(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Next:
    """What is on now: a step, or the question after the last one. Where no point may be shown, what is in the way."""
    dialogue = session_pages.end_if_finished(dialogue, now)
    if dialogue.stage is Stage.AFTER:
        return Next(dialogue, (session_pages.ask_rating(dialogue),))
    step = session_pages.step(dialogue, knowledge, now)
    return Next(dialogue, (step,)) if step else proceed(replace(dialogue, session=None), knowledge, now)


def _finished(dialogue: Dialogue, entry: DiaryEntry, now: float) -> Next:
    """The end of a session: it goes into the diary where there is one, and the outcome is said."""
    worse = entry.eased is not None and entry.eased <= -WORSE_BY
    if dialogue.diary is not None and not dialogue.about:
        dialogue = replace(dialogue, diary=with_entry(dialogue.diary, entry), finished=None)
    else:
        dialogue = replace(dialogue, finished=entry)
    if worse or dialogue.high > 1:
        return _rest(dialogue, now)
    said = session_pages.outcome(entry, dialogue)
    return Next(without_wish(dialogue), (said,))


def _rest(dialogue: Dialogue, now: float) -> Next:
    resting = replace(without_wish(dialogue), stage=Stage.RESTING, session=None, finished=None, rest_at=now)
    return Next(resting, (session_pages.resting(),))


def _too_late(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Next:
    after = ask_anew(replace(dialogue, session=None), knowledge, now)
    return Next(after.dialogue, (Say("session.ask_again"), *after.replies))


HANDLERS: Final[dict[Action, Handler]] = {
    Action.SESSION: start,
    Action.RATE: rate,
    Action.SKIP_RATE: lambda d, _, k, now: rate(d, "", k, now),
    Action.PAUSE: _changed(paused),
    Action.RESUME: _resume,
    Action.OTHER_SIDE: _changed(other_side),
    Action.NEXT_STEP: _changed(skipped),
    Action.HURTS: hurts,
}
