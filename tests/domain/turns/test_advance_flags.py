"""Red flags in a conversation: they end the wish, last for a day, and are withdrawn only by a clear answer."""

import pytest

from bot.domain.knowledge import Urgency
from bot.domain.state.dialogue import Stage
from bot.domain.state.durations import DAY, HOUR
from bot.domain.turns.events import Action
from bot.domain.turns.replies import Advice, AskQuestion, QuestionAdvice, Say
from bot.domain.understanding.understood import TypedAnswer, Understood
from tests.chatting import MINUTE, Chat, complaint, flag

STROKE = Understood(red_flags=(flag("stroke"),))
TODAY = Understood(red_flags=(flag("spine_serious", Urgency.SAME_DAY),))
CRISIS = Understood(red_flags=(flag("suicidal_crisis"),))
LUMP = flag("lump", Urgency.SEE_GP)


def key(chat: Chat) -> str:
    """The key of the only reply, which must be a fixed text."""
    (reply,) = chat.replies
    assert isinstance(reply, Say)
    return reply.key


def bring(chat: Chat, stage: Stage) -> None:
    """A chat with this question open."""
    if stage is Stage.FORGET:
        chat.command("forget")
    elif stage is Stage.WHERE:
        chat.say(Understood(vague=True))
    elif stage is not Stage.IDLE:
        chat.wants("hip_pain")
        steps = {Stage.QUESTION: 0, Stage.DOCTOR: 1, Stage.CHECKLIST: 2, Stage.RECOMMENDED: 3}[stage]
        for answer in (TypedAnswer.NO, TypedAnswer.YES, TypedAnswer.NO)[:steps]:
            chat.answer(answer)
    assert chat.stage is stage


@pytest.mark.safety("S-1", "S-2", "S-25")
@pytest.mark.parametrize(
    "stage",
    [Stage.IDLE, Stage.WHERE, Stage.QUESTION, Stage.DOCTOR, Stage.CHECKLIST, Stage.RECOMMENDED, Stage.FORGET],
)
@pytest.mark.parametrize(
    "text", [STROKE, TODAY, STROKE._replace(answer=TypedAnswer.NO, points=("LI4",), refusal="labour")]
)
def test_a_red_flag_ends_what_runs_in_every_state(chat: Chat, stage: Stage, text: Understood) -> None:
    bring(chat, stage)
    before = chat.dialogue.revision
    chat.say(text)
    assert chat.last() == (Advice((text.red_flags[0].id,), withdrawable=True),)
    assert (chat.stage, chat.dialogue.conditions, chat.dialogue.answered_none) == (Stage.FLAG, (), ())
    assert chat.dialogue.revision > before


@pytest.mark.safety("S-1", "S-2")
@pytest.mark.parametrize("name", ["points", "conditions", "start", "help", "forget", "nonsense"])
def test_a_red_flag_in_the_argument_of_a_command_is_a_red_flag(chat: Chat, name: str) -> None:
    chat.command(name, STROKE, "my face has dropped")
    assert chat.last() == (Advice(("stroke",), withdrawable=True),)


@pytest.mark.safety("S-2")
def test_after_a_flag_no_older_button_leads_to_points(chat: Chat) -> None:
    chat.screened("neck_pain")
    revision = chat.dialogue.revision
    chat.say(STROKE)
    for action, arg in ((Action.CARD, "GB20"), (Action.OVERVIEW, ""), (Action.DONE, ""), (Action.ANSWER_NONE, "")):
        assert chat.press(action, arg, revision).stale
        assert chat.points == ()


@pytest.mark.safety("S-4")
def test_of_several_flags_the_first_two_are_said_and_all_are_kept(chat: Chat) -> None:
    today = flag("spine_serious", Urgency.SAME_DAY)
    chat.say(Understood(red_flags=(flag("stroke"), flag("heart_attack"), today, LUMP)))
    assert chat.last() == (Advice(("stroke", "heart_attack"), withdrawable=True),)
    assert chat.dialogue.flags == ("stroke", "heart_attack", "spine_serious")


@pytest.mark.safety("S-12")
def test_after_a_flag_the_first_wish_asks_whether_somebody_has_checked_it(chat: Chat) -> None:
    chat.say(STROKE)
    chat.later(DAY - MINUTE)
    chat.wants("neck_pain")
    assert key(chat) == "flag.check"
    chat.answer(TypedAnswer.YES)
    assert chat.last() == (AskQuestion("neck", ("neck_pain",), ""),)
    chat.answer(TypedAnswer.NO)
    chat.answer(TypedAnswer.NO)
    assert chat.points


@pytest.mark.safety("S-12", "S-24")
@pytest.mark.parametrize(
    "texts", [(Understood(answer=TypedAnswer.NO),), (Understood(answer=TypedAnswer.UNSURE),), (Understood(),) * 2]
)
def test_without_a_clear_yes_the_advice_comes_again(chat: Chat, texts: tuple[Understood, ...]) -> None:
    chat.say(STROKE)
    chat.wants("neck_pain")
    for text in texts:
        chat.say(text)
    assert chat.last() == (Advice(("stroke",), withdrawable=True),)
    chat.wants("neck_pain")
    assert key(chat) == "flag.check"


