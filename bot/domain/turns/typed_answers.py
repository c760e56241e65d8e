"""A text while a question is open: what a typed yes, no or not sure does, and what any other text does."""

from dataclasses import replace

from bot.domain.knowledge import Knowledge
from bot.domain.screening.steps import UNSURE, row_stops
from bot.domain.state.dialogue import Dialogue, Stage
from bot.domain.turns import buttons, flags
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
from bot.domain.understanding.understood import TypedAnswer, Understood


def answer(dialogue: Dialogue, said: TypedAnswer, knowledge: Knowledge, now: float) -> Next | None:
    """Answer the open question with a typed yes, no or not sure; only a clear answer leads on (S-24).

    None if no question is open that takes such an answer.
    """
    yes, no = said is TypedAnswer.YES, said is TypedAnswer.NO
    match dialogue.stage:
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
        case Stage.FORGET if no:
            return erase_nothing(dialogue)
        case _:
            return None


def unclear(dialogue: Dialogue, understood: Understood, knowledge: Knowledge, now: float) -> Next:
    """A text that does not answer the open question: it counts as yes, or the question is asked again (S-24)."""
    stated = bool(understood.ticked or understood.contraindications)
    newly_stops = any(row_stops(row, dialogue, knowledge) for row in understood.ticked)
    match dialogue.stage:
        case Stage.QUESTION | Stage.DOCTOR if stated:
            return proceed(dialogue, knowledge, now)
        case Stage.QUESTION:
            return answer_question(dialogue, knowledge, now, none=False)
        case Stage.FLAG_SURE:
            return flags.answer_sure(dialogue, knowledge, absent=False)
        case Stage.FLAG_CHECK:
            return answer_flag_check(dialogue, knowledge, now, seen=False)
        case Stage.CHECKLIST if newly_stops:
            return complete_checklist(dialogue, knowledge, now)
        case Stage.CHECKLIST:
            return proceed(dialogue, knowledge, now, repeated=not stated)
        case Stage.REMIND_ZONE:
            return Next(dialogue, (Say("remind.unknown_zone"), *view(dialogue, knowledge, now)))
        case _:
            return Next(dialogue, view(dialogue, knowledge, now))


def _unsure(dialogue: Dialogue) -> Dialogue:
    return replace(dialogue, ticks=tuple(dict.fromkeys((*dialogue.ticks, UNSURE))))
