"""What ends or starts again with every turn: the hour of a stop, an abandoned session, unanswered reminders."""

from dataclasses import replace

from bot.domain.knowledge import Knowledge
from bot.domain.screening.steps import UNSURE, current_stop
from bot.domain.state.dialogue import IN_SESSION, SETTING_UP, Dialogue, Stage
from bot.domain.state.reminders import answered


def reset_unanswered(dialogue: Dialogue) -> Dialogue:
    """Any activity resets the count of unanswered reminders."""
    if dialogue.reminders is None or not dialogue.reminders.unanswered:
        return dialogue
    return replace(dialogue, reminders=answered(dialogue.reminders))


def without_abandoned(dialogue: Dialogue) -> Dialogue:
    """Drop a session, or reminders that were being set up, once the dialogue has moved on to something else.

    While a half-heard warning sign is asked about they wait.
    """
    if dialogue.stage is Stage.HALF_HEARD:
        return dialogue
    if dialogue.session is not None and dialogue.stage not in IN_SESSION:
        dialogue = replace(dialogue, session=None)
    if dialogue.draft is not None and dialogue.stage not in SETTING_UP:
        dialogue = replace(dialogue, draft=None)
    return dialogue


def with_hour_of_stop(before: Dialogue, after: Dialogue, knowledge: Knowledge, now: float) -> Dialogue:
    """Start an hour for a new stop or referral (S-33), and drop the answers that would live longer with it."""
    stops = after.stage is Stage.STOPPED and not _stopping_ids(after, knowledge) <= _stopping_ids(before, knowledge)
    refers = not set(after.referred) <= set(before.referred)
    if not (stops or refers) or after.first_completed_at == now:
        return after
    completed = None if after.completed_at is None else now
    hour = replace(after, began_at=now, completed_at=completed, first_completed_at=completed)
    return replace(hour, answered_none=(), doctor_checked=())


def _stopping_ids(dialogue: Dialogue, knowledge: Knowledge) -> set[str]:
    """The ids that stop everything. Empty while the checklist is open, because its ticks may still change."""
    stop = current_stop(dialogue, knowledge) if dialogue.stage is not Stage.CHECKLIST else None
    return {*stop.rows, *stop.stated, UNSURE} if stop else set()
