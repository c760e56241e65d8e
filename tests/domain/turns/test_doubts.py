"""Half-heard warning signs: asked about before anything else, and what was said is answered once they are denied."""

from dataclasses import replace
from itertools import product

import pytest

from bot.domain.knowledge import Urgency
from bot.domain.screening.steps import Step, next_step, open_first_lock
from bot.domain.state.dialogue import Dialogue, Stage
from bot.domain.state.stored import drop_unknown_ids, from_json, to_json
from bot.domain.turns.events import Action
from bot.domain.turns.replies import (
    ActionAgain,
    Advice,
    AskHalfHeard,
    AskQuestion,
    QuestionAdvice,
    Reply,
    Say,
    shown_points,
)
from bot.domain.understanding.understood import HalfHeard, TypedAnswer, Understood
from tests.chatting import Chat, complaint, flag, heard

HEART = HalfHeard("heart_attack", 0.6, "weight on my breastbone")
SPINE = HalfHeard("spine_serious", 0.4, "my back burns at night")
CRISIS = HalfHeard("suicidal_crisis", 0.5, "no use any more")
LUMP = HalfHeard("lump", 0.5, "a bump")
ROWS = ((HEART,), (CRISIS,), (HEART, SPINE), (SPINE, CRISIS, HEART))
TEXTS = {
    "nothing": Understood(),
    "another language": Understood(readable=False),
    "a complaint": complaint("neck_pain"),
    "two complaints": complaint("knee_pain", "neck_pain"),
    "a complaint that is referred": complaint("hernia"),
    "a complaint of somebody": complaint("knee_pain", about="mum"),
    "a pregnancy": complaint("knee_pain", ticked=frozenset({"pregnancy"})),
    "choices": Understood(offered=heard("knee_pain", "hip_pain")),
    "vague pain": Understood(vague=True),
    "a point": Understood(points=("LI4",)),
    "several points": Understood(point_choice=("LI4", "HT7")),
    "a precaution": Understood(contraindications=frozenset({"osteoporosis"})),
    "a refused wish": Understood(refusal="labour"),
    "a mild sign": Understood(red_flags=(flag("lump", Urgency.SEE_GP),)),
}
STAGES = (
    Stage.IDLE, Stage.WHERE, Stage.QUESTION, Stage.DOCTOR, Stage.CHECKLIST, Stage.RECOMMENDED, Stage.BEFORE,
    Stage.SESSION, Stage.STOPPED, Stage.FLAG, Stage.FLAG_SURE, Stage.FORGET,
)  # fmt: skip


def bring(stage: Stage) -> Chat:
    """A chat with this question open."""
    chat = Chat()
    match stage:
        case Stage.WHERE:
            chat.say(Understood(vague=True))
        case Stage.QUESTION:
            chat.wants("hip_pain")
        case Stage.DOCTOR:
            chat.wants("hip_pain")
            chat.press(Action.ANSWER_NONE)
        case Stage.CHECKLIST:
            chat.wants("neck_pain")
            chat.press(Action.ANSWER_NONE)
        case Stage.RECOMMENDED:
            chat.screened("knee_pain")
        case Stage.BEFORE | Stage.SESSION:
            chat.screened("knee_pain")
            chat.press(Action.SESSION)
            if stage is Stage.SESSION:
                chat.press(Action.RATE, "5")
        case Stage.STOPPED:
            chat.wants("neck_pain")
            chat.press(Action.ANSWER_NONE)
            chat.press(Action.TICK, "pregnancy")
            chat.press(Action.DONE)
        case Stage.FLAG | Stage.FLAG_SURE:
            chat.say(Understood(red_flags=(flag("stroke"),)))
            if stage is Stage.FLAG_SURE:
                chat.press(Action.NO_FLAG)
        case Stage.FORGET:
            chat.command("forget")
        case _:
            pass
    assert chat.stage is stage
    return chat


def asked(chat: Chat) -> AskHalfHeard:
    """The question of their own: the only reply, or below the action of a warning that stands (S-85)."""
    *action, reply = chat.replies
    assert [type(each) for each in action] in ([], [ActionAgain])
    assert isinstance(reply, AskHalfHeard)
    return reply


def deny_all(chat: Chat) -> None:
    """Denies everything that is half heard, one question after the other."""
    while chat.stage is Stage.HALF_HEARD:
        chat.press(Action.DOUBT_NO)


