"""What the buttons of a guided session do."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.domain.knowledge import Knowledge
from bot.domain.screening.steps import current_plan, open_first_lock
from bot.domain.state.dialogue import Dialogue, Stage, without_wish
from bot.domain.state.diary import DiaryEntry, with_entry
from bot.domain.state.session import (
    LEAST_SECONDS_LEFT,
    Session,
    advanced_to,
    ended,
    other_side,
    paused,
    prepared,
    resumed,
    skipped,
    total_seconds,
)
from bot.domain.state.unread import answered
from bot.domain.turns import session_pages
from bot.domain.turns.events import Action
from bot.domain.turns.flow import proceed, screen_again, view
from bot.domain.turns.handlers import Handler, without_argument
from bot.domain.turns.replies import Next, Say

VERY_STRONG = 8  # of 10; after two such ratings no more points are shown that day (our own number)
WORSE_BY = 2  # how much higher the rating after a session must be to count as worse (our own number)

RUNNING: Final = (Action.PAUSE, Action.RESUME, Action.OTHER_SIDE, Action.NEXT_STEP)  # only while a session runs


def start(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Next:
    """Start a session of the recommended points, or screen again if too little is left of the answers' hour."""
    if open_first_lock(dialogue, knowledge, now) is None:
        return proceed(dialogue, knowledge, now)
    codes = current_plan(dialogue, knowledge).points
    session = prepared([knowledge.points[code] for code in codes])
    if session_pages.seconds_left_of_hour(dialogue, now) < max(LEAST_SECONDS_LEFT, total_seconds(session)):
        return _too_late(dialogue, knowledge, now)
    asked = replace(dialogue, stage=Stage.BEFORE, session=session, finished=None, page="")
    return Next(asked, (session_pages.ask_rating(asked),))


def rate(dialogue: Dialogue, score: str, knowledge: Knowledge, now: float) -> Next:
    """Record how strong the complaint is, before or after the session. `score` is "0" to "10", or "" if skipped."""
    rating = int(score) if score else None
    high = dialogue.high + (rating is not None and rating >= VERY_STRONG)
    dialogue = replace(dialogue, high=high)
    if dialogue.stage is Stage.BEFORE and dialogue.session is not None:
        if high > 1:
            return _stop_for_today(dialogue, now)
        session = resumed(replace(dialogue.session, before=rating), now)
        return _continue(replace(dialogue, stage=Stage.SESSION, session=session), knowledge, now)
    if dialogue.finished is None:
        return Next(dialogue, view(dialogue, knowledge, now))
    return _finish(dialogue, replace(dialogue.finished, at=now, after=rating), now)


def _skip_rating(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Next:
    return rate(dialogue, "", knowledge, now)


def hurts(dialogue: Dialogue, _: Knowledge, now: float) -> Next:
    """End the session because pressing hurts, however old the button is. Never shows the next point."""
    session = advanced_to(dialogue.session, now) if dialogue.session else None
    if dialogue.stage not in session_pages.GOING_ON or session is None:
        after = without_wish(dialogue) if dialogue.stage is Stage.BEFORE else dialogue
        return Next(replace(after, session=None), (session_pages.pain(),))
    done = session if session.over else ended(session, now)
    after = session_pages.end_session(answered(dialogue), done, now)
    asked = replace(without_wish(after), stage=Stage.AFTER, about=dialogue.about)
    return Next(asked, (session_pages.pain(), session_pages.ask_rating(asked)))


def go_on(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Next:
    """ "All fine, go on": the clock runs again."""
    place = str(dialogue.session.place) if dialogue.session else ""
    return _resume(dialogue, place, knowledge, now)


def _resume(dialogue: Dialogue, place: str, knowledge: Knowledge, now: float) -> Next:
    if session_pages.seconds_left_of_hour(dialogue, now) < LEAST_SECONDS_LEFT:
        return _too_late(dialogue, knowledge, now)
    return _step_button(resumed)(dialogue, place, knowledge, now)


def _step_button(change: Callable[[Session, float], Session]) -> Handler:
    """A button that changes the current step. If it was made for another step, it only shows the current one."""

    def handler(dialogue: Dialogue, place: str, knowledge: Knowledge, now: float) -> Next:
        session = advanced_to(dialogue.session, now) if dialogue.session else None
        if session is None or place != str(session.place):
            return Next(dialogue, view(dialogue, knowledge, now))
        changed = replace(answered(dialogue), stage=Stage.SESSION, session=change(session, now), page="")
        return _continue(changed, knowledge, now)

    return handler


def _continue(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Next:
    """Show the current step, or the question after the last one, or what is in the way of showing a point."""
    dialogue = session_pages.end_if_finished(dialogue, now)
    if dialogue.stage is Stage.AFTER:
        return Next(dialogue, (session_pages.ask_rating(dialogue),))
    step = session_pages.step(dialogue, knowledge, now)
    return Next(dialogue, (step,)) if step else proceed(replace(dialogue, session=None), knowledge, now)


def _finish(dialogue: Dialogue, entry: DiaryEntry, now: float) -> Next:
    """Add the session to the diary, if there is one, and say how it went."""
    worse = entry.eased is not None and entry.eased <= -WORSE_BY
    if dialogue.diary is not None and not dialogue.about:
        dialogue = replace(dialogue, diary=with_entry(dialogue.diary, entry), finished=None)
    else:
        dialogue = replace(dialogue, finished=entry)
    if worse or dialogue.high > 1:
        return _stop_for_today(dialogue, now)
    return Next(without_wish(dialogue), (session_pages.outcome(entry, dialogue),))


def _stop_for_today(dialogue: Dialogue, now: float) -> Next:
    resting = replace(without_wish(dialogue), stage=Stage.RESTING, session=None, finished=None, rest_at=now)
    return Next(resting, (session_pages.resting(),))


def _too_late(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Next:
    after = screen_again(replace(dialogue, session=None), knowledge, now)
    return Next(after.dialogue, (Say("session.ask_again"), *after.replies))


HANDLERS: Final[dict[Action, Handler]] = {
    Action.SESSION: without_argument(start),
    Action.RATE: rate,
    Action.SKIP_RATE: without_argument(_skip_rating),
    Action.PAUSE: _step_button(paused),
    Action.RESUME: _resume,
    Action.OTHER_SIDE: _step_button(other_side),
    Action.NEXT_STEP: _step_button(skipped),
    Action.HURTS: without_argument(hurts),
}
