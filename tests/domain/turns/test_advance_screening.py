"""The way from a complaint to points, pressed and typed."""

from dataclasses import replace

import pytest

from bot.domain.knowledge import Checklist
from bot.domain.screening.steps import UNSURE
from bot.domain.state.dialogue import Stage
from bot.domain.turns.events import Action
from bot.domain.turns.replies import AskChecklist, AskQuestion, DoctorFirst, Overview, QuestionAdvice, Stopped
from bot.domain.understanding.understood import TypedAnswer, Understood
from tests.chatting import Chat, complaint, heard

NO, YES, NOT_SURE = TypedAnswer.NO, TypedAnswer.YES, TypedAnswer.UNSURE


def test_a_healthy_person_needs_two_taps(chat: Chat) -> None:
    chat.wants("neck_pain")
    assert chat.last() == (AskQuestion("neck", ("neck_pain",), "", heard("neck_pain")),)
    chat.press(Action.ANSWER_NONE)
    assert chat.last() == (AskChecklist((), ""),)
    chat.press(Action.DONE)
    assert isinstance(chat.replies[0], Overview)
    assert chat.points == ("GB20", "GB21", "LI4")


@pytest.mark.safety("S-47")
def test_the_same_can_be_typed(chat: Chat) -> None:
    chat.wants("neck_pain")
    chat.answer(NO)
    assert chat.stage is Stage.CHECKLIST
    chat.answer(NO)
    assert chat.points == ("GB20", "GB21", "LI4")


@pytest.mark.safety("S-24")
@pytest.mark.parametrize(
    "texts",
    [
        (Understood(answer=YES),),
        (Understood(answer=NOT_SURE),),
        (Understood(), Understood()),
        (Understood(vague=True), Understood()),
        (Understood(), Understood(answer=NOT_SURE)),
    ],
)
def test_anything_but_a_clear_none_to_the_red_flag_question_counts_as_yes(
    chat: Chat, texts: tuple[Understood, ...]
) -> None:
    chat.wants("neck_pain")
    for text in texts:
        chat.say(text)
    assert chat.last() == (QuestionAdvice("neck"),)
    assert chat.stage is Stage.FLAG
    assert chat.dialogue.flags == ("question:neck",)


@pytest.mark.safety("S-24")
def test_yes_or_not_sure_pressed_gives_advice_and_no_points(chat: Chat) -> None:
    chat.wants("neck_pain")
    chat.press(Action.ANSWER_YES)
    assert chat.last() == (QuestionAdvice("neck"),)
    assert chat.dialogue.conditions == ()


@pytest.mark.safety("S-24")
@pytest.mark.parametrize("answer", [YES, NOT_SURE])
def test_not_sure_about_the_whole_checklist_stops(chat: Chat, answer: TypedAnswer) -> None:
    chat.wants("neck_pain")
    chat.answer(NO)
    chat.answer(answer)
    assert chat.last() == (Stopped((), (), unsure=True),)
    assert UNSURE in chat.dialogue.ticks


@pytest.mark.safety("S-24")
def test_unclear_text_leaves_the_checklist_open_and_says_so(chat: Chat) -> None:
    chat.wants("neck_pain")
    chat.answer(NO)
    chat.say(Understood())
    assert chat.last() == (AskChecklist((), "", repeated=True),)


@pytest.mark.safety("S-28")
@pytest.mark.parametrize("row", ["pregnancy", "varicose_veins", "under_18", "skin_or_injury"])
def test_a_tick_that_stops_for_the_neck_ends_without_points(chat: Chat, row: str) -> None:
    chat.wants("neck_pain")
    chat.answer(NO)
    chat.press(Action.TICK, row)
    assert chat.last() == (AskChecklist((row,), ""),)
    chat.press(Action.DONE)
    assert chat.last() == (Stopped((row,), ()),)


