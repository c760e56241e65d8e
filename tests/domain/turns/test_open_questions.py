"""S-24 for every open question: what counts as yes at once, what is served, and what is asked about once more."""

from collections.abc import Callable
from itertools import product

import pytest

from bot.domain.screening.steps import UNSURE
from bot.domain.state.dialogue import COUNTED, Stage
from bot.domain.state.stored import from_json, to_json
from bot.domain.state.unread import asked_again
from bot.domain.turns.events import Action
from bot.domain.turns.replies import Reply, Say
from bot.domain.understanding.understood import HalfHeard, SmallTalk, TypedAnswer, Understood
from tests.chatting import Chat, complaint, flag

CRISIS = HalfHeard("suicidal_crisis", 0.5, "no use any more")
UNREAD = {
    "nothing": Understood(),
    "another language": Understood(readable=False),
    "pain": Understood(vague=True),
    "ok": Understood(small_talk=SmallTalk.OK),
}
SERVED: dict[str, Callable[[Chat], object]] = {
    "thanks": lambda chat: chat.say(Understood(small_talk=SmallTalk.THANKS)),
    "hello": lambda chat: chat.say(Understood(small_talk=SmallTalk.HELLO)),
    "about": lambda chat: chat.command("about"),
    "mydata": lambda chat: chat.command("mydata"),
    "a voice message": lambda chat: chat.voice_message(),
}


def _asked(chat: Chat, stage: Stage) -> None:
    match stage:
        case Stage.HALF_HEARD:
            chat.say(Understood(half_heard=(CRISIS,)))
        case Stage.QUESTION:
            chat.wants("hip_pain")
        case Stage.DOCTOR:
            chat.wants("hip_pain")
            chat.press(Action.ANSWER_NONE)
        case Stage.CHECKLIST | Stage.UNTICK:
            chat.wants("neck_pain")
            chat.press(Action.ANSWER_NONE)
            if stage is Stage.UNTICK:
                chat.press(Action.TICK, "pregnancy")
                chat.press(Action.UNTICK, "pregnancy")
        case Stage.FLAG_SURE | Stage.FLAG_CHECK:
            chat.say(Understood(red_flags=(flag("stroke"),)))
            chat.press(Action.NO_FLAG) if stage is Stage.FLAG_SURE else chat.wants("neck_pain")
        case Stage.WRONG:
            chat.screened("neck_pain")
            chat.press(Action.SESSION)
            chat.press(Action.RATE, "5")
            chat.say(Understood(readable=False))
        case _:
            chat.command("forget")


def asked(stage: Stage) -> Chat:
    """A chat with this question open."""
    chat = Chat()
    _asked(chat, stage)
    assert chat.stage is stage
    return chat


def is_taken_for_yes(chat: Chat, stage: Stage) -> bool:
    """Whether the question has been answered as by somebody who is not sure."""
    told = chat.dialogue
    match stage:
        case Stage.DOCTOR:
            return told.stage is Stage.DOCTOR_FIRST and told.doctor_checked == ()
        case Stage.CHECKLIST:
            return told.stage is Stage.STOPPED and UNSURE in told.ticks
        case Stage.UNTICK:
            return told.stage is Stage.CHECKLIST and told.ticks == ("pregnancy",)
        case Stage.WRONG:
            return told.stage is Stage.AFTER and told.session is None
        case Stage.FORGET:
            return told.stage is Stage.IDLE
        case _:
            return told.stage is Stage.FLAG and bool(told.flags)


STAGES = sorted(COUNTED)
_PAIN_IS_READ = {Stage.FORGET, Stage.WRONG}
PAIRS = list(product(STAGES, UNREAD))


def says_what_to_answer(replies: tuple[Reply, ...]) -> bool:
    """Whether the question says that the last text did not answer it."""
    last = replies[-1]
    return (
        last.lead in {"question.again", "session.again"}
        if isinstance(last, Say)
        else bool(getattr(last, "repeated", False))
    )


@pytest.mark.safety("S-24")
@pytest.mark.parametrize(
    ("stage", "page"),
    [  # no page lies above a question about a warning: its action leads there (S-85)
        (stage, page)
        for stage, page in product(STAGES, [False, True])
        if not (page and stage in {Stage.FLAG_SURE, Stage.FLAG_CHECK})
    ],
)
def test_not_sure_counts_as_yes_at_once(stage: Stage, page: bool) -> None:
    chat = asked(stage)
    if page:
        chat.press(Action.HOW)
        chat.answer(TypedAnswer.UNSURE)
        assert chat.stage is stage  # with a page above it the question is first shown again
    chat.answer(TypedAnswer.UNSURE)
    assert is_taken_for_yes(chat, stage)


@pytest.mark.safety("S-24")
@pytest.mark.parametrize(
    ("stage", "text"), [pair for pair in PAIRS if pair[1] != "pain" or pair[0] not in _PAIN_IS_READ]
)
def test_a_text_that_does_not_answer_is_asked_about_once_more_and_the_second_counts_as_yes(
    stage: Stage, text: str
) -> None:
    chat = asked(stage)
    before = chat.dialogue
    chat.say(UNREAD[text])
    assert chat.stage is stage
    assert says_what_to_answer(chat.replies)
    assert (chat.dialogue.ticks, chat.dialogue.answered_none) == (before.ticks, before.answered_none)
    chat.say(UNREAD["nothing"])
    assert is_taken_for_yes(chat, stage)
    assert not chat.dialogue.unread


