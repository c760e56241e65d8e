"""Guided sessions: what they ask first, what each button does, how they end."""

import pytest

from bot.domain.state.dialogue import Stage
from bot.domain.state.durations import HOUR
from bot.domain.turns.events import Action
from bot.domain.turns.replies import AskQuestion, Overview, Say
from bot.domain.turns.session_replies import SessionOutcome, SessionStep
from bot.domain.understanding.understood import Understood
from tests.chatting import MINUTE, Chat, complaint, flag


@pytest.fixture
def chat() -> Chat:
    return Chat().screened("neck_pain")


def begun(chat: Chat, before: str = "6") -> SessionStep:
    chat.press(Action.SESSION)
    chat.press(Action.RATE, before) if before else chat.press(Action.SKIP_RATE)
    return step(chat)


def step(chat: Chat) -> SessionStep:
    (reply,) = chat.replies
    assert isinstance(reply, SessionStep)
    return reply


def said(chat: Chat) -> list[str]:
    return [reply.key for reply in chat.last() if isinstance(reply, Say)]


def through(chat: Chat, after: str) -> None:
    """To the end of the session, and how strong it is then."""
    chat.later(20 * MINUTE)
    chat.press(Action.RATE, after) if after else chat.press(Action.SKIP_RATE)


def test_a_session_asks_how_strong_it_is_and_then_begins(chat: Chat) -> None:
    chat.press(Action.SESSION)
    assert (chat.stage, said(chat)) == (Stage.BEFORE, ["session.before"])
    chat.press(Action.RATE, "6")
    first = step(chat)
    assert (first.point, first.side, first.number, first.count, first.left) == ("GB20", "left", 1, 3, 30)


def test_the_question_may_be_skipped(chat: Chat) -> None:
    assert begun(chat, "").point == "GB20"
    through(chat, "")
    assert chat.last() == (SessionOutcome(None, None, diary=False),)


@pytest.mark.safety("S-30")
def test_with_less_than_half_of_the_hour_left_everything_is_asked_again(chat: Chat) -> None:
    chat.later(30 * MINUTE + 1)
    chat.press(Action.SESSION)
    assert said(chat) == ["session.ask_again"]
    assert isinstance(chat.last()[-1], AskQuestion)
    assert chat.dialogue.completed_at is None


@pytest.mark.safety("S-30")
def test_resumed_with_less_than_half_of_the_hour_left_everything_is_asked_again(chat: Chat) -> None:
    place = str(begun(chat).place)
    chat.press(Action.PAUSE, place)
    chat.later(31 * MINUTE)
    chat.press(Action.RESUME, place)
    assert said(chat) == ["session.ask_again"]
    assert chat.dialogue.session is None


@pytest.mark.safety("S-30")
def test_a_session_never_outlives_the_hour_of_its_answers(chat: Chat) -> None:
    begun(chat)
    chat.press(Action.PAUSE, "0")
    chat.later(HOUR)
    turn = chat.press(Action.RESUME, "0")
    assert turn.stale
    assert not chat.points
    assert chat.dialogue.session is None


def test_a_pause_stops_the_clock_and_going_on_starts_it(chat: Chat) -> None:
    begun(chat)
    chat.later(10)
    chat.press(Action.PAUSE, "0")
    assert (step(chat).left, step(chat).ends_at) == (20, None)
    chat.later(5 * MINUTE)
    chat.press(Action.RESUME, "0")
    assert step(chat).left == 20


def test_next_and_other_side(chat: Chat) -> None:
    begun(chat)
    chat.press(Action.OTHER_SIDE, "0")
    assert step(chat).side == "right"
    chat.press(Action.NEXT_STEP, "0")
    assert (step(chat).point, step(chat).side) == ("GB20", "left")
    chat.press(Action.NEXT_STEP, "1")
    assert step(chat).point == "GB21"


def test_a_late_tap_on_next_does_not_leave_out_a_side(chat: Chat) -> None:
    begun(chat)
    chat.later(31)  # the clock has moved on by itself
    chat.press(Action.NEXT_STEP, "0")
    assert (step(chat).place, step(chat).side) == (1, "right")


