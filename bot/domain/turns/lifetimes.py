"""What a turn ends or begins anew: the hour of a stop, a session left behind, the wait for an answer."""

from dataclasses import replace

from bot.domain.knowledge import Knowledge
from bot.domain.screening.steps import UNSURE, current_stop
from bot.domain.state.dialogue import IN_SESSION, SETTING_UP, Dialogue, Stage
from bot.domain.state.reminders import answered


def mark_answered(dialogue: Dialogue) -> Dialogue:
    """Whoever writes or presses anything has answered their reminders."""
    if dialogue.reminders is None or not dialogue.reminders.unanswered:
        return dialogue
    return replace(dialogue, reminders=answered(dialogue.reminders))


def without_leftovers(dialogue: Dialogue) -> Dialogue:
    """Whatever else came up has ended a session, and reminders that were being set up."""
    if dialogue.session is not None and dialogue.stage not in IN_SESSION:
        dialogue = replace(dialogue, session=None)
    if dialogue.draft is not None and dialogue.stage not in SETTING_UP:
        dialogue = replace(dialogue, draft=None)
    return dialogue


def with_own_hour(before: Dialogue, after: Dialogue, knowledge: Knowledge, now: float) -> Dialogue:
    """A stop and a referral hold for an hour of their own (S-33), and no answer lives longer for it."""
    stops = after.stage is Stage.STOPPED and not _stopping(after, knowledge) <= _stopping(before, knowledge)
    refers = not set(after.referred) <= set(before.referred)
    if not (stops or refers) or after.first_completed_at == now:
        return after
    completed = None if after.completed_at is None else now
    hour = replace(after, began_at=now, completed_at=completed, first_completed_at=completed)
    return replace(hour, answered_none=(), doctor_checked=())


def _stopping(dialogue: Dialogue, knowledge: Knowledge) -> set[str]:
    """What stops everything and was said to do so: a tick of an open checklist has not been answered yet."""
    stop = current_stop(dialogue, knowledge) if dialogue.stage is not Stage.CHECKLIST else None
    return {*stop.rows, *stop.stated, UNSURE} if stop else set()