@pytest.mark.safety("S-24")
@pytest.mark.parametrize(("stage", "served"), list(product(STAGES, SERVED)))
def test_what_can_be_served_is_served_with_the_question_below_and_counts_neither_way(stage: Stage, served: str) -> None:
    for missed in (False, True):
        chat = asked(stage)
        if missed:
            chat.say(Understood())
        question, counted = chat.replies[-1], chat.dialogue.unread
        for _ in range(3):
            SERVED[served](chat)
            assert chat.stage is stage
            assert chat.dialogue.unread == counted
            assert len(chat.replies) > 1 or stage is Stage.HALF_HEARD  # a crisis has no small talk above it
            assert type(chat.replies[-1]) is type(question)
        if missed:
            chat.say(Understood())
            assert is_taken_for_yes(chat, stage)


@pytest.mark.safety("S-24")
@pytest.mark.parametrize(
    "stage", [stage for stage in STAGES if stage not in {Stage.FLAG_SURE, Stage.FORGET, Stage.WRONG}]
)
@pytest.mark.parametrize("between", ["help", "start", "cancel", "points", "conditions", "privacy", "forget", "page"])
def test_no_order_resets_the_count(stage: Stage, between: str) -> None:
    """Whoever leaves a question and comes back to it still has one text that did not answer."""
    chat = asked(stage)
    chat.say(Understood())
    chat.press(Action.AREAS) if between == "page" else chat.command(between)
    assert from_json(to_json(chat.dialogue)) == chat.dialogue
    if stage is Stage.HALF_HEARD:
        chat.press(Action.CHOOSE, "knee_pain")
    elif chat.stage is not stage:
        chat.press(Action.CHOOSE, "hip_pain" if stage in {Stage.QUESTION, Stage.DOCTOR} else "neck_pain")
        if stage is Stage.UNTICK:
            chat.press(Action.UNTICK, "pregnancy")
    assert chat.stage is stage
    assert asked_again(chat.dialogue)
    chat.say(Understood())
    assert is_taken_for_yes(chat, stage)


@pytest.mark.safety("S-24")
def test_an_answer_ends_the_count() -> None:
    chat = asked(Stage.CHECKLIST)
    chat.say(Understood())
    chat.answer(TypedAnswer.NO)
    assert chat.points
    chat.press(Action.CHANGE)
    chat.say(Understood())
    assert chat.stage is Stage.CHECKLIST


@pytest.mark.safety("S-24")
@pytest.mark.parametrize(
    ("stage", "action"),
    [
        (Stage.QUESTION, Action.ANSWER_NONE),
        (Stage.CHECKLIST, Action.DONE),
        (Stage.HALF_HEARD, Action.DOUBT_NO),
        (Stage.FLAG_SURE, Action.NO_FLAG_SURE),
        (Stage.DOCTOR, Action.DOCTOR_YES),
    ],
)
def test_a_button_from_before_the_text_does_not_clear_it(stage: Stage, action: Action) -> None:
    chat = asked(stage)
    before = chat.dialogue.revision
    chat.say(Understood())
    assert chat.press(action, revision=before).stale
    assert chat.stage is stage
    assert says_what_to_answer(chat.replies)
    assert not chat.press(action).stale
    assert chat.stage is not stage


@pytest.mark.safety("S-24")
def test_a_tick_made_before_the_text_still_counts() -> None:
    chat = asked(Stage.CHECKLIST)
    before = chat.dialogue.revision
    chat.say(Understood())
    chat.press(Action.TICK, "pregnancy", before)
    assert chat.dialogue.ticks == ("pregnancy",)
    assert says_what_to_answer(chat.replies)


@pytest.mark.safety("S-24", "S-32")
@pytest.mark.parametrize("stage", [Stage.QUESTION, Stage.DOCTOR, Stage.CHECKLIST])
def test_what_a_text_states_counts_and_is_no_text_without_an_answer(stage: Stage) -> None:
    chat = asked(stage)
    chat.say(Understood(contraindications=frozenset({"osteoporosis"})))
    assert (chat.stage, chat.dialogue.unread) == (stage, ())


@pytest.mark.safety("S-24", "S-80")
def test_another_complaint_in_an_open_question_is_a_new_question() -> None:
    chat = asked(Stage.QUESTION)
    chat.say(Understood())
    chat.say(complaint("neck_pain"))
    assert chat.stage is Stage.QUESTION
    assert not says_what_to_answer(chat.replies)


@pytest.mark.safety("S-83")
@pytest.mark.parametrize("said", [SmallTalk.THANKS, SmallTalk.HELLO])
def test_below_a_question_about_a_crisis_stands_no_small_talk(said: SmallTalk) -> None:
    chat = Chat()
    chat.say(Understood(half_heard=(CRISIS,)))
    chat.say(Understood(small_talk=said))
    assert [type(reply).__name__ for reply in chat.replies] == ["AskHalfHeard"]
    assert chat.dialogue.unread == ()


@pytest.mark.parametrize("said", SmallTalk)
def test_small_talk_gets_a_line_where_no_question_is_open(said: SmallTalk) -> None:
    chat = Chat()
    turn = chat.say(Understood(small_talk=said))
    assert chat.last() == (Say(f"small_talk.{said}"),)
    assert not turn.unmatched