@pytest.mark.safety("S-32", "S-59")
@pytest.mark.parametrize("row", ["pregnancy", "under_18"])
def test_what_the_first_message_states_comes_ticked(chat: Chat, row: str) -> None:
    chat.say(complaint("neck_pain", ticked=frozenset({row})))
    chat.answer(NO)
    assert chat.last() == (AskChecklist((row,), ""),)
    chat.answer(NO)
    assert chat.last() == (Stopped((row,), ()),)


@pytest.mark.safety("S-32")
def test_a_stop_typed_into_the_checklist_stops_at_once(chat: Chat) -> None:
    chat.wants("neck_pain")
    chat.answer(NO)
    chat.say(Understood(ticked=frozenset({"pregnancy"})))
    assert chat.last() == (Stopped(("pregnancy",), ()),)


@pytest.mark.safety("S-32", "S-59")
def test_a_stop_told_after_the_recommendation_withdraws_it(chat: Chat) -> None:
    chat.screened("neck_pain")
    chat.say(Understood(ticked=frozenset({"under_18"})))
    assert chat.last() == (Stopped(("under_18",), ()),)
    assert chat.press(Action.CARD, "GB20").replies == (Stopped(("under_18",), ()),)


@pytest.mark.safety("S-32")
def test_a_stop_told_before_any_wish_is_answered_and_kept(chat: Chat) -> None:
    chat.say(Understood(contraindications=frozenset({"fever_infection"})))
    assert chat.last() == (Stopped((), ("fever_infection",)),)
    chat.wants("neck_pain")
    assert chat.last() == (Stopped((), ("fever_infection",)),)


@pytest.mark.safety("S-32")
@pytest.mark.parametrize("stage", [Stage.QUESTION, Stage.DOCTOR])
def test_a_precaution_typed_to_another_question_leaves_that_question_open(chat: Chat, stage: Stage) -> None:
    chat.wants("hip_pain")
    if stage is Stage.DOCTOR:
        chat.answer(NO)
    chat.say(Understood(ticked=frozenset({"pregnancy"})))
    assert (chat.stage, chat.dialogue.ticks) == (stage, ("pregnancy",))


@pytest.mark.safety("S-33")
def test_a_complaint_for_the_doctor_first_needs_one_more_tap(chat: Chat) -> None:
    chat.wants("hip_pain")
    chat.answer(NO)
    assert chat.last() == (DoctorFirst(("hip_pain",), asking=True),)
    chat.press(Action.DOCTOR_NO)
    assert chat.last() == (DoctorFirst(("hip_pain",), asking=False),)
    chat.wants("hip_pain")
    chat.answer(YES)
    assert chat.stage is Stage.CHECKLIST


@pytest.mark.safety("S-24", "S-33")
@pytest.mark.parametrize("text", [Understood(answer=NOT_SURE), Understood(answer=NO), Understood()])
def test_only_a_clear_yes_says_that_a_doctor_has_checked_it(chat: Chat, text: Understood) -> None:
    chat.wants("hip_pain")
    chat.answer(NO)
    chat.say(text)
    assert chat.dialogue.doctor_checked == ()
    assert chat.stage in {Stage.DOCTOR, Stage.DOCTOR_FIRST}


@pytest.mark.safety("S-30")
def test_a_checklist_that_a_reload_has_changed_is_asked_again(chat: Chat) -> None:
    chat.wants("neck_pain")
    chat.answer(NO)
    chat.knowledge = replace(chat.knowledge, checklist=Checklist("2", chat.knowledge.checklist.rows))
    chat.press(Action.DONE)
    assert chat.last() == (AskChecklist((), ""),)
    chat.press(Action.DONE)
    assert chat.points


@pytest.mark.safety("S-20")
def test_the_answer_counts_for_the_question_that_was_shown(chat: Chat) -> None:
    chat.wants("neck_pain")
    other = replace(chat.knowledge.conditions["neck_pain"], question="wrist")
    chat.knowledge = replace(chat.knowledge, conditions={**chat.knowledge.conditions, "neck_pain": other})
    chat.answer(NO)
    assert chat.last() == (AskQuestion("wrist", ("neck_pain",), ""),)
