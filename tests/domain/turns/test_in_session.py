"""S-86: what is said in a session is served, or the clock stops and the bot asks whether something is wrong."""

from collections.abc import Callable
from itertools import product

import pytest

from bot.domain.knowledge import Urgency
from bot.domain.state.dialogue import Stage
from bot.domain.turns.events import Action
from bot.domain.turns.replies import Advice, AskQuestion, GeneralCard, Say, Stopped
from bot.domain.turns.session_replies import SessionStep
from bot.domain.understanding.understood import SmallTalk, TypedAnswer, Understood
from tests.chatting import MINUTE, Chat, complaint, flag, heard

Act = Callable[[Chat], object]
ASKS: dict[str, Act] = {
    "nothing that is understood": lambda chat: chat.say(Understood()),
    "another language": lambda chat: chat.say(Understood(readable=False)),
    "no, though nothing was asked": lambda chat: chat.answer(TypedAnswer.NO),
    "not sure, though nothing was asked": lambda chat: chat.answer(TypedAnswer.UNSURE),
    "the complaint of the session": lambda chat: chat.say(complaint("neck_pain")),
    "perhaps a complaint": lambda chat: chat.say(Understood(offered=heard("knee_pain", "hip_pain"))),
    "no such point": lambda chat: chat.say(Understood(point_unknown="LI44")),
    "several points": lambda chat: chat.say(Understood(point_choice=("LI4", "HT7"))),
    "a mild sign": lambda chat: chat.say(Understood(red_flags=(flag("lump", Urgency.SEE_GP),))),
    "a voice message": lambda chat: chat.voice_message(),
    "an unknown command": lambda chat: chat.command("nonsense"),
}
SERVED: dict[str, Act] = {
    "yes": lambda chat: chat.answer(TypedAnswer.YES),
    "ok": lambda chat: chat.say(Understood(small_talk=SmallTalk.OK)),
    "thanks": lambda chat: chat.say(Understood(small_talk=SmallTalk.THANKS)),
}
WITH_A_PAUSE: dict[str, Act] = {
    "a point": lambda chat: chat.say(Understood(points=("LI4",))),
    "help": lambda chat: chat.command("help"),
    "about": lambda chat: chat.command("about"),
    "privacy": lambda chat: chat.command("privacy"),
    "points": lambda chat: chat.command("points"),
    "mydata": lambda chat: chat.command("mydata"),
}
STATES = ("running", "paused", "with a page")


def in_session(state: str = "running") -> Chat:
    """A chat ten seconds after a session began."""
    chat = Chat().screened("neck_pain")
    chat.press(Action.SESSION)
    chat.press(Action.RATE, "5")
    chat.later(10)
    if state == "paused":
        chat.press(Action.PAUSE, "0")
        chat.later(10)
    if state == "with a page":
        chat.press(Action.HOW)
    return chat


def question(chat: Chat) -> Say:
    """The question whether something is wrong, which must come last."""
    last = chat.replies[-1]
    assert isinstance(last, Say)
    assert last.key == "session.wrong"
    return last


def keys(chat: Chat) -> list[str]:
    return [reply.key for reply in chat.last() if isinstance(reply, Say)]


@pytest.mark.safety("S-86", "S-13")
@pytest.mark.parametrize(("state", "said"), list(product(STATES, ASKS)))
def test_what_is_no_control_word_stops_the_clock_and_asks_whether_something_is_wrong(state: str, said: str) -> None:
    chat = in_session(state)
    ASKS[said](chat)
    assert question(chat).emergency_line
    assert not [key for key in keys(chat) if key.startswith("no_match")]
    assert not [reply for reply in chat.last() if isinstance(reply, SessionStep)]
    assert chat.dialogue.session is not None
    assert (chat.dialogue.session.paused, chat.dialogue.session.remaining) == (True, 20)
    chat.later(5 * MINUTE)
    chat.voice_message()
    assert chat.dialogue.session.remaining == 20


@pytest.mark.safety("S-86")
@pytest.mark.parametrize(("state", "said"), list(product(STATES, SERVED)))
def test_yes_ok_and_thanks_are_served_and_the_clock_stays_as_it_is(state: str, said: str) -> None:
    chat = in_session(state)
    before = chat.dialogue.session
    SERVED[said](chat)
    assert (chat.stage, chat.dialogue.session) == (Stage.SESSION, before)
    assert isinstance(chat.replies[-1], SessionStep)