@pytest.mark.parametrize("late", [0, 33, 20 * MINUTE, 2 * HOUR])
def test_it_hurts_always_gets_the_stop_advice_and_never_a_point(chat: Chat, late: float) -> None:
    begun(chat)
    old = chat.dialogue.revision - 3
    chat.later(late)
    chat.press(Action.HURTS, revision=old)
    assert said(chat)[0] == "session.pain"
    assert not chat.points
    assert not any(isinstance(reply, SessionStep) for reply in chat.last())
    assert chat.dialogue.session is None
    assert not chat.dialogue.conditions or late


def test_it_hurts_before_the_session_begins_ends_it_too(chat: Chat) -> None:
    chat.press(Action.SESSION)
    chat.press(Action.HURTS)
    assert (said(chat), chat.dialogue.session, chat.dialogue.conditions) == (["session.pain"], None, ())


def test_it_hurts_may_be_typed(chat: Chat) -> None:
    begun(chat)
    chat.say(Understood(vague=True))
    assert said(chat)[0] == "session.pain"


def test_after_the_pain_it_is_asked_how_strong_it_is(chat: Chat) -> None:
    begun(chat, "4")
    chat.press(Action.HURTS)
    chat.press(Action.RATE, "7")
    assert said(chat) == ["outcome.rest"]


@pytest.mark.parametrize(("before", "after"), [("6", "4"), ("6", "6"), ("6", "7"), ("0", "0"), ("8", "7")])
def test_the_outcome_is_said_with_both_numbers(chat: Chat, before: str, after: str) -> None:
    begun(chat, before)
    through(chat, after)
    assert chat.last() == (SessionOutcome(int(before), int(after), diary=False),)


@pytest.mark.parametrize(("before", "after"), [("4", "6"), ("8", "8"), ("9", "10"), ("0", "2")])
def test_a_rise_of_two_or_eight_twice_ends_pressing_for_the_day(chat: Chat, before: str, after: str) -> None:
    begun(chat, before)
    through(chat, after)
    assert said(chat) == ["outcome.rest"]
    for _ in range(5):
        chat.wants("knee_pain")
        assert said(chat) == ["outcome.rest"]
        assert not chat.points
        chat.later(4 * HOUR)
    chat.later(4 * HOUR + 1)
    assert isinstance(chat.screened("knee_pain").last()[-1], Overview)


def test_eight_in_two_sessions_begins_no_third(chat: Chat) -> None:
    begun(chat, "8")
    through(chat, "5")
    chat.wants("neck_pain")
    chat.press(Action.SESSION)
    if chat.stage is not Stage.BEFORE:
        chat.screened("neck_pain")
        chat.press(Action.SESSION)
    chat.press(Action.RATE, "8")
    assert said(chat) == ["outcome.rest"]


@pytest.mark.safety("S-2", "S-25")
def test_a_warning_sign_ends_the_session(chat: Chat) -> None:
    begun(chat)
    chat.say(Understood(red_flags=(flag("heart_attack"),)))
    assert chat.dialogue.session is None
    assert not chat.points
    assert chat.press(Action.NEXT_STEP, "0").stale


@pytest.mark.safety("S-20", "S-31")
def test_a_late_tick_on_the_checklist_ends_the_session(chat: Chat) -> None:
    chat.press(Action.CHANGE)
    opened = chat.dialogue.revision
    chat.press(Action.DONE)
    begun(chat)
    chat.press(Action.TICK, "pregnancy", revision=opened)
    assert chat.dialogue.session is None
    assert not chat.points


def test_another_complaint_ends_the_session(chat: Chat) -> None:
    begun(chat)
    chat.say(complaint("knee_pain"))
    assert chat.dialogue.session is None


def test_a_session_from_one_named_point(chat: Chat) -> None:
    chat.press(Action.SHOW, "PC6")
    while chat.stage is not Stage.RECOMMENDED:
        chat.press(Action.ANSWER_NONE if chat.stage is Stage.QUESTION else Action.DONE)
    assert begun(chat).point == "PC6"
