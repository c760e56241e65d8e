"""What a guided session says: the question before and after, the step that is pressed now, how it went."""

from dataclasses import replace

from bot.domain.knowledge import Knowledge
from bot.domain.screening.steps import clearance
from bot.domain.state.dialogue import Dialogue, Stage
from bot.domain.state.diary import DiaryEntry
from bot.domain.state.durations import HOUR
from bot.domain.state.session import Session, at, seconds_left
from bot.domain.turns.events import Action, Press
from bot.domain.turns.pages import button, rows_of, what_hurts
from bot.domain.turns.replies import Choice, Choices, Reply, Say, Term
from bot.domain.turns.session_replies import SessionOutcome, SessionStep

HIGHEST = 10
STAGES = frozenset({Stage.BEFORE, Stage.SESSION, Stage.AFTER, Stage.RESTING})


def end_if_finished(dialogue: Dialogue, now: float) -> Dialogue:
    """The dialogue with a session whose time is over being over: then it is asked how strong it is."""
    if dialogue.stage is not Stage.SESSION or dialogue.session is None:
        return dialogue
    session = at(dialogue.session, now)
    return over(dialogue, session, now) if session.over else dialogue


def over(dialogue: Dialogue, session: Session, now: float) -> Dialogue:
    """The dialogue after a session; what it was is known for the hour."""
    entry = DiaryEntry(now, dialogue.conditions, session.pressed, session.before, None)
    return replace(dialogue, stage=Stage.AFTER, session=None, finished=entry, page="")


def hour_left(dialogue: Dialogue, now: float) -> float:
    """How many seconds the answers still hold (S-30)."""
    return 0.0 if dialogue.first_completed_at is None else dialogue.first_completed_at + HOUR - now


def view(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Reply:
    """What is on the screen in one of these stages."""
    if dialogue.stage is Stage.RESTING:
        return resting()
    if dialogue.stage is Stage.SESSION:
        return step(dialogue, knowledge, now) or what_hurts()
    return ask_rating(dialogue)


def ask_rating(dialogue: Dialogue) -> Say:
    """0 to 10, or skipped."""
    return Say("session.before" if dialogue.stage is Stage.BEFORE else "session.after", choices=ratings())


def ratings() -> Choices:
    """The buttons for 0 to 10."""
    scores = [Choice(Term("text", str(score)), Press(Action.RATE, str(score))) for score in range(HIGHEST + 1)]
    return (*rows_of(scores, 6), (button("skip_rating", Press(Action.SKIP_RATE)),))


def step(dialogue: Dialogue, knowledge: Knowledge, now: float) -> SessionStep | None:
    """What is pressed now, or None where no session may go on: the first lock is asked each time (S-20)."""
    key = clearance(dialogue, knowledge, now)
    if key is None or dialogue.stage is not Stage.SESSION or dialogue.session is None:
        return None
    session = at(dialogue.session, now)
    if session.over or session.point not in key.points:
        return None
    codes = tuple(dict.fromkeys(code for code, _, _ in session.steps))
    return SessionStep(
        clearance=key,
        point=session.point,
        side=session.side,
        place=session.place,
        number=codes.index(session.point) + 1,
        count=len(codes),
        left=seconds_left(session, now),
        seconds=session.steps[session.place][2],
        ends_at=session.ends_at,
    )


def pain() -> Say:
    """Pressing hurt: stop, and whom to ask. Never another point."""
    return Say("session.pain", emergency_line=True)


def resting() -> Say:
    """No more points today: it got worse, or stayed very strong."""
    return Say("outcome.rest", emergency_line=True)


def outcome(entry: DiaryEntry, dialogue: Dialogue) -> SessionOutcome:
    """How it went, and what can be done with that."""
    if dialogue.about:
        return SessionOutcome(entry.before, entry.after, diary=None)
    return SessionOutcome(entry.before, entry.after, diary=dialogue.diary is not None)