@pytest.mark.safety("S-86")
@pytest.mark.parametrize(("state", "said"), list(product(STATES, WITH_A_PAUSE)))
def test_the_clock_pauses_while_something_is_looked_up(state: str, said: str) -> None:
    chat = in_session(state)
    WITH_A_PAUSE[said](chat)
    assert chat.stage is Stage.SESSION
    assert chat.dialogue.session is not None
    assert chat.dialogue.session.paused
    step = chat.replies[-1]
    assert isinstance(step, SessionStep)
    assert len(chat.replies) > 1
    assert isinstance(chat.replies[0], GeneralCard) == (said == "a point")
    assert not chat.press(Action.RESUME, str(step.place)).stale
    assert not chat.dialogue.session.paused


@pytest.mark.safety("S-86", "S-24")
@pytest.mark.parametrize("said", [*ASKS, "a sign"])
@pytest.mark.parametrize("how", ["button", "typed yes", "not sure", "pain"])
def test_whoever_says_that_something_is_wrong_is_told_to_stop_and_gets_no_point(said: str, how: str) -> None:
    chat = in_session()
    ASKS[said](chat) if said in ASKS else chat.say(Understood())
    match how:
        case "button":
            chat.press(Action.HURTS)
        case "pain":
            chat.say(Understood(vague=True))
        case _:
            chat.answer(TypedAnswer.YES if how == "typed yes" else TypedAnswer.UNSURE)
    assert keys(chat) == ["session.pain", "session.after"]
    assert (chat.stage, chat.dialogue.session, chat.dialogue.unread) == (Stage.AFTER, None, ())


@pytest.mark.safety("S-86")
@pytest.mark.parametrize("typed", [True, False])
def test_all_fine_goes_on_where_the_clock_was_stopped(typed: bool) -> None:
    chat = in_session()
    chat.say(Understood())
    chat.later(MINUTE)
    chat.answer(TypedAnswer.NO) if typed else chat.press(Action.RESUME, "0")
    (step,) = chat.replies
    assert isinstance(step, SessionStep)
    assert (chat.stage, step.left, step.ends_at) == (Stage.SESSION, 20, chat.now + 20)
    chat.say(Understood())
    assert question(chat).lead == ""  # a new question, not the old one once more


@pytest.mark.safety("S-86")
def test_end_ends_the_session() -> None:
    chat = in_session()
    chat.say(Understood())
    chat.press(Action.CANCEL)
    assert (chat.stage, chat.dialogue.session, chat.dialogue.conditions) == (Stage.IDLE, None, ())


@pytest.mark.safety("S-86")
@pytest.mark.parametrize("action", [Action.PAUSE, Action.NEXT_STEP, Action.OTHER_SIDE, Action.RESUME])
def test_the_buttons_of_the_step_are_old_once_it_is_asked_whether_something_is_wrong(action: Action) -> None:
    chat = in_session()
    before = chat.dialogue.revision
    chat.say(Understood())
    assert chat.press(action, "0", before).stale
    assert question(chat)


@pytest.mark.safety("S-30", "S-86")
def test_too_little_of_the_hour_asks_everything_again_instead_of_going_on() -> None:
    chat = in_session()
    chat.say(Understood())
    chat.later(31 * MINUTE)
    chat.press(Action.RESUME, "0")
    assert isinstance(chat.replies[-1], AskQuestion)
    assert chat.dialogue.session is None


@pytest.mark.safety("S-86", "S-2")
@pytest.mark.parametrize("asked", [False, True])
def test_a_sign_a_stop_and_another_complaint_end_the_session(asked: bool) -> None:
    for text, kind in (
        (Understood(red_flags=(flag("heart_attack"),)), Advice),
        (Understood(ticked=frozenset({"pregnancy"})), Stopped),
        (complaint("knee_pain"), AskQuestion),
        (Understood(refusal="faint"), Say),
    ):
        chat = in_session()
        if asked:
            chat.say(Understood())
        chat.say(text)
        assert isinstance(chat.replies[-1], kind)
        assert chat.dialogue.session is None
        assert not chat.points