@pytest.mark.safety("S-12")
def test_the_flag_outlives_the_hour_of_the_answers(chat: Chat) -> None:
    chat.screened("neck_pain")
    chat.say(STROKE)
    chat.later(2 * HOUR)
    chat.press(Action.SHOW, "LI4")
    assert key(chat) == "flag.check"


@pytest.mark.safety("S-12")
def test_a_day_later_the_flag_is_forgotten(chat: Chat) -> None:
    chat.say(STROKE)
    chat.later(DAY)
    chat.wants("neck_pain")
    assert isinstance(chat.replies[0], AskQuestion)


@pytest.mark.safety("S-12")
@pytest.mark.parametrize("typed", [True, False])
def test_a_flag_is_taken_back_by_a_clear_no_to_its_own_question(chat: Chat, typed: bool) -> None:
    chat.say(STROKE)
    chat.press(Action.NO_FLAG)
    assert (key(chat), chat.stage) == ("flag.sure", Stage.FLAG_SURE)
    chat.answer(TypedAnswer.NO) if typed else chat.press(Action.NO_FLAG_SURE)
    assert key(chat) == "ask.what_hurts"
    assert (chat.dialogue.flags, chat.dialogue.flag_at, chat.points) == ((), None, ())
    chat.wants("neck_pain")
    assert isinstance(chat.replies[0], AskQuestion)


@pytest.mark.safety("S-12", "S-24")
@pytest.mark.parametrize(
    "texts", [(Understood(answer=TypedAnswer.YES),), (Understood(answer=TypedAnswer.UNSURE),), (Understood(),) * 2]
)
def test_anything_but_a_clear_no_leaves_the_flag(chat: Chat, texts: tuple[Understood, ...]) -> None:
    chat.say(STROKE)
    chat.press(Action.NO_FLAG)
    for text in texts:
        chat.say(text)
    assert chat.last() == (Advice(("stroke",), withdrawable=True),)
    assert chat.dialogue.flags == ("stroke",)


@pytest.mark.safety("S-12")
def test_a_yes_to_a_red_flag_question_is_remembered_and_taken_back_like_a_flag(chat: Chat) -> None:
    chat.wants("neck_pain")
    chat.press(Action.ANSWER_YES)
    chat.wants("knee_pain")
    assert key(chat) == "flag.check"
    chat.press(Action.FLAG_UNCHECKED)
    assert chat.last() == (QuestionAdvice("neck"),)
    chat.press(Action.NO_FLAG)
    chat.press(Action.NO_FLAG_SURE)
    assert chat.dialogue.flags == ()


@pytest.mark.safety("S-12", "S-15")
def test_crisis_advice_cannot_be_taken_back(chat: Chat) -> None:
    chat.say(CRISIS)
    assert chat.last() == (Advice(("suicidal_crisis",), withdrawable=False),)
    for action in (Action.NO_FLAG, Action.NO_FLAG_SURE):
        chat.press(action)
        assert chat.dialogue.flags == ("suicidal_crisis",)
    chat.say(STROKE)
    assert chat.last() == (Advice(("stroke", "suicidal_crisis"), withdrawable=False),)


@pytest.mark.safety("S-12", "S-15")
@pytest.mark.parametrize(
    "text",
    [
        Understood(),
        Understood(readable=False),
        Understood(vague=True),
        Understood(answer=TypedAnswer.NO),
        Understood(answer=TypedAnswer.YES),
        Understood(ticked=frozenset({"pregnancy"})),
    ],
)
@pytest.mark.parametrize("wait", [0.0, HOUR, DAY - MINUTE])
def test_for_a_day_after_a_crisis_unmatched_text_gets_the_crisis_lines(
    chat: Chat, text: Understood, wait: float
) -> None:
    chat.say(CRISIS)
    chat.later(wait)
    chat.say(text)
    assert key(chat) == "flag.crisis_lines"
    chat.voice_message()
    assert key(chat) == "flag.crisis_lines"
    chat.command("nonsense")
    assert key(chat) == "flag.crisis_lines"


@pytest.mark.safety("S-12")
def test_a_day_after_a_crisis_the_usual_answers_are_back(chat: Chat) -> None:
    chat.say(CRISIS)
    chat.later(DAY)
    chat.say(Understood())
    assert key(chat) == "no_match.first"


@pytest.mark.safety("S-12")
def test_after_a_crisis_points_need_a_clear_yes_too(chat: Chat) -> None:
    chat.say(CRISIS)
    chat.wants("fatigue")
    assert key(chat) == "flag.check_crisis"
    (asked,) = chat.replies
    assert isinstance(asked, Say)
    assert Action.NO_FLAG not in {choice.press.action for row in asked.choices for choice in row}
    chat.answer(TypedAnswer.YES)
    assert chat.last() == (AskQuestion("mood", ("fatigue",), ""),)


def test_a_sign_that_needs_a_visit_lets_points_pass_and_is_said_alone_too(chat: Chat) -> None:
    chat.say(Understood(red_flags=(LUMP,)))
    assert key(chat) == "overview.see_gp"
    chat.say(complaint("neck_pain")._replace(red_flags=(LUMP,)))
    assert isinstance(chat.replies[0], AskQuestion)
    assert chat.dialogue.see_gp == ("lump",)
