"""What a guided session shows: the rating before and after, the current step, how it went."""

from dataclasses import replace

from bot.domain.knowledge import Knowledge
from bot.domain.screening.steps import open_first_lock
from bot.domain.state.dialogue import Dialogue, Stage
from bot.domain.state.diary import DiaryEntry
from bot.domain.state.durations import HOUR
from bot.domain.state.session import Session, advanced_to, seconds_left
from bot.domain.state.unread import asked_again
from bot.domain.turns.events import Action, Press
from bot.domain.turns.pages import button, rows_of, what_hurts
from bot.domain.turns.replies import Choice, Choices, Reply, Say, Term
from bot.domain.turns.session_replies import SessionOutcome, SessionStep

HIGHEST = 10  # rating
STAGES = frozenset({Stage.BEFORE, Stage.SESSION, Stage.WRONG, Stage.AFTER, Stage.RESTING})
GOING_ON = frozenset({Stage.SESSION, Stage.WRONG})  # a session has begun and is not over


def end_if_finished(dialogue: Dialogue, now: float) -> Dialogue:
    """Move a session whose time is over on to the rating after it; leave any other dialogue as it is."""
    if dialogue.stage is not Stage.SESSION or dialogue.session is None:
        return dialogue
    session = advanced_to(dialogue.session, now)
    return end_session(dialogue, session, now) if session.over else dialogue


def end_session(dialogue: Dialogue, session: Session, now: float) -> Dialogue:
    """The dialogue after a session, which is kept in `finished` for the hour, for a diary."""
    entry = DiaryEntry(now, dialogue.conditions, session.pressed, session.before, None)
    return replace(dialogue, stage=Stage.AFTER, session=None, finished=entry, page="")


def seconds_left_of_hour(dialogue: Dialogue, now: float) -> float:
    """For how many seconds the answers still hold (S-30): 0 before the checklist, negative when they have expired."""
    return 0.0 if dialogue.first_completed_at is None else dialogue.first_completed_at + HOUR - now


def view(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Reply:
    """What is on the screen in one of `STAGES`."""
    if dialogue.stage is Stage.RESTING:
        return resting()
    if dialogue.stage is Stage.SESSION:
        return step(dialogue, knowledge, now) or what_hurts()
    if dialogue.stage is Stage.WRONG:
        return ask_what_is_wrong(dialogue)
    return ask_rating(dialogue)


def ask_rating(dialogue: Dialogue) -> Say:
    """Ask for a rating before or after the session: 0 to 10, or skipped."""
    return Say("session.before" if dialogue.stage is Stage.BEFORE else "session.after", choices=ratings())


def ratings() -> Choices:
    """The buttons 0 to 10, and one to skip the rating."""
    scores = [Choice(Term("text", str(score)), Press(Action.RATE, str(score))) for score in range(HIGHEST + 1)]
    return (*rows_of(scores, 6), (button("skip_rating", Press(Action.SKIP_RATE)),))


def step(dialogue: Dialogue, knowledge: Knowledge, now: float) -> SessionStep | None:
    """The current step, or None if the session is over or may not go on. The first lock is asked each time (S-20)."""
    clearance = open_first_lock(dialogue, knowledge, now)
    if clearance is None or dialogue.stage is not Stage.SESSION or dialogue.session is None:
        return None
    session = advanced_to(dialogue.session, now)
    if session.over or session.point not in clearance.points:
        return None
    codes = tuple(dict.fromkeys(code for code, _, _ in session.steps))
    return SessionStep(
        clearance=clearance,
        point=session.point,
        side=session.side,
        place=session.place,
        number=codes.index(session.point) + 1,
        count=len(codes),
        left=seconds_left(session, now),
        seconds=session.steps[session.place][2],
        ends_at=session.ends_at,
    )


def ask_what_is_wrong(dialogue: Dialogue) -> Say:
    """ "Is something wrong?", while the clock stands still (S-86). Going on is tied to the step that was shown."""
    place = str(dialogue.session.place) if dialogue.session else ""
    return Say(
        "session.wrong",
        choices=(
            (button("is_wrong", Press(Action.HURTS)),),
            (button("go_on", Press(Action.RESUME, place)), button("end", Press(Action.CANCEL))),
        ),
        emergency_line=True,
        lead="session.again" if asked_again(dialogue) else "",
    )


def pain() -> Say:
    """Pressing hurts: stop, and where to get help. Never another point."""
    return Say("session.pain", emergency_line=True)


def resting() -> Say:
    """No more points for a day, because the complaint got worse or stayed very strong."""
    return Say("outcome.rest", emergency_line=True)


def outcome(entry: DiaryEntry, dialogue: Dialogue) -> SessionOutcome:
    """How the session went, with the offer of a diary unless it was for another person."""
    if dialogue.about:
        return SessionOutcome(entry.before, entry.after, diary=None)
    return SessionOutcome(entry.before, entry.after, diary=dialogue.diary is not None)
