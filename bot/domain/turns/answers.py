"""What an answer to an open question does, whether a button was pressed or a text was typed."""

from dataclasses import replace

from bot.domain.knowledge import Knowledge
from bot.domain.screening.steps import awaiting_doctor, open_question
from bot.domain.screening.triage import regions_of
from bot.domain.state.dialogue import Dialogue, Stage
from bot.domain.state.unread import answered
from bot.domain.turns import doubts, flags, pages
from bot.domain.turns.flow import proceed, view
from bot.domain.turns.replies import Next


def answer_question(dialogue: Dialogue, knowledge: Knowledge, now: float, *, none: bool) -> Next:
    """The red-flag question: any answer but "none" leads to advice and no points (S-24).

    The half-heard signs that were asked about with it share its answer (S-80). It counts for the question that was
    shown, even if a reload has given the complaint another one.
    """
    asked = dialogue.asked or open_question(dialogue, knowledge)
    if none:
        denied = replace(answered(dialogue), answered_none=(*dialogue.answered_none, asked), doubts=())
        return proceed(denied, knowledge, now)
    along = doubts.most_urgent_first(dialogue.doubts, knowledge)
    return flags.raise_flags(dialogue, (flags.QUESTION + asked, *along), knowledge, now)


def answer_doctor(dialogue: Dialogue, knowledge: Knowledge, now: float, *, seen: bool) -> Next:
    """Whether a doctor has checked the complaint (S-33)."""
    if seen:
        dialogue = answered(dialogue)
        checked = (*dialogue.doctor_checked, *awaiting_doctor(dialogue, knowledge))
        return proceed(replace(dialogue, doctor_checked=checked), knowledge, now)
    waiting = replace(answered(dialogue), stage=Stage.DOCTOR_FIRST, page="")
    return Next(waiting, view(waiting, knowledge, now))


def complete_checklist(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Next:
    """Complete the checklist with the present ticks. If a reload has changed it meanwhile, ask it again."""
    if dialogue.checklist_version != knowledge.checklist.version:
        return proceed(replace(dialogue, stage=Stage.IDLE), knowledge, now)
    regions = regions_of(dialogue.conditions, dialogue.point, knowledge)
    first = dialogue.first_completed_at
    completed = replace(
        answered(dialogue),
        completed_at=now,
        first_completed_at=now if first is None else first,
        completed_for=tuple(dict.fromkeys((*dialogue.completed_for, *regions))),
    )
    return proceed(completed, knowledge, now)


def ask_if_wrong(dialogue: Dialogue, id_: str, knowledge: Knowledge, now: float) -> Next:
    """Ask whether this tick, stated contraindication or referred complaint was wrong, before it is taken back."""
    asked = replace(dialogue, stage=Stage.UNTICK, unticking=id_, page="")
    return Next(asked, view(asked, knowledge, now))


def answer_untick(dialogue: Dialogue, knowledge: Knowledge, now: float, *, wrong: bool) -> Next:
    """The answer to `ask_if_wrong`: only a clear yes takes it back (S-31)."""
    id_ = dialogue.unticking if wrong else ""
    kept = replace(
        answered(dialogue),
        unticking="",
        ticks=_without(id_, dialogue.ticks),
        stated=_without(id_, dialogue.stated),
        referred=_without(id_, dialogue.referred),
        conditions=_without(id_, dialogue.conditions),
        completed_at=None if wrong else dialogue.completed_at,
        completed_for=() if wrong else dialogue.completed_for,
        stage=Stage.IDLE,
    )
    if kept.conditions or kept.point:
        return proceed(kept, knowledge, now)
    return Next(kept, (pages.what_hurts(),))


def answer_flag_check(dialogue: Dialogue, knowledge: Knowledge, now: float, *, seen: bool) -> Next:
    """Whether a doctor or nurse has checked a red flag: only a clear yes leads on to screening (S-12)."""
    if not seen:
        return flags.repeat_advice(dialogue, knowledge)
    passed = replace(answered(dialogue), flag_checked=True, stage=Stage.IDLE)
    if passed.conditions or passed.point:
        return proceed(passed, knowledge, now)
    return Next(passed, (pages.what_hurts(),))


def erase_nothing(dialogue: Dialogue) -> Next:
    """ "No" to "Delete everything?"."""
    return Next(replace(answered(dialogue), stage=Stage.IDLE, page=""), (pages.nothing_erased(),))


def _without(id_: str, ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(other for other in ids if other != id_)
