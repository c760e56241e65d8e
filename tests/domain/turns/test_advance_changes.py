"""Answers that change: ticks, late ticks, unticking, and two taps at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.state.dialogue import Stage
from bot.domain.state.durations import HOUR
from bot.domain.turns.events import Action
from bot.domain.turns.replies import AskChecklist, Overview, Referred, Say, Stopped
from bot.domain.understanding.understood import TypedAnswer, Understood
from tests.chatting import Chat

NO, YES, NOT_SURE = TypedAnswer.NO, TypedAnswer.YES, TypedAnswer.UNSURE
STOPPED = (Stopped(("pregnancy",), ()),)


def at_checklist(chat: Chat, *ids: str) -> Chat:
    """A chat with the checklist open."""
    chat.wants(*ids or ("neck_pain",))
    chat.answer(NO)
    assert chat.stage is Stage.CHECKLIST
    return chat


def asks(chat: Chat) -> str:
    """Which fixed question is open."""
    (reply,) = chat.replies
    assert isinstance(reply, Say)
    return reply.key


@pytest.mark.safety("S-69")
def test_ticking_pregnant_and_tapping_an_old_none_never_ends_in_points(chat: Chat) -> None:
    made_at = at_checklist(chat).dialogue.revision
    chat.press(Action.TICK, "pregnancy", made_at)
    turn = chat.press(Action.DONE, revision=made_at)
    assert turn.stale
    assert chat.last() == (AskChecklist(("pregnancy",), ""),)


@pytest.mark.safety("S-69")
def test_tapping_none_and_then_an_old_pregnant_withdraws_the_points(chat: Chat) -> None:
    made_at = at_checklist(chat).dialogue.revision
    chat.press(Action.DONE, revision=made_at)
    assert chat.points
    chat.press(Action.TICK, "pregnancy", made_at)
    assert chat.last() == STOPPED


@pytest.mark.safety("S-69")
def test_two_ticks_at_once_both_count(chat: Chat) -> None:
    made_at = at_checklist(chat).dialogue.revision
    chat.press(Action.TICK, "pregnancy", made_at)
    chat.press(Action.TICK, "under_18", made_at)
    assert chat.dialogue.ticks == ("pregnancy", "under_18")


@pytest.mark.safety("S-69", "S-24")
@given(st.lists(st.sampled_from(["tick", "done", "none", "skin"]), min_size=1, max_size=6))
def test_however_old_taps_arrive_a_tick_of_pregnant_is_never_followed_by_points(taps: list[str]) -> None:
    chat = at_checklist(Chat())
    made_at = chat.dialogue.revision
    for tap in taps:
        match tap:
            case "tick":
                chat.press(Action.TICK, "pregnancy", made_at)
            case "skin":
                chat.press(Action.TICK, "skin_or_injury", made_at)
            case "done":
                chat.press(Action.DONE, revision=made_at)
            case _:
                chat.answer(NO)
        assert not (chat.points and "pregnancy" in chat.dialogue.ticks)


@pytest.mark.safety("S-69")
def test_a_tick_from_before_the_checklist_was_opened_or_after_the_hour_does_nothing(chat: Chat) -> None:
    chat.wants("neck_pain")
    early = chat.dialogue.revision
    chat.answer(NO)
    assert chat.press(Action.TICK, "pregnancy", early).stale
    made_at = chat.dialogue.revision
    chat.later(HOUR)
    assert chat.press(Action.TICK, "pregnancy", made_at).stale
    assert chat.dialogue.ticks == ()


@pytest.mark.safety("S-31")
def test_a_tick_withdraws_older_buttons_at_once(chat: Chat) -> None:
    at_checklist(chat)
    before = chat.dialogue.revision
    chat.press(Action.TICK, "skin_or_injury")
    for action, arg in ((Action.DONE, ""), (Action.UNTICK, "skin_or_injury")):
        assert chat.press(action, arg, before).stale


@pytest.mark.safety("S-31")
@pytest.mark.parametrize("row", ["pregnancy", "skin_or_injury"])
def test_unticking_a_stop_asks_once_whether_it_was_wrong(chat: Chat, row: str) -> None:
    at_checklist(chat)
    chat.press(Action.TICK, row)
    chat.press(Action.UNTICK, row)
    assert (asks(chat), chat.dialogue.ticks) == ("untick.row", (row,))
    chat.answer(YES)
    assert chat.last() == (AskChecklist((), ""),)


@pytest.mark.safety("S-31", "S-24")
@pytest.mark.parametrize("text", [Understood(answer=NO), Understood(answer=NOT_SURE), Understood()])
def test_without_a_clear_yes_the_tick_stays(chat: Chat, text: Understood) -> None:
    at_checklist(chat)
    chat.press(Action.TICK, "pregnancy")
    chat.press(Action.UNTICK, "pregnancy")
    chat.say(text)
    assert chat.dialogue.ticks == ("pregnancy",)


def test_a_tick_that_only_leaves_out_is_taken_back_without_asking(chat: Chat) -> None:
    at_checklist(chat, "knee_pain")
    chat.press(Action.TICK, "skin_or_injury")
    chat.press(Action.UNTICK, "skin_or_injury")
    assert chat.last() == (AskChecklist((), ""),)


@pytest.mark.safety("S-31")
def test_answers_can_be_changed_after_a_stop_and_only_then_there_are_points(chat: Chat) -> None:
    at_checklist(chat)
    chat.press(Action.TICK, "pregnancy")
    chat.press(Action.DONE)
    chat.press(Action.CHANGE)
    assert chat.last() == (AskChecklist(("pregnancy",), ""),)
    chat.press(Action.DONE)
    assert chat.last() == STOPPED
    chat.press(Action.CHANGE)
    chat.press(Action.UNTICK, "pregnancy")
    chat.press(Action.UNTICK_YES)
    chat.press(Action.DONE)
    assert chat.points


@pytest.mark.safety("S-31")
def test_what_was_told_or_referred_is_asked_about_before_it_is_taken_back(chat: Chat) -> None:
    chat.wants("asthma", "neck_pain")
    chat.press(Action.NOT_MINE)
    assert asks(chat) == "untick.condition"
    chat.answer(NO)
    assert chat.last() == (Referred(("asthma",)),)
    chat.press(Action.NOT_MINE)
    chat.answer(YES)
    assert (chat.dialogue.referred, chat.dialogue.conditions) == ((), ("neck_pain",))
    chat.say(Understood(contraindications=frozenset({"fever_infection"})))
    chat.press(Action.CHANGE)
    assert asks(chat) == "untick.contraindication"
    chat.answer(YES)
    assert chat.stage is Stage.QUESTION


@pytest.mark.safety("S-30")
def test_changing_the_answers_does_not_extend_their_hour(chat: Chat) -> None:
    chat.screened("neck_pain")
    chat.later(0.9 * HOUR)
    chat.press(Action.CHANGE)
    chat.press(Action.DONE)
    assert chat.points
    chat.later(0.1 * HOUR)
    assert chat.press(Action.CARD, "GB20").stale
    assert chat.points == ()


@pytest.mark.safety("S-33")
def test_a_stop_holds_on_every_route_until_the_hour_is_over(chat: Chat) -> None:
    at_checklist(chat)
    chat.press(Action.TICK, "skin_or_injury")  # a stop, because it is the neck
    chat.press(Action.DONE)
    stop = (Stopped(("skin_or_injury",), ()),)
    chat.later(HOUR - 1)
    for turn in (
        chat.wants("knee_pain"),
        chat.wants("knee_pain", about="mum"),
        chat.press(Action.SHOW, "LI4"),
        chat.press(Action.CHOOSE, "knee_pain"),
        chat.command("start", argument="c_knee_pain"),
    ):
        assert turn.replies == stop
    chat.command("cancel")
    assert chat.press(Action.SHOW, "LI4").replies == stop
    chat.later(1)
    chat.wants("knee_pain")
    assert chat.stage is Stage.QUESTION


@pytest.mark.safety("S-30")
def test_another_place_asks_everything_again_and_forgets_what_was_ticked_for_the_first(chat: Chat) -> None:
    at_checklist(chat, "knee_pain")
    chat.press(Action.TICK, "skin_or_injury")
    chat.press(Action.DONE)
    assert isinstance(chat.replies[0], Overview)
    chat.later(0.9 * HOUR)
    chat.wants("neck_pain")
    chat.answer(NO)
    assert chat.last() == (AskChecklist((), ""),)
    chat.answer(NO)
    assert chat.points
    chat.later(0.5 * HOUR)  # the new answers have an hour of their own, the old ones are gone
    assert chat.press(Action.CARD, "GB20").dialogue.page == "card:GB20"
    chat.wants("knee_pain")
    assert chat.stage is Stage.QUESTION


def test_the_same_place_does_not_ask_the_checklist_again(chat: Chat) -> None:
    chat.screened("knee_pain")
    chat.wants("arthritis")
    assert isinstance(chat.replies[0], Overview)
