"""Texts while a question is open (S-24): what answers it, what is served beside it, and what answers nothing."""

from dataclasses import replace

from bot.domain.knowledge import Knowledge
from bot.domain.screening.steps import UNSURE, is_crisis, row_stops
from bot.domain.state.dialogue import COUNTED, OPEN_QUESTIONS, Dialogue, Stage
from bot.domain.state.unread import asked_again, noted
from bot.domain.turns import buttons, doubts, flags, pages, session_buttons
from bot.domain.turns.answers import (
    answer_doctor,
    answer_flag_check,
    answer_question,
    answer_untick,
    complete_checklist,
    erase_nothing,
)
from bot.domain.turns.flow import proceed, view
from bot.domain.turns.replies import Next, Say
from bot.domain.understanding.understood import SmallTalk, TypedAnswer, Understood


def answer(dialogue: Dialogue, said: TypedAnswer, knowledge: Knowledge, now: float) -> Next | None:
    """Answer the open question with a typed yes, no or not sure; only a clear answer leads on (S-24).

    None if no question is open that takes such an answer.
    """
    yes, no = said is TypedAnswer.YES, said is TypedAnswer.NO
    match dialogue.stage:
        case Stage.HALF_HEARD if not no:
            return doubts.raise_all(dialogue, knowledge, now)
        case Stage.QUESTION:
            return answer_question(dialogue, knowledge, now, none=no)
        case Stage.DOCTOR:
            return answer_doctor(dialogue, knowledge, now, seen=yes)
        case Stage.CHECKLIST:
            return complete_checklist(dialogue if no else _unsure(dialogue), knowledge, now)
        case Stage.UNTICK:
            return answer_untick(dialogue, knowledge, now, wrong=yes)
        case Stage.FLAG_SURE:
            return flags.answer_sure(dialogue, knowledge, absent=no)
        case Stage.FLAG_CHECK:
            return answer_flag_check(dialogue, knowledge, now, seen=yes)
        case Stage.FLAG if no and not flags.in_crisis(dialogue, knowledge):
            return flags.ask_again(dialogue, knowledge)
        case Stage.CLOSEST if no:
            return buttons.start_over(dialogue, knowledge, now)
        case Stage.WRONG if no:
            return session_buttons.go_on(dialogue, knowledge, now)
        case Stage.WRONG:
            return session_buttons.hurts(dialogue, knowledge, now)
        case Stage.FORGET if not yes:
            return erase_nothing(dialogue)
        case _:
            return None


def unread_text(dialogue: Dialogue, knowledge: Knowledge, now: float) -> Next:
    """A text that does not answer the open question: it is asked once more, and the second such text counts as yes.

    As "not sure" does: it never leads on. `dialogue.stage` must be one of `COUNTED`.
    """
    if asked_again(dialogue):
        counted = answer(dialogue, TypedAnswer.UNSURE, knowledge, now)
        if counted is not None:
            return counted
    missed = noted(replace(dialogue, page=""))
    return Next(missed, view(missed, knowledge, now))


def unclear(dialogue: Dialogue, understood: Understood, knowledge: Knowledge, now: float) -> Next:
    """A text that does not answer the open question. What it states counts; else the question is asked again (S-24)."""
    stated = bool(understood.ticked or understood.contraindications)
    newly_stops = any(row_stops(row, dialogue, knowledge) for row in understood.ticked)
    match dialogue.stage:
        case Stage.CHECKLIST if newly_stops:
            return complete_checklist(dialogue, knowledge, now)
        case Stage.QUESTION | Stage.DOCTOR | Stage.CHECKLIST if stated:
            return proceed(dialogue, knowledge, now)
        case Stage.REMIND_ZONE:
            return Next(dialogue, (Say("remind.unknown_zone"), *view(dialogue, knowledge, now)))
        case stage if stage in COUNTED:
            return unread_text(dialogue, knowledge, now)
        case _:
            return Next(dialogue, view(dialogue, knowledge, now))


def small_talk(dialogue: Dialogue, said: SmallTalk, knowledge: Knowledge, now: float) -> Next | None:
    """Answer small talk; an open question stands again below it, and nothing is counted.

    An "ok" to an open question is unclear and counts. Below a question about a crisis stands nothing else. None where a
    red flag stands and no question is open: then its action matters more.
    """
    if dialogue.stage not in OPEN_QUESTIONS:
        return None if dialogue.flags else Next(dialogue, (pages.small_talk(said),))
    if said is SmallTalk.OK:
        return unread_text(dialogue, knowledge, now)
    shown = view(replace(dialogue, page=""), knowledge, now)
    crisis = dialogue.stage is Stage.HALF_HEARD and is_crisis(dialogue.doubts, knowledge)
    return Next(replace(dialogue, page=""), shown if crisis else (pages.small_talk(said), *shown))


def _unsure(dialogue: Dialogue) -> Dialogue:
    return replace(dialogue, ticks=tuple(dict.fromkeys((*dialogue.ticks, UNSURE))))