def unquoted(replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """The replies without words, which are not kept, and without the signs that a question took along."""
    return tuple(
        replace(each, matched=(), doubts=(), second=False) if isinstance(each, AskQuestion) else each
        for each in replies
    )


def compared(dialogue: Dialogue) -> Dialogue:
    return replace(dialogue, revision=0, doubts=(), recent=())


@pytest.mark.safety("S-80", "S-81")
@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize(("stage", "name"), list(product(STAGES, TEXTS)))
def test_a_doubt_is_asked_about_and_after_no_the_text_is_answered_as_without_it(
    stage: Stage, name: str, rows: tuple[HalfHeard, ...]
) -> None:
    doubting, plain = bring(stage), bring(stage)
    doubting.say(TEXTS[name]._replace(half_heard=rows))
    plain.say(TEXTS[name])
    assert doubting.points == ()
    assert set(doubting.dialogue.doubts) <= {row.id for row in rows}
    assert doubting.dialogue.doubts
    assert open_first_lock(doubting.dialogue, doubting.knowledge, doubting.now) is None
    deny_all(doubting)
    if stage in {Stage.BEFORE, Stage.SESSION}:
        assert doubting.dialogue.session is not None or doubting.dialogue.stage is not stage
        return
    assert unquoted(doubting.replies) == unquoted(plain.replies)
    assert compared(doubting.dialogue) == compared(plain.dialogue)


@pytest.mark.safety("S-80", "S-83")
@pytest.mark.parametrize(("stage", "name"), list(product(STAGES, TEXTS)))
def test_a_crisis_is_asked_about_alone_whatever_else_is_said(stage: Stage, name: str) -> None:
    chat = bring(stage)
    chat.say(TEXTS[name]._replace(half_heard=(HEART, CRISIS)))
    assert asked(chat) == AskHalfHeard((CRISIS,), crisis=True)
    chat.press(Action.DOUBT_YES)
    standing = ("stroke",) if stage in {Stage.FLAG, Stage.FLAG_SURE} else ()
    assert chat.last() == (Advice(("suicidal_crisis", *standing), withdrawable=False),)
    assert chat.dialogue.doubts == ()


@pytest.mark.safety("S-80", "S-24")
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("answer", [TypedAnswer.YES, TypedAnswer.UNSURE, None])
def test_yes_not_sure_and_the_second_unclear_text_raise_the_flag(stage: Stage, answer: TypedAnswer | None) -> None:
    chat = bring(stage)
    chat.say(Understood(half_heard=(SPINE, HEART)))
    assert asked(chat) == AskHalfHeard((SPINE, HEART), crisis=False)
    if answer is None:
        chat.say(complaint("knee_pain"))
        nothing = tuple(row._replace(quote="", doubt=0.0) for row in (SPINE, HEART))
        assert asked(chat) == AskHalfHeard(nothing, crisis=False, repeated=True)
    chat.say(Understood(answer=answer))
    assert chat.last() == (Advice(("heart_attack", "spine_serious"), withdrawable=True),)
    assert chat.dialogue.flags[:2] == ("heart_attack", "spine_serious")
    assert (chat.stage, chat.dialogue.doubts, chat.dialogue.put_off) == (Stage.FLAG, (), "")


@pytest.mark.safety("S-80")
def test_a_typed_no_denies_them_for_this_text_only() -> None:
    chat = Chat()
    for _ in range(2):
        chat.say(Understood(half_heard=(HEART,)))
        assert asked(chat).doubts == (HEART,)
        chat.answer(TypedAnswer.NO)
        (reply,) = chat.last()
        assert isinstance(reply, Say)
        assert chat.dialogue.doubts == ()


@pytest.mark.safety("S-1", "S-80")
def test_a_sure_sign_goes_before_the_question() -> None:
    chat = Chat()
    chat.say(Understood(half_heard=(HEART,)))
    chat.say(Understood(red_flags=(flag("stroke"),)))
    assert chat.last() == (Advice(("stroke",), withdrawable=True),)
    assert (chat.dialogue.doubts, chat.dialogue.put_off) == ((), "")


@pytest.mark.safety("S-80", "S-83")
def test_a_crisis_half_heard_in_an_answer_is_asked_about_first_and_the_other_sign_then() -> None:
    chat = Chat()
    chat.say(complaint("hernia")._replace(half_heard=(HEART,)))
    chat.say(Understood(half_heard=(CRISIS,), refusal="faint"))
    assert asked(chat) == AskHalfHeard((CRISIS,), crisis=True)
    chat.press(Action.DOUBT_NO)
    assert [row.id for row in asked(chat).doubts] == ["heart_attack"]
    chat.press(Action.DOUBT_NO)
    assert chat.stage is Stage.REFERRED


@pytest.mark.safety("S-80")
def test_the_question_of_a_complaint_takes_bodily_signs_along_without_a_tap_more() -> None:
    chat = Chat()
    chat.say(complaint("neck_pain")._replace(half_heard=(HEART,)))
    (reply,) = chat.last()
    assert isinstance(reply, AskQuestion)
    assert (reply.question, reply.doubts) == ("neck", (HEART,))
    chat.press(Action.ANSWER_NONE)
    assert (chat.stage, chat.dialogue.doubts) == (Stage.CHECKLIST, ())


@pytest.mark.safety("S-80", "S-24")
def test_a_yes_to_that_question_counts_for_its_signs_and_the_half_heard_ones() -> None:
    chat = Chat()
    chat.say(complaint("neck_pain")._replace(half_heard=(SPINE, HEART)))
    chat.press(Action.ANSWER_YES)
    expected = QuestionAdvice("neck", ("heart_attack", "spine_serious"))
    assert chat.last() == (expected,)
    assert chat.dialogue.flags == ("question:neck", "heart_attack", "spine_serious")
    chat.press(Action.NO_FLAG)
    assert chat.stage is Stage.FLAG_SURE


@pytest.mark.safety("S-81")
@pytest.mark.parametrize("leaves", ["cancel", "start", "points"])
def test_who_leaves_the_question_gets_no_points_before_it_is_answered(leaves: str) -> None:
    chat = Chat()
    chat.say(Understood(half_heard=(CRISIS,)))
    chat.command(leaves)
    chat.press(Action.CHOOSE, "knee_pain")
    assert asked(chat) == AskHalfHeard((CRISIS._replace(doubt=0.0, quote=""),), crisis=True)
    chat.press(Action.DOUBT_NO)
    assert chat.stage is Stage.QUESTION
    chat.press(Action.ANSWER_NONE)
    chat.press(Action.DONE)
    assert chat.points


@pytest.mark.safety("S-81")
@pytest.mark.parametrize("action", [action for action in Action if action is not Action.DOUBT_NO])
@pytest.mark.parametrize("stage", [Stage.RECOMMENDED, Stage.SESSION])
def test_no_button_shows_points_while_the_question_is_open(stage: Stage, action: Action) -> None:
    chat = bring(stage)
    chat.say(Understood(half_heard=(HEART,)))
    for arg in ("5",) if action is Action.RATE else ("", "SP10", "0", "knee_pain"):
        chat.press(action, arg)
        if not chat.dialogue.doubts:
            return  # it was answered with yes, or everything was forgotten
        assert all(not shown_points(reply) for reply in chat.replies)
        assert next_step(chat.dialogue, chat.knowledge, chat.now) in {Step.HALF_HEARD, Step.QUESTION}


@pytest.mark.safety("S-80", "S-86")
def test_the_clock_of_a_session_waits_for_the_answer() -> None:
    chat = bring(Stage.SESSION)
    chat.later(10)
    chat.say(Understood(half_heard=(HEART,)))
    session = chat.dialogue.session
    assert session is not None
    assert session.paused
    chat.later(600)
    chat.press(Action.DOUBT_NO)
    assert chat.stage is Stage.WRONG  # the answer that the text would have had
    assert chat.dialogue.session == session
    chat.press(Action.RESUME, "0")
    assert chat.dialogue.session.ends_at == chat.now + session.remaining


@pytest.mark.safety("S-80")
def test_signs_that_stop_nothing_are_not_asked_about() -> None:
    chat = Chat()
    chat.say(Understood(half_heard=(LUMP,)))
    assert chat.stage is Stage.IDLE
    assert chat.dialogue.see_gp == ()


def test_a_sign_that_a_doctor_should_see_and_that_is_likely_is_told_with_the_points() -> None:
    chat = Chat()
    chat.say(complaint("neck_pain")._replace(half_heard=(LUMP._replace(doubt=0.9),)))
    assert chat.dialogue.see_gp == ("lump",)
    assert chat.stage is Stage.QUESTION


@pytest.mark.safety("S-52")
def test_no_word_is_kept_and_what_is_kept_is_read_back() -> None:
    chat = Chat()
    chat.say(TEXTS["choices"]._replace(half_heard=(CRISIS, HEART)))
    kept = to_json(chat.dialogue)
    assert not any(word in kept for word in ("breastbone", "weight", "use any more"))
    assert from_json(kept) == chat.dialogue


def test_what_a_reload_removes_is_not_asked_about() -> None:
    chat = Chat()
    chat.say(TEXTS["choices"]._replace(half_heard=(HEART,)))
    fewer = {id_: each for id_, each in chat.knowledge.red_flags.items() if id_ != "heart_attack"}
    assert drop_unknown_ids(chat.dialogue, replace(chat.knowledge, red_flags=fewer)).doubts == ()
    fewer_complaints = {id_: each for id_, each in chat.knowledge.conditions.items() if id_ != "knee_pain"}
    chat.knowledge = replace(chat.knowledge, conditions=fewer_complaints)
    chat.press(Action.DOUBT_NO)
    assert chat.dialogue.offered == ("hip_pain",)


@pytest.mark.safety("S-1", "S-80")
@pytest.mark.parametrize("name", ["points", "conditions", "nonsense"])
def test_the_argument_of_a_command_is_half_heard_too(name: str) -> None:
    chat = Chat()
    chat.command(name, Understood(half_heard=(HEART,)), "weight on my breastbone")
    assert asked(chat).doubts == (HEART,)
